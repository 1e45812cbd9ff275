"""A sheet at a glance: which cells hold figures, which stand in a figure's place, and which hold words.

Decides nothing about tables. Hidden cells and cells under a merge are not seen here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache

from imports import cells
from imports.cells import LONGEST_FIGURE, Unreadable
from imports.reading import Cell, Kind, Sheet


class Look(IntEnum):
    """What a cell looks like, before anything around it is known."""

    FIGURE = 1
    MARK = 2  # stands where a figure might: "n/a", "<5", "-", #REF!
    WORDS = 3
    DATE = 4
    OTHER = 5  # TRUE or FALSE


_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_BY_KIND = {
    Kind.NUMBER: Look.FIGURE,
    Kind.DATE: Look.DATE,
    Kind.BOOLEAN: Look.OTHER,
    Kind.ERROR: Look.MARK,
    Kind.UNCALCULATED: Look.MARK,
}


@lru_cache(maxsize=8192)
def look_of_text(text: str) -> Look:
    """Whether a text is a number, stands in a number's place, or is words."""
    if len(text) > LONGEST_FIGURE:
        return Look.WORDS
    try:
        meaning = cells.of_words(text)
    except Unreadable:
        return Look.MARK if cells.has_two_figures(text) else Look.WORDS
    return Look.MARK if meaning.value is None else Look.FIGURE


def look(cell: Cell) -> Look:
    """What a cell looks like."""
    return look_of_text(cell.shown) if cell.kind is Kind.TEXT else _BY_KIND.get(cell.kind, Look.WORDS)


def is_year(cell: Cell) -> bool:
    """Whether a figure may be the name of a year: 2022, also as text."""
    shown = cell.shown.strip(" *†‡^")
    return len(shown) == 4 and shown.isdecimal() and _FIRST_YEAR <= int(shown) <= _LAST_YEAR


@dataclass(frozen=True)
class Row:
    """A row's cells by column, and which of them look like what."""

    number: int
    cells: Mapping[int, Cell]
    looks: Mapping[int, Look]
    wide: frozenset[int] = frozenset()  # columns whose cell is merged with those right of it

    @cached_property
    def figures(self) -> list[int]:
        """The columns with figures."""
        return [column for column, found in self.looks.items() if found is Look.FIGURE]

    @cached_property
    def marks(self) -> list[int]:
        """The columns in which something stands in a figure's place."""
        return [column for column, found in self.looks.items() if found is Look.MARK]

    @cached_property
    def words(self) -> list[int]:
        """The columns with words or dates."""
        return [column for column, found in self.looks.items() if found in (Look.WORDS, Look.DATE)]

    @cached_property
    def has_years(self) -> bool:
        """Whether its figures are nothing but the names of years, one after the other."""
        if not self.figures or not all(is_year(self.cells[column]) for column in self.figures):
            return False
        found = [self.cells[column] for column in self.figures]
        years = [int(cell.shown.strip(" *†‡^")) for cell in found]
        steps = {later - earlier for earlier, later in zip(years, years[1:], strict=False)}
        as_text = all(cell.kind is Kind.TEXT for cell in found)
        follow = steps in ({1}, {-1}) or (as_text and 0 not in steps)
        return len(self.words) <= len(found) + 3 and (follow or self.wide.issuperset(self.figures))

    @cached_property
    def has_column_numbers(self) -> bool:
        """Whether it does nothing but number the columns: 1, 2, 3 …"""
        if len(self.figures) < 3 or self.words:
            return False
        shown = [self.cells[column].shown.strip("()") for column in self.figures]
        return shown == [str(n) for n in range(1, len(shown) + 1)]

    @cached_property
    def holds_figures(self) -> bool:
        """Whether it holds figures, or something in their place, and does not only name columns."""
        if self.has_years or self.has_column_numbers:
            return False
        return bool(self.figures or self.marks)

    @cached_property
    def heads(self) -> list[int]:
        """The columns in which a heading may stand."""
        return sorted({*self.words, *self.figures}) if self.has_years else self.words


@dataclass(frozen=True)
class Grid:
    """The rows of a sheet that hold something, in order, and what its merges cover."""

    sheet: Sheet
    rows: tuple[Row, ...]

    @cached_property
    def across(self) -> Mapping[tuple[int, int], int]:
        """The last column of each merge, by its upper left cell."""
        return {(top, left): right for top, left, _, right in self.sheet.merges}

    @cached_property
    def down(self) -> Mapping[tuple[int, int], int]:
        """The last row of each merge, by its upper left cell."""
        return {(top, left): bottom for top, left, bottom, _ in self.sheet.merges}


def grid_of(sheet: Sheet, *, with_hidden: bool = False) -> Grid:
    """A sheet at a glance; hidden cells are left out unless they are asked for."""
    rows: dict[int, dict[int, Cell]] = {}
    blank = Kind.BLANK
    for (row, column), cell in sheet.cells.items():
        if cell.under_merge or cell.kind is blank or (cell.hidden and not with_hidden) or not cell.shown.strip():
            continue
        rows.setdefault(row, {})[column] = cell
    wide: dict[int, set[int]] = {}
    for top, left, _, right in sheet.merges:
        if right > left:
            wide.setdefault(top, set()).add(left)
    return Grid(sheet, tuple(_row(number, rows[number], wide.get(number, set())) for number in sorted(rows)))


def _row(number: int, found: dict[int, Cell], wide: set[int]) -> Row:
    ordered = dict(sorted(found.items()))
    return Row(number, ordered, {column: look(cell) for column, cell in ordered.items()}, frozenset(wide))
