"""Pages of the KPIs of a contract: the list for a year, and the forms to add, edit and remove one."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.commissioning.form_pages import Crumbs, FormPage, answer
from dacommission.commissioning.forms import choices
from dacommission.commissioning.models import Contract
from dacommission.commissioning.views import contract_crumbs, find_contract
from dacommission.db import db
from dacommission.indicators import kpis, store
from dacommission.indicators.forms import KpiForm, kpi_values
from dacommission.indicators.models import ContractKpi, Indicator
from dacommission.indicators.views import indicators
from dacommission.roles import Permission
from dacommission.web.clock import today
from dacommission.web.guard import found_or_404, open_to
from dacommission.web.listing import listed
from dacommission.web.locking import VersionedForm
from dacommission.web.words import financial_year
from imports.periods import Period

READ, EDIT = Permission.CONTRACTS_READ, Permission.CONTRACTS_EDIT
NARROW = dict.fromkeys(
    ("target", "range_low", "range_high", "tolerance", "minimum_denominator"), "govuk-input--width-5"
)


class RemoveForm(VersionedForm):
    """Only the version: what is removed is said on the page."""


def find_kpi(contract: Contract, kpi_id: uuid.UUID) -> ContractKpi:
    return found_or_404(select(ContractKpi).where(ContractKpi.id == kpi_id, ContractKpi.contract_id == contract.id))


def years_of(contract: Contract) -> list[int]:
    """The financial years that the contract touches, latest first."""
    first, last = Period.quarter_of(contract.starts_on).year, Period.quarter_of(contract.ends_on).year
    return list(range(last, first - 1, -1))


def year_asked(contract: Contract) -> int:
    """The year in the address; else the one that is running, or the nearest that the contract has."""
    years = years_of(contract)
    running = min(max(Period.quarter_of(today()).year, years[-1]), years[0])
    asked = request.args.get("year", running, int)
    return asked if asked in years else abort(404)


def _crumbs(contract: Contract, year: int, *more: tuple[str, str | None]) -> Crumbs:
    return contract_crumbs(contract, ("KPIs", _back(contract, year) if more else None), *more)


def _back(contract: Contract, year: int) -> str:
    return url_for("indicators.list_kpis", contract_id=contract.id, year=year)


@indicators.get("/contracts/<uuid:contract_id>/kpis")
@open_to(READ)
def list_kpis(contract_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id)
    year = year_asked(contract)
    page = listed(
        select(ContractKpi)
        .join(ContractKpi.indicator)
        .where(ContractKpi.contract_id == contract_id, ContractKpi.financial_year == year),
        columns={
            "order": ("Code", Indicator.position),
            "name": ("Indicator", Indicator.name),
            "mandatory": ("Mandatory", ContractKpi.mandatory),
        },
        tie_break=ContractKpi.id,
        search_in=(Indicator.code, Indicator.name),
    )
    mine = Contract.visible_to(current_user, EDIT).where(Contract.id == contract_id)
    years = years_of(contract)
    return render_template(
        "indicators/kpis.html",
        contract=contract,
        crumbs=_crumbs(contract, year),
        page=page,
        targets={kpi.id: store.target_of(kpi) for kpi in page.rows},
        year=year,
        years=years,
        year_before=year - 1 if year - 1 in years else None,
        editable=db.session.scalar(mine) is not None,
    )


@indicators.route("/contracts/<uuid:contract_id>/kpis/new", methods=["GET", "POST"])
@open_to(EDIT)
def add_kpi(contract_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    year = year_asked(contract)
    form = KpiForm(data={"minimum_denominator": 10, "mandatory": True})
    del form.version
    known = db.session.scalars(select(Indicator).order_by(Indicator.position, Indicator.code))
    form.indicator.choices = choices([("", "Choose an indicator"), *((one.code, str(one)) for one in known)])
    page = FormPage(
        f"Add a KPI for {financial_year(year)}",
        form,
        _crumbs(contract, year, ("Add a KPI", None)),
        button="Add KPI",
        widths=NARROW,
    )

    def save() -> str:
        kpis.add_kpi(contract, form.fields(form.indicator.data, year), by=current_user)
        return _back(contract, year)

    return answer(page, save, saved="KPI added.")


@indicators.route("/contracts/<uuid:contract_id>/kpis/<uuid:kpi_id>/edit", methods=["GET", "POST"])
@open_to(EDIT)
def edit_kpi(contract_id: uuid.UUID, kpi_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    kpi = find_kpi(contract, kpi_id)
    code, year = kpi.indicator_code, kpi.financial_year
    form = KpiForm(data=kpi_values(kpi))
    del form.indicator
    page = FormPage(
        f"Edit the KPI {kpi.indicator} for {financial_year(year)}",
        form,
        _crumbs(contract, year, (code, None)),
        introduction=kpi.indicator.typical_target,
        widths=NARROW,
    )

    def save() -> str:
        kpis.edit_kpi(kpi, form.fields(code, year), version=form.version.data, by=current_user)
        return _back(contract, year)

    return answer(page, save, saved="KPI saved.", now=lambda: kpi_values(find_kpi(contract, kpi_id)))


@indicators.route("/contracts/<uuid:contract_id>/kpis/<uuid:kpi_id>/remove", methods=["GET", "POST"])
@open_to(EDIT)
def remove_kpi(contract_id: uuid.UUID, kpi_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    kpi = find_kpi(contract, kpi_id)
    year = kpi.financial_year
    form = RemoveForm(data={"version": kpi.version})
    page = FormPage(
        f"Remove the KPI {kpi.indicator_code}",
        form,
        _crumbs(contract, year, (kpi.indicator_code, None)),
        introduction=f"{kpi.indicator} will no longer be asked for in {financial_year(year)}. Figures already "
        "reported for it stay.",
        button="Remove KPI",
    )

    def save() -> str:
        kpis.remove_kpi(kpi, version=form.version.data, by=current_user)
        return _back(contract, year)

    return answer(page, save, saved="KPI removed.", now=lambda: {"version": find_kpi(contract, kpi_id).version})


@indicators.post("/contracts/<uuid:contract_id>/kpis/suggested")
@open_to(EDIT)
def add_suggested_kpis(contract_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    year = year_asked(contract)
    added = kpis.add_suggested_kpis(contract, year, by=current_user)
    flash(f"{added} suggested KPIs were added. They have no targets yet.", "success")
    return redirect(_back(contract, year))


@indicators.post("/contracts/<uuid:contract_id>/kpis/copied")
@open_to(EDIT)
def copy_kpis(contract_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    year = year_asked(contract)
    added = kpis.copy_kpis(contract, from_year=year - 1, to_year=year, by=current_user)
    flash(f"{added} KPIs were copied from {financial_year(year - 1)} with their targets.", "success")
    return redirect(_back(contract, year))
