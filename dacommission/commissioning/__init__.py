"""What is bought, from whom, by whom together: services, arrangements, contracts, contributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.commissioning.views import commissioning

    app.register_blueprint(commissioning)
