"""Naming a deputy who may declare a provider's returns while the manager is absent, and ending it early."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.db import check_version, db, unit_of_work
from dacommission.roles import Role
from dacommission.submission.models import Deputy
from dacommission.web.clock import london_day
from dacommission.web.words import day as in_words

NOT_AN_UPLOADER = "A deputy is one of your own organisation's uploaders, with an account that is not disabled."
ALREADY = "{name} is a deputy from {start} to {end} already. Choose other days, or end that first."
OVER = "This deputy's time is over already."


class NotPossible(Exception):
    """Nobody can be named, or ended, so; the message says why, and `field` names the form's field."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def name_deputy(user: User, *, starts_on: date, ends_on: date, reason: str, by: User, at: datetime) -> Deputy:
    """Lets an uploader declare the provider's returns from one day to another. Raises NotPossible."""
    with unit_of_work():
        same = user.organisation_id == by.organisation_id and by.role == Role.PROVIDER_MANAGER
        if not same or user.role != Role.PROVIDER_UPLOADER or not user.is_active:
            raise NotPossible("user", NOT_AN_UPLOADER)
        if other := _overlapping(user, starts_on, ends_on):
            words = {"start": in_words(other.starts_on), "end": in_words(other.ends_on)}
            raise NotPossible("starts_on", ALREADY.format(name=user.name, **words))
        named = Deputy(user=user, starts_on=starts_on, ends_on=ends_on, reason=reason, named_at=at, named_by=by)
        db.session.add(named)
        db.session.flush()
        audit.record("deputy-named", subject=named, by=by, user=str(user.id), starts_on=starts_on, ends_on=ends_on)
    return named


def end_deputy(deputy: Deputy, *, version: int, by: User, at: datetime) -> None:
    """Ends a deputy's time now: today is the last day no more. Raises NotPossible, Conflict.

    One whose time has not come yet is taken off the list; the audit log keeps it.
    """
    with unit_of_work():
        check_version(deputy, version)
        today = london_day(at)
        if deputy.ends_on < today:
            raise NotPossible("", OVER)
        audit.record("deputy-ended", subject=deputy, by=by, user=str(deputy.user_id), ended_on=today)
        if deputy.starts_on >= today:
            db.session.delete(deputy)
        else:
            deputy.ends_on = today - timedelta(days=1)


def _overlapping(user: User, starts_on: date, ends_on: date) -> Deputy | None:
    found = select(Deputy).where(Deputy.user_id == user.id, Deputy.starts_on <= ends_on, Deputy.ends_on >= starts_on)
    return db.session.scalar(found.order_by(Deputy.starts_on, Deputy.id).limit(1))
