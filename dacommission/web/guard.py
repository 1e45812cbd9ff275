"""Nothing opens unless it says to whom.

Every view is marked `@open_to(Permission.X)`, `@open_to_signed_in` or `@open_to_anyone`; a view that is not
stops the application from starting. A record that is not this user's is not found, exactly like one that
does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select

from dacommission.db import db
from dacommission.roles import Permission, Role, allows

View = TypeVar("View", bound=Callable[..., Any])
Record = TypeVar("Record")
ANYONE = "anyone"


class UndeclaredViews(Exception):
    """Some views do not say who may open them; the message names them."""


def open_to(permission: Permission) -> Callable[[View], View]:
    """Only roles with this permission may open the view."""

    def mark(view: View) -> View:
        view.open_to = permission  # type: ignore[attr-defined]
        return view

    return mark


def open_to_anyone(view: View) -> View:
    """Opens without signing in: the sign-in page itself and what it needs."""
    view.open_to = ANYONE  # type: ignore[attr-defined]
    return view


def needed(app: Flask, endpoint: str) -> Permission | str | None:
    """The permission an endpoint needs, "anyone", or None where it does not say."""
    return getattr(app.view_functions[endpoint], "open_to", None)


def init_guard(app: Flask) -> None:
    app.before_request(_check)


def require_declared(app: Flask) -> None:
    """Raises UndeclaredViews when any route does not say who may open it. Called last, before serving."""
    silent = sorted(endpoint for endpoint in app.view_functions if needed(app, endpoint) is None)
    if silent:
        raise UndeclaredViews(f"These views do not say who may open them: {', '.join(silent)}.")


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such page, or the wrong method: Flask says so
    permission = needed(current_app, request.endpoint)
    if permission == ANYONE:
        return None
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if not isinstance(permission, Permission) or not allows(Role(current_user.role), permission):
        abort(403)
    return None


def may(permission: Permission) -> bool:
    """Whether the signed-in user has a permission at all: for links and buttons, never instead of the guard."""
    return bool(current_user.is_authenticated) and allows(Role(current_user.role), permission)


def found_or_404(query: Select[Record]) -> Record:
    """The one record a query finds, or 404; give it a query that finds only what this user may see."""
    record = db.session.scalar(query)
    if record is None:
        abort(404)
    return record
