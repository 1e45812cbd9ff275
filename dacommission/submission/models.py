"""What goes with a return when it is submitted: explanations of its figures, and who may declare it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.accounts.models import User
from dacommission.db import Identified, Versioned, db
from dacommission.indicators.models import Indicator
from dacommission.returns.models import Return
from dacommission.roles import Permission, Role, Scope, scope


class Explanation(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """Why one figure of a return is what it is: what happened, why, what is done about it, and by when."""

    __tablename__ = "explanation"
    __table_args__ = (UniqueConstraint("return_id", "indicator_code"),)

    return_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract_return.id"), index=True)
    indicator_code: Mapped[str] = mapped_column(ForeignKey("indicator.code"))
    what: Mapped[str]
    why: Mapped[str]
    action: Mapped[str] = mapped_column(default="")
    by_when: Mapped[date | None]
    written_at: Mapped[datetime]
    written_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    due: Mapped[Return] = relationship()
    indicator: Mapped[Indicator] = relationship()
    written_by: Mapped[User] = relationship()

    def __str__(self) -> str:
        return f"Explanation of {self.indicator_code}, {self.due}"


class Deputy(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """Somebody of a provider who may declare its returns while the manager is absent."""

    __tablename__ = "deputy"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", name="ends after it began"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str]
    named_at: Mapped[datetime]
    named_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    user: Mapped[User] = relationship(foreign_keys=user_id)
    named_by: Mapped[User] = relationship(foreign_keys=named_by_id)

    @classmethod
    def visible_to(cls, user: User, permission: Permission = Permission.DEPUTIES_NAME) -> Select[Deputy]:
        """The deputies whom a user may name: those of his own provider, the latest first."""
        found = select(cls).join(cls.user).order_by(cls.starts_on.desc(), cls.named_at.desc(), cls.id)
        if scope(Role(user.role), permission) is not Scope.OWN:
            return found.where(false())
        return found.where(User.organisation_id == user.organisation_id)

    def __str__(self) -> str:
        return f"{self.user}, deputy"
