"""What people do to a return workbook: they paste, sort, delete, insert and rename, and every figure is found."""

from copy import copy
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl.styles import Font, Protection

from imports import template_layout as layout
from imports.headings import Page
from imports.matching import Lexicon
from imports.reading import Part, Severity, Status
from imports.template import Entry, fill_template, make_template
from imports.template_answers import read_template
from imports.workbook import open_here
from tests.imports.test_template import ENTRIES
from tests.imports.vocabulary import Q1, Q2, VOCABULARY, expected
from tests.imports.workbooks import changed

FILLED = fill_template(make_template(expected(), VOCABULARY), ENTRIES)
KPIS, BREAKDOWNS = layout.KPIS, layout.BREAKDOWNS


def read(content):
    """What is read from a file, before any rule about the whole of it is asked."""
    return read_template([Page(sheet) for sheet in open_here(content, "return.xlsx").sheets], Lexicon(VOCABULARY))


def after(change):
    return read(changed(FILLED, change))


def figures(reading):
    return {
        (seen.indicator, seen.part, seen.breakdown, seen.category): (seen.value, seen.status, seen.comment)
        for seen in reading.observations
    }


def rules(reading):
    return [(problem.rule, problem.severity, problem.cell) for problem in reading.problems]


BEFORE = figures(read(FILLED))


def move_rows(sheet, order):
    """Puts rows in another order, formats and locks and all, as sorting a sheet does."""
    rows = [[(cell.value, cell.data_type, copy(cell._style)) for cell in row] for row in sheet.iter_rows(min_row=5)]
    for number, row in enumerate(order(rows), start=5):
        for column, (value, data_type, style) in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value, cell._style = value, style
            cell.data_type = data_type


def sorted_rows(book):
    move_rows(book[KPIS], lambda rows: rows[::-1])
    move_rows(book[BREAKDOWNS], lambda rows: sorted(rows, key=lambda row: row[3][0]))


def inserted_rows_and_columns(book):
    for sheet in (book[KPIS], book[BREAKDOWNS]):
        sheet.insert_rows(7, 2)
        sheet.insert_rows(1, 3)
        sheet.insert_cols(1)
        sheet.insert_cols(6, 2)


def renamed_sheets(book):
    for sheet in book.worksheets:
        sheet.title = f"Our {sheet.title}"


def other_formats(book):
    for row in book[KPIS].iter_rows(min_row=5, min_col=6, max_col=8):
        for cell in row:
            cell.font, cell.number_format, cell.protection = Font(name="Comic Sans MS"), "@", Protection(locked=True)


def figures_as_text(book):
    for row in book[KPIS].iter_rows(min_row=5, min_col=6, max_col=8):
        for cell in row:
            if isinstance(cell.value, int):
                cell.value = f" {cell.value:,} "


def moved_sheets(book):
    book.move_sheet(layout.COVER, 4)
    book.move_sheet(BREAKDOWNS, -1)


def checks_pasted_as_values(book):
    for row in range(5, 19):
        book[KPIS][f"K{row}"] = "OK"
        if str(book[KPIS][f"F{row}"].value).startswith("="):
            book[KPIS][f"F{row}"] = None


@pytest.mark.parametrize(
    "change",
    [
        sorted_rows,
        inserted_rows_and_columns,
        renamed_sheets,
        other_formats,
        figures_as_text,
        moved_sheets,
        checks_pasted_as_values,
    ],
    ids=lambda change: change.__name__,
)
def test_every_figure_survives(change):
    reading = after(change)

    assert figures(reading) == BEFORE
    assert {problem.rule for problem in reading.problems} <= {"renamed-sheet"}


def test_no_sheet_but_those_with_tables_needs_its_name():
    assert len([rule for rule, _, _ in rules(after(renamed_sheets)) if rule == "renamed-sheet"]) == 3


def test_a_deleted_row_is_not_in_the_reading_and_the_others_are():
    reading = after(lambda book: book[KPIS].delete_rows(5))

    gone = {key for key in BEFORE if key[0] == "HUB-01" and key[3] is None}
    assert figures(reading).keys() == BEFORE.keys() - gone


def test_a_deleted_column_of_past_figures_is_no_hindrance():
    reading = after(lambda book: book[KPIS].delete_cols(12, 4))

    assert figures(reading) == BEFORE
    assert reading.restated == ()


def test_a_row_whose_code_and_name_belong_to_two_indicators_is_told():
    def change(book):
        sheet = book[KPIS]
        sheet["A5"], sheet["A7"] = sheet["A7"].value, sheet["A5"].value

    reading = after(change)

    assert rules(reading) == [("moved-row", Severity.ERROR, "A5"), ("moved-row", Severity.ERROR, "A7")]
    assert reading.problems[0].message == (
        "This row has the code HUB-09 and the name of HUB-01, so nobody can say whose figures it holds. "
        "Put back the code that belongs to the name."
    )


def test_a_renamed_indicator_is_still_known_by_its_code():
    def change(book):
        book[KPIS]["B5"] = "Referrals, all of them"

    assert figures(after(change)) == BEFORE


def test_numbers_in_a_column_of_ones_own_are_told():
    def change(book):
        book[KPIS]["R4"], book[KPIS]["R7"] = "Our count", 12

    assert rules(after(change)) == [("unread-column", Severity.WARNING, "R7")]


def test_a_percentage_pasted_over_a_count_is_told():
    def change(book):
        book[KPIS]["F7"], book[KPIS]["F7"].number_format = 0.8, "0%"

    reading = after(change)

    assert [(rule, cell) for rule, _, cell in rules(reading)] == [("V03", "F7")]
    assert "not a percentage" in reading.problems[0].message


def test_a_pivot_may_be_pasted_beneath_the_breakdowns():
    def change(book):
        sheet = book[BREAKDOWNS]
        for row in range(5, 13):
            sheet.cell(row, 5).value = None
        pasted = (("Unknown", 12), ("High", 2000), ("Standard", 500))
        for row, (category, value) in enumerate(pasted, start=13):
            for column, text in enumerate(("HUB-01", "", "Risk", category, value), start=1):
                sheet.cell(row, column).value = text

    reading = after(change)

    assert figures(reading) == BEFORE
    assert reading.problems == ()


def test_the_same_category_given_twice_is_read_twice_for_the_rules_to_see():
    def change(book):
        for column, text in enumerate(("HUB-01", None, "Risk", "High", 1999), start=1):
            book[BREAKDOWNS].cell(20, column).value = text

    found = [seen for seen in after(change).observations if seen.category == "High"]

    assert [(seen.cell, seen.value) for seen in found] == [("E8", 2000), ("E20", 1999)]


def test_a_category_left_empty_twice_is_missing_once():
    def change(book):
        sheet = book[BREAKDOWNS]
        sheet["E9"] = None
        for column, text in enumerate(("HUB-01", None, "Risk", "Standard"), start=1):
            sheet.cell(20, column).value = text

    found = [seen for seen in after(change).observations if seen.category == "Standard"]

    assert [(seen.cell, seen.status) for seen in found] == [("E9", Status.MISSING)]


def test_a_pasted_row_of_an_unknown_code_or_category_is_told():
    def change(book):
        for row, texts in enumerate(
            (("HUB-99", None, "Risk", "High", 1), ("HUB-01", None, "Risk", "Huge", 1)), start=20
        ):
            for column, text in enumerate(texts, start=1):
                book[BREAKDOWNS].cell(row, column).value = text

    assert rules(after(change)) == [
        ("unknown-code", Severity.ERROR, "A20"),
        ("unknown-category", Severity.ERROR, "D21"),
    ]


def test_a_status_in_a_row_of_an_unknown_code_is_told():
    def change(book):
        book[KPIS]["A18"] = "CON-99"

    assert rules(after(change)) == [("unknown-code", Severity.ERROR, "A18")]


def test_the_past_is_read_back_as_it_stands_there_now():
    def change(book):
        sheet = book[KPIS]
        sheet["L5"], sheet["L8"], sheet["M7"] = 2400, "4100 of 4,500", 17

    found = {(one.cell, one.indicator, one.part, one.period): one.value for one in after(change).restated}

    assert found == {
        ("L5", "HUB-01", Part.VALUE, Q1): Decimal(2400),
        ("L7", "HUB-09", Part.VALUE, Q1): Decimal(4187),
        ("M7", "HUB-09", Part.VALUE, Q2.year_earlier()): Decimal(17),
        ("L8", "HUB-10", Part.NUMERATOR, Q1): Decimal(4100),
        ("L8", "HUB-10", Part.DENOMINATOR, Q1): Decimal(4500),
        ("L9", "CBS-01", Part.VALUE, Q1): Decimal(446),
        ("L13", "CBS-05", Part.VALUE, Q1): Decimal(521),
    }


@pytest.mark.parametrize(
    ("cell", "written"), [("L5", "about 2,400"), ("L8", 0.93), ("L8", "4100 of many"), ("L8", "1 of 2 of 3")]
)
def test_what_is_no_earlier_figure_any_more_is_told(cell, written):
    def change(book):
        book[KPIS][cell] = written

    reading = after(change)

    assert rules(reading) == [("past-figure", Severity.WARNING, cell)]
    assert f"and now says “{written}”" in reading.problems[0].message
    assert cell not in {one.cell for one in reading.restated}


def test_a_formula_over_the_past_that_was_never_calculated_says_nothing():
    def change(book):
        book[KPIS]["L5"] = "=F5"

    reading = after(change)

    assert reading.problems == ()
    assert "L5" not in {one.cell for one in reading.restated}


def test_the_year_so_far_is_nobodys_figure():
    due = expected()
    due = replace(due, lines=tuple(replace(line, previous={}, so_far={Part.VALUE: Decimal(9)}) for line in due.lines))

    assert read(make_template(due, VOCABULARY)).restated == ()


def test_filling_in_needs_a_row():
    with pytest.raises(KeyError):
        fill_template(FILLED, [Entry("HUB-01", value=1, breakdown="risk", category="Huge")])
