"""How the periods of rows and columns lie to one another: which contains which, which goes on from which.

Says nothing of a whole table; what its figures are about is decided in `imports.tables.dating`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from imports.period_part import CALENDAR, FINANCIAL, PeriodPart
from imports.period_parts import year_of
from imports.periods import Period
from imports.reading import Basis
from imports.tables.lines import Line

APRIL = 4
QUARTER, YEAR = 3, 12  # months


def is_since_april(period: Period, basis: Basis | None) -> bool:
    """Whether months from April on are what is so far in the year: by their words, or by being no other period."""
    if period.start.month != APRIL:
        return False
    if basis is Basis.YEAR_TO_DATE:
        return QUARTER < period.months < YEAR
    return period.kind == "span" and period.months < YEAR


def begun_again(several: Sequence[Line]) -> frozenset[int]:
    """The places from which on months go back amid rising ones, with the year said once for all."""
    found: set[int] = set()
    months = [
        (place, line.finest.months[0], year_of(line.parts))
        for place, line in enumerate(several)
        if line.finest and line.finest.months and line.finest.period is None
    ]
    for year in {year for _, _, year in months if year and year[0] == CALENDAR}:
        own = [(place, month) for place, month, of_year in months if of_year == year]
        falls = [place for (_, earlier), (place, later) in zip(own, own[1:], strict=False) if later < earlier]
        if 0 < len(falls) < len(own) - 1:  # they neither rise nor fall throughout
            found |= {place for place, _ in own if place >= falls[0]}
    return frozenset(found)


def is_of_year(line: Line) -> bool:
    """Whether a total is of the whole year, by its words."""
    words = " ".join(word.said.text for word in line.path).casefold()
    return any(word in words for word in ("year", "annual", "grand"))


def last_of(periods: Sequence[Period], end: date) -> Period:
    """The longest of the periods that end last; their quarter where they are its three months."""
    last = [one for one in periods if one.end == end]
    longest = max(last, key=lambda one: one.months)
    quarter = Period.quarter_of(longest.start)
    months = [one for one in periods if one.kind == "month" and quarter.contains(one)]
    return quarter if longest.kind == "month" and len(set(months)) == quarter.months else longest


def basis_of(across: Line, down: Line) -> Basis | None:
    """What stretch of time a column and a row say together."""
    for wanted in (Basis.YEAR_TO_DATE, Basis.TOTAL):
        if wanted in (across.basis, down.basis):
            return wanted
    return None


def agrees(part: PeriodPart, period: Period, year: tuple[str, int] | None, quarters: str) -> bool:
    """Whether a period lies within what a wider heading or label says."""
    whole = part.within(part.year or year or (FINANCIAL, period.year), quarters)
    if whole is None or whole.contains(period):
        return True
    return part.is_year and part.year is not None and part.year[0] == CALENDAR and period.year == part.year[1]


def differs(part: PeriodPart, period: Period, year: tuple[str, int] | None, quarters: str) -> bool:
    """Whether words of the same length of time say another period."""
    other = part.within(part.year or year or (FINANCIAL, period.year), quarters)
    return other is not None and other != period


def _is_around(part: PeriodPart, last: Period) -> bool:
    whole = part.within((FINANCIAL, last.year))
    return whole is not None and whole.contains(last)


def carried_on(parts: Sequence[PeriodPart | None]) -> dict[int, tuple[str, int]]:
    """For each place whose period names no year, the year that one before it names."""
    found: dict[int, tuple[str, int]] = {}
    last: Period | None = None
    for place, part in enumerate(parts):
        if part is None or part.rolling:
            continue
        if part.period:
            last = part.period
        elif last and part.months and part.year is None:
            number = last.end.year + (part.months[0] < last.end.month)
            found[place] = (CALENDAR, number)
            last = replace(part, year=(CALENDAR, number)).within(None) or last
        elif last and part.numbered and part.year is None and _is_around(part, last):
            found[place] = (FINANCIAL, last.year)
    return found
