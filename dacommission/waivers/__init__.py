"""Permissions for a contract not to meet a rule of the returns: dated, reasoned, approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.roles import Permission
    from dacommission.waivers.events import SENTENCES
    from dacommission.waivers.views import on_contract, on_return, to_decide, waivers
    from dacommission.web.sections import add_section
    from dacommission.web.sentences import add_sentences
    from dacommission.web.tasks import add_tasks

    app.register_blueprint(waivers)
    add_sentences(app, SENTENCES)
    add_section(app, "contract", 20, on_contract)
    add_section(app, "return", 40, on_return)
    add_tasks(app, Permission.RETURNS_REVIEW, to_decide)
