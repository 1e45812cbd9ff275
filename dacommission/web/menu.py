"""The menu: each noun puts its own places in; a person sees those that are open to them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from dacommission.roles import Permission
from dacommission.web.guard import may


@dataclass(frozen=True)
class Place:
    text: str
    endpoint: str
    permission: Permission
    position: int


@dataclass(frozen=True)
class Link:
    text: str
    href: str
    here: bool


def add_to_menu(app: Flask, text: str, endpoint: str, permission: Permission, position: int) -> None:
    """Puts a place in the menu; lower positions come first."""
    app.extensions.setdefault("menu", []).append(Place(text, endpoint, permission, position))


def menu() -> list[Link]:
    """The places open to whoever is signed in, in order."""
    places = sorted(current_app.extensions.get("menu", []), key=lambda place: (place.position, place.text))
    return [
        Link(place.text, url_for(place.endpoint), _is_here(url_for(place.endpoint)))
        for place in places
        if may(place.permission)
    ]


def _is_here(href: str) -> bool:
    """Whether the page asked for is the place itself or one below it."""
    return request.path == href or (href != "/" and request.path.startswith(f"{href}/"))
