"""Whether a result is good enough, and whether it is getting better: always a word, and always with a reason.

Pure. A result is not rated where there is no target, where more is neither better nor worse, where
something is missing, or where too few people stand behind a rate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from dacommission.indicators.measures import INCOMPLETE, Measure, Result
from dacommission.indicators.units import rounded, text
from imports.reading import Basis

RATINGS = {
    "met": "Met",
    "within-tolerance": "Within tolerance",
    "not-met": "Not met",
    "not-rated": "Not rated",
}
TRAVELS = {
    "improving": "Improving",
    "worsening": "Worsening",
    "steady": "Steady",
    "higher": "Higher",
    "lower": "Lower",
    "unknown": "Not known",
}
USUAL_TOLERANCE = Decimal("0.1")  # of the target, where a contract sets none
USUAL_MINIMUM = 10


@dataclass(frozen=True, slots=True)
class Target:
    """What a measure should reach under a contract: a value, or a range from low to high."""

    measure: Measure
    value: Decimal | None = None
    tolerance: Decimal | None = None  # in the value's own unit; None: a tenth of the target
    low: Decimal | None = None
    high: Decimal | None = None
    minimum_denominator: int = USUAL_MINIMUM

    @property
    def words(self) -> str:
        """ "at least 80%", "at most 20", "85% to 95%"; nothing where no target is set."""
        if self.low is not None and self.high is not None:
            return f"{self.text(self.low)} to {self.text(self.high)}"
        if self.value is None:
            return ""
        return f"{'at most' if self.measure.direction == 'lower' else 'at least'} {self.text(self.value)}"

    def text(self, value: Decimal) -> str:
        """Written with as many decimals as it was set with, and at least as many as the measure has."""
        exponent = value.normalize().as_tuple().exponent
        return text(value, self.measure.unit, max(self.measure.decimals, -int(exponent)))


@dataclass(frozen=True, slots=True)
class Rating:
    key: str  # of RATINGS
    word: str
    reason: str
    exactly: str = ""  # the value with more decimals, where as usually shown it looks like the limit that it misses


@dataclass(frozen=True, slots=True)
class Travel:
    key: str  # of TRAVELS
    word: str
    reason: str = ""


def rate(result: Result, target: Target | None) -> Rating:
    """The result against its target, in words, with a short reason."""
    reason = _why_not_rated(result, target)
    if reason or target is None or result.value is None:
        return _rating("not-rated", reason)
    if target.measure.direction == "range":
        return _rate_in_range(result.value, target)
    return _rate_to_one_side(result.value, target)


def travel(measure: Measure, now: Result, before: Result) -> Travel:
    """Which way the measure has moved, and whether that is better."""
    if now.value is None or before.value is None or not (now.complete and before.complete):
        return _travel("unknown", "One of the two figures is missing or incomplete.")
    if now.basis is Basis.YEAR_TO_DATE and now.period.kind != "year" and now.period.number != before.period.number:
        return _travel("unknown", "A count since 1 April can only be compared with the same time of another year.")
    difference = rounded(now.value, measure.decimals) - rounded(before.value, measure.decimals)
    if difference == 0:
        return _travel("steady")
    if measure.direction not in ("higher", "lower"):
        return _travel("higher" if difference > 0 else "lower")
    return _travel("improving" if (difference > 0) == (measure.direction == "higher") else "worsening")


def change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """The change from before to now in percent of before, unrounded; None where it cannot be told."""
    if now is None or not before:
        return None
    return (now - before) * 100 / before


def moved(measure: Measure, now: Decimal | None, before: Decimal | None) -> str:
    """ "+4.8%", "−3.1%", between percentages "+3 points", or "no change"; "" where it cannot be told.

    Points lie between the percentages as shown, so that whoever reads both can check the difference.
    """
    if measure.unit != "percent":
        relative = change(now, before)
        by, unit = None if relative is None else rounded(relative, 1), "%"
    elif now is None or before is None:
        return ""
    else:
        by, unit = rounded(now, measure.decimals) - rounded(before, measure.decimals), " points"
    if by is None:
        return ""
    if abs(by) == 1 and unit == " points":
        unit = " point"
    return f"{'+' if by > 0 else '−'}{abs(by):,f}{unit}" if by else "no change"


def _why_not_rated(result: Result, target: Target | None) -> str:
    """Why there can be no rating; nothing where there can."""
    if target is None or (target.value is None and target.low is None):
        return "No target is set."
    if target.measure.direction == "volume":
        return "A volume: more is neither better nor worse."
    if (target.measure.direction == "range") == (target.low is None):
        return "The target does not fit the measure: a range needs both its ends, and nothing else has them."
    if result.status == INCOMPLETE:
        return f"Incomplete: {result.coverage}."
    if not result.complete:
        return result.note or "There is no figure."
    return _why_too_few(result, target)


def _why_too_few(result: Result, target: Target) -> str:
    if target.measure.count_type not in "RM":
        return ""
    if result.denominator is None:
        return "The counts behind it were not reported."
    if result.denominator < target.minimum_denominator:
        least = target.minimum_denominator
        return f"Too few to rate: out of {result.denominator:,f}, and at least {least} are needed."
    return ""


def _rate_to_one_side(value: Decimal, target: Target) -> Rating:
    wanted = target.value or Decimal(0)
    tolerance = abs(wanted) * USUAL_TOLERANCE if target.tolerance is None else target.tolerance
    higher = target.measure.direction == "higher"
    short = wanted - value if higher else value - wanted
    if short <= 0:
        return _rating("met", f"{_beside(value, target)} against a target of {target.words}.")
    word, limit = ("below", wanted - tolerance) if higher else ("above", wanted + tolerance)
    key = "within-tolerance" if short <= tolerance else "not-met"
    near = "within" if key == "within-tolerance" else "beyond"
    reason = f"{_beside(value, target)} is {word} the target of {target.words}"
    return _missed(key, f"{reason}, {near} the tolerance to {target.text(limit)}.", value, target)


def _rate_in_range(value: Decimal, target: Target) -> Rating:
    low, high = target.low or Decimal(0), target.high or Decimal(0)
    if low <= value <= high:
        return _rating("met", f"{_beside(value, target)} is in the range {target.words}.")
    edge = low if value < low else high
    tolerance = abs(edge) * USUAL_TOLERANCE if target.tolerance is None else target.tolerance
    key = "within-tolerance" if abs(value - edge) <= tolerance else "not-met"
    side = "below" if value < low else "above"
    return _missed(key, f"{_beside(value, target)} is {side} the range {target.words}.", value, target)


def _missed(key: str, reason: str, value: Decimal, target: Target) -> Rating:
    shown = _beside(value, target)
    usual = text(value, target.measure.unit, target.measure.decimals)
    return replace(_rating(key, reason), exactly=shown if shown != usual else "")


def _beside(value: Decimal, target: Target) -> str:
    """The value as shown, with more decimals where rounding would make it look like the limit it misses."""
    measure = target.measure
    limits = [limit for limit in (target.value, target.low, target.high) if limit is not None and limit != value]
    shown = text(value, measure.unit, measure.decimals)
    for decimals in range(measure.decimals, measure.decimals + 6):
        shown = text(value, measure.unit, decimals)
        if shown not in {text(limit, measure.unit, decimals) for limit in limits}:
            break
    return shown


def _rating(key: str, reason: str) -> Rating:
    return Rating(key, RATINGS[key], reason)


def _travel(key: str, reason: str = "") -> Travel:
    return Travel(key, TRAVELS[key], reason)
