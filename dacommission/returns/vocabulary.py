"""The indicators of the database in the words of the reader and of results.

The rows of the database are what counts, because commissioners edit them. What the tables do not hold, such
as which indicators may be added to each other, is taken from the shipped catalogue.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from dacommission.db import db
from dacommission.indicators import catalogue
from dacommission.indicators.count_types import COUNT_TYPES
from dacommission.indicators.measures import Measure
from dacommission.indicators.models import Breakdown, Indicator
from dacommission.indicators.units import UNITS
from imports.reading import Alias, Basis, Part, Term, Vocabulary

_EDITED = (
    "name",
    "unit",
    "count_type",
    "direction",
    "decimals",
    "numerator_label",
    "denominator_label",
    "numerator_indicator",
    "denominator_indicator",
    "year_value",
)


def measure_of(indicator: Indicator) -> Measure:
    """An indicator as results see it."""
    shipped = catalogue.load().find(indicator.code)
    known = (
        shipped.measure if shipped else Measure(indicator.code, indicator.name, indicator.unit, indicator.count_type)
    )
    return replace(known, **{name: getattr(indicator, name) for name in _EDITED})


def term_of(indicator: Indicator) -> Term:
    """An indicator as the reader of workbooks sees it."""
    shipped = catalogue.load().find(indicator.code)
    rate = COUNT_TYPES[indicator.count_type].letter in "RM"
    return Term(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        count_type=indicator.count_type,
        numerator=indicator.numerator_label,
        denominator=indicator.denominator_label,
        breakdowns=tuple(indicator.breakdowns),
        aliases=tuple(
            Alias(alias.text, Part(alias.part), alias.category, Basis(alias.basis) if alias.basis else None)
            for alias in indicator.aliases
        ),
        whole=shipped.whole if shipped else rate or UNITS[indicator.unit].whole,
        decimals=indicator.decimals,
        definition=indicator.definition,
        numerator_indicator=indicator.numerator_indicator or None,
        denominator_indicator=indicator.denominator_indicator or None,
        part_of_whole=shipped.measure.part_of_whole if shipped else indicator.unit == "percent",
    )


def vocabulary() -> Vocabulary:
    """Every indicator and breakdown of the database."""
    indicators = db.session.scalars(select(Indicator).order_by(Indicator.position, Indicator.code))
    breakdowns = db.session.scalars(select(Breakdown).order_by(Breakdown.position, Breakdown.key)).all()
    return Vocabulary(
        terms={indicator.code: term_of(indicator) for indicator in indicators},
        breakdowns={one.key: tuple(category.name for category in one.categories) for one in breakdowns},
        breakdown_names={one.key: one.name for one in breakdowns},
        multiple=frozenset(one.key for one in breakdowns if one.multi_response),
    )
