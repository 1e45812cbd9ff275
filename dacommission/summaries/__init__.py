"""The impact summary for joint commissioners: from accepted figures to a page, a file and a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.review.touched import add_user_of_figures
    from dacommission.roles import Permission
    from dacommission.summaries import tasks
    from dacommission.summaries.events import SENTENCES
    from dacommission.summaries.release_views import releases
    from dacommission.summaries.touched import touched_by
    from dacommission.summaries.views import summaries
    from dacommission.web.menu import add_to_menu
    from dacommission.web.sentences import add_sentences
    from dacommission.web.tasks import add_tasks

    app.register_blueprint(summaries)
    app.register_blueprint(releases)
    add_sentences(app, SENTENCES)
    add_to_menu(app, "Summaries", "summaries.list_summaries", Permission.SUMMARIES_DRAFT, 40)
    add_to_menu(app, "Releases", "releases.list_releases", Permission.RELEASES_READ, 50)
    add_tasks(app, Permission.RELEASES_ISSUE, tasks.to_release)
    add_tasks(app, Permission.RELEASES_READ, tasks.to_read)
    add_user_of_figures(app, touched_by)
