"""Users, their sessions, one-time links and failed sign-ins.

No password and no token is stored: only digests of them.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.db import Identified, Versioned, db
from dacommission.organisations.models import Organisation
from dacommission.roles import ROLE_NAMES, Permission, Role, Scope, scope

_ROLES = ", ".join(f"'{role}'" for role in Role)


class User(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint(f"role IN ({_ROLES})", name="known role"),
        CheckConstraint("email = lower(email)", name="email in lower case"),
    )

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    password_hash: Mapped[str | None]  # None until the invitation is taken up
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_anonymous = False

    @classmethod
    def visible_to(cls, user: User) -> Select[User]:
        """The accounts a user looks after: all of them, or the uploaders of his own provider."""
        found = select(cls).order_by(cls.name, cls.id)
        match scope(Role(user.role), Permission.USERS_MANAGE):
            case Scope.ANY:
                return found
            case Scope.OWN:
                own = cls.organisation_id == user.organisation_id
                return found.where(own, cls.role == Role.PROVIDER_UPLOADER)
        return found.where(false())

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None

    def get_id(self) -> str:
        return str(self.id)

    @property
    def role_name(self) -> str:
        return ROLE_NAMES[Role(self.role)]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation.short_name})"


class UserSession(Identified, db.Model):  # type: ignore[name-defined]
    """One signed-in browser. The cookie holds a token; only its SHA-256 is here, so a session can be ended."""

    __tablename__ = "user_session"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    browser: Mapped[str]  # the program's own words, cut short

    user: Mapped[User] = relationship(lazy="joined")


class OneTimeLink(Identified, db.Model):  # type: ignore[name-defined]
    """An invitation or a password reset: works once, for a while, for one account."""

    __tablename__ = "one_time_link"
    __table_args__ = (CheckConstraint("purpose IN ('invitation', 'reset')", name="known purpose"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    purpose: Mapped[str]
    token_sha256: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class FailedSignIn(Identified, db.Model):  # type: ignore[name-defined]
    """One wrong guess: which account (as a keyed digest, so no address book builds up) and from where."""

    __tablename__ = "failed_sign_in"

    account: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
