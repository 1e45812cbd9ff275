"""Pages of results: a contract's KPIs over a year, and where each figure comes from."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.indicators.count_types import COUNT_TYPES
from dacommission.indicators.models import Indicator
from dacommission.indicators.results import result
from dacommission.indicators.store import measure_of
from dacommission.indicators.worked_out import worked_out
from dacommission.monitoring.performance import Performance, series_kpis, standing
from dacommission.returns import accepted, shown
from dacommission.returns.corrected import in_file
from dacommission.returns.models import Return
from dacommission.returns.succession import Predecessor, held_by, of_series, opened, predecessors
from dacommission.roles import Permission
from dacommission.web.guard import found_or_404, open_to
from imports.periods import Period

LAST_QUARTER = 4

results = Blueprint("results", __name__)


@results.get("/results")
@open_to(Permission.RETURNS_FIGURES)
def show_results() -> ResponseReturnValue:
    """The KPIs of one contract by quarter and for the year; ?contract and ?year choose."""
    contracts = list(db.session.scalars(Contract.visible_to(current_user, Permission.RETURNS_FIGURES)))
    wanted = request.args.get("contract", "")
    contract = next((one for one in contracts if one.reference == wanted), None)
    if contract is None:
        contract = next(iter(contracts), None)
    if contract is None:
        return render_template("monitoring/results.html", contract=None, contracts=[], years=[], performance=None)
    before = predecessors(contract, current_user)
    earlier = opened(before)
    years = accepted.years_with_returns([contract.id, *(one.contract.id for one in earlier)])
    year = request.args.get("year", type=int)
    year = year if year in years else _year_with_figures(contract, years)
    return render_template(
        "monitoring/results.html",
        contract=contract,
        contracts=contracts,
        years=[(one, Period.financial_year(one).label) for one in years],
        performance=Performance(contract, year, earlier) if year else None,
        due={due.quarter: due for due in _returns(contract, year, earlier)},
        before=[one.words for one in before],
        held_by=_held_by(year, earlier),
        mixed=_is_mixed(year, before),
    )


def _held_by(year: int | None, earlier: Sequence[Predecessor]) -> dict[int, str]:
    """By quarter: who provided it, where that was under an earlier contract."""
    quarters = Period.financial_year(year).quarters if year else ()
    held = {quarter.number: held_by(quarter, earlier) for quarter in quarters}
    return {
        number: f"{one.contract.provider.short_name}, {one.contract.reference}" for number, one in held.items() if one
    }


def _is_mixed(year: int | None, before: Sequence[Predecessor]) -> bool:
    """Whether one contract took over from another within the year."""
    return any(one.until.year == year and one.until.number < LAST_QUARTER for one in before)


def _returns(contract: Contract, year: int | None, earlier: Sequence[Predecessor]) -> list[Return]:
    return list(
        db.session.scalars(
            select(Return)
            .where(of_series(contract, earlier), Return.financial_year == year)
            .order_by(Return.quarter, Return.id)
        )
    )


def _year_with_figures(contract: Contract, years: list[int]) -> int | None:
    """The latest year with an accepted return; else the latest year there is."""
    latest = select(Return.financial_year).where(
        Return.contract_id == contract.id, Return.accepted_upload_id.is_not(None)
    )
    return db.session.scalar(latest.order_by(Return.financial_year.desc())) or next(iter(years), None)


@results.get("/results/<uuid:contract_id>/<code>/<period_key>")
@open_to(Permission.RETURNS_FIGURES)
def where_from(contract_id: uuid.UUID, code: str, period_key: str) -> ResponseReturnValue:
    """Where one figure comes from: indicator, rule, observations, upload, sheet, cell and file."""
    contract = found_or_404(
        Contract.visible_to(current_user, Permission.RETURNS_FIGURES).where(Contract.id == contract_id)
    )
    indicator = found_or_404(select(Indicator).where(Indicator.code == code))
    period = _period(period_key)
    measure = measure_of(indicator)
    before = predecessors(contract, current_user)
    earlier = opened(before)
    found_counts = accepted.counts(contract, (period.year, period.year - 1), earlier=earlier)
    counts = accepted.behind(measure, accepted.by_code(found_counts))
    kpis = series_kpis(contract, period.year, earlier)
    kpi = next((one for one in kpis if one.indicator_code == code), None)
    found = result(measure, counts, period)
    return render_template(
        "monitoring/where_from.html",
        contract=contract,
        indicator=indicator,
        count_type=COUNT_TYPES[indicator.count_type],
        period=period,
        found=found,
        standing=standing(measure, kpi, counts, period),
        how=worked_out(indicator.count_type, period.kind),
        observations=accepted.observations(found.sources),
        anchor=shown.anchor,
        place=shown.place,
        value_words=shown.value_words,
        in_file=in_file,
        correction_told=shown.correction_told,
        period_of=accepted.period_of,
        parts=shown.PARTS,
        bases=shown.BASES,
        before=[one.words for one in before],
    )


def _period(key: str) -> Period:
    try:
        return Period.from_key(key)
    except ValueError:
        abort(404)
