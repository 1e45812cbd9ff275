"""The earlier figures that a return workbook repeats beside its answers, read back as they stand there now.

They are locked, and are no answers; whether somebody changed them is for the rules to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from imports import observing
from imports import template_layout as layout
from imports.periods import Period
from imports.reading import Cell, Kind, Part, Problem, Restated, Severity, Term
from imports.template_rows import Row


def restated(row: Row, term: Term, period: Period) -> Iterator[Restated | Problem]:
    """The figures of last quarter and of the same quarter last year; a warning for what is no figure any more."""
    for key, earlier in (("last_quarter", period.previous()), ("year_ago", period.year_earlier())):
        cell = row.cells.get(key)
        if cell is None or cell.kind is Kind.UNCALCULATED:
            continue
        place, found = row.place(key), _figures(cell, term)
        if not found:
            message = (
                f"This cell held a figure of {earlier} for {term.code}, and now says “{cell.shown[:40]}”. What was "
                "accepted for that quarter stays as it is. Ask for it to be corrected if it was wrong."
            )
            yield Problem("past-figure", Severity.WARNING, message, place.sheet, place.cell)
        for part, value in found.items():
            yield Restated(place.sheet, place.cell, term.code, part, earlier, value)


def _figures(cell: Cell, term: Term) -> dict[Part, Decimal]:
    """ "13 of 17" as the two counts of a rate, or one number; empty when it is neither."""
    parts = observing.parts(term)
    if len(parts) == 1:
        counts = [cell]
    else:
        words = str(cell.value).split(layout.PAIR)
        counts = [cell._replace(kind=Kind.TEXT, value=word, shown=word) for word in words]
    values = [observing.meaning(count, term, part).value for count, part in zip(counts, parts, strict=False)]
    known = {part: value for part, value in zip(parts, values, strict=False) if value is not None}
    return known if len(known) == len(parts) == len(counts) else {}
