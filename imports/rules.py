"""The register of rules about a whole return, and what a rule may know.

A rule fetches nothing: what it needs besides the reading is handed to it as a Context.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from imports.periods import Period
from imports.reading import (
    Expected,
    Observation,
    Part,
    Problem,
    Reading,
    Severity,
    Status,
    Term,
    Vocabulary,
)


@dataclass(frozen=True, slots=True)
class Caseload:
    """Four figures of one caseload: what it opened with, and added, less what it lost, is what it closed with."""

    opening: str
    added: str
    removed: str
    closing: str


@dataclass(frozen=True, slots=True)
class Capacity:
    """Nights that can be used: not more than there are, nor than the units have in the period's days."""

    used: str
    available: str
    units: str


@dataclass(frozen=True, slots=True)
class Relations:
    """Which indicators of one return must agree with each other, by code."""

    caseloads: tuple[Caseload, ...] = ()
    capacities: tuple[Capacity, ...] = ()


# domain rules of the catalogue shipped with the product
RELATIONS = Relations(
    caseloads=(Caseload("CBS-02", "CBS-03", "CBS-04", "CBS-05"),),
    capacities=(Capacity("SA-06", "SA-05", "SA-04.a"),),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found, and at which cell."""

    message: str
    sheet: str | None = None
    cell: str | None = None


Split = tuple[str, str, Period | None]  # indicator, breakdown, period


@dataclass(frozen=True)
class Context:
    """A reading's figures, ready to be looked up, and what is known besides."""

    reading: Reading
    vocabulary: Vocabulary
    expected: Expected | None = None
    relations: Relations = field(default=RELATIONS)

    @cached_property
    def wholes(self) -> dict[tuple[str, Part, Period | None], Observation]:
        """The first figure for each indicator's part and period, categories aside."""
        found: dict[tuple[str, Part, Period | None], Observation] = {}
        for seen in self.reading.observations:
            if seen.indicator and seen.category is None:
                found.setdefault((seen.indicator, seen.part, seen.period), seen)
        return found

    @cached_property
    def splits(self) -> dict[Split, list[Observation]]:
        """The figures of each breakdown's categories, by indicator, breakdown and period."""
        found: dict[Split, list[Observation]] = {}
        for seen in self.reading.observations:
            if seen.indicator and seen.breakdown and seen.category is not None and seen.part is Part.VALUE:
                found.setdefault((seen.indicator, seen.breakdown, seen.period), []).append(seen)
        return found

    @cached_property
    def within(self) -> dict[tuple[str, Part], Observation]:
        """The first figure of each indicator's part, of whatever category or period."""
        found: dict[tuple[str, Part], Observation] = {}
        for seen in self.reading.observations:
            if seen.indicator:
                found.setdefault((seen.indicator, seen.part), seen)
        return found

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods that the figures are about, in order."""
        return tuple(sorted({seen.period for seen in self.reading.observations if seen.period}))

    def term(self, code: str) -> Term:
        return self.vocabulary.terms[code]

    def whole(self, code: str, period: Period | None, part: Part = Part.VALUE) -> Observation | None:
        return self.wholes.get((code, part, period))

    def reported(self, code: str, period: Period | None) -> tuple[Decimal, Observation] | None:
        """A figure and where it stands; None when it was not reported."""
        seen = self.whole(code, period)
        return (seen.value, seen) if seen and seen.value is not None else None

    def count(self, term: Term, part: Part, period: Period | None) -> Observation | None:
        """One of a rate's two counts, taken from the indicator that it is where the rate has none of its own."""
        own = self.whole(term.code, period, part)
        if own is not None and own.status is not Status.MISSING:
            return own
        other = borrowed(term, part)
        return self.whole(other, period) if other else own


def borrowed(term: Term, part: Part) -> str | None:
    """The code of the indicator that a rate's count is, where it is one."""
    return {Part.NUMERATOR: term.numerator_indicator, Part.DENOMINATOR: term.denominator_indicator}.get(part)


def at(seen: Observation, message: str) -> Fault:
    """A fault at a figure's cell."""
    return Fault(message, seen.sheet, seen.cell)


def named(term: Term) -> str:
    return f"{term.code} {term.name}"


Find = Callable[[Context], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's stable name, how grave its faults are, and whether it decides if the file is the right one."""

    name: str
    severity: Severity
    find: Find
    first: bool = False  # asked before the others, which are not asked when it finds an error

    @property
    def key(self) -> str:
        """The rule's own name where several share a code of the domain's list, such as V03."""
        return self.find.__name__.replace("_", "-")

    def problems(self, context: Context) -> list[Problem]:
        return [
            Problem(self.name, self.severity, fault.message, fault.sheet, fault.cell) for fault in self.find(context)
        ]


RULES: dict[str, Rule] = {}


def rule(name: str, severity: Severity, *, first: bool = False) -> Callable[[Find], Find]:
    """Registers a rule under its name. Its docstring says why it is one."""

    def register(find: Find) -> Find:
        registered = Rule(name, severity, find, first)
        RULES[registered.key] = registered
        return find

    return register
