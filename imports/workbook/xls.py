"""A workbook in Excel's older format (.xls) → its sheets of cells, by xlrd.

Knows number formats, merges, error cells and what is hidden. What xlrd cannot read is left to `values_only`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.sheet import Sheet as Page

from imports.kinds import Kind
from imports.sheets import Cell, Sheet, Workbook
from imports.workbook import limits
from imports.workbook.addresses import Rectangle
from imports.workbook.biff import STUMBLES, NoWords, refuse_protected
from imports.workbook.merges import Cells, mark_under_merges, too_many
from imports.workbook.opened import Opened
from imports.workbook.raised import raised
from imports.workbook.refusal import too_many_sheets, too_much_text
from imports.workbook.room import Room
from imports.workbook.styles import GENERAL, Style, style
from imports.workbook.values import Read, Values, boolean
from imports.workbook.values_only import read_values_only
from imports.workbook.xls_formulas import Formula, read_formulas

SUPERSCRIPT = 1
NO_FORMULA = Formula(None, True)


def read_xls(content: bytes) -> Opened:
    """All sheets with cells, in the order of their tabs. Raises Refused for what is no sound workbook."""
    refuse_protected(content)
    try:
        return _read(content)
    except STUMBLES:
        return read_values_only(content)


def _read(content: bytes) -> Opened:
    book = xlrd.open_workbook(
        file_contents=content, logfile=NoWords(), formatting_info=True, on_demand=True, ragged_rows=True
    )
    if book.nsheets > limits.SHEETS:
        raise too_many_sheets()
    reader = _BookReader(book)
    sheets = tuple(reader.sheet(number) for number in range(book.nsheets))
    return Opened(Workbook("xls", sheets), reader.area)


class _BookReader:
    """Reads the sheets of one workbook, one at a time."""

    def __init__(self, book: xlrd.book.Book) -> None:
        self.area = 0
        self._book = book
        self._values = Values([], since_1904=book.datemode == 1)
        self._room = Room(limits.CELLS)
        self._styles = [self._style(record) for record in book.xf_list]

    def sheet(self, number: int) -> Sheet:
        """The cells of a sheet, in the order of their rows."""
        page = self._book.sheet_by_index(number)
        self.area += page.nrows * page.ncols
        cells: Cells = {}
        for cell in self._cells(page, read_formulas(self._book, number)):
            cells[cell.row, cell.column] = cell
            self._room.check(len(cells))
        self._room.take(len(cells))
        merges = _merges(page)
        mark_under_merges(cells, merges)
        self._book.unload_sheet(number)
        return Sheet(page.name, cells, page.visibility != 0, merges)

    def _cells(self, page: Page, formulas: Mapping[tuple[int, int], Formula]) -> Iterator[Cell]:
        hidden_columns = {column for column, found in page.colinfo_map.items() if found.hidden or found.width == 0}
        for row in range(page.nrows):
            hidden_row = _hidden_row(page, row)
            for column, kind in enumerate(page.row_types(row)):
                if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                    continue
                look = self._styles[page.cell_xf_index(row, column)] if self._styles else GENERAL
                formula = formulas.get((row, column), NO_FORMULA)
                found, value, shown = self._read(page, row, column, look)
                if not formula.calculated:
                    found, value, shown = Kind.UNCALCULATED, None, f"={formula.text}"
                if shown:
                    hidden = hidden_row or column in hidden_columns
                    yield Cell(row + 1, column + 1, found, value, shown, look.number_format, formula.text, hidden)

    def _read(self, page: Page, row: int, column: int, look: Style) -> Read:
        kind, value = page.cell_type(row, column), page.cell_value(row, column)
        if kind == xlrd.XL_CELL_TEXT:
            text = self._text(value, page.rich_text_runlist_map.get((row, column), ()))
            return Kind.TEXT, text, text
        if kind == xlrd.XL_CELL_ERROR:
            return Kind.ERROR, None, error_text_from_code.get(value, "#ERROR!")
        return boolean(str(value)) if kind == xlrd.XL_CELL_BOOLEAN else self._values.read(repr(value), None, look)

    def _text(self, text: str, runs: Any) -> str:
        """The text with its raised runs marked. A run goes from where it starts to where the next one does."""
        if len(text) > limits.TEXT:
            raise too_much_text()
        pieces, start, up = [], 0, False
        for place, font in [*runs, (len(text), 0)]:
            piece = text[start:place]
            pieces.append(raised(piece) if up else piece)
            start, up = place, self._book.font_list[font].escapement == SUPERSCRIPT
        return "".join(pieces)

    def _style(self, record: Any) -> Style:
        found = self._book.format_map.get(record.format_key)
        return style(found.format_str) if found else GENERAL


def _hidden_row(page: Page, row: int) -> bool:
    found = page.rowinfo_map.get(row)
    return bool(page.default_row_hidden) if found is None else bool(found.hidden) or found.height == 0


def _merges(page: Page) -> tuple[Rectangle, ...]:
    if len(page.merged_cells) > limits.MERGES:
        raise too_many()
    return tuple((top + 1, left + 1, bottom, right) for top, bottom, left, right in page.merged_cells)
