"""The words in which results are spoken: a measure, an accepted count, a result, and the refusal to add.

Pure values. What may be added is said in count_types.py; how a result is worked out, in results.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from imports.periods import Period
from imports.reading import Basis, Part, Status

Place = tuple[str | None, str | None]  # a breakdown's key and one of its categories, or neither

WHOLE: Place = (None, None)
INCOMPLETE = "incomplete"  # some periods reported and some not; every other status is one of imports.reading


class NotAddable(Exception):
    """Figures that would make a false total. The message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator, as far as working out its results goes."""

    code: str
    name: str
    unit: str  # a key of units.py
    count_type: str  # a letter of count_types.py
    direction: str = "volume"  # "higher", "lower", "range" or "volume"
    decimals: int = 0
    numerator_label: str = ""
    denominator_label: str = ""
    numerator_indicator: str = ""  # where a rate's count is itself an indicator, its code
    numerator_breakdown: str = ""  # … or one category of that indicator
    numerator_category: str = ""
    denominator_indicator: str = ""
    year_value: str = "last"  # of a stock: "first" where the year has its first quarter's figure
    on_a_day: bool = False  # of a rate: its counts are stocks, so the year has the last quarter's rate
    part_of_whole: bool = False  # of a rate: the numerator counts some of those in the denominator
    opening_indicator: str = ""  # of people in a period: those already there …
    opened_indicator: str = ""  # … and those who came, between them everybody it can count
    adds_with: str = ""  # measures with the same word count different people or events of one service

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@dataclass(frozen=True, slots=True)
class Count:
    """One accepted observation, as results see it."""

    source: int  # the observation's id
    indicator: str
    part: Part
    breakdown: str | None
    category: str | None
    period: Period
    basis: Basis
    value: Decimal | None
    status: Status

    @property
    def place(self) -> Place:
        return self.breakdown, self.category


@dataclass(frozen=True, slots=True)
class Result:
    """A measure's value for one period, whole or for one category."""

    indicator: str
    period: Period
    category: str | None
    value: Decimal | None  # percentages in percent, unrounded; so far, where incomplete
    numerator: Decimal | None
    denominator: Decimal | None
    reported: int  # how many of the periods due were reported: 3 …
    due: int  # … of 4
    status: str  # "reported", "incomplete", or one of imports.reading.Status
    stated: Decimal | None  # what the source itself says the total is, kept beside the computed value
    sources: tuple[int, ...]
    breakdown: str | None = None
    basis: Basis = Basis.PERIOD  # year to date, where the value counts from 1 April
    note: str = ""  # why there is no value, as a sentence
    low: Decimal | None = None  # where a year cannot be added up: it cannot be less than this …
    high: Decimal | None = None  # … or more than this

    @property
    def complete(self) -> bool:
        return self.status == Status.REPORTED and self.value is not None

    @property
    def difference(self) -> Decimal | None:
        """How far the stated total is above the computed value; None where there is no pair to compare."""
        if not self.complete or self.value is None or self.stated is None:
            return None
        return self.stated - self.value

    @property
    def coverage(self) -> str:
        """ "3 of 4 quarters"."""
        kind = {"year": "quarters", "half": "quarters", "quarter": "months"}.get(self.period.kind, "periods")
        return f"{self.reported} of {self.due} {kind}"
