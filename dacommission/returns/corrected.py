"""A figure that was corrected in the page: what the file says of it, and the correction in words. Reads only."""

from __future__ import annotations

from dacommission.returns.models import StoredObservation
from dacommission.web.words import moment

CORRECTION = "Corrected from {was} in the file, because “{reason}”, by {by}, on {at}."


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
