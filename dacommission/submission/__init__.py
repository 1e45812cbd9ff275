"""How a provider explains, declares and submits a return, and who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds this noun's pages. Imported here, so that its pure modules need no web framework."""
    from dacommission.submission import (  # noqa: F401
        answer_views,
        kept_views,
        many_views,
        marked_views,
        nil_views,
        parts,
        upload_views,
    )
    from dacommission.submission.deputy_views import deputies, link
    from dacommission.submission.events import SENTENCES
    from dacommission.submission.views import submission
    from dacommission.web.sections import add_section
    from dacommission.web.sentences import add_sentences

    app.register_blueprint(submission)
    app.register_blueprint(deputies)
    add_sentences(app, SENTENCES)
    add_section(app, "return-buttons", 10, parts.buttons)
    add_section(app, "returns", 10, parts.many_link)
    add_section(app, "users", 10, link)
    add_section(app, "upload", 10, kept_views.links)
    add_section(app, "return", 10, parts.explanations)
