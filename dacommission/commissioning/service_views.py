"""Pages of services and of joint arrangements: lists, one of each, and the forms to add and edit them."""

from __future__ import annotations

import uuid

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.commissioning import actions
from dacommission.commissioning.form_pages import Crumbs, FormPage, answer
from dacommission.commissioning.forms import (
    ArrangementForm,
    ServiceForm,
    arrangement_values,
    service_values,
)
from dacommission.commissioning.models import DUTIES, Arrangement, Contract, Service
from dacommission.commissioning.views import commissioning
from dacommission.db import db
from dacommission.roles import Permission
from dacommission.web.guard import found_or_404, open_to
from dacommission.web.listing import listed

READ, EDIT = Permission.CONTRACTS_READ, Permission.CONTRACTS_EDIT


def _service_crumbs(*more: tuple[str, str | None]) -> Crumbs:
    return [("Services", url_for("commissioning.list_services")), *more]


def _arrangement_crumbs(*more: tuple[str, str | None]) -> Crumbs:
    return [("Joint arrangements", url_for("commissioning.list_arrangements")), *more]


def find_arrangement(arrangement_id: uuid.UUID) -> Arrangement:
    return found_or_404(Arrangement.visible_to(current_user).where(Arrangement.id == arrangement_id))


@commissioning.get("/services")
@open_to(READ)
def list_services() -> ResponseReturnValue:
    page = listed(
        select(Service),
        columns={"name": ("Name", Service.name), "kind": ("Kind", Service.kind), "duty": ("Duty", Service.duty)},
        tie_break=Service.id,
        search_in=(Service.name, Service.description),
    )
    return render_template("commissioning/services.html", page=page, duties=DUTIES)


@commissioning.get("/services/<uuid:service_id>")
@open_to(READ)
def show_service(service_id: uuid.UUID) -> ResponseReturnValue:
    service = found_or_404(select(Service).where(Service.id == service_id))
    contracts = Contract.visible_to(current_user).where(Contract.services.contains(service))
    return render_template(
        "commissioning/service.html",
        service=service,
        duty=DUTIES[service.duty],
        contracts=db.session.scalars(contracts).all(),
    )


@commissioning.route("/services/new", methods=["GET", "POST"])
@open_to(EDIT)
def add_service() -> ResponseReturnValue:
    form = ServiceForm()
    del form.version
    page = FormPage("Add a service", form, _service_crumbs(("Add a service", None)), button="Add service")

    def save() -> str:
        added = actions.add_service(form.fields(), by=current_user)
        return url_for(".show_service", service_id=added.id)

    return answer(page, save, saved="Service added.")


@commissioning.route("/services/<uuid:service_id>/edit", methods=["GET", "POST"])
@open_to(EDIT)
def edit_service(service_id: uuid.UUID) -> ResponseReturnValue:
    service = found_or_404(select(Service).where(Service.id == service_id))
    form = ServiceForm(data=service_values(service))
    here = url_for(".show_service", service_id=service_id)
    page = FormPage("Edit the service", form, _service_crumbs((service.name, here), ("Edit", None)))

    def save() -> str:
        actions.edit_service(service, form.fields(), version=form.version.data, by=current_user)
        return here

    return answer(page, save, saved="Service saved.", now=lambda: service_values(service))


@commissioning.get("/arrangements")
@open_to(READ)
def list_arrangements() -> ResponseReturnValue:
    page = listed(
        Arrangement.visible_to(current_user),
        columns={
            "name": ("Name", Arrangement.name),
            "starts": ("Starts", Arrangement.starts_on),
            "ends": ("Ends", Arrangement.ends_on),
        },
        tie_break=Arrangement.id,
        search_in=(Arrangement.name, Arrangement.description),
    )
    return render_template("commissioning/arrangements.html", page=page)


@commissioning.get("/arrangements/<uuid:arrangement_id>")
@open_to(READ)
def show_arrangement(arrangement_id: uuid.UUID) -> ResponseReturnValue:
    arrangement = find_arrangement(arrangement_id)
    contracts = Contract.visible_to(current_user).where(Contract.arrangement_id == arrangement_id)
    return render_template(
        "commissioning/arrangement.html",
        arrangement=arrangement,
        contracts=db.session.scalars(contracts).all(),
    )


@commissioning.route("/arrangements/new", methods=["GET", "POST"])
@open_to(EDIT)
def add_arrangement() -> ResponseReturnValue:
    form = ArrangementForm()
    del form.version
    crumbs = _arrangement_crumbs(("Add a joint arrangement", None))
    page = FormPage("Add a joint arrangement", form, crumbs, button="Add joint arrangement")

    def save() -> str:
        added = actions.add_arrangement(form.fields(), by=current_user)
        return url_for(".show_arrangement", arrangement_id=added.id)

    return answer(page, save, saved="Joint arrangement added.")


@commissioning.route("/arrangements/<uuid:arrangement_id>/edit", methods=["GET", "POST"])
@open_to(EDIT)
def edit_arrangement(arrangement_id: uuid.UUID) -> ResponseReturnValue:
    arrangement = find_arrangement(arrangement_id)
    form = ArrangementForm(data=arrangement_values(arrangement))
    here = url_for(".show_arrangement", arrangement_id=arrangement_id)
    page = FormPage("Edit the joint arrangement", form, _arrangement_crumbs((arrangement.name, here), ("Edit", None)))

    def save() -> str:
        actions.edit_arrangement(arrangement, form.fields(), version=form.version.data, by=current_user)
        return here

    return answer(page, save, saved="Joint arrangement saved.", now=lambda: arrangement_values(arrangement))
