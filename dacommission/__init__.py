"""The system with which public bodies commission domestic abuse services together and see whether they work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__version__ = "0.1.0"


def create_app(settings: Mapping[str, Any]) -> Any:
    """The application: a line a noun. Raises UndeclaredViews when a view does not say who may open it."""
    from flask import Flask

    from config import ROOT
    from dacommission import (
        accounts,
        commissioning,
        cycle,
        indicators,
        monitoring,
        organisations,
        profiles,
        retention,
        returns,
        review,
        submission,
        summaries,
        waivers,
    )
    from dacommission.db import init_db
    from dacommission.web import init_web
    from dacommission.web.guard import require_declared

    app = Flask(__name__, root_path=str(ROOT), instance_path=str(ROOT / "instance"))
    app.config.from_mapping(settings)
    init_db(app)
    init_web(app)
    nouns = (accounts, organisations, commissioning, indicators, waivers, returns, profiles)
    for noun in (*nouns, submission, review, cycle, retention, monitoring, summaries):
        noun.init_app(app)
    require_declared(app)
    return app
