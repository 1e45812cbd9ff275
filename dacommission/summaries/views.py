"""Commissioners' pages of live summaries: the list, one summary, its text, where a figure comes from, files."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.commissioning.models import Arrangement, Contract
from dacommission.db import Conflict, db
from dacommission.returns.models import Return
from dacommission.roles import Permission
from dacommission.summaries import actions
from dacommission.summaries.document import to_json
from dacommission.summaries.exports import EXPORTS
from dacommission.summaries.forms import NarrativeForm, ReleaseForm, StartForm
from dacommission.summaries.live import live, narrative_problems
from dacommission.summaries.models import Summary
from dacommission.summaries.pages import file_answer, imprint, shown
from dacommission.summaries.provenance import find_figure, provenance, sources
from dacommission.summaries.revised import accepted_since
from dacommission.web.clock import now, today
from dacommission.web.guard import found_or_404, open_to
from dacommission.web.listing import listed
from dacommission.web.locking import differences
from imports.periods import Period
from imports.reading import Severity

summaries = Blueprint("summaries", __name__)


def find(summary_id: uuid.UUID) -> Summary:
    """The summary, or 404; also when it exists but is about contracts this user's body does not fund."""
    return found_or_404(Summary.visible_to(current_user).where(Summary.id == summary_id))


@summaries.get("/summaries")
@open_to(Permission.SUMMARIES_DRAFT)
def list_summaries() -> ResponseReturnValue:
    page = listed(
        Summary.visible_to(current_user).join(Summary.arrangement),
        columns={"period": ("Period", Summary.period_key), "arrangement": ("Joint arrangement", Arrangement.name)},
        tie_break=Summary.id,
        search_in=(Arrangement.name,),
        newest_first=True,
    )
    return render_template("summaries/list.html", page=page)


@summaries.route("/summaries/new", methods=["GET", "POST"])
@open_to(Permission.SUMMARIES_DRAFT)
def start() -> ResponseReturnValue:
    form = StartForm()
    arrangements = {str(found.id): found for found in db.session.scalars(Arrangement.visible_to(current_user))}
    form.arrangement.choices = [(key, found.name) for key, found in arrangements.items()]
    form.period.choices = [(period.key, period.label) for period in _periods()]
    if not form.validate_on_submit():
        return render_template("summaries/new.html", form=form)
    summary = actions.start(arrangements[form.arrangement.data], Period.from_key(form.period.data), by=current_user)
    return redirect(url_for(".show", summary_id=summary.id))


def _periods() -> list[Period]:
    """The years in which this user's contracts owe returns, and their quarters, latest first."""
    contracts = Contract.visible_to(current_user).with_only_columns(Contract.id).order_by(None)
    query = select(Return.financial_year).where(Return.contract_id.in_(contracts)).distinct()
    years = db.session.scalars(query.order_by(Return.financial_year.desc()))
    return [period for year in map(Period.financial_year, years) for period in (year, *reversed(year.quarters))]


@summaries.get("/summaries/<uuid:summary_id>")
@open_to(Permission.SUMMARIES_DRAFT)
def show(summary_id: uuid.UUID) -> ResponseReturnValue:
    summary = find(summary_id)
    found = live(summary, today=today())
    return render_template(
        "summaries/show.html",
        summary=summary,
        document=found.document,
        blocks=found.blocks,
        where=f"{url_for('.where', summary_id=summary.id)}?figure=",
        exports=EXPORTS.values(),
        since=accepted_since(summary),
    )


@summaries.route("/summaries/<uuid:summary_id>/text", methods=["GET", "POST"])
@open_to(Permission.SUMMARIES_DRAFT)
def edit(summary_id: uuid.UUID) -> ResponseReturnValue:
    summary = find(summary_id)
    form = NarrativeForm(obj=summary)
    if not form.validate_on_submit():
        return _edit_page(summary, form)
    found = narrative_problems(summary, form.narrative.data)
    errors = [problem.message for problem in found if problem.severity is Severity.ERROR]
    if errors:
        form.narrative.errors = errors
        return _edit_page(summary, form)
    try:
        actions.rewrite(summary, form.narrative.data, version=form.version.data, by=current_user)
    except Conflict:
        return _conflict_page(summary_id, form)
    flash("The text has been saved.", "success")
    for problem in found:
        flash(problem.message, "question")
    return redirect(url_for(".show", summary_id=summary.id))


def _edit_page(summary: Summary, form: NarrativeForm, **more: object) -> str:
    return render_template("summaries/edit.html", summary=summary, form=form, **{"changed": None, **more})


def _conflict_page(summary_id: uuid.UUID, form: NarrativeForm) -> ResponseReturnValue:
    db.session.rollback()
    summary = find(summary_id)
    changed = differences(form, {"narrative": summary.narrative})
    form.version.data, form.version.raw_data = summary.version, None
    return _edit_page(summary, form, changed=changed), HTTPStatus.CONFLICT


@summaries.get("/summaries/<uuid:summary_id>/where")
@open_to(Permission.SUMMARIES_DRAFT)
def where(summary_id: uuid.UUID) -> ResponseReturnValue:
    """Where this comes from: ?figure= is a figure's key."""
    summary = find(summary_id)
    figure = find_figure(live(summary, today=today()).document, request.args.get("figure", ""))
    if figure is None:
        abort(404)
    return render_template(
        "summaries/where.html",
        back=url_for(".show", summary_id=summary.id),
        summary=summary,
        found=provenance(figure),
        where=f"{url_for('.where', summary_id=summary.id)}?figure=",
        exact=True,
    )


@summaries.get("/summaries/<uuid:summary_id>/file/<suffix>")
@open_to(Permission.SUMMARIES_EXPORT)
def take(summary_id: uuid.UUID, suffix: str) -> ResponseReturnValue:
    """The live summary as a file: exact figures, so who took it and when stands in it and in the audit log."""
    summary = find(summary_id)
    if suffix not in EXPORTS:
        abort(404)
    document = live(summary, today=today()).document
    made = imprint(current_user, now(), "Live figures, not protected", sources(document.figures))
    answer = file_answer(document, suffix, made, f"joint-impact-summary-{summary.period_key}-live")
    actions.log_export(summary, suffix, by=current_user)
    return answer


@summaries.route("/summaries/<uuid:summary_id>/release", methods=["GET", "POST"])
@open_to(Permission.RELEASES_ISSUE)
def release(summary_id: uuid.UUID) -> ResponseReturnValue:
    """What the Board would see, and the button that freezes it."""
    summary, form = find(summary_id), ReleaseForm()
    try:
        if form.validate_on_submit():
            made = actions.release(summary, seen=form.seen.data or "", by=current_user, at=now(), today=today())
            flash(f"{made} is now open to the Board.", "success")
            return redirect(url_for("releases.show", release_id=made.id))
        return _preview(summary, form)
    except actions.NotReleasable as refusal:
        return render_template("summaries/not_releasable.html", summary=summary, sentences=refusal.sentences)
    except actions.FiguresMoved:
        flash("The summary has changed since you looked at it. Look again, then release it.", "error")
        return redirect(url_for(".release", summary_id=summary.id))


def _preview(summary: Summary, form: ReleaseForm) -> str:
    found = actions.protected(summary, today=today())
    form.seen.data = actions.content_digest(to_json(found.document))
    return render_template(
        "summaries/preview.html",
        summary=summary,
        document=found.document,
        blocks=shown(found.document),
        withheld=len(found.withheld),
        form=form,
    )
