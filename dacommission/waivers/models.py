"""Waivers: dated, reasoned, approved permissions for one contract not to meet one rule."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import Identified, Versioned, db
from dacommission.indicators.models import Indicator
from dacommission.roles import Permission

WAIVER_STATUSES = {"asked": "Asked for", "approved": "Approved", "declined": "Declined", "ended": "Ended early"}


class Waiver(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """A rule that a contract's returns need not meet for quarters that end between two days."""

    __tablename__ = "waiver"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="ends after it began"),
        CheckConstraint(f"status IN ({', '.join(map(repr, WAIVER_STATUSES))})", name="known status"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided when and by whom"),
        CheckConstraint("(status = 'asked') = (decided_at IS NULL)", name="decided or still asked for"),
    )

    contract_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract.id"), index=True)
    rule: Mapped[str]  # a key of imports.rules.RULES
    indicator_code: Mapped[str | None] = mapped_column(ForeignKey("indicator.code"))  # None: all of them
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str]
    status: Mapped[str] = mapped_column(default="asked")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    answer: Mapped[str] = mapped_column(default="")

    contract: Mapped[Contract] = relationship()
    indicator: Mapped[Indicator | None] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    @classmethod
    def visible_to(cls, user: User, permission: Permission = Permission.RETURNS_READ) -> Select[Waiver]:
        """The waivers of the contracts a user may see, latest first."""
        contracts = Contract.visible_to(user, permission).with_only_columns(Contract.id).order_by(None)
        return select(cls).where(cls.contract_id.in_(contracts)).order_by(cls.asked_at.desc(), cls.id)

    def __str__(self) -> str:
        return f"Waiver of {self.rule}, {self.contract.reference}"
