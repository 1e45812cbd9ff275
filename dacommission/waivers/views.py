"""Pages of waivers: those of a contract, asking for one, and deciding on it; what other pages show of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.commissioning.terms import ends_with
from dacommission.db import Conflict, db
from dacommission.indicators.models import ContractKpi, Indicator
from dacommission.roles import Permission
from dacommission.waivers import actions
from dacommission.waivers.forms import EndWaiverForm, WaiverDecisionForm, WaiverForm
from dacommission.waivers.models import WAIVER_STATUSES, Waiver
from dacommission.waivers.words import quarters_words, rule_choices, waiver_words
from dacommission.web.clock import now, today
from dacommission.web.guard import found_or_404, may, open_to
from dacommission.web.tasks import Task, Urgency
from imports.periods import Period

waivers = Blueprint("waivers", __name__)

NONE_YET = ("", "Choose a rule")
ALL = ("", "All of them")
ASKED = "The waiver is asked for. A commissioner of the contract decides on it."
DECIDED = {"approved": "The waiver was approved.", "declined": "The waiver was declined."}
ENDED = "The waiver was ended."
CHANGED = "This waiver was changed since you looked. Nothing was done; look again."


@waivers.app_template_filter("waived_rule")
def waived_rule(waiver: Waiver) -> str:
    """Which rule it is, in words."""
    return waiver_words(waiver)


@waivers.app_template_filter("waived_quarters")
def waived_quarters(waiver: Waiver) -> str:
    """For which quarters it is."""
    return quarters_words(waiver)


@waivers.app_template_filter("waiver_status")
def waiver_status(waiver: Waiver) -> str:
    """ "Asked for"."""
    return WAIVER_STATUSES[waiver.status]


def find_contract(contract_id: uuid.UUID, permission: Permission) -> Contract:
    return found_or_404(Contract.visible_to(current_user, permission).where(Contract.id == contract_id))


def find(waiver_id: uuid.UUID, permission: Permission = Permission.RETURNS_READ) -> Waiver:
    """The waiver, or 404: also when it is of a contract that is not this person's."""
    return found_or_404(Waiver.visible_to(current_user, permission).where(Waiver.id == waiver_id))


@waivers.get("/contracts/<uuid:contract_id>/waivers")
@open_to(Permission.RETURNS_READ)
def list_waivers(contract_id: uuid.UUID) -> ResponseReturnValue:
    """The waivers of a contract, whatever became of them."""
    contract = find_contract(contract_id, Permission.RETURNS_READ)
    return render_template("waivers/list.html", contract=contract, rows=_of(contract))


@waivers.route("/contracts/<uuid:contract_id>/waivers/ask", methods=["GET", "POST"])
@open_to(Permission.RETURNS_UPLOAD)
def ask(contract_id: uuid.UUID) -> ResponseReturnValue:
    """Asks for a waiver; a commissioner may start one, which another person then decides on."""
    contract = find_contract(contract_id, Permission.RETURNS_UPLOAD)
    form = WaiverForm(data={"first": Period.quarter_of(today()).key, "last": Period.quarter_of(today()).key})
    quarters = {quarter.key: quarter for quarter in _quarters(contract)}
    form.rule.choices = [NONE_YET, *rule_choices()]
    form.indicator.choices = [ALL, *_kpis(contract)]
    form.first.choices = form.last.choices = [(key, quarter.label) for key, quarter in quarters.items()]
    if form.validate_on_submit():
        starts_on, ends_on = quarters[form.first.data].start, quarters[form.last.data].end
        wanted = actions.Wanted(
            form.rule.data, form.indicator.data or None, starts_on, ends_on, form.reason.data.strip()
        )
        try:
            asked = actions.ask(contract, wanted, by=current_user, at=now())
        except actions.NotPossible as refusal:
            form.rule.errors = [str(refusal)]
        else:
            flash(ASKED, "success")
            return redirect(url_for(".show", waiver_id=asked.id))
    return render_template("waivers/ask.html", contract=contract, form=form)


@waivers.get("/waivers/<uuid:waiver_id>")
@open_to(Permission.RETURNS_READ)
def show(waiver_id: uuid.UUID) -> ResponseReturnValue:
    """One waiver, and what can be decided about it."""
    return _page(find(waiver_id), WaiverDecisionForm(formdata=None))


@waivers.post("/waivers/<uuid:waiver_id>/decide")
@open_to(Permission.RETURNS_REVIEW)
def decide(waiver_id: uuid.UUID) -> ResponseReturnValue:
    """Approves or declines a waiver that somebody else asked for."""
    waiver, form = find(waiver_id, Permission.RETURNS_REVIEW), WaiverDecisionForm()
    if not form.validate_on_submit():
        return _page(waiver, form)
    said = {"approved": form.decision.data == "approved", "answer": (form.answer.data or "").strip()}
    try:
        actions.decide(waiver, **said, version=form.version.data, by=current_user, at=now())
    except actions.NotPossible as refusal:
        flash(str(refusal), "error")
    else:
        flash(DECIDED[waiver.status], "success")
    return redirect(url_for(".show", waiver_id=waiver.id))


@waivers.post("/waivers/<uuid:waiver_id>/end")
@open_to(Permission.RETURNS_REVIEW)
def end(waiver_id: uuid.UUID) -> ResponseReturnValue:
    """Ends an approved waiver before its last quarter."""
    waiver, form = find(waiver_id, Permission.RETURNS_REVIEW), EndWaiverForm()
    try:
        if not form.validate_on_submit():
            raise Conflict
        actions.end(waiver, version=form.version.data, by=current_user, at=now())
    except (Conflict, actions.NotPossible) as refusal:
        flash(str(refusal) or CHANGED, "error")
    else:
        flash(ENDED, "success")
    return redirect(url_for(".show", waiver_id=waiver.id))


def _page(waiver: Waiver, form: WaiverDecisionForm) -> str:
    form.version.data, form.version.raw_data = waiver.version, None
    mine = waiver.asked_by_id == current_user.id
    decidable = waiver.status == "asked" and may(Permission.RETURNS_REVIEW)
    return render_template("waivers/show.html", waiver=waiver, form=form, mine=mine, decidable=decidable)


def _of(contract: Contract) -> list[Waiver]:
    return list(db.session.scalars(Waiver.visible_to(current_user).where(Waiver.contract_id == contract.id)))


def _kpis(contract: Contract) -> list[tuple[str, str]]:
    """The indicators that are KPIs of the contract in any year."""
    codes = select(ContractKpi.indicator_code).where(ContractKpi.contract_id == contract.id)
    found = select(Indicator).where(Indicator.code.in_(codes)).order_by(Indicator.position, Indicator.code)
    return [(one.code, f"{one.code} {one.name}") for one in db.session.scalars(found)]


def _quarters(contract: Contract) -> Iterator[Period]:
    """The quarters of the contract's longest term."""
    options = [option.months for option in contract.extension_options if option.status != "lapsed"]
    last = max([contract.ends_on, *ends_with(contract.ends_on, options)])
    quarter = Period.quarter_of(contract.starts_on)
    while quarter.start <= last:
        yield quarter
        quarter = Period.quarter_of(quarter.end + timedelta(days=1))


def on_contract(contract: Contract, user: User) -> str:
    """What a contract's page shows of its waivers."""
    return render_template("waivers/section.html", contract=contract, rows=_of(contract), returns_page=False)


def on_return(due: Any, user: User) -> str:
    """What a return's page shows: the waivers that cover its quarter, and those asked for."""
    day = due.period.end
    rows = [one for one in _of(due.contract) if one.starts_on <= day <= one.ends_on and one.status != "declined"]
    return render_template("waivers/section.html", contract=due.contract, rows=rows, returns_page=True)


def to_decide(user: User) -> Iterator[Task]:
    """For commissioners: the waivers that wait for a decision, but not one's own."""
    asked = Waiver.visible_to(user, Permission.RETURNS_REVIEW).where(
        Waiver.status == "asked", Waiver.asked_by_id != user.id
    )
    for waiver in db.session.scalars(asked.options(joinedload(Waiver.contract))):
        yield Task(
            f"Decide on a waiver for {waiver.contract.reference}",
            url_for("waivers.show", waiver_id=waiver.id),
            f"{waiver_words(waiver)} {quarters_words(waiver)}.",
            Urgency.NOW,
        )
