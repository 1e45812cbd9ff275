"""What may be added up, and what may not: the one place that says so.

Each indicator declares its count type by a letter. Everything that adds figures asks here first. Pure:
no web page, no database, no clock. It must never be told apart by an indicator's code.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Over = Literal["time", "areas", "services", "providers"]
YearRule = Literal["sum", "last", "stated", "pool"]

PEOPLE = frozenset({"people", "households", "families"})

_SAME_PERSON = {
    "time": "the same person may be counted in more than one period",
    "areas": "the same person may have lived in more than one area",
    "services": "the same person may use more than one service",
    "providers": "the same person may be supported by more than one provider",
}
_STOCK = {"time": "it is counted on one day, so adding days would count the same case again"}
_MEDIAN = dict.fromkeys(
    ("time", "areas", "services", "providers"),
    "a median, a percentile or a longest wait cannot be worked out from its parts",
)


@dataclass(frozen=True, slots=True)
class CountType:
    """How figures of one kind behave when somebody wants a total."""

    letter: str
    name: str
    meaning: str
    year_rule: YearRule  # how the quarters of a year become the year's figure
    why_not: MappingProxyType[str, str]  # what it may not be added over → why not, to follow "because"

    def adds_over(self, over: Over) -> bool:
        return over not in self.why_not

    @property
    def adds_over_time(self) -> bool:
        return self.adds_over("time")

    @property
    def adds_over_areas(self) -> bool:
        return self.adds_over("areas")

    @property
    def adds_over_services(self) -> bool:
        return self.adds_over("services")

    @property
    def adds_over_providers(self) -> bool:
        return self.adds_over("providers")


def _type(letter: str, name: str, meaning: str, year_rule: YearRule, why_not: dict[str, str]) -> CountType:
    return CountType(letter, name, meaning, year_rule, MappingProxyType(why_not))


COUNT_TYPES: MappingProxyType[str, CountType] = MappingProxyType(
    {
        kind.letter: kind
        for kind in (
            _type("F", "Events in the period", "Each event is counted in the period it happens.", "sum", {}),
            _type("S", "Number on a day", "A number on the first or last day of the period.", "last", _STOCK),
            _type(
                "P",
                "People in the period",
                "Each person is counted once in every period in which they were supported.",
                "stated",
                _SAME_PERSON,
            ),
            _type(
                "Y",
                "People in the year so far",
                "Each person is counted once in the financial year, and the figure grows until March.",
                "last",
                _SAME_PERSON,
            ),
            _type("R", "Rate", "One count divided by another; both counts are kept.", "pool", {}),
            _type("M", "Average", "A sum divided by a number; both are kept.", "pool", {}),
            _type("Q", "Median or longest", "One value picked from many.", "stated", _MEDIAN),
            _type("C", "Capacity over time", "Units for each night, added up.", "sum", {}),
            _type("L", "Money", "Pounds in the period.", "sum", {}),
        )
    }
)


def why_not(letter: str, unit: str, over: Over) -> str | None:
    """Why figures of this kind may not be added over something; None when they may.

    People are not added over services or providers whatever the count type: they may be the same people.
    """
    kind = COUNT_TYPES[letter]
    if not kind.adds_over(over):
        return kind.why_not[over]
    if unit in PEOPLE and letter in "FS" and over in ("services", "providers"):
        return _SAME_PERSON[over]
    return None
