"""The tables of a return workbook: found by their headings on whatever sheet, and their rows one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from imports import headings, observing
from imports import template_layout as layout
from imports.headings import Heading, Page, Table, folded
from imports.reading import Cell, Part, Sheet, Term
from imports.sheets import Spot


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet of the template, known by its headings, and its rows."""

    page: Page
    table: Table

    @property
    def sheet(self) -> Sheet:
        return self.page.sheet

    def rows(self) -> Iterator[Row]:
        for number, found in self.page.rows.items():
            if number > self.table.row:
                cells = {key: found[c] for key, c in self.table.columns.items() if c in found}
                if cells:
                    yield Row(self, number, cells)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, by the keys of its columns."""

    found: Found
    number: int
    cells: Mapping[str, Cell]

    def text(self, key: str) -> str:
        return headings.text(self.cells.get(key))

    def place(self, key: str) -> Spot:
        return Spot.at(self.found.sheet.name, self.number, self.found.table.columns[key])

    def place_if(self, key: str) -> Spot | None:
        """Where a column stands in this row; None where the table has no such column."""
        return self.place(key) if key in self.found.table.columns else None

    def typed(self, key: str) -> bool:
        """Whether somebody typed something in a column; what a formula gives is worked out, not typed."""
        return key in self.cells and self.cells[key].formula is None

    def has(self, *keys: str) -> bool:
        """Whether anything stands in one of these columns."""
        return any(key in self.cells for key in keys)

    def part(self, term: Term, key: str) -> Part | None:
        """Which part a column holds for an indicator; None for a column that is not its own."""
        part = Part(key)
        if part in observing.parts(term):
            return part
        return Part.PERCENT if part is Part.VALUE and self.typed(key) and term.unit == "percent" else None

    @property
    def group(self) -> tuple[str, str]:
        """Which breakdown the row belongs to, as it is written."""
        return folded(self.text("code")), folded(self.text("breakdown"))

    @property
    def hidden(self) -> bool:
        """Whether the whole row is hidden; a column may be, to make room."""
        return self.found.sheet.hidden or all(cell.hidden for cell in self.cells.values())


def find(pages: Sequence[Page], wanted: tuple[Heading, ...], needed: frozenset[str]) -> Found | None:
    """The first sheet that has these headings; None when none has."""
    for page in pages:
        table = headings.find(page, wanted, needed=needed, within=layout.HEADER_WITHIN)
        if table:
            return Found(page, table)
    return None
