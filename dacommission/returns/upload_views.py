"""Pages of uploads that are kept, and decisions bound to one of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.db import Conflict, db
from dacommission.indicators.store import vocabulary
from dacommission.returns import shown
from dacommission.returns.beside import of_upload
from dacommission.returns.forms import DecisionForm
from dacommission.returns.history import history
from dacommission.returns.models import Return, Upload
from dacommission.returns.views import returns
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Permission
from dacommission.web.clock import now
from dacommission.web.files import download
from dacommission.web.guard import found_or_404, open_to
from dacommission.web.sections import sections_of
from dacommission.web.unsent import typed_now
from dacommission.web.words import moment
from imports.workbook import Refusal, open_workbook

GONE_TITLE = "This file is no longer kept"
GONE = (
    "It was disposed of on {at}, when the time for which its contract keeps original files was over. The figures that "
    "were read from it, its SHA-256 and the audit log are kept."
)

LAST = 3  # of what happened is told to whoever comes second
HOLDS_MORE_TITLE = "This file holds more than this return"
HOLDS_MORE = (
    "It was sent for other returns as well, which are not yours to see, and it holds their figures too. What it says "
    "of this return stands on the upload's page. Ask the provider for a file of this contract alone."
)


def find_upload(upload_id: uuid.UUID) -> Upload:
    """The upload, or 404: also when it exists but its figures are not for this person."""
    return found_or_404(Upload.visible_to(current_user).where(Upload.id == upload_id))


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
    return redirect(url_for("returns.show", return_id=due.id))


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
    last = history(due.id)[:LAST]
    return render_template("returns/changed.html", due=due, last=last, refusal=refusal, typed=typed_now()), 409


@returns.get("/uploads/<uuid:upload_id>")
@open_to(Permission.RETURNS_FIGURES)
def show_upload(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Every figure and problem of an upload as they stand; each cell has its own address on the page."""
    kept = find_upload(upload_id)
    found = shown.problems(kept.outstanding)
    return render_template(
        "returns/upload_show.html",
        upload=kept,
        figures=shown.figures(kept.standing, vocabulary()),
        passages=shown.passages(kept.passages),
        problems=found,
        counted=shown.counted(found),
        sections=sections_of("upload", kept, current_user),
    )


@returns.get("/uploads/<uuid:upload_id>/file")
@open_to(Permission.RETURNS_FIGURES)
def download_upload(upload_id: uuid.UUID) -> ResponseReturnValue:
    """The file as it was received, byte for byte."""
    kept = find_upload(upload_id)
    refused = file_not_shown(kept)
    return download(kept.content or b"", named_after(kept), like=kept.file_name) if refused is None else refused


@returns.get("/uploads/<uuid:upload_id>/beside")
@open_to(Permission.RETURNS_FIGURES)
def show_beside(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Every figure of an upload as it stands, beside the workbook it was read from, which is opened anew."""
    kept = find_upload(upload_id)
    refused = file_not_shown(kept)
    if refused is not None:
        return refused
    opened = open_workbook(kept.content or b"", filename=kept.file_name)
    if isinstance(opened, Refusal):
        return refused_instead(kept, opened)
    beside = of_upload(kept, opened, vocabulary())
    counted = shown.counted(beside.problems)
    return render_template("returns/upload_beside.html", upload=kept, beside=beside, counted=counted)


def refused_instead(kept: Upload, refusal: Refusal) -> ResponseReturnValue:
    """Back to an upload's page, which says why its file could not be opened."""
    flash(refusal.message, "error")
    return redirect(url_for("returns.show_upload", upload_id=kept.id))


def named_after(kept: Upload) -> str:
    """The name under which something made of an upload is taken away: "DA-2019-HUB-2022-Q1-upload-2"."""
    about = f"{kept.due.contract.reference}-{kept.due.period.key}" if kept.due else f"{kept.series}"
    return f"{about}-upload-{kept.number}"


def file_not_shown(kept: Upload) -> ResponseReturnValue | None:
    """A page that says why the file itself is not for this person, or for nobody any more; None where it is."""
    if kept.content is None:
        title, advice, status = GONE_TITLE, GONE.format(at=moment(kept.disposed_at)), HTTPStatus.GONE
    elif _holds_more(kept):
        title, advice, status = HOLDS_MORE_TITLE, HOLDS_MORE, HTTPStatus.FORBIDDEN
    else:
        return None
    return render_template("errors/error.html", title=title, advice=advice, typed=[]), status


def _holds_more(kept: Upload) -> bool:
    """Whether the same file was kept for a return whose figures are not for this person: one file for many."""
    seen = Upload.visible_to(current_user).with_only_columns(Upload.id).order_by(None)
    other = select(Upload.id).where(Upload.sha256 == kept.sha256, Upload.id.not_in(seen))
    return db.session.scalar(other.limit(1)) is not None
