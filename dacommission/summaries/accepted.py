"""Everything that was accepted for a joint arrangement and bears on one summary, read from the database.

Rows come out, never records: a summary of five years rests on thousands of observations. Only accepted
returns count. Nothing is worked out here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, String, Uuid, bindparam, cast, func, or_, select
from sqlalchemy.orm import aliased

from dacommission.commissioning.models import Arrangement, Contract, Service, contract_service
from dacommission.db import db
from dacommission.indicators.models import Breakdown, Category, ContractKpi, Indicator
from dacommission.organisations.models import Organisation
from dacommission.returns.models import ContextSeries, Return, StoredObservation, Upload
from dacommission.summaries.brief import Facts
from imports.periods import Period

YEARS = 5  # this one and those before it

_ARRANGEMENT = bindparam("arrangement", type_=Uuid)
_FIRST, _START, _END = (bindparam(name, type_=Date) for name in ("first", "start", "end"))
_YEAR: Any = bindparam("year")

_LATER = aliased(StoredObservation)
_SEEN = (
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
_KNOWN = (
    StoredObservation.indicator_code.is_not(None),
    StoredObservation.period_start >= _FIRST,
    StoredObservation.period_end <= _END,
)

# Categories only of the period's own year: nothing shows those of earlier years.
_OBSERVATIONS = (
    select(Return.contract_id, Return.financial_year, Return.quarter, *_SEEN)
    .join(Return, Return.accepted_upload_id == StoredObservation.upload_id)
    .join(Contract, Return.contract_id == Contract.id)
    .where(
        Contract.arrangement_id == _ARRANGEMENT,
        *_KNOWN,
        or_(StoredObservation.breakdown.is_(None), StoredObservation.period_start >= _START),
        ~select(_LATER.id).where(_LATER.corrects_id == StoredObservation.id).exists(),  # it stands as corrected last
    )
    .order_by(StoredObservation.id)
)
_INDICATORS = select(
    *(Indicator.code, Indicator.name, Indicator.unit, Indicator.count_type, Indicator.direction),
    *(Indicator.decimals, Indicator.numerator_label, Indicator.denominator_label),
    *(Indicator.numerator_indicator, Indicator.denominator_indicator, Indicator.year_value),
    *(Indicator.family, Indicator.position, cast(Indicator.breakdowns, String).label("breakdowns")),
).order_by(Indicator.position, Indicator.code)
_CONTRACTS = (
    select(Contract.id, Contract.reference, Organisation.short_name, Contract.starts_on, Contract.ends_on)
    .join(Organisation, Contract.provider_id == Organisation.id)
    .where(Contract.arrangement_id == _ARRANGEMENT)
    .order_by(Contract.reference, Contract.id)
)
_KPIS = (
    select(
        *(ContractKpi.contract_id, ContractKpi.indicator_code, ContractKpi.target, ContractKpi.tolerance),
        *(ContractKpi.range_low, ContractKpi.range_high, ContractKpi.minimum_denominator),
    )
    .join(Contract)
    .where(Contract.arrangement_id == _ARRANGEMENT, ContractKpi.financial_year == _YEAR)
    .order_by(ContractKpi.contract_id, ContractKpi.indicator_code)
)
_SERVICES = (
    select(Service.name, Service.indicator_family, Service.kind)
    .join(contract_service, contract_service.c.service_id == Service.id)
    .join(Contract, contract_service.c.contract_id == Contract.id)
    .where(Contract.arrangement_id == _ARRANGEMENT)
    .order_by(Service.name)
    .distinct()
)
_RECEIVED = (
    select(Return.contract_id, Return.quarter)
    .join(Contract)
    .where(
        Contract.arrangement_id == _ARRANGEMENT,
        Return.accepted_upload_id.is_not(None),
        Return.financial_year == _YEAR,
    )
    .order_by(Return.contract_id, Return.quarter)
)
_CATEGORIES = (
    select(Breakdown.key, Breakdown.name, Breakdown.multi_response, Category.name)
    .join(Category)
    .order_by(Breakdown.position, Breakdown.key, Category.position, Category.id)
)
_LATEST = (
    select(Upload.series_id, func.max(Upload.number).label("number"))
    .where(Upload.series_id.is_not(None))
    .group_by(Upload.series_id)
    .subquery()
)
_SERIES = select(
    *(ContextSeries.id, ContextSeries.name, ContextSeries.indicator_code, ContextSeries.source),
    *(ContextSeries.scope, ContextSeries.resolution),
).order_by(ContextSeries.name)
_OF_SERIES = (
    select(Upload.series_id, *_SEEN)
    .join(Upload, StoredObservation.upload_id == Upload.id)
    .join(_LATEST, (_LATEST.c.series_id == Upload.series_id) & (_LATEST.c.number == Upload.number))
    .where(*_KNOWN)
    .order_by(StoredObservation.id)
)


def accepted(arrangement: Arrangement, period: Period) -> Facts:
    """What has been accepted up to the period's end, of its year and the four before."""
    given = {
        "arrangement": arrangement.id,
        "year": period.year,
        "first": Period.financial_year(period.year - YEARS + 1).start,
        "start": period.whole_year.start,
        "end": period.end,
    }

    def rows(query: Any) -> tuple[Any, ...]:
        return tuple(map(tuple, db.session.execute(query, given)))

    return Facts(
        arrangement=arrangement.name,
        period=period,
        observations=rows(_OBSERVATIONS),
        indicators=rows(_INDICATORS),
        contracts=rows(_CONTRACTS),
        kpis=rows(_KPIS),
        services=rows(_SERVICES),
        received=rows(_RECEIVED),
        categories=rows(_CATEGORIES),
        series=rows(_SERIES),
        of_series=rows(_OF_SERIES),
    )
