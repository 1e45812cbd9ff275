"""What is said of a figure that is not given: the day on which it will be there, the reason why it is withheld.

Used by every layout. Nothing is taken from a comment but the reason; a day is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from imports import cells, headings, period_words
from imports.cells import tidy
from imports.periods import Period
from imports.reading import Cell, Kind, Observation, Problem, Severity, Status
from imports.sheets import Spot

# What is said once where the same stands in several rows.
CONTRADICTED = "These figures stand beside a status. In each row, clear one of the two."
UNREASONED = "These figures are withheld, and nothing says why. Give the reason as comment of each."
UNDATED = "These figures are not yet available. Give for each the day on which it will be."
UNMARKED = "These rows are not marked as not yet available, so the days beside them were not read."
TOO_EARLY = "These figures are not yet available, and their days were before the quarter ended. Correct the days."

_REASON = re.compile(r"with-?held\b[\s:;,.()-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the figures of one row. A place is None where the table has no such column."""

    name: str  # of the row: "HUB-01 Referrals received"
    period: Period | None
    status: str = ""  # as written
    day: Cell | None = None
    day_place: Spot | None = None
    reason_place: Spot | None = None


def explained(seen: Iterable[Observation], beside: Beside) -> list[Observation]:
    """The figures of a row, each not yet available with its day, each withheld with its reason as comment."""
    return [_explained(one, beside) for one in seen]


def _explained(one: Observation, beside: Beside) -> Observation:
    if one.status is Status.PENDING:
        day = promised(beside.day) or period_words.day(one.shown) or period_words.day(beside.status)
        return one._replace(expected_on=day)
    if one.status is Status.WITHHELD and not one.comment:
        return one._replace(comment=reason(one.shown) or reason(beside.status))
    return one


def promised(cell: Cell | None) -> date | None:
    """The day that a cell holds, as a date or in words; None when it holds none."""
    if cell is not None and cell.kind is Kind.DATE and isinstance(cell.value, date):
        return date(cell.value.year, cell.value.month, cell.value.day)
    return period_words.day(headings.text(cell))


def reason(written: str) -> str:
    """What follows the word: "small numbers" of "withheld – small numbers"; "" when nothing does."""
    text = tidy(written)
    word = _REASON.match(text)
    return text[word.end() :].removesuffix(")") if word else ""


def faults(seen: Sequence[Observation], beside: Beside) -> Iterator[Problem]:
    """What the row's figures need besides their status, once a row; for rows that were explained."""
    pending = [one for one in seen if one.status is Status.PENDING]
    if beside.day_place is not None:
        yield from _day_faults(pending, beside, beside.day_place)
    for one in [one for one in seen if one.status is Status.WITHHELD and not one.comment][:1]:
        at = beside.reason_place.cell if beside.reason_place else one.cell
        message = f"{beside.name} is withheld, and nothing says why. Give the reason as its comment."
        yield Problem("status-reason", Severity.ERROR, message, one.sheet, at, UNREASONED)


def _day_faults(pending: Sequence[Observation], beside: Beside, place: Spot) -> Iterator[Problem]:
    written, day = headings.text(beside.day), promised(beside.day)
    promise = pending[0].expected_on if pending else None
    severity, shared = Severity.QUESTION, ""
    if written and day is None:
        severity, message = Severity.ERROR, f"“{written[:40]}” is not a day. Write it as, for example, 31/01/2023."
    elif written and not pending:
        severity, shared = Severity.WARNING, UNMARKED
        message = f"{beside.name} is not marked as not yet available, so the day beside it was not read."
    elif pending and promise is None:
        shared = UNDATED
        message = f"{beside.name} is not yet available. Give the day on which it will be."
    elif promise and beside.period and promise <= beside.period.end:
        shared = TOO_EARLY
        message = f"{beside.name} is not yet available, and its day was before the quarter ended. Correct the day."
    else:
        return
    yield Problem("status-day", severity, message, *place, shared)


def stated(written: str) -> Status | None:
    """The status that a column of statuses states; None where it says only that the figure is there, or nothing.

    Raises ValueError for other words.
    """
    if headings.folded(written) in THERE:
        return None
    if found := cells.status(written):
        return found
    raise ValueError(written)


THERE = frozenset({"", "reported", "ok", "actual", "final", "provided", "complete"})
