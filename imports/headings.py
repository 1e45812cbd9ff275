"""Finding a table by the words of its header row, wherever somebody has moved it.

Used by every layout, and by the template itself, so that the blank workbook and its reader cannot differ.
Nothing here knows what the columns mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

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

DEEPEST = 100  # rows; no header is looked for beneath
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


@dataclass(frozen=True)
class Page:
    """A sheet as somebody reads it: its visible cells by row, in order. What a merge covers is left out."""

    sheet: Sheet

    @cached_property
    def rows(self) -> Grid:
        rows: dict[int, dict[int, Cell]] = {}
        cells, blank = self.sheet.cells, Kind.BLANK
        for row, column in sorted(cells):
            cell = cells[row, column]
            if not cell.under_merge and cell.kind is not blank:
                rows.setdefault(row, {})[column] = cell
        return rows

    @cached_property
    def words(self) -> Mapping[int, Mapping[int, str]]:
        """The first rows' texts as headings are compared: row → column → words."""
        return {
            row: {
                column: folded(cell.value)
                for column, cell in cells.items()
                if isinstance(cell.value, str) and len(cell.value) <= LONGEST_HEADING
            }
            for row, cells in self.rows.items()
            if row <= DEEPEST
        }


def find(page: Page, headings: tuple[Heading, ...], *, needed: Collection[str], within: int) -> Table | None:
    """The first row, among the first `within`, that holds the needed headings. None when there is none."""
    by_word = _by_word(headings)
    for row, words in page.words.items():
        if row > within:
            return None
        if by_word.keys().isdisjoint(words.values()):
            continue
        table = _table(row, words, page.rows[row], by_word)
        if table.columns.keys() >= set(needed):
            return table
    return None


@lru_cache
def _by_word(headings: tuple[Heading, ...]) -> Mapping[str, str]:
    return {word: heading.key for heading in headings for word in heading.words}


def _table(row: int, words: Mapping[int, str], cells: Mapping[int, Cell], by_word: Mapping[str, str]) -> Table:
    columns: dict[str, int] = {}
    titles: dict[str, str] = {}
    twice: dict[int, str] = {}
    for column, word in words.items():
        key = by_word.get(word)
        if key and key in columns:
            twice[column] = key
        elif key:
            columns[key], titles[key] = column, text(cells[column])
    return Table(row, columns, titles, twice)
