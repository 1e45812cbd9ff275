"""Pages of returns: the list, one return, and the workbook to fill in."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, case, false

from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.indicators.store import vocabulary
from dacommission.organisations.models import Organisation
from dacommission.returns import accepted
from dacommission.returns.deadlines import WAITED_FOR, is_late, lateness
from dacommission.returns.expected import expected
from dacommission.returns.history import history
from dacommission.returns.models import DECLARED_AS, Return
from dacommission.returns.workflow import STATUS_NAMES, ReturnStatus, Step, steps_from
from dacommission.roles import Permission
from dacommission.web.clock import now, today
from dacommission.web.files import download
from dacommission.web.guard import found_or_404, may, open_to
from dacommission.web.listing import listed
from dacommission.web.sections import notes_of, sections_of
from imports.periods import Period
from imports.template import make_template

returns = Blueprint("returns", __name__)

LATE = "late"
FILTERS = {LATE: "Late", **{str(status): name for status, name in STATUS_NAMES.items()}}
NEED = {
    ReturnStatus.SUBMITTED: 1,
    ReturnStatus.SENT_BACK: 2,
    ReturnStatus.RECEIVED: 3,
    ReturnStatus.DUE: 4,
    ReturnStatus.ACCEPTED: 5,
}
NO_KPIS = "{contract} has no KPIs for {year} yet, so there is no workbook to fill in. Add the KPIs first."


@returns.app_template_filter("return_status")
def status_name(status: str) -> str:
    """ "Sent back"."""
    return STATUS_NAMES[ReturnStatus(status)]


@returns.app_template_filter("declared_as")
def declared_as_words(key: str) -> str:
    """ "a deputy named by the provider"."""
    return DECLARED_AS[key]


def find(return_id: uuid.UUID, permission: Permission = Permission.RETURNS_READ) -> Return:
    """The return, or 404: also when it exists but is not this person's."""
    return found_or_404(Return.visible_to(current_user, permission).where(Return.id == return_id))


@returns.get("/returns")
@open_to(Permission.RETURNS_READ)
def list_returns() -> ResponseReturnValue:
    """The returns this person may see; ?status, ?contract and ?year narrow them."""
    contracts = list(db.session.scalars(Contract.visible_to(current_user)))
    years = accepted.years_with_returns([contract.id for contract in contracts])
    page = listed(
        _narrowed(Return.visible_to(current_user).join(Return.contract).join(Contract.provider), years),
        columns={
            "due": ("Due", Return.due_at),
            "contract": ("Contract", Contract.reference),
            "provider": ("Provider", Organisation.short_name),
            "period": ("Quarter", Return.financial_year * 10 + Return.quarter),
            "status": ("Status", _by_need()),
        },
        tie_break=(Return.due_at.desc(), Return.id),
        first_sort="status",
        search_in=(Contract.reference, Contract.title, Organisation.name, Organisation.short_name),
    )
    return render_template(
        "returns/list.html",
        page=page,
        lateness={due.id: lateness(due, today()) for due in page.rows},
        late={due.id for due in page.rows if is_late(due, today())},
        choices=[
            ("status", "State", list(FILTERS.items())),
            ("contract", "Contract", [(contract.reference, str(contract)) for contract in contracts]),
            ("year", "Year", [(year, Period.financial_year(year).label) for year in years]),
        ],
        chosen=request.args,
        sections=sections_of("returns", None, current_user),
        notes=notes_of("returns", page.rows, current_user),
    )


def _by_need() -> ColumnElement[int]:
    """What waits for somebody before what is settled, and within each the earliest quarter first."""
    return case(NEED, value=Return.status) * 1_000_000 + Return.financial_year * 10 + Return.quarter


def _narrowed(query: Select[tuple[Return]], years: Collection[int]) -> Select[tuple[Return]]:
    """As the address asks; in a year without returns there is nothing, however long its number."""
    status, contract = request.args.get("status", ""), request.args.get("contract", "")
    year = request.args.get("year", type=int)
    if status == LATE:
        in_time = Return.first_submitted_at.is_not(None) & (Return.first_submitted_at <= Return.due_at)
        query = query.where(Return.status.in_(WAITED_FOR), ~Return.backfilled, Return.due_at < now(), ~in_time)
    elif status in FILTERS:
        query = query.where(Return.status == status)
    if contract:
        query = query.where(Contract.reference == contract)
    if year is None:
        return query
    return query.where(Return.financial_year == year if year in years else false())


@returns.get("/returns/<uuid:return_id>")
@open_to(Permission.RETURNS_READ)
def show(return_id: uuid.UUID) -> ResponseReturnValue:
    """One return: where it stands, its uploads and what happened."""
    due = find(return_id)
    return render_template(
        "returns/show.html",
        due=due,
        lateness=lateness(due, today()),
        late=is_late(due, today()),
        steps=_steps(due),
        happened=history(due.id),
        sections=sections_of("return", due, current_user),
        buttons=sections_of("return-buttons", due, current_user),
    )


def _steps(due: Return) -> set[Step]:
    """The steps that this person may take now, for the page's buttons."""
    needed = {
        Step.ACCEPT: Permission.RETURNS_REVIEW,
        Step.REOPEN: Permission.RETURNS_REVIEW,
    }
    return {step for step in steps_from(ReturnStatus(due.status)) if step in needed and may(needed[step])}


@returns.get("/returns/<uuid:return_id>/workbook")
@open_to(Permission.RETURNS_FIGURES)
def workbook(return_id: uuid.UUID) -> ResponseReturnValue:
    """The return workbook made for this contract and quarter, with its past beside."""
    due = find(return_id, Permission.RETURNS_FIGURES)
    wanted = expected(due)
    if not wanted.lines:
        flash(NO_KPIS.format(contract=wanted.contract, year=due.period.year_label), "error")
        return redirect(url_for(".show", return_id=due.id))
    content = make_template(wanted, vocabulary())
    return download(content, f"{wanted.contract}-{due.period.key}-return")
