"""Pages on which a provider's manager names who may declare its returns in the manager's absence."""

from __future__ import annotations

import uuid
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, select

from dacommission.accounts.models import User
from dacommission.db import Conflict, db
from dacommission.roles import Permission, Role
from dacommission.submission import deputies as actions
from dacommission.submission.forms import DeputyForm, EndForm
from dacommission.submission.models import Deputy
from dacommission.web.clock import now, today
from dacommission.web.guard import found_or_404, may, open_to
from dacommission.web.words import day as in_words

deputies = Blueprint("deputies", __name__)

NAMED = "{name} may declare your returns from {start} to {end}."
ENDED = "{name} is no deputy any more."
CHANGED = "This was changed since you looked. Nothing was done; look again."


@deputies.get("/deputies")
@open_to(Permission.DEPUTIES_NAME)
def list_deputies() -> ResponseReturnValue:
    """Who deputises now, who will, and who did."""
    return render_template(
        "submission/deputies.html",
        rows=[(one, _state(one, today())) for one in db.session.scalars(Deputy.visible_to(current_user))],
        form=EndForm(formdata=None),
    )


def _state(deputy: Deputy, day: date) -> str:
    """A key of the page's states."""
    if deputy.ends_on < day:
        return "over"
    return "now" if deputy.starts_on <= day else "to come"


@deputies.route("/deputies/name", methods=["GET", "POST"])
@open_to(Permission.DEPUTIES_NAME)
def name_deputy() -> ResponseReturnValue:
    """Names one of the provider's uploaders for some days."""
    uploaders = {str(user.id): user for user in db.session.scalars(_uploaders())}
    form = DeputyForm()
    form.user.choices = [(key, user.name) for key, user in uploaders.items()]
    if form.validate_on_submit():
        words = {name: form[name].data for name in ("starts_on", "ends_on")}
        user, reason = uploaders[form.user.data], form.reason.data.strip()
        try:
            actions.name_deputy(user, **words, reason=reason, by=current_user, at=now())
        except actions.NotPossible as refusal:
            form[refusal.field].errors = [str(refusal)]
        else:
            flash(
                NAMED.format(name=user.name, start=in_words(form.starts_on.data), end=in_words(form.ends_on.data)),
                "success",
            )
            return redirect(url_for(".list_deputies"))
    return render_template("submission/name_deputy.html", form=form, somebody=bool(uploaders))


def _uploaders() -> Select[User]:
    """The people of the manager's provider who can be named."""
    own = select(User).where(User.organisation_id == current_user.organisation_id, User.disabled_at.is_(None))
    return own.where(User.role == Role.PROVIDER_UPLOADER).order_by(User.name, User.id)


@deputies.post("/deputies/<uuid:deputy_id>/end")
@open_to(Permission.DEPUTIES_NAME)
def end_deputy(deputy_id: uuid.UUID) -> ResponseReturnValue:
    """Ends a deputy's time before its last day."""
    deputy = found_or_404(Deputy.visible_to(current_user).where(Deputy.id == deputy_id))
    form, name = EndForm(), deputy.user.name
    try:
        if not form.validate_on_submit():
            raise Conflict
        actions.end_deputy(deputy, version=form.version.data, by=current_user, at=now())
    except Conflict:
        flash(CHANGED, "error")
    except actions.NotPossible as refusal:
        flash(str(refusal), "error")
    else:
        flash(ENDED.format(name=name), "success")
    return redirect(url_for(".list_deputies"))


def link(_record: object, _user: object) -> str:
    """What the page of a provider's people says of deputies."""
    return render_template("submission/deputies_link.html") if may(Permission.DEPUTIES_NAME) else ""
