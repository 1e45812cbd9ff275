"""Pages on which a commissioner reviews a return and decides on exactly what was seen."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.db import Conflict
from dacommission.returns import actions, review
from dacommission.returns.forms import DecisionForm, ReasonForm
from dacommission.returns.models import Return
from dacommission.returns.upload_views import changed_page, decided
from dacommission.returns.views import find, returns
from dacommission.returns.workflow import ReturnStatus, steps_from
from dacommission.roles import Permission
from dacommission.web.guard import open_to

NOTHING_THERE = "No workbook was received for this return yet, so there is nothing to review."
ACCEPTED = "The return was accepted with upload {number}."
SENT_BACK = "The return was sent back to the provider."


@returns.get("/returns/<uuid:return_id>/review")
@open_to(Permission.RETURNS_REVIEW)
def show_review(return_id: uuid.UUID) -> ResponseReturnValue:
    """Each KPI of the latest upload beside last quarter, last year and the target."""
    due = find(return_id, Permission.RETURNS_REVIEW)
    if due.latest_upload is None:
        flash(NOTHING_THERE, "error")
        return redirect(url_for(".show", return_id=due.id))
    return _page(due, ReasonForm(formdata=None))


def _page(due: Return, reason_form: ReasonForm) -> str:
    upload = due.latest_upload
    if upload is None:
        raise Conflict
    lines = review.review_lines(due, upload)
    for field, seen in ((reason_form.version, due.version), (reason_form.upload, str(upload.id))):
        field.data, field.raw_data = seen, None
    return render_template(
        "returns/review.html",
        due=due,
        upload=upload,
        lines=lines,
        elsewhere=review.problems_elsewhere(upload, lines),
        steps=set(steps_from(ReturnStatus(due.status))),
        reason_form=reason_form,
        own_work=actions.is_own_work(due, current_user),
    )


@returns.post("/returns/<uuid:return_id>/accept")
@open_to(Permission.RETURNS_REVIEW)
def accept(return_id: uuid.UUID) -> ResponseReturnValue:
    due = find(return_id, Permission.RETURNS_REVIEW)
    form = DecisionForm()
    return decided(due, form, actions.accept, ACCEPTED) if form.validate_on_submit() else changed_page(due)


@returns.post("/returns/<uuid:return_id>/send-back")
@open_to(Permission.RETURNS_REVIEW)
def send_back(return_id: uuid.UUID) -> ResponseReturnValue:
    """Sends a submitted return back with a reason."""
    return _decided_against(return_id, actions.send_back)


@returns.post("/returns/<uuid:return_id>/reopen")
@open_to(Permission.RETURNS_REVIEW)
def reopen(return_id: uuid.UUID) -> ResponseReturnValue:
    """Takes an acceptance back with a reason."""
    return _decided_against(return_id, actions.reopen)


def _decided_against(return_id: uuid.UUID, deed: Callable[..., None]) -> ResponseReturnValue:
    due = find(return_id, Permission.RETURNS_REVIEW)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(due, form) if form.reason.errors and due.latest_upload else changed_page(due)
    return decided(due, form, deed, SENT_BACK, reason=form.reason.data.strip())
