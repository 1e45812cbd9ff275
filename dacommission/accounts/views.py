"""Pages to sign in and out, look after accounts, and take up invitations."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from dacommission import audit  # noqa: F401
from dacommission.roles import Permission
from dacommission.web.guard import open_to, open_to_anyone

accounts = Blueprint("accounts", __name__)


@accounts.get("/sign-in")
@open_to_anyone
def sign_in() -> ResponseReturnValue:
    return "to be written"


@accounts.post("/sign-out")
@open_to(Permission.ACCOUNT_OWN)
def sign_out() -> ResponseReturnValue:
    return redirect(url_for("accounts.sign_in"))


@accounts.get("/account")
@open_to(Permission.ACCOUNT_OWN)
def own_account() -> ResponseReturnValue:
    return "to be written"
