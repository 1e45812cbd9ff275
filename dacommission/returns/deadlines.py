"""When a return is due, and how late it is, in words. Decided by the day in London."""

from __future__ import annotations

from datetime import date, datetime

from dacommission.returns.models import Return
from dacommission.returns.workflow import ReturnStatus
from dacommission.web.clock import LONDON, working_days_between
from dacommission.web.words import due_day

WAITED_FOR = frozenset({ReturnStatus.DUE, ReturnStatus.RECEIVED, ReturnStatus.SENT_BACK})


def is_late(due: Return, today: date) -> bool:
    """Whether the return is still waited for after its last day."""
    return due.status in WAITED_FOR and _day(due.due_at) < today


def due_words(due: Return, today: date) -> str:
    """ "due Friday 21 July 2023", "late by 29 working days", "submitted 3 working days late", "submitted in time"."""
    if due.status in WAITED_FOR:
        if not is_late(due, today):
            return f"due {due_day(due.due_at)}"
        return f"late by {_working_days(_day(due.due_at), today)}"
    if due.submitted_at is None:
        return ""
    if due.submitted_at <= due.due_at:
        return "submitted in time"
    return f"submitted {_working_days(_day(due.due_at), _day(due.submitted_at))} late"


def _working_days(day: date, later: date) -> str:
    """A day that ends on a weekend is late by a working day all the same."""
    count = max(working_days_between(day, later), 1)
    return f"{count} working day{'s' if count > 1 else ''}"


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
