"""What a return's page shows of its way to the commissioner: buttons, and what was explained."""

from __future__ import annotations

from flask import render_template

from dacommission.accounts.models import User
from dacommission.returns.deadlines import is_open_for_uploads
from dacommission.returns.models import Return
from dacommission.returns.workflow import ReturnStatus, Step, StepNotAllowed, steps_from
from dacommission.roles import Permission
from dacommission.submission import entitled
from dacommission.submission.asked import asked_of
from dacommission.submission.explaining import explanations_of, lacking, must_be_open_to
from dacommission.web.clock import today
from dacommission.web.guard import may


def buttons(due: Return, user: User) -> str:
    """The steps that the provider, or somebody on its behalf, may take now."""
    return render_template(
        "submission/buttons.html", due=due, may_upload=may_upload(due, user), may_submit=may_submit(due, user)
    )


def many_link(_record: object, _user: User) -> str:
    """What the list of returns offers to whoever uploads."""
    return render_template("submission/many_link.html") if may(Permission.RETURNS_UPLOAD) else ""


def may_upload(due: Return, user: User) -> bool:
    """Whether this person can add an upload now."""
    on_behalf = user.organisation_id != due.contract.provider_id
    is_open = is_open_for_uploads(due, today(), on_behalf=on_behalf)
    return Step.RECEIVE in steps_from(ReturnStatus(due.status)) and is_open and may(Permission.RETURNS_UPLOAD)


def may_submit(due: Return, user: User) -> bool:
    """Whether this person may declare what waits to be submitted."""
    waits = Step.SUBMIT in steps_from(ReturnStatus(due.status)) and due.latest_upload is not None
    return waits and may(Permission.RETURNS_SUBMIT) and not entitled.refusal(user, due, due.latest_upload, today())


def explanations(due: Return, user: User) -> str:
    """What was explained, for whoever may see the figures."""
    upload = due.latest_upload
    if upload is None or not may(Permission.RETURNS_FIGURES):
        return ""
    asked, written = asked_of(due, upload), explanations_of(due)
    by_code = {one.indicator_code: one for one in written}
    return render_template(
        "submission/section.html",
        due=due,
        asked=asked,
        written=written,
        lacking=[one.code for one in asked if lacking(one, by_code.get(one.code))],
        may_explain=may(Permission.RETURNS_UPLOAD) and _is_open(due, user),
    )


def _is_open(due: Return, user: User) -> bool:
    try:
        must_be_open_to(due, user)
    except StepNotAllowed:
        return False
    return True
