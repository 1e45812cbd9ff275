"""Forms for what belongs to a contract: its options to extend, and what each body pays."""

from __future__ import annotations

import uuid

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.commissioning import actions
from dacommission.commissioning.form_pages import FormPage, answer
from dacommission.commissioning.forms import (
    ContributionForm,
    OptionForm,
    contribution_values,
    option_values,
)
from dacommission.commissioning.models import Contract, Contribution, ExtensionOption
from dacommission.commissioning.views import commissioning, contract_crumbs, find_contract
from dacommission.roles import Permission
from dacommission.web.clock import today
from dacommission.web.guard import open_to
from dacommission.web.locking import VersionedForm
from dacommission.web.words import financial_year
from imports.periods import Period

EDIT = Permission.CONTRACTS_EDIT
NARROW = {
    "months": "govuk-input--width-3",
    "notice_months": "govuk-input--width-3",
    "amount": "govuk-input--width-10",
}


class RemoveForm(VersionedForm):
    """Only the version: what is removed is said on the page."""


def find_option(contract: Contract, option_id: uuid.UUID) -> ExtensionOption:
    return next((one for one in contract.extension_options if one.id == option_id), None) or abort(404)


def find_contribution(contract: Contract, contribution_id: uuid.UUID) -> Contribution:
    return next((one for one in contract.contributions if one.id == contribution_id), None) or abort(404)


def _back(contract: Contract) -> str:
    return url_for("commissioning.show_contract", contract_id=contract.id)


@commissioning.route("/contracts/<uuid:contract_id>/extension-options/new", methods=["GET", "POST"])
@open_to(EDIT)
def add_option(contract_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    form = OptionForm(data={"version": contract.version, "status": "open"})
    page = FormPage("Add an option to extend", form, contract_crumbs(contract, ("Add an option", None)), widths=NARROW)

    def save() -> str:
        actions.add_option(contract, form.fields(), version=form.version.data, by=current_user)
        return _back(contract)

    return answer(page, save, saved="Option added.", now=lambda: {"version": contract.version})


@commissioning.route("/contracts/<uuid:contract_id>/extension-options/<uuid:option_id>/edit", methods=["GET", "POST"])
@open_to(EDIT)
def edit_option(contract_id: uuid.UUID, option_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    option = find_option(contract, option_id)
    form = OptionForm(data=option_values(contract, option))
    page = FormPage(
        f"Edit option {option.number}", form, contract_crumbs(contract, ("Edit an option", None)), widths=NARROW
    )

    def save() -> str:
        actions.edit_option(contract, option, form.fields(), version=form.version.data, by=current_user)
        return _back(contract)

    return answer(
        page, save, saved="Option saved.", now=lambda: option_values(contract, find_option(contract, option_id))
    )


@commissioning.route("/contracts/<uuid:contract_id>/extension-options/<uuid:option_id>/remove", methods=["GET", "POST"])
@open_to(EDIT)
def remove_option(contract_id: uuid.UUID, option_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    option = find_option(contract, option_id)
    form = RemoveForm(data={"version": contract.version})
    page = FormPage(
        f"Remove option {option.number}",
        form,
        contract_crumbs(contract, ("Remove an option", None)),
        introduction=f"The option to extend {contract} by {option.months} months will be removed.",
        button="Remove option",
    )

    def save() -> str:
        actions.remove_option(contract, option, version=form.version.data, by=current_user)
        return _back(contract)

    return answer(page, save, saved="Option removed.", now=lambda: {"version": contract.version})


@commissioning.route("/contracts/<uuid:contract_id>/contributions/new", methods=["GET", "POST"])
@open_to(EDIT)
def add_contribution(contract_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    year = Period.quarter_of(today()).year
    form = ContributionForm(data={"version": contract.version, "financial_year": str(year)})
    page = FormPage("Add a contribution", form, contract_crumbs(contract, ("Add a contribution", None)), widths=NARROW)

    def save() -> str:
        actions.add_contribution(contract, form.fields(), version=form.version.data, by=current_user)
        return _back(contract)

    return answer(page, save, saved="Contribution added.", now=lambda: {"version": contract.version})


@commissioning.route("/contracts/<uuid:contract_id>/contributions/<uuid:contribution_id>/edit", methods=["GET", "POST"])
@open_to(EDIT)
def edit_contribution(contract_id: uuid.UUID, contribution_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    contribution = find_contribution(contract, contribution_id)
    form = ContributionForm(data=contribution_values(contract, contribution))
    page = FormPage(
        "Edit a contribution", form, contract_crumbs(contract, ("Edit a contribution", None)), widths=NARROW
    )

    def save() -> str:
        actions.edit_contribution(contract, contribution, form.fields(), version=form.version.data, by=current_user)
        return _back(contract)

    return answer(
        page,
        save,
        saved="Contribution saved.",
        now=lambda: contribution_values(contract, find_contribution(contract, contribution_id)),
    )


@commissioning.route(
    "/contracts/<uuid:contract_id>/contributions/<uuid:contribution_id>/remove", methods=["GET", "POST"]
)
@open_to(EDIT)
def remove_contribution(contract_id: uuid.UUID, contribution_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, EDIT)
    contribution = find_contribution(contract, contribution_id)
    form = RemoveForm(data={"version": contract.version})
    page = FormPage(
        "Remove a contribution",
        form,
        contract_crumbs(contract, ("Remove a contribution", None)),
        introduction=f"What {contribution.body} pays from {contribution.stream} in "
        f"{financial_year(contribution.financial_year)} will be removed.",
        button="Remove contribution",
    )

    def save() -> str:
        actions.remove_contribution(contract, contribution, version=form.version.data, by=current_user)
        return _back(contract)

    return answer(page, save, saved="Contribution removed.", now=lambda: {"version": contract.version})
