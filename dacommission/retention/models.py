"""Disposals of originals whose time is up: proposed by one person, carried out with another's approval."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import Identified, Versioned, db

DISPOSAL_STATUSES = {"proposed": "Proposed", "done": "Done", "declined": "Declined"}


class Disposal(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """The original files of a contract's returns up to a financial year; their figures and digests stay."""

    __tablename__ = "disposal"
    __table_args__ = (
        CheckConstraint(f"status IN ({', '.join(map(repr, DISPOSAL_STATUSES))})", name="known status"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided when and by whom"),
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="decided or still proposed"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="two people"),
        CheckConstraint("(decided_by_id IS NULL) = (deciding_body_id IS NULL)", name="decided for a body"),
        CheckConstraint("deciding_body_id IS NULL OR deciding_body_id <> proposing_body_id", name="two bodies"),
    )

    contract_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract.id"), index=True)
    through_year: Mapped[int]  # the last financial year included: 2022 for 2022/23
    reason: Mapped[str]
    status: Mapped[str] = mapped_column(default="proposed")
    files: Mapped[int | None]  # how many were disposed of
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    proposing_body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    deciding_body_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    answer: Mapped[str] = mapped_column(default="")

    contract: Mapped[Contract] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=proposed_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    def __str__(self) -> str:
        return f"Disposal, {self.contract.reference}"
