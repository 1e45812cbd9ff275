"""A whole return without a fault, and with fifteen of them: each found at its cell, and nothing else.

In both layouts, amid blank rows, hidden rows and merged cells, and with three years of accepted figures known.
"""

import csv
import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book

from imports import template_layout as layout
from imports.grouping import grouped
from imports.read import understand
from imports.reading import Reading
from imports.workbook import open_here
from tests.imports.whole_return import LONG, VOCABULARY, cell_of, due, long_rows, template
from tests.imports.workbooks import changed, saved

KPIS, BREAKDOWNS = layout.KPIS, layout.BREAKDOWNS

# what was typed, on which sheet, in which column of the row that holds these words, under which rule it is found
DEFECTS = [
    ("about four thousand", KPIS, "value", ("HUB-09",), "V03"),
    ("see e-mail", KPIS, "numerator", ("CBS-11",), "V03"),
    ("a few", BREAKDOWNS, "value", ("HUB-01", "Referral source", "Police"), "V03"),
    ("Narnia", BREAKDOWNS, "category", ("HUB-01", "Area of residence", "Craven"), "unknown-category"),
    ("Leeds", BREAKDOWNS, "category", ("CBS-01", "Area of residence", "Selby"), "unknown-category"),
    ("North", BREAKDOWNS, "category", ("WFA-01", "Area of residence", "City of York"), "unknown-category"),
    (None, KPIS, "value", ("XS-01",), "V02"),
    (None, KPIS, "value", ("RES-02",), "V02"),
    (None, KPIS, "denominator", ("CBS-13",), "V02"),
    (130, KPIS, "value", ("HUB-10",), "V03"),
    ("101%", KPIS, "value", ("CBS-12",), "V03"),
    (250, KPIS, "value", ("SA-10",), "V03"),
    (331, KPIS, "numerator", ("HUB-04",), "V03"),
    (2600, KPIS, "numerator", ("HUB-05",), "V03"),
    (3900, KPIS, "value", ("SA-06",), "V08"),
]


def read(content: bytes, name: str = "return.xlsx") -> Reading:
    return understand(open_here(content, name), VOCABULARY, due())


def untidied(book: Book) -> None:
    """Blank rows, hidden ones, a heading merged over a row and a title merged over two, as people leave them."""
    for name in (KPIS, BREAKDOWNS):
        sheet = book[name]
        sheet.insert_rows(8, 3)
        sheet["A8"] = "Community services"
        sheet.merge_cells("A8:E8")
        sheet.row_dimensions[9].hidden = sheet.row_dimensions[10].hidden = True
        sheet.insert_rows(1)
        sheet["A1"] = "Draft"
        sheet.merge_cells("A1:B1")


def seeded() -> tuple[bytes, list[tuple[str, str, str]]]:
    """The return with all fifteen defects, and for each the rule, the sheet and the cell."""
    content = changed(template(), untidied)
    places = [(sheet, cell_of(content, sheet, column, *words)) for _, sheet, column, words, _ in DEFECTS]

    def seed(book: Book) -> None:
        for (typed, *_), (sheet, cell) in zip(DEFECTS, places, strict=True):
            book[sheet][cell].value = typed

    return changed(content, seed), [(rule, *place) for (*_, rule), place in zip(DEFECTS, places, strict=True)]


def test_a_return_without_a_fault_gives_no_problem():
    assert read(template()).problems == ()


def test_nor_does_one_that_people_left_untidy():
    assert read(changed(template(), untidied)).problems == ()


def test_all_fifteen_defects_are_found_at_their_cells_and_nothing_else_is():
    content, seeded_there = seeded()

    problems = read(content).problems

    assert sorted((p.rule, p.sheet, p.cell) for p in problems) == sorted(seeded_there)


def test_each_of_the_fifteen_is_a_line_of_its_own():
    content, _ = seeded()

    assert len(grouped(read(content).problems)) == 15


@pytest.mark.parametrize("number", range(15))
def test_each_defect_is_found_alone(number):
    typed, sheet, column, words, rule = DEFECTS[number]
    content = template()
    cell = cell_of(content, sheet, column, *words)

    def seed(book: Book) -> None:
        book[sheet][cell].value = typed

    problems = read(changed(content, seed)).problems

    assert [(p.rule, p.sheet, p.cell) for p in problems] == [(rule, sheet, cell)]


# the same in the long form: the row that holds these words, which column, what was typed, under which rule
LONG_DEFECTS = [
    (("HUB-09",), "Value", "about four thousand", "V03"),
    (("CBS-11",), "Numerator", "see e-mail", "V03"),
    (("HUB-01", "Police"), "Value", "a few", "V03"),
    (("HUB-01", "Craven"), "Category", "Narnia", "unknown-category"),
    (("CBS-01", "Selby"), "Category", "Leeds", "unknown-category"),
    (("WFA-01", "City of York"), "Category", "North", "unknown-category"),
    (("XS-01",), "Value", None, "V02"),
    (("RES-02",), "Value", None, "V02"),
    (("CBS-13",), "Denominator", None, "V02"),
    (("HUB-10",), "Value", "130%", "V03"),
    (("CBS-12",), "Value", "101%", "V03"),
    (("SA-10",), "Value", "250%", "V03"),
    (("HUB-04",), "Numerator", 331, "V03"),
    (("HUB-05",), "Numerator", 2600, "V03"),
    (("SA-06",), "Value", 3900, "V08"),
]


def long_seeded(above: int, defects=LONG_DEFECTS) -> tuple[list[list[object]], list[tuple[str, str]]]:
    """The rows of the long form with these defects, beneath `above` others; for each the rule and the cell."""
    rows = long_rows()
    places = []
    for words, column, typed, rule in defects:
        number = next(place for place, row in enumerate(rows) if {*words} <= {*map(str, row)})
        rows[number][LONG.index(column)] = typed
        places.append((rule, f"{chr(ord('A') + LONG.index(column))}{number + 1 + above}"))
    return rows, places


def long_workbook(rows: list[list[object]], above: int) -> bytes:
    """A workbook with the rows beneath a title merged over several columns and a blank, a hidden and another row."""
    book = Book()
    sheet = book.active
    sheet.title = "Figures"
    sheet["A1"] = "Return of the quarter"
    sheet.merge_cells("A1:F2")
    sheet["A3"] = "checked by nobody"
    sheet.row_dimensions[3].hidden = True
    for number, row in enumerate(rows, start=above + 1):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
    return saved(book)


def as_csv(rows: list[list[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("defects", [[], LONG_DEFECTS], ids=["none", "fifteen"])
def test_the_long_form_is_found_out_alike(defects: list):
    rows, places = long_seeded(4, defects)

    problems = read(long_workbook(rows, 4)).problems

    assert sorted((p.rule, p.cell) for p in problems) == sorted(places)
    assert {p.sheet for p in problems} <= {"Figures"}


@pytest.mark.parametrize("defects", [[], LONG_DEFECTS], ids=["none", "fifteen"])
def test_so_is_a_csv(defects: list):
    rows, places = long_seeded(2, defects)

    problems = read(as_csv([["Return of the quarter"], [], *rows]), "return.csv").problems

    assert sorted((p.rule, p.cell) for p in problems) == sorted(places)


def test_without_an_expectation_the_blanks_are_pointed_at_too():
    content, seeded_there = seeded()

    problems = understand(open_here(content, "return.xlsx"), VOCABULARY).problems

    assert sorted((p.rule, p.sheet, p.cell) for p in problems) == sorted(seeded_there)


def broken(cells: list[str], word: str) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        for cell in cells:
            book[BREAKDOWNS][cell].value = word

    return change


def test_a_column_of_broken_references_is_one_line_with_every_cell():
    content = template()
    areas = [name for name in VOCABULARY.breakdowns["area"]]
    cells = [cell_of(content, BREAKDOWNS, "value", "HUB-01", "Area of residence", name) for name in areas]

    problems = read(changed(content, broken(cells, "#REF!"))).problems

    assert [p.cell for p in problems] == cells
    (line,) = grouped(problems)
    assert line.message.endswith("This cell shows #REF!. Correct its formula or type the figure.")
    assert line.cells == tuple((BREAKDOWNS, cell) for cell in cells)


def test_categories_left_blank_are_one_line_with_every_cell():
    content = template()
    cells = [cell_of(content, BREAKDOWNS, "value", "HUB-01", "Area of residence", name) for name in ("Craven", "Selby")]

    problems = read(changed(content, broken(cells, None))).problems

    assert [p.cell for p in problems] == cells
    assert [line.cells for line in grouped(problems)] == [tuple((BREAKDOWNS, cell) for cell in cells)]


def test_a_category_that_nobody_knows_is_one_line_for_all_indicators():
    content = template()
    cells = [
        cell_of(content, BREAKDOWNS, "category", code, "Area of residence", "Craven") for code in ("HUB-01", "CBS-01")
    ]

    problems = read(changed(content, broken(cells, "Narnia"))).problems

    assert [p.cell for p in problems] == cells
    (line,) = grouped(problems)
    assert line.message == "“Area of residence: Narnia” is not a category. Use one that the workbook lists."


def test_every_address_is_that_of_what_was_typed():
    content, seeded_there = seeded()
    book = openpyxl.load_workbook(io.BytesIO(content))

    shown = [book[sheet][cell].value for _, sheet, cell in seeded_there]

    assert shown == [typed for typed, *_ in DEFECTS]
