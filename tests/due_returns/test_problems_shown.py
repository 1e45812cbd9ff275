"""The problems of a workbook on its page: one line for one fault, and a link to every cell that it touches."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from dacommission.returns import shown
from imports.reading import Problem, Severity
from tests import make
from tests.due_returns.readings import observation
from tests.due_returns.workbooks import Case, chosen
from tests.imports.vocabulary import VOCABULARY
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def problem(cell: str | None, message: str = "Enter a figure.", severity: Severity = Severity.WARNING) -> Problem:
    return Problem("V03", severity, message, "KPIs" if cell else None, cell)


def test_a_fault_in_several_cells_is_one_row_with_a_link_to_each() -> None:
    (row,) = shown.problems([problem("F5"), problem("F6")])

    assert [(cell.place, cell.anchor) for cell in row.cells] == [("KPIs!F5", "KPIs!F5"), ("KPIs!F6", "KPIs!F6")]
    assert row.touches({"KPIs!F6"})
    assert not row.touches({"KPIs!F7"})


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("650", "Reported"),
        ("650 (est.)", "Reported as an estimate"),
        ("650 [p][r]", "Reported as provisional, as revised"),
        ("six hundred", "Reported"),
    ],
)
def test_how_far_a_figure_holds_is_told_where_its_cell_says_so(typed: str, words: str) -> None:
    (figure,) = shown.figures([observation(shown=typed)], VOCABULARY)

    assert figure.status == words


def test_faults_are_counted_and_not_their_cells() -> None:
    found = [problem("F5"), problem("F6"), problem(None, "It is not in the file.", Severity.ERROR)]

    assert shown.counted(shown.problems(found)) == "1 error, no questions and 1 warning"


def test_a_page_shows_one_line_for_one_fault_with_every_cell(case: Case, client_for: ClientFor) -> None:
    rows = "".join(f"HUB-01,{month} 2022,lots\n" for month in ("April", "May", "June"))
    content = f"Code,Period,Value\n{rows}HUB-05 numerator,Q1 2022-23,8\nHUB-05 denominator,Q1 2022-23,9\n".encode()

    page = client_for(case.manager).send(f"{case.path}/upload", chosen(content, "return.csv"))

    assert "with 1 error, no questions and no warnings" in text_of(page)
    (errors,) = re.findall(r'app-problems--error">(.*?)</ul>', page.get_data(as_text=True), re.DOTALL)
    linked = re.findall(r'<a class="govuk-link app-cell" href="#([\w-]+)">(\w+)</a>', errors)
    assert linked == [("cell-C2", "C2"), ("cell-C3", "C3"), ("cell-C4", "C4")]
    assert errors.count("<li>") == 1


def test_a_fault_without_a_cell_is_about_the_whole_file(case: Case, client_for: ClientFor) -> None:
    content = b"Code,Period,Value\nHUB-05 numerator,Q1 2022-23,8\nHUB-05 denominator,Q1 2022-23,9\n"

    page = text_of(client_for(case.manager).send(f"{case.path}/upload", chosen(content, "return.csv")))

    assert "Errors (1) HUB-01 Referrals received is not in the file." in page
    assert "“not applicable”. The whole file" in page


def test_a_kept_upload_shows_the_same_lines(case: Case, client_for: ClientFor) -> None:
    kept = [make.problem("Nought out of nought.", "warning", cell=cell) for cell in ("E5", "E6")]
    upload = make.upload(case.due, {"HUB-01": 5, ("HUB-05", "percent"): None}, problems=kept)

    page = client_for(case.manager).get(f"/uploads/{upload.id}").get_data(as_text=True)

    assert page.count("Nought out of nought.") == 1
    assert page.count('<a class="govuk-link app-cell"') == 2
