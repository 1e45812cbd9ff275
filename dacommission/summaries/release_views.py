"""Releases: what the Board and others may read, and how a commissioner withdraws one."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, select

from dacommission.roles import Permission
from dacommission.summaries import actions
from dacommission.summaries.document import from_json
from dacommission.summaries.exports import EXPORTS
from dacommission.summaries.forms import WithdrawForm
from dacommission.summaries.models import Release
from dacommission.summaries.pages import file_answer, imprint, shown
from dacommission.summaries.provenance import find_figure, provenance, sources
from dacommission.summaries.revised import accepted_after
from dacommission.summaries.views import find
from dacommission.web.clock import london_day, now
from dacommission.web.guard import found_or_404, may, open_to
from dacommission.web.listing import listed
from dacommission.web.words import day

releases = Blueprint("releases", __name__)


def readable() -> Select[Any]:
    """The releases this user may read: everybody's who may read any; withdrawn ones only for those who issue."""
    query = select(Release).order_by(Release.released_at.desc(), Release.id)
    return query if may(Permission.RELEASES_ISSUE) else query.where(Release.withdrawn_at.is_(None))


def find_release(release_id: uuid.UUID) -> Release:
    found: Release = found_or_404(readable().where(Release.id == release_id))
    return found


@releases.get("/releases")
@open_to(Permission.RELEASES_READ)
def list_releases() -> ResponseReturnValue:
    page = listed(
        readable(),
        columns={"released": ("Released", Release.released_at), "title": ("Summary", Release.title)},
        tie_break=Release.id,
        search_in=(Release.title,),
        newest_first=True,
    )
    return render_template("summaries/releases.html", page=page)


@releases.get("/releases/<uuid:release_id>")
@open_to(Permission.RELEASES_READ)
def show(release_id: uuid.UUID) -> ResponseReturnValue:
    found = find_release(release_id)
    document = from_json(found.content)
    return render_template(
        "summaries/release.html",
        release=found,
        revised=accepted_after(found),
        document=document,
        blocks=shown(document),
        where=f"{url_for('.where', release_id=found.id)}?figure=",
        exports=EXPORTS.values(),
    )


@releases.get("/releases/<uuid:release_id>/where")
@open_to(Permission.RELEASES_READ)
def where(release_id: uuid.UUID) -> ResponseReturnValue:
    """Where a released figure comes from, without any exact value."""
    found = find_release(release_id)
    figure = find_figure(from_json(found.content), request.args.get("figure", ""))
    if figure is None:
        abort(404)
    return render_template(
        "summaries/where.html",
        back=url_for(".show", release_id=found.id),
        summary=found,
        found=provenance(figure),
        where=f"{url_for('.where', release_id=found.id)}?figure=",
        exact=False,
    )


@releases.get("/releases/<uuid:release_id>/file/<suffix>")
@open_to(Permission.RELEASES_EXPORT)
def take(release_id: uuid.UUID, suffix: str) -> ResponseReturnValue:
    found = find_release(release_id)
    if suffix not in EXPORTS:
        abort(404)
    document = from_json(found.content)
    origin = f"Release {found.number} of {day(london_day(found.released_at))}, digest {found.sha256[:16]}"
    made = imprint(current_user, now(), origin, sources(document.figures))
    name = f"{found.title.lower().replace(' ', '-').replace('/', '-')}-release-{found.number}"
    answer = file_answer(document, suffix, made, name)
    actions.log_export(found, suffix, by=current_user)
    return answer


@releases.route("/releases/<uuid:release_id>/withdraw", methods=["GET", "POST"])
@open_to(Permission.RELEASES_ISSUE)
def withdraw(release_id: uuid.UUID) -> ResponseReturnValue:
    found, form = find_release(release_id), WithdrawForm()
    find(found.summary_id)  # only those who fund its contracts
    if not form.validate_on_submit():
        return render_template("summaries/withdraw.html", release=found, form=form)
    try:
        actions.withdraw(found, form.reason.data, by=current_user, at=now())
    except actions.WithdrawnBefore:
        flash("Somebody has withdrawn this release already.", "error")
    else:
        flash(f"{found} is withdrawn. The Board no longer sees it.", "success")
    return redirect(url_for(".show", release_id=found.id))
