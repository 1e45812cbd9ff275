"""Pages to sign in and out, to take up a one-time link, and one's own account."""

from __future__ import annotations

import math
import uuid
from datetime import UTC, datetime
from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from dacommission.accounts import links, sessions, signing_in
from dacommission.accounts.forms import ChangePasswordForm, ChoosePasswordForm, SignInForm
from dacommission.accounts.models import UserSession
from dacommission.accounts.passwords import PasswordRefused
from dacommission.accounts.resuming import go_on_page, sign_in_page
from dacommission.accounts.throttle import TooManyTries
from dacommission.roles import Permission
from dacommission.web import unsent
from dacommission.web.guard import found_or_404, open_to, open_to_anyone

accounts = Blueprint("accounts", __name__)
LINK_KEY = "one-time link"
SECONDS_A_MINUTE = 60
REFUSED = "The email address and the password do not belong together. Check both and try again."
TOO_MANY = "There have been too many wrong passwords from where you are. Wait some minutes and try again."


def _now() -> datetime:
    """Sessions and links run on the real clock, also in the demo."""
    return datetime.now(UTC)


def _address() -> str:
    return request.remote_addr or ""


@accounts.route("/sign-in", methods=["GET", "POST"])
@open_to_anyone
def sign_in() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next", ""))
    if not form.is_submitted() and current_user.is_authenticated:
        return redirect(url_for("monitoring.home"))
    if not form.validate_on_submit():
        return sign_in_page(form)
    try:
        token = signing_in.sign_in(
            form.email.data or "",
            form.password.data or "",
            address=_address(),
            browser=request.user_agent.string,
            at=_now(),
        )
    except signing_in.SignInRefused:
        return sign_in_page(form, refused=REFUSED)
    except TooManyTries as problem:
        if unsent.opened(form.unsent.data) is None:
            raise
        return sign_in_page(form, refused=TOO_MANY), HTTPStatus.TOO_MANY_REQUESTS, retry_after(problem)
    _end_the_old_one()
    sessions.remember_token(token)
    carried = unsent.opened(form.unsent.data)
    return go_on_page(carried) if carried else redirect(safe_next(form.next.data))


def _end_the_old_one() -> None:
    """Whoever was signed in in this browser before is signed out by signing in."""
    at = _now()
    old = sessions.current(at)
    if old is not None:
        signing_in.sign_out(old, at=at)


@accounts.app_errorhandler(TooManyTries)
def too_many_tries(problem: TooManyTries) -> ResponseReturnValue:
    minutes = math.ceil(problem.seconds / SECONDS_A_MINUTE)
    page = render_template("accounts/too_many_tries.html", minutes=minutes)
    return page, HTTPStatus.TOO_MANY_REQUESTS, retry_after(problem)


def retry_after(problem: TooManyTries) -> dict[str, str]:
    """The header that says how many seconds to wait."""
    return {"Retry-After": str(problem.seconds)}


def safe_next(path: str | None) -> str:
    """The page to go to after signing in: a page of this site that was asked for, or the first page."""
    return path if path and unsent.is_own_page(path) else url_for("monitoring.home")


@accounts.post("/sign-out")
@open_to(Permission.ACCOUNT_OWN)
def sign_out() -> ResponseReturnValue:
    at = _now()
    found = sessions.current(at)
    if found is not None:
        signing_in.sign_out(found, at=at)
    session.clear()
    flash("You have signed out.", "success")
    return redirect(url_for("accounts.sign_in"))


@accounts.get("/one-time/<token>")
@open_to_anyone
def follow_link(token: str) -> ResponseReturnValue:
    """Looks at a one-time link without using it up, as mail scanners do; the form on the next page uses it.

    The token moves into this browser's cookie, so that the form's address, which the CSRF check
    must see as its referrer, does not hold it.
    """
    if links.usable(token, at=_now()) is None:
        return _link_not_usable()
    session[LINK_KEY] = token
    return _unreferred(make_response(redirect(url_for("accounts.choose_password"))))


@accounts.route("/choose-password", methods=["GET", "POST"])
@open_to_anyone
def choose_password() -> ResponseReturnValue:
    token = session.get(LINK_KEY, "")
    link = links.usable(token, at=_now())
    if link is None:
        return _link_not_usable()
    form = ChoosePasswordForm()
    if form.validate_on_submit():
        try:
            signing_in.choose_password(token, form.password.data or "", at=_now())
        except signing_in.LinkNotUsable:
            return _link_not_usable()
        except PasswordRefused as problem:
            form.password.errors = [str(problem)]
        else:
            session.clear()
            flash("Your password is set. Sign in with it now.", "success")
            return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/choose_password.html", form=form, link=link)


def _link_not_usable() -> ResponseReturnValue:
    """The same page whether a link is unknown, used, cancelled or too old."""
    session.pop(LINK_KEY, None)
    page = render_template("accounts/link_not_usable.html")
    return _unreferred(make_response(page, HTTPStatus.NOT_FOUND))


def _unreferred(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@accounts.get("/account")
@open_to(Permission.ACCOUNT_OWN)
def own_account() -> ResponseReturnValue:
    return _own_page(ChangePasswordForm())


def _own_page(form: ChangePasswordForm) -> str:
    at = _now()
    return render_template(
        "accounts/own_account.html",
        form=form,
        open_sessions=sessions.open_ones(current_user, at=at),
        this_one=sessions.current(at),
        browser_in_words=sessions.browser_in_words,
    )


@accounts.post("/account")
@open_to(Permission.ACCOUNT_OWN)
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            token = signing_in.change_password(
                current_user,
                current=form.current.data or "",
                new=form.password.data or "",
                address=_address(),
                browser=request.user_agent.string,
                at=_now(),
            )
        except signing_in.WrongPassword:
            form.current.errors = ["This is not your current password. Enter the one you signed in with."]
        except PasswordRefused as problem:
            form.password.errors = [str(problem)]
        else:
            sessions.remember_token(token)
            flash("Your password is changed. You are signed out everywhere else.", "success")
            return redirect(url_for("accounts.own_account"))
    return _own_page(form)


@accounts.post("/account/sessions/<uuid:session_id>/end")
@open_to(Permission.ACCOUNT_OWN)
def end_session(session_id: uuid.UUID) -> ResponseReturnValue:
    query = select(UserSession).where(UserSession.user_id == current_user.id, UserSession.id == session_id)
    signing_in.end_session(found_or_404(query), by=current_user, at=_now())
    flash("That session is ended.", "success")
    return redirect(url_for("accounts.own_account"))
