"""Corrections made in the page that a later file does not repeat, in words. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dacommission.returns.accepted import period_of
from dacommission.returns.corrected import Figure, figure_of
from dacommission.returns.models import StoredObservation, Upload
from dacommission.returns.shown import BASES, PARTS, place, said
from imports.periods import Period
from imports.reading import Basis, Part

UNDONE = "{figure} was corrected to {corrected} in the page (upload {number}, {place}); this file says {now}."
NOTHING = "nothing of it"


def undone(uploads: Sequence[Upload], seen: Iterable[StoredObservation], quarter: Period) -> list[str]:
    """A sentence for each figure that was last corrected otherwise in these uploads than it is `seen` in a later file.

    `quarter` is that of the return, which a sentence need not name. Uploads that were withdrawn say nothing.
    """
    in_file: dict[Figure, list[StoredObservation]] = {}
    for one in seen:
        in_file.setdefault(figure_of(one), []).append(one)
    told = []
    for figure, (upload, corrected) in _last_corrected(uploads).items():
        later = in_file.get(figure, [])
        if not any((one.value, one.status) == (corrected.value, corrected.status) for one in later):
            told.append(_sentence(upload, corrected, later, quarter))
    return told


def _last_corrected(uploads: Sequence[Upload]) -> dict[Figure, tuple[Upload, StoredObservation]]:
    corrected = (upload for upload in uploads if upload.revision and upload.withdrawn_at is None)
    return {
        figure_of(one): (upload, one) for upload in corrected for one in upload.standing if one.corrects_id is not None
    }


def _sentence(upload: Upload, corrected: StoredObservation, later: Sequence[StoredObservation], quarter: Period) -> str:
    return UNDONE.format(
        figure=figure_words(corrected, quarter),
        corrected=said(corrected),
        number=upload.number,
        place=place(corrected.sheet, corrected.cell),
        now=" and ".join(said(one) for one in later) or NOTHING,
    )


def figure_words(one: StoredObservation, quarter: Period) -> str:
    """ "SA-10 numerator", "HUB-01, York"; with its period or basis where that is not the return's quarter."""
    code = one.indicator_code or one.label
    part = "" if one.part == Part.VALUE else f" {PARTS[Part(one.part)].lower()}"
    period = period_of(one) if one.period_start else quarter
    more = [one.breakdown, one.category] if one.category else []
    more += [period.label] if period != quarter else []
    more += [BASES[Basis(one.basis)]] if one.basis != Basis.PERIOD else []
    return ", ".join([f"{code}{part}", *(words for words in more if words)])
