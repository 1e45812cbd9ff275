"""The decisions of a reviewer on exactly what was seen: accepting, sending back, reopening."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask.typing import ResponseReturnValue

from dacommission.returns import actions
from dacommission.returns.forms import DecisionForm, ReasonForm
from dacommission.returns.upload_views import changed_page, decided
from dacommission.returns.views import find
from dacommission.review.views import review, review_page
from dacommission.roles import Permission
from dacommission.web.guard import open_to

ACCEPTED = "The return was accepted with upload {number}."
SENT_BACK = "The return was sent back to the provider."


@review.post("/returns/<uuid:return_id>/accept")
@open_to(Permission.RETURNS_REVIEW)
def accept(return_id: uuid.UUID) -> ResponseReturnValue:
    due = find(return_id, Permission.RETURNS_REVIEW)
    form = DecisionForm()
    return decided(due, form, actions.accept, ACCEPTED) if form.validate_on_submit() else changed_page(due)


@review.post("/returns/<uuid:return_id>/send-back")
@open_to(Permission.RETURNS_REVIEW)
def send_back(return_id: uuid.UUID) -> ResponseReturnValue:
    """Sends a submitted return back with a reason."""
    return _decided_against(return_id, actions.send_back)


@review.post("/returns/<uuid:return_id>/reopen")
@open_to(Permission.RETURNS_REVIEW)
def reopen(return_id: uuid.UUID) -> ResponseReturnValue:
    """Takes an acceptance back with a reason."""
    return _decided_against(return_id, actions.reopen)


def _decided_against(return_id: uuid.UUID, deed: Callable[..., None]) -> ResponseReturnValue:
    due = find(return_id, Permission.RETURNS_REVIEW)
    form = ReasonForm()
    if not form.validate_on_submit():
        return review_page(due, form) if form.reason.errors and due.latest_upload else changed_page(due)
    return decided(due, form, deed, SENT_BACK, reason=form.reason.data.strip())
