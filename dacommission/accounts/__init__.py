"""People who sign in: one organisation and one role each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.accounts.sessions import init_sessions
    from dacommission.accounts.views import accounts

    init_sessions(app)
    app.register_blueprint(accounts)
