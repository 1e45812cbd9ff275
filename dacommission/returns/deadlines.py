"""When a return is due, and how late it is, in words. Decided by the day in London."""

from __future__ import annotations

from datetime import date, timedelta

from dacommission.commissioning.models import Contract
from dacommission.returns.models import Return
from dacommission.returns.workflow import ReturnStatus, StepNotAllowed
from dacommission.web import words
from dacommission.web.clock import london_day, working_day_from, working_days_after, working_days_between
from imports.periods import Period

BACKFILLED = "backfilled, so nobody waits for it"
ENDED = (
    "{contract} ended on {ended}, and this return was due on {due}, so the provider can upload nothing more to it. "
    "Ask the commissioner for more time."
)
ASKED_AGAIN = frozenset({ReturnStatus.QUERIED, ReturnStatus.SENT_BACK})
WAITED_FOR = frozenset({ReturnStatus.DUE, ReturnStatus.RECEIVED, ReturnStatus.SENT_BACK})


def due_day_of(contract: Contract, quarter: Period) -> date:
    """The day in London on which the contract's return for a quarter is due, by the contract's rule as it is now."""
    if contract.return_day is None:
        return working_days_after(quarter.end, contract.return_working_days)
    month = quarter.end + timedelta(days=1)
    return working_day_from(month.replace(day=contract.return_day))


def is_late(due: Return, today: date) -> bool:
    """Whether the return is still waited for after its last day; one that was first submitted in time is not.

    Neither is one that was backfilled.
    """
    if due.backfilled or came_in_time(due):
        return False
    return due.status in WAITED_FOR and london_day(due.due_at) < today


def came_in_time(due: Return) -> bool:
    """Whether it was submitted by its last day, whatever became of it since."""
    return due.first_submitted_at is not None and due.first_submitted_at <= due.due_at


def due_words(due: Return, today: date) -> str:
    """ "due Friday 21 July 2023" until that day has passed or the return is settled, and then as `lateness`."""
    if _has_time(due, today):
        return f"due {words.due_day(due.due_at)}"
    return lateness(due, today)


def _has_time(due: Return, today: date) -> bool:
    return due.status in WAITED_FOR and not due.backfilled and today <= london_day(due.due_at)


def lateness(due: Return, today: date) -> str:
    """ "late by 29 working days", "submitted 3 working days late", "submitted in time"; "" before it can be told."""
    if due.backfilled:
        return BACKFILLED
    if is_late(due, today):
        return f"late by {_working_days(london_day(due.due_at), today)}"
    if due.first_submitted_at is None or _has_time(due, today):
        return ""
    if came_in_time(due):
        return "submitted in time"
    late = f"submitted {_working_days(london_day(due.due_at), london_day(due.first_submitted_at))} late"
    return f"{late}, first received in time" if due.uploads and due.uploads[0].received_at <= due.due_at else late


def _working_days(day: date, later: date) -> str:
    """A day that ends on a weekend is late by a working day all the same."""
    count = max(working_days_between(day, later), 1)
    return f"{count} working day{'s' if count > 1 else ''}"


def must_have_ended(period: Period, day: date) -> None:
    """Raises StepNotAllowed while the quarter still runs: its figures cannot be known yet."""
    if day <= period.end:
        raise StepNotAllowed(f"{period.label} ends on {words.day(period.end)}. Upload its return after that day.")


def must_be_open_for_uploads(due: Return, day: date, *, on_behalf: bool) -> None:
    """Raises StepNotAllowed while the quarter runs and, for the provider, when the contract's time is over.

    After the contract has ended its provider uploads until the return's last day, and whatever is asked of it again.
    """
    must_have_ended(due.period, day)
    ended, due_on = due.contract.last_day, london_day(due.due_at)
    if on_behalf or day <= ended or due.status in ASKED_AGAIN:
        return
    if due.backfilled or day > due_on:
        told = {"contract": due.contract.reference, "ended": words.day(ended), "due": words.day(due_on)}
        raise StepNotAllowed(ENDED.format(**told))


def is_open_for_uploads(due: Return, day: date, *, on_behalf: bool) -> bool:
    """Whether `must_be_open_for_uploads` lets one through."""
    try:
        must_be_open_for_uploads(due, day, on_behalf=on_behalf)
    except StepNotAllowed:
        return False
    return True
