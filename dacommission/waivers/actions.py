"""Asking for a waiver, deciding on it and ending it early. Each is one unit of work with its audit event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import check_version, db, unit_of_work
from dacommission.roles import Permission
from dacommission.waivers.models import Waiver
from dacommission.web.clock import london_day
from imports.checks import RULES

NOT_YOURS = "You do not have permission to do this to this contract."
NOT_WAIVABLE = "Every return has to meet this rule. Choose another."
OWN_ASKING = "You asked for this waiver yourself, so another person decides on it."
DECIDED = "This waiver was decided on already."
NOT_APPROVED = "Only an approved waiver can be ended."


class NotPossible(Exception):
    """The deed does not follow from where the waiver is, or is somebody else's to do; the message says so."""


@dataclass(frozen=True)
class Wanted:
    """Which rule is not to be met, by which indicator (None: any), from when until when, and why."""

    rule: str  # a key of imports.rules.RULES
    indicator_code: str | None
    starts_on: date
    ends_on: date
    reason: str


def ask(contract: Contract, wanted: Wanted, *, by: User, at: datetime) -> Waiver:
    """Asks that a contract's returns need not meet a rule; the same asked twice is one. Raises NotPossible."""
    with unit_of_work():
        _must_be_theirs(contract, by, Permission.RETURNS_UPLOAD)
        if wanted.rule not in RULES or not RULES[wanted.rule].waivable:
            raise NotPossible(NOT_WAIVABLE)
        if same := _same(contract, wanted, by):
            return same
        asked = Waiver(contract_id=contract.id, contract=contract, asked_at=at, asked_by_id=by.id, **vars(wanted))
        db.session.add(asked)
        db.session.flush()
        audit.record("waiver-asked", subject=asked, by=by, **_about(asked))
    return asked


def decide(waiver: Waiver, *, approved: bool, answer: str, version: int, by: User, at: datetime) -> None:
    """Approves or declines what somebody else asked for. Raises NotPossible, Conflict."""
    with unit_of_work():
        _must_be_theirs(waiver.contract, by, Permission.RETURNS_REVIEW)
        check_version(waiver, version)
        if waiver.status != "asked":
            raise NotPossible(DECIDED)
        if waiver.asked_by_id == by.id:
            raise NotPossible(OWN_ASKING)
        waiver.status = "approved" if approved else "declined"
        waiver.answer, waiver.decided_at, waiver.decided_by_id = answer, at, by.id
        if approved:
            audit.record("waiver-approved", subject=waiver, by=by, **_about(waiver))
        else:
            audit.record("waiver-declined", subject=waiver, by=by, **_about(waiver))


def end(waiver: Waiver, *, version: int, by: User, at: datetime) -> None:
    """Ends an approved waiver: quarters that end from today on have to meet the rule. Raises NotPossible, Conflict."""
    with unit_of_work():
        _must_be_theirs(waiver.contract, by, Permission.RETURNS_REVIEW)
        check_version(waiver, version)
        if waiver.status != "approved":
            raise NotPossible(NOT_APPROVED)
        last = min(waiver.ends_on, london_day(at) - timedelta(days=1))
        waiver.status, waiver.ends_on = "ended", max(waiver.starts_on, last)
        audit.record("waiver-ended", subject=waiver, by=by, **_about(waiver))


def waived_on(contract: Contract, day: date) -> list[Waiver]:
    """The waivers that cover a contract's quarter that ends on a day, those ended since included."""
    found = select(Waiver).where(
        Waiver.contract_id == contract.id,
        Waiver.status.in_(("approved", "ended")),
        Waiver.starts_on <= day,
        Waiver.ends_on >= day,
    )
    return list(db.session.scalars(found.order_by(Waiver.asked_at, Waiver.id)))


def _same(contract: Contract, wanted: Wanted, by: User) -> Waiver | None:
    """The one that this person asked for with these very words already: a button pressed twice."""
    found = select(Waiver).filter_by(contract_id=contract.id, asked_by_id=by.id, status="asked", **vars(wanted))
    return db.session.scalars(found.order_by(Waiver.id)).first()


def _must_be_theirs(contract: Contract, user: User, permission: Permission) -> None:
    if db.session.scalar(Contract.visible_to(user, permission).where(Contract.id == contract.id)) is None:
        raise NotPossible(NOT_YOURS)


def _about(waiver: Waiver) -> dict[str, Any]:
    """What the audit log keeps of a waiver: never a reason's text."""
    about = ("rule", "indicator_code", "starts_on", "ends_on")
    return {name: getattr(waiver, name) for name in about}
