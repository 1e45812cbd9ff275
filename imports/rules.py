"""The register of rules about a whole return, and what a rule may know.

A rule fetches nothing: what it needs besides the reading is handed to it as a Context.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from imports.periods import Period
from imports.reading import (
    Basis,
    Expected,
    Line,
    Observation,
    Part,
    Problem,
    Reading,
    Severity,
    Status,
    Term,
    Vocabulary,
    Waived,
)
from imports.relations import RELATIONS, Relations
from imports.sheets import Spot

# The domain's rules in the order in which they are asked. What an earlier one finds wrong, a later one does
# not find again: a total that is more than its limit is not also held against its categories.
ORDER = ("V01", "V13", "V08", "V03", "V02", "V06", "V05", "V04", "V15", "V16", "V07", "V09", "V14", "V10", "V11", "V12")
GRAVITY = (Severity.ERROR, Severity.QUESTION, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found, and at which cell."""

    message: str
    sheet: str | None = None
    cell: str | None = None
    code: str | None = None  # the indicator that it is about
    # The other figures by which it was seen: where one of them is in error already, this fault follows from that.
    rests_on: tuple[Observation, ...] = ()
    shared: str = ""  # what is said once for all cells of the same fault

    @property
    def spot(self) -> Spot:
        """The cell, sheet or file at which it is told."""
        return Spot(self.sheet, self.cell or "")

    @property
    def spots(self) -> set[Spot]:
        """Every cell that the fault was seen by."""
        return {self.spot, *(seen.spot for seen in self.rests_on)}


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
        """The first figure for each indicator's part and period, categories aside; one so far only for want of it.

        Of people counted since 1 April it is the figure so far: those of a month or quarter alone are others.
        """
        found: dict[tuple[str, Part, Period | None], Observation] = {}
        for seen in self.reading.observations:
            if seen.indicator and seen.category is None and not self._is_of_period_alone(seen):
                key = (seen.indicator, seen.part, seen.period)
                if key not in found or (seen.basis is Basis.PERIOD is not found[key].basis):
                    found[key] = seen
        return found

    def _is_of_period_alone(self, seen: Observation) -> bool:
        return seen.basis is Basis.PERIOD and self.term(seen.indicator or "").count_type == "Y"

    @cached_property
    def splits(self) -> dict[Split, list[Observation]]:
        """The figures of each breakdown's categories, by indicator, breakdown and period."""
        found: dict[Split, list[Observation]] = {}
        for seen in self.reading.observations:
            if seen.indicator and seen.breakdown and seen.category is not None and seen.part is Part.VALUE:
                found.setdefault((seen.indicator, seen.breakdown, seen.period), []).append(seen)
        return found

    @cached_property
    def within(self) -> dict[tuple[str, Part], list[Observation]]:
        """The figures of each indicator's part, of whatever category or period."""
        found: dict[tuple[str, Part], list[Observation]] = {}
        for seen in self.reading.observations:
            if seen.indicator:
                found.setdefault((seen.indicator, seen.part), []).append(seen)
        return found

    @cached_property
    def figures(self) -> dict[tuple[str, Part, str | None, str | None, Period | None], Observation]:
        """The first figure of each indicator's part, category and period that is no total of a year so far or whole."""
        found: dict[tuple[str, Part, str | None, str | None, Period | None], Observation] = {}
        for seen in self.reading.observations:
            if seen.indicator and (seen.basis is Basis.PERIOD) is not (self.term(seen.indicator).count_type == "Y"):
                found.setdefault((seen.indicator, seen.part, seen.breakdown, seen.category, seen.period), seen)
        return found

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods that the figures are about, in order."""
        return tuple(sorted({seen.period for seen in self.reading.observations if seen.period}))

    @cached_property
    def longer(self) -> frozenset[Period]:
        """The periods within which the file, or the return before it, says something of shorter ones."""
        due = self.expected.period if self.expected else None
        return frozenset(
            one
            for one in self.periods
            if (due and one.end == due.end and one.contains(due) and one != due)
            or any(one.contains(other) and one != other for other in self.periods)
        )

    @cached_property
    def lines(self) -> dict[str, Line]:
        """What the return owes, by code: only what this vocabulary knows."""
        owed = self.expected.lines if self.expected else ()
        return {line.code: line for line in owed if line.code in self.vocabulary.terms}

    def term(self, code: str) -> Term:
        return self.vocabulary.terms[code]

    def whole(self, code: str, period: Period | None, part: Part = Part.VALUE) -> Observation | None:
        return self.wholes.get((code, part, period))

    def reported(self, code: str, period: Period | None, part: Part = Part.VALUE) -> tuple[Decimal, Observation] | None:
        """A figure and where it stands; None when it was not reported."""
        seen = self.whole(code, period, part)
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


def at(seen: Observation, message: str, *rests_on: Observation | None, shared: str = "") -> Fault:
    """A fault at a figure's cell, seen by other figures as well."""
    others = tuple(other for other in rests_on if other is not None)
    return Fault(message, seen.sheet, seen.cell, seen.indicator, others, shared)


def named(term: Term) -> str:
    return f"{term.code} {term.name}"


def part_named(context: Context, code: str, part: Part) -> str:
    """The indicator, and which of a rate's counts: "HUB-05 Referrals supported by the hub, the numerator,"."""
    return named(context.term(code)) + ("" if part is Part.VALUE else f", the {part},")


Find = Callable[[Context], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's stable name, how grave its faults are, and how it stands to the others."""

    name: str
    severity: Severity
    find: Find
    code: str  # of the domain's list, such as "V05"
    first: bool = False  # asked before the others, which are not asked when it finds an error
    waivable: bool = True  # whether a commissioner may allow a return not to meet it
    alone: bool = False  # said whatever else is wrong with the figure

    @property
    def key(self) -> str:
        """The rule's own name where several share a code of the domain's list, such as V03."""
        return self.find.__name__.replace("_", "-")

    def problem(self, fault: Fault) -> Problem:
        """A fault as somebody is told of it."""
        return Problem(self.name, self.severity, fault.message, fault.sheet, fault.cell, fault.shared)

    def problems(self, context: Context) -> list[Problem]:
        """All that this rule finds, whatever others find."""
        return [self.problem(fault) for fault in self.find(context)]


RULES: dict[str, Rule] = {}


def rule(
    name: str, severity: Severity, *, code: str = "", first: bool = False, waivable: bool = True, alone: bool = False
) -> Callable[[Find], Find]:
    """Registers a rule under its name. Its docstring says why it is one; `code` is the name unless given."""

    def register(find: Find) -> Find:
        registered = Rule(name, severity, find, code or name, first, waivable and not first, alone)
        RULES[registered.key] = registered
        return find

    return register


def in_order() -> list[Rule]:
    """Every rule in the order in which it is asked: those about the whole file, then by gravity and code."""
    return sorted(
        RULES.values(), key=lambda rule: (not rule.first, GRAVITY.index(rule.severity), ORDER.index(rule.code))
    )


def waiver(known: Rule, code: str | None, waived: Iterable[Waived]) -> Waived | None:
    """What allows an indicator not to meet a rule; None where nothing does."""
    for one in waived:
        if known.waivable and one.rule == known.key and one.code in (None, code):
            return one
    return None
