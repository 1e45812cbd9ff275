"""Which kind of figure an indicator's cell should hold, and what is observed in it.

Knows indicators' units and count types, but no sheet, heading or layout.
"""

from __future__ import annotations

from imports import cells
from imports.cells import Meaning, Unreadable
from imports.periods import Period
from imports.reading import Basis, Cell, Part, Status, Term

RATES = frozenset("RM")  # count types that are two counts: a rate, and a mean from its sum
TWO_PLACES = frozenset({"fte", "pounds"})


def parts(term: Term) -> tuple[Part, ...]:
    """The counts that make up an indicator: two for a rate or a mean, one otherwise."""
    return (Part.NUMERATOR, Part.DENOMINATOR) if term.count_type in RATES else (Part.VALUE,)


def basis(term: Term | None, period: Period | None) -> Basis:
    """What stretch of time a figure covers, by the indicator's count type."""
    if term is not None and term.count_type == "Y":
        return Basis.YEAR_TO_DATE
    stock = term is not None and term.count_type == "S"
    return Basis.TOTAL if period is not None and period.kind == "year" and not stock else Basis.PERIOD


def meaning(cell: Cell | None, term: Term | None, part: Part) -> Meaning:
    """What a cell says as a part of an indicator. What is unreadable has the status "error" and its fault."""
    try:
        return _read(cell, term, part)
    except Unreadable as refusal:
        return Meaning(None, Status.ERROR, fault=str(refusal))


def _read(cell: Cell | None, term: Term | None, part: Part) -> Meaning:
    if term is None:
        return cells.number(cell)
    if part is Part.PERCENT:
        return cells.percentage(cell)
    if term.whole:
        return cells.count(cell)
    places = 2 if term.unit in TWO_PLACES else None
    return cells.amount(cell, places=places, signed=term.count_type == "L")
