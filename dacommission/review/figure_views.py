"""Pages of a return's figures as they stand: all of them, one indicator's, and the correction of one figure."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.db import Conflict, db
from dacommission.indicators.models import Indicator
from dacommission.returns import shown
from dacommission.returns.models import Return, Upload
from dacommission.returns.views import find
from dacommission.returns.workflow import ReturnStatus, Step, StepNotAllowed, steps_from
from dacommission.review import corrections
from dacommission.review.figures import Standing, correction_of, part_words, standing_of
from dacommission.review.forms import CorrectForm
from dacommission.review.models import Query
from dacommission.review.queries import CLOSED
from dacommission.review.views import NOTHING_THERE, review, reviewed
from dacommission.roles import Permission
from dacommission.web.clock import now, today
from dacommission.web.guard import found_or_404, may, open_to
from imports.periods import Period
from imports.reading import Status

CORRECTED = "The figure is corrected. The file stays as it was sent."
CHANGED = (
    "The return changed while you were writing, so nothing was corrected. What you typed is still below. Look at "
    "the figure as it is now, then send it again."
)


@review.get("/returns/<uuid:return_id>/figures")
@open_to(Permission.RETURNS_FIGURES)
def figures(return_id: uuid.UUID) -> ResponseReturnValue:
    """Every indicator of the latest upload as it stands, each with its own page."""
    due = find(return_id, Permission.RETURNS_FIGURES)
    if due.latest_upload is None:
        return _nothing_there(due)
    lines = sorted(reviewed(due, due.latest_upload).lines, key=lambda line: (not line.is_kpi, line.code))
    return render_template("review/figures.html", due=due, upload=due.latest_upload, lines=lines)


@review.get("/returns/<uuid:return_id>/figures/<code>")
@open_to(Permission.RETURNS_FIGURES)
def show_figure(return_id: uuid.UUID, code: str) -> ResponseReturnValue:
    """One indicator of a return: every figure with its cell, its past, and what was said about it."""
    due = find(return_id, Permission.RETURNS_FIGURES)
    indicator, upload = _indicator(code), due.latest_upload
    if upload is None:
        return _nothing_there(due)
    line = reviewed(due, upload).line_of(code)
    if line is None:
        abort(HTTPStatus.NOT_FOUND)
    open_steps = steps_from(ReturnStatus(due.status))
    correctable = Step.CORRECT in open_steps and corrections.may_correct(due, upload, current_user, today())
    return render_template(
        "review/figure.html",
        due=due,
        upload=upload,
        indicator=indicator,
        line=line,
        figures=[one for one in standing_of(upload.id) if one.now.indicator_code == code],
        may_correct=correctable and may(Permission.RETURNS_SUBMIT),
        may_ask=Step.QUERY in open_steps and may(Permission.RETURNS_REVIEW),
        **_words(),
    )


@review.route("/returns/<uuid:return_id>/figures/<code>/correct", methods=["GET", "POST"])
@open_to(Permission.RETURNS_SUBMIT)
def correct(return_id: uuid.UUID, code: str) -> ResponseReturnValue:
    """Corrects one figure of an indicator; ?observation says which."""
    due = find(return_id, Permission.RETURNS_SUBMIT)
    indicator, upload = _indicator(code), due.latest_upload
    if upload is None:
        return _nothing_there(due)
    one = _figure(upload, indicator)
    if one is None:
        return redirect(url_for(".show_figure", return_id=due.id, code=code))
    form = CorrectForm(status=str(Status.REPORTED), observation=str(one.now.id))
    asked = _open_queries(due, code)
    form.query.choices = [("", "No"), *((str(query.id), f"Query {query.number}") for query in asked)]
    if not form.validate_on_submit():
        return _correct_page(due, indicator, one, form, ())
    try:
        _correct(due, form, asked)
    except Conflict:
        db.session.rollback()
        one = _figure(upload, indicator) or one
        return _correct_page(due, indicator, one, form, (CHANGED,)), HTTPStatus.CONFLICT
    except corrections.Refused as refusal:
        return _correct_page(due, indicator, one, form, refusal.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    except StepNotAllowed as refusal:
        return _correct_page(due, indicator, one, form, (str(refusal),)), HTTPStatus.CONFLICT
    flash(CORRECTED, "success")
    return redirect(url_for(".show_figure", return_id=due.id, code=code))


def _correct(due: Return, form: CorrectForm, asked: list[Query]) -> None:
    upload = next((kept for kept in due.uploads if str(kept.id) == form.upload.data), None)
    if upload is None or not (form.observation.data or "").isdecimal():
        raise Conflict
    status = Status(form.status.data)
    corrections.correct(
        due,
        int(form.observation.data),
        corrections.NewFigure(
            status=status,
            value=form.value.data if status is Status.REPORTED else None,
            reason=form.reason.data.strip(),
            expected_on=form.expected_on.data if status is Status.PENDING else None,
        ),
        upload=upload,
        version=form.version.data,
        by=current_user,
        at=now(),
        query=next((query for query in asked if str(query.id) == form.query.data), None),
    )


def _correct_page(
    due: Return, indicator: Indicator, one: Standing, form: CorrectForm, refusals: tuple[str, ...]
) -> str:
    upload = due.latest_upload
    if upload is None:
        abort(HTTPStatus.CONFLICT)
    seen = {form.version: due.version, form.upload: str(upload.id), form.observation: str(one.now.id)}
    for field, value in seen.items():
        field.data, field.raw_data = value, None
    return render_template(
        "review/correct.html",
        due=due,
        upload=upload,
        indicator=indicator,
        one=one,
        form=form,
        refusals=list(refusals),
        **_words(),
    )


def _figure(upload: Upload, indicator: Indicator) -> Standing | None:
    """The figure that the address asks for, by its number then or now; the only one where it names none."""
    own = [one for one in standing_of(upload.id) if one.now.indicator_code == indicator.code]
    wanted = request.args.get("observation", type=int)
    if wanted is None:
        return own[0] if len(own) == 1 else None
    return next((one for one in own if wanted in (one.now.id, one.in_file.id)), None)


def _open_queries(due: Return, code: str) -> list[Query]:
    found = select(Query).where(
        Query.return_id == due.id,
        Query.status != CLOSED,
        Query.indicator_code.is_(None) | (Query.indicator_code == code),
    )
    return list(db.session.scalars(found.order_by(Query.number)))


def _indicator(code: str) -> Indicator:
    return found_or_404(select(Indicator).where(Indicator.code == code))


def _nothing_there(due: Return) -> ResponseReturnValue:
    flash(NOTHING_THERE, "error")
    return redirect(url_for("returns.show", return_id=due.id))


def _words() -> dict[str, object]:
    """What the templates need to put a figure in words."""
    return {
        "words_of": shown.said,
        "part_words": part_words,
        "correction_of": correction_of,
        "period_of": lambda one: Period(one.period_start, one.period_end).label,
        "bases": shown.BASES,
        "statuses": shown.STATUSES,
        "anchor": shown.anchor,
    }
