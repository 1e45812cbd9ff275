"""How commissioners look at a return: queries and their threads, corrections, each body's view, acceptance."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    import dacommission.review.acceptance_views
    import dacommission.review.bulk_views
    import dacommission.review.compare_views
    import dacommission.review.figure_views
    import dacommission.review.query_views  # noqa: F401
    from dacommission.returns.steps import after_step
    from dacommission.returns.workflow import Step
    from dacommission.review import queries, sections, tasks
    from dacommission.review.events import SENTENCES
    from dacommission.review.views import review
    from dacommission.roles import Permission
    from dacommission.web.menu import add_to_menu
    from dacommission.web.sections import add_section
    from dacommission.web.sentences import add_sentences
    from dacommission.web.tasks import add_tasks

    app.register_blueprint(review)
    add_sentences(app, SENTENCES)
    add_to_menu(app, "Queries", "review.list_queries", Permission.RETURNS_FIGURES, 12)
    add_tasks(app, Permission.RETURNS_UPLOAD, tasks.to_answer)
    add_tasks(app, Permission.RETURNS_REVIEW, tasks.to_close)
    add_section(app, "return", 20, sections.of_return)
    after_step(app, Step.RESUBMIT, queries.note_new_version)
    _show_views(app)


def _show_views(app: Flask) -> None:
    """Puts each funding body's view on a return's page and beside its row in the list."""
    from dacommission.review.view_section import accepting_section, notes_on_views, views_section
    from dacommission.web.sections import add_notes, add_section

    add_section(app, "return", 40, views_section)
    add_section(app, "returns", 40, accepting_section)
    add_notes(app, "returns", 10, notes_on_views)
