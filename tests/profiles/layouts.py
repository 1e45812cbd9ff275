"""Series made by hand, for tests of what is known of a workbook's layout."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from imports.reading import Match
from imports.series import Candidate, Sense, Series, SeriesKey
from imports.sheets import Spot

REFERRALS = Sense("HUB-01")


def key(row: str, *, sheet: str = "quarter", column: tuple[str, ...] = ()) -> SeriesKey:
    return SeriesKey(sheet, "hub", (row,) if row else (), column)


def series(row: str = "new people", at: str = "A5", sense: Sense | None = None, **given: Any) -> Series:
    """A row of figures; one that nobody recognised where no sense is given."""
    words: dict[str, Any] = {
        "key": key(row.casefold()),
        "label": row.capitalize(),
        "place": Spot("Quarter", at),
        "cells": (Spot("Quarter", f"B{at[1:]}"),),
        "match": Match.ALIAS if sense else Match.NONE,
        "confidence": Decimal(1) if sense else Decimal(0),
        "sense": sense,
        "why": "No KPI has a name like this.",
    }
    return Series(**{**words, **given})


def candidate(code: str, confidence: str, **sense: Any) -> Candidate:
    return Candidate(Sense(code, **sense), Decimal(confidence))
