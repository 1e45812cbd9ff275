"""Refuses what no text can hold, before any page or any database meets it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, abort, request

NUL = "\0"  # SQLite keeps it, PostgreSQL does not, and no browser shows it


def init_legible(app: Flask) -> None:
    app.before_request(_check)


def _check() -> None:
    """Answers the request with 400 when its address or its form holds a NUL, which nobody types."""
    if any(NUL in text for text in _texts()):
        abort(400)


def _texts() -> Iterator[str]:
    yield request.path
    for sent in (request.args, request.form):
        for name, values in sent.lists():
            yield name
            yield from values
