"""One-time links, by which a person chooses a password: an invitation or a reset.

The link holds a random token; the database holds only its digest. Links run on the real clock.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from dacommission.accounts.models import OneTimeLink, User
from dacommission.accounts.sessions import digest
from dacommission.db import db

LASTING = {"invitation": timedelta(hours=48), "reset": timedelta(minutes=60)}


def issue(user: User, *, at: datetime) -> tuple[OneTimeLink, str]:
    """A new link and its token, which is nowhere else; older links stop working.

    An invitation for somebody who has no password yet, otherwise a reset. Within the unit of work in hand.
    """
    cancel_all(user, at=at)
    purpose = "reset" if user.password_hash else "invitation"
    token = secrets.token_urlsafe(32)
    link = OneTimeLink(
        user_id=user.id,
        purpose=purpose,
        token_sha256=digest(token),
        issued_at=at,
        expires_at=at + LASTING[purpose],
    )
    db.session.add(link)
    return link, token


def cancel_all(user: User, *, at: datetime) -> None:
    """No link issued so far works any longer. Within the unit of work in hand."""
    db.session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.user_id == user.id,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.cancelled_at.is_(None),
        )
        .values(cancelled_at=at)
    )


def usable(token: str, *, at: datetime) -> OneTimeLink | None:
    """The link of a token; None alike when it is unknown, used, cancelled, too old, or its account disabled."""
    link = db.session.scalar(select(OneTimeLink).where(OneTimeLink.token_sha256 == digest(token)))
    if link is None or link.used_at or link.cancelled_at or at >= link.expires_at or not link.user.is_active:
        return None
    return link
