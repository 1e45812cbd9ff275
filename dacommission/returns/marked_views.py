"""The provider's own workbook given back, with every point that still stands marked in it."""

from __future__ import annotations

import uuid

from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.returns import actions
from dacommission.returns.models import Upload
from dacommission.returns.shown import as_read
from dacommission.returns.upload_views import file_not_shown, find_upload, named_after, refused_instead
from dacommission.returns.views import returns
from dacommission.roles import Permission
from dacommission.web.files import download
from dacommission.web.guard import open_to
from imports.marked.giving import give_back
from imports.workbook import Refusal, open_workbook


@returns.get("/uploads/<uuid:upload_id>/marked")
@open_to(Permission.RETURNS_FIGURES)
def download_marked(upload_id: uuid.UUID) -> ResponseReturnValue:
    """The file as it was received but for a comment and a highlight at each point that stands, and their list."""
    kept = find_upload(upload_id)
    refused = file_not_shown(kept)
    if refused is not None:
        return refused
    given = _given(kept, kept.content or b"")
    if isinstance(given, Refusal):
        return refused_instead(kept, given)
    actions.log_marked(kept, by=current_user)
    return download(given, f"{named_after(kept)}-marked")


def _given(kept: Upload, content: bytes) -> bytes | Refusal:
    """The marked workbook, or why there is none."""
    opened = open_workbook(content, filename=kept.file_name)
    if isinstance(opened, Refusal):
        return opened
    return give_back(content, map(as_read, kept.outstanding), workbook=opened, filename=kept.file_name)
