"""Pages of contracts: the list, one contract, and the forms to add and edit it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.commissioning import actions, return_rules, terms
from dacommission.commissioning.form_pages import Crumbs, FormPage, answer
from dacommission.commissioning.forms import ContractForm, contract_values
from dacommission.commissioning.models import OPTION_STATUSES, REGIMES, Contract, Contribution, ExtensionOption
from dacommission.db import db
from dacommission.organisations.models import Organisation
from dacommission.roles import Permission
from dacommission.web.clock import today
from dacommission.web.guard import found_or_404, open_to
from dacommission.web.listing import listed
from dacommission.web.sections import sections_of

commissioning = Blueprint("commissioning", __name__)

NARROW = {"reference": "govuk-input--width-10"}
STATES = {"": "All", "running": "Running", "ended": "Ended", "to-come": "Not started"}


@dataclass(frozen=True)
class OptionRow:
    """An extension option, and what it would mean for the contract."""

    option: ExtensionOption
    status: str
    ends_on: date | None  # None for a lapsed option: it lengthens nothing
    decide_by: date | None


@dataclass(frozen=True)
class ContributionYear:
    """What is paid in a financial year; the total is None while an amount is not known."""

    year: int
    contributions: Sequence[Contribution]
    total: Decimal | None


def find_contract(contract_id: uuid.UUID, permission: Permission = Permission.CONTRACTS_READ) -> Contract:
    """The contract, or 404; also when it exists but is not this user's to see or change."""
    query = Contract.visible_to(current_user, permission).where(Contract.id == contract_id)
    return found_or_404(query)


def contract_crumbs(contract: Contract, *more: tuple[str, str | None]) -> Crumbs:
    return [
        ("Contracts", url_for("commissioning.list_contracts")),
        (contract.reference, url_for("commissioning.show_contract", contract_id=contract.id)),
        *more,
    ]


@commissioning.get("/contracts")
@open_to(Permission.CONTRACTS_READ)
def list_contracts() -> ResponseReturnValue:
    query = Contract.visible_to(current_user).join(Contract.provider)
    day, state = today(), request.args.get("state", "")
    if state == "running":
        query = query.where(Contract.starts_on <= day, Contract.ends_on >= day)
    elif state == "ended":
        query = query.where(Contract.ends_on < day)
    elif state == "to-come":
        query = query.where(Contract.starts_on > day)
    page = listed(
        query,
        columns={
            "reference": ("Reference", Contract.reference),
            "title": ("Title", Contract.title),
            "provider": ("Provider", Organisation.short_name),
            "starts": ("Starts", Contract.starts_on),
            "ends": ("Ends", Contract.ends_on),
        },
        tie_break=Contract.id,
        search_in=(Contract.reference, Contract.title, Organisation.name, Organisation.short_name),
    )
    return render_template("commissioning/contracts.html", page=page, states=STATES, state=state)


@commissioning.get("/contracts/<uuid:contract_id>")
@open_to(Permission.CONTRACTS_READ)
def show_contract(contract_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id)
    mine = db.session.scalar(
        Contract.visible_to(current_user, Permission.CONTRACTS_EDIT).where(Contract.id == contract_id)
    )
    options = option_rows(contract)
    return render_template(
        "commissioning/contract.html",
        contract=contract,
        regime=REGIMES[contract.regime],
        provider_then=contract.provider.name_on(contract.starts_on),
        lead_then=contract.lead_commissioner.name_on(contract.starts_on),
        options=options,
        latest_end=max([row.ends_on for row in options if row.ends_on], default=contract.ends_on),
        years=contribution_years(contract),
        due_words=return_rules.due_words(contract),
        editable=mine is not None,
        sections=sections_of("contract", contract, current_user),
    )


@commissioning.route("/contracts/new", methods=["GET", "POST"])
@open_to(Permission.CONTRACTS_EDIT)
def add_contract() -> ResponseReturnValue:
    form = ContractForm()
    del form.version, form.lead_commissioner
    page = FormPage(
        "Add a contract",
        form,
        [("Contracts", url_for("commissioning.list_contracts")), ("Add a contract", None)],
        introduction=f"{current_user.organisation.name} will be the lead commissioner.",
        button="Add contract",
        widths=NARROW,
    )

    def save() -> str:
        added = actions.add_contract(form.fields(current_user.organisation_id), by=current_user)
        return url_for(".show_contract", contract_id=added.id)

    return answer(page, save, saved="Contract added.")


@commissioning.route("/contracts/<uuid:contract_id>/edit", methods=["GET", "POST"])
@open_to(Permission.CONTRACTS_EDIT)
def edit_contract(contract_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, Permission.CONTRACTS_EDIT)
    form = ContractForm(data=contract_values(contract))
    page = FormPage("Edit the contract", form, contract_crumbs(contract, ("Edit", None)), widths=NARROW)

    def save() -> str:
        actions.edit_contract(contract, form.fields(), version=form.version.data, by=current_user)
        return url_for(".show_contract", contract_id=contract_id)

    return answer(page, save, saved="Contract saved.", now=lambda: contract_values(contract))


def option_rows(contract: Contract) -> list[OptionRow]:
    """The options in order, each with the end it would bring and the day to decide by."""
    rows, ends_on = [], contract.ends_on
    for option in contract.extension_options:
        if option.status == "lapsed":
            rows.append(OptionRow(option, OPTION_STATUSES[option.status], None, option.decide_by))
            continue
        decide_by = option.decide_by
        if decide_by is None and option.notice_months is not None:
            decide_by = terms.decide_by(ends_on, option.notice_months)
        ends_on = terms.months_later(ends_on, option.months)
        rows.append(OptionRow(option, OPTION_STATUSES[option.status], ends_on, decide_by))
    return rows


def contribution_years(contract: Contract) -> list[ContributionYear]:
    """The contributions by financial year, first to last."""
    years: dict[int, list[Contribution]] = {}
    for contribution in contract.contributions:
        years.setdefault(contribution.financial_year, []).append(contribution)
    return [ContributionYear(year, paid, _total(paid)) for year, paid in sorted(years.items())]


def _total(contributions: Sequence[Contribution]) -> Decimal | None:
    amounts = [one.amount for one in contributions]
    return None if None in amounts else sum((one for one in amounts if one is not None), Decimal(0))
