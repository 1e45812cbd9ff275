"""A workbook that was checked and is kept nowhere, given back with its points marked."""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath

from flask import flash, request
from flask.typing import ResponseReturnValue

from dacommission.returns.checking import Checked, NotAsSent
from dacommission.returns.views import find
from dacommission.roles import Permission
from dacommission.submission.correcting import CellForms
from dacommission.submission.upload_views import from_the_start, sent_again_for, show_checked
from dacommission.submission.views import submission
from dacommission.web.files import carries_file, download
from dacommission.web.guard import open_to
from imports.marked.giving import NOT_GIVEN, give_back
from imports.workbook import Refusal


@submission.post("/returns/<uuid:return_id>/upload/marked")
@open_to(Permission.RETURNS_UPLOAD)
@carries_file
def give_back_checked(return_id: uuid.UUID) -> ResponseReturnValue:
    """The very file that came back with the form, with every point marked that stands. Stores nothing."""
    due, cells = find(return_id, Permission.RETURNS_UPLOAD), CellForms.of(request.form)
    try:
        checked, _ = sent_again_for(due, cells)
    except NotAsSent as refusal:
        return from_the_start(due, refusal)
    given = _given(checked)
    if isinstance(given, Refusal):
        flash(given.message, "error")
        return show_checked(due, checked, cells=cells)
    return download(given, f"{PurePosixPath(checked.reading.file).stem} marked")


def _given(checked: Checked) -> bytes | Refusal:
    """The marked workbook, or why there is none."""
    reading = checked.reading
    if reading.workbook is None:
        return NOT_GIVEN
    return give_back(checked.content, reading.problems, workbook=reading.workbook, filename=reading.file)
