"""Turns a reading into the rows that are kept of it. Writes nothing itself.

A figure is kept as it was read, to six decimals; what was typed stands beside it unchanged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from dacommission.accounts.models import User
from dacommission.returns.models import StoredObservation, StoredPassage, StoredProblem, Upload
from dacommission.returns.shown import value_words
from imports import READER_VERSION
from imports.corrections import key
from imports.reading import Corrected, Observation, Passage, Problem, Reading, Severity

LARGEST = Decimal(10) ** 9  # with six decimals, as many digits as both databases keep unchanged
SIX_PLACES = Decimal("0.000001")


class HasErrors(Exception):
    """The workbook has errors, so nothing was kept of it."""

    def __init__(self) -> None:
        super().__init__("This workbook has errors, so it was not kept. Mend them and upload it again.")


def digest(content: bytes) -> str:
    """The SHA-256 of a file, as hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def too_large(reading: Reading) -> Iterator[Problem]:
    """An error for each figure that is larger than can be kept exactly."""
    for seen in reading.observations:
        if seen.value is not None and abs(seen.value) >= LARGEST:
            message = f"{seen.label}: {seen.shown} is a thousand million or more. Check the figure."
            yield Problem("V03", Severity.ERROR, message, seen.sheet, seen.cell)


def upload_of(
    reading: Reading, *, content: bytes, number: int, by: User, at: datetime, on_behalf: bool = False
) -> Upload:
    """An upload with everything that was read from it, not yet attached to a return or a series.

    Raises HasErrors when an error stands in the way.
    """
    if reading.blocked or reading.layout is None:
        raise HasErrors
    replaced = {key(one.replaced): one for one in reading.corrected}
    observations = [stored for seen in reading.observations for stored in _kept(seen, replaced.get(key(seen)), by, at)]
    return Upload(
        number=number,
        file_name=reading.file,
        sha256=digest(content),
        size=len(content),
        content=content,
        layout=reading.layout,
        reader_version=READER_VERSION,
        received_at=at,
        received_by_id=by.id,
        on_behalf=on_behalf,
        revision=len(reading.corrected),
        observations=observations,
        problems=[problem_of(found) for found in reading.problems],
        passages=[_passage(words) for words in reading.passages],
    )


def figures_of(reading: Reading) -> list[StoredObservation]:
    """Its figures as they would be kept and would stand, without what was corrected."""
    return [_observation(seen) for seen in reading.observations]


def _kept(seen: Observation, corrected: Corrected | None, by: User, at: datetime) -> list[StoredObservation]:
    """A figure as it is kept; one that was corrected before the file was kept follows the one that the file has."""
    now = _observation(seen)
    if corrected is None:
        return [now]
    now.shown = value_words(now.value, now.part)
    now.corrects = _observation(corrected.replaced)
    now.corrected_at, now.corrected_by_id, now.reason = at, by.id, corrected.reason
    return [now.corrects, now]


def _observation(seen: Observation) -> StoredObservation:
    return StoredObservation(
        sheet=_text(seen.sheet),
        cell=seen.cell,
        label=_text(seen.label) or "",
        heading=[_text(heading) or "" for heading in seen.heading],
        indicator_code=seen.indicator,
        part=str(seen.part),
        breakdown=_text(seen.breakdown),
        category=_text(seen.category),
        period_start=seen.period.start if seen.period else None,
        period_end=seen.period.end if seen.period else None,
        basis=str(seen.basis),
        value=None if seen.value is None else _rounded(seen.value),
        status=str(seen.status),
        shown=_text(seen.shown) or "",
        match=str(seen.match),
        confidence=seen.confidence,
        comment=_text(seen.comment) or "",
        expected_on=seen.expected_on,
    )


def _rounded(value: Decimal) -> Decimal:
    """To six decimals, without noughts at the end: shown alike before it is kept and when it is read again."""
    rounded = value.quantize(SIX_PLACES, rounding=ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded.normalize()


def problem_of(found: Problem) -> StoredProblem:
    """A problem as it is kept."""
    return StoredProblem(
        rule=found.rule,
        severity=str(found.severity),
        sheet=_text(found.sheet),
        cell=found.cell,
        message=_text(found.message) or "",
        fault=found.fault,
    )


def _passage(words: Passage) -> StoredPassage:
    return StoredPassage(
        kind=words.kind,
        sheet=_text(words.sheet),
        cell=words.cell,
        heading=_text(words.heading) or "",
        text=_text(words.text) or "",
        consent=words.consent,
    )


def _text(words: str | None) -> str | None:
    """Without what no database keeps: NUL, and halves of characters."""
    if words is None:
        return None
    return words.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
