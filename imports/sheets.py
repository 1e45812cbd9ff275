"""What a workbook holds: its sheets of cells, and what was noticed while opening it.

Apart from the other words of `imports.reading`, which has these too, so that the process in which files are
opened starts with as little as it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple

from imports.kinds import Kind, Severity


class Spot(NamedTuple):
    """Where a cell stands, also when nothing is typed in it."""

    sheet: str | None  # None for CSV
    cell: str  # "E7"; "" for the sheet as a whole

    @classmethod
    def at(cls, sheet: str | None, row: int, column: int) -> Spot:
        """The cell in a row and a column, both from 1."""
        return cls(sheet, f"{column_letters(column)}{row}")

    def __str__(self) -> str:
        """ "KPIs!F5"; "F5" where the file has no sheets."""
        return "!".join(filter(None, self))


class Cell(NamedTuple):
    """One cell as it stands in the file. A tuple, because a workbook has thousands and none may change."""

    row: int  # from 1
    column: int  # from 1
    kind: Kind
    value: Decimal | str | bool | date | None = None
    shown: str = ""  # as typed; an error cell's word, such as #REF!
    number_format: str = "General"
    formula: str | None = None
    hidden: bool = False
    under_merge: bool = False  # not seen by whoever looks at the sheet

    @property
    def address(self) -> str:
        """A1 form: "E7"."""
        return f"{column_letters(self.column)}{self.row}"


made_cell = partial(tuple.__new__, Cell)  # of all nine values in their order: what Cell() does, in half the time


@dataclass(frozen=True, slots=True)
class Sheet:
    """The non-empty cells of a sheet by (row, column), both from 1."""

    name: str | None  # None for CSV
    cells: Mapping[tuple[int, int], Cell]
    hidden: bool = False
    merges: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a file holds, whatever its format."""

    format: str  # "xlsx", "xls", "ods" or "csv"
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()  # what was noticed while opening it, such as cells left out


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: what happened, where, and what to do, in one message."""

    rule: str
    severity: Severity
    message: str
    sheet: str | None = None
    cell: str | None = None
    # Problems of the same fault are one line of a page, however many cells they touch; "" stands alone.
    fault: str = ""

    @property
    def spot(self) -> Spot:
        """The cell, sheet or file that it is about."""
        return Spot(self.sheet, self.cell or "")


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """1 → "A", 27 → "AA"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
