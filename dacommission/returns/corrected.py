"""A figure that was corrected in the page: what the file says of it, and the correction in words. Reads only."""

from __future__ import annotations

from datetime import date

from dacommission.returns.models import StoredObservation
from dacommission.web.words import moment

CORRECTION = "Corrected from {was} in the file, because “{reason}”, by {by}, on {at}."

# Indicator, part, breakdown, category, both ends of the period, and basis.
Figure = tuple[str | None, str, str | None, str | None, date | None, date | None, str]


def figure_of(one: StoredObservation) -> Figure:
    """What a figure is of, wherever it stands: the same in every version of a return."""
    kind = (one.indicator_code, one.part, one.breakdown, one.category)
    return *kind, one.period_start, one.period_end, one.basis


def in_file(one: StoredObservation) -> StoredObservation:
    """The figure as the file has it: itself, where nothing was corrected."""
    while one.corrects is not None:
        one = one.corrects
    return one


def correction_words(one: StoredObservation, was: str) -> str:
    """Why, by whom and when it was corrected last; "" where it says what the file says. `was` is the file's figure."""
    if one.corrects_id is None or one.corrected_by is None:
        return ""
    return CORRECTION.format(was=was, reason=one.reason, by=one.corrected_by.name, at=moment(one.corrected_at))
