"""The quarterly cycle: which returns are open when, the calendar, and more time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.cycle import extension_views, tasks
    from dacommission.cycle.events import SENTENCES
    from dacommission.cycle.views import cycle
    from dacommission.roles import Permission
    from dacommission.web.menu import add_to_menu
    from dacommission.web.sections import add_section
    from dacommission.web.sentences import add_sentences
    from dacommission.web.tasks import add_tasks

    app.register_blueprint(cycle)
    add_sentences(app, SENTENCES)
    add_to_menu(app, "Calendar", "cycle.show_calendar", Permission.RETURNS_READ, 11)
    add_section(app, "return", 80, extension_views.section)
    add_section(app, "review", 5, extension_views.before)
    add_tasks(app, Permission.RETURNS_REVIEW, tasks.to_decide)
