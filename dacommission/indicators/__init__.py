"""What is measured: the indicators, what may be added up, and what a contract asks of each.

Importing this package must stay light: the pure modules in it are used without a web application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.indicators import kpi_views  # noqa: F401
    from dacommission.indicators.events import SENTENCES
    from dacommission.indicators.views import indicators
    from dacommission.roles import Permission
    from dacommission.web.menu import add_to_menu
    from dacommission.web.sentences import add_sentences

    app.register_blueprint(indicators)
    add_sentences(app, SENTENCES)
    add_to_menu(app, "Indicators", "indicators.list_indicators", Permission.INDICATORS_READ, 60)
