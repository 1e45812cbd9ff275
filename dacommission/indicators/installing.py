"""Puts the shipped catalogue into a new database. What is there already is never touched: people edit it."""

from __future__ import annotations

from sqlalchemy import select

from dacommission.audit import Actor, record
from dacommission.db import db, unit_of_work
from dacommission.indicators.catalogue import CatalogueAlias, CatalogueBreakdown, CatalogueEntry, load
from dacommission.indicators.models import Breakdown, Category, Indicator, IndicatorAlias


def install_catalogue(*, by: Actor) -> int:
    """Adds the indicators, aliases and code lists that the database lacks; gives how many indicators were new."""
    shipped = load()
    with unit_of_work():
        known = set(db.session.scalars(select(Indicator.code)))
        new = [
            _indicator(entry, position)
            for position, entry in enumerate(shipped.indicators, start=1)
            if entry.code not in known
        ]
        listed = set(db.session.scalars(select(Breakdown.key)))
        lists = [
            _breakdown(breakdown, position)
            for position, breakdown in enumerate(shipped.breakdowns, start=1)
            if breakdown.key not in listed
        ]
        db.session.add_all([*new, *lists])
        for indicator in new[:1]:
            record("catalogue-installed", subject=indicator, by=by, indicators=len(new), code_lists=len(lists))
    return len(new)


def _indicator(entry: CatalogueEntry, position: int) -> Indicator:
    measure = entry.measure
    return Indicator(
        code=entry.code,
        name=entry.name,
        definition=entry.definition,
        unit=measure.unit,
        count_type=measure.count_type,
        direction=measure.direction,
        decimals=measure.decimals,
        numerator_label=measure.numerator_label,
        denominator_label=measure.denominator_label,
        numerator_indicator=measure.numerator_indicator,
        denominator_indicator=measure.denominator_indicator,
        year_value=measure.year_value,
        family=entry.family,
        core=entry.core,
        typical_target=entry.typical_target,
        breakdowns=list(entry.breakdowns),
        position=position,
        aliases=[_alias(alias) for alias in entry.aliases],
    )


def _alias(alias: CatalogueAlias) -> IndicatorAlias:
    return IndicatorAlias(text=alias.text, part=alias.part, category=alias.category, basis=alias.basis)


def _breakdown(breakdown: CatalogueBreakdown, position: int) -> Breakdown:
    return Breakdown(
        key=breakdown.key,
        name=breakdown.name,
        multi_response=breakdown.multi_response,
        position=position,
        categories=[
            Category(name=category.name, group=category.group, position=number)
            for number, category in enumerate(breakdown.categories, start=1)
        ],
    )
