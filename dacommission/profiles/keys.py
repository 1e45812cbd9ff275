"""By what a row or column of figures is known again, in the shapes in which it is kept and asked about. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from imports.kinds import Basis, Part
from imports.series import Sense, SeriesKey


def key_as_list(key: SeriesKey) -> list[object]:
    """The key as JSON keeps it."""
    return [key.sheet, key.title, list(key.row), list(key.column)]


def key_from_list(kept: Any) -> SeriesKey:
    """The key that a list stands for. Raises ValueError when it stands for none."""
    match kept:
        case [str(sheet), str(title), [*row], [*column]] if _are_words(row) and _are_words(column):
            return SeriesKey(sheet, title, tuple(row), tuple(column))
    raise ValueError("no key")


def _are_words(given: Sequence[Any]) -> bool:
    return all(isinstance(word, str) for word in given)


def digest(key: SeriesKey) -> str:
    """SHA-256 of a key, as hexadecimal: a name for it without its words."""
    return hashlib.sha256(json.dumps(key_as_list(key), ensure_ascii=True).encode()).hexdigest()


def sense_as_list(sense: Sense) -> list[str | None]:
    """The sense as JSON keeps it."""
    return [sense.code, str(sense.part), sense.breakdown, sense.category, sense.basis and str(sense.basis)]


def sense_from_list(kept: Any) -> Sense:
    """The sense that a list stands for. Raises ValueError when it stands for none."""
    match kept:
        case [str(code), str(part), str() | None as breakdown, str() | None as category, str() | None as basis]:
            return Sense(code, Part(part), category, Basis(basis) if basis else None, breakdown)
    raise ValueError("no sense")
