"""The page on which a commissioner reviews a return."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from dacommission.db import Conflict
from dacommission.returns.history import history
from dacommission.returns.models import Return, Upload
from dacommission.returns.succession import opened, predecessors
from dacommission.returns.views import find
from dacommission.review.deciding import deciding
from dacommission.review.lines import Reviewed
from dacommission.roles import Permission
from dacommission.web.guard import open_to
from dacommission.web.sections import sections_of

NOTHING_THERE = "No workbook was received for this return yet, so there is nothing to review."

review = Blueprint("review", __name__)


@review.get("/returns/<uuid:return_id>/review")
@open_to(Permission.RETURNS_REVIEW)
def show(return_id: uuid.UUID) -> ResponseReturnValue:
    """Each KPI of the latest upload beside last quarter, last year and the target."""
    due = find(return_id, Permission.RETURNS_REVIEW)
    if due.latest_upload is None:
        flash(NOTHING_THERE, "error")
        return redirect(url_for("returns.show", return_id=due.id))
    return review_page(due)


def reviewed(due: Return, upload: Upload) -> Reviewed:
    """The upload beside its past, which runs on from earlier contracts as far as this person may see them."""
    return Reviewed(due, upload, opened(predecessors(due.contract, current_user)))


def review_page(due: Return, typed: FlaskForm | None = None) -> str:
    """The page, with what was typed in one of the forms that decide, and what is wrong with it."""
    upload = due.latest_upload
    if upload is None:
        raise Conflict
    found = reviewed(due, upload)
    only_unusual = request.args.get("show") == "unusual"
    lines = found.lines
    return render_template(
        "review/show.html",
        due=due,
        upload=upload,
        reviewed=found,
        lines=[line for line in lines if line.unusual] if only_unusual else lines,
        counted=len(lines),
        unusual=sum(bool(line.unusual) for line in lines),
        only_unusual=only_unusual,
        happened=history(due.id),
        sections=sections_of("review", due, current_user),
        **deciding(due, upload, typed),
    )
