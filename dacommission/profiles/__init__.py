"""What is known of the layout of each contract's own workbooks, what is asked about it, and what changed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.profiles.events import SENTENCES
    from dacommission.profiles.views import on_contract, on_return, on_upload, profiles
    from dacommission.web.sections import add_section
    from dacommission.web.sentences import add_sentences

    app.register_blueprint(profiles)
    add_sentences(app, SENTENCES)
    add_section(app, "contract", 30, on_contract)
    add_section(app, "return", 60, on_return)
    add_section(app, "upload", 20, on_upload)
