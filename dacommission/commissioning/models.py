"""Services, joint arrangements, contracts with their extension options, and what each body pays."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Select,
    Table,
    UniqueConstraint,
    false,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.accounts.models import User
from dacommission.commissioning import terms
from dacommission.db import Base, Exact, Identified, Versioned, db
from dacommission.organisations.models import Organisation
from dacommission.roles import Permission, Role, Scope, allows, scope
from imports.periods import Period

SERVICE_KINDS = {
    "hub": "Hub, helpline and triage",
    "community": "Community-based support",
    "safe-accommodation": "Safe accommodation",
    "whole-family": "Whole family approach",
    "capva": "Child and adolescent to parent violence and abuse",
    "perpetrator": "Perpetrator programme",
    "other": "Other",
}
DUTIES = {
    "safe-accommodation": "Safe accommodation (Domestic Abuse Act 2021, Part 4)",
    "community": "Support other than accommodation-based",
}
REGIMES = {
    "PCR2015": "Public Contracts Regulations 2015",
    "PA2023": "Procurement Act 2023",
    "below-threshold": "Below threshold",
    "grant": "Grant",
    "in-house": "In-house",
}
SUBMISSION_RULES = {
    "manager": "A manager of the provider declares and submits it, whoever uploaded it",
    "two-people": "A manager declares and submits what somebody else uploaded",
    "one-person": "Whoever uploads it may also declare and submit it",
}
ACCEPTANCE_RULES = {
    "any": "Any one of the funding bodies accepts for all",
    "lead": "The lead commissioner accepts",
    "all": "Every funding body has to agree",
}
OPTION_STATUSES = {"open": "Open", "exercised": "Exercised", "lapsed": "Lapsed"}


class Arrangement(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """A joint arrangement: the contracts that several bodies commission together for a time."""

    __tablename__ = "arrangement"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="ends after it began"),)

    name: Mapped[str] = mapped_column(unique=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    description: Mapped[str] = mapped_column(default="")

    contracts: Mapped[list[Contract]] = relationship(back_populates="arrangement", order_by="Contract.reference")

    @classmethod
    def visible_to(cls, user: User) -> Select[Arrangement]:
        """The arrangements with a contract this user may see; while one has no contract, whoever may add one."""
        seen: ColumnElement[bool] = cls.id.in_(
            Contract.visible_to(user).with_only_columns(Contract.arrangement_id).order_by(None)
        )
        if allows(Role(user.role), Permission.CONTRACTS_EDIT):
            seen = or_(seen, ~select(Contract.id).where(Contract.arrangement_id == cls.id).exists())
        return select(cls).where(seen).order_by(cls.starts_on.desc(), cls.name, cls.id)

    def __str__(self) -> str:
        return self.name


class Service(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """What survivors receive, and the work with those who harm: refuge, outreach, a programme."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(map(repr, SERVICE_KINDS))})", name="known kind"),
        CheckConstraint(f"duty IN ({', '.join(map(repr, DUTIES))})", name="known duty"),
        UniqueConstraint("name"),
    )

    name: Mapped[str]
    kind: Mapped[str]
    duty: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    # The family of indicators that tells of this service, such as "HUB"; "" where there is none.
    indicator_family: Mapped[str] = mapped_column(default="")

    @property
    def kind_name(self) -> str:
        return SERVICE_KINDS[self.kind]

    def __str__(self) -> str:
        return self.name


contract_service = Table(
    "contract_service",
    Base.metadata,
    Column("contract_id", ForeignKey("contract.id"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True, index=True),
)


class Contract(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """The agreement under which a provider runs services for a time and a price."""

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="ends after it began"),
        CheckConstraint(f"regime IN ({', '.join(map(repr, REGIMES))})", name="known regime"),
        CheckConstraint("return_day BETWEEN 1 AND 28", name="a day of every month"),
        CheckConstraint(f"submission_rule IN ({', '.join(map(repr, SUBMISSION_RULES))})", name="known submission rule"),
        CheckConstraint(f"acceptance_rule IN ({', '.join(map(repr, ACCEPTANCE_RULES))})", name="known acceptance rule"),
        CheckConstraint("retention_years >= 0", name="kept for some years"),
        CheckConstraint("follows_id <> id", name="follows another"),
    )

    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    lead_commissioner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    arrangement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("arrangement.id"), index=True)
    regime: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # without its extension options
    # Quarters that ended before this day have no return to wait for; their figures can be backfilled.
    returns_from: Mapped[date]
    return_working_days: Mapped[int] = mapped_column(default=15)  # after the quarter's end
    return_day: Mapped[int | None]  # of the month after the quarter's end, instead of working days
    submission_rule: Mapped[str] = mapped_column(default="manager")
    acceptance_rule: Mapped[str] = mapped_column(default="any")
    retention_years: Mapped[int | None]  # for which originals are kept after the term; None: for good
    # The contract whose services this one carries on, perhaps with another provider.
    follows_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("contract.id", deferrable=True, initially="IMMEDIATE"), index=True
    )
    note: Mapped[str] = mapped_column(default="")

    provider: Mapped[Organisation] = relationship(foreign_keys=provider_id)
    lead_commissioner: Mapped[Organisation] = relationship(foreign_keys=lead_commissioner_id)
    arrangement: Mapped[Arrangement | None] = relationship(back_populates="contracts")
    follows: Mapped[Contract | None] = relationship(remote_side="Contract.id")
    services: Mapped[list[Service]] = relationship(secondary=contract_service, order_by=Service.name)
    extension_options: Mapped[list[ExtensionOption]] = relationship(
        cascade="all, delete-orphan", order_by="ExtensionOption.number"
    )
    contributions: Mapped[list[Contribution]] = relationship(
        cascade="all, delete-orphan",
        order_by="[Contribution.financial_year, Contribution.stream, Contribution.id]",
    )

    @property
    def last_day(self) -> date:
        """The day on which it ends, with the options to extend that were taken up."""
        taken_up = (option.months for option in self.extension_options if option.status == "exercised")
        return [self.ends_on, *terms.ends_with(self.ends_on, taken_up)][-1]

    def runs_in(self, period: Period) -> bool:
        """Whether it runs on any day of a period."""
        return self.starts_on <= period.end and period.start <= self.last_day

    @classmethod
    def visible_to(cls, user: User, permission: Permission = Permission.CONTRACTS_READ) -> Select[Contract]:
        """The contracts a user may see: all, those his body leads or pays for, or his own provider's."""
        found = select(cls).order_by(cls.reference, cls.id)
        match scope(Role(user.role), permission):
            case Scope.ANY | Scope.META:
                return found
            case Scope.FUND:
                paid = select(Contribution.contract_id).where(Contribution.body_id == user.organisation_id)
                return found.where(or_(cls.lead_commissioner_id == user.organisation_id, cls.id.in_(paid)))
            case Scope.OWN:
                return found.where(cls.provider_id == user.organisation_id)
        return found.where(false())

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class ExtensionOption(Identified, db.Model):  # type: ignore[name-defined]
    """A right to lengthen a contract, to be decided by a day."""

    __tablename__ = "extension_option"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("months > 0", name="lengthens"),
        CheckConstraint(f"status IN ({', '.join(map(repr, OPTION_STATUSES))})", name="known status"),
    )

    contract_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract.id"), index=True)
    number: Mapped[int]
    months: Mapped[int]
    decide_by: Mapped[date | None]
    notice_months: Mapped[int | None]
    status: Mapped[str] = mapped_column(default="open")


class Contribution(Identified, db.Model):  # type: ignore[name-defined]
    """What one body pays towards a contract, from one funding stream, in one financial year."""

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("contract_id", "body_id", "stream", "financial_year"),
        CheckConstraint("amount >= 0", name="nought or more"),
    )

    contract_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract.id"), index=True)
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    stream: Mapped[str] = mapped_column(default="Core")
    financial_year: Mapped[int]  # 2022 for 2022/23
    amount: Mapped[Decimal | None] = mapped_column(Exact(14, 2))  # None: not known yet

    body: Mapped[Organisation] = relationship()
