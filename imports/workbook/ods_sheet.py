"""The rows of one OpenDocument table → the sheet's cells, each at its place, with what covers or hides it.

Blank cells and rows that a file repeats cost nothing; repeated values are kept as far as cells may be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from imports.sheets import made_cell
from imports.workbook.addresses import Rectangle
from imports.workbook.limits import COLUMNS, MERGES, ROWS
from imports.workbook.merges import Cells, too_many
from imports.workbook.ods_values import Stored
from imports.workbook.room import Room


@dataclass(slots=True)
class Columns:
    """Columns next to one another that look alike."""

    last: int
    style: str | None
    hidden: bool


ANY_OTHER = Columns(COLUMNS, None, False)


@dataclass(slots=True)
class Found:
    """A cell that holds something, or several alike next to one another."""

    first: int
    last: int
    stored: Stored
    covered: bool


@dataclass(slots=True)
class Row:
    """One row, or several alike, as it is read."""

    repeated: int = 1
    hidden: bool = False
    style: str | None = None
    column: int = 0  # the last one read
    cells: list[Found] = field(default_factory=list)
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # column, how many rows and columns


@dataclass(slots=True)
class Table:
    """One sheet as it is read."""

    name: str
    hidden: bool
    cells: Cells = field(default_factory=dict)
    merges: list[Rectangle] = field(default_factory=list)
    outside: list[tuple[int, int]] = field(default_factory=list)
    rows: int = 0  # the last row and column with anything in them
    columns: int = 0
    next_row: int = 1
    looks: list[Columns] = field(default_factory=list)
    _looked_up: dict[int, Columns] = field(default_factory=dict)

    def add_columns(self, count: int, style: str | None, *, hidden: bool) -> None:
        """The next columns from the left look like this."""
        last = self.looks[-1].last if self.looks else 0
        if last < COLUMNS:
            self.looks.append(Columns(last + count, style, hidden))
            self._looked_up.clear()

    def look(self, column: int) -> Columns:
        """How a column looks where its cells do not say."""
        found = self._looked_up.get(column)
        if found is None:
            found = next((found for found in self.looks if column <= found.last), ANY_OTHER)
            self._looked_up[column] = found
        return found

    def add(self, row: Row, room: Room) -> None:
        """Take up a row as often as it is repeated. Raises Refused where that passes a limit."""
        count = sum(found.last - found.first + 1 for found in row.cells)
        room.check(len(self.cells) + len(self.outside) + count * row.repeated)
        if row.cells or row.repeated == 1:
            self._merge(row)
        if row.cells:
            for place in range(self.next_row, self.next_row + row.repeated):
                self._keep(row, place)
            self.rows = self.next_row + row.repeated - 1
            self.columns = max(self.columns, row.cells[-1].last)
        self.next_row += row.repeated

    def _merge(self, row: Row) -> None:
        if len(self.merges) + len(row.spans) * row.repeated > MERGES:
            raise too_many()
        for place in range(self.next_row, self.next_row + row.repeated):
            for column, rows, columns in row.spans:
                bottom, right = min(place + rows - 1, ROWS), min(column + columns - 1, COLUMNS)
                self.merges.append((place, column, bottom, right))

    def _keep(self, row: Row, place: int) -> None:
        for found in row.cells:
            (kind, value, shown), number_format, formula = found.stored
            for column in range(found.first, found.last + 1):
                if place > ROWS or column > COLUMNS:
                    self.outside.append((place, column))
                    continue
                hidden = row.hidden or self.look(column).hidden
                self.cells[place, column] = made_cell(
                    (place, column, kind, value, shown, number_format, formula, hidden, found.covered)
                )
