"""What is unusual about a figure, in words, and how unusual: what a reviewer reads first.

Pure. The limits are those of the rule about large changes (`imports.change`), held here against what is
accepted now, which may be more than was known when the workbook was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum

from dacommission.indicators.measures import Measure, Result
from dacommission.indicators.rating import Rating
from dacommission.indicators.units import text
from imports.change import BEYOND, HUNDRED, POINTS, QUARTERS, SMALLEST, SWING
from imports.periods import Period
from imports.reading import Basis


class Kind(IntEnum):
    """Why a figure is unusual, the gravest first."""

    ERROR = 0
    OFF_TARGET = 1
    SWING = 2
    OUTLIER = 3
    QUESTION = 4
    NO_FIGURE = 5
    DISCUSSED = 6
    ORDINARY = 7


KIND_NAMES = {
    Kind.ERROR: "Cannot be right",
    Kind.OFF_TARGET: "Off target",
    Kind.SWING: "Swing",
    Kind.OUTLIER: "Outlier",
    Kind.QUESTION: "Question",
    Kind.NO_FIGURE: "No figure",
    Kind.DISCUSSED: "Queried or corrected",
    Kind.ORDINARY: "Ordinary",
}


@dataclass(frozen=True, slots=True)
class Unusual:
    kind: Kind
    words: str

    @property
    def name(self) -> str:
        """ "Off target"."""
        return KIND_NAMES[self.kind]


def off_target(rating: Rating) -> Iterator[Unusual]:
    """A KPI that misses its target by more than the tolerance."""
    if rating.key == "not-met":
        yield Unusual(Kind.OFF_TARGET, rating.reason)


def no_figure(now: Result, words: str) -> Iterator[Unusual]:
    """A KPI for which nothing was reported, or something that cannot be; `words` say why there is no figure."""
    if now.value is None:
        yield Unusual(Kind.ERROR if now.status == "error" else Kind.NO_FIGURE, f"{words.rstrip('.')}.")


def swings(measure: Measure, now: Result, before: Result, year_ago: Result) -> Iterator[Unusual]:
    """A change of more than 25% from last quarter or from the same quarter last year, of figures of 20 and more."""
    said = [
        _moved(measure, now, other)
        for other in (before, year_ago)
        if _comparable(now, other) and _is_swing(measure, now, other)
    ]
    if said:
        yield Unusual(Kind.SWING, f"{_shown(measure, now)} is {', and '.join(said)}.")


def outliers(measure: Measure, now: Result, earlier: Sequence[Decimal | None]) -> Iterator[Unusual]:
    """A count that leaves the range of the twelve quarters before by more than a tenth."""
    known = [value for value in earlier if value is not None]
    running = now.basis is Basis.YEAR_TO_DATE
    if now.value is None or running or measure.count_type in "RM" or len(known) < QUARTERS:
        return
    low, high = min(known), max(known)
    margin = BEYOND / HUNDRED
    above = high >= SMALLEST and now.value > high * (1 + margin)
    below = low >= SMALLEST and max(now.value, SMALLEST) < low * (1 - margin)
    if above or below:
        words = "more" if above else "less"
        between = f"{_text(measure, low)} to {_text(measure, high)}"
        yield Unusual(
            Kind.OUTLIER,
            f"{_shown(measure, now)} is {words} than in any quarter of the last three years ({between}).",
        )


def _comparable(now: Result, other: Result) -> bool:
    """Both complete, of enough people, and counted over the same stretch of the year."""
    if now.value is None or other.value is None or not (now.complete and other.complete):
        return False
    running = now.basis is Basis.YEAR_TO_DATE
    return not running or now.period.number == other.period.number


def _is_swing(measure: Measure, now: Result, other: Result) -> bool:
    is_, was = now.value or Decimal(0), other.value or Decimal(0)
    if measure.count_type in "RM":
        few = any((found.denominator or Decimal(0)) < SMALLEST for found in (now, other))
        if few or (measure.unit == "percent" and abs(is_ - was) < POINTS):
            return False
    elif was < SMALLEST:
        return False
    else:
        is_ = max(is_, SMALLEST)
    return abs(is_ - was) * HUNDRED > SWING * was


def _moved(measure: Measure, now: Result, other: Result) -> str:
    """ "31% more than the 1,918 in Quarter 1 2022/23", "down from 80% in Quarter 1 2022/23"."""
    is_, was = now.value or Decimal(0), other.value or Decimal(0)
    up, when = is_ > was, _when(now.period, other.period)
    if measure.count_type in "RM":
        return f"{'up' if up else 'down'} from {_text(measure, was)} {when}"
    percent = abs((is_ - was) / was * HUNDRED).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{percent}% {'more' if up else 'less'} than the {_text(measure, was)} {when}"


def _when(now: Period, other: Period) -> str:
    return "last quarter" if other == now.previous() else "in the same quarter last year"


def _shown(measure: Measure, found: Result) -> str:
    return _text(measure, found.value or Decimal(0))


def _text(measure: Measure, value: Decimal) -> str:
    return text(value, measure.unit, measure.decimals)
