"""Everything that was accepted for a joint arrangement and bears on one summary, read from the database.

Plain values come out, never records: a summary of five years rests on thousands of observations. Only
accepted returns count. Nothing is worked out here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import func, or_, select

from dacommission.commissioning.models import Arrangement, Contract, Service, contract_service
from dacommission.db import db
from dacommission.indicators.measures import Count, Place
from dacommission.indicators.models import Breakdown, Category, ContractKpi, Indicator
from dacommission.indicators.rating import Target
from dacommission.organisations.models import Organisation
from dacommission.returns.models import ContextSeries, Return, StoredObservation, Upload
from dacommission.returns.targets import target_of
from dacommission.returns.vocabulary import measure_of
from dacommission.summaries.brief import Brief, KnownBreakdown, KnownContract, KnownIndicator, KnownSeries
from imports.periods import Period
from imports.reading import Basis, Part, Status

YEARS = 5  # this one and those before it
SAFE_ACCOMMODATION = "safe-accommodation"
KEPT_WHOLE_BY = "accommodation-type"  # indicators with this breakdown tell of safe accommodation


def accepted(arrangement: Arrangement, period: Period) -> Brief:
    """What has been accepted up to the period's end, of its year and the four before."""
    services = _services(arrangement.id)
    indicators = _indicators({family for _, family, kind in services if kind == SAFE_ACCOMMODATION})
    return Brief(
        arrangement=arrangement.name,
        period=period,
        counts=_counts(arrangement.id, period),
        indicators=indicators,
        contracts=_contracts(arrangement.id),
        targets=_targets(arrangement.id, period, indicators),
        services=tuple((name, family) for name, family, _ in services),
        received=_received(arrangement.id, period),
        breakdowns=_breakdowns(),
        series=_series(period),
    )


_FIELDS = (
    StoredObservation.id,
    StoredObservation.indicator_code,
    StoredObservation.part,
    StoredObservation.breakdown,
    StoredObservation.category,
    StoredObservation.period_start,
    StoredObservation.period_end,
    StoredObservation.basis,
    StoredObservation.value,
    StoredObservation.status,
)


def _counts(arrangement_id: uuid.UUID, period: Period) -> dict[tuple[uuid.UUID, str, int, Place], tuple[Count, ...]]:
    """Categories only of the period's own year: nothing shows those of earlier years."""
    year = period.whole_year
    query = (
        select(Return.contract_id, Return.financial_year, Return.quarter, *_FIELDS)
        .join(Upload, StoredObservation.upload_id == Upload.id)
        .join(Return, Return.accepted_upload_id == Upload.id)
        .join(Contract, Return.contract_id == Contract.id)
        .where(
            Contract.arrangement_id == arrangement_id,
            or_(StoredObservation.breakdown.is_(None), StoredObservation.period_start >= year.start),
        )
    )
    found: dict[tuple[uuid.UUID, str, int, Place], list[Count]] = {}
    periods: dict[tuple[date, date], Period] = {}
    for contract_id, of_year, quarter, *fields in _rows(query, period):
        count = _count(fields, periods)
        if _belongs(count, of_year, quarter):
            place = (count.breakdown, count.category)
            found.setdefault((contract_id, count.indicator, of_year, place), []).append(count)
    return {key: tuple(counts) for key, counts in found.items()}


def _belongs(count: Count, year: int, quarter: int) -> bool:
    """Whether a figure is about its return's quarter, or is a total of its year: see `returns.accepted`."""
    start, end = _ends(year, quarter)
    if count.period.end == end or (start <= count.period.start and count.period.end <= end):
        return True
    return count.basis is Basis.TOTAL and count.period.year == year


@cache
def _ends(year: int, quarter: int) -> tuple[date, date]:
    period = Period.quarter(year, quarter)
    return period.start, period.end


def _rows(query: Any, period: Period) -> Iterable[Any]:
    """Observations whose meaning is known, up to the period's end."""
    known = query.where(
        StoredObservation.indicator_code.is_not(None),
        StoredObservation.period_start >= Period.financial_year(period.year - YEARS + 1).start,
        StoredObservation.period_end <= period.end,
    )
    return db.session.execute(known.order_by(StoredObservation.id))


_PARTS, _BASES, _STATUSES = ({str(word): word for word in words} for words in (Part, Basis, Status))


def _count(fields: Iterable[Any], periods: dict[tuple[date, date], Period]) -> Count:
    source, code, part, breakdown, category, start, end, basis, value, status = fields
    period = periods.get((start, end)) or periods.setdefault((start, end), Period(start, end))
    parts: Any = _PARTS[part], _BASES[basis], _STATUSES[status]
    return Count(source, code, parts[0], breakdown, category, period, parts[1], value, parts[2])


def _indicators(safe_families: set[str]) -> dict[str, KnownIndicator]:
    columns = (
        *(Indicator.code, Indicator.name, Indicator.unit, Indicator.count_type, Indicator.direction),
        *(Indicator.decimals, Indicator.numerator_label, Indicator.denominator_label),
        *(Indicator.numerator_indicator, Indicator.denominator_indicator, Indicator.year_value),
        *(Indicator.definition, Indicator.family, Indicator.position, Indicator.core, Indicator.breakdowns),
    )
    return {
        row.code: KnownIndicator(
            measure_of(cast(Any, row)),
            row.definition,
            row.family,
            row.position,
            row.core,
            row.family in safe_families or KEPT_WHOLE_BY in row.breakdowns,
        )
        for row in db.session.execute(select(*columns).order_by(Indicator.position))
    }


def _contracts(arrangement_id: uuid.UUID) -> dict[uuid.UUID, KnownContract]:
    query = (
        select(Contract.id, Contract.reference, Organisation.short_name, Contract.starts_on, Contract.ends_on)
        .join(Organisation, Contract.provider_id == Organisation.id)
        .where(Contract.arrangement_id == arrangement_id)
        .order_by(Contract.reference, Contract.id)
    )
    rows: Iterable[Any] = db.session.execute(query)
    return {key: KnownContract(*rest) for key, *rest in rows}


def _targets(
    arrangement_id: uuid.UUID, period: Period, indicators: Mapping[str, KnownIndicator]
) -> dict[tuple[uuid.UUID, str], Target]:
    """What each contract asks for in the period."""
    query = (
        select(
            *(ContractKpi.contract_id, ContractKpi.indicator_code, ContractKpi.target, ContractKpi.tolerance),
            *(ContractKpi.range_low, ContractKpi.range_high, ContractKpi.minimum_denominator),
        )
        .join(Contract)
        .where(Contract.arrangement_id == arrangement_id, ContractKpi.financial_year == period.year)
        .order_by(ContractKpi.contract_id, ContractKpi.indicator_code)
    )
    found = {}
    for kpi in db.session.execute(query):
        target = target_of(cast(Any, kpi), indicators[kpi.indicator_code].measure, period)
        if target is not None:
            found[kpi.contract_id, kpi.indicator_code] = target
    return found


def _services(arrangement_id: uuid.UUID) -> list[tuple[str, str, str]]:
    query = (
        select(Service.name, Service.indicator_family, Service.kind)
        .join(contract_service, contract_service.c.service_id == Service.id)
        .join(Contract, contract_service.c.contract_id == Contract.id)
        .where(Contract.arrangement_id == arrangement_id)
        .order_by(Service.name)
        .distinct()
    )
    return [(name, family, kind) for name, family, kind in db.session.execute(query)]


def _received(arrangement_id: uuid.UUID, period: Period) -> frozenset[tuple[uuid.UUID, Period]]:
    query = (
        select(Return.contract_id, Return.financial_year, Return.quarter)
        .join(Contract)
        .where(
            Contract.arrangement_id == arrangement_id,
            Return.accepted_upload_id.is_not(None),
            Return.financial_year == period.year,
        )
        .order_by(Return.id)
    )
    return frozenset(
        (contract_id, Period.quarter(year, quarter)) for contract_id, year, quarter in db.session.execute(query)
    )


def _breakdowns() -> dict[str, KnownBreakdown]:
    query = (
        select(Breakdown.key, Breakdown.name, Breakdown.multi_response, Category.name)
        .join(Category)
        .order_by(Breakdown.position, Category.position, Category.id)
    )
    rows = list(db.session.execute(query))
    named = {key: (name, overlapping) for key, name, overlapping, _ in rows}
    return {
        key: KnownBreakdown(name, overlapping, tuple(row[3] for row in rows if row[0] == key))
        for key, (name, overlapping) in named.items()
    }


def _series(period: Period) -> tuple[KnownSeries, ...]:
    """Each series as its latest upload tells it."""
    latest = (
        select(Upload.series_id, func.max(Upload.number).label("number"))
        .where(Upload.series_id.is_not(None))
        .group_by(Upload.series_id)
        .subquery()
    )
    query = (
        select(Upload.series_id, *_FIELDS)
        .join(Upload, StoredObservation.upload_id == Upload.id)
        .join(latest, (latest.c.series_id == Upload.series_id) & (latest.c.number == Upload.number))
    )
    counts: dict[Any, list[Count]] = {}
    for series_id, *fields in _rows(query, period):
        counts.setdefault(series_id, []).append(_count(fields, {}))
    named = select(
        *(ContextSeries.id, ContextSeries.name, ContextSeries.indicator_code, ContextSeries.source),
        *(ContextSeries.scope, ContextSeries.resolution),
    ).order_by(ContextSeries.name)
    rows: Iterable[Any] = db.session.execute(named)
    return tuple(
        KnownSeries(name, code, source, scope, resolution, tuple(counts[key]))
        for key, name, code, source, scope, resolution in rows
        if key in counts
    )
