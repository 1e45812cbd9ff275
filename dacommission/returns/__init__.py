"""What each contract owes for each quarter, the workbooks received for it, and what was read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    import dacommission.returns.marked_views
    import dacommission.returns.upload_views  # noqa: F401
    from dacommission.returns.context_views import context_pages
    from dacommission.returns.events import SENTENCES
    from dacommission.returns.views import returns
    from dacommission.roles import Permission
    from dacommission.web.menu import add_to_menu
    from dacommission.web.sentences import add_sentences

    app.register_blueprint(returns)
    app.register_blueprint(context_pages)
    add_sentences(app, SENTENCES)
    add_to_menu(app, "Returns", "returns.list_returns", Permission.RETURNS_READ, 10)
    add_to_menu(app, "Context", "context.list_series", Permission.CONTEXT_READ, 70)
