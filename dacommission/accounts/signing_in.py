"""Signing in and out, and choosing a password: what changes, and what the audit log says of it.

An unknown address, a disabled account, one without a password and a wrong password are refused alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from dacommission import audit
from dacommission.accounts import links, passwords, sessions, throttle
from dacommission.accounts.models import User, UserSession
from dacommission.db import db, unit_of_work
from dacommission.organisations.models import Organisation


class SignInRefused(Exception):
    """The address and the password do not belong together; nothing more is said."""


class LinkNotUsable(Exception):
    """The one-time link is unknown, used, cancelled or too old."""


class WrongPassword(Exception):
    """The current password was not the one typed."""


@dataclass(frozen=True)
class _Tried:
    """The account somebody tried, for the log. Of one that does not exist, what was typed is not kept."""

    id: str = ""
    name: str = "an account that does not exist"
    __tablename__ = "user_account"

    def __str__(self) -> str:
        return self.name


def sign_in(email: str, password: str, *, address: str, browser: str, at: datetime) -> str:
    """The new session's token. Raises SignInRefused, or TooManyTries before the password is looked at."""
    email = email.strip().lower()
    with unit_of_work():
        throttle.take_a_try(email, address, at=at)
    user = db.session.scalar(select(User).where(User.email == email))
    tried = _Tried(str(user.id), str(user)) if user else _Tried()
    reason = _why_not(user, password)
    if user is None or reason:
        with unit_of_work():
            audit.record("sign-in-failed", subject=tried, by=audit.Nobody(), security=True, reason=reason)
        raise SignInRefused
    stored = user.password_hash or ""
    renewed = passwords.hashed(password) if passwords.is_outdated(stored) else stored
    return _let_in(user, address=address, browser=browser, at=at, checked=stored, renewed=renewed)


def _why_not(user: User | None, password: str) -> str:
    """Why a person is not let in, for the log; "" when nothing speaks against it. Always as slow."""
    right = passwords.matches(user.password_hash if user else None, password)
    if user is None:
        return "unknown"
    if user.password_hash is None:
        return "no-password"
    if not right:
        return "wrong-password"
    return "" if user.is_active else "disabled"


def _let_in(user: User, *, address: str, browser: str, at: datetime, checked: str, renewed: str) -> str:
    with unit_of_work():
        if not user.is_active or user.password_hash != checked:
            raise SignInRefused  # disabled or given a new password while this one was being checked
        user.password_hash = renewed
        throttle.forget(user.email, address)
        token = sessions.start(user, browser=browser, at=at)
        audit.record("signed-in", subject=user, by=user, security=True)
    return token


def sign_out(session: UserSession, *, at: datetime) -> None:
    """Ends this session: its cookie opens nothing from now on."""
    with unit_of_work():
        session.ended_at = at
        audit.record("signed-out", subject=session.user, by=session.user, security=True)


def end_session(session: UserSession, *, by: User, at: datetime) -> None:
    """Ends one of the person's own other sessions. Harmless when it has ended already."""
    with unit_of_work():
        if session.ended_at is None:
            session.ended_at = at
            audit.record("session-ended", subject=session.user, by=by, security=True)


def choose_password(token: str, password: str, *, at: datetime) -> User:
    """Takes up a one-time link: sets the password, uses the link up and ends every session.

    Raises LinkNotUsable or PasswordRefused, having changed nothing.
    """
    link = links.usable(token, at=at)
    if link is None:
        raise LinkNotUsable
    passwords.check_new(password, context=guessable_words(link.user))
    stored = passwords.hashed(password)
    with unit_of_work():
        link = links.usable(token, at=at)  # two people may have followed it at once
        if link is None:
            raise LinkNotUsable
        user, link.used_at = link.user, at
        _set_password(user, stored, at=at)
        audit.record("password-chosen", subject=user, by=user, security=True, link=link.purpose)
    return user


def change_password(user: User, *, current: str, new: str, address: str, browser: str, at: datetime) -> str:
    """A new session's token, every other session ended. Raises WrongPassword, PasswordRefused, TooManyTries."""
    with unit_of_work():
        throttle.take_a_try(user.email, address, at=at)
    checked = user.password_hash
    if not passwords.matches(checked, current):
        with unit_of_work():
            audit.record("password-change-refused", subject=user, by=user, security=True)
        raise WrongPassword
    passwords.check_new(new, context=guessable_words(user))
    stored = passwords.hashed(new)
    with unit_of_work():
        if user.password_hash != checked:
            raise WrongPassword
        throttle.forget(user.email, address)
        _set_password(user, stored, at=at)
        token = sessions.start(user, browser=browser, at=at)
        audit.record("password-changed", subject=user, by=user, security=True)
    return token


def _set_password(user: User, stored: str, *, at: datetime) -> None:
    user.password_hash = stored
    links.cancel_all(user, at=at)
    sessions.end_all(user, at=at)


def guessable_words(user: User) -> list[str]:
    """Names an attacker would try for this person first."""
    organisations = db.session.execute(select(Organisation.name, Organisation.short_name))
    return [user.name, user.email, *(word for names in organisations for word in names)]
