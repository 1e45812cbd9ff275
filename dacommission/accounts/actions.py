"""What is done to accounts by those who look after them: invite, edit, disable, enable, issue a link.

Nobody chooses another person's password, changes his own role or disables himself, and one active
administrator always remains.
"""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from dacommission import audit
from dacommission.accounts import links, sessions
from dacommission.accounts.models import OneTimeLink, User
from dacommission.db import check_version, db, unit_of_work
from dacommission.organisations.models import Organisation
from dacommission.roles import ROLE_NAMES, ROLE_ORGANISATIONS, Role

EMAIL = re.compile(r"[^@\s<>()\[\],;:\"\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
LONGEST_EMAIL = 254


class NotPossible(Exception):
    """The step does not follow; the message says why and what to do instead."""


class EmailTaken(NotPossible):
    """There is an account with this address already."""


def is_email(text: str) -> bool:
    """Whether a text has the shape of an e-mail address."""
    return len(text) <= LONGEST_EMAIL and EMAIL.fullmatch(text.lower()) is not None


def invite(
    *, email: str, name: str, role: Role, organisation: Organisation, by: audit.Actor, at: datetime
) -> tuple[User, OneTimeLink, str]:
    """A new account without a password, and the one-time link with its token. Raises NotPossible."""
    email = email.strip().lower()
    require_suitable(role, organisation)
    try:
        with unit_of_work():
            if db.session.scalar(select(User.id).where(User.email == email)):
                raise EmailTaken(f"There is an account for {email} already. Look for it in the list of users.")
            user = User(
                email=email,
                name=name.strip(),
                role=str(role),
                organisation_id=organisation.id,
                created_at=at,
            )
            db.session.add(user)
            db.session.flush()
            link, token = links.issue(user, at=at)
            audit.record("user-invited", subject=user, by=by, security=True, role=str(role))
    except IntegrityError:
        raise EmailTaken(f"There is an account for {email} already. Look for it in the list of users.") from None
    return user, link, token


def require_suitable(role: Role, organisation: Organisation) -> None:
    """Raises NotPossible when people of this organisation cannot have this role."""
    if organisation.kind not in ROLE_ORGANISATIONS[role]:
        raise NotPossible(
            f"{ROLE_NAMES[role]} is not a role at {organisation.name}. Choose another role or organisation."
        )


def issue_link(user: User, *, by: User, at: datetime) -> tuple[OneTimeLink, str]:
    """A new invitation, or a password reset for somebody who has a password. Raises NotPossible.

    Never for oneself: whoever finds a browser signed in must still know the password to change it.
    """
    with unit_of_work():
        if user.id == by.id:
            raise NotPossible("You cannot issue a link for yourself. Change your password on the page of your account.")
        if not user.is_active:
            raise NotPossible(f"{user.name}'s account is disabled. Enable it before you issue a link.")
        link, token = links.issue(user, at=at)
        audit.record("user-link-issued", subject=user, by=by, security=True, link=link.purpose)
    return link, token


def disable(user: User, *, by: User, at: datetime) -> None:
    """The person can no longer sign in, and is signed out now. Harmless twice. Raises NotPossible."""
    with unit_of_work():
        if user.id == by.id:
            raise NotPossible("You cannot disable your own account. Ask another administrator.")
        _require_another_administrator(user)
        if user.is_active:
            user.disabled_at = at
            user.version += 1
            links.cancel_all(user, at=at)
            sessions.end_all(user, at=at)
            audit.record("user-disabled", subject=user, by=by, security=True)


def enable(user: User, *, by: User) -> None:
    """The person can sign in again with the password held. Harmless twice."""
    with unit_of_work():
        if not user.is_active:
            user.disabled_at = None
            user.version += 1
            audit.record("user-enabled", subject=user, by=by, security=True)


def end_sessions(user: User, *, by: User, at: datetime) -> None:
    """Signs the person out everywhere."""
    with unit_of_work():
        sessions.end_all(user, at=at)
        audit.record("user-sessions-ended", subject=user, by=by, security=True)


def edit(user: User, *, name: str, role: Role, version: int, by: User, at: datetime) -> None:
    """A new name or role; with a new role the person must sign in again. Raises Conflict, NotPossible."""
    with unit_of_work():
        check_version(user, version)
        before, user.name = user.role, name.strip()
        if role != before:
            if user.id == by.id:
                raise NotPossible("You cannot change your own role. Ask another administrator.")
            require_suitable(role, user.organisation)
            _require_another_administrator(user)
            user.role = str(role)
            sessions.end_all(user, at=at)
        audit.record("user-edited", subject=user, by=by, security=True, before=before, after=str(role))


def _require_another_administrator(user: User) -> None:
    """Raises NotPossible when, without this one, no active administrator would be left."""
    if user.role != Role.ADMINISTRATOR or not user.is_active:
        return
    others = select(func.count(User.id)).where(
        User.role == Role.ADMINISTRATOR, User.disabled_at.is_(None), User.id != user.id
    )
    if not db.session.scalar(others):
        raise NotPossible(f"{user.name} is the last active administrator. Make somebody else an administrator first.")
