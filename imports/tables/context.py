"""What stands around a table and says which period it is about: titles, details, the sheet's name, a cover, the file.

The nearest comes first. Says what each is and where; how they are used is decided in `imports.tables.dating`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from imports import period_parts
from imports.cells import tidy
from imports.period_part import PeriodPart
from imports.periods import Period
from imports.reading import Basis, Cell, Kind
from imports.sheets import Spot
from imports.tables import saying
from imports.tables.finding import Table, narrowed
from imports.tables.grid import Grid, Row
from imports.tables.saying import ASIDE, Role

_ABOUT_PERIOD = re.compile(r"\b(?:period|quarter|qtr|month|year|return for|covering|dates?)\b")
_ABOUT_DATES = re.compile(
    r"\b(?:completed|prepared|produced|extracted|submitted|signed|printed|published|updated|version|due|birth|"
    r"completion|submission|release|deadline|created)\b"
)
_COMPARES = re.compile(r"\b(?:compar\w+|against|versus|vs?)\b")  # beside what is compared stand the figures
YEAR = 12  # months
MOST_DETAILS = 6  # cells of a row that says something of the whole workbook
_YEAR_LABELS = frozenset({"year", "calendar year", "reporting year"})
LONGEST_TITLE = 160  # characters


@dataclass(frozen=True, slots=True)
class Around:
    """One thing that says a period, or a part of one, of everything near it."""

    part: PeriodPart
    where: str  # "the title in A2", "the sheet's name"
    spot: Spot | None = None  # None for the file's name


Details = tuple[Grid, tuple[Around, ...]]


@dataclass(frozen=True)
class Surroundings:
    """Everything around a table that says a period, the nearest first."""

    found: tuple[Around, ...]
    due: Period | None = None  # the return's, where the file is one
    headings: tuple[Around, ...] = ()  # of the tables above it, which say no more than a year of this one

    @property
    def year(self) -> tuple[str, int] | None:
        """The year that the nearest says which says one."""
        return period_parts.year_of(one.part for one in (*self.found, *self.headings))

    @property
    def has_other_year(self) -> bool:
        """Whether twelve months are said that begin in another month than April: the year of a contract."""
        periods = [one.part.period for one in self.found if one.part.period]
        return any(period.kind == "span" and period.months == YEAR for period in periods)

    def finest(self, quarters: str) -> tuple[Period, Around] | None:
        """The shortest period said, completed by the others; the nearest of several. None where none is whole."""
        whole = [(one.part.within(self.year, quarters), one) for one in self.found]
        known = [(period, one) for period, one in whole if period]
        return min(known, key=lambda pair: pair[0].months) if known else None


def around(table: Table, details: Sequence[Details], filename: str, due: Period | None) -> Surroundings:
    """What stands around one table of a workbook; `details` are what each of its sheets says of the whole."""
    own = table.grid
    above = [row for row in reversed(own.rows) if row.number < table.first[0]]
    far = [*table.far, *(row for row in above if row.holds_figures and _says_year(row))]
    others = [row for row in above if not row.holds_figures and row not in (*table.above, *table.far)]
    cover = [one for grid, found in details if grid is not own for one in found]
    corners = [narrowed(row, table.labels) for row in reversed(table.headings)]
    nearest, further = [*_said(corners, own), *_said(table.above, own)], list(_said(far, own))
    lengths = {one.part.size for one in nearest}
    # Where a table's own title says a quarter, the quarter over a table before it is that one's.
    shared = [one for one in further if one.part.size not in lengths]
    found = (*nearest, *_of_name(own), *shared, *cover, *_of_file(filename))
    return Surroundings(found, due, (*(one for one in further if one not in shared), *_said(others, own)))


def title(table: Table) -> str:
    """The words right above a table, and above its whole sheet where they are others."""
    lines = [text for row in table.above if (text := _line(row))]
    first = next((text for row in table.grid.rows if row.number < table.first[0] and (text := _line(row))), "")
    return " / ".join(dict.fromkeys([first, *lines[:1]])) if first or lines else ""


def is_so_far(table: Table) -> bool:
    """Whether the words above a table say that everything beneath counts on from 1 April."""
    first = [row for row in table.grid.rows[:1] if row.number < table.first[0]]
    lines = [text for row in (*table.above, *first) if (text := _line(row))]
    return any(saying.of_heading(text).basis is Basis.YEAR_TO_DATE for text in lines)


def role(table: Table) -> Role | None:
    """What everything in a table is for, where its title says so and no heading says "actual": "Targets 2023/24"."""
    nearest = next((text for row in table.above if (text := _line(row))), "")
    found = saying.of_heading(nearest).role
    if found not in ASIDE or (found is Role.CHANGE and _COMPARES.search(nearest.casefold())):
        return None
    words = [cell.shown for row in table.headings for cell in row.cells.values()]
    words += [row.cells[column].shown for row in table.rows for column in table.labels if column in row.cells]
    return None if any("actual" in text.casefold() for text in words) else found


def _line(row: Row) -> str:
    """The text of a row that holds nothing else."""
    if len(row.words) != 1 or len(row.cells) != 1:
        return ""
    text = tidy(row.cells[row.words[0]].shown)
    return text if len(text) <= LONGEST_TITLE else ""


def _said(rows: Iterable[Row], grid: Grid) -> Iterator[Around]:
    for row in rows:
        cells = [row.cells[column] for column in row.cells]
        for place, cell in enumerate(cells):
            before = tidy(cells[place - 1].shown).casefold() if place else ""
            if part := _of_cell(cell, before):
                yield Around(part, f"“{tidy(cell.shown)[:60]}” in {cell.address}", Spot(grid.sheet.name, cell.address))


def _says_year(row: Row) -> bool:
    """Whether a row with a number says the year of the whole sheet: "Year:" and 2022."""
    label = tidy(next(iter(row.cells.values())).shown).casefold()
    return len(row.cells) == 2 and label.strip(" :") in _YEAR_LABELS


def _of_cell(cell: Cell, before: str) -> PeriodPart | None:
    """The period that a cell above a table says; a date only where the words before it say that it is one."""
    text = tidy(cell.shown).casefold()
    if _ABOUT_DATES.search(before):
        return None
    if cell.kind is Kind.DATE:
        is_period = _ABOUT_PERIOD.search(before) is not None
        return period_parts.of_date(cell.value) if is_period and isinstance(cell.value, date) else None
    if cell.kind is Kind.NUMBER and not _ABOUT_PERIOD.search(before):
        return None
    part = period_parts.within(cell.shown, alone=True)[0]
    return None if part and part.size == 1 and _ABOUT_DATES.search(text) else part


def details(grid: Grid) -> Details:
    """What a sheet says of the whole workbook: its period beside the word for it."""
    return grid, tuple(_details(grid))


def _details(grid: Grid) -> Iterator[Around]:
    for row in grid.rows:
        cells = list(row.cells.values()) if len(row.cells) <= MOST_DETAILS else []
        for before, cell in zip(cells, cells[1:], strict=False):
            label = tidy(before.shown).casefold()
            if len(label) <= 40 and _ABOUT_PERIOD.search(label) and (part := _of_cell(cell, label)):
                words = f"“{tidy(cell.shown)[:60]}” in {grid.sheet.name}!{cell.address}"
                yield Around(part, words, Spot(grid.sheet.name, cell.address))


def _of_name(grid: Grid) -> Iterator[Around]:
    part = period_parts.within(grid.sheet.name or "", alone=True)[0]
    if part:
        yield Around(part, f"the sheet’s name “{grid.sheet.name}”", None)


def _of_file(filename: str) -> Iterator[Around]:
    stem = re.sub(r"[_+.]+", " ", PurePath(filename).stem)
    part = period_parts.within(stem, alone=True)[0] or period_parts.within(stem.replace("-", " "), alone=True)[0]
    if part:
        yield Around(part, f"the file’s name “{PurePath(filename).name[:60]}”", None)
