"""What somebody meets whose session ended, or whose form grew too old, while a form was being filled in."""

from __future__ import annotations

from http import HTTPStatus

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from dacommission.accounts import sessions
from dacommission.accounts.forms import SignInForm
from dacommission.roles import Permission
from dacommission.web import unsent
from dacommission.web.errors import expired_page
from dacommission.web.guard import may, needed
from dacommission.web.unsent import UnsentForm


def ask_to_sign_in() -> ResponseReturnValue:
    """The sign-in page for whoever opens what is not for anyone; what was typed goes through it."""
    form = unsent.of_request()
    if form is not None:
        return carrying(form)
    asked = request.full_path.rstrip("?") if request.method == "GET" else unsent.page_of_request()
    return redirect(url_for("accounts.sign_in", next=asked or request.full_path.rstrip("?")))


def show_expired_form(problem: CSRFError) -> ResponseReturnValue:
    """The form once more, when one of our own pages sent it: to be sent again, or to be signed in for first."""
    form = unsent.of_request() or unsent.opened(request.form.get("unsent"))
    if form is None:
        return expired_page()
    if not current_user.is_authenticated:
        return carrying(form)
    return go_on_page(form, signed_in_before=True), HTTPStatus.BAD_REQUEST


def carrying(form: UnsentForm) -> ResponseReturnValue:
    """The sign-in page with an unsent form in it."""
    asked = SignInForm(formdata=None, next=form.page, unsent=unsent.sealed(form))
    return sign_in_page(asked), HTTPStatus.UNAUTHORIZED


def sign_in_page(form: SignInForm, *, refused: str = "") -> str:
    """The sign-in page; `refused` says why the last try did not succeed."""
    carried = unsent.opened(form.unsent.data)
    if carried is None:
        form.unsent.data = ""
    ended = sessions.KEY in session and not refused and not form.errors
    return render_template("accounts/sign_in.html", form=form, refused=refused, ended=ended, unsent=carried)


def go_on_page(form: UnsentForm, *, signed_in_before: bool = False) -> str:
    """What was typed, whole, with the button that sends it; or without, where this person may not send it."""
    permission = needed(current_app, form.endpoint)
    return render_template(
        "accounts/go_on.html",
        form=form,
        signed_in_before=signed_in_before,
        permitted=isinstance(permission, Permission) and may(permission),
    )
