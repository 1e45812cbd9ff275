"""Pages on which original files past their time are listed, and their disposal is proposed and decided."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import RadioField, SelectField, TextAreaField, ValidationError
from wtforms.validators import Length

from dacommission.commissioning.form_pages import Crumbs, FormPage, answer
from dacommission.commissioning.forms import Chosen, choices
from dacommission.commissioning.models import Contract
from dacommission.commissioning.views import find_contract
from dacommission.retention import actions
from dacommission.retention.kept import is_past, kept, years_of
from dacommission.retention.models import DISPOSAL_STATUSES, Disposal
from dacommission.returns.forms import LONGEST_TEXT
from dacommission.roles import Permission
from dacommission.web.clock import now, today
from dacommission.web.forms import Required
from dacommission.web.guard import found_or_404, open_to
from dacommission.web.locking import VersionedForm
from dacommission.web.words import day, financial_year

retention = Blueprint("retention", __name__)

TITLE, PROPOSE, DECIDE = "Original files", "Propose a disposal", "Decide on a disposal"
TOO_LONG = Length(max=LONGEST_TEXT, message=f"Write {LONGEST_TEXT:,} characters or fewer.")
NOT_PAST = "The original files of {contract} are not past their time, or there are none."
ONLY_FILES = (
    "Only the files go: the figures read from them, their digests and the audit log stay. This cannot be undone."
)
IN_BACKUPS = "Backups made before still hold them until those are destroyed."


class ProposeForm(VersionedForm):
    """Up to which year, and why; the version is the contract's."""

    through_year = SelectField("Up to and including the financial year", coerce=int)
    reason = TextAreaField(
        "Reason",
        [Required("Say why the files are to be disposed of."), TOO_LONG],
        description="Whoever approves reads this. Do not name any person.",
    )


class DecideForm(VersionedForm):
    """What somebody of another body answers; the version is the disposal's."""

    decision = RadioField(
        "Decision",
        choices=choices([("approve", "Approve, and dispose of the files now"), ("decline", "Decline")]),
        validators=[Chosen("Choose whether to approve.")],
        validate_choice=False,
    )
    answer = TextAreaField("Reason", [TOO_LONG], description="Needed when you decline.")

    def validate_answer(self, field: Any) -> None:
        if self.decision.data == "decline" and not (field.data or "").strip():
            raise ValidationError("Say why the files are to be kept.")


def _crumbs(last: str) -> Crumbs:
    return [(TITLE, url_for("retention.list_kept")), (last, None)]


@retention.get("/original-files")
@open_to(Permission.RETENTION_READ)
def list_kept() -> ResponseReturnValue:
    """What is kept of each contract, until when, and what is past its time; those first."""
    return render_template(
        "retention/list.html",
        title=TITLE,
        rows=kept(current_user, today()),
        statuses=DISPOSAL_STATUSES,
        own_body=current_user.organisation_id,
    )


@retention.route("/original-files/<uuid:contract_id>/propose", methods=["GET", "POST"])
@open_to(Permission.RETENTION_DISPOSE)
def propose(contract_id: uuid.UUID) -> ResponseReturnValue:
    """Proposes to dispose of a contract's original files up to a year."""
    contract = find_contract(contract_id, Permission.RETENTION_DISPOSE)
    years = years_of([contract.id]).get(contract.id, [])
    if not years or not is_past(contract, today()):
        flash(NOT_PAST.format(contract=contract.reference), "error")
        return redirect(url_for(".list_kept"))
    form = ProposeForm(data={"version": contract.version, "through_year": years[-1].year})
    form.through_year.choices = [(one.year, f"{financial_year(one.year)}") for one in years]
    introduction = (
        f"{contract} ended on {day(contract.last_day)}. Somebody of another of its funding bodies has to approve. "
        f"{ONLY_FILES} {IN_BACKUPS}"
    )
    page = FormPage(PROPOSE, form, _crumbs(PROPOSE), introduction=introduction, button="Propose the disposal")

    def save() -> str:
        reason = (form.reason.data or "").strip()
        actions.propose(contract, through_year=form.through_year.data, reason=reason, by=current_user, at=now())
        return url_for(".list_kept")

    return answer(page, save, saved="The disposal is proposed.")


@retention.route("/disposals/<uuid:disposal_id>", methods=["GET", "POST"])
@open_to(Permission.RETENTION_DISPOSE)
def decide(disposal_id: uuid.UUID) -> ResponseReturnValue:
    """Approves a disposal, which carries it out, or declines it with a reason."""
    disposal = found_or_404(actions.visible_to(current_user).where(Disposal.id == disposal_id))
    refusal = _cannot_decide(disposal)
    if refusal:
        flash(refusal, "info")
        return redirect(url_for(".list_kept"))
    form = DecideForm(data={"version": disposal.version})
    page = FormPage(DECIDE, form, _crumbs(DECIDE), introduction=_asked(disposal), button="Save the decision")

    def save() -> str:
        told: dict[str, Any] = {"version": form.version.data, "by": current_user, "at": now()}
        if form.decision.data == "approve":
            actions.approve(disposal, **told)
        else:
            actions.decline(disposal, answer=(form.answer.data or "").strip(), **told)
        return url_for(".list_kept")

    return answer(page, save, saved="The decision is saved.", now=lambda: {"version": disposal.version})


def _cannot_decide(disposal: Disposal) -> str:
    """Why this person cannot decide; "" where it is theirs to do."""
    if disposal.status != "proposed":
        return actions.DECIDED
    return actions.SAME_BODY if disposal.proposing_body_id == current_user.organisation_id else ""


def _asked(disposal: Disposal) -> str:
    contract: Contract = disposal.contract
    files = sum(one.files for one in years_of([contract.id]).get(contract.id, []) if one.year <= disposal.through_year)
    return (
        f"{disposal.proposed_by.name} proposes to dispose of {files} original file{'' if files == 1 else 's'} of "
        f"{contract} up to {financial_year(disposal.through_year)}: {disposal.reason} {ONLY_FILES} {IN_BACKUPS}"
    )
