"""Parts of a page that other nouns than its own put in: a return's page holds its queries, views and explanations.

A page's noun stands beneath them and may not know them; each puts in what it shows of the record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

Render = Callable[[Any, Any], Markup | str]  # from the page's record and the user who is signed in


def add_section(app: Flask, page: str, order: int, render: Render) -> None:
    """Puts a part into the page named `page`, such as "return"; parts stand by `order`, the lowest first.

    `render` gives HTML, as `render_template` makes it, or "" where there is nothing to show.
    """
    app.extensions.setdefault("sections", {}).setdefault(page, []).append((order, render))


def sections_of(page: str, record: Any, user: Any) -> list[Markup]:
    """What the nouns show of a record, in order, without those that have nothing to show."""
    found = sorted(current_app.extensions.get("sections", {}).get(page, []), key=lambda section: section[0])
    return [Markup(part) for part in (render(record, user) for _, render in found) if part]  # noqa: S704
