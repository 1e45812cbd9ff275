"""Organisations, with dated names and successors, so that old contracts keep the names they were made under."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.db import Identified, Versioned, db


class OrganisationKind(StrEnum):
    FUNDING_BODY = "funding-body"
    PROVIDER = "provider"
    BOARD_AGENCY = "board-agency"


class Organisation(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("kind IN ('funding-body', 'provider', 'board-agency')", name="known kind"),
        CheckConstraint("successor_id <> id", name="not its own successor"),
    )

    kind: Mapped[str]
    name: Mapped[str] = mapped_column(unique=True)  # the latest of its names
    short_name: Mapped[str]  # for tables: "IDAS"
    successor_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", deferrable=True, initially="IMMEDIATE")  # a restore writes rows in any order
    )
    succeeded_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

    successor: Mapped[Organisation | None] = relationship(remote_side="Organisation.id")
    names: Mapped[list[OrganisationName]] = relationship(
        cascade="all, delete-orphan",
        order_by="[OrganisationName.valid_from.nulls_first(), OrganisationName.name, OrganisationName.id]",
    )

    def name_on(self, day: date) -> str:
        """The name it went by on a day; its latest one when none is recorded for that day."""
        for held in self.names:
            if (held.valid_from or date.min) <= day <= (held.valid_to or date.max):
                return held.name
        return self.name

    def __str__(self) -> str:
        return self.name


class OrganisationName(Identified, db.Model):  # type: ignore[name-defined]
    """A name an organisation went by, and from when to when (open at an end that is not known)."""

    __tablename__ = "organisation_name"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name="ends after it began"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
