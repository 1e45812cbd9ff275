"""Pages of a return's figures as they stand: all of them, one indicator's, and the correction of one figure."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
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
from dacommission.web.forms import NumberField
from dacommission.web.guard import found_or_404, may, open_to
from imports.periods import Period
from imports.reading import Status

ALSO = "also-"  # what the name of another figure's field begins with
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
    correctable = corrections.may_correct(due, upload, current_user, today())
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
    page = _CorrectPage(due, indicator, one, form, also_form(upload, code, one))
    if not (form.validate_on_submit() and page.also.validate()):
        return page.answer([message for messages in page.also.errors.values() for message in messages])
    try:
        _correct(due, form, page.also, asked)
    except Conflict:
        db.session.rollback()
        return page.answer([CHANGED]), HTTPStatus.CONFLICT
    except corrections.Refused as refusal:
        return page.answer(refusal.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    except StepNotAllowed as refusal:
        return page.answer([str(refusal)]), HTTPStatus.CONFLICT
    flash(CORRECTED, "success")
    return redirect(url_for(".show_figure", return_id=due.id, code=code))


def also_form(upload: Upload, code: str, one: Standing) -> FlaskForm:
    """A field for every other figure that may have to change with one, named by its number."""
    tied = corrections.changing_with(code)
    others = (
        other for other in standing_of(upload.id) if other.now.indicator_code in tied and other.now.id != one.now.id
    )
    labels = {other.now.id: f"{other.now.indicator_code}, {_label(other)}" for other in others}
    boxes = {f"{ALSO}{id_}": NumberField(label) for id_, label in labels.items()}
    form: FlaskForm = type("AlsoForm", (FlaskForm,), boxes)()
    return form


def _label(one: Standing) -> str:
    return f"{part_words(one.now) or 'the whole'} ({one.place}), {shown.said(one.now)} now"


def _correct(due: Return, form: CorrectForm, also: FlaskForm, asked: list[Query]) -> None:
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
        also={
            int(field.name.removeprefix(ALSO)): field.data
            for field in also
            if field.name.startswith(ALSO) and field.data is not None
        },
        query=next((query for query in asked if str(query.id) == form.query.data), None),
    )


@dataclass(frozen=True)
class _CorrectPage:
    """The form for one figure, with those that may change with it."""

    due: Return
    indicator: Indicator
    one: Standing
    form: CorrectForm
    also: FlaskForm

    def answer(self, refusals: Sequence[str]) -> str:
        """The page as the figure stands now, with what was typed and why it was not taken."""
        upload = self.due.latest_upload
        if upload is None:
            abort(HTTPStatus.CONFLICT)
        one = _figure(upload, self.indicator) or self.one
        form = self.form
        seen = {form.version: self.due.version, form.upload: str(upload.id), form.observation: str(one.now.id)}
        for field, value in seen.items():
            field.data, field.raw_data = value, None
        return render_template(
            "review/correct.html",
            due=self.due,
            upload=upload,
            indicator=self.indicator,
            one=one,
            form=form,
            also=[field for field in self.also if field.name.startswith(ALSO)],
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
