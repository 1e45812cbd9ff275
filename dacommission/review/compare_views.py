"""The page on which two versions of a return stand side by side."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dacommission.returns.models import Return
from dacommission.returns.views import find
from dacommission.review.compare import State, compared, rows_of, states
from dacommission.review.touched import rerated, users_of_figures
from dacommission.review.views import review
from dacommission.roles import Permission
from dacommission.web.guard import may, open_to

NO_VERSION = "No workbook was received for this return yet, so there are no versions to compare."


@review.get("/returns/<uuid:return_id>/changes")
@open_to(Permission.RETURNS_FIGURES)
def compare(return_id: uuid.UUID) -> ResponseReturnValue:
    """What changed between two versions of a return; ?from and ?to choose them."""
    due = find(return_id, Permission.RETURNS_FIGURES)
    versions = states(due)
    if not versions:
        flash(NO_VERSION, "error")
        return redirect(url_for("returns.show", return_id=due.id))
    old, new = _chosen(versions)
    found = compared(due, old, new)
    return render_template(
        "review/compare.html",
        due=due,
        versions=versions,
        found=found,
        rerated=rerated(due, found.codes, rows_of(old), rows_of(new)) if found.changes else [],
        used=_used(due) if found.changes else [],
    )


def _used(due: Return) -> list[tuple[str, str, str]]:
    return users_of_figures(due) if may(Permission.RETURNS_REVIEW) else []


def _chosen(versions: list[State]) -> tuple[State, State]:
    """The two that the address asks for; else the last, against the one before it that was not withdrawn."""
    by_key = {version.key: version for version in versions}
    standing = [version for version in versions if not version.upload.withdrawn_at] or versions
    new = by_key.get(request.args.get("to", ""), standing[-1])
    earlier = [version for version in standing if versions.index(version) < versions.index(new)]
    old = by_key.get(request.args.get("from", ""), earlier[-1] if earlier else versions[0])
    return old, new
