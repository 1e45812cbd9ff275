"""Funding bodies, providers and the Board's agencies, under the names they had and have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.organisations.events import SENTENCES
    from dacommission.organisations.views import organisations
    from dacommission.roles import Permission
    from dacommission.web.menu import add_to_menu
    from dacommission.web.sentences import add_sentences

    app.register_blueprint(organisations)
    add_sentences(app, SENTENCES)
    add_to_menu(app, "Organisations", "organisations.list_organisations", Permission.ORGANISATIONS_READ, 80)
