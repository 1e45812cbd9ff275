"""Every word that stands for a column or a row of a table, outermost first, with the cell it stands in.

Words of merged and of wider headings are said for each column beneath; names of sections and labels that are
written once for several rows, for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from imports import period_words
from imports.cells import tidy
from imports.period_parts import of_date
from imports.reading import Cell, Kind
from imports.tables import saying
from imports.tables.finding import Table
from imports.tables.grid import Look, Row
from imports.tables.saying import Role, Said


@dataclass(frozen=True, slots=True)
class Word:
    """One heading or label: what its cell says."""

    cell: Cell
    said: Said


@dataclass(frozen=True)
class RowWords:
    """What stands for one row of figures."""

    row: Row
    sections: tuple[Word, ...]
    labels: tuple[Word, ...]
    code: str = ""
    unit: str = ""
    own: bool = True  # whether a label stands in the row itself

    @property
    def words(self) -> tuple[Word, ...]:
        """All of them, outermost first."""
        return (*self.sections, *self.labels)


Path = tuple[Word, ...]
_NAMES = re.compile(r"\b(?:indicator|measure|kpi|metric)s?\b(?! ?(?:no|number|ref|code))")
_PART = re.compile(r"[-•> ]*(?:of (?:which|whom|these|those)|including|includes|incl?\.)\s")
LENGTH_OF_DAY = 10  # characters: 2024-04-08, 08/04/2024
SET_IN = 2  # spaces by which a label is set in under another one; one more or less is a slip


def column_words(table: Table) -> Mapping[int, Path]:
    """The headings above each column of figures, outermost first."""
    levels = [row for row in table.headings if not row.has_column_numbers]
    found: dict[int, Path] = {column: () for column in table.values}
    for row in levels:
        spread = _spread(table, row, innermost=row is levels[-1])
        for column, word in spread.items():
            found[column] = (*found[column], word)
    return found


def _spread(table: Table, row: Row, *, innermost: bool) -> Mapping[int, Word]:
    """The heading of each column in one row: a merged one for all beneath, an outer one up to the next."""
    found: dict[int, Word] = {}
    first = table.values[0]
    current: Word | None = None
    reach = 0
    of_days = has_days(row.cells[column] for column in table.values if column in row.cells)
    for column in range(first, table.values[-1] + 1):
        cell = row.cells.get(column)
        if cell is not None:
            current = _named(cell) if of_days else _word(cell)
            reach = table.grid.across.get((row.number, column), 0)
        if current is None or column not in table.values:
            continue
        spreads = not innermost and not reach and not _is_month_beside_so_far(table, column, current)
        if cell is not None or column <= reach or spreads:
            found[column] = current
    return found


def _word(cell: Cell) -> Word:
    return Word(cell, _of_date(cell) or saying.of_heading(cell.shown))


def _is_month_beside_so_far(table: Table, column: int, wide: Word) -> bool:
    """Whether a column right of "YTD", which is merged with nothing, says a period of its own: it is none of it."""
    is_so_far = wide.said.basis is not None and wide.said.period is None and not wide.said.rest
    own = saying.of_heading(table.heading_of(column)).period
    return is_so_far and own is not None and not own.is_year


def _named(cell: Cell) -> Word:
    """A heading or label among days: a date is its name and no month."""
    return Word(cell, Said(cell.shown, cell.shown)) if _day(cell) else _word(cell)


def has_days(cells: Iterable[Cell]) -> bool:
    """Whether any of several dates is a day within a month: then the first of a month is a day as well."""
    return any(of_date(day) is None for cell in cells if (day := _day(cell)))


def _day(cell: Cell) -> date | None:
    """The day that a cell holds and nothing else, also as text."""
    if cell.kind is Kind.DATE and isinstance(cell.value, date):
        return cell.value
    text = cell.shown.strip()
    return period_words.day(text) if len(text) == LENGTH_OF_DAY and text[0].isdecimal() else None


def _of_date(cell: Cell) -> Said | None:
    """The period that a date in a heading or label stands for."""
    if cell.kind is Kind.DATE and isinstance(cell.value, date):
        part = of_date(cell.value)
        return Said(cell.shown, "" if part else cell.shown, part)
    return None


def corner_words(table: Table) -> Mapping[int, Said]:
    """What the headings above the columns of labels say: "Indicator", "Quarter"; by column."""
    found = {column: table.heading_of(column) for column in table.labels}
    return {column: saying.of_heading(text) for column, text in found.items() if text}


@dataclass
class _Labels:
    """Goes down the rows of a table and remembers what is said for several of them."""

    table: Table
    corners: Mapping[int, Said]
    sections: list[tuple[tuple[int, int], Word]] = field(default_factory=list)  # depth → name
    groups: dict[int, tuple[Word, int]] = field(default_factory=dict)  # column → its last word, and its last row
    parents: list[tuple[int, Word]] = field(default_factory=list)  # indent → the label of a row above it
    days: frozenset[int] = frozenset()  # the columns of labels that name days

    def pass_words(self, row: Row) -> None:
        """A row without figures between the others: the name of a section, or several."""
        for column in (*self.table.labels, *self.table.values):
            if column in row.words and len(row.cells[column].shown) < saying.LONGEST:
                self._open_section(column, _label(row.cells[column]))
        self.parents.clear()

    def _open_section(self, column: int, word: Word) -> None:
        depth = (column, _indent(word.cell))
        while self.sections and self.sections[-1][0] >= depth:
            self.sections.pop()
        self.sections.append((depth, word))
        for later in [one for one in self.groups if one >= column]:
            del self.groups[later]

    def of(self, row: Row) -> RowWords:
        """What stands for a row with figures."""
        labels: list[Word] = []
        code = unit = ""
        own = False
        columns = self._columns()
        for place, column in enumerate(columns):
            corner = self.corners.get(column)
            cell = row.cells.get(column)
            if _is_reference(corner, cell, self.table, column):
                code = tidy(cell.shown) if cell else ""
                continue
            if corner and corner.role is Role.UNIT:
                unit = tidy(cell.shown) if cell and "unit" in corner.text.casefold() else unit
                continue
            if cell is not None and row.looks[column] is not Look.OTHER:
                word = _named(cell) if column in self.days and _day(cell) else _label(cell, corner)
                inner = any(one in row.cells for one in columns[place + 1 :])
                self._remember(column, word, row, inner=inner)
                labels.append(word)
                own = True
            elif word_above := self._above(column, row, columns[place + 1 :]):
                labels.append(word_above)
        return RowWords(row, self._sections(labels), (*self._parents(labels), *labels), code, unit, own)

    def _columns(self) -> list[int]:
        """The columns of labels, without those that explain when others name."""
        corners = {column: self.corners.get(column) for column in self.table.labels}
        named = any(corner and _NAMES.search(corner.text.casefold()) for corner in corners.values())
        naming = [column for column, corner in corners.items() if not _explains(corner, named=named)]
        return naming or list(self.table.labels)

    def _remember(self, column: int, word: Word, row: Row, *, inner: bool) -> None:
        bottom = self.table.grid.down.get((row.number, column), 0)
        for later in [one for one in self.groups if one >= column]:
            del self.groups[later]
        if inner or bottom:
            self.groups[column] = (word, bottom)

    def _above(self, column: int, row: Row, inner: list[int]) -> Word | None:
        """The word written once for several rows, where this row has one of its own further in or lies under it."""
        known = self.groups.get(column)
        if known is None:
            return None
        word, bottom = known
        if bottom:
            return word if row.number <= bottom else None
        return word if any(one in row.cells for one in inner) else None

    def _sections(self, labels: list[Word]) -> Path:
        own = (labels[-1].cell.column, _indent(labels[-1].cell)) if labels else (0, 0)
        return tuple(word for depth, word in self.sections if not labels or depth[0] <= own[0])

    def _parents(self, labels: list[Word]) -> Path:
        """The labels of the rows above under which this one is set in."""
        if not labels:
            return ()
        indent = _indent(labels[-1].cell) + SET_IN * is_part(labels[-1].said.text)
        while self.parents and self.parents[-1][0] > indent - SET_IN:
            self.parents.pop()
        found = tuple(word for _, word in self.parents)
        self.parents.append((indent, labels[-1]))
        return found


def is_part(text: str) -> bool:
    """Whether a label says that it is a part of the row above it: "of which self-referrals"."""
    return _PART.match(tidy(text).casefold()) is not None


def row_words(table: Table) -> list[RowWords]:
    """What stands for each row of figures, in order."""
    labels = _Labels(table, corner_words(table), days=_columns_of_days(table))
    numbers = {row.number for row in table.rows}
    found = []
    for row in table.body:
        if row.number in numbers:
            found.append(labels.of(row))
        else:
            labels.pass_words(row)
    return found


def _columns_of_days(table: Table) -> frozenset[int]:
    columns = table.labels
    return frozenset(
        column for column in columns if has_days(row.cells[column] for row in table.rows if column in row.cells)
    )


def _label(cell: Cell, corner: Said | None = None) -> Word:
    said = _of_date(cell) or saying.of_label(cell.shown)
    if corner and said.period is None and _is_year_column(corner):
        said = saying.of_heading(cell.shown)
    return Word(cell, said)


def _is_year_column(corner: Said) -> bool:
    return bool(corner.basis) or corner.text.strip().casefold() in ("year", "period", "quarter", "month", "date")


def _is_reference(corner: Said | None, cell: Cell | None, table: Table, column: int) -> bool:
    """Whether a column only numbers its rows: by its heading, or by what it holds beside other labels."""
    if corner and corner.role is Role.REFERENCE:
        return True
    if cell is None or len(table.labels) < 2 or column == table.labels[-1]:
        return False
    return _is_number(tidy(cell.shown)) and saying.of_label(cell.shown).period is None


def _is_number(text: str) -> bool:
    return bool(text) and all(piece.isdecimal() or len(piece) == 1 for piece in text.strip(".()").split("."))


def _explains(corner: Said | None, *, named: bool) -> bool:
    """Whether a column only explains: a definition; a description beside a column of names."""
    if corner is None:
        return False
    return corner.role is Role.COMMENT or (named and "description" in corner.text.casefold())


def _indent(cell: Cell) -> int:
    return len(cell.shown) - len(cell.shown.lstrip(" \u00a0"))
