"""Parts of a page that other nouns than its own put in: a return's page holds its queries, views and explanations.

A page's noun stands beneath them and may not know them; each puts in what it shows of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

Notes = Callable[[Sequence[Any], Any], Mapping[Any, str]]  # from a list's rows and the user who is signed in
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


def add_notes(app: Flask, page: str, order: int, notes: Notes) -> None:
    """Puts words beside the rows of the list named `page`, such as "returns".

    `notes` gives, for the rows it is handed all at once, each row's words by its id; rows may be left out.
    """
    app.extensions.setdefault("notes", {}).setdefault(page, []).append((order, notes))


def notes_of(page: str, records: Sequence[Any], user: Any) -> dict[Any, list[str]]:
    """What the nouns say of each row of a list, by its id, in order."""
    found = sorted(current_app.extensions.get("notes", {}).get(page, []), key=lambda noted: noted[0])
    said = [notes(records, user) for _, notes in found]
    return {record.id: [words[record.id] for words in said if record.id in words] for record in records}
