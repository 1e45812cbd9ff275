"""What the audit log says of each kind of event: each noun puts in the words for what is done to it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, current_app


def add_sentences(app: Flask, sentences: Mapping[str, str]) -> None:
    """An action's words follow the name of who did it; {subject} is what it was done to."""
    app.extensions.setdefault("sentences", {}).update(sentences)


def all_sentences() -> Mapping[str, str]:
    """The words of every action there is."""
    return current_app.extensions["sentences"]
