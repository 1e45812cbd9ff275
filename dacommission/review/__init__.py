"""How commissioners look at a return: queries and their threads, corrections, each body's view, acceptance."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    import dacommission.review.acceptance_views  # noqa: F401
    from dacommission.review.views import review

    app.register_blueprint(review)
