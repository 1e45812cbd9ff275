"""Readings made by hand, for tests of what happens to a workbook once it was read."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from imports.periods import Period
from imports.reading import Basis, Match, Observation, Part, Problem, Reading, Severity, Status

FIRST_QUARTER = Period.quarter(2022, 1)


def observation(indicator: str | None = "HUB-01", value: Any = 2398, **given: Any) -> Observation:
    words: dict[str, Any] = {
        "sheet": "KPIs",
        "cell": "F5",
        "label": "Referrals received",
        "heading": ("Value",),
        "indicator": indicator,
        "part": Part.VALUE,
        "category": None,
        "period": FIRST_QUARTER,
        "basis": Basis.PERIOD,
        "value": None if value is None else Decimal(value),
        "status": Status.REPORTED if value is not None else Status.MISSING,
        "shown": "" if value is None else str(value),
        "match": Match.CODE,
        "confidence": Decimal(1),
    }
    return Observation(**{**words, **given})


def problem(severity: Severity = Severity.QUESTION, **given: Any) -> Problem:
    words: dict[str, Any] = {"rule": "V10", "message": "Is this right?", "sheet": "KPIs", "cell": "F5"}
    return Problem(severity=severity, **{**words, **given})


def reading(content: bytes = b"a workbook", *seen: Observation, **given: Any) -> Reading:
    words: dict[str, Any] = {"file": "return.xlsx", "layout": "template", "observations": seen or (observation(),)}
    return Reading(sha256=hashlib.sha256(content).hexdigest(), **{**words, **given})
