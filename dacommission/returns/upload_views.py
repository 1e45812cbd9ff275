"""Pages of uploads: choosing a workbook, seeing all that was read before anything is stored, and what is kept."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.db import Conflict
from dacommission.indicators.store import vocabulary
from dacommission.returns import actions, shown
from dacommission.returns.checked_page import already_words, sent_again, what_was_read
from dacommission.returns.checking import Checked, NotAsSent, check
from dacommission.returns.deadlines import must_have_ended
from dacommission.returns.expected import expected
from dacommission.returns.forms import DecisionForm, FileForm
from dacommission.returns.models import Return, Upload
from dacommission.returns.storing import HasErrors
from dacommission.returns.views import find, returns
from dacommission.returns.workflow import ReturnStatus, Step, StepNotAllowed, after
from dacommission.roles import Permission
from dacommission.web.clock import now, today
from dacommission.web.files import carries_file, content_of, download, safe_name
from dacommission.web.guard import found_or_404, may, open_to
from dacommission.web.unsent import typed_now

KEPT = "Upload {number} is kept. Your manager can submit it now."
SUBMITTED = "The return was submitted with upload {number}."


def find_upload(upload_id: uuid.UUID) -> Upload:
    """The upload, or 404: also when it exists but its figures are not for this person."""
    return found_or_404(Upload.visible_to(current_user).where(Upload.id == upload_id))


@returns.route("/returns/<uuid:return_id>/upload", methods=["GET", "POST"])
@open_to(Permission.RETURNS_UPLOAD)
@carries_file
def upload(return_id: uuid.UUID) -> ResponseReturnValue:
    """Chooses a workbook and shows all that is read from it. Stores nothing but that a file was refused."""
    due = find(return_id, Permission.RETURNS_UPLOAD)
    try:
        after(ReturnStatus(due.status), Step.RECEIVE)
        must_have_ended(due.period, today())
    except StepNotAllowed as refusal:
        flash(str(refusal), "error")
        return redirect(url_for(".show", return_id=due.id))
    form = FileForm()
    if not form.validate_on_submit():
        return render_template("returns/upload.html", form=form, due=due)
    checked = check(content_of(form.file.data), safe_name(form.file.data.filename), expected=expected(due))
    if checked.reading.blocked:
        actions.refuse(due, checked.reading, by=current_user, at=now())
    return show_checked(due, checked)


def show_checked(due: Return, checked: Checked, *, changed: bool = False) -> str:
    """The page that shows what was read, before anything is stored."""
    return render_template(
        "returns/checked.html", due=due, button=_button(due), **what_was_read(checked, due.uploads, changed=changed)
    )


def _button(due: Return) -> str:
    """What the button does, in the words of whoever looks."""
    if current_user.organisation_id != due.contract.provider_id:
        return "Load on the provider’s behalf and submit"
    return "Submit this return" if may(Permission.RETURNS_SUBMIT) else "Keep this upload for your manager to submit"


@returns.post("/returns/<uuid:return_id>/uploads")
@open_to(Permission.RETURNS_UPLOAD)
@carries_file
def keep(return_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps a workbook that was checked, and submits the return with it where the person may."""
    due = find(return_id, Permission.RETURNS_UPLOAD)
    try:
        checked, unchanged = sent_again(expected(due))
    except NotAsSent as refusal:
        flash(str(refusal), "error")
        return redirect(url_for(".upload", return_id=due.id))
    return _kept(due, checked) if unchanged else (show_checked(due, checked, changed=True), 409)


def _kept(due: Return, checked: Checked) -> ResponseReturnValue:
    deed = actions.hand_in if may(Permission.RETURNS_SUBMIT) else actions.receive
    at, reading = now(), checked.reading
    try:
        kept = deed(due, content=checked.content, filename=reading.file, reading=reading, by=current_user, at=at)
    except (StepNotAllowed, HasErrors) as refusal:
        flash(str(refusal), "error")
        return redirect(url_for(".show", return_id=due.id))
    submitted = due.submitted_at == at
    if kept.was_there(at) and not submitted:
        flash(already_words(kept), "info")
    else:
        flash((SUBMITTED if submitted else KEPT).format(number=kept.number), "success")
    return redirect(url_for(".show", return_id=due.id))


@returns.post("/returns/<uuid:return_id>/submit")
@open_to(Permission.RETURNS_SUBMIT)
def submit(return_id: uuid.UUID) -> ResponseReturnValue:
    """Submits the return with the upload that is kept."""
    due = find(return_id, Permission.RETURNS_SUBMIT)
    form = DecisionForm()
    return decided(due, form, actions.submit, SUBMITTED) if form.validate_on_submit() else changed_page(due)


def decided(due: Return, form: DecisionForm, deed: Callable[..., None], done: str, **said: str) -> ResponseReturnValue:
    """Does the deed on exactly the upload that the form was made from, and tells what came of it.

    `done` is what is said afterwards; {number} is that of the upload. `said` goes to the deed.
    """
    try:
        kept = _upload_seen(due, form)
        deed(due, upload=kept, version=form.version.data, by=current_user, at=now(), **said)
    except Conflict:
        return changed_page(due)
    except StepNotAllowed as refusal:
        if typed_now():
            return changed_page(due, refusal=str(refusal))
        flash(str(refusal), "error")
    else:
        flash(done.format(number=kept.number), "success")
    return redirect(url_for(".show", return_id=due.id))


def _upload_seen(due: Return, form: DecisionForm) -> Upload:
    """The upload that the form was made from. Raises Conflict when the return has no such upload."""
    found = next((kept for kept in due.uploads if str(kept.id) == form.upload.data), None)
    if found is None:
        raise Conflict
    return found


def changed_page(due: Return, *, refusal: str = "") -> tuple[str, int]:
    """The page for when the return is no longer as it was shown, with what was typed, to be copied.

    `refusal` says why a step could not be taken.
    """
    return render_template("returns/changed.html", due=due, refusal=refusal, typed=typed_now()), 409


@returns.get("/uploads/<uuid:upload_id>")
@open_to(Permission.RETURNS_FIGURES)
def show_upload(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Every figure and problem of an upload as it is kept; each cell has its own address on the page."""
    kept = find_upload(upload_id)
    found = shown.problems(kept.problems)
    return render_template(
        "returns/upload_show.html",
        upload=kept,
        figures=shown.figures(kept.observations, vocabulary()),
        passages=shown.passages(kept.passages),
        problems=found,
        counted=shown.counted(found),
    )


@returns.get("/uploads/<uuid:upload_id>/file")
@open_to(Permission.RETURNS_FIGURES)
def download_upload(upload_id: uuid.UUID) -> ResponseReturnValue:
    """The file as it was received, byte for byte."""
    kept = find_upload(upload_id)
    about = f"{kept.due.contract.reference}-{kept.due.period.key}" if kept.due else f"{kept.series}"
    if kept.content is None:
        abort(HTTPStatus.GONE)
    return download(kept.content, f"{about}-upload-{kept.number}", like=kept.file_name)
