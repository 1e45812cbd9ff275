"""A workbook that only the second reader can open → its values, and a warning of what could not be told.

The second reader knows neither number formats nor what is hidden, and sees error cells as empty.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import python_calamine

from imports.kinds import Kind, Severity
from imports.sheets import Cell, Problem, Sheet, Workbook
from imports.workbook import limits
from imports.workbook.merges import Cells, mark_under_merges, too_many
from imports.workbook.opened import Opened
from imports.workbook.refusal import damaged, too_large, too_many_sheets
from imports.workbook.room import Room
from imports.workbook.second_opinion import PANIC
from imports.workbook.values import SECONDS_A_DAY, Read, clock, general

LOST = Problem(
    "values-only",
    Severity.WARNING,
    "Parts of this file are damaged or unusual. Its values were read, but not which of them are hidden, shown as "
    "percentages or in error. Open it in Excel, save it as an Excel workbook (.xlsx) and upload that.",
)


def read_values_only(content: bytes) -> Opened:
    """All values, with a warning. Raises Refused where the second reader cannot open the file either."""
    try:
        return Opened(Workbook("xls", tuple(_sheets(content)), (LOST,)))
    except python_calamine.CalamineError as error:
        raise damaged("its parts do not fit together") from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise damaged("its parts do not fit together") from error


def _sheets(content: bytes) -> Iterator[Sheet]:
    book = python_calamine.load_workbook(io.BytesIO(content))
    room = Room(limits.CELLS)
    if len(book.sheets_metadata) > limits.SHEETS:
        raise too_many_sheets()
    for about in book.sheets_metadata:
        if about.typ is python_calamine.SheetTypeEnum.WorkSheet:
            yield _sheet(book.get_sheet_by_name(about.name), about, room)


def _sheet(page: python_calamine.CalamineSheet, about: python_calamine.SheetMetadata, room: Room) -> Sheet:
    if page.total_height * page.total_width > limits.SECOND_OPINION_AREA:
        raise too_large(f"its sheet {about.name} reaches too far right and down")
    cells: Cells = {}
    for row, line in enumerate(page.to_python(skip_empty_area=False), start=1):
        for column, found in enumerate(line, start=1):
            if found not in ("", None):
                kind, value, shown = _read(found)
                cells[row, column] = Cell(row, column, kind, value, shown)
        room.check(len(cells))
    room.take(len(cells))
    ranges = page.merged_cell_ranges or []
    if len(ranges) > limits.MERGES:
        raise too_many()
    merges = tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)
    mark_under_merges(cells, merges)
    hidden = about.visible is not python_calamine.SheetVisibleEnum.Visible
    return Sheet(about.name, cells, hidden, merges)


def _read(found: object) -> Read:
    if isinstance(found, bool):
        return Kind.BOOLEAN, found, str(found).upper()
    if isinstance(found, int | float):
        return general(repr(found))
    if isinstance(found, datetime):
        moment = timedelta(hours=found.hour, minutes=found.minute, seconds=found.second)
        return Kind.DATE, found.date(), f"{found.date()} {_of(moment)[2]}" if moment else str(found.date())
    if isinstance(found, date):
        return Kind.DATE, found, found.isoformat()
    if isinstance(found, time):
        return _of(timedelta(hours=found.hour, minutes=found.minute, seconds=found.second))
    return _of(found) if isinstance(found, timedelta) else (Kind.TEXT, str(found), str(found))


def _of(length: timedelta) -> Read:
    days = Decimal(int(length.total_seconds())) / SECONDS_A_DAY
    return Kind.NUMBER, days, clock(days)
