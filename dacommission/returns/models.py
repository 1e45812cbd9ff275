"""Returns, uploads, observations and the problems found in them.

An upload is kept whole and never altered; its observations tell what was read from it and from which cell.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    UniqueConstraint,
    false,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import Exact, Identified, Versioned, db
from dacommission.indicators.models import Indicator
from dacommission.returns.workflow import ReturnStatus
from dacommission.roles import Permission, Role, allows
from imports.periods import Period

DECLARED_AS = {
    "manager": "the provider's manager",
    "deputy": "a deputy named by the provider",
    "uploader": "the person who uploaded it",
    "commissioner": "a commissioner, on the provider's behalf",
}
UPLOAD_KINDS = {"workbook": "Workbook", "nil": "Nil return"}


class Return(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """What one contract owes for one quarter."""

    __tablename__ = "contract_return"
    __table_args__ = (
        UniqueConstraint("contract_id", "financial_year", "quarter"),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter 1 to 4"),
        CheckConstraint(f"status IN ({', '.join(repr(str(s)) for s in ReturnStatus)})", name="known status"),
        CheckConstraint("(status = 'accepted') = (accepted_upload_id IS NOT NULL)", name="accepted with an upload"),
        CheckConstraint("(submitted_at IS NULL) = (submitted_by_id IS NULL)", name="submitted when and by whom"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided when and by whom"),
        CheckConstraint("(submitted_at IS NULL) = (declared_as IS NULL)", name="declared when submitted"),
        CheckConstraint("open_queries >= 0", name="no fewer than none open"),
        CheckConstraint("status <> 'queried' OR open_queries > 0", name="queried about something"),
    )

    contract_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract.id"), index=True)
    financial_year: Mapped[int]
    quarter: Mapped[int]
    due_at: Mapped[datetime]  # stored when the return is opened; the end of a London day
    backfilled: Mapped[bool] = mapped_column(default=False)  # a past quarter's record; nobody waits for it
    status: Mapped[str] = mapped_column(default=ReturnStatus.DUE)
    open_queries: Mapped[int] = mapped_column(default=0)
    # When it was first handed in, by which its timeliness is judged; nothing but withdrawing it takes this away.
    first_submitted_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    declared_as: Mapped[str | None]  # a key of DECLARED_AS
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(default="")  # why it was sent back or reopened
    accepted_upload_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(
            "upload.id",
            use_alter=True,
            name="fk_contract_return_accepted_upload_id_upload",
            deferrable=True,
            initially="IMMEDIATE",
        )
    )

    contract: Mapped[Contract] = relationship()
    submitted_by: Mapped[User | None] = relationship(foreign_keys=submitted_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    uploads: Mapped[list[Upload]] = relationship(
        back_populates="due", order_by="Upload.number", foreign_keys="Upload.return_id"
    )

    @property
    def period(self) -> Period:
        return Period.quarter(self.financial_year, self.quarter)

    @property
    def latest_upload(self) -> Upload | None:
        """The last one that was not withdrawn."""
        return next((upload for upload in reversed(self.uploads) if upload.withdrawn_at is None), None)

    @classmethod
    def visible_to(cls, user: User, permission: Permission = Permission.RETURNS_READ) -> Select[Return]:
        """The returns of the contracts a user may see, latest quarter first."""
        contracts = Contract.visible_to(user, permission).with_only_columns(Contract.id).order_by(None)
        return (
            select(cls)
            .where(cls.contract_id.in_(contracts))
            .order_by(cls.financial_year.desc(), cls.quarter.desc(), cls.due_at, cls.id)
        )

    def __str__(self) -> str:
        return f"{self.contract.reference}, {self.period.label}"


class ContextSeries(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """Figures from a partner that stand beside the returns, such as police-recorded crimes."""

    __tablename__ = "context_series"

    name: Mapped[str] = mapped_column(unique=True)
    indicator_code: Mapped[str] = mapped_column(ForeignKey("indicator.code"))
    source: Mapped[str]
    scope: Mapped[str]  # which area it covers, and what is not known about that
    resolution: Mapped[str] = mapped_column(default="")  # what was found out about a discrepancy, and by whom

    indicator: Mapped[Indicator] = relationship()
    uploads: Mapped[list[Upload]] = relationship(
        back_populates="series", order_by="Upload.number", foreign_keys="Upload.series_id"
    )

    def __str__(self) -> str:
        return self.name


class Upload(Identified, db.Model):  # type: ignore[name-defined]
    """One workbook received for a return or a context series; numbered; never altered."""

    __tablename__ = "upload"
    __table_args__ = (
        UniqueConstraint("return_id", "number"),
        # A withdrawn file may be sent again.
        Index(
            *("uq_upload_return_id_sha256", "return_id", "sha256"),
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        UniqueConstraint("series_id", "number"),
        UniqueConstraint("series_id", "sha256"),
        CheckConstraint("(return_id IS NULL) <> (series_id IS NULL)", name="for a return or for a series"),
        CheckConstraint(f"kind IN ({', '.join(map(repr, UPLOAD_KINDS))})", name="known kind"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn when and by whom"),
        CheckConstraint("(content IS NULL) = (disposed_at IS NOT NULL)", name="kept until disposed of"),
    )

    return_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contract_return.id"), index=True)
    series_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("context_series.id"), index=True)
    number: Mapped[int]
    file_name: Mapped[str]  # as sent, made safe to show; never used as a path
    sha256: Mapped[str]
    size: Mapped[int]  # bytes
    kind: Mapped[str] = mapped_column(default="workbook")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # None once disposed of
    disposed_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)  # how many of its figures were corrected in the page
    layout: Mapped[str]
    reader_version: Mapped[str]
    received_at: Mapped[datetime]
    received_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    on_behalf: Mapped[bool] = mapped_column(default=False)  # a commissioner loaded it for the provider
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_reason: Mapped[str] = mapped_column(default="")

    due: Mapped[Return | None] = relationship(back_populates="uploads", foreign_keys=return_id)
    series: Mapped[ContextSeries | None] = relationship(back_populates="uploads", foreign_keys=series_id)
    received_by: Mapped[User] = relationship(foreign_keys=received_by_id)
    withdrawn_by: Mapped[User | None] = relationship(foreign_keys=withdrawn_by_id)
    observations: Mapped[list[StoredObservation]] = relationship(
        order_by="StoredObservation.id", back_populates="upload"
    )
    problems: Mapped[list[StoredProblem]] = relationship(order_by="StoredProblem.id")
    passages: Mapped[list[StoredPassage]] = relationship(order_by="StoredPassage.id")

    @property
    def standing(self) -> list[StoredObservation]:
        """Its figures as they stand: a corrected one stands as last corrected, in its first one's place."""
        later = {one.corrects_id: one for one in self.observations}
        return [_as_corrected(one, later) for one in self.observations if one.corrects_id is None]

    @property
    def outstanding(self) -> list[StoredProblem]:
        """Its problems that still stand: those that no correction mended."""
        return [problem for problem in self.problems if not problem.mended]

    @property
    def contract_id(self) -> uuid.UUID | None:
        return self.due.contract_id if self.due else None

    @classmethod
    def visible_to(cls, user: User) -> Select[Upload]:
        """The uploads whose figures a user may see: of his returns and, with permission, of context series."""
        returns = Return.visible_to(user, Permission.RETURNS_FIGURES).with_only_columns(Return.id).order_by(None)
        series = cls.series_id.is_not(None) if allows(Role(user.role), Permission.CONTEXT_READ) else false()
        return select(cls).where(or_(cls.return_id.in_(returns), series)).order_by(cls.received_at.desc(), cls.id)

    def was_there(self, at: datetime) -> bool:
        """Whether it was received before the moment of a request that brought the same file again."""
        return self.received_at != at

    def __str__(self) -> str:
        return f"Upload {self.number} of {self.due or self.series}"


def _as_corrected(one: StoredObservation, later: Mapping[int | None, StoredObservation]) -> StoredObservation:
    while one.id in later:
        one = later[one.id]
    return one


class StoredObservation(db.Model):  # type: ignore[name-defined]
    """One observation of an upload; the words are those of imports.reading.

    A correction made in the page is another observation, at the same cell, that says which one it corrects.
    """

    __tablename__ = "observation"
    __table_args__ = (
        CheckConstraint("(status = 'reported') = (value IS NOT NULL)", name="a value when reported"),
        CheckConstraint("(period_start IS NULL) = (period_end IS NULL)", name="both ends of a period or neither"),
        CheckConstraint(
            "(corrects_id IS NULL) = (corrected_at IS NULL) AND (corrects_id IS NULL) = (corrected_by_id IS NULL)",
            name="corrected when and by whom",
        ),
        Index("ix_observation_upload_indicator", "upload_id", "indicator_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("upload.id"), index=True)
    sheet: Mapped[str | None]
    cell: Mapped[str]
    label: Mapped[str]
    heading: Mapped[list[str]] = mapped_column(JSON, default=list)
    indicator_code: Mapped[str | None] = mapped_column(ForeignKey("indicator.code"))
    part: Mapped[str]
    breakdown: Mapped[str | None]
    category: Mapped[str | None]
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    basis: Mapped[str]
    value: Mapped[Decimal | None] = mapped_column(Exact(18, 6))  # percentages in percent
    status: Mapped[str]
    shown: Mapped[str]
    match: Mapped[str]
    confidence: Mapped[Decimal] = mapped_column(Exact(4, 3))
    comment: Mapped[str] = mapped_column(default="")
    expected_on: Mapped[date | None]  # when a figure that is not yet available will be
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("observation.id", deferrable=True, initially="IMMEDIATE"), unique=True
    )
    corrected_at: Mapped[datetime | None]
    corrected_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(default="")  # why it was corrected

    upload: Mapped[Upload] = relationship(back_populates="observations")
    corrects: Mapped[StoredObservation | None] = relationship(remote_side="StoredObservation.id")
    corrected_by: Mapped[User | None] = relationship()


class StoredProblem(db.Model):  # type: ignore[name-defined]
    """A question or warning that stood when the upload was kept; errors never get this far."""

    __tablename__ = "problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("upload.id"), index=True)
    rule: Mapped[str]
    severity: Mapped[str]
    sheet: Mapped[str | None]
    cell: Mapped[str | None]
    message: Mapped[str]
    fault: Mapped[str] = mapped_column(default="")  # problems of the same fault are one line of a page
    mended: Mapped[bool] = mapped_column(default=False)  # by a correction, after the upload was kept


class StoredPassage(db.Model):  # type: ignore[name-defined]
    """Words of an upload that belong to no figure: an answer of its narrative, or a case study."""

    __tablename__ = "passage"

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("upload.id"), index=True)
    kind: Mapped[str]
    sheet: Mapped[str | None]
    cell: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    consent: Mapped[bool | None]
