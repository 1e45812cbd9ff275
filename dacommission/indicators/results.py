"""What accepted counts come to: an indicator's value for a month, a quarter, a half or a year.

Pure. A rate is two counts, divided last and never averaged; people are never added; a blank is never nought.
The words used here are in measures.py; ratings are in rating.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dacommission.indicators import amounts
from dacommission.indicators.adding import add_across, add_together
from dacommission.indicators.amounts import Amount
from dacommission.indicators.measures import INCOMPLETE, WHOLE, Count, Measure, NotAddable, Place, Result
from dacommission.indicators.rating import Rating, Target, Travel, rate, travel
from dacommission.indicators.ratios import Pair, counts_beside, pooled, share
from dacommission.indicators.units import UNITS, Unit
from imports.periods import Period
from imports.reading import Basis, Part, Status

__all__ = [
    "INCOMPLETE",
    "Count",
    "Measure",
    "NotAddable",
    "Rating",
    "Result",
    "Target",
    "Travel",
    "add_across",
    "add_together",
    "increase",
    "of_quarter",
    "per_month",
    "rate",
    "result",
    "travel",
]

NOT_ADDED = "{name} cannot be added up: {why}. A figure for the whole {kind} has to be reported as such."
PEOPLE_TWICE = "somebody supported in two quarters would be counted twice"
PICKED = "a median or a longest wait cannot be worked out from those of the quarters"
TOO_FEW = "{stated} cannot be right: there were {low} in one quarter alone. Check the figure for the year."
TOO_MANY = (
    "{stated} cannot be right: there were at most {high}, counting somebody again for every quarter or every "
    "case. Check the figure for the year."
)


def result(
    measure: Measure,
    counts: Sequence[Count],
    period: Period,
    *,
    breakdown: str | None = None,
    category: str | None = None,
) -> Result:
    """The measure's value for the period, whole or for one category of a breakdown.

    For people counted in the year so far, the value of a quarter is the count since 1 April; see `increase`.
    """
    place = (breakdown, category)
    if measure.count_type in "RM":
        found = _ratio(measure, counts, period, place)
    else:
        found = _counted(measure, [count for count in counts if count.place == place], period)
    return found if place == WHOLE else replace(found, breakdown=breakdown, category=category)


def increase(
    measure: Measure,
    counts: Sequence[Count],
    quarter: Period,
    *,
    breakdown: str | None = None,
    category: str | None = None,
) -> Result:
    """People first seen in this quarter: the count since 1 April less that of the quarter before."""
    own = [count for count in _values(counts, measure.code) if count.place == (breakdown, category)]
    step = amounts.increase(own, quarter)
    if not step.is_reported and not step.note:
        step = amounts.flow(own, quarter)
    return replace(_result(measure, quarter, step), breakdown=breakdown, category=category)


def of_quarter(measure: Measure, counts: Sequence[Count], quarter: Period) -> Amount:
    """One figure of a measure, such as a rate's numerator, for a quarter: as reported, or made of its months."""
    if measure.count_type == "Y":
        reached = amounts.so_far(counts, quarter.end)
        return reached if reached.is_reported else amounts.single(counts, quarter)
    if measure.count_type in "PQ" or any(count.part is Part.PERCENT for count in counts):
        return amounts.single(counts, quarter)
    if measure.count_type == "S" or measure.on_a_day:
        return amounts.stock(counts, quarter, measure.year_value)
    return amounts.flow(counts, quarter)


def per_month(whole: Result) -> Decimal | None:
    """The average for each month of the period, unrounded; None unless the total is complete."""
    return whole.value / whole.period.months if whole.complete and whole.value is not None else None


def _counted(measure: Measure, counts: Sequence[Count], period: Period) -> Result:
    own = _values(counts, measure.code)
    match measure.count_type:
        case "S":
            return _result(measure, period, amounts.stock(own, period, measure.year_value))
        case "Y":
            basis = Basis.YEAR_TO_DATE
            return replace(_result(measure, period, amounts.cumulative(own, period)), basis=basis)
        case "P":
            return _people(measure, own, counts, period)
        case "Q":
            return _stated_only(measure, own, period, PICKED)
    return _result(measure, period, amounts.flow(own, period))


def _stated_only(measure: Measure, own: Sequence[Count], period: Period, why: str) -> Result:
    """A figure that must be reported for the period itself, because its parts cannot be added."""
    stated = amounts.single(own, period, Basis.TOTAL)
    found = stated if stated.is_reported else amounts.single(own, period)
    if found.is_reported or found.sources or period.kind in ("month", "quarter"):
        return replace(_result(measure, period, found), stated=stated.value)
    quarters = amounts.total([amounts.single(own, quarter) for quarter in period.quarters])
    status = Status.MISSING if quarters.reported else quarters.status
    note = NOT_ADDED.format(name=measure.name, why=why, kind=period.kind) if quarters.reported else ""
    return _result(measure, period, replace(quarters, value=None, status=status, note=note))


def _people(measure: Measure, own: Sequence[Count], counts: Sequence[Count], period: Period) -> Result:
    """People in the period: never added; a figure for the year must lie within what the quarters allow."""
    found = _stated_only(measure, own, period, PEOPLE_TWICE)
    if period.kind in ("month", "quarter"):
        return found
    low, high = _people_bounds(measure, own, counts, period)
    found = replace(found, low=low, high=high)
    note = _why_out_of_bounds(found, UNITS[measure.unit])
    return replace(found, value=None, stated=found.value, status=Status.ERROR, note=note) if note else found


def _why_out_of_bounds(found: Result, unit: Unit) -> str:
    """Why so few or so many people are impossible; nothing where they are not."""
    if found.value is None:
        return ""
    if found.low is not None and found.value < found.low:
        return TOO_FEW.format(stated=unit.phrase(found.value), low=unit.text(found.low))
    if found.high is not None and found.value > found.high:
        return TOO_MANY.format(stated=unit.phrase(found.value), high=unit.text(found.high))
    return ""


def _people_bounds(
    measure: Measure, own: Sequence[Count], counts: Sequence[Count], period: Period
) -> tuple[Decimal | None, Decimal | None]:
    """The fewest and the most different people there can have been; None where a quarter is not known.

    At least as many as in the fullest quarter; at most everybody in every quarter, and at most everybody
    who was there at the start and everybody who came.
    """
    quarters = [amounts.single(own, quarter).value for quarter in period.quarters]
    known = [value for value in quarters if value is not None]
    low = max(known, default=None)
    ceilings = [sum(known, Decimal(0))] if len(known) == len(quarters) else []
    opening, opened = (
        _values(counts, measure.opening_indicator),
        _values(counts, measure.opened_indicator),
    )
    there, came = amounts.stock(opening, period, "first"), amounts.flow(opened, period)
    if there.is_reported and came.is_reported:
        ceilings.append((there.value or Decimal(0)) + (came.value or Decimal(0)))
    return low, min(ceilings, default=None)


def _ratio(measure: Measure, counts: Sequence[Count], period: Period, place: Place) -> Result:
    """A rate or an average. A bare percentage stands for its own period only and is never pooled."""
    above, below = counts_beside(measure, counts, period, place)
    pair = pooled(measure, above, below, period)
    bare = [
        count
        for count in counts
        if count.indicator == measure.code and count.part in (Part.PERCENT, Part.VALUE) and count.place == place
    ]
    stated = amounts.single(bare, period, Basis.TOTAL)
    if not stated.is_reported:
        stated = amounts.single(bare, period)
    if pair.numerator is None and pair.reported == 0 and stated.is_reported:
        return _result(measure, period, replace(stated, stated=stated.value))
    value, status, note = share(measure, pair)
    sources = tuple(dict.fromkeys(pair.sources + stated.sources))
    whole = Amount(value, status, pair.reported, pair.due, stated.value, sources, note)
    return _result(measure, period, whole, pair)


def _values(counts: Sequence[Count], code: str) -> list[Count]:
    return [count for count in counts if count.indicator == code and count.part is Part.VALUE]


def _result(measure: Measure, period: Period, amount: Amount, pair: Pair | None = None) -> Result:
    return Result(
        indicator=measure.code,
        period=period,
        category=None,
        value=amount.value,
        numerator=pair.numerator if pair else None,
        denominator=pair.denominator if pair else None,
        reported=amount.reported,
        due=amount.due,
        status=str(amount.status),
        stated=amount.stated,
        sources=amount.sources,
        note=amount.note,
    )
