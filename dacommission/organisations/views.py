"""Pages of organisations: list, read, add and edit."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, select

from dacommission.db import Conflict, db
from dacommission.organisations import actions
from dacommission.organisations.forms import KIND_NAMES, OrganisationForm, in_words
from dacommission.organisations.models import Organisation, OrganisationKind
from dacommission.roles import Permission
from dacommission.web.guard import found_or_404, open_to
from dacommission.web.listing import listed
from dacommission.web.locking import Difference, VersionedForm, differences

organisations = Blueprint("organisations", __name__)


class EditOrganisationForm(VersionedForm, OrganisationForm):
    """An organisation's form that knows which version it was made from."""


@organisations.get("/organisations")
@open_to(Permission.ORGANISATIONS_READ)
def list_organisations() -> ResponseReturnValue:
    kind = request.args.get("kind", "")
    query = select(Organisation)
    if kind in set(OrganisationKind):
        query = query.where(Organisation.kind == kind)
    page = listed(
        query,
        columns={
            "name": ("Name", Organisation.name),
            "short": ("Short name", Organisation.short_name),
            "kind": ("Kind", Organisation.kind),
        },
        tie_break=Organisation.id,
        search_in=(Organisation.name, Organisation.short_name),
    )
    return render_template("organisations/list.html", page=page, kinds=KIND_NAMES, kind=kind)


@organisations.get("/organisations/<uuid:organisation_id>")
@open_to(Permission.ORGANISATIONS_READ)
def show(organisation_id: uuid.UUID) -> ResponseReturnValue:
    organisation = find(organisation_id)
    before = db.session.scalars(
        select(Organisation)
        .where(Organisation.successor_id == organisation.id)
        .order_by(Organisation.name, Organisation.id)
    ).all()
    return render_template("organisations/show.html", organisation=organisation, predecessors=before, kinds=KIND_NAMES)


@organisations.route("/organisations/add", methods=["GET", "POST"])
@open_to(Permission.ORGANISATIONS_EDIT)
def add() -> ResponseReturnValue:
    form = OrganisationForm()
    form.offer_successors(_others(None))
    if not _asks_for_a_row(form) and form.validate_on_submit():
        try:
            organisation = actions.add_organisation(**form.values(), by=current_user)
        except actions.NotPossible as problem:
            form.form_errors.append(str(problem))
        else:
            flash(f"{organisation.name} added.", "success")
            return redirect(url_for("organisations.show", organisation_id=organisation.id))
    _offer_a_row(form)
    return render_template("organisations/form.html", form=form, organisation=None, conflict=None)


@organisations.route("/organisations/<uuid:organisation_id>/edit", methods=["GET", "POST"])
@open_to(Permission.ORGANISATIONS_EDIT)
def edit(organisation_id: uuid.UUID) -> ResponseReturnValue:
    organisation = find(organisation_id)
    form = EditOrganisationForm(obj=organisation)
    form.offer_successors(_others(organisation))
    if not form.is_submitted():
        form.successor.data = str(organisation.successor_id or "")
    if _asks_for_a_row(form) or not form.validate_on_submit():
        _offer_a_row(form)
        return render_template("organisations/form.html", form=form, organisation=organisation, conflict=None)
    try:
        actions.edit_organisation(organisation, version=form.version.data or 0, **form.values(), by=current_user)
    except Conflict:
        return _show_conflict(form, organisation_id)
    except actions.NotPossible as problem:
        form.form_errors.append(str(problem))
        _offer_a_row(form)
        return render_template("organisations/form.html", form=form, organisation=organisation, conflict=None)
    flash(f"{organisation.name} saved.", "success")
    return redirect(url_for("organisations.show", organisation_id=organisation.id))


def _show_conflict(form: EditOrganisationForm, organisation_id: uuid.UUID) -> ResponseReturnValue:
    """The same form with what was typed, beside what somebody else has saved meanwhile."""
    db.session.rollback()
    organisation = find(organisation_id)
    found = differences(
        form,
        {
            "name": organisation.name,
            "short_name": organisation.short_name,
            "kind": organisation.kind,
            "note": organisation.note,
            "successor": str(organisation.successor_id or ""),
            "succeeded_on": organisation.succeeded_on,
        },
    )
    held = [actions.DatedName(row.name, row.valid_from, row.valid_to) for row in organisation.names]
    theirs, yours = in_words(held), in_words(form.dated_names())
    if theirs != yours:
        found.append(Difference("Dated names", theirs or "(blank)", yours or "(blank)"))
    form.version.data, form.version.raw_data = organisation.version, None
    _offer_a_row(form)
    page = render_template("organisations/form.html", form=form, organisation=organisation, conflict=found)
    return page, HTTPStatus.CONFLICT


def find(organisation_id: uuid.UUID) -> Organisation:
    """The organisation, or 404. Whoever may read organisations may read them all."""
    return found_or_404(select(Organisation).where(Organisation.id == organisation_id))


def _others(organisation: Organisation | None) -> list[Organisation]:
    query: Select[Organisation] = select(Organisation).order_by(Organisation.name, Organisation.id)
    if organisation is not None:
        query = query.where(Organisation.id != organisation.id)
    return list(db.session.scalars(query))


def _asks_for_a_row(form: OrganisationForm) -> bool:
    """Whether "Add another name" was pressed: then nothing is saved or checked yet."""
    return form.is_submitted() and "another" in request.form


def _offer_a_row(form: OrganisationForm) -> None:
    """One blank row at the end, to type the next name in."""
    if not form.names.entries or form.names.entries[-1].form.name.data:
        form.names.append_entry()
