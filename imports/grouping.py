"""Problems as somebody reads them: one line for one fault, however many cells it touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from imports.reading import Problem, Severity
from imports.sheets import Spot


@dataclass(frozen=True, slots=True)
class Group:
    """One fault, and every cell at which it was found; no cell where it is about the whole file."""

    rule: str
    severity: Severity
    message: str
    cells: tuple[Spot, ...]


def grouped(problems: Iterable[Problem]) -> tuple[Group, ...]:
    """The faults in the order in which each was first met.

    Problems are one fault when a rule says so by the same `fault`, or says the same of both to the letter.
    """
    found: dict[tuple[str, Severity, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.rule, problem.severity, problem.fault or problem.message), []).append(problem)
    return tuple(_group(several) for several in found.values())


def _group(several: list[Problem]) -> Group:
    first = several[0]
    cells = tuple(dict.fromkeys(one.spot for one in several if one.cell or one.sheet))
    alone = all(one.message == first.message for one in several)
    return Group(first.rule, first.severity, first.message if alone else first.fault, cells)
