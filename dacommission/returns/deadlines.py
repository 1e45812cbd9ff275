"""When a return is due, and how late it is, in words. Decided by the day in London."""

from __future__ import annotations

from datetime import date

from dacommission.returns.models import Return
from dacommission.returns.workflow import ReturnStatus, StepNotAllowed
from dacommission.web import words
from dacommission.web.clock import london_day, working_days_between
from imports.periods import Period

WAITED_FOR = frozenset({ReturnStatus.DUE, ReturnStatus.RECEIVED, ReturnStatus.SENT_BACK})


def is_late(due: Return, today: date) -> bool:
    """Whether the return is still waited for after its last day; one that came in time and was sent back is not."""
    if due.status == ReturnStatus.SENT_BACK and due.submitted_at is not None and due.submitted_at <= due.due_at:
        return False
    return due.status in WAITED_FOR and london_day(due.due_at) < today


def due_words(due: Return, today: date) -> str:
    """ "due Friday 21 July 2023" until that day has passed or the return is settled, and then as `lateness`."""
    if _has_time(due, today):
        return f"due {words.due_day(due.due_at)}"
    return lateness(due, today)


def _has_time(due: Return, today: date) -> bool:
    return due.status in WAITED_FOR and today <= london_day(due.due_at)


def lateness(due: Return, today: date) -> str:
    """ "late by 29 working days", "submitted 3 working days late", "submitted in time"; "" before it can be told."""
    if is_late(due, today):
        return f"late by {_working_days(london_day(due.due_at), today)}"
    if due.submitted_at is None or _has_time(due, today):
        return ""
    if due.submitted_at <= due.due_at:
        return "submitted in time"
    late = f"submitted {_working_days(london_day(due.due_at), london_day(due.submitted_at))} late"
    return f"{late}, first received in time" if due.uploads and due.uploads[0].received_at <= due.due_at else late


def _working_days(day: date, later: date) -> str:
    """A day that ends on a weekend is late by a working day all the same."""
    count = max(working_days_between(day, later), 1)
    return f"{count} working day{'s' if count > 1 else ''}"


def must_have_ended(period: Period, day: date) -> None:
    """Raises StepNotAllowed while the quarter still runs: its figures cannot be known yet."""
    if day <= period.end:
        raise StepNotAllowed(f"{period.label} ends on {words.day(period.end)}. Upload its return after that day.")
