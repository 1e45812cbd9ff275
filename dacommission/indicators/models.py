"""Indicators, the ways they are broken down, and the KPIs they become in a contract.

The catalogue is shipped as data with the application and copied here when the database is set up; from
then on the rows here are what counts, because commissioners edit them.
"""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dacommission.commissioning.models import Contract
from dacommission.db import Exact, Identified, Versioned, db
from imports.periods import Period

DIRECTIONS = {
    "higher": "Higher is better",
    "lower": "Lower is better",
    "range": "Within a range is better",
    "volume": "Neither: a volume, for context",
}


class Indicator(Versioned, db.Model):  # type: ignore[name-defined]
    """Something measured, with a definition that does not depend on any contract."""

    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint("count_type IN ('F','S','P','Y','R','M','Q','C','L')", name="known count type"),
        CheckConstraint(f"direction IN ({', '.join(map(repr, DIRECTIONS))})", name="known direction"),
        CheckConstraint("year_value IN ('first', 'last')", name="known year value"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)  # "HUB-01", "HUB-13.a"
    name: Mapped[str]
    definition: Mapped[str]
    unit: Mapped[str]  # a key of units.py
    count_type: Mapped[str]  # a letter of count_types.py
    direction: Mapped[str]
    decimals: Mapped[int] = mapped_column(default=0)
    numerator_label: Mapped[str] = mapped_column(default="")
    denominator_label: Mapped[str] = mapped_column(default="")
    # Where a rate's two counts are themselves indicators.
    numerator_indicator: Mapped[str] = mapped_column(default="")
    denominator_indicator: Mapped[str] = mapped_column(default="")
    year_value: Mapped[str] = mapped_column(default="last")  # of a stock: which quarter speaks for the year
    family: Mapped[str]  # "HUB"
    core: Mapped[bool] = mapped_column(default=False)  # in the suggested set for a quarterly return
    typical_target: Mapped[str] = mapped_column(default="")  # in words; each contract sets its own
    breakdowns: Mapped[list[str]] = mapped_column(JSON, default=list)  # keys of Breakdown
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    position: Mapped[int]  # catalogue order

    aliases: Mapped[list[IndicatorAlias]] = relationship(
        cascade="all, delete-orphan", order_by="[IndicatorAlias.text, IndicatorAlias.id]"
    )

    @property
    def id(self) -> str:
        return self.code

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class IndicatorAlias(Identified, db.Model):  # type: ignore[name-defined]
    """A way in which somebody's workbook writes an indicator, or a part or category of it."""

    __tablename__ = "indicator_alias"
    __table_args__ = (CheckConstraint("part IN ('value', 'numerator', 'denominator', 'percent')", name="known part"),)

    indicator_code: Mapped[str] = mapped_column(ForeignKey("indicator.code"), index=True)
    text: Mapped[str]
    part: Mapped[str] = mapped_column(default="value")
    category: Mapped[str | None]
    basis: Mapped[str | None]


class Breakdown(db.Model):  # type: ignore[name-defined]
    """One way of splitting a figure, such as area of residence."""

    __tablename__ = "breakdown"

    key: Mapped[str] = mapped_column(primary_key=True)  # "referral-source"
    name: Mapped[str]
    multi_response: Mapped[bool] = mapped_column(default=False)  # a person may be in several categories
    position: Mapped[int]

    categories: Mapped[list[Category]] = relationship(cascade="all, delete-orphan", order_by="Category.position")


class Category(Identified, db.Model):  # type: ignore[name-defined]
    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("breakdown_key", "name"),)

    breakdown_key: Mapped[str] = mapped_column(ForeignKey("breakdown.key"), index=True)
    name: Mapped[str]
    group: Mapped[str] = mapped_column("category_group", default="")  # what it rolls up to, such as "North Yorkshire"
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    position: Mapped[int]


class ContractKpi(Identified, Versioned, db.Model):  # type: ignore[name-defined]
    """An indicator written into a contract for a financial year."""

    __tablename__ = "contract_kpi"
    __table_args__ = (
        UniqueConstraint("contract_id", "indicator_code", "financial_year"),
        CheckConstraint("(range_low IS NULL) = (range_high IS NULL)", name="both ends of a range or neither"),
        CheckConstraint("target IS NULL OR range_low IS NULL", name="a target or a range"),
        CheckConstraint("tolerance IS NULL OR tolerance >= 0", name="tolerance is nought or more"),
    )

    contract_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract.id"), index=True)
    indicator_code: Mapped[str] = mapped_column(ForeignKey("indicator.code"), index=True)
    financial_year: Mapped[int]
    target: Mapped[Decimal | None] = mapped_column(Exact(16, 4))  # in the indicator's unit; percent in percent
    tolerance: Mapped[Decimal | None] = mapped_column(Exact(16, 4))  # in the same unit; None: a tenth of target
    range_low: Mapped[Decimal | None] = mapped_column(Exact(16, 4))
    range_high: Mapped[Decimal | None] = mapped_column(Exact(16, 4))
    minimum_denominator: Mapped[int] = mapped_column(default=10)
    mandatory: Mapped[bool] = mapped_column(default=True)

    contract: Mapped[Contract] = relationship()
    indicator: Mapped[Indicator] = relationship()

    def __str__(self) -> str:
        year = Period.financial_year(self.financial_year).label
        return f"{self.indicator_code} in {self.contract.reference}, {year}"
