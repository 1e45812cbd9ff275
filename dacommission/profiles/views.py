"""Pages of what is known of a contract's own workbooks: seen, corrected, forgotten, and tried on an old upload."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.commissioning.form_pages import Crumbs, FormPage, answer
from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.indicators.models import ContractKpi
from dacommission.indicators.store import vocabulary
from dacommission.profiles import actions
from dacommission.profiles.asked import NOT_OURS
from dacommission.profiles.choices import Choices, as_value, category_value, choices_among, whole_of
from dacommission.profiles.forms import ForgetForm, MeaningForm, QuartersForm
from dacommission.profiles.knowing import profile_of, sense_of
from dacommission.profiles.models import MEANINGS, QUARTERS, ImportProfile, KnownSeries, LayoutChange
from dacommission.profiles.trying import tried, uploads_to_try
from dacommission.returns.models import Return, Upload
from dacommission.roles import Permission
from dacommission.web.clock import now
from dacommission.web.guard import found_or_404, may, open_to

profiles = Blueprint("profiles", __name__)

TITLE = "What is known of the provider’s own workbooks"


def find_contract(contract_id: uuid.UUID, permission: Permission = Permission.PROFILES_READ) -> Contract:
    """The contract, or 404: also when it is not this person's to see."""
    return found_or_404(Contract.visible_to(current_user, permission).where(Contract.id == contract_id))


def find_row(known_id: uuid.UUID) -> KnownSeries:
    """The known row, or 404: also when it is of a contract that is not this person's to correct."""
    return found_or_404(
        KnownSeries.visible_to(current_user, Permission.PROFILES_EDIT).where(KnownSeries.id == known_id)
    )


def choices_of(contract: Contract) -> Choices:
    """What a row of a contract's workbooks may be said to be: a KPI of any of its years."""
    codes = select(ContractKpi.indicator_code).where(ContractKpi.contract_id == contract.id).distinct()
    return choices_among(db.session.scalars(codes.order_by(ContractKpi.indicator_code)), vocabulary())


def crumbs(contract: Contract, *more: tuple[str, str | None]) -> Crumbs:
    """The way to a page about a contract's own workbooks."""
    return [
        ("Contracts", url_for("commissioning.list_contracts")),
        (contract.reference, url_for("commissioning.show_contract", contract_id=contract.id)),
        (TITLE, url_for("profiles.show", contract_id=contract.id) if more else None),
        *more,
    ]


@profiles.get("/contracts/<uuid:contract_id>/layout")
@open_to(Permission.PROFILES_READ)
def show(contract_id: uuid.UUID) -> ResponseReturnValue:
    """Every row that is known: what it means, where it last stood, and who said so."""
    contract = find_contract(contract_id)
    kept, allowed = profile_of(contract), choices_of(contract)
    rows = kept.rows if kept else []
    return render_template(
        "profiles/show.html",
        contract=contract,
        profile=kept,
        quarters=QUARTERS[kept.quarters] if kept else "",
        rows=[(row, meaning_words(row, allowed)) for row in rows],
        editable=may(Permission.PROFILES_EDIT),
        crumbs=crumbs(contract),
    )


def meaning_words(row: KnownSeries, allowed: Choices) -> str:
    """What a row means, in words."""
    sense = sense_of(row)
    return allowed.words(sense) if sense else MEANINGS[row.meaning]


@profiles.route("/layout-rows/<uuid:known_id>/correct", methods=["GET", "POST"])
@open_to(Permission.PROFILES_EDIT)
def correct(known_id: uuid.UUID) -> ResponseReturnValue:
    """Says what a row means from now on."""
    row = find_row(known_id)
    contract, allowed = row.profile.contract, choices_of(row.profile.contract)
    form = MeaningForm(data=_values(row))
    form.offer(allowed, sense_of(row))
    page = FormPage(
        f"What “{row.label}” is",
        form,
        crumbs(contract, ("Change what it is", None)),
        introduction="It counts for workbooks to come. Uploads that are kept stay as they are.",
    )

    def save() -> str:
        said = {"allowed": allowed, "version": form.version.data, "by": current_user, "at": now()}
        actions.correct(row, form.sense, **said)
        return url_for(".show", contract_id=contract.id)

    return answer(page, save, saved="What the row means was saved.", now=lambda: _values(row))


def _values(row: KnownSeries) -> dict[str, Any]:
    sense = sense_of(row)
    meaning = as_value(whole_of(sense)) if sense else NOT_OURS if row.meaning == "not-ours" else ""
    return {"version": row.version, "meaning": meaning, "category": category_value(sense), "basis": row.basis or ""}


@profiles.route("/layout-rows/<uuid:known_id>/forget", methods=["GET", "POST"])
@open_to(Permission.PROFILES_EDIT)
def forget_row(known_id: uuid.UUID) -> ResponseReturnValue:
    """Forgets one row, after asking."""
    row = find_row(known_id)
    contract, form = row.profile.contract, ForgetForm(data={"version": row.version})
    page = FormPage(
        f"Forget “{row.label}”?",
        form,
        crumbs(contract, ("Forget a row", None)),
        introduction="The next workbook with it is read, or asked about, as if it had never been there.",
        button="Forget this row",
    )

    def save() -> str:
        actions.forget_row(row, version=form.version.data, by=current_user)
        return url_for(".show", contract_id=contract.id)

    return answer(page, save, saved="The row was forgotten.", now=lambda: {"version": row.version})


@profiles.route("/contracts/<uuid:contract_id>/layout/forget", methods=["GET", "POST"])
@open_to(Permission.PROFILES_EDIT)
def forget_all(contract_id: uuid.UUID) -> ResponseReturnValue:
    """Forgets all that is known of a contract's workbooks, after asking."""
    kept, contract = _profile(contract_id)
    form = ForgetForm(data={"version": kept.version})
    page = FormPage(
        "Forget everything that is known of the provider’s own workbooks?",
        form,
        crumbs(contract, ("Forget everything", None)),
        introduction=f"The next workbook is asked about as if it were the first. Rows known now: {len(kept.rows)}.",
        button="Forget everything",
    )

    def save() -> str:
        actions.forget_all(kept, version=form.version.data, by=current_user)
        return url_for(".show", contract_id=contract.id)

    return answer(page, save, saved="Everything was forgotten.", now=lambda: {"version": kept.version})


@profiles.route("/contracts/<uuid:contract_id>/layout/quarters", methods=["GET", "POST"])
@open_to(Permission.PROFILES_EDIT)
def quarters(contract_id: uuid.UUID) -> ResponseReturnValue:
    """Says which year the workbooks' quarters are of."""
    kept, contract = _profile(contract_id)

    def values() -> dict[str, Any]:
        return {"version": kept.version, "quarters": kept.quarters}

    form = QuartersForm(data=values())
    page = FormPage("Which year its quarters are of", form, crumbs(contract, ("Quarters", None)))

    def save() -> str:
        actions.say_quarters(kept, form.quarters.data, version=form.version.data, by=current_user)
        return url_for(".show", contract_id=contract.id)

    return answer(page, save, saved="Which year the quarters are of was saved.", now=values)


def _profile(contract_id: uuid.UUID) -> tuple[ImportProfile, Contract]:
    found = ImportProfile.visible_to(current_user, Permission.PROFILES_EDIT)
    kept = found_or_404(found.where(ImportProfile.contract_id == contract_id))
    return kept, kept.contract


@profiles.get("/contracts/<uuid:contract_id>/layout/try")
@open_to(Permission.PROFILES_READ)
def try_on(contract_id: uuid.UUID) -> ResponseReturnValue:
    """Tries what is known on an upload that is kept. Changes nothing."""
    contract = find_contract(contract_id)
    uploads = uploads_to_try(contract, current_user)
    chosen = next((upload for upload in uploads if str(upload.id) == request.args.get("upload")), None)
    return render_template(
        "profiles/try.html",
        contract=contract,
        uploads=uploads,
        chosen=chosen,
        tried=tried(contract, chosen) if chosen else None,
        crumbs=crumbs(contract, ("Try it on an upload", None)),
    )


def on_contract(contract: Contract, user: User) -> str:
    """What the page of a contract says of its own workbooks."""
    if not may(Permission.PROFILES_READ):
        return ""
    return render_template("profiles/section.html", contract=contract, profile=profile_of(contract))


def on_return(due: Return, user: User) -> str:
    """The way from a return to what is known of its contract's workbooks, once anything is."""
    if not may(Permission.PROFILES_READ) or profile_of(due.contract) is None:
        return ""
    return render_template("profiles/link.html", contract=due.contract)


def on_upload(upload: Upload, user: User) -> str:
    """What had changed in the layout of an upload when it was kept."""
    found = select(LayoutChange.sentence).where(LayoutChange.upload_id == upload.id).order_by(LayoutChange.id)
    changes = list(db.session.scalars(found))
    return render_template("profiles/changes.html", changes=changes) if changes else ""
