"""Finding a table by the words of its header row, wherever somebody has moved it.

Used by every layout, and by the template itself, so that the blank workbook and its reader cannot differ.
Nothing here knows what the columns mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from imports.cells import tidy
from imports.reading import Cell, Kind, Sheet


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: the word at its head, and the other words that people use for it."""

    key: str
    title: str
    others: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        return frozenset(folded(word) for word in (self.title, *self.others))


@dataclass(frozen=True, slots=True)
class Table:
    """A header row and where its columns stand."""

    row: int
    columns: Mapping[str, int]  # heading key → column
    titles: Mapping[str, str]  # heading key → as written
    twice: Mapping[int, str]  # columns whose heading stood there already → heading key


Grid = Mapping[int, Mapping[int, Cell]]  # row → column → cell

LONGEST_HEADING = 200  # characters; a longer text is no heading, and not worth comparing with one

_WORDS_ONLY = re.compile(r"[^a-z0-9%]+")


@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """A heading without case, spaces and punctuation."""
    return _WORDS_ONLY.sub(" ", tidy(text).casefold()).strip()


def text(cell: Cell | None) -> str:
    """What a cell says as words; "" for one that is blank or hidden under a merge."""
    if cell is None or cell.under_merge or cell.value is None:
        return ""
    return tidy(cell.value) if isinstance(cell.value, str) else (cell.shown or str(cell.value))


def grid(sheet: Sheet) -> Grid:
    """A sheet's visible cells by row, in order. Cells that a merge covers are left out."""
    rows: dict[int, dict[int, Cell]] = {}
    blank = Kind.BLANK
    for row, column in sorted(sheet.cells):
        cell = sheet.cells[row, column]
        if not cell.under_merge and cell.kind is not blank:
            rows.setdefault(row, {})[column] = cell
    return rows


def as_heading(cell: Cell) -> str:
    """A cell's text as headings are compared; "" for what is no text of a heading's length."""
    words = cell.value
    return folded(words) if isinstance(words, str) and len(words) <= LONGEST_HEADING else ""


def find(rows: Grid, headings: Sequence[Heading], *, needed: Collection[str], within: int) -> Table | None:
    """The first row, among the first `within`, that holds the needed headings. None when there is none."""
    by_word = {word: heading.key for heading in headings for word in heading.words}
    for row, cells in rows.items():
        if row > within:
            return None
        table = _table(row, cells, by_word)
        if table.columns.keys() >= set(needed):
            return table
    return None


def _table(row: int, cells: Mapping[int, Cell], by_word: Mapping[str, str]) -> Table:
    columns: dict[str, int] = {}
    titles: dict[str, str] = {}
    twice: dict[int, str] = {}
    for column, cell in cells.items():
        key = by_word.get(as_heading(cell))
        if key and key in columns:
            twice[column] = key
        elif key:
            columns[key], titles[key] = column, text(cell)
    return Table(row, columns, titles, twice)
