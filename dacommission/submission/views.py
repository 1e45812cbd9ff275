"""The pages on which a return's figures are explained, and the return is declared and submitted."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.db import Conflict
from dacommission.returns import shown
from dacommission.returns.models import Return, Upload
from dacommission.returns.undone import undone
from dacommission.returns.upload_views import changed_page
from dacommission.returns.views import find
from dacommission.returns.workflow import ReturnStatus, Step, StepNotAllowed, after
from dacommission.roles import Permission
from dacommission.submission import actions, entitled
from dacommission.submission.asked import asked_of
from dacommission.submission.explaining import (
    NotExplained,
    explanations_of,
    must_be_open_to,
    save_explanations,
)
from dacommission.submission.forms import TICK, DeclarationForm, ExplanationForms
from dacommission.submission.models import Explanation
from dacommission.submission.words import declaration, submitted_words
from dacommission.web.clock import now, today
from dacommission.web.guard import open_to

submission = Blueprint("submission", __name__)

SAVED = "What you wrote is saved."
WORDS_SAVED = "What you wrote to explain the figures is saved all the same."
EXPLAINS = ("-what", "-why", "-action")  # how the names of an explanation's texts end
NOTHING_THERE = "Nothing was received for this return yet, so there is nothing to explain."


@submission.route("/returns/<uuid:return_id>/submit", methods=["GET", "POST"])
@open_to(Permission.RETURNS_SUBMIT)
def submit(return_id: uuid.UUID) -> ResponseReturnValue:
    """Shows what will be submitted and what asks for an explanation; takes both with the declaration."""
    due = find(return_id, Permission.RETURNS_SUBMIT)
    if entitled.capacity(current_user, due.contract, today()) is None:
        abort(HTTPStatus.FORBIDDEN)
    if request.method == "POST" and _is_done(due):
        return _told_done(due)
    try:
        upload = _to_submit(due)
    except StepNotAllowed as refusal:
        return _refused(due, refusal)
    forms = _forms(due, upload)
    form = DeclarationForm(data={"upload": str(upload.id), "version": due.version})
    if not form.is_submitted():
        return _page(due, upload, forms, form)
    return _stopped_while_saving(due, upload, forms, form) or _submitted(due, upload, forms, form)


@submission.route("/returns/<uuid:return_id>/explanations", methods=["GET", "POST"])
@open_to(Permission.RETURNS_UPLOAD)
def explain(return_id: uuid.UUID) -> ResponseReturnValue:
    """Explains figures without submitting the return: before that, or until it is accepted."""
    due = find(return_id, Permission.RETURNS_UPLOAD)
    upload = due.latest_upload
    try:
        must_be_open_to(due, current_user)
        if upload is None:
            raise StepNotAllowed(NOTHING_THERE)
    except StepNotAllowed as refusal:
        return _refused(due, refusal)
    forms = _forms(due, upload)
    if request.method == "GET":
        return _page(due, upload, forms, None)
    if stopped := _stopped_while_saving(due, upload, forms, None):
        return stopped
    flash(SAVED, "success")
    return redirect(url_for("returns.show", return_id=due.id))


def _to_submit(due: Return) -> Upload:
    """The upload that waits to be submitted by this person. Raises StepNotAllowed where none does."""
    after(ReturnStatus(due.status), Step.SUBMIT)
    upload = due.latest_upload
    if refusal := entitled.refusal(current_user, due, upload, today()):
        raise entitled.NotEntitled(refusal)
    if upload is None:
        raise StepNotAllowed(NOTHING_THERE)
    return upload


def _forms(due: Return, upload: Upload) -> ExplanationForms:
    sent = request.form if request.method == "POST" else None
    return ExplanationForms(asked_of(due, upload), _written(due), sent)


def _written(due: Return) -> dict[str, Explanation]:
    return {one.indicator_code: one for one in explanations_of(due)}


def _stopped_while_saving(
    due: Return, upload: Upload, forms: ExplanationForms, form: DeclarationForm | None
) -> ResponseReturnValue | None:
    """Keeps what was written, whatever else is missing; the page again where that is not possible."""
    if not forms.are_valid():
        return _page(due, upload, forms, form)
    try:
        save_explanations(due, forms.drafts, by=current_user, at=now())
    except Conflict:
        forms.look_again(_written(due))
        return _page(due, upload, forms, form), HTTPStatus.CONFLICT
    except StepNotAllowed as refusal:
        return _refused(due, refusal)
    return None


def _refused(due: Return, refusal: StepNotAllowed) -> ResponseReturnValue:
    """Why it cannot be done; what was written about figures and is not saved stands beside it, to be copied."""
    if _unsaved(due):
        return changed_page(due, refusal=str(refusal))
    flash(str(refusal), "error")
    return redirect(url_for("returns.show", return_id=due.id))


def _unsaved(due: Return) -> set[str]:
    """What was written about figures and is not saved."""
    saved = {text for one in explanations_of(due) for text in (one.what, one.why, one.action)}
    written = {value.strip() for name, value in request.form.items() if name.endswith(EXPLAINS)}
    return written - saved - {""}


def _submitted(due: Return, upload: Upload, forms: ExplanationForms, form: DeclarationForm) -> ResponseReturnValue:
    """Submits exactly what was seen, where it is declared and explained; or only says that it was saved."""
    if form.upload.data != str(upload.id) or not form.validate():
        return changed_page(due, refusal=WORDS_SAVED)
    if "save" in request.form:
        flash(SAVED, "success")
        return redirect(url_for(".submit", return_id=due.id))
    if not form.declared.data:
        form.declared.errors = [TICK]
        return _asked_again(due, upload, forms, form)
    try:
        actions.submit(due, upload=upload, version=form.version.data, by=current_user, at=now())
    except NotExplained:
        return _asked_again(due, upload, forms, form)
    except Conflict:
        return _told_done(due) if _is_done(due) else changed_page(due, refusal=WORDS_SAVED)
    except StepNotAllowed as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("returns.show", return_id=due.id))
    return _told_done(due)


def _is_done(due: Return) -> bool:
    """Whether this very form was sent a moment ago: a button pressed twice, with nothing that is not saved."""
    upload = due.latest_upload
    if "save" in request.form or upload is None or request.form.get("upload") != str(upload.id):
        return False
    return entitled.has_submitted(current_user, due, upload) and not _unsaved(due)


def _told_done(due: Return) -> ResponseReturnValue:
    if due.latest_upload is not None:
        flash(submitted_words(due, due.latest_upload), "success")
    return redirect(url_for("returns.show", return_id=due.id))


def _asked_again(due: Return, upload: Upload, forms: ExplanationForms, form: DeclarationForm) -> str:
    """The page with a message at everything that is missing; what was written is saved."""
    forms.ask_for_what_lacks()
    forms.write_over(_written(due))
    return _page(due, upload, forms, form)


def _page(due: Return, upload: Upload, forms: ExplanationForms, form: DeclarationForm | None) -> str:
    found = shown.problems(upload.outstanding)
    declared = [(message, "declared") for message in form.declared.errors] if form else []
    return render_template(
        "submission/submit.html",
        due=due,
        upload=upload,
        forms=forms,
        form=form,
        errors=[*forms.errors, *declared],
        problems=found,
        counted=shown.counted(found),
        figures=len(upload.standing),
        undone=undone([one for one in due.uploads if one.number < upload.number], upload.standing, due.period),
        declaration=declaration(due, current_user),
    )
