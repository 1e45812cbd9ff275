"""The one place where every rule is asked, and where what follows from another fault is left out.

No rule fetches or repairs anything. They stand in the modules named below, one for each kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from imports import agreement, change, completeness, finance, people, personal_data, rates, right_file, totals
from imports.reading import Expected, Problem, Reading, Severity, Vocabulary, Waived
from imports.rules import RELATIONS, RULES, Context, Fault, Relations, Rule, in_order, waiver
from imports.sheets import Spot

PERSONAL_DATA = "V13"
KINDS = (right_file, personal_data, completeness, rates, agreement, totals, finance, people, change)

__all__ = ["KINDS", "RULES", "check", "personal", "said_of_figures"]


def check(
    reading: Reading,
    vocabulary: Vocabulary,
    expected: Expected | None = None,
    relations: Relations = RELATIONS,
) -> tuple[Problem, ...]:
    """What the rules find. When it is the wrong file, only that is said: the rest would follow from it.

    So with every figure: what rests on a cell that is in error already, as its reader or an earlier rule found,
    is not said again.
    """
    context = Context(reading, vocabulary, expected, relations)
    rules = in_order()
    found = [problem for known in rules if known.first for problem in known.problems(context)]
    if any(problem.severity is Severity.ERROR for problem in found):
        return tuple(found)
    blamed = _blamed(problem for problem in reading.problems if problem.severity is not Severity.WARNING)
    for known in rules:
        if not known.first:
            own = [fault for fault in known.find(context) if known.alone or blamed.isdisjoint(fault.spots)]
            told = [_told(known, fault, expected) for fault in own]
            blamed |= _blamed(problem for problem in told if problem.severity is Severity.ERROR)
            found += told
    return tuple(found)


def said_of_figures(problems: Iterable[Problem], found: Iterable[Problem]) -> Iterator[Problem]:
    """The reader's problems but for those whose cell holds personal data: their messages repeat what was typed."""
    private = personal(found)
    return (problem for problem in problems if problem.spot not in private)


def personal(problems: Iterable[Problem]) -> set[Spot]:
    """The cells that seem to hold what leads to a person: nobody repeats what was typed there."""
    return _blamed(problem for problem in problems if problem.rule == PERSONAL_DATA)


def _blamed(problems: Iterable[Problem]) -> set[Spot]:
    return {problem.spot for problem in problems if problem.cell}


def _told(known: Rule, fault: Fault, expected: Expected | None) -> Problem:
    """The fault as a problem; only a warning where a commissioner has waived the rule."""
    problem = known.problem(fault)
    waived = waiver(known, fault.code, expected.waived if expected else ())
    if waived is None:
        return problem
    return replace(problem, severity=Severity.WARNING, message=f"{problem.message}{excuse(waived)}", fault="")


def excuse(waived: Waived) -> str:
    """What is said after a fault that is allowed."""
    return f" Waived until {waived.until.day} {waived.until:%B %Y}: {waived.reason}"
