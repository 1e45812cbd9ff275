"""The return a workbook is supposed to be: its lines, and what is already known about each of them.

What it takes to know this does not grow with the number of KPIs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from dacommission.commissioning.models import Contract
from dacommission.indicators.models import ContractKpi
from dacommission.indicators.store import kpis_of, measure_of
from dacommission.returns import accepted
from dacommission.returns.accepted import PastFigures
from dacommission.returns.models import Return
from dacommission.returns.targets import ADDED_UP, SO_FAR, target_of
from dacommission.waivers.actions import waived_on
from dacommission.web.clock import london_day
from imports.observing import RATES
from imports.periods import Period
from imports.reading import Expected, Line, Part, Waived
from imports.rules import RELATIONS

QUARTERS = 12  # of accepted figures that a figure is held against
YEARS = 3  # the same quarter's, for a figure that counts from 1 April

Past = Mapping[Period, PastFigures]


def expected(due: Return) -> Expected:
    """The workbook that this return asks for, with what earlier accepted returns say of its figures."""
    year = due.financial_year
    past = accepted.quarters_of(due.contract, range(year - YEARS, year + 1))
    before = accepted.said_before(due)
    return Expected(
        contract=due.contract.reference,
        contract_title=due.contract.title,
        provider=due.contract.provider.name_on(due.period.end),
        period=due.period,
        lines=tuple(_line(kpi, due.period, past, before) for kpi in kpis_of(due.contract_id, year)),
        waived=tuple(
            Waived(one.rule, one.indicator_code, one.reason, one.ends_on)
            for one in waived_on(due.contract, due.period.end)
        ),
        contributions=_contributions(due.contract, year),
        due_on=london_day(due.due_at),
    )


def _line(kpi: ContractKpi, period: Period, past: Past, said_before: PastFigures) -> Line:
    code, measure = kpi.indicator_code, measure_of(kpi.indicator)
    before = past.get(period.previous(), {})
    closed = {caseload.opening: caseload.closing for caseload in RELATIONS.caseloads}.get(code, "")
    target = target_of(kpi, measure, period)
    return Line(
        code=code,
        mandatory=kpi.mandatory,
        previous=before.get(code, {}),
        brought_forward=before.get(closed, {}).get(Part.VALUE),
        year_ago=past.get(period.year_earlier(), {}).get(code, {}),
        history=_history(code, period, past, yearly=measure.count_type == SO_FAR),
        so_far=_so_far(code, measure.count_type, period, past),
        target=target.words if target else "",
        stated_before=said_before.get(code, {}),
    )


def _history(code: str, period: Period, past: Past, *, yearly: bool) -> tuple[Decimal, ...]:
    """The values of the quarters before, oldest first, back to the first that is not known.

    `yearly`: of the same quarter in the years before, because the figure counts from 1 April.
    """
    found: list[Decimal] = []
    for quarter in _back_from(period, yearly=yearly):
        value = past.get(quarter, {}).get(code, {}).get(Part.VALUE)
        if value is None:
            break
        found.insert(0, value)
    return tuple(found)


def _back_from(period: Period, *, yearly: bool) -> Iterator[Period]:
    for _ in range(YEARS if yearly else QUARTERS):
        period = period.year_earlier() if yearly else period.previous()
        yield period


def _so_far(code: str, count_type: str, period: Period, past: Past) -> dict[Part, Decimal]:
    """What the year's earlier quarters come to, of a figure that adds; empty where one of them is not known."""
    earlier = [quarter for quarter in period.whole_year.quarters if quarter < period]
    if not earlier or count_type not in (*ADDED_UP, *RATES):
        return {}
    figures = [past.get(quarter, {}).get(code, {}) for quarter in earlier]
    parts = set.intersection(*({*one} for one in figures)) - {Part.PERCENT}
    return {part: sum((one[part] for one in figures), Decimal(0)) for part in sorted(parts)}


def _contributions(contract: Contract, year: int) -> Decimal | None:
    """What the funding bodies pay in a financial year; None while nothing, or not all of it, is recorded."""
    amounts = [one.amount for one in contract.contributions if one.financial_year == year]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None
