"""What a workbook said, rebuilt from what is kept of it, so that the rules can be asked once more.

Pure but for the records handed in. The cover was right when the upload was kept, so it says here what it must.
"""

from __future__ import annotations

from collections.abc import Iterable

from dacommission.returns.models import StoredObservation, StoredPassage, Upload
from imports import template_layout
from imports.periods import Period
from imports.reading import Basis, Cover, Expected, Match, Observation, Part, Passage, Reading, Status


def reading_of(upload: Upload, standing: Iterable[StoredObservation], expected: Expected) -> Reading:
    """The upload as a reading whose figures are those given."""
    cover = Cover(template_layout.VERSION, expected.contract, expected.provider, expected.period)
    return Reading(
        file=upload.file_name,
        sha256=upload.sha256,
        layout=upload.layout,
        observations=tuple(_observation(one) for one in standing),
        cover=cover,
        passages=tuple(_passage(words) for words in upload.passages),
    )


def _observation(kept: StoredObservation) -> Observation:
    period = Period(kept.period_start, kept.period_end) if kept.period_start and kept.period_end else None
    return Observation(
        sheet=kept.sheet,
        cell=kept.cell,
        label=kept.label,
        heading=tuple(kept.heading),
        indicator=kept.indicator_code,
        part=Part(kept.part),
        category=kept.category,
        period=period,
        basis=Basis(kept.basis),
        value=kept.value,
        status=Status(kept.status),
        shown=kept.shown,
        match=Match(kept.match),
        confidence=kept.confidence,
        breakdown=kept.breakdown,
        comment=kept.comment,
        expected_on=kept.expected_on,
    )


def _passage(kept: StoredPassage) -> Passage:
    return Passage(kept.kind, kept.sheet, kept.cell, kept.heading, kept.text, kept.consent)
