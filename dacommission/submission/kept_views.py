"""Pages about one upload that is kept: its receipt, and taking it back."""

from __future__ import annotations

import uuid

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.db import Conflict
from dacommission.returns.models import Return, Upload
from dacommission.returns.upload_views import changed_page
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Permission
from dacommission.submission import actions
from dacommission.submission.forms import WithdrawForm
from dacommission.submission.receipt import receipt
from dacommission.submission.views import submission
from dacommission.web.clock import now
from dacommission.web.guard import found_or_404, may, open_to
from dacommission.web.unsent import typed_now

WITHDRAWN = "Upload {number} was withdrawn. It is kept, and counts for nothing."
EARLIER = " Upload {number} stands again, and is not submitted."


def find_upload_of_return(upload_id: uuid.UUID, permission: Permission) -> tuple[Return, Upload]:
    """An upload and its return, or 404: also when they are not this person's."""
    of_return = select(Upload.return_id).where(Upload.id == upload_id).scalar_subquery()
    due = found_or_404(Return.visible_to(current_user, permission).where(Return.id == of_return))
    return due, next(one for one in due.uploads if one.id == upload_id)


@submission.get("/uploads/<uuid:upload_id>/receipt")
@open_to(Permission.RETURNS_FIGURES)
def show_receipt(upload_id: uuid.UUID) -> ResponseReturnValue:
    """The receipt as a file to keep."""
    due, upload = find_upload_of_return(upload_id, Permission.RETURNS_FIGURES)
    name = f"{due.contract.reference}-{due.period.key}-upload-{upload.number}-receipt.pdf"
    return Response(
        receipt(due, upload, user=current_user, at=now()),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@submission.route("/uploads/<uuid:upload_id>/withdraw", methods=["GET", "POST"])
@open_to(Permission.RETURNS_UPLOAD)
def withdraw(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Takes an upload back with a reason, after asking."""
    due, upload = find_upload_of_return(upload_id, Permission.RETURNS_UPLOAD)
    form = WithdrawForm(data={"upload": str(upload.id), "version": due.version})
    try:
        actions.must_be_withdrawable(due, upload, by=current_user, at=now())
        if not form.validate_on_submit():
            return render_template("submission/withdraw.html", due=due, upload=upload, form=form)
        said = {"version": form.version.data, "reason": form.reason.data.strip()}
        actions.withdraw(due, upload=upload, by=current_user, at=now(), **said)
    except Conflict:
        return changed_page(due)
    except StepNotAllowed as refusal:
        if typed_now():
            return changed_page(due, refusal=str(refusal))
        flash(str(refusal), "error")
    else:
        stands = EARLIER.format(number=due.latest_upload.number) if due.latest_upload else ""
        flash(WITHDRAWN.format(number=upload.number) + stands, "success")
    return redirect(url_for("returns.show", return_id=due.id))


def links(upload: Upload, user: User) -> str:
    """What an upload's page offers: its receipt, and taking it back where that is possible."""
    if upload.due is None:
        return ""
    try:
        actions.must_be_withdrawable(upload.due, upload, by=user, at=now())
    except StepNotAllowed:
        withdrawable = False
    else:
        withdrawable = may(Permission.RETURNS_UPLOAD)
    return render_template("submission/upload_links.html", upload=upload, withdrawable=withdrawable)
