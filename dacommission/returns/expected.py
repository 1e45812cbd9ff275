"""The return a workbook is supposed to be: its lines, and what is already known about each of them."""

from __future__ import annotations

from dacommission.indicators.models import ContractKpi
from dacommission.indicators.store import kpis_of
from dacommission.returns import accepted
from dacommission.returns.models import Return
from imports.reading import Expected, Line, Part
from imports.rules import RELATIONS


def expected(due: Return) -> Expected:
    """The workbook that this return asks for, with last quarter's accepted figures."""
    past = accepted.figures_of(due.contract, due.period.previous())
    return Expected(
        contract=due.contract.reference,
        contract_title=due.contract.title,
        provider=due.contract.provider.name_on(due.period.end),
        period=due.period,
        lines=tuple(_line(kpi, past) for kpi in kpis_of(due.contract_id, due.financial_year)),
    )


def _line(kpi: ContractKpi, past: accepted.PastFigures) -> Line:
    closed = {caseload.opening: caseload.closing for caseload in RELATIONS.caseloads}.get(kpi.indicator_code, "")
    return Line(
        code=kpi.indicator_code,
        mandatory=kpi.mandatory,
        previous=past.get(kpi.indicator_code, {}),
        brought_forward=past.get(closed, {}).get(Part.VALUE),
    )
