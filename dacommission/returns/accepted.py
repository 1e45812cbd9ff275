"""What providers' accepted returns say: the only figures that results, summaries and templates may use.

Reads only. What the figures come to is worked out in `dacommission.indicators.results`.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.indicators.measures import Count, Measure
from dacommission.indicators.models import Indicator
from dacommission.indicators.results import of_quarter
from dacommission.indicators.store import measure_of, measures
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
    """What the accepted returns of these financial years say of their quarters, by code and part; in one query.

    Without breakdowns, and without what was not reported. A quarter without an accepted return is left out. Where
    only its months were reported they make the quarter, as in results.
    """
    own, later = StoredObservation, aliased(StoredObservation)
    figure = (own.id, own.part, own.period_start, own.period_end, own.basis, own.value, own.status)
    wanted = (
        select(Return.financial_year, Return.quarter, Indicator, *figure)
        .join(Return, Return.accepted_upload_id == own.upload_id)
        .join(Indicator, Indicator.code == own.indicator_code)
        .outerjoin(later, later.corrects_id == own.id)
        .where(later.id.is_(None))  # a corrected figure stands as last corrected
        .where(Return.contract_id == contract.id, Return.financial_year.in_(list(years)))
        .where(own.category.is_(None), own.value.is_not(None))
        .order_by(own.id)
    )
    found: dict[tuple[Period, Indicator, Part], list[Count]] = {}
    for year, number, indicator, source, part, start, end, basis, value, status in db.session.execute(wanted):
        quarter = Period.quarter(year, number)
        if start and end and quarter.contains(period := Period(start, end)):
            count = Count(source, indicator.code, Part(part), None, None, period, Basis(basis), value, Status(status))
            found.setdefault((quarter, indicator, count.part), []).append(count)
    quarters: dict[Period, PastFigures] = {}
    for (quarter, indicator, part), reported in found.items():
        if (value := _whole(measure_of(indicator), reported, quarter)) is not None:
            quarters.setdefault(quarter, {}).setdefault(indicator.code, {})[part] = value
    return quarters


def _whole(measure: Measure, reported: Sequence[Count], quarter: Period) -> Decimal | None:
    amount = of_quarter(measure, reported, quarter)
    return amount.value if amount.is_reported else None


def said_before(due: Return) -> PastFigures:
    """What a return said when it was last sent back or reopened; empty where it never was."""
    if due.decided_at is None or due.accepted_upload_id is not None:
        return {}
    decided = [one for one in due.uploads if one.withdrawn_at is None and one.received_at <= due.decided_at]
    reported: dict[tuple[str, Part], list[Count]] = {}
    for one in decided[-1].standing if decided else ():
        if one.indicator_code and one.category is None and one.value is not None and one.period_start:
            count = count_of(one)
            if due.period.contains(count.period):
                reported.setdefault((count.indicator, count.part), []).append(count)
    known = measures() if reported else {}
    found: PastFigures = {}
    for (code, part), counts_of_it in reported.items():
        if (value := _whole(known[code], counts_of_it, due.period)) is not None:
            found.setdefault(code, {})[part] = value
    return found


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
