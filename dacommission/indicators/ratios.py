"""Rates and averages: which two counts belong together, and dividing them last.

Pure. Percentages are never averaged: the counts of the quarters are added, and then divided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from dacommission.indicators import amounts
from dacommission.indicators.amounts import Amount
from dacommission.indicators.measures import INCOMPLETE, WHOLE, Count, Measure, Place
from dacommission.indicators.units import UNITS, rounded
from imports.periods import Period
from imports.reading import Part, Status

NOBODY = "Nobody was in the denominator, so the rate is unknown. It is not nought."
SOME_OUT_OF_NONE = "Some were counted out of none. Check both counts."
PART_OVER_WHOLE = "The part, {part}, is more than the {whole} it is part of. Check both counts."


@dataclass(frozen=True, slots=True)
class Pair:
    """Two counts that belong together, added over the periods in which both were reported."""

    numerator: Decimal | None
    denominator: Decimal | None
    status: str
    reported: int
    due: int
    sources: tuple[int, ...]


def counts_beside(
    measure: Measure, counts: Sequence[Count], period: Period, place: Place = WHOLE
) -> tuple[list[Count], list[Count]]:
    """The counts for the numerator and for the denominator, of the whole or of one category.

    Its own and, where it left its own blank, those of the indicators that it is made of.
    """
    if not measure.numerator_category:
        above = _linked(counts, measure.numerator_indicator, place)
    elif place == WHOLE:
        above = _linked(counts, measure.numerator_indicator, (measure.numerator_breakdown, measure.numerator_category))
    else:
        above = []
    below = _linked(counts, measure.denominator_indicator, place)
    return (
        _completed(_own(measure, counts, Part.NUMERATOR, place), above),
        _completed(_own(measure, counts, Part.DENOMINATOR, place), below),
    )


def pooled(measure: Measure, above: Sequence[Count], below: Sequence[Count], period: Period) -> Pair:
    """Both counts for the period: pairs are added, and half a pair is not used."""
    top, bottom = _amount(measure, above, period), _amount(measure, below, period)
    sources = top.sources + bottom.sources
    if top.is_reported and bottom.is_reported:
        return Pair(top.value, bottom.value, Status.REPORTED, top.due, top.due, sources)
    parts = [] if measure.on_a_day else [quarter for quarter in period.quarters if quarter != period]
    both = [
        (one, other)
        for one, other in ((_amount(measure, above, part), _amount(measure, below, part)) for part in parts)
        if one.is_reported and other.is_reported
    ]
    due = len(parts) or max(top.due, bottom.due)
    if not both:
        return Pair(None, None, amounts.worst((top.status, bottom.status)), 0, due, sources)
    numerator, denominator = (amounts.total([pair[side] for pair in both]).value for side in (0, 1))
    return Pair(numerator, denominator, INCOMPLETE, len(both), due, sources)


def share(measure: Measure, pair: Pair) -> tuple[Decimal | None, str, str]:
    """The rate in its unit (percent in percent), its status, and a sentence where there is no rate."""
    if pair.numerator is None or pair.denominator is None:
        return None, pair.status, ""
    if pair.denominator == 0:
        if pair.numerator == 0:
            return None, Status.NOT_APPLICABLE, NOBODY
        return None, Status.ERROR, SOME_OUT_OF_NONE
    if measure.part_of_whole and pair.numerator > pair.denominator:
        note = PART_OVER_WHOLE.format(part=f"{pair.numerator:,f}", whole=f"{pair.denominator:,f}")
        return None, Status.ERROR, note
    return pair.numerator / pair.denominator * UNITS[measure.unit].scale, pair.status, ""


def whole_numerators(percent: Decimal, denominator: int, *, decimals: int) -> range:
    """Every whole numerator that prints as this percentage of the denominator; empty where there is none."""
    half = Decimal(1).scaleb(-decimals) / 2
    first = (percent - half) * denominator / 100
    start = int(first.to_integral_value(ROUND_CEILING))
    stop = start
    while rounded(Decimal(stop) * 100 / denominator, decimals) == rounded(percent, decimals):
        stop += 1
    return range(start, stop)


def exact_numerator(percent: Decimal, denominator: int) -> int | None:
    """The whole number that is exactly this percentage of the denominator; None where there is none."""
    number = percent * denominator / 100
    return int(number) if number == number.to_integral_value() else None


def _amount(measure: Measure, counts: Sequence[Count], period: Period) -> Amount:
    return amounts.stock(counts, period) if measure.on_a_day else amounts.flow(counts, period)


def _own(measure: Measure, counts: Sequence[Count], part: Part, place: Place) -> list[Count]:
    return [
        count for count in counts if count.indicator == measure.code and count.part is part and count.place == place
    ]


def _completed(own: list[Count], linked: list[Count]) -> list[Count]:
    """Its own counts, with those linked for every period about which its own say nothing."""
    said = [count for count in own if count.status is not Status.MISSING]
    added = [count for count in linked if not any(_overlap(count.period, one.period) for one in said)]
    return said + added or own


def _overlap(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _linked(counts: Sequence[Count], code: str, place: Place) -> list[Count]:
    return [count for count in counts if count.indicator == code and count.part is Part.VALUE and count.place == place]
