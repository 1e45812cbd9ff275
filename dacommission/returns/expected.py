"""The return a workbook is supposed to be: its lines, and what is already known about each of them."""

from __future__ import annotations

from sqlalchemy import select

from dacommission.db import db
from dacommission.indicators.models import ContractKpi, Indicator
from dacommission.returns import accepted
from dacommission.returns.models import Return
from imports.reading import Expected, Line, Part
from imports.rules import RELATIONS


def kpis_of(due: Return) -> list[ContractKpi]:
    """The KPIs that the contract sets for the year of a return, in the catalogue's order."""
    found = (
        select(ContractKpi)
        .join(Indicator)
        .where(ContractKpi.contract_id == due.contract_id, ContractKpi.financial_year == due.financial_year)
        .order_by(Indicator.position, Indicator.code)
    )
    return list(db.session.scalars(found))


def expected(due: Return) -> Expected:
    """The workbook that this return asks for, with last quarter's accepted figures."""
    past = accepted.figures_of(due.contract, due.period.previous())
    return Expected(
        contract=due.contract.reference,
        contract_title=due.contract.title,
        provider=due.contract.provider.name_on(due.period.end),
        period=due.period,
        lines=tuple(_line(kpi, past) for kpi in kpis_of(due)),
    )


def _line(kpi: ContractKpi, past: accepted.PastFigures) -> Line:
    closed = {caseload.opening: caseload.closing for caseload in RELATIONS.caseloads}.get(kpi.indicator_code, "")
    return Line(
        code=kpi.indicator_code,
        mandatory=kpi.mandatory,
        previous=past.get(kpi.indicator_code, {}),
        brought_forward=past.get(closed, {}).get(Part.VALUE),
    )
