"""The decisions of a reviewer on exactly what was seen: a body's view, accepting, sending back, reopening."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.db import Conflict
from dacommission.returns.forms import DecisionForm
from dacommission.returns.models import Return
from dacommission.returns.upload_views import changed_page
from dacommission.returns.views import find
from dacommission.returns.workflow import ReturnStatus, StepNotAllowed
from dacommission.review import acceptance
from dacommission.review.acceptance import Seen, as_it_stands, what_is_missing
from dacommission.review.acceptance_forms import AcceptForm, AgainstForm, ViewForm, seen_in
from dacommission.review.deciding import choices_of_view, objections_to_read
from dacommission.review.views import review, review_page
from dacommission.roles import Permission
from dacommission.web.clock import now
from dacommission.web.guard import open_to
from dacommission.web.unsent import typed_now

ACCEPTED = "The return was accepted with upload {number}."
ACCEPTED_BEFORE = "The return had been accepted with it: the view stands beside the acceptance."
RECORDED = "The view of {body} on upload {number} is recorded."
NOT_YET = "The return is not accepted yet. {missing}"
SENT_BACK = "The return was sent back to the provider."


@review.post("/returns/<uuid:return_id>/accept")
@open_to(Permission.RETURNS_REVIEW)
def accept(return_id: uuid.UUID) -> ResponseReturnValue:
    """Records that the person's body agrees, which accepts the return where the contract's rule says so."""
    due = find(return_id, Permission.RETURNS_REVIEW)
    form, at = AcceptForm(), now()
    form.read.choices = objections_to_read(due)

    def deed(seen: Seen) -> str:
        acceptance.accept(due, seen=seen, by=current_user, at=at, read=form.read_ids)
        return what_came_of_it(due, at)

    return _decided(due, form, deed)


@review.post("/returns/<uuid:return_id>/view")
@open_to(Permission.RETURNS_REVIEW)
def give_view(return_id: uuid.UUID) -> ResponseReturnValue:
    """Records what the person's body thinks of the version that was looked at."""
    due = find(return_id, Permission.RETURNS_REVIEW)
    form, at = ViewForm(), now()
    form.view.choices = choices_of_view(due)

    def deed(seen: Seen) -> str:
        view, note = form.view.data, form.note.data.strip()
        acceptance.give_view(due, seen=seen, view=view, note=note, by=current_user, at=at)
        return what_came_of_it(due, at)

    return _decided(due, form, deed)


@review.post("/returns/<uuid:return_id>/send-back")
@open_to(Permission.RETURNS_REVIEW)
def send_back(return_id: uuid.UUID) -> ResponseReturnValue:
    """Sends a submitted return back with a reason."""
    return _decided_against(return_id, acceptance.send_back)


@review.post("/returns/<uuid:return_id>/reopen")
@open_to(Permission.RETURNS_REVIEW)
def reopen(return_id: uuid.UUID) -> ResponseReturnValue:
    """Takes an acceptance back with a reason."""
    return _decided_against(return_id, acceptance.reopen)


def _decided_against(return_id: uuid.UUID, against: Callable[..., None]) -> ResponseReturnValue:
    due = find(return_id, Permission.RETURNS_REVIEW)
    form = AgainstForm()

    def deed(seen: Seen) -> str:
        against(due, seen=seen, reason=form.reason.data.strip(), by=current_user, at=now())
        return SENT_BACK

    return _decided(due, form, deed)


def _decided(due: Return, form: DecisionForm, deed: Callable[[Seen], str]) -> ResponseReturnValue:
    """Does the deed on exactly what the form was made from, and tells what came of it."""
    valid = form.validate_on_submit()
    try:
        seen = seen_in(due, form)
        if not valid and seen == as_it_stands(due, current_user):
            return review_page(due, form)
        if not valid:
            raise Conflict
        said = deed(seen)
    except Conflict:
        return changed_page(due)
    except StepNotAllowed as refusal:
        if typed_now():
            return changed_page(due, refusal=str(refusal))
        flash(str(refusal), "error")
    else:
        flash(said, "success")
    return redirect(url_for("returns.show", return_id=due.id))


def what_came_of_it(due: Return, at: datetime) -> str:
    """That the view is recorded, and whether the return is accepted by it or what it still waits for."""
    upload = due.latest_upload
    number = upload.number if upload else ""
    if due.status == ReturnStatus.ACCEPTED and due.decided_at == at:
        return ACCEPTED.format(number=number)
    recorded = RECORDED.format(body=current_user.organisation, number=number)
    if due.status == ReturnStatus.ACCEPTED:
        return f"{recorded} {ACCEPTED_BEFORE}"
    return f"{recorded} {NOT_YET.format(missing=what_is_missing(due, current_user))}"
