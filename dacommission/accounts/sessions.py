"""Signed-in browsers. The cookie carries a random token; the database knows its digest and can end it.

Sessions run on the real clock, also in the demo.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from flask import Flask, request, session
from flask_login import LoginManager
from sqlalchemy import select, update

from dacommission.accounts.models import User, UserSession
from dacommission.db import db

IDLE = timedelta(minutes=30)
ADMINISTRATOR_IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # how stale the last-seen time may be, so that reading rarely writes
KEY = "token"


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(user: User, *, browser: str, at: datetime) -> str:
    """A new session, within the unit of work in hand; gives the token that only the browser will hold."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        UserSession(
            user_id=user.id,
            token_sha256=digest(token),
            started_at=at,
            seen_at=at,
            browser=browser[:120],
            ended_at=None,
        )
    )
    return token


def remember_token(token: str) -> None:
    """Puts the token in this browser's cookie, in place of whatever was there."""
    session.clear()
    session[KEY] = token


def current(at: datetime) -> UserSession | None:
    """The live session of the request, or None when there is none, it was ended, or it has expired."""
    token = session.get(KEY)
    if not isinstance(token, str):
        return None
    found = db.session.scalar(select(UserSession).where(UserSession.token_sha256 == digest(token)))
    if found is None or found.ended_at is not None or not found.user.is_active:
        return None
    idle = ADMINISTRATOR_IDLE if found.user.role == "administrator" else IDLE
    if at - found.seen_at > idle or at - found.started_at > LONGEST:
        return None
    return found


def end_all(user: User, *, at: datetime) -> None:
    """Ends every session of a user, within the unit of work in hand."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
        .values(ended_at=at)
    )


def init_sessions(app: Flask) -> None:
    login = LoginManager(app)
    login.session_protection = None  # the token alone decides

    @login.request_loader
    def load(_: object) -> User | None:
        at = datetime.now(UTC)
        found = current(at)
        if found is None:
            return None
        if at - found.seen_at > SEEN_EVERY and request.endpoint != "static":
            with db.engine.begin() as connection:
                connection.execute(update(UserSession).where(UserSession.id == found.id).values(seen_at=at))
        return found.user
