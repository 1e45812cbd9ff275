"""What a hostile OpenDocument spreadsheet costs: a sentence."""

from __future__ import annotations

import pytest

from imports.workbook import limits, open_workbook
from tests.imports.workbook import open_documents as made
from tests.imports.workbook.open_documents import cell, number, row, sheet, table
from tests.imports.workbook.test_ods import number_format, opened, refused
from tests.imports.workbooks_hostile import open_document, zipped

KIND = "application/vnd.oasis.opendocument.spreadsheet"
HOSTILE = {
    "values repeated over the sheet": (
        sheet(row(number("7", more='table:number-columns-repeated="16384"'), repeated=1_000_000)),
        "cells that are not empty",
    ),
    "values repeated beyond the sheet": (
        sheet(row(number("7", more='table:number-columns-repeated="2000000000"'))),
        "cells that are not empty",
    ),
    "two thousand million spaces": (sheet(row(cell("<text:p><text:s text:c='2000000000'/></text:p>"))), "characters"),
    "spaces that are no number": (sheet(row(cell("<text:p><text:s text:c='many'/></text:p>"))), "characters"),
    "spaces again and again": (
        sheet(row(cell("<text:p>" + "<text:s text:c='30000'/>" * 2 + "</text:p>"))),
        "characters",
    ),
    "a long value": (sheet(row(cell(value="x" * 32_768))), "characters"),
    "a long formula": (sheet(row(number("1", more=f'table:formula="{"1+" * 20_000}1"'))), "formulas is longer"),
    "a repetition that is no number": (sheet(row(number("7", more='table:number-columns-repeated="-1"'))), "no number"),
    "two sheets of one name": (made.workbook(table(), table()), "same name"),
    "too many sheets": (made.workbook(*(table(name=str(name)) for name in range(101))), "100 sheets"),
    "too many merges": (
        sheet(row(number("1", more='table:number-columns-spanned="2"'), repeated=20_001)),
        "merged areas",
    ),
    "too many styles": (
        sheet(styles="".join(f'<number:number-style style:name="N{name}"/>' for name in range(65_537))),
        "styles",
    ),
    "entities": (
        open_document("spreadsheet", content=f'<!DOCTYPE x [<!ENTITY a "ha">]>{made.document(table())}'),
        "document type",
    ),
    "deep elements": (sheet("<table:table-row-group>" * 70 + "</table:table-row-group>" * 70), "64 deep"),
    "blanks that grow a thousandfold": (sheet(" " * 20 * limits.MIB), "more than 200 times"),
    "two contents": (
        zipped({"mimetype": KIND, "content.xml": "<a/>", "dontent.xml": "<a/>"}).replace(b"dontent", b"content"),
        "occurs twice",
    ),
    "a part that leads out": (
        zipped({"mimetype": KIND, "xx/content.xml": "<a/>"}).replace(b"xx/content", b"../content"),
        "outside the file",
    ),
    "a cut-off file": (sheet(row(number("7")))[:-100], "cut off"),
    "no content": (open_document("spreadsheet", content=""), "not well formed"),
    "other content": (open_document("spreadsheet", content="<office/>"), "no sheet"),
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_a_hostile_spreadsheet_is_refused_with_a_sentence(fault):
    content, words = HOSTILE[fault]

    assert words in refused(content).message


def test_a_long_number_format_is_cut_short():
    parts = "<number:text>many words</number:text>" * 4_000

    assert len(number_format("number", parts)) <= limits.TEXT + 12


def test_a_million_blank_rows_cost_nothing():
    content = sheet(
        *(row(cell(kind="", more='table:number-columns-repeated="16384"'), repeated=100) for _ in range(999))
    )

    assert opened(content).sheets[0].cells == {}


def test_a_sheet_that_is_far_too_large_to_lay_out_survives_the_child():
    far = row(cell(kind="", more='table:number-columns-repeated="16383"'), number("8"))
    content = sheet(row(number("7")), row(cell(kind=""), repeated=1_048_574), far)

    answer = open_workbook(content, filename="return.ods")

    assert [cell.address for cell in answer.sheets[0].cells.values()] == ["A1", "XFD1048576"]
