"""Which indicators of one return must agree with each other, by code: the catalogue's, as data.

Says only who belongs together; what agreeing means is a rule's.
"""

from __future__ import annotations

from dataclasses import dataclass

from imports.reading import Part


@dataclass(frozen=True, slots=True)
class Caseload:
    """Four figures of one caseload: what it opened with, and added, less what it lost, is what it closed with."""

    opening: str
    added: str
    removed: str
    closing: str
    supported: str = ""  # the different people in it during the period


@dataclass(frozen=True, slots=True)
class Capacity:
    """Nights that can be used: not more than there are, nor than the units have in the period's days."""

    used: str
    available: str
    units: str


@dataclass(frozen=True, slots=True)
class Household:
    """Households or families, each of at least one of these people."""

    households: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pathway:
    """Counts of one cohort, each taken from those counted by the one before it."""

    stages: tuple[tuple[str, Part], ...]


@dataclass(frozen=True, slots=True)
class Money:
    """What was spent, what was meant to be, and what the whole year is expected to cost."""

    spent: str
    budget: str
    forecast: str


@dataclass(frozen=True, slots=True)
class Relations:
    """All that must agree."""

    caseloads: tuple[Caseload, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    households: tuple[Household, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    money: tuple[Money, ...] = ()


_VALUE, _NUMERATOR, _DENOMINATOR = Part.VALUE, Part.NUMERATOR, Part.DENOMINATOR

# domain rules of the catalogue shipped with the product
RELATIONS = Relations(
    caseloads=(Caseload("CBS-02", "CBS-03", "CBS-04", "CBS-05", supported="CBS-06"),),
    capacities=(Capacity("SA-06", "SA-05", "SA-04.a"),),
    households=(Household("SA-03", ("SA-01", "SA-02")), Household("WFA-03", ("WFA-01", "WFA-02"))),
    # Only where the indicators' definitions name one cohort: those who complete a programme in a quarter are
    # not among those who were referred in it.
    pathways=(
        Pathway((("HUB-01", _VALUE), ("HUB-04", _DENOMINATOR))),
        Pathway((("CBS-04", _VALUE), ("CBS-12", _DENOMINATOR))),
        Pathway((("SA-08", _VALUE), ("SA-09", _VALUE))),
        Pathway((("SA-08", _VALUE), ("SA-11.a", _DENOMINATOR))),
        Pathway((("SA-14.a", _VALUE), ("SA-13.c", _VALUE))),
        Pathway((("PRP-02", _VALUE), ("PRP-03", _DENOMINATOR), ("PRP-03", _NUMERATOR))),
    ),
    money=(Money("CON-02.a", "CON-02.b", "CON-02.c"),),
)
