"""A workbook of another kind as an Excel workbook: what was read of it, cell for cell, and nothing besides.

Whatever was typed stays what it was: a text that begins with "=" is still a text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.worksheet import Worksheet

from imports.cells import ERROR_WORDS
from imports.reading import Cell, Kind, Sheet, Workbook

ALWAYS = datetime(2000, 1, 1)  # noqa: DTZ001 - when the copy says it was made: the same input, the same bytes
LONGEST_NAME = 31
UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
DAY = "dd/mm/yyyy"
ONLY = "Sheet1"  # of a file that has no sheets


def copy_of(workbook: Workbook) -> tuple[bytes, dict[str, str]]:
    """An Excel workbook with the same cells, and what each sheet is called in it: "" is that of a CSV file."""
    content = io.BytesIO()
    names = _names(workbook.sheets)
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": ALWAYS})
        formats = {"General": book.add_format()}
        pages = [
            (_write(book.add_worksheet(names[one.name or ""]), one, book, formats), one) for one in workbook.sheets
        ]
        seen = [page for page, sheet in pages if not sheet.hidden]
        for page in seen[:1]:
            page.activate()
            page.set_first_sheet()
        for page, _ in pages:
            if seen and page not in seen:
                page.hide()
    return content.getvalue(), names


def _names(sheets: Iterable[Sheet]) -> dict[str, str]:
    """A name that Excel allows for each sheet, its own where that is one."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for sheet in sheets:
        plain = UNFIT.sub(" ", sheet.name or ONLY).strip("' ")[:LONGEST_NAME] or ONLY
        name, number = plain, 2
        while name.casefold() in taken or name.casefold() == "history":
            name, number = f"{plain[: LONGEST_NAME - 4]} {number}", number + 1
        taken.add(name.casefold())
        names[sheet.name or ""] = name
    return names


def _write(page: Worksheet, sheet: Sheet, book: xlsxwriter.Workbook, formats: dict) -> Worksheet:
    for top, left, bottom, right in sheet.merges:
        if (top, left) != (bottom, right):
            try:
                page.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", formats["General"])
            except OverlappingRange:
                continue
    for cell in sheet.cells.values():
        number_format = DAY if cell.kind is Kind.DATE and cell.number_format == "General" else cell.number_format
        if number_format not in formats:
            formats[number_format] = book.add_format({"num_format": number_format})
        _write_cell(page, cell, formats[number_format])
    _hide(page, sheet.cells.values())
    return page


def _write_cell(page: Worksheet, cell: Cell, look: object) -> None:
    row, column, value = cell.row - 1, cell.column - 1, cell.value
    if cell.kind is Kind.BOOLEAN:
        page.write_boolean(row, column, value, look)
    elif isinstance(value, Decimal):
        page.write_number(row, column, float(value), look)
    elif cell.kind is Kind.DATE:
        page.write_datetime(row, column, value, look)
    elif cell.kind is Kind.ERROR and cell.shown in ERROR_WORDS:
        page.write_formula(row, column, f"={cell.shown}", look, cell.shown)
    else:
        page.write_string(row, column, cell.shown, look)


def _hide(page: Worksheet, cells: Iterable[Cell]) -> None:
    """Hide the rows and columns of which every cell was hidden."""
    seen = [cell for cell in cells if not cell.hidden]
    rows, columns = {cell.row for cell in seen}, {cell.column for cell in seen}
    hidden = [cell for cell in cells if cell.hidden]
    for row in {cell.row for cell in hidden} - rows:
        page.set_row(row - 1, None, None, {"hidden": True})
    for column in {cell.column for cell in hidden} - columns:
        page.set_column(column - 1, column - 1, None, None, {"hidden": True})
