"""The rules about figures stated for a longer period, held against those of its quarters or months.

Nothing is repaired: the stated figure and the computed one are both kept, and a person says which is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from imports import observing
from imports.cells import plain
from imports.periods import Period
from imports.reading import Basis, Observation, Part, Severity
from imports.rules import Context, Fault, at, named, rule

ADDS = frozenset("FCL")  # count types whose periods add up
TENS = 10  # what published figures are rounded to


class Parts(NamedTuple):
    """What a stated figure should come from: the shorter periods' figures, in order."""

    values: tuple[Decimal, ...]
    seen: tuple[Observation, ...]
    among: str  # "quarters" or "months"

    @property
    def added(self) -> Decimal:
        return sum(self.values, Decimal(0))


def _adds(context: Context, seen: Observation) -> bool:
    """Whether a figure adds over time: events, nights and money do, and so do both counts of a rate."""
    count_type = context.term(seen.indicator or "").count_type
    return count_type in ADDS or (count_type in observing.RATES and seen.part is not Part.PERCENT)


def _stated(context: Context, *bases: Basis) -> Iterator[tuple[Observation, Decimal, Period]]:
    """The figures on one of these bases, with their values and periods."""
    for seen in context.reading.observations:
        if seen.basis in bases and seen.indicator and seen.value is not None and seen.period:
            yield seen, seen.value, seen.period


def _parts(context: Context, seen: Observation, periods: Sequence[Period]) -> tuple[Observation, ...]:
    """The figures of these periods, where every one of them is known."""
    key = (seen.indicator or "", seen.part, seen.breakdown, seen.category)
    found = [context.figures.get((*key, period)) for period in periods]
    known = tuple(one for one in found if one is not None and one.value is not None)
    return known if len(known) == len(periods) > 1 else ()


def _made_of(context: Context, seen: Observation, whole: Period) -> Parts | None:
    """What the file says of the shorter periods within `whole`."""
    for among, periods in (("quarters", whole.quarters), ("months", whole.calendar_months)):
        if found := _parts(context, seen, periods):
            return Parts(_values(found), found, among)
    return None


def _with_what_was_accepted(context: Context, seen: Observation, whole: Period) -> Parts | None:
    """The year's earlier quarters as accepted, and this return's quarter, where they are all of `whole`."""
    expected = context.expected
    line = context.lines.get(seen.indicator or "")
    if expected is None or line is None or seen.category is not None or whole.end != expected.period.end:
        return None
    before = line.so_far.get(seen.part)
    now = context.figures.get((line.code, seen.part, None, None, expected.period))
    if before is None or now is None or now.value is None:
        return None
    return Parts((before, now.value), (now,), "quarters")


def _differs(stated: Decimal, parts: Parts) -> bool:
    """Whether a total is not its parts' sum, though rounding each of them could explain it."""
    rounded = all(value % TENS == 0 for value in (stated, *parts.values))
    allowed = len(parts.values) * TENS / 2 if rounded else 0
    return abs(stated - parts.added) > allowed


@rule("V15", Severity.WARNING)
def stated_total_agrees(context: Context) -> Iterator[Fault]:
    """A total that somebody typed may hide a slip in it or in its parts; both are kept until a person has looked."""
    if not context.longer:
        return
    for seen, stated, period in _stated(context, Basis.TOTAL, Basis.PERIOD):
        if period not in context.longer or not _adds(context, seen):
            continue
        parts = _made_of(context, seen, period)
        if parts is None and period.start == period.whole_year.start:
            parts = _with_what_was_accepted(context, seen, period)
        if parts and _differs(stated, parts):
            yield at(
                seen,
                f"{_named(context, seen)}: the total of {period} is given as {plain(stated)}, but its {parts.among} "
                f"add up to {plain(parts.added)}, a difference of {plain(stated - parts.added)}. Both are kept. Find "
                "out which is right.",
                *parts.seen,
            )


@rule("V15", Severity.WARNING)
def people_of_the_year_agree(context: Context) -> Iterator[Fault]:
    """People counted since 1 April are, at the end of the last quarter, the people of the year."""
    for seen, stated, period in _stated(context, Basis.TOTAL):
        last = period.quarters[-1] if period.quarters else None
        figure = context.figures.get((seen.indicator or "", seen.part, seen.breakdown, seen.category, last))
        if figure is None or figure.value is None or context.term(figure.indicator or "").count_type != "Y":
            continue
        if figure.value != stated:
            yield at(
                seen,
                f"{_named(context, seen)}: {plain(stated)} is given for {period}, but {plain(figure.value)} since "
                f"1 April at the end of {last}. Both are kept. Find out which is right.",
                figure,
            )


@rule("V07", Severity.WARNING)
def people_of_the_year_within_bounds(context: Context) -> Iterator[Fault]:
    """The different people of a year are no fewer than in its busiest quarter, and no more than in all added up."""
    for seen, stated, period in _stated(context, Basis.TOTAL):
        is_distinct = context.term(seen.indicator or "").count_type == "P"
        parts = _made_of(context, seen, period) if is_distinct else None
        if parts and not max(parts.values) <= stated <= parts.added:
            yield at(
                seen,
                f"{_named(context, seen)}: {plain(stated)} different people in {period} cannot be, with "
                f"{plain(max(parts.values))} in one of its {parts.among} and {plain(parts.added)} in all added "
                "up. Check the year's figure.",
                *parts.seen,
            )


@rule("V06", Severity.ERROR)
def so_far_adds_up(context: Context) -> Iterator[Fault]:
    """What happened since 1 April is what happened in each quarter since."""
    for seen, stated, period in _stated(context, Basis.YEAR_TO_DATE):
        if not _adds(context, seen):
            continue
        parts = _since_april(context, seen, period)
        least = None if parts else _known_since_april(context, seen, period)
        if least and stated < least.added:
            yield at(
                seen,
                f"{_named(context, seen)}: {plain(stated)} since 1 April, but {plain(least.added)} in those of the "
                f"year's {least.among} that are known. Correct the one that is wrong.",
                *least.seen,
            )
        if parts and _differs(stated, parts):
            yield at(
                seen,
                f"{_named(context, seen)}: {plain(stated)} since 1 April, but the year's {parts.among} so far add up "
                f"to {plain(parts.added)}. Correct the one that is wrong.",
                *parts.seen,
            )


def _since_april(context: Context, seen: Observation, period: Period) -> Parts | None:
    year = period.whole_year
    for among, periods in (("quarters", year.quarters), ("months", year.calendar_months)):
        if found := _parts(context, seen, [one for one in periods if one.end <= period.end]):
            return Parts(_values(found), found, among)
    return _with_what_was_accepted(context, seen, period)


def _known_since_april(context: Context, seen: Observation, period: Period) -> Parts | None:
    """The quarters, or else the months, of the year so far of which the file says anything."""
    key = (seen.indicator or "", seen.part, seen.breakdown, seen.category)
    year = period.whole_year
    for among, periods in (("quarters", year.quarters), ("months", year.calendar_months)):
        figures = [context.figures.get((*key, one)) for one in periods if one.end <= period.end]
        found = tuple(one for one in figures if one is not None and one.value is not None)
        if found:
            return Parts(_values(found), found, among)
    return None


def _values(found: Sequence[Observation]) -> tuple[Decimal, ...]:
    return tuple(one.value for one in found if one.value is not None)


def _named(context: Context, seen: Observation) -> str:
    """The indicator, with the category where it is one's figure."""
    name = named(context.term(seen.indicator or ""))
    return f"{name}, {seen.category}" if seen.category else name
