"""A part of a period, or all of it, as a text says it: completed by the year around it, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imports.period_words import YEARS
from imports.periods import Period

FINANCIAL, CALENDAR = "financial", "calendar"
YEAR = r"(?:19|20)\d\d"
_LENGTHS = {"quarter": 3, "half": 6}


@dataclass(frozen=True, slots=True)
class PeriodPart:
    """A part of a period, or all of it."""

    text: str
    period: Period | None = None  # where the text leaves nothing unsaid
    months: tuple[int, int] | None = None  # the first and last calendar month named
    numbered: tuple[str, int] | None = None  # ("quarter", 1)
    year: tuple[str, int] | None = None  # ("financial", 2022) for 2022/23, ("calendar", 2022) for 2022
    rolling: int = 0  # so many months up to the last period around it

    @property
    def size(self) -> int:
        """How many months it covers."""
        if self.period:
            return self.period.months
        if self.months:
            return (self.months[1] - self.months[0]) % 12 + 1
        return _LENGTHS[self.numbered[0]] if self.numbered else self.rolling or 12

    @property
    def last_month(self) -> int:
        """The calendar month in which it ends, from 1; 0 where none is named."""
        return self.period.end.month if self.period else (self.months or (0, 0))[1]

    @property
    def is_year(self) -> bool:
        """Whether it says a year and nothing within it."""
        return self.months is None and self.numbered is None and self.year is not None

    def is_unsure(self, year: tuple[str, int] | None = None) -> bool:
        """Whether it names a quarter of a year that may be either kind: "Q1 2022", or "Q1" beside "2022"."""
        kind, _ = self.year or year or ("", 0)
        return self.numbered is not None and self.period is None and self.months is None and kind == CALENDAR

    def within(self, year: tuple[str, int] | None, quarters: str = "") -> Period | None:
        """The period, with the year that stands around it where it names none itself. None while one is lacking.

        `quarters` says which year "Q1 2022" is a quarter of; without it, one that is written with the year
        first is the calendar's, as in published statistics, any other the financial year's.
        """
        if self.period:
            return self.period
        kind, number = self.year or year or ("", 0)
        if self.rolling or number not in YEARS:
            return None
        if self.months:
            return _months(*self.months, kind, number)
        if self.numbered:
            return _numbered(self, kind, number, quarters)
        return Period.financial_year(number) if kind == FINANCIAL else Period.calendar_year(number)


def _months(first: int, last: int, kind: str, number: int) -> Period:
    opening = number + (first < 4) if kind == FINANCIAL else number
    start = Period.month(opening, first)
    end = Period.month(opening + (last < first), last)
    return Period(start.start, end.end)


def _numbered(part: PeriodPart, kind: str, number: int, quarters: str) -> Period:
    name, which = part.numbered or ("quarter", 1)
    if kind == CALENDAR:
        year_first = part.year is None or re.match(YEAR, part.text) is not None
        kind = quarters or (CALENDAR if year_first else FINANCIAL)
    if kind == FINANCIAL:
        return Period.quarter(number, which) if name == "quarter" else Period.half(number, which)
    length = _LENGTHS[name]
    return Period.months_to(Period.month(number, which * length).end, length)
