"""What each contract owes for each quarter, the workbooks received for it, and what was read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.returns.views import returns

    app.register_blueprint(returns)
