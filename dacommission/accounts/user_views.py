"""Pages of those who look after accounts: administrators, and provider managers for their own uploaders."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, select

from dacommission.accounts import actions, sessions
from dacommission.accounts.forms import (
    ROLE_NOTES,
    EditNameForm,
    EditUserForm,
    InviteForm,
    InviteUploaderForm,
    UserFilter,
)
from dacommission.accounts.models import OneTimeLink, User
from dacommission.db import Conflict, db
from dacommission.organisations.models import Organisation
from dacommission.roles import Permission, Role, Scope, scope
from dacommission.web.guard import found_or_404, open_to
from dacommission.web.listing import listed
from dacommission.web.locking import differences
from dacommission.web.sections import sections_of

users = Blueprint("users", __name__)


def _now() -> datetime:
    return datetime.now(UTC)


def _of_any_body() -> bool:
    """Whether this person looks after everybody's accounts, not those of one provider's uploaders alone."""
    return scope(Role(current_user.role), Permission.USERS_MANAGE) == Scope.ANY


def find(user_id: uuid.UUID) -> User:
    """The account, or 404: also when it is not this person's to look after."""
    return found_or_404(User.visible_to(current_user).where(User.id == user_id))


@users.get("/users")
@open_to(Permission.USERS_MANAGE)
def list_users() -> ResponseReturnValue:
    chosen = UserFilter(request.args)
    query = _in_state(User.visible_to(current_user).join(User.organisation), chosen.state.data)
    if chosen.role.data in set(Role):
        query = query.where(User.role == chosen.role.data)
    page = listed(
        query,
        columns={
            "name": ("Name", User.name),
            "email": ("Email address", User.email),
            "role": ("Role", User.role),
            "organisation": ("Organisation", Organisation.name),
        },
        tie_break=User.id,
        search_in=(User.name, User.email, Organisation.name),
    )
    sections = sections_of("users", None, current_user)
    return render_template("accounts/users.html", page=page, form=chosen, sections=sections)


def _in_state(query: Select[User], state: str) -> Select[User]:
    match state:
        case "active":
            return query.where(User.disabled_at.is_(None), User.password_hash.is_not(None))
        case "invited":
            return query.where(User.disabled_at.is_(None), User.password_hash.is_(None))
        case "disabled":
            return query.where(User.disabled_at.is_not(None))
    return query


@users.get("/users/<uuid:user_id>")
@open_to(Permission.USERS_MANAGE)
def show(user_id: uuid.UUID) -> ResponseReturnValue:
    user = find(user_id)
    return render_template(
        "accounts/user.html",
        user=user,
        is_oneself=user.id == current_user.id,
        open_sessions=sessions.open_ones(user, at=_now()),
    )


@users.route("/users/invite", methods=["GET", "POST"])
@open_to(Permission.USERS_MANAGE)
def invite() -> ResponseReturnValue:
    form = InviteForm() if _of_any_body() else InviteUploaderForm()
    if isinstance(form, InviteForm):
        form.offer(list(db.session.scalars(select(Organisation).order_by(Organisation.name, Organisation.id))))
    if form.validate_on_submit():
        role, organisation = _role_and_organisation(form)
        try:
            user, link, token = actions.invite(
                email=form.email.data or "",
                name=form.name.data or "",
                role=role,
                organisation=organisation,
                by=current_user,
                at=_now(),
            )
        except actions.EmailTaken as problem:
            form.email.errors = [str(problem)]
        except actions.NotPossible as problem:
            form["role"].errors = [str(problem)]
        else:
            return _show_link(user, link, token)
    return render_template("accounts/invite.html", form=form, of_any_body=_of_any_body(), roles=ROLE_NOTES)


def _role_and_organisation(form: InviteUploaderForm) -> tuple[Role, Organisation]:
    """As chosen by an administrator; a provider manager invites uploaders of his own provider, whatever is sent."""
    if isinstance(form, InviteForm):
        body = select(Organisation).where(Organisation.id == uuid.UUID(form.organisation.data))
        return Role(form.role.data), found_or_404(body)
    return Role.PROVIDER_UPLOADER, current_user.organisation


def _show_link(user: User, link: OneTimeLink, token: str) -> ResponseReturnValue:
    """The one page that ever shows the link: it is kept nowhere, so this answer is not a redirect."""
    address = url_for("accounts.follow_link", token=token, _external=True)
    return render_template("accounts/link.html", user=user, link=link, address=address)


@users.route("/users/<uuid:user_id>/edit", methods=["GET", "POST"])
@open_to(Permission.USERS_MANAGE)
def edit(user_id: uuid.UUID) -> ResponseReturnValue:
    user = find(user_id)
    form = EditUserForm(obj=user) if _of_any_body() else EditNameForm(obj=user)
    if isinstance(form, EditUserForm):
        form.offer_roles(user.organisation)
    if not form.validate_on_submit():
        return render_template("accounts/edit_user.html", form=form, user=user, conflict=None)
    role = Role(form.role.data) if isinstance(form, EditUserForm) else Role(user.role)
    try:
        actions.edit(
            user,
            name=form.name.data or "",
            role=role,
            version=form.version.data or 0,
            by=current_user,
            at=_now(),
        )
    except Conflict:
        return _show_conflict(form, user_id)
    except actions.NotPossible as problem:
        form["role"].errors = [str(problem)]
        return render_template("accounts/edit_user.html", form=form, user=user, conflict=None)
    flash(f"{user.name} saved.", "success")
    return redirect(url_for("users.show", user_id=user_id))


def _show_conflict(form: EditNameForm, user_id: uuid.UUID) -> ResponseReturnValue:
    db.session.rollback()
    user = find(user_id)
    now = {"name": user.name} | ({"role": user.role} if isinstance(form, EditUserForm) else {})
    found = differences(form, now)
    form.version.data, form.version.raw_data = user.version, None
    page = render_template("accounts/edit_user.html", form=form, user=user, conflict=found)
    return page, HTTPStatus.CONFLICT


@users.post("/users/<uuid:user_id>/link")
@open_to(Permission.USERS_MANAGE)
def issue_link(user_id: uuid.UUID) -> ResponseReturnValue:
    user = find(user_id)
    try:
        link, token = actions.issue_link(user, by=current_user, at=_now())
    except actions.NotPossible as problem:
        flash(str(problem), "error")
        return redirect(url_for("users.show", user_id=user_id))
    return _show_link(user, link, token)


@users.post("/users/<uuid:user_id>/disable")
@open_to(Permission.USERS_MANAGE)
def disable(user_id: uuid.UUID) -> ResponseReturnValue:
    user = find(user_id)
    try:
        actions.disable(user, by=current_user, at=_now())
    except actions.NotPossible as problem:
        flash(str(problem), "error")
    else:
        flash(f"{user.name}'s account is disabled, and they are signed out.", "success")
    return redirect(url_for("users.show", user_id=user_id))


@users.post("/users/<uuid:user_id>/enable")
@open_to(Permission.USERS_MANAGE)
def enable(user_id: uuid.UUID) -> ResponseReturnValue:
    user = find(user_id)
    actions.enable(user, by=current_user)
    flash(f"{user.name}'s account is enabled.", "success")
    return redirect(url_for("users.show", user_id=user_id))


@users.post("/users/<uuid:user_id>/end-sessions")
@open_to(Permission.USERS_MANAGE)
def end_sessions(user_id: uuid.UUID) -> ResponseReturnValue:
    user = find(user_id)
    actions.end_sessions(user, by=current_user, at=_now())
    flash(f"{user.name} is signed out everywhere.", "success")
    return redirect(url_for("users.show", user_id=user_id))
