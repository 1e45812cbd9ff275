"""Which period a row of a sheet with one row a figure is about, from whichever of its columns say so.

What the words of one cell mean is decided in `imports.period_words`. None is ever guessed.
"""

from __future__ import annotations

import re
from datetime import date

from imports import headings, period_words
from imports.long_table import PERIODS, QUARTERS, Row
from imports.periods import Period
from imports.reading import Cell
from imports.sheets import Spot

_QUARTERS = frozenset(map(headings.folded, QUARTERS))
_WHOLE_YEAR = frozenset({"year", "full year", "whole year", "annual"})  # beside a year, the year itself
_EXAMPLE = "Write it as, for example, Q1 2022/23."


def said(row: Row, due: Period | None) -> Period | None:
    """The row's period; a quarter without its year takes that of the return that is due. None when unsure."""
    if not row.text("period") and row.text("start") and row.text("end"):
        return period_words.parse(f"{_written(row.cells['start'])} to {_written(row.cells['end'])}")
    year = row.text("year")
    if not row.text("period") or (year and headings.folded(row.text("period")) in _WHOLE_YEAR):
        return period_words.parse(_written(row.cells["year"])) if year else None
    around = period_words.parse(year) if year else due
    written = _written(row.cells["period"])
    if _is_of_quarters(row) and re.fullmatch("[1-4]", written):
        written = f"Q{written}"
    found = period_words.parse(written, year=around.year if around else None)
    return _quarter(found) if found and found.kind == "month" and _is_of_quarters(row) else found


def key(row: Row) -> tuple[str, ...]:
    """What the row's period depends on: rows with the same key are about the same period."""
    said = row.words.get
    return row.table.titles.get("period", ""), said("period", ""), said("year", ""), said("start", ""), said("end", "")


def place(row: Row) -> Spot:
    """Where the period is typed, or should be."""
    typed = (name for name in PERIODS if row.text(name))
    return row.place(next(typed, next(name for name in PERIODS if name in row.table.columns)))


def why_unsure(row: Row) -> str:
    """A sentence for a row whose period nobody can be sure of."""
    written = " ".join(filter(None, map(row.text, ("period", "year", "start", "end"))))
    if not written:
        return "This row does not say which period it is about. Write it as, for example, Q1 2022/23."
    if _is_of_quarters(row) and period_words.parse(_written(row.cells["period"])):
        return f"“{written}” is a month within a quarter, in a column of quarters. {_EXAMPLE}"
    return period_words.why_unsure(written)


def _written(cell: Cell) -> str:
    return cell.value.isoformat() if isinstance(cell.value, date) else headings.text(cell)


def _is_of_quarters(row: Row) -> bool:
    return "period" in row.cells and headings.folded(row.table.titles["period"]) in _QUARTERS


def _quarter(month: Period) -> Period | None:
    """The quarter that a month or date in a column of quarters begins or ends; None for one in its midst."""
    quarter = Period.quarter_of(month.start)
    return quarter if month.start == quarter.start or month.end == quarter.end else None
