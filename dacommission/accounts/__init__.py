"""People who sign in: one organisation and one role each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from flask_wtf.csrf import CSRFError

    from dacommission.accounts.audit_views import audit_log
    from dacommission.accounts.events import SENTENCES
    from dacommission.accounts.resuming import ask_to_sign_in, show_expired_form
    from dacommission.accounts.sessions import init_sessions
    from dacommission.accounts.user_views import users
    from dacommission.accounts.views import accounts
    from dacommission.roles import Permission
    from dacommission.web.menu import add_to_menu
    from dacommission.web.sentences import add_sentences

    init_sessions(app).unauthorized_handler(ask_to_sign_in)
    app.register_error_handler(CSRFError, show_expired_form)
    for blueprint in (accounts, users, audit_log):
        app.register_blueprint(blueprint)
    add_sentences(app, SENTENCES)
    add_to_menu(app, "Users", "users.list_users", Permission.USERS_MANAGE, 90)
    add_to_menu(app, "Audit log", "audit_log.list_events", Permission.AUDIT_READ, 95)
