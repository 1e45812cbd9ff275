"""From reported counts to one amount for a period: adding, taking the last, or taking what was stated.

Pure. Works on counts of a single thing (one indicator, part and category). Nothing missing is ever
taken as nought, and nothing partly reported is ever called whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dacommission.indicators.measures import INCOMPLETE, Count
from imports.periods import Period
from imports.reading import Basis, Status

# When nothing was reported, the first of these that occurs says why.
_WORST_FIRST = (
    Status.ERROR,
    Status.SUPPRESSED,
    Status.WITHHELD,
    Status.PENDING,
    Status.MISSING,
    Status.NOT_COLLECTED,
    Status.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    value: Decimal | None
    status: str
    reported: int
    due: int
    stated: Decimal | None = None
    sources: tuple[int, ...] = ()
    note: str = ""

    @property
    def is_reported(self) -> bool:
        return self.status == Status.REPORTED


NOTHING = Amount(None, Status.MISSING, 0, 1)


def single(counts: Iterable[Count], period: Period, basis: Basis = Basis.PERIOD) -> Amount:
    """What was reported for exactly this period."""
    return _agreed([count for count in counts if count.period == period and count.basis is basis])


def so_far(counts: Iterable[Count], end: date) -> Amount:
    """What was reported as counted from 1 April until this day."""
    return _agreed([count for count in counts if count.period.end == end and count.basis is Basis.YEAR_TO_DATE])


def flow(counts: Sequence[Count], period: Period) -> Amount:
    """Things that add: the months of a quarter, the quarters of a half or a year."""
    if period.kind == "month":
        return single(counts, period)
    return _quarter_flow(counts, period) if period.kind == "quarter" else _long_flow(counts, period)


def stock(counts: Sequence[Count], period: Period, year_value: str = "last") -> Amount:
    """A number on a day: the last (or first) month speaks for a quarter, and that quarter for the year."""
    direct = single(counts, period)
    if direct.is_reported or period.kind == "month":
        return direct
    parts = period.calendar_months if period.kind == "quarter" else period.quarters
    spoken_for = stock(counts, parts[0 if year_value == "first" else -1], year_value)
    if not spoken_for.sources:
        return direct
    return replace(spoken_for, stated=single(counts, period, Basis.TOTAL).value)


def cumulative(counts: Sequence[Count], period: Period) -> Amount:
    """People counted once in the year, from 1 April to the period's end.

    A quarter without its own figure has none; a year without its last quarter is incomplete, and its
    value is the count so far.
    """
    reached = [quarter for quarter in period.whole_year.quarters if quarter.end <= period.end]
    stated = single(counts, period, Basis.TOTAL)
    now = _reached(counts, period, reached)
    if not now.is_reported and stated.is_reported:
        now = replace(stated, reported=len(reached), due=len(reached))
    if now.is_reported or period.kind in ("month", "quarter"):
        return replace(now, stated=stated.value)
    for number in range(len(reached) - 1, 0, -1):
        earlier = _reached(counts, reached[number - 1], reached[:number])
        if earlier.is_reported:
            return replace(earlier, status=INCOMPLETE, reported=number, due=len(reached))
    return replace(now, due=len(reached))


def increase(counts: Sequence[Count], quarter: Period) -> Amount:
    """A quarter's own share of a count that runs from 1 April: this quarter's less the one before."""
    now = so_far(counts, quarter.end)
    if quarter.number == 1 or not now.is_reported:
        return now
    before = so_far(counts, quarter.previous().end)
    if not before.is_reported:
        return replace(before, reported=0)
    difference = _value(now) - _value(before)
    sources = now.sources + before.sources
    if difference < 0:
        note = "A count since 1 April fell from one quarter to the next, which it cannot do."
        return Amount(None, Status.ERROR, 0, 1, sources=sources, note=note)
    return Amount(difference, Status.REPORTED, 1, 1, sources=sources)


def total(parts: Sequence[Amount]) -> Amount:
    """The sum of the parts: incomplete when any is, and unknown when none was reported."""
    known = [part.value for part in parts if part.value is not None]
    reported = sum(part.is_reported for part in parts)
    sources = tuple(source for part in parts for source in part.sources)
    if not known:
        return Amount(None, worst(part.status for part in parts), 0, len(parts), sources=sources)
    status = Status.REPORTED if reported == len(parts) else INCOMPLETE
    return Amount(sum(known, Decimal(0)), status, reported, len(parts), sources=sources)


def worst(statuses: Iterable[str]) -> str:
    """Of the reasons for which nothing was reported, the one to tell."""
    found = set(statuses)
    return next((status for status in _WORST_FIRST if status in found), Status.MISSING)


def _agreed(found: Sequence[Count]) -> Amount:
    if not found:
        return NOTHING
    sources = tuple(count.source for count in found)
    values = {count.value for count in found if count.status is Status.REPORTED and count.value is not None}
    if len(values) > 1:
        note = "Two different figures were reported for the same thing."
        return Amount(None, Status.ERROR, 0, 1, sources=sources, note=note)
    if values:
        return Amount(values.pop(), Status.REPORTED, 1, 1, sources=sources)
    return Amount(None, worst(count.status for count in found), 0, 1, sources=sources)


def _quarter_flow(counts: Sequence[Count], quarter: Period) -> Amount:
    """The sum of three reported months, else the quarter's own figure, else the step from year to date."""
    direct = single(counts, quarter)
    if direct.is_reported and all(count.period == quarter for count in counts):
        return direct
    by_month = total([single(counts, month) for month in quarter.calendar_months])
    if by_month.is_reported:
        sources = by_month.sources + direct.sources
        return Amount(by_month.value, Status.REPORTED, 1, 1, stated=direct.value, sources=sources)
    if direct.is_reported:
        return direct
    step = increase(counts, quarter)
    if step.is_reported or step.note:
        return step
    return by_month if by_month.value is not None else direct


def _long_flow(counts: Sequence[Count], period: Period) -> Amount:
    """The sum of the quarters; a stated total is kept beside it and never takes its place unseen."""
    computed = total([flow(counts, quarter) for quarter in period.quarters])
    direct = single(counts, period)
    if computed.value is None and direct.is_reported:
        return direct
    running = so_far(counts, period.end) if period.start == period.whole_year.start else Amount(None, "", 0, 1)
    if not computed.is_reported and running.is_reported:
        computed = replace(running, reported=computed.due, due=computed.due)
    spoken = (single(counts, period, Basis.TOTAL), direct, running)
    stated = next((amount for amount in spoken if amount.is_reported), None)
    return replace(
        computed,
        stated=stated.value if stated else None,
        sources=_each_once(computed.sources + (stated.sources if stated else ())),
    )


def _reached(counts: Sequence[Count], period: Period, quarters: Sequence[Period]) -> Amount:
    """The count from 1 April to the period's end: as reported, or an earlier one and what came after."""
    now = so_far(counts, period.end)
    if now.is_reported or not quarters or quarters[-1].end != period.end:
        return replace(now, reported=len(quarters) if now.is_reported else 0, due=len(quarters) or 1)
    own = _quarter_flow(counts, quarters[-1])
    if len(quarters) > 1 and own.is_reported:
        before = _reached(counts, quarters[-2], quarters[:-1])
        own = total([before, own]) if before.is_reported else replace(now, sources=())
    if own.is_reported:
        return replace(own, reported=len(quarters), due=len(quarters))
    return Amount(None, worst((now.status, own.status)), 0, len(quarters), sources=now.sources + own.sources)


def _each_once(sources: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(sources))


def _value(amount: Amount) -> Decimal:
    """The value of an amount that is known to be reported."""
    return Decimal(0) if amount.value is None else amount.value
