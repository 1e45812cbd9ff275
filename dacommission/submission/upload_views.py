"""Pages on which a workbook is chosen, and all that was read from it is shown before anything is stored."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.indicators.store import vocabulary
from dacommission.profiles.knowing import known, known_with, reads_hidden
from dacommission.returns import actions as returns_actions
from dacommission.returns.beside import Beside
from dacommission.returns.checked_page import already_words, sent_again, what_was_read
from dacommission.returns.checking import Checked, NotAsSent, check
from dacommission.returns.deadlines import must_be_open_for_uploads
from dacommission.returns.expected import expected
from dacommission.returns.forms import FileForm
from dacommission.returns.models import Return, Upload
from dacommission.returns.storing import HasErrors, figures_of, problem_of
from dacommission.returns.undone import undone
from dacommission.returns.views import find
from dacommission.returns.workflow import ReturnStatus, Step, StepNotAllowed, after
from dacommission.roles import Permission
from dacommission.submission import actions, entitled
from dacommission.submission.asked import Asked, figures_asked
from dacommission.submission.asking_page import ask_first, layout_words
from dacommission.submission.correcting import ADD, CellForms, not_in_file
from dacommission.submission.explaining import NotExplained, explanations_of, lacking
from dacommission.submission.forms import TICK, CheckedReturnForm
from dacommission.submission.views import submission
from dacommission.submission.words import declaration, submitted_words
from dacommission.web.clock import now, today
from dacommission.web.files import carries_file, content_of, safe_name
from dacommission.web.guard import open_to
from imports.reading import Expected
from imports.series import Profile

WITH_HIDDEN = "with_hidden"  # the box by which hidden cells are said to belong to the return
HIDDEN_ASKED = "hidden-asked"  # comes with the page on which that box was, ticked or not
KEPT = "Upload {number} is kept. {who} can submit it now."
TO_EXPLAIN = "Upload {number} is kept. Explain what is asked below, and submit the return."


@submission.route("/returns/<uuid:return_id>/upload", methods=["GET", "POST"])
@open_to(Permission.RETURNS_UPLOAD)
@carries_file
def upload(return_id: uuid.UUID) -> ResponseReturnValue:
    """Chooses a workbook and shows all that is read from it. Stores nothing but that a file was refused."""
    due = find(return_id, Permission.RETURNS_UPLOAD)
    try:
        must_wait_for_upload(due)
    except StepNotAllowed as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("returns.show", return_id=due.id))
    form = FileForm()
    if not form.validate_on_submit():
        return render_template("returns/upload.html", form=form, due=due)
    name, layout = safe_name(form.file.data.filename), known(due.contract)
    checked = check(content_of(form.file.data), name, expected=expected(due), profile=layout)
    if page := ask_first(due, checked):
        return page
    if checked.reading.blocked:
        returns_actions.refuse(due, checked.reading, by=current_user, at=now())
    return show_checked(due, checked)


def must_wait_for_upload(due: Return) -> None:
    """Raises StepNotAllowed where the return takes no upload, or its quarter is not over, or its contract is."""
    after(ReturnStatus(due.status), Step.RECEIVE)
    on_behalf = current_user.organisation_id != due.contract.provider_id
    must_be_open_for_uploads(due, today(), on_behalf=on_behalf)


def show_checked(
    due: Return, checked: Checked, *, cells: CellForms | None = None, changed: bool = False, untold: str = ""
) -> str:
    """The page that shows what was read, before anything is stored. `untold` is said at the declaration.

    `cells` are what is typed in the place of figures; as it came with the request where they are not given.
    """
    cells = cells or CellForms.of(request.form)
    asked, may_declare = _still_asked(due, checked), not entitled.refusal(current_user, due, None, today())
    words = what_was_read(checked, due.uploads, changed=changed)
    beside: Beside = words["beside"]  # type: ignore[assignment]
    return render_template(
        "returns/checked.html",
        due=due,
        button=_button(due, may_declare, asked),
        asked=asked,
        declaration=declaration(due, current_user) if may_declare and not asked else "",
        untold=untold,
        errors=[*cells.errors, *([(untold, "declared")] if untold else [])],
        cells=cells.beside(beside.figures),
        undone=_undone(due, checked),
        with_hidden="y" if reads_hidden(checked.reading) else request.form.get(WITH_HIDDEN, ""),
        layout=layout_words(due, checked),
        absent=cells.without_begun(not_in_file(checked.reading, expected(due), vocabulary())),
        **words,
    )


@submission.post("/returns/<uuid:return_id>/upload/again")
@open_to(Permission.RETURNS_UPLOAD)
@carries_file
def check_again(return_id: uuid.UUID) -> ResponseReturnValue:
    """Reads a file that was checked once more, with what was typed in the place of its figures. Stores nothing."""
    due, cells = find(return_id, Permission.RETURNS_UPLOAD), CellForms.of(request.form)
    try:
        checked, _ = sent_again_for(due, cells)
    except NotAsSent as refusal:
        return from_the_start(due, refusal)
    cells.add(request.form.get(ADD, ""), not_in_file(checked.reading, expected(due), vocabulary()))
    return show_checked(due, checked, cells=cells)


def from_the_start(due: Return, refusal: NotAsSent) -> ResponseReturnValue:
    """Back to choosing a file, where none came back that was checked."""
    flash(str(refusal), "error")
    return redirect(url_for(".upload", return_id=due.id))


def sent_again_for(due: Return, cells: CellForms) -> tuple[Checked, bool]:
    """The workbook that came back, read with what is known of its layout and what was typed in its figures' place.

    Also whether it still says what was shown. Raises NotAsSent when none came back.
    """
    wanted = expected(due)
    return sent_again(wanted, lambda answers: _layout(due, answers, wanted), corrections=cells.corrections)


def read_with(due: Return, checked: Checked, cells: CellForms, answers: str) -> Checked:
    """The same workbook, read with other answers about its layout."""
    wanted, corrections = expected(due), cells.corrections
    layout, name = _layout(due, answers, wanted), checked.reading.file
    content = checked.content
    return check(content, name, expected=wanted, profile=layout, answers=answers, corrections=corrections)


def _layout(due: Return, answers: str, wanted: Expected) -> Profile:
    """What is known of a file's layout, what was answered about it, and whether hidden cells belong to it."""
    profile = known_with(due.contract, answers, wanted)
    ticked = bool(request.form.get(WITH_HIDDEN))
    return replace(profile, with_hidden=ticked if HIDDEN_ASKED in request.form else profile.with_hidden or ticked)


def _undone(due: Return, checked: Checked) -> list[str]:
    """What was corrected in the page of an earlier upload, and is otherwise in this workbook."""
    if checked.reading.blocked or checked.reading.layout is None:
        return []
    return undone(due.uploads, figures_of(checked.reading), due.period)


def _still_asked(due: Return, checked: Checked) -> list[Asked]:
    """What these figures ask for that was not explained for an earlier upload."""
    if checked.reading.blocked or checked.reading.layout is None:
        return []
    written = {one.indicator_code: one for one in explanations_of(due)}
    asked: Sequence[Asked] = figures_asked(
        due, figures_of(checked.reading), [problem_of(one) for one in checked.reading.problems]
    )
    return [one for one in asked if lacking(one, written.get(one.code))]


def _button(due: Return, may_declare: bool, asked: Sequence[Asked]) -> str:
    """What the button does, in the words of whoever looks."""
    if not may_declare:
        return f"Keep this upload for {who_submits(due)} to submit"
    if asked:
        return f"Keep this upload and explain {len(asked)} figure{'' if len(asked) == 1 else 's'}"
    if current_user.organisation_id != due.contract.provider_id:
        return "Load on the provider’s behalf and submit"
    return "Submit this return"


def who_submits(due: Return) -> str:
    """Who submits what this person uploads and may not submit: "your manager"."""
    return "somebody else" if entitled.capacity(current_user, due.contract, today()) else "your manager"


@submission.post("/returns/<uuid:return_id>/uploads")
@open_to(Permission.RETURNS_UPLOAD)
@carries_file
def keep(return_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps a workbook that was checked, and submits the return with it where the person may and declares it."""
    due = find(return_id, Permission.RETURNS_UPLOAD)
    cells = CellForms.of(request.form)
    try:
        checked, unchanged = sent_again_for(due, cells)
    except NotAsSent as refusal:
        return from_the_start(due, refusal)
    if not unchanged or not cells.are_valid():
        return show_checked(due, checked, cells=cells, changed=not unchanged), 409
    may_declare = not entitled.refusal(current_user, due, None, today())
    if may_declare and CheckedReturnForm().declared.data:
        return _handed_in(due, checked)
    if may_declare and not _still_asked(due, checked):
        return show_checked(due, checked, untold=TICK)
    return _kept(due, checked)


def _handed_in(due: Return, checked: Checked) -> ResponseReturnValue:
    """Keeps and submits; keeps only, where something asks for an explanation since it was looked at."""
    try:
        upload = actions.hand_in(due, **_kept_of(checked), by=current_user, at=now())
    except NotExplained:
        return _kept(due, checked)
    except (StepNotAllowed, HasErrors) as refusal:
        flash(str(refusal), "error")
    else:
        submitted = entitled.has_submitted(current_user, due, upload)
        flash(submitted_words(due, upload) if submitted else already_words(upload), "success" if submitted else "info")
    return redirect(url_for("returns.show", return_id=due.id))


def _kept_of(checked: Checked) -> dict[str, Any]:
    """What is kept of a file that was checked."""
    reading = checked.reading
    return {"content": checked.content, "filename": reading.file, "reading": reading, "answers": checked.answers}


def _kept(due: Return, checked: Checked) -> ResponseReturnValue:
    """Keeps the upload; whoever may submit it goes on to explain it."""
    at = now()
    try:
        upload = actions.receive(due, **_kept_of(checked), by=current_user, at=at)
    except (StepNotAllowed, HasErrors) as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("returns.show", return_id=due.id))
    if upload.was_there(at):
        flash(already_words(upload), "info")
        return redirect(url_for("returns.show", return_id=due.id))
    return _go_on(due, upload)


def _go_on(due: Return, upload: Upload) -> ResponseReturnValue:
    if not entitled.refusal(current_user, due, upload, today()):
        flash(TO_EXPLAIN.format(number=upload.number), "success")
        return redirect(url_for(".submit", return_id=due.id))
    who = who_submits(due)
    flash(KEPT.format(number=upload.number, who=f"{who[0].upper()}{who[1:]}"), "success")
    return redirect(url_for("returns.show", return_id=due.id))
