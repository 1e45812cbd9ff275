"""What is known of the layout of each contract's own workbooks, what is asked about it, and what changed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.profiles.events import SENTENCES
    from dacommission.web.sentences import add_sentences

    add_sentences(app, SENTENCES)
