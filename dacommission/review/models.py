"""Queries about a return's figures with their threads, and each funding body's view of a return."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.accounts.models import User
from dacommission.db import Identified, Versioned, db
from dacommission.indicators.models import Indicator
from dacommission.organisations.models import Organisation
from dacommission.returns.models import Return, StoredObservation, Upload
from dacommission.review.rule import AGREEING
from dacommission.roles import Permission

QUERY_STATUSES = {"open": "Waits for the provider", "answered": "Answered", "closed": "Closed"}
MESSAGE_KINDS = {
    "question": "Question",
    "answer": "Answer",
    "correction": "Corrected figure",
    "new-version": "New version",
    "closing": "Closed",
}
VIEWS = {"agrees": "Agrees", "reservations": "Agrees with reservations", "objects": "Does not agree"}


class Query(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """A commissioner's question about a return, or about one of its figures."""

    __tablename__ = "query"
    __table_args__ = (
        UniqueConstraint("return_id", "number"),
        CheckConstraint(f"status IN ({', '.join(map(repr, QUERY_STATUSES))})", name="known status"),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed when"),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed when and by whom"),
    )

    return_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract_return.id"), index=True)
    number: Mapped[int]
    upload_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("upload.id"))  # the version that was looked at
    indicator_code: Mapped[str | None] = mapped_column(ForeignKey("indicator.code"))  # None: the return as a whole
    observation_id: Mapped[int | None] = mapped_column(ForeignKey("observation.id"))
    status: Mapped[str] = mapped_column(default="open")
    # Who answers; None where the provider has not said, so that anybody of it may.
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    due_on: Mapped[date]
    raised_at: Mapped[datetime]
    raised_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    due: Mapped[Return] = relationship()
    upload: Mapped[Upload] = relationship()
    indicator: Mapped[Indicator | None] = relationship()
    observation: Mapped[StoredObservation | None] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    raised_by: Mapped[User] = relationship(foreign_keys=raised_by_id)
    closed_by: Mapped[User | None] = relationship(foreign_keys=closed_by_id)
    messages: Mapped[list[QueryMessage]] = relationship(back_populates="query_", order_by="QueryMessage.id")

    @property
    def question(self) -> str:
        """What was asked first."""
        return self.messages[0].text

    @property
    def about(self) -> str:
        """ "HUB-01 Referrals received", or that it is about the return as a whole."""
        return str(self.indicator) if self.indicator else "The return as a whole"

    @property
    def status_name(self) -> str:
        return QUERY_STATUSES[self.status]

    @classmethod
    def visible_to(cls, user: User, permission: Permission = Permission.RETURNS_FIGURES) -> Select[Query]:
        """The queries of the returns whose figures a user may see, the first due first."""
        returns = Return.visible_to(user, permission).with_only_columns(Return.id).order_by(None)
        return select(cls).where(cls.return_id.in_(returns)).order_by(cls.due_on, cls.raised_at, cls.id)

    def __str__(self) -> str:
        return f"Query {self.number}, {self.due}"


class QueryMessage(db.Model):  # type: ignore[name-defined]
    """One thing said in a query's thread."""

    __tablename__ = "query_message"
    __table_args__ = (CheckConstraint(f"kind IN ({', '.join(map(repr, MESSAGE_KINDS))})", name="known kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    query_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("query.id"), index=True)
    kind: Mapped[str]
    text: Mapped[str]
    said_at: Mapped[datetime]
    said_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    observation_id: Mapped[int | None] = mapped_column(ForeignKey("observation.id"))  # the corrected figure
    upload_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("upload.id"))  # the new version

    query_: Mapped[Query] = relationship(back_populates="messages")  # `query` is taken by the base class
    said_by: Mapped[User] = relationship()
    observation: Mapped[StoredObservation | None] = relationship()
    upload: Mapped[Upload | None] = relationship()


class BodyView(Identified, db.Model):  # type: ignore[name-defined]
    """What one funding body thinks of one version of a return, bound to its figures as they stood.

    A body that changes its mind adds another; the one with the highest number is its view. When the return
    is sent back or reopened its views are set aside: should the same figures come again, they are asked for again.
    """

    __tablename__ = "body_view"
    __table_args__ = (
        UniqueConstraint("upload_id", "revision", "body_id", "number"),
        CheckConstraint(f"view IN ({', '.join(map(repr, VIEWS))})", name="known view"),
    )

    return_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract_return.id"), index=True)
    upload_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("upload.id"))
    revision: Mapped[int]  # Upload.revision when it was looked at
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int]  # from 1, of this body on this version
    view: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    set_aside: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    due: Mapped[Return] = relationship()
    upload: Mapped[Upload] = relationship()
    body: Mapped[Organisation] = relationship()
    recorded_by: Mapped[User] = relationship()

    @property
    def words(self) -> str:
        return VIEWS[self.view]

    @property
    def agrees(self) -> bool:
        return self.view in AGREEING

    def about(self, upload: Upload | None) -> bool:
        """Whether it was given on this upload with the figures that stand now."""
        return upload is not None and (self.upload_id, self.revision) == (upload.id, upload.revision)
