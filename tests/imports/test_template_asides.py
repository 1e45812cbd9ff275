"""Every number of a return workbook is a figure, or it is said what else it is."""

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from imports import template_layout as layout
from imports.cells import is_figure
from imports.read import read
from imports.reading import Part
from imports.series import Reason
from imports.sheets import Spot
from imports.template import fill_template, make_template, nil_workbook
from imports.workbook import open_here
from tests.imports import whole_return
from tests.imports.test_template import ENTRIES, having
from tests.imports.vocabulary import VOCABULARY, expected
from tests.imports.workbooks import changed

WORKBOOKS = Path(__file__).parent.parent / "workbooks"
PAST = {Part.VALUE: Decimal(2222)}
BESIDE = make_template(having("HUB-01", year_ago=PAST, so_far={Part.VALUE: Decimal(2398)}), VOCABULARY)
WHOLE = whole_return.template()
FILLED = fill_template(BESIDE, ENTRIES)


def understood(content):
    known = whole_return.VOCABULARY if content == WHOLE else VOCABULARY
    return read(content, filename="return.xlsx", vocabulary=known, expected=expected())


def reasons(content):
    return {tuple(aside.place): aside.reason for aside in understood(content).asides}


def typed(sheet, cell, value):
    def change(book):
        book[sheet][cell] = value

    return reasons(changed(FILLED, change)).get((sheet, cell))


@pytest.mark.parametrize(
    "content",
    [FILLED, WHOLE, *(path.read_bytes() for path in sorted(WORKBOOKS.glob("*.xlsx")))],
    ids=["filled", "whole", *(path.stem for path in sorted(WORKBOOKS.glob("*.xlsx")))],
)
def test_every_number_is_a_figure_or_said_to_be_something_else(content):
    reading = understood(content)
    numbers = {
        Spot(sheet.name, cell.address)
        for sheet in open_here(content, "return.xlsx").sheets
        for cell in sheet.cells.values()
        if is_figure(cell)
    }

    figures = {Spot(seen.sheet, seen.cell) for seen in reading.observations}
    asides = [aside.place for aside in reading.asides]
    assert numbers == (numbers & figures) | set(asides)
    assert len(asides) == len(set(asides))
    assert figures.isdisjoint(asides)
    assert Reason.UNKNOWN not in {aside.reason for aside in reading.asides}


def test_the_past_is_no_figure_of_the_quarter():
    found = reasons(FILLED)

    assert {found["KPIs", cell] for cell in ("L5", "M5", "N5")} == {Reason.EARLIER}
    assert found["Cover", "B4"] is Reason.TEMPLATE


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "reason"),
    [
        ("KPIs", "O5", 2000, Reason.TARGET),
        ("KPIs", "P5", 2000, Reason.COMMENT),
        ("KPIs", "C5", 2000, Reason.TEMPLATE),
        ("KPIs", "G5", 2000, Reason.UNKNOWN),
        ("KPIs", "R5", 2000, Reason.UNKNOWN),
        ("KPIs", "F2", 2000, Reason.LABEL),
        ("KPIs", "P5", "2,000", Reason.COMMENT),
        ("Breakdowns", "H5", 5, Reason.COMMENT),
        ("Narrative", "A5", 5, Reason.TEMPLATE),
        ("Case studies", "A5", 5, Reason.COMMENT),
        ("Cover", "D20", 5, Reason.DETAIL),
        ("Lists", "D20", 5, Reason.TEMPLATE),
        ("Narrative", "B5", 5, None),
        ("KPIs", "P5", "many", None),
    ],
)
def test_what_stands_elsewhere_is_what_its_column_says(sheet, cell, value, reason):
    assert typed(sheet, cell, value) is reason


def test_a_number_on_a_sheet_of_ones_own_is_not_understood():
    def change(book):
        book.create_sheet("Ours")["B2"] = 5

    assert reasons(changed(FILLED, change))["Ours", "B2"] is Reason.UNKNOWN


def test_a_number_under_a_merge_is_said_to_be_covered():
    def change(book):
        book[layout.KPIS]["P6"] = 12
        book[layout.KPIS].merged_cells.add("O6:P6")

    assert reasons(changed(FILLED, change))["KPIs", "P6"] is Reason.COVERED


def test_a_rate_that_the_workbook_worked_out_is_no_figure():
    reading = understood(saved_with_a_calculated_rate())

    assert {aside.place.cell: aside.reason for aside in reading.asides}["F8"] is Reason.AVERAGE


def saved_with_a_calculated_rate():
    """The filled workbook as a spreadsheet program saves it: with the result of a formula."""
    content = io.BytesIO()
    with ZipFile(io.BytesIO(FILLED)) as before, ZipFile(content, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == "xl/worksheets/sheet2.xml":
                formula = b'<f>IFERROR(G8/H8,"")</f>'
                assert formula + b"<v />" in text
                text = text.replace(formula + b"<v />", formula + b"<v>0.957</v>")
            after.writestr(name, text)
    return content.getvalue()


def test_a_workbook_is_the_same_whenever_it_is_made():
    first = make_template(expected(), VOCABULARY)
    nil = nil_workbook(expected(), VOCABULARY, reason="Closed for the quarter.")

    assert {member.date_time for member in ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = ZipFile(io.BytesIO(nil)).read("docProps/core.xml")
    assert core.count(b"2022-07-01T00:00:00Z") == 2
    assert first == make_template(replace(expected()), VOCABULARY)
    assert nil == nil_workbook(expected(), VOCABULARY, reason="Closed for the quarter.")
