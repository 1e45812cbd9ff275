"""What a contract asks of an indicator for one period.

A contract sets targets for a financial year. What is added up over the year, or counted since 1 April, is held
against its share of the year; a rate, a number on a day or a wait is held against the same target at any time.
"""

from __future__ import annotations

from decimal import Decimal

from dacommission.indicators.measures import Measure
from dacommission.indicators.models import ContractKpi
from dacommission.indicators.rating import Target
from imports.periods import Period

ADDED_UP = frozenset("FCL")
SO_FAR = "Y"


def target_of(kpi: ContractKpi | None, measure: Measure, period: Period) -> Target | None:
    """The target for a period of the KPI's year; None where the indicator is not a KPI of the contract."""
    if kpi is None:
        return None
    share = _share(measure, period)
    value, tolerance, low, high = (
        None if set_ is None else set_ * share for set_ in (kpi.target, kpi.tolerance, kpi.range_low, kpi.range_high)
    )
    return Target(measure, value, tolerance, low, high, kpi.minimum_denominator)


def _share(measure: Measure, period: Period) -> Decimal:
    """Which part of the year's target a period has to reach."""
    if measure.count_type in ADDED_UP:
        return Decimal(period.months) / 12
    if measure.count_type == SO_FAR:
        return Decimal(period.number * period.months) / 12
    return Decimal(1)
