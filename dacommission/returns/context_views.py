"""Pages of context series: the list, one series with its discrepancies, and new sheets for it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.commissioning.form_pages import FormPage, answer
from dacommission.db import db
from dacommission.indicators.measures import Measure, Result
from dacommission.indicators.models import Indicator
from dacommission.indicators.rating import rounded
from dacommission.indicators.store import measure_of
from dacommission.indicators.units import text
from dacommission.returns import accepted, actions, context, shown
from dacommission.returns.checked_page import already_words, sent_again, what_was_read
from dacommission.returns.checking import Checked, NotAsSent, check
from dacommission.returns.context_figures import Year
from dacommission.returns.forms import FileForm, ResolutionForm, SeriesForm
from dacommission.returns.models import ContextSeries
from dacommission.returns.words import result_words
from dacommission.roles import Permission
from dacommission.web.clock import now
from dacommission.web.files import carries_file, content_of, safe_name
from dacommission.web.guard import found_or_404, may, open_to
from dacommission.web.listing import listed

context_pages = Blueprint("context", __name__)

TWO_DECIMALS = 2


def find(series_id: uuid.UUID) -> ContextSeries:
    """The series, or 404. Whoever may read context may read all of it."""
    return found_or_404(select(ContextSeries).where(ContextSeries.id == series_id))


@context_pages.get("/context")
@open_to(Permission.CONTEXT_READ)
def list_series() -> ResponseReturnValue:
    """All context series, with whether their totals agree."""
    page = listed(
        select(ContextSeries),
        columns={"name": ("Name", ContextSeries.name), "source": ("Source", ContextSeries.source)},
        tie_break=ContextSeries.id,
        search_in=(ContextSeries.name, ContextSeries.source, ContextSeries.scope),
    )
    return render_template(
        "returns/context_list.html",
        page=page,
        differing={series.id: len(context.discrepancies(series)) for series in page.rows},
    )


@context_pages.get("/context/<uuid:series_id>")
@open_to(Permission.CONTEXT_READ)
def show(series_id: uuid.UUID) -> ResponseReturnValue:
    """One series: each year with its quarters, both totals, and what was found out about a difference."""
    series = find(series_id)
    measure = measure_of(series.indicator)
    found = context.years_of(series)
    return render_template(
        "returns/context_show.html",
        series=series,
        years=[_year_words(measure, year) for year in found],
        discrepancies=[
            {
                "period": one.period.label,
                "category": one.category,
                "stated": text(one.stated, measure.unit, measure.decimals),
                "computed": text(one.computed, measure.unit, measure.decimals),
                "difference": _signed(one.difference, measure.decimals),
            }
            for one in context.found_discrepancies(series.name, found)
        ],
    )


def _year_words(measure: Measure, year: Year) -> dict[str, object]:
    return {
        "label": year.period.label,
        "category": year.place[1],
        "quarters": [_figure_words(measure, quarter) for quarter in year.quarters],
        "computed": result_words(measure, year.whole),
        "stated": text(year.whole.stated, measure.unit, measure.decimals),
        "stated_cells": _cells(set(year.whole.sources) - {one for part in year.quarters for one in part.sources}),
        "computed_change": _percent(year.computed_change),
        "stated_change": _percent(year.stated_change),
    }


def _figure_words(measure: Measure, found: Result) -> dict[str, object]:
    return {"words": result_words(measure, found), "cells": _cells(found.sources)}


def _cells(sources: Iterable[int]) -> Sequence[tuple[str, str]]:
    """Each cell a figure comes from, with its address for those who may open the upload."""
    return [
        (
            shown.place(seen.sheet, seen.cell),
            url_for("returns.show_upload", upload_id=seen.upload_id, _anchor=shown.anchor(seen.sheet, seen.cell))
            if may(Permission.RETURNS_FIGURES)
            else "",
        )
        for seen in accepted.observations(sources)
    ]


def _signed(value: Decimal, decimals: int) -> str:
    return f"{'+' if value > 0 else '−'}{abs(rounded(value, decimals)):,f}"


def _percent(value: Decimal | None) -> str:
    return "" if value is None else f"{_signed(value, TWO_DECIMALS)}%"


@context_pages.route("/context/new", methods=["GET", "POST"])
@open_to(Permission.CONTEXT_EDIT)
def add() -> ResponseReturnValue:
    """Adds a series, for which sheets can then be uploaded."""
    form = SeriesForm()
    indicators = db.session.scalars(
        select(Indicator).order_by(Indicator.family != "CTX", Indicator.position, Indicator.code)
    )
    form.indicator.choices = [(indicator.code, str(indicator)) for indicator in indicators]
    crumbs = [("Context", url_for(".list_series")), ("Add a series", None)]
    page = FormPage("Add a context series", form, crumbs, button="Add series")

    def save() -> str:
        given = context.SeriesFields(
            name=form.name.data.strip(),
            indicator_code=form.indicator.data,
            source=form.source.data.strip(),
            scope=form.scope.data.strip(),
        )
        return url_for(".show", series_id=context.add_series(given, by=current_user).id)

    return answer(page, save, saved="The series was added. Upload a sheet with its figures next.")


@context_pages.route("/context/<uuid:series_id>/resolution", methods=["GET", "POST"])
@open_to(Permission.CONTEXT_EDIT)
def resolve(series_id: uuid.UUID) -> ResponseReturnValue:
    """Writes down what was found out about a difference between the totals."""
    series = find(series_id)
    form = ResolutionForm(obj=series)
    crumbs = [("Context", url_for(".list_series")), (series.name, url_for(".show", series_id=series.id))]
    page = FormPage("What was found out about the difference", form, [*crumbs, ("What was found out", None)])

    def save() -> str:
        context.resolve(series, (form.resolution.data or "").strip(), version=form.version.data, by=current_user)
        return url_for(".show", series_id=series.id)

    return answer(page, save, saved="Saved.", now=lambda: {"resolution": series.resolution, "version": series.version})


@context_pages.route("/context/<uuid:series_id>/upload", methods=["GET", "POST"])
@open_to(Permission.CONTEXT_EDIT)
@carries_file
def upload(series_id: uuid.UUID) -> ResponseReturnValue:
    """Chooses a sheet and shows all that is read from it. Stores nothing but that a file was refused."""
    series = find(series_id)
    form = FileForm()
    if not form.validate_on_submit():
        return render_template("returns/context_upload.html", form=form, series=series)
    content = content_of(form.file.data)
    checked = context.check_for(series, check(content, safe_name(form.file.data.filename), expected=None))
    if checked.reading.blocked:
        actions.refuse(series, checked.reading, by=current_user, at=now())
    return _show_checked(series, checked)


def _show_checked(series: ContextSeries, checked: Checked, *, changed: bool = False) -> str:
    words = what_was_read(checked, series.uploads, changed=changed)
    return render_template("returns/context_checked.html", series=series, **words)


@context_pages.post("/context/<uuid:series_id>/uploads")
@open_to(Permission.CONTEXT_EDIT)
@carries_file
def keep(series_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps a sheet that was checked."""
    series = find(series_id)
    try:
        sent, unchanged = sent_again(None)
    except NotAsSent as refusal:
        flash(str(refusal), "error")
        return redirect(url_for(".upload", series_id=series.id))
    checked = context.check_for(series, sent)
    if not unchanged or checked.reading.blocked:
        return _show_checked(series, checked, changed=True), 409
    at, reading = now(), checked.reading
    kept = context.receive(
        series, content=checked.content, filename=reading.file, reading=reading, by=current_user, at=at
    )
    flash(already_words(kept) if kept.was_there(at) else f"Upload {kept.number} is kept.", "success")
    return redirect(url_for(".show", series_id=series.id))
