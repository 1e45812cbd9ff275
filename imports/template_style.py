"""How the return workbook looks and what it lets people type: readable, printable, usable by keyboard.

Knows cells and columns, not what they mean. Colour never says anything that a border or a lock does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from textwrap import wrap

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from imports.headings import Heading
from imports.reading import Term, column_letters

FONT = "Arial"
_INK = "0B0C0C"
_PAPER = "FFFFFF"
_HEADER = "1D3557"
_LOCKED = "F3F2F1"
_EDGE = Side(style="thin", color="505A5F")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_PLAIN = Font(name=FONT, size=11, color=_INK)
_BOLD = Font(name=FONT, size=11, bold=True, color=_INK)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_OPEN_FILL = PatternFill("solid", fgColor=_PAPER)
_LOCKED_FILL = PatternFill("solid", fgColor=_LOCKED)
_HEADER_FILL = PatternFill("solid", fgColor=_HEADER)
_HEADER_FONT = Font(name=FONT, size=11, bold=True, color=_PAPER)

LINE_HEIGHT = 15  # points
NO_FIGURE = "If there is no figure, leave the cell empty and choose a status."


def title(sheet: Worksheet, text: str) -> None:
    type_in(sheet["A1"], text)
    sheet["A1"].font = Font(name=FONT, size=16, bold=True, color=_INK)


def introduction(sheet: Worksheet, text: str) -> None:
    type_in(sheet["A2"], text)
    sheet["A2"].font = _PLAIN


def label(cell: Cell, text: str) -> None:
    type_in(cell, text)
    cell.font = _BOLD
    cell.alignment = _WRAPPED


def header(sheet: Worksheet, row: int, headings: Sequence[Heading]) -> None:
    """The header row of the sheet's table, repeated on every printed page."""
    for column, heading in enumerate(headings, start=1):
        cell = sheet.cell(row, column, heading.title)
        cell.font, cell.fill = _HEADER_FONT, _HEADER_FILL
        cell.alignment, cell.border = _WRAPPED, _BOX
    sheet.print_title_rows = f"{row}:{row}"


def answer(cell: Cell, *, locked: bool) -> None:
    """A cell of a table: open ones have a border and can be typed in, locked ones are grey."""
    cell.font, cell.alignment = _PLAIN, _WRAPPED
    cell.protection = Protection(locked=locked)
    cell.fill = _LOCKED_FILL if locked else _OPEN_FILL
    if not locked:
        cell.border = _BOX


def check_figures(sheet: Worksheet, row: int, columns: Sequence[int], term: Term) -> None:
    """Lets only figures of the indicator's kind be typed, and says so plainly otherwise."""
    figures = _validation(sheet, term)
    for column in columns:
        figures.add(f"{column_letters(column)}{row}")
        sheet.cell(row, column).number_format = "#,##0" if term.whole else "#,##0.00"


def offer(sheet: Worksheet, column: int, first: int, last: int, words: str) -> None:
    """A drop-down of a range's words for the rows from first to last."""
    if last < first:
        return
    statuses = DataValidation(type="list", formula1=words, allow_blank=True, showErrorMessage=True)
    statuses.errorTitle, statuses.error = "Choose a status", "Choose a status from the list, or leave it empty."
    sheet.add_data_validation(statuses)
    letters = column_letters(column)
    statuses.add(f"{letters}{first}:{letters}{last}")


def finish(sheet: Worksheet, *, widths: Sequence[int], freeze: str | None = None) -> None:
    """Widths, heights, frozen header, printing on one page's width, and protection without a password."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[column_letters(column)].width = width
    _fit_rows(sheet, widths)
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for validation in sheet.data_validations.dataValidation:
        validation.sqref = _in_ranges(validation.sqref)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: people may change them


def _fit_rows(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Makes each row as high as its longest wrapped text: not every program does so by itself."""
    for row in sheet.iter_rows():
        texts = [(cell.value, widths[cell.column - 1]) for cell in row if cell.alignment.wrap_text]
        lines = max((len(wrap(text, width * 8 // 7)) for text, width in texts if isinstance(text, str)), default=1)
        if lines > 1:
            sheet.row_dimensions[row[0].row].height = LINE_HEIGHT * lines


def _in_ranges(cells: MultiCellRange) -> MultiCellRange:
    """The same cells, those beneath each other as one range: "E5:E40", not forty cells."""
    columns: dict[int, list[tuple[int, int]]] = {}
    for found in sorted(cells.ranges, key=lambda found: (found.min_col, found.min_row)):
        runs = columns.setdefault(found.min_col, [])
        if runs and runs[-1][1] + 1 == found.min_row:
            runs[-1] = (runs[-1][0], found.max_row)
        else:
            runs.append((found.min_row, found.max_row))
    return MultiCellRange(
        " ".join(
            f"{column_letters(column)}{first}:{column_letters(column)}{last}"
            for column, runs in columns.items()
            for first, last in runs
        )
    )


def type_in(cell: Cell, value: Decimal | int | str | None) -> None:
    """Types a value. Text is stored as text, so that "=1+1" is never a formula."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value


def _validation(sheet: Worksheet, term: Term) -> DataValidation:
    """The sheet's one check for this kind of figure."""
    kind, lowest, message = "decimal", "0", "Enter a number, nought or more."
    if term.whole:
        kind, message = "whole", "Enter a whole number, nought or more."
    elif term.count_type == "L":
        lowest, message = "-1000000000000", "Enter an amount in pounds."
    for known in sheet.data_validations.dataValidation:
        if (known.type, known.formula1) == (kind, lowest):
            return known
    figures = DataValidation(type=kind, operator="greaterThanOrEqual", formula1=lowest, allow_blank=True)
    figures.showErrorMessage = True
    figures.errorTitle, figures.error = "Enter a figure", f"{message} {NO_FIGURE}"
    sheet.add_data_validation(figures)
    return figures
