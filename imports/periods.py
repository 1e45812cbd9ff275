"""Periods of the financial year (April to March). How people write them is in `imports.period_words`."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_KINDS = {length: kind for kind, length in MONTHS_IN.items()}


class Period(NamedTuple):
    """A month, quarter, half or whole of a financial year, both days included; or another span of whole months.

    A tuple, because most tables of figures have it in their keys and are sorted by it.
    `year` everywhere means the calendar year in which the financial year starts: 2022 is 2022/23.
    """

    start: date
    end: date

    @classmethod
    @lru_cache(maxsize=4096)
    def starting(cls, start: date, kind: str) -> Period:
        month = start.month - 1 + MONTHS_IN[kind]
        return cls(start, date(start.year + month // 12, month % 12 + 1, 1) - timedelta(days=1))

    @classmethod
    def financial_year(cls, year: int) -> Period:
        return cls.starting(date(year, 4, 1), "year")

    @classmethod
    def half(cls, year: int, number: int) -> Period:
        return cls.starting(date(year, (4, 10)[number - 1], 1), "half")

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """Quarter 1 is April to June; quarter 4 is January to March of the next calendar year."""
        return cls.starting(date(year + (number == 4), (4, 7, 10, 1)[number - 1], 1), "quarter")

    @classmethod
    def month(cls, calendar_year: int, month: int) -> Period:
        return cls.starting(date(calendar_year, month, 1), "month")

    @classmethod
    def calendar_year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def months_to(cls, end: date, months: int) -> Period:
        """So many months, the last of which ends on this day."""
        count = end.year * 12 + end.month - months
        return cls(date(count // 12, count % 12 + 1, 1), end)

    @classmethod
    def from_key(cls, key: str) -> Period:
        """ "2022-Q1", "2022-04" (a month), "2022" (the year 2022/23), "2022-H1", or "2022-01-01/2022-12-31".

        Raises ValueError otherwise.
        """
        if match := re.fullmatch(r"(\d{4})-Q([1-4])", key):
            return cls.quarter(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{4})-H([12])", key):
            return cls.half(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", key):
            return cls.month(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{4})", key):
            return cls.financial_year(int(match[1]))
        if re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", key):
            first, last = key.split("/")
            return cls(date.fromisoformat(first), date.fromisoformat(last))
        raise ValueError(f"{key!r} is no period")

    @classmethod
    def quarter_of(cls, day: date) -> Period:
        """The quarter in which a day falls."""
        number = (day.month - 4) % 12 // 3 + 1
        return cls.quarter(day.year - (day.month < 4), number)

    @property
    def kind(self) -> str:
        """ "month", "quarter", "half" or "year" of the financial year; "span" for anything else."""
        return _kind(self)

    @property
    def year(self) -> int:
        return self.start.year - (self.start.month < 4)

    @property
    def number(self) -> int:
        """Which month, quarter or half of the financial year this is, from 1."""
        return (self.start.month - 4) % 12 // MONTHS_IN[self.kind] + 1

    @property
    def key(self) -> str:
        """The short stable form; see `from_key`."""
        match self.kind:
            case "month":
                return f"{self.start:%Y-%m}"
            case "quarter":
                return f"{self.year}-Q{self.number}"
            case "half":
                return f"{self.year}-H{self.number}"
            case "span":
                return f"{self.start.isoformat()}/{self.end.isoformat()}"
        return str(self.year)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def months(self) -> int:
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def year_label(self) -> str:
        """ "2022/23"."""
        return f"{self.year}/{(self.year + 1) % 100:02d}"

    @property
    def label(self) -> str:
        """ "2022/23", "Quarter 1 2022/23", "April 2022", "Half 1 2022/23"."""
        match self.kind:
            case "month":
                return f"{calendar.month_name[self.start.month]} {self.start.year}"
            case "year":
                return self.year_label
            case "span":
                return self.span
        return f"{self.kind.capitalize()} {self.number} {self.year_label}"

    @property
    def span(self) -> str:
        """ "April to June 2022"."""
        if self.kind == "month":
            return self.label
        first, last = calendar.month_name[self.start.month], calendar.month_name[self.end.month]
        opening = first if self.start.year == self.end.year else f"{first} {self.start.year}"
        return f"{opening} to {last} {self.end.year}"

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The quarters a half or a year is made of; a quarter itself; none for a month."""
        return _parts(self, "quarter")

    @property
    def calendar_months(self) -> tuple[Period, ...]:
        """The months a quarter, half or year is made of; a month itself."""
        return _parts(self, "month")

    @property
    def whole_year(self) -> Period:
        return Period.financial_year(self.year)

    def contains(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    def previous(self) -> Period:
        """The period of the same length just before."""
        return self._moved(-self.months)

    def next(self) -> Period:
        return self._moved(self.months)

    def year_earlier(self) -> Period:
        return self._moved(-12)

    def _moved(self, months: int) -> Period:
        count = self.end.year * 12 + self.end.month - 1 + months
        end = date(count // 12, count % 12 + 1, calendar.monthrange(count // 12, count % 12 + 1)[1])
        return Period.months_to(end, self.months)

    def __str__(self) -> str:
        return self.label


@lru_cache(maxsize=4096)
def _kind(period: Period) -> str:
    kind = _KINDS.get(period.months, "span")
    return kind if kind == "span" or (period.start.month - 4) % period.months == 0 else "span"


@lru_cache(maxsize=1024)
def _parts(whole: Period, kind: str) -> tuple[Period, ...]:
    part = Period.starting(whole.whole_year.start, kind)
    found = []
    while part.start <= whole.end:
        found += [part] if whole.contains(part) else []
        part = part.next()
    return tuple(found)
