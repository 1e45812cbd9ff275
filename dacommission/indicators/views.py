"""Pages of indicators: the catalogue, one indicator, and the forms to add and edit it and its aliases."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.commissioning.form_pages import Crumbs, FormPage, answer
from dacommission.db import db
from dacommission.indicators import actions
from dacommission.indicators.count_types import COUNT_TYPES, Over, why_not
from dacommission.indicators.forms import BASES, PARTS, AliasForm, IndicatorForm, indicator_values
from dacommission.indicators.models import DIRECTIONS, Breakdown, Indicator
from dacommission.indicators.units import UNITS
from dacommission.roles import Permission
from dacommission.web.guard import found_or_404, open_to
from dacommission.web.listing import listed

indicators = Blueprint("indicators", __name__)

READ, EDIT = Permission.INDICATORS_READ, Permission.INDICATORS_EDIT
OVERS: dict[Over, str] = {
    "time": "periods",
    "areas": "areas",
    "services": "services",
    "providers": "providers",
}
NARROW = {"code": "govuk-input--width-10", "decimals": "govuk-input--width-2"}


def find_indicator(code: str) -> Indicator:
    return found_or_404(select(Indicator).where(Indicator.code == code))


def _crumbs(*more: tuple[str, str | None]) -> Crumbs:
    return [("Indicators", url_for("indicators.list_indicators")), *more]


def _here(code: str) -> str:
    return url_for("indicators.show_indicator", code=code)


@indicators.get("/indicators")
@open_to(READ)
def list_indicators() -> ResponseReturnValue:
    family, core = request.args.get("family", ""), request.args.get("core", "")
    query = select(Indicator)
    if family:
        query = query.where(Indicator.family == family)
    if core:
        query = query.where(Indicator.core)
    page = listed(
        query,
        columns={
            "order": ("Code", Indicator.position),
            "name": ("Name", Indicator.name),
            "unit": ("Counted in", Indicator.unit),
            "kind": ("Count type", Indicator.count_type),
        },
        tie_break=Indicator.code,
        search_in=(Indicator.code, Indicator.name, Indicator.definition),
    )
    families = db.session.scalars(select(Indicator.family).distinct().order_by(Indicator.family)).all()
    return render_template(
        "indicators/indicators.html",
        page=page,
        families=families,
        family=family,
        core=core,
        units=UNITS,
        count_types=COUNT_TYPES,
    )


@indicators.get("/indicators/<code>")
@open_to(READ)
def show_indicator(code: str) -> ResponseReturnValue:
    indicator = find_indicator(code)
    breakdowns = db.session.scalars(select(Breakdown).order_by(Breakdown.position, Breakdown.key))
    refusals = ((word, why_not(indicator.count_type, indicator.unit, over)) for over, word in OVERS.items())
    return render_template(
        "indicators/indicator.html",
        indicator=indicator,
        unit=UNITS[indicator.unit],
        kind=COUNT_TYPES[indicator.count_type],
        refusals=[(word, reason) for word, reason in refusals if reason],
        direction=DIRECTIONS[indicator.direction],
        breakdowns=[one for one in breakdowns if one.key in indicator.breakdowns],
        parts=PARTS,
        bases=BASES,
    )


@indicators.route("/indicators/new", methods=["GET", "POST"])
@open_to(EDIT)
def add_indicator() -> ResponseReturnValue:
    form = IndicatorForm(data={"decimals": 0})
    del form.version
    page = FormPage(
        "Add an indicator", form, _crumbs(("Add an indicator", None)), button="Add indicator", widths=NARROW
    )

    def save() -> str:
        code = form.code.data.strip()
        actions.add_indicator(code, form.unit.data, form.count_type.data, form.fields(), by=current_user)
        return _here(code)

    return answer(page, save, saved="Indicator added.")


@indicators.route("/indicators/<code>/edit", methods=["GET", "POST"])
@open_to(EDIT)
def edit_indicator(code: str) -> ResponseReturnValue:
    indicator = find_indicator(code)
    form = IndicatorForm(data=indicator_values(indicator))
    del form.code, form.unit, form.count_type
    page = FormPage(
        f"Edit {code}",
        form,
        _crumbs((code, _here(code)), ("Edit", None)),
        introduction="The code, the unit and the count type stay as they are, because figures rest on them.",
        widths=NARROW,
    )

    def save() -> str:
        actions.edit_indicator(indicator, form.fields(), version=form.version.data, by=current_user)
        return _here(code)

    return answer(page, save, saved="Indicator saved.", now=lambda: indicator_values(indicator))


@indicators.route("/indicators/<code>/aliases/new", methods=["GET", "POST"])
@open_to(EDIT)
def add_alias(code: str) -> ResponseReturnValue:
    indicator = find_indicator(code)
    form = AliasForm(data={"part": "value"})
    del form.version
    page = FormPage("Add words for it", form, _crumbs((code, _here(code)), ("Add words", None)), button="Add words")

    def save() -> str:
        actions.add_alias(indicator, form.fields(), by=current_user)
        return _here(code)

    return answer(page, save, saved="Words added.")


@indicators.post("/indicators/<code>/aliases/<uuid:alias_id>/remove")
@open_to(EDIT)
def remove_alias(code: str, alias_id: uuid.UUID) -> ResponseReturnValue:
    indicator = find_indicator(code)
    alias = next((one for one in indicator.aliases if one.id == alias_id), None) or abort(404)
    actions.remove_alias(indicator, alias, by=current_user)
    flash("Words removed.", "success")
    return redirect(_here(code))
