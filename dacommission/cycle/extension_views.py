"""Pages on which more time for a return is asked for, given and decided, and its part of a return's page."""

from __future__ import annotations

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.accounts.models import User
from dacommission.commissioning.form_pages import Crumbs, FormPage, answer
from dacommission.cycle import extensions
from dacommission.cycle.forms import DecideForm, MoreTimeForm
from dacommission.cycle.models import EXTENSION_STATUSES, DueExtension
from dacommission.cycle.views import cycle
from dacommission.returns.models import Return
from dacommission.returns.succession import predecessors
from dacommission.returns.views import find
from dacommission.roles import Permission
from dacommission.web.clock import now
from dacommission.web.guard import found_or_404, may, open_to
from dacommission.web.words import due_day

ASK, GIVE, DECIDE = "Ask for more time", "Give more time", "Decide on more time"


def section(due: Return, user: User) -> str:
    """What a return's page shows of more time for it; "" where there is nothing to show or to do."""
    found, can_have = extensions.of_return(due), extensions.can_have(due)
    asked = any(one.status == "asked" for one in found)
    own = user.organisation_id == due.contract.provider_id
    may_ask = can_have and own and may(Permission.RETURNS_UPLOAD) and not asked
    may_give = can_have and may(Permission.RETURNS_REVIEW)
    if not (found or may_ask or may_give):
        return ""
    words = {"statuses": EXTENSION_STATUSES, "may_ask": may_ask, "may_give": may_give}
    return render_template("cycle/extensions.html", due=due, extensions=found, **words)


def before(due: Return, user: User) -> str:
    """Whose figures stand for the quarters before the contract began; "" where it carries on no other."""
    found = predecessors(due.contract, user)
    return render_template("cycle/before.html", before=[one.words for one in found]) if found else ""


def _crumbs(due: Return, last: str) -> Crumbs:
    return [
        ("Returns", url_for("returns.list_returns")),
        (str(due), url_for("returns.show", return_id=due.id)),
        (last, None),
    ]


def _introduction(due: Return) -> str:
    return f"The return is due on {due_day(due.due_at)}."


@cycle.route("/returns/<uuid:return_id>/more-time/ask", methods=["GET", "POST"])
@open_to(Permission.RETURNS_UPLOAD)
def ask(return_id: uuid.UUID) -> ResponseReturnValue:
    """The provider asks for a later day."""
    due = find(return_id, Permission.RETURNS_UPLOAD)
    if request.method == "GET" and extensions.is_asked(due):
        flash(extensions.ASKED_ALREADY, "info")
        return redirect(url_for("returns.show", return_id=due.id))
    introduction = f"{_introduction(due)} A commissioner decides; until then that day stands."
    return _more_time(due, ASK, extensions.ask, introduction, saved="More time is asked for.")


@cycle.route("/returns/<uuid:return_id>/more-time/give", methods=["GET", "POST"])
@open_to(Permission.RETURNS_REVIEW)
def give(return_id: uuid.UUID) -> ResponseReturnValue:
    """A commissioner gives a later day without being asked."""
    due = find(return_id, Permission.RETURNS_REVIEW)
    return _more_time(due, GIVE, extensions.give, _introduction(due), saved="The return has more time.")


def _more_time(due: Return, title: str, deed: Any, introduction: str, *, saved: str) -> ResponseReturnValue:
    if not extensions.can_have(due):
        flash(extensions.NOT_WAITED_FOR, "error")
        return redirect(url_for("returns.show", return_id=due.id))
    form = MoreTimeForm(due, data={"version": due.version})
    page = FormPage(title, form, _crumbs(due, title), introduction=introduction, button=title)

    def save() -> str:
        given = {"until": form.due_on.data, "reason": (form.reason.data or "").strip()}
        deed(due, **given, version=form.version.data, by=current_user, at=now())
        return url_for("returns.show", return_id=due.id)

    return answer(page, save, saved=saved, now=lambda: {"version": due.version})


@cycle.route("/extensions/<uuid:extension_id>", methods=["GET", "POST"])
@open_to(Permission.RETURNS_REVIEW)
def decide(extension_id: uuid.UUID) -> ResponseReturnValue:
    """A commissioner grants or declines what the provider asked for."""
    asked = found_or_404(extensions.visible_to(current_user).where(DueExtension.id == extension_id))
    back = url_for("returns.show", return_id=asked.return_id)
    if asked.status != "asked":
        flash(extensions.DECIDED, "info")
        return redirect(back)
    form = DecideForm(data={"version": asked.version})
    introduction = (
        f"{asked.asked_by.name} asks that {asked.due} be due on {due_day(asked.due_at)} instead of "
        f"{due_day(asked.due.due_at)}: {asked.reason}"
    )
    page = FormPage(DECIDE, form, _crumbs(asked.due, DECIDE), introduction=introduction, button="Save the decision")

    def save() -> str:
        deed = extensions.grant if form.decision.data == "grant" else extensions.decline
        words = (form.answer.data or "").strip()
        deed(asked, answer=words, version=form.version.data, by=current_user, at=now())
        return back

    return answer(page, save, saved="The decision is saved.", now=lambda: {"version": asked.version})
