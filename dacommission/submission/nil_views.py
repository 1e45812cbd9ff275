"""The page on which somebody says that there is nothing to report, with a reason."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.db import Conflict
from dacommission.indicators.store import vocabulary
from dacommission.returns.checked_page import already_words
from dacommission.returns.checking import Checked, check
from dacommission.returns.expected import expected
from dacommission.returns.models import Return
from dacommission.returns.storing import HasErrors
from dacommission.returns.upload_views import changed_page
from dacommission.returns.views import find
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Permission
from dacommission.submission import actions, entitled
from dacommission.submission.forms import TICK, NilForm
from dacommission.submission.upload_views import KEPT, must_wait_for_upload, show_checked, who_submits
from dacommission.submission.views import submission
from dacommission.submission.words import declaration, submitted_words
from dacommission.web.clock import now, today
from dacommission.web.guard import open_to
from dacommission.web.unsent import typed_now
from imports.template import nil_workbook

NO_KPIS = "{contract} has no KPIs for {year} yet, so there is nothing that could be reported."


@submission.route("/returns/<uuid:return_id>/nil", methods=["GET", "POST"])
@open_to(Permission.RETURNS_UPLOAD)
def nil(return_id: uuid.UUID) -> ResponseReturnValue:
    """Takes the reason, makes the workbook that says so, and keeps it as any other."""
    due = find(return_id, Permission.RETURNS_UPLOAD)
    try:
        _must_be_possible(due)
    except StepNotAllowed as refusal:
        return _refused(due, refusal)
    form, may_declare = NilForm(data={"version": due.version}), not entitled.refusal(current_user, due, None, today())
    if form.validate_on_submit():
        if not may_declare or form.declared.data:
            return _kept(due, form, may_declare=may_declare)
        form.declared.errors = [TICK]
    words = declaration(due, current_user) if may_declare else ""
    return render_template("submission/nil.html", due=due, form=form, declaration=words)


def _must_be_possible(due: Return) -> None:
    must_wait_for_upload(due)
    if not expected(due).lines:
        raise StepNotAllowed(NO_KPIS.format(contract=due.contract.reference, year=due.period.year_label))


def _kept(due: Return, form: NilForm, *, may_declare: bool) -> ResponseReturnValue:
    """Reads the workbook as it would read any other, and keeps it."""
    checked = _workbook(due, form.reason.data.strip())
    if checked.reading.blocked:
        return show_checked(due, checked)
    try:
        upload = actions.say_nil(
            due,
            content=checked.content,
            reading=checked.reading,
            version=form.version.data,
            declared=may_declare,
            by=current_user,
            at=now(),
        )
    except Conflict:
        return changed_page(due)
    except (StepNotAllowed, HasErrors) as refusal:
        return _refused(due, refusal)
    if upload is not due.latest_upload:
        flash(already_words(upload), "info")
    else:
        who = who_submits(due)
        kept = KEPT.format(number=upload.number, who=f"{who[0].upper()}{who[1:]}")
        flash(submitted_words(due, upload) if may_declare else kept, "success")
    return redirect(url_for("returns.show", return_id=due.id))


def _refused(due: Return, refusal: Exception) -> ResponseReturnValue:
    """Why it cannot be done; a reason that was typed stands beside it, to be copied."""
    if typed_now():
        return changed_page(due, refusal=str(refusal))
    flash(str(refusal), "error")
    return redirect(url_for("returns.show", return_id=due.id))


def _workbook(due: Return, reason: str) -> Checked:
    wanted = expected(due)
    content = nil_workbook(wanted, vocabulary(), reason=reason)
    return check(content, f"{wanted.contract}-{due.period.key}-nil-return.xlsx", expected=wanted)
