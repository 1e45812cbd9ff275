"""From a reading's problems to what is to be marked: a comment for each cell, and a list of every point.

Never repeats what was typed where that may lead to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from imports.checks import personal
from imports.grouping import grouped
from imports.marked.ours import FIRST_ROW, SAID, is_ours
from imports.marked.plan import Plan, Row
from imports.personal_data import NOT_REPEATED, kinds
from imports.reading import Cell, Problem, Sheet, Workbook
from imports.rules import GRAVITY
from imports.sheets import Spot
from imports.workbook.addresses import address, on_sheet
from imports.workbook.refusal import Refused

MOST = 1_000  # points that are listed, and cells that are marked
LONGEST_TYPED, LONGEST_SAID = 100, 2_000  # characters
BLANK = "(blank)"
UNSAID = "Look at this cell again. What is said of it repeats what was typed, so it is not written here."
SHEET, CELL, FILL = 2, 3, 6  # columns of our sheet


def plan_of(problems: Iterable[Problem], workbook: Workbook, file: str, *, copied: bool = False) -> Plan:
    """What is to be marked in a workbook, the most pressing first."""
    found = tuple(problems)
    cells = {sheet.name: sheet.cells for sheet in workbook.sheets}
    private = personal(found)
    rows = [
        Row(
            group.severity.capitalize(), spot.sheet or "", spot.cell, _typed(spot, cells, private), _safe(group.message)
        )
        for group in sorted(grouped(found), key=lambda group: GRAVITY.index(group.severity))
        for spot in group.cells or (Spot(None, ""),)
    ]
    ours = next((sheet for sheet in workbook.sheets if is_ours(sheet)), None)
    return Plan(
        file=file,
        rows=tuple(rows[:MOST]),
        comments=_comments(found, cells),
        ours=ours.name if ours else None,
        fills=_fills(ours) if ours else {},
        copied=copied,
        unlisted=max(len(rows) - MOST, 0),
    )


def _comments(found: Sequence[Problem], cells: Mapping[str | None, object]) -> dict[str, dict[str, str]]:
    """One comment for each questioned cell: its points in short, the most pressing first."""
    said: dict[Spot, dict[str, None]] = {}
    for one in sorted(found, key=lambda one: GRAVITY.index(one.severity)):
        if one.sheet in cells and _is_cell(one.spot.cell) and (len(said) < MOST or one.spot in said):
            said.setdefault(one.spot, {})[f"{one.severity.capitalize()}: {_safe(one.message)}"] = None
    comments: dict[str, dict[str, str]] = {}
    for (sheet, cell), sentences in said.items():
        comments.setdefault(sheet or "", {})[cell] = (SAID + "\n".join(sentences))[:LONGEST_SAID]
    return comments


def _is_cell(written: str) -> bool:
    try:
        return on_sheet(*address(written)) and written == written.upper()
    except Refused:
        return False


def _typed(spot: Spot, cells: Mapping[str | None, Mapping[tuple[int, int], Cell]], private: set[Spot]) -> str:
    """What stands in a cell, in short; "" for a point that is about no cell."""
    if not _is_cell(spot.cell):
        return ""
    cell = cells.get(spot.sheet, {}).get(address(spot.cell))
    shown = cell.shown if cell else BLANK
    if spot in private or kinds(shown):
        return NOT_REPEATED
    return shown if len(shown) <= LONGEST_TYPED else f"{shown[:LONGEST_TYPED]}…"


def _safe(message: str) -> str:
    return UNSAID if kinds(message) else message


def _fills(ours: Sheet) -> dict[str, dict[str, str]]:
    """What our sheet says of how each cell looked before it was marked."""
    fills: dict[str, dict[str, str]] = {}
    for (row, column), cell in ours.cells.items():
        if row >= FIRST_ROW and column == FILL:
            sheet, place = (ours.cells.get((row, other)) for other in (SHEET, CELL))
            fills.setdefault(sheet.shown if sheet else "", {})[place.shown if place else ""] = cell.shown
    return fills
