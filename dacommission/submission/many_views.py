"""Pages on which many workbooks are uploaded at once: all is shown first, and each return is kept by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from dacommission.db import db
from dacommission.indicators.store import vocabulary
from dacommission.returns import shown
from dacommission.returns.checked_page import already_among
from dacommission.returns.checking import NotAsSent, carried_bytes
from dacommission.returns.models import Return, Upload
from dacommission.returns.shown import FigureRow, ProblemRow
from dacommission.returns.storing import HasErrors
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Permission
from dacommission.submission import actions, entitled
from dacommission.submission.forms import FilesForm
from dacommission.submission.matching import ForReturn, Matched, matched, waiting
from dacommission.submission.views import submission
from dacommission.web.clock import now, today
from dacommission.web.files import carries_file, content_of, safe_name
from dacommission.web.guard import open_to
from imports.reading import Problem

TOO_MUCH = "These files are more than 10 MB together. Send them in several goes."
NOTHING_TICKED = "Nothing was ticked, so nothing was kept."
CHANGED = "What this file is checked against changed since you looked. Check it again."
ALREADY = "This file was received before, as upload {number}. Nothing was changed."


@dataclass(frozen=True)
class Shown:
    """What a file holds for one return, in words."""

    due: Return
    key: str
    figures: Sequence[FigureRow]
    counted: str
    problems: Sequence[ProblemRow]
    blocked: bool
    ticked: bool
    already: str  # that it was received before; "" where it was not
    unknown: int  # rows and columns that nobody has said what they are, and that are left out


@dataclass(frozen=True)
class Outcome:
    """What became of one file for one return."""

    due: Return
    file: str
    upload: Upload | None
    why_not: str = ""
    may_submit: bool = False

    @property
    def stands(self) -> bool:
        """Whether no upload of the return came after it."""
        return self.upload is not None and self.upload == self.due.latest_upload


@submission.route("/returns/upload-many", methods=["GET", "POST"])
@open_to(Permission.RETURNS_UPLOAD)
@carries_file
def upload_many() -> ResponseReturnValue:
    """Chooses many files, and shows for which returns they are and what was read. Stores nothing."""
    form, candidates = FilesForm(), waiting(current_user)
    if not form.validate_on_submit():
        return render_template("submission/many.html", form=form, waiting=candidates)
    files = [(safe_name(file.filename), content_of(file)) for file in form.files.data]
    if sum(len(content) for _, content in files) > current_app.config["UPLOAD_LIMIT"]:
        form.files.errors = [TOO_MUCH]
        return render_template("submission/many.html", form=form, waiting=candidates)
    return _show([matched(content, name, candidates) for name, content in files])


def _show(files: Sequence[Matched]) -> str:
    """The page with a tick for each return; the files travel in its form."""
    seen: set[object] = set()
    rows = [(file, [_shown(one, seen) for one in file.found], _unlinked(file.problems)) for file in files]
    keepable = any(not one.blocked for _, found, _ in rows for one in found)
    return render_template("submission/many_checked.html", rows=rows, keepable=keepable, carried=_carried(files))


def _shown(one: ForReturn, seen: set[object]) -> Shown:
    """Ticked where it can be kept, and no file before it is for the same return."""
    reading, problems = one.checked.reading, _unlinked(one.checked.reading.problems)
    first = one.due.id not in seen
    seen.add(one.due.id)
    return Shown(
        due=one.due,
        key=one.key,
        figures=[replace(row, anchor="") for row in shown.figures(reading.observations, vocabulary())],
        counted=shown.counted(problems),
        problems=problems,
        blocked=reading.blocked,
        ticked=first and not reading.blocked,
        already=already_among(one.due.uploads, reading.sha256),
        unknown=sum(series.is_asked for series in reading.series),
    )


def _unlinked(problems: Sequence[Problem]) -> list[ProblemRow]:
    """Problems whose cells lead nowhere: several files have cells of the same name on this page."""
    rows = shown.problems(problems)
    return [replace(row, cells=tuple(replace(cell, anchor="") for cell in row.cells)) for row in rows]


def _carried(files: Sequence[Matched]) -> list[tuple[str, str]]:
    """Each file that is for some return: its name, and its bytes in a shape in which a form can carry them."""
    return [(file.name, file.found[0].checked.carried) for file in files if file.found]


@submission.post("/returns/upload-many/keep")
@open_to(Permission.RETURNS_UPLOAD)
@carries_file
def keep_many() -> ResponseReturnValue:
    """Keeps what was ticked, each return by itself, and tells what was kept and what not."""
    if not FlaskForm().validate_on_submit() or not request.form.getlist("keep"):
        flash(NOTHING_TICKED, "error")
        return redirect(url_for(".upload_many"))
    try:
        outcomes = list(_kept(request.form.getlist("keep")))
    except NotAsSent as refusal:
        flash(str(refusal), "error")
        return redirect(url_for(".upload_many"))
    return render_template("submission/many_kept.html", outcomes=outcomes)


def _kept(ticked: Sequence[str]) -> Iterator[Outcome]:
    """What became of each tick."""
    candidates = _candidates(ticked)
    names, contents = request.form.getlist("file_name"), request.form.getlist("content")
    files = [(safe_name(name), carried_bytes(content)) for name, content in zip(names, contents, strict=False)]
    found = [one for name, content in files for one in matched(content, name, candidates).found]
    places = {key.rpartition(":")[0] for key in ticked}
    for one in found:
        if one.key in ticked:
            yield _keep(one)
        elif one.place in places:
            yield Outcome(one.due, one.checked.reading.file, None, CHANGED)


def _candidates(ticked: Sequence[str]) -> list[Return]:
    """The returns that wait, and those that were ticked and wait no more, so that this can be told of them."""
    candidates = waiting(current_user)
    ids = {key.partition(":")[0] for key in ticked}
    others = db.session.scalars(Return.visible_to(current_user, Permission.RETURNS_UPLOAD))
    return [*candidates, *(due for due in others if str(due.id) in ids and due not in candidates)]


def _keep(one: ForReturn) -> Outcome:
    """One return in a unit of work of its own."""
    due, reading, at = one.due, one.checked.reading, now()
    try:
        upload = actions.receive(
            due, content=one.checked.content, filename=reading.file, reading=reading, by=current_user, at=at
        )
    except (StepNotAllowed, HasErrors) as refusal:
        return Outcome(due, reading.file, None, str(refusal))
    said = ALREADY.format(number=upload.number) if upload.was_there(at) else ""
    return Outcome(due, reading.file, upload, said, not entitled.refusal(current_user, due, upload, today()))
