"""More time for a return: asked for by its provider and granted or declined, or given without being asked.

The day on which a return is due changes only when more time is granted. Each deed is one unit of work with its
audit event; reasons never go into the audit log.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.commissioning.actions import Refused
from dacommission.cycle.models import DueExtension
from dacommission.db import Conflict, check_version, db, unit_of_work
from dacommission.returns.deadlines import WAITED_FOR
from dacommission.returns.models import Return
from dacommission.returns.steps import NOT_YOURS
from dacommission.roles import Permission
from dacommission.web.clock import end_of_day

NOT_WAITED_FOR = "Nobody waits for this return now, so it needs no more time."
ASKED_ALREADY = "More time was asked for already, and there is no answer yet."
PROVIDER_ASKS = "The provider asks for more time. You can give it without being asked."
DECIDED = "This request was decided already."
TOO_EARLY = "The new day must be after the day on which the return is due now."
NOT_LATER = "The return is due as late as that already. Decline, or give another day."


def of_return(due: Return) -> list[DueExtension]:
    """What was asked for and given, latest first."""
    found = select(DueExtension).where(DueExtension.return_id == due.id)
    return list(db.session.scalars(found.order_by(DueExtension.asked_at.desc(), DueExtension.id)))


def open_requests(user: User) -> Select[DueExtension]:
    """The requests that wait for an answer of this user's body, the oldest first."""
    returns = Return.visible_to(user, Permission.RETURNS_REVIEW).with_only_columns(Return.id).order_by(None)
    waited_for = select(Return.id).where(Return.status.in_(WAITED_FOR), Return.id.in_(returns))
    asked = select(DueExtension).where(DueExtension.status == "asked", DueExtension.return_id.in_(waited_for))
    return asked.order_by(DueExtension.asked_at, DueExtension.id)


def visible_to(user: User) -> Select[DueExtension]:
    """The requests that a user may decide."""
    returns = Return.visible_to(user, Permission.RETURNS_REVIEW).with_only_columns(Return.id).order_by(None)
    return select(DueExtension).where(DueExtension.return_id.in_(returns)).order_by(DueExtension.id)


def can_have(due: Return) -> bool:
    """Whether more time would mean anything: the return is waited for."""
    return due.status in WAITED_FOR and not due.backfilled


def is_asked(due: Return) -> bool:
    """Whether a request waits for an answer."""
    asked = select(DueExtension.id).where(DueExtension.return_id == due.id, DueExtension.status == "asked")
    return db.session.scalar(asked) is not None


def ask(due: Return, *, until: date, reason: str, version: int, by: User, at: datetime) -> DueExtension:
    """The provider's request. Raises Conflict when the return changed since, or Refused."""
    with unit_of_work():
        _check(due, version, Permission.RETURNS_UPLOAD, by=by)
        if by.organisation_id != due.contract.provider_id:
            raise Refused("", PROVIDER_ASKS)
        if is_asked(due):
            raise Refused("", ASKED_ALREADY)
        asked = _extension(due, until, reason=reason, by=by, at=at)
        db.session.add(asked)
        db.session.flush()
        audit.record("extension-asked", subject=due, by=by, **_told(asked, at))
    return asked


def give(due: Return, *, until: date, reason: str, version: int, by: User, at: datetime) -> DueExtension:
    """More time without being asked. Raises Conflict when the return changed since, or Refused."""
    with unit_of_work():
        _check(due, version, Permission.RETURNS_REVIEW, by=by)
        given = _extension(due, until, reason=reason, by=by, at=at)
        given.status, given.decided_at, given.decided_by_id = "granted", at, by.id
        db.session.add(given)
        due.due_at, due.version = given.due_at, due.version + 1
        db.session.flush()
        audit.record("extension-given", subject=due, by=by, **_told(given, at))
    return given


def grant(asked: DueExtension, *, answer: str, version: int, by: User, at: datetime) -> None:
    """Raises Conflict when somebody else decided meanwhile, or Refused when it no longer means anything."""
    with unit_of_work():
        due = _decide(asked, "granted", answer=answer, version=version, by=by, at=at)
        if not can_have(due):
            raise Refused("", NOT_WAITED_FOR)
        if asked.due_at <= due.due_at:
            raise Refused("", NOT_LATER)
        asked.previous_due_at = due.due_at
        due.due_at, due.version = asked.due_at, due.version + 1
        db.session.flush()
        audit.record("extension-granted", subject=due, by=by, **_told(asked, at))


def decline(asked: DueExtension, *, answer: str, version: int, by: User, at: datetime) -> None:
    """Raises Conflict when somebody else decided meanwhile."""
    with unit_of_work():
        due = _decide(asked, "declined", answer=answer, version=version, by=by, at=at)
        audit.record("extension-declined", subject=due, by=by, **_told(asked, at))


def _check(due: Return, version: int, permission: Permission, *, by: User) -> None:
    if due.version != version:
        raise Conflict
    if db.session.scalar(Return.visible_to(by, permission).where(Return.id == due.id)) is None:
        raise Refused("", NOT_YOURS)
    if not can_have(due):
        raise Refused("", NOT_WAITED_FOR)


def _decide(asked: DueExtension, status: str, *, answer: str, version: int, by: User, at: datetime) -> Return:
    check_version(asked, version)
    if asked.status != "asked":
        raise Refused("", DECIDED)
    if db.session.scalar(visible_to(by).where(DueExtension.id == asked.id)) is None:
        raise Refused("", NOT_YOURS)
    asked.status, asked.answer, asked.decided_at, asked.decided_by_id = status, answer, at, by.id
    return asked.due


def _extension(due: Return, until: date, *, reason: str, by: User, at: datetime) -> DueExtension:
    due_at = end_of_day(until)
    if due_at <= due.due_at:
        raise Refused("due_on", TOO_EARLY)
    return DueExtension(
        return_id=due.id, previous_due_at=due.due_at, due_at=due_at, reason=reason, asked_at=at, asked_by_id=by.id
    )


def _told(asked: DueExtension, at: datetime) -> dict[str, Any]:
    return {"when": at.isoformat(), "from_day": asked.previous_due_at.isoformat(), "to_day": asked.due_at.isoformat()}
