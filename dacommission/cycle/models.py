"""Extensions of the day on which a return is due."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.accounts.models import User
from dacommission.db import Identified, Versioned, db
from dacommission.returns.models import Return

EXTENSION_STATUSES = {"asked": "Asked for", "granted": "Granted", "declined": "Declined"}


class DueExtension(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """A later day on which a return is due: asked for by its provider, or granted without being asked."""

    __tablename__ = "due_extension"
    __table_args__ = (
        CheckConstraint("previous_due_at < due_at", name="later than before"),
        CheckConstraint(f"status IN ({', '.join(map(repr, EXTENSION_STATUSES))})", name="known status"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided when and by whom"),
        CheckConstraint("(status = 'asked') = (decided_at IS NULL)", name="decided or still asked for"),
    )

    return_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract_return.id"), index=True)
    previous_due_at: Mapped[datetime]
    due_at: Mapped[datetime]  # the end of a London day, as a return's
    reason: Mapped[str]
    status: Mapped[str] = mapped_column(default="asked")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    answer: Mapped[str] = mapped_column(default="")

    due: Mapped[Return] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    def __str__(self) -> str:
        return f"Extension, {self.due}"
