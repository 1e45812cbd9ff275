"""What needs somebody now, and how a contract is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.monitoring import return_tasks, views
    from dacommission.monitoring.results_views import results
    from dacommission.roles import Permission
    from dacommission.web.menu import add_to_menu
    from dacommission.web.tasks import add_tasks

    app.register_blueprint(views.monitoring)
    app.register_blueprint(results)
    add_to_menu(app, "Home", "monitoring.home", Permission.HOME, 0)
    add_to_menu(app, "Results", "results.show_results", Permission.RETURNS_FIGURES, 30)
    add_tasks(app, Permission.RETURNS_REVIEW, return_tasks.to_review)
    add_tasks(app, Permission.RETURNS_UPLOAD, return_tasks.to_send)
    add_tasks(app, Permission.RETURNS_FIGURES, views.missed_targets)
    add_tasks(app, Permission.USERS_MANAGE, views.open_accounts)
    add_tasks(app, Permission.AUDIT_READ, views.latest_events)
    add_tasks(app, Permission.AUDIT_VERIFY, views.chain_to_check)
