"""Signed-in browsers. The cookie carries a random token; the database knows its digest and can end it.

Sessions run on the real clock, also in the demo.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from flask import Flask, g, request, session
from flask_login import LoginManager
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from dacommission.accounts.models import User, UserSession
from dacommission.db import db, is_busy, is_full
from dacommission.roles import Role
from dacommission.web.unsent import BROWSER_KEY

IDLE = timedelta(minutes=30)
ADMINISTRATOR_IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # how stale the last-seen time may be, so that reading rarely writes
KEY = "token"
LONGEST_BROWSER = 200
# What a browser says of itself contains → what people call it. The first that fits; most name others too.
BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "OPR": "Opera", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Mac OS": "a Mac",
    "Linux": "Linux",
}


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
            browser=browser[:LONGEST_BROWSER],
            ended_at=None,
        )
    )
    return token


def browser_in_words(browser: str) -> str:
    """ "Firefox on Windows": what a browser says of itself, as people would say it."""
    name = next((name for mark, name in BROWSERS.items() if mark in browser), "Another browser")
    system = next((f" on {name}" for mark, name in SYSTEMS.items() if mark in browser), "")
    return name + system


def remember_token(token: str) -> None:
    """Puts the token in this browser's cookie, in place of whatever was there but what ties unsent forms to it.

    What this request knew of the person and of the form's token until now is forgotten.
    """
    browser = session.get(BROWSER_KEY)
    session.clear()
    session[KEY] = token
    if browser:
        session[BROWSER_KEY] = browser
    for known in ("_login_user", "csrf_token"):
        g.pop(known, None)


def current(at: datetime) -> UserSession | None:
    """The live session of the request, or None when there is none, it was ended, or it has expired."""
    token = session.get(KEY)
    if not isinstance(token, str):
        return None
    found = db.session.scalar(select(UserSession).where(UserSession.token_sha256 == digest(token)))
    return found if found is not None and _is_open(found, at=at) else None


def open_ones(user: User, *, at: datetime) -> list[UserSession]:
    """A user's signed-in browsers, the newest first."""
    unended = (
        select(UserSession)
        .where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
        .order_by(UserSession.started_at.desc(), UserSession.id)
    )
    return [found for found in db.session.scalars(unended) if _is_open(found, at=at)]


def _is_open(found: UserSession, *, at: datetime) -> bool:
    if found.ended_at is not None or not found.user.is_active:
        return False
    idle = ADMINISTRATOR_IDLE if found.user.role == Role.ADMINISTRATOR else IDLE
    return at - found.seen_at <= idle and at - found.started_at <= LONGEST


def end_all(user: User, *, at: datetime) -> None:
    """Ends every session of a user, within the unit of work in hand."""
    db.session.execute(
        update(UserSession).where(UserSession.user_id == user.id, UserSession.ended_at.is_(None)).values(ended_at=at)
    )


def _note_seen(found: UserSession, *, at: datetime) -> None:
    """Keeps the session from growing idle. Where nothing can be written just now, reading goes on all the same."""
    try:
        with db.engine.begin() as connection:
            connection.execute(update(UserSession).where(UserSession.id == found.id).values(seen_at=at))
    except OperationalError as problem:
        if not (is_busy(problem) or is_full(problem)):
            raise


def init_sessions(app: Flask) -> LoginManager:
    login = LoginManager(app)
    login.session_protection = None  # the token alone decides

    @login.request_loader
    def load(_: object) -> User | None:
        at = datetime.now(UTC)
        found = current(at)
        if found is None:
            return None
        if at - found.seen_at > SEEN_EVERY and request.endpoint != "static":
            _note_seen(found, at=at)
        return found.user

    return login
