"""Joint impact summaries, written over live figures, and the releases that froze them for the Board."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.accounts.models import User
from dacommission.commissioning.models import Arrangement
from dacommission.db import Identified, Versioned, db
from imports.periods import Period


class Summary(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """The impact summary of one arrangement for one year or quarter; its figures are live."""

    __tablename__ = "summary"
    __table_args__ = (UniqueConstraint("arrangement_id", "period_key"),)

    arrangement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("arrangement.id"), index=True)
    period_key: Mapped[str]  # "2022" for 2022/23, "2022-Q1"
    narrative: Mapped[str]  # text with tokens, never numbers

    arrangement: Mapped[Arrangement] = relationship()
    releases: Mapped[list[Release]] = relationship(back_populates="summary", order_by="Release.number")

    @property
    def period(self) -> Period:
        return Period.from_key(self.period_key)

    @classmethod
    def visible_to(cls, user: User) -> Select[Summary]:
        arrangements = Arrangement.visible_to(user).with_only_columns(Arrangement.id).order_by(None)
        return (
            select(cls)
            .where(cls.arrangement_id.in_(arrangements))
            .order_by(cls.period_key.desc(), cls.arrangement_id, cls.id)
        )

    def __str__(self) -> str:
        return f"Joint impact summary {self.period.label}"


class Release(Identified, db.Model):  # type: ignore[name-defined]
    """A protected, frozen copy of a summary, as the Board reads it. Never recalculated."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("summary_id", "number"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn when and by whom"),
    )

    summary_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("summary.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    content: Mapped[str] = mapped_column(deferred=True)  # canonical JSON of the protected document
    sha256: Mapped[str]  # of the content
    released_at: Mapped[datetime]
    released_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_reason: Mapped[str] = mapped_column(default="")

    summary: Mapped[Summary] = relationship(back_populates="releases")
    released_by: Mapped[User] = relationship(foreign_keys=released_by_id)
    withdrawn_by: Mapped[User | None] = relationship(foreign_keys=withdrawn_by_id)

    def __str__(self) -> str:
        return f"{self.title}, release {self.number}"
