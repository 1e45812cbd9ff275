"""The impact summary for joint commissioners: from accepted figures to a page, a file and a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.summaries.views import summaries

    app.register_blueprint(summaries)
