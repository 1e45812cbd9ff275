"""A workbook's own sheets as tables of a page: column letters, row numbers, merged and hidden cells, and what became of
each cell.

Bounded: of a large sheet the rows that matter are shown, and the page says so. Pure; nothing here reads a file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote

from dacommission.returns.shown import anchor
from imports import personal_data
from imports.corrections import is_absent
from imports.reading import Cell, Kind, Sheet, Workbook, column_letters
from imports.sheets import Spot
from imports.workbook.addresses import address

MOST_CELLS = 6_000  # of a sheet, blank ones between others included
MOST_CELLS_IN_ALL = 20_000
MOST_COLUMNS = 60
FIRST_ROWS, FIRST_COLUMNS = 10, 4  # of a large sheet: where its headings and labels mostly are
MOST_BLANK_ROWS = 2  # one after another; more of them are one line
LONGEST_TEXT = 90
UNCALCULATED = "(never calculated)"
LARGE = "This sheet is large. Of its rows and columns those are shown from which something was read, and the first."

Place = tuple[int, int]  # row and column, both from 1


class Fate(NamedTuple):
    """What became of a cell: a key of the page's styles, the same in words, and where its figure stands."""

    key: str
    word: str
    href: str = ""


class GridCell(NamedTuple):
    """A cell as the page shows it."""

    text: str
    anchor: str  # "" where nothing leads to it
    fate: Fate | None
    hidden: bool
    across: int = 1
    down: int = 1


class GridRow(NamedTuple):
    """A row that is shown."""

    number: int
    hidden: bool
    cells: Sequence[GridCell]
    gap: str = ""  # what was left out before it


@dataclass(frozen=True, slots=True)
class GridSheet:
    """A sheet as the page shows it, or as much of it as there is room for."""

    name: str
    anchor: str
    hidden: bool
    columns: Sequence[tuple[str, bool]]  # letters, and whether it is hidden
    rows: Sequence[GridRow]
    left_out: str  # what is not shown of a large sheet; "" where all is


def cell_id(sheet: str | None, cell: str) -> str:
    """What a cell of the grid is called in the page's addresses."""
    return f"cell-{anchor(sheet, cell)}"


def href(name: str) -> str:
    """A link to a place of this page."""
    return f"#{quote(name)}"


def grids(workbook: Workbook, fates: Mapping[Spot, Fate], kept_back: Collection[Spot] = ()) -> list[GridSheet]:
    """Each sheet with something on it. `kept_back` are cells whose content must not be repeated."""
    of_sheet: dict[str | None, dict[Place, Fate]] = {}
    for spot, fate in ((spot, fate) for spot, fate in fates.items() if not is_absent(spot.cell)):
        of_sheet.setdefault(spot.sheet, {})[address(spot.cell)] = fate
    found, room = [], MOST_CELLS_IN_ALL
    for number, sheet in enumerate(workbook.sheets, start=1):
        if sheet.cells:
            back = {address(cell) for name, cell in kept_back if name == sheet.name}
            made = _Maker(sheet, of_sheet.get(sheet.name, {}), back, min(room, MOST_CELLS)).made(f"sheet-{number}")
            room -= len(made.rows) * len(made.columns)
            found.append(made)
    return found


def part(sheet: Sheet, fates: Mapping[Spot, Fate], rows: Collection[int]) -> GridSheet:
    """Some of a sheet's rows, and what is left out between them."""
    own = {address(spot.cell): fate for spot, fate in fates.items() if spot.sheet == sheet.name}
    return _Maker(sheet, own, (), MOST_CELLS, rows).made("part")


class _Maker:
    """Makes the table of one sheet, of at most about so many cells as there is `room` for.

    `only` are the rows that are wanted of it; None where all are.
    """

    def __init__(
        self,
        sheet: Sheet,
        fates: Mapping[Place, Fate],
        kept_back: Collection[Place],
        room: int,
        only: Collection[int] | None = None,
    ) -> None:
        self.sheet, self.fates, self.kept_back = sheet, fates, kept_back
        self.full = sorted({row for row, _ in sheet.cells} | {row for row, _ in fates})
        self.wanted = self.full if only is None else [row for row in self.full if row in only]
        self.columns = self._columns(max(column for _, column in (*sheet.cells, *fates)))
        self.rows, self.is_whole = self._rows(max(room // len(self.columns), FIRST_ROWS))
        self.hidden_columns = self._hidden_columns()
        self.spans, self.covered = self._spans()

    def made(self, place: str) -> GridSheet:
        """The table, under its own place of the page."""
        return GridSheet(
            name=self.sheet.name or "The file",
            anchor=place,
            hidden=self.sheet.hidden,
            columns=[(column_letters(column), column in self.hidden_columns) for column in self.columns],
            rows=[self._row(before, row) for before, row in pairwise((0, *self.rows))],
            left_out="" if self.is_whole else LARGE,
        )

    def _columns(self, last: int) -> list[int]:
        if last <= MOST_COLUMNS:
            return list(range(1, last + 1))
        wanted = {*range(1, FIRST_COLUMNS + 1), *(column for _, column in self.fates)}
        return sorted(wanted)[:MOST_COLUMNS]

    def _rows(self, most: int) -> tuple[list[int], bool]:
        """The rows to show, and whether all rows and columns are that hold anything."""
        if len(self.wanted) <= most:
            runs = [(last, after) for last, after in pairwise((0, *self.wanted)) if after - last <= MOST_BLANK_ROWS + 1]
            between = {row for last, after in runs for row in range(last + 1, after)}
            return sorted({*self.wanted, *between}), self.columns == list(range(1, len(self.columns) + 1))
        wanted = {row for row, _ in self.fates} | {row for row in self.wanted if row <= FIRST_ROWS}
        return sorted(wanted)[:most], False

    def _hidden_columns(self) -> set[int]:
        seen = {column for (_, column), cell in self.sheet.cells.items() if not cell.hidden}
        return set() if self.sheet.hidden else {column for _, column in self.sheet.cells} - seen

    def _spans(self) -> tuple[dict[Place, tuple[int, int]], set[Place]]:
        """How far each merged cell reaches in what is shown, and the places that it covers."""
        next_row = {row: later for row, later in pairwise(self.rows) if later == row + 1}
        spans: dict[Place, tuple[int, int]] = {}
        covered: set[Place] = set()
        rows, columns = set(self.rows), set(self.columns)
        for top, left, bottom, right in self.sheet.merges:
            if top not in rows or left not in columns:
                continue
            own_rows = [top]
            while own_rows[-1] < bottom and own_rows[-1] in next_row:
                own_rows.append(next_row[own_rows[-1]])
            own_columns = [column for column in self.columns if left <= column <= right]
            spans[top, left] = len(own_columns), len(own_rows)
            covered.update((row, column) for row in own_rows for column in own_columns)
        return spans, covered - {*spans}

    def _row(self, before: int, row: int) -> GridRow:
        cells = [self._cell(row, column) for column in self.columns if (row, column) not in self.covered]
        own = [self.sheet.cells.get((row, column)) for column in self.columns if column not in self.hidden_columns]
        seen = [cell for cell in own if cell is not None]
        hidden = bool(seen) and not self.sheet.hidden and all(cell.hidden for cell in seen)
        return GridRow(row, hidden, cells, self._gap(before, row))

    def _cell(self, row: int, column: int) -> GridCell:
        place = row, column
        cell, fate = self.sheet.cells.get(place), self.fates.get(place)
        across, down = self.spans.get(place, (1, 1))
        own = cell_id(self.sheet.name, f"{column_letters(column)}{row}") if fate else ""
        text = _text(cell, kept_back=place in self.kept_back) if cell else ""
        return GridCell(text, own, fate, cell is not None and cell.hidden, across, down)

    def _gap(self, before: int, row: int) -> str:
        """What is left out between two rows that are shown."""
        if row - before < 2:
            return ""
        first, last = before + 1, row - 1
        which = f"Row {first} is" if first == last else f"Rows {first} to {last} are"
        something = bisect_left(self.full, first) < bisect_left(self.full, row)
        return f"{which} {'not shown' if something else 'empty'}."


def _text(cell: Cell, *, kept_back: bool) -> str:
    """What a person sees of a cell, cut where it is long; nothing of what leads to a person."""
    if cell.kind is Kind.UNCALCULATED:
        return UNCALCULATED
    shown = cell.shown or str(cell.value if cell.value is not None else "")
    if kept_back or _is_personal(cell.kind, shown):
        return personal_data.NOT_REPEATED
    return shown if len(shown) <= LONGEST_TEXT else f"{shown[:LONGEST_TEXT]}…"


def _is_personal(kind: Kind, shown: str) -> bool:
    if kind is Kind.NUMBER and len(shown) < personal_data.SHORTEST_IN_A_FIGURE:
        return False
    return kind in (Kind.NUMBER, Kind.TEXT) and bool(personal_data.kinds(shown))


def ids_of(sheets: Sequence[GridSheet]) -> Iterator[str]:
    """Every place of the sheets that a link can lead to."""
    for sheet in sheets:
        for row in sheet.rows:
            yield from (cell.anchor for cell in row.cells if cell.anchor)
