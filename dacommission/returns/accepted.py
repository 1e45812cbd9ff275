"""What providers' accepted returns say: the only figures that results, summaries and templates may use.

Reads only. What the figures come to is worked out in `dacommission.indicators.results`.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import case, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.indicators.measures import Count, Measure
from dacommission.indicators.models import Indicator
from dacommission.returns.models import Return, StoredObservation, Upload
from dacommission.returns.succession import Predecessor, of_series
from imports.periods import Period
from imports.reading import Basis, Part, Status

PastFigures = dict[str, dict[Part, Decimal]]  # by indicator's code


def counts(
    contract: Contract,
    years: Collection[int],
    *,
    without: Return | None = None,
    earlier: Iterable[Predecessor] = (),
) -> list[Count]:
    """The accepted figures of a contract for these financial years (2022 for 2022/23), but for one return's.

    `earlier` are contracts that it carries on, whose figures stand for the quarters before it began.
    """
    later = aliased(StoredObservation)
    accepted = (
        select(StoredObservation, Return)
        .outerjoin(later, later.corrects_id == StoredObservation.id)
        .where(later.id.is_(None))  # a corrected figure stands as last corrected
        .join(Return, Return.accepted_upload_id == StoredObservation.upload_id)
        .where(of_series(contract, earlier), Return.financial_year.in_(list(years)))
        .where(StoredObservation.indicator_code.is_not(None), StoredObservation.period_start.is_not(None))
        .order_by(StoredObservation.id)
    )
    return [
        count_of(observation)
        for observation, due in db.session.execute(accepted)
        if belongs(period_of(observation), Basis(observation.basis), due.period)
    ]


def by_code(found: Iterable[Count]) -> dict[str, list[Count]]:
    """Figures by their indicator's code."""
    sorted_out: dict[str, list[Count]] = {}
    for count in found:
        sorted_out.setdefault(count.indicator, []).append(count)
    return sorted_out


def behind(measure: Measure, found: Mapping[str, Sequence[Count]]) -> list[Count]:
    """The figures that a measure may rest on: its own, and those of the indicators it is made of."""
    linked = (
        measure.code,
        measure.numerator_indicator,
        measure.denominator_indicator,
        measure.opening_indicator,
        measure.opened_indicator,
    )
    return [count for code in dict.fromkeys(linked) for count in found.get(code, ())]


def count_of(observation: StoredObservation) -> Count:
    """A stored figure as results see it; one whose indicator and period are known."""
    return Count(
        source=observation.id,
        indicator=observation.indicator_code or "",
        part=Part(observation.part),
        breakdown=observation.breakdown,
        category=observation.category,
        period=period_of(observation),
        basis=Basis(observation.basis),
        value=observation.value,
        status=Status(observation.status),
    )


def period_of(observation: StoredObservation) -> Period:
    """The period of a figure that has one."""
    if observation.period_start is None or observation.period_end is None:
        raise ValueError(f"Observation {observation.id} has no period.")
    return Period(observation.period_start, observation.period_end)


def observations(ids: Iterable[int]) -> list[StoredObservation]:
    """Stored figures by their numbers, with their uploads, in the order in which they were read."""
    found = (
        select(StoredObservation)
        .where(StoredObservation.id.in_(list(ids)))
        .options(joinedload(StoredObservation.upload).joinedload(Upload.due))
        .order_by(StoredObservation.id)
    )
    return list(db.session.scalars(found))


def quarters_of(contract: Contract, years: Collection[int]) -> dict[Period, PastFigures]:
    """The accepted whole figures of each quarter of these financial years, by code and part; in one query.

    Without breakdowns, and without what was not reported. A quarter without an accepted return is left out.
    """
    own, later = StoredObservation, aliased(StoredObservation)
    wanted = (
        select(Return.financial_year, Return.quarter, own.indicator_code, own.part, own.value, own.period_start)
        .join(Return, Return.accepted_upload_id == own.upload_id)
        .outerjoin(later, later.corrects_id == own.id)
        .where(later.id.is_(None))  # a corrected figure stands as last corrected
        .where(Return.contract_id == contract.id, Return.financial_year.in_(list(years)))
        .where(own.indicator_code.is_not(None), own.category.is_(None), own.value.is_not(None))
        .where(tuple_(own.period_start, own.period_end).in_(_quarters(years)))
        # A figure of the quarter alone comes after one so far in the year; of people counted since 1 April, before.
        .join(Indicator, Indicator.code == own.indicator_code)
        .order_by(case((Indicator.count_type == "Y", own.basis), else_=""), own.basis.desc(), own.id)
    )
    found: dict[Period, PastFigures] = {}
    for year, number, code, part, value, start in db.session.execute(wanted):
        quarter = Period.quarter(year, number)
        if start == quarter.start and value is not None:
            found.setdefault(quarter, {}).setdefault(code or "", {})[Part(part)] = value
    return found


def _quarters(years: Collection[int]) -> list[tuple[date, date]]:
    """The first and last days of the quarters of financial years."""
    periods = [quarter for year in sorted(set(years)) for quarter in Period.financial_year(year).quarters]
    return [(period.start, period.end) for period in periods]


def years_with_returns(contracts: Collection[uuid.UUID]) -> list[int]:
    """The financial years in which these contracts owe returns, latest first."""
    found = select(Return.financial_year).where(Return.contract_id.in_(list(contracts))).distinct()
    return list(db.session.scalars(found.order_by(Return.financial_year.desc())))


def belongs(period: Period, basis: Basis, quarter: Period) -> bool:
    """Whether a figure is about the quarter of its return, or is a total of its year.

    A workbook may repeat other quarters; each of those counts from its own return only.
    """
    if quarter.contains(period) or period.end == quarter.end:
        return True
    return basis is Basis.TOTAL and period.year == quarter.year
