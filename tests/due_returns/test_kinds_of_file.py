"""Which kinds of file the upload page offers, and that it takes each of them by its content."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from dacommission.returns.forms import SUFFIXES_READ
from tests.due_returns.workbooks import Case, chosen
from tests.imports.workbook import old_workbooks, open_documents
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
HEADER = ("Code", "Period", "Value")
FIGURE = ("HUB-01", "Q1 2022-23")


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def ods() -> bytes:
    heading = open_documents.row(*map(open_documents.cell, HEADER))
    return open_documents.sheet(
        heading, open_documents.row(*map(open_documents.cell, FIGURE), open_documents.number("7"))
    )


def xls() -> bytes:
    labels = [old_workbooks.label(0, column, text) for column, text in enumerate(HEADER)]
    labels += [old_workbooks.label(1, column, text) for column, text in enumerate(FIGURE)]
    return old_workbooks.workbook(b"".join(labels) + old_workbooks.number(1, 2, 7))


def csv() -> bytes:
    return "\r\n".join(("\t".join(HEADER), "\t".join((*FIGURE, "7")))).encode("utf-16")


def test_the_page_offers_every_kind_of_file_that_is_read(case: Case, client_for: ClientFor) -> None:
    page = client_for(case.manager).get(f"{case.path}/upload")

    assert f'accept="{SUFFIXES_READ}"' in page.get_data(as_text=True)
    assert "An Excel workbook (.xlsx or .xls), an OpenDocument spreadsheet (.ods) or a CSV file" in text_of(page)


@pytest.mark.parametrize("make", [ods, xls, csv])
def test_every_kind_of_file_is_read_whatever_its_name(
    case: Case, client_for: ClientFor, make: Callable[[], bytes]
) -> None:
    page = client_for(case.manager).send(f"{case.path}/upload", chosen(make(), "holiday.png"))

    assert "1 figure read" in text_of(page)
