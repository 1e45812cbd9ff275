"""How long original files are kept, and how they are disposed of by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.retention import tasks
    from dacommission.retention.events import SENTENCES
    from dacommission.retention.views import retention
    from dacommission.roles import Permission
    from dacommission.web.menu import add_to_menu
    from dacommission.web.sentences import add_sentences
    from dacommission.web.tasks import add_tasks

    app.register_blueprint(retention)
    add_sentences(app, SENTENCES)
    add_to_menu(app, "Original files", "retention.list_kept", Permission.RETENTION_READ, 75)
    add_tasks(app, Permission.RETENTION_DISPOSE, tasks.disposals)
