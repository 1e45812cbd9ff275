"""What people confirmed about the layout of a contract's own workbooks, by words and never by coordinates.

Where a row last stood is kept beside, to tell what moved; nothing is read by it.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import Identified, Versioned, db
from dacommission.indicators.models import Indicator
from dacommission.returns.models import Upload
from dacommission.roles import Permission

MEANINGS = {
    "figure": "A figure of the return",
    "not-ours": "Not for this return",
    "unknown": "Nobody has said",
}
# Which year "Q1 2022" is a quarter of.
QUARTERS = {
    "": "Nobody has said",
    "financial": "of the financial year: April to June",
    "calendar": "of the calendar year: January to March",
}


class ImportProfile(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """What is known of the layout of one contract's workbooks."""

    __tablename__ = "import_profile"
    __table_args__ = (CheckConstraint(f"quarters IN ({', '.join(map(repr, QUARTERS))})", name="known quarters"),)

    contract_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract.id"), unique=True)
    quarters: Mapped[str] = mapped_column(default="")  # a key of QUARTERS: which year "Q1 2022" is a quarter of
    with_hidden: Mapped[bool] = mapped_column(default=False)  # whether hidden rows, columns and sheets are the return's
    # The upload by which it was last brought up to date; None once all was forgotten.
    upload_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("upload.id"))

    contract: Mapped[Contract] = relationship()
    upload: Mapped[Upload | None] = relationship()
    rows: Mapped[list[KnownSeries]] = relationship(
        back_populates="profile",
        cascade="all, delete-orphan",
        order_by="[KnownSeries.position, KnownSeries.label, KnownSeries.id]",
    )

    @classmethod
    def visible_to(cls, user: User, permission: Permission = Permission.PROFILES_READ) -> Select[ImportProfile]:
        """The profiles of the contracts a user may see."""
        contracts = Contract.visible_to(user, permission).with_only_columns(Contract.id).order_by(None)
        return select(cls).where(cls.contract_id.in_(contracts)).order_by(cls.contract_id)

    def __str__(self) -> str:
        return f"workbooks of {self.contract.reference}"


class KnownSeries(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """A row or column of figures under one name: what somebody said that it is, and where it last stood."""

    __tablename__ = "known_series"
    __table_args__ = (
        UniqueConstraint("profile_id", "key_sha256"),
        CheckConstraint(f"meaning IN ({', '.join(map(repr, MEANINGS))})", name="known meaning"),
        CheckConstraint("(meaning = 'figure') = (code IS NOT NULL)", name="a figure has a code"),
        CheckConstraint("part IN ('value', 'numerator', 'denominator', 'percent')", name="known part"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirmed when and by whom"),
        CheckConstraint("meaning <> 'not-ours' OR confirmed_at IS NOT NULL", name="somebody said that it is not ours"),
        CheckConstraint("meaning <> 'unknown' OR confirmed_at IS NULL", name="nobody confirmed what is not known"),
    )

    profile_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("import_profile.id"), index=True)
    key: Mapped[list[object]] = mapped_column(JSON)  # sheet, title, words of the row, words of the column
    key_sha256: Mapped[str]
    meaning: Mapped[str]  # a key of MEANINGS
    code: Mapped[str | None] = mapped_column(ForeignKey("indicator.code"))
    part: Mapped[str] = mapped_column(default="value")
    breakdown: Mapped[str | None]
    category: Mapped[str | None]
    basis: Mapped[str | None]
    label: Mapped[str]  # as it was last written
    sheet: Mapped[str | None]  # where it last stood
    cell: Mapped[str]
    position: Mapped[int]  # among the rows of its last workbook
    # The last upload in which it stood; another than the profile's where it has vanished since.
    upload_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("upload.id"))
    # None: it was recognised by itself, and kept with an upload, and is recognised anew each time.
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    profile: Mapped[ImportProfile] = relationship(back_populates="rows")
    indicator: Mapped[Indicator | None] = relationship()
    upload: Mapped[Upload | None] = relationship()
    confirmed_by: Mapped[User | None] = relationship()

    @property
    def contract_id(self) -> uuid.UUID:
        """Of the contract whose workbooks it stands in."""
        return self.profile.contract_id

    @classmethod
    def visible_to(cls, user: User, permission: Permission = Permission.PROFILES_READ) -> Select[KnownSeries]:
        """The known rows of the contracts a user may see."""
        profiles = ImportProfile.visible_to(user, permission).with_only_columns(ImportProfile.id).order_by(None)
        return select(cls).where(cls.profile_id.in_(profiles)).order_by(cls.position, cls.id)

    def __str__(self) -> str:
        return f"row at {self.cell} in the {self.profile}"  # never its words: this goes into the audit log


class LayoutChange(db.Model):  # type: ignore[name-defined]
    """One thing that was different in an upload from the layout that was known before it."""

    __tablename__ = "layout_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("upload.id"), index=True)
    sentence: Mapped[str]
