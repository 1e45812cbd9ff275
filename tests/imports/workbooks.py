"""Workbooks in memory: small tables for the long form, and return workbooks each with one named fault.

The faults of files themselves (damaged, encrypted, hostile) are made in workbooks_hostile.
"""

import io
from collections.abc import Callable

import openpyxl
from openpyxl.workbook import Workbook as Book

from imports import template_layout as layout
from imports.reading import Part
from imports.template import Entry, fill_template, make_template
from tests.imports.vocabulary import Q1, VOCABULARY, expected

LONG_HEADER = ("Service", "Measure", "Breakdown", "Period", "Value", "Comment")

GOOD = (
    Entry("HUB-01", value=2512),
    Entry("HUB-05", Part.NUMERATOR, 2021),
    Entry("HUB-09", value=4402),
    Entry("HUB-10", Part.NUMERATOR, 4402),
    Entry("HUB-10", Part.DENOMINATOR, 4600),
    Entry("CBS-01", value=903),
    Entry("CBS-02", value=521),
    Entry("CBS-03", value=330),
    Entry("CBS-04", value=325),
    Entry("CBS-05", value=526),
    Entry("SA-04.a", value=42),
    Entry("SA-05", value=3864),
    Entry("SA-06", value=3493),
    Entry("WF-01.a", value=12),
    Entry("CON-02.a", value=52000),
)


def saved(book: Book) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def changed(content: bytes, change: Callable[[Book], object]) -> bytes:
    """The workbook after somebody opened it and did something to it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    return saved(book)


def table(*rows: tuple, header: tuple = LONG_HEADER, above: int = 0, title: str = "Data") -> bytes:
    """A workbook with one sheet: blank rows, a header, and the rows."""
    book = Book()
    sheet = book.active
    sheet.title = title
    for number, row in enumerate((header, *rows), start=above + 1):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
    return saved(book)


def good_return(**due) -> bytes:
    return fill_template(make_template(expected(**due), VOCABULARY), GOOD)


def with_kpi_cell(address: str, value: object) -> bytes:
    def change(book: Book) -> None:
        book[layout.KPIS][address].value = value

    return changed(good_return(), change)


def last_quarters_file() -> bytes:
    return good_return(period=Q1)


def another_providers_file() -> bytes:
    return good_return(provider="Foundation", contract="DA-2019-PRP")


def another_contracts_file() -> bytes:
    return good_return(contract="DA-2019-REFUGE")


def old_template() -> bytes:
    def change(book: Book) -> None:
        book[layout.COVER]["B4"].value = "0.9"

    return changed(good_return(), change)


def no_version() -> bytes:
    def change(book: Book) -> None:
        book[layout.COVER]["A4"].value = "Our reference"

    return changed(good_return(), change)


def two_quarters_on_the_cover() -> bytes:
    def change(book: Book) -> None:
        book[layout.COVER]["B9"].value = "Quarter 3"

    return changed(good_return(), change)


def renamed_sheets() -> bytes:
    def change(book: Book) -> None:
        book[layout.COVER].title = "Front page"
        book[layout.KPIS].title = "Our figures"
        book[layout.BREAKDOWNS].title = "More figures"

    return changed(good_return(), change)


def kpis_sheet_deleted() -> bytes:
    def change(book: Book) -> None:
        del book[layout.KPIS]

    return changed(good_return(), change)


def inserted_rows() -> bytes:
    def change(book: Book) -> None:
        sheet = book[layout.KPIS]
        sheet.insert_rows(8, 2)
        sheet["C8"] = "a note between the rows"
        sheet.insert_rows(1, 3)
        sheet.insert_cols(2)

    return changed(good_return(), change)


def reordered_rows() -> bytes:
    def change(book: Book) -> None:
        sheet = book[layout.KPIS]
        rows = [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows(min_row=5)]
        for number, row in enumerate(reversed(rows), start=5):
            for column, (value, number_format) in enumerate(row, start=1):
                sheet.cell(number, column).value = None if str(value).startswith("=") else value
                sheet.cell(number, column).number_format = number_format

    return changed(good_return(), change)


def hidden_row() -> bytes:
    def change(book: Book) -> None:
        book[layout.KPIS].row_dimensions[5].hidden = True

    return changed(good_return(), change)


def heading_twice() -> bytes:
    def change(book: Book) -> None:
        book[layout.KPIS]["M4"] = "Value"

    return changed(good_return(), change)


def unknown_code() -> bytes:
    return with_kpi_cell("A7", "HUB-99")


def figure_without_a_code() -> bytes:
    return with_kpi_cell("A7", None)


def unknown_status() -> bytes:
    return with_kpi_cell("I7", "maybe")


def status_beside_a_figure() -> bytes:
    return with_kpi_cell("I7", "Not applicable")


def status_beside_another_word() -> bytes:
    def change(book: Book) -> None:
        sheet = book[layout.KPIS]
        sheet["F7"].value, sheet["I7"].value = "n/a", "Not yet available"
        sheet["Z9"].value = "a note beyond the table"
        sheet["Z60"].value = "and one below it"

    return changed(good_return(), change)


def breakdown_without_its_code() -> bytes:
    def change(book: Book) -> None:
        sheet = book[layout.BREAKDOWNS]
        sheet["A5"].value, sheet["E5"].value = "HUB-99", 5

    return changed(good_return(), change)


def numerator_of_a_count() -> bytes:
    return with_kpi_cell("G5", 12)


def percentage_typed_over_the_formula() -> bytes:
    return with_kpi_cell("F8", "95.7%")


def text_for_a_number() -> bytes:
    return with_kpi_cell("F7", "about four thousand")


def one_and_a_half_people() -> bytes:
    return with_kpi_cell("F7", 1.5)


def negative_count() -> bytes:
    return with_kpi_cell("F7", -3)


def numerator_over_denominator() -> bytes:
    return with_kpi_cell("G8", 4700)


def reference_error() -> bytes:
    """A cell whose formula lost what it pointed at, as a spreadsheet program stores it."""

    def change(book: Book) -> None:
        book[layout.KPIS]["F7"].value = "#REF!"
        book[layout.KPIS]["F7"].data_type = "e"

    return changed(good_return(), change)


def formula_never_calculated() -> bytes:
    return with_kpi_cell("F7", "=F5+F6")


def category_not_listed() -> bytes:
    def change(book: Book) -> None:
        sheet = book[layout.BREAKDOWNS]
        sheet["D5"].value, sheet["E5"].value = "Neighbours", 5

    return changed(good_return(), change)


def duplicated_line() -> bytes:
    def change(book: Book) -> None:
        sheet = book[layout.KPIS]
        for cell in sheet[5]:
            sheet.cell(30, cell.column, cell.value)

    return changed(good_return(), change)
