"""Indicators and KPIs out of the database, in the words that the pure modules use.

What people may edit comes from the rows. How a measure is built (what it is part of, which other indicators
its counts are) comes from the shipped catalogue.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from dacommission.db import db
from dacommission.indicators.catalogue import load, term_of
from dacommission.indicators.measures import Measure
from dacommission.indicators.models import Breakdown, ContractKpi, Indicator, IndicatorAlias
from dacommission.indicators.rating import Target
from dacommission.indicators.units import UNITS
from imports.reading import Alias, Basis, Part, Term, Vocabulary


def measures() -> dict[str, Measure]:
    """Every indicator as a measure, by code, in the order of the catalogue."""
    query = select(Indicator).order_by(Indicator.position, Indicator.code)
    return {indicator.code: measure_of(indicator) for indicator in db.session.scalars(query)}


def measure_of(indicator: Indicator) -> Measure:
    shipped = load().find(indicator.code)
    own = Measure(indicator.code, "", indicator.unit, "", part_of_whole=indicator.unit == "percent")
    return replace(
        shipped.measure if shipped else own,
        name=indicator.name,
        unit=indicator.unit,
        count_type=indicator.count_type,
        direction=indicator.direction,
        decimals=indicator.decimals,
        numerator_label=indicator.numerator_label,
        denominator_label=indicator.denominator_label,
        numerator_indicator=indicator.numerator_indicator,
        denominator_indicator=indicator.denominator_indicator,
        year_value=indicator.year_value,
    )


def vocabulary() -> Vocabulary:
    """What a workbook's labels can be matched with, as people have edited it."""
    in_order = select(Indicator).order_by(Indicator.position, Indicator.code)
    lists = select(Breakdown).order_by(Breakdown.position, Breakdown.key)
    indicators = db.session.scalars(in_order.options(selectinload(Indicator.aliases)))
    breakdowns = db.session.scalars(lists.options(selectinload(Breakdown.categories))).all()
    return Vocabulary(
        terms={indicator.code: _term(indicator) for indicator in indicators},
        breakdowns={one.key: tuple(category.name for category in one.categories) for one in breakdowns},
        breakdown_names={one.key: one.name for one in breakdowns},
        multiple=frozenset(one.key for one in breakdowns if one.multi_response),
    )


def kpis_of(contract_id: uuid.UUID, financial_year: int) -> list[ContractKpi]:
    """A contract's KPIs for a year, in the order of the catalogue."""
    query = (
        select(ContractKpi)
        .join(ContractKpi.indicator)
        .options(contains_eager(ContractKpi.indicator))
        .where(ContractKpi.contract_id == contract_id, ContractKpi.financial_year == financial_year)
        .order_by(Indicator.position, Indicator.code)
    )
    return list(db.session.scalars(query))


def target_of(kpi: ContractKpi) -> Target:
    """What the measure should reach under the contract in the KPI's year."""
    return Target(
        measure=measure_of(kpi.indicator),
        value=kpi.target,
        tolerance=kpi.tolerance,
        low=kpi.range_low,
        high=kpi.range_high,
        minimum_denominator=kpi.minimum_denominator,
    )


def _term(indicator: Indicator) -> Term:
    shipped = load().find(indicator.code)
    return term_of(
        measure_of(indicator),
        definition=indicator.definition,
        breakdowns=tuple(indicator.breakdowns),
        aliases=tuple(_alias(alias) for alias in indicator.aliases),
        whole=shipped.whole if shipped else indicator.count_type == "R" or UNITS[indicator.unit].whole,
    )


def _alias(alias: IndicatorAlias) -> Alias:
    basis = Basis(alias.basis) if alias.basis else None
    return Alias(alias.text, Part(alias.part), alias.category, basis)
