"""A result in the words of a page: its value or why there is none, the counts behind it, and how far it moved. Pure."""

from __future__ import annotations

from dacommission.indicators.measures import INCOMPLETE, Measure, Result
from dacommission.indicators.rating import moved
from dacommission.indicators.units import text
from dacommission.returns.shown import BASES, STATUSES
from dacommission.web.words import plain_number
from imports.reading import Basis, Status


def result_words(measure: Measure, found: Result) -> str:
    """ "2,398", "80%", "1,961 (3 of 4 quarters)", or why there is no figure."""
    if found.value is None:
        return found.note or STATUSES.get(Status(found.status), "")
    words = text(found.value, measure.unit, measure.decimals)
    return f"{words} ({found.coverage})" if found.status == INCOMPLETE else words


def counts_words(found: Result) -> str:
    """ "9 of 13" behind a rate or an average; "" elsewhere."""
    if found.numerator is None or found.denominator is None:
        return ""
    return f"{plain_number(found.numerator)} of {plain_number(found.denominator)}"


def since_words(found: Result) -> str:
    """ "since 1 April" where a quarter's figure counts from there; "" elsewhere."""
    return BASES[found.basis] if found.basis is Basis.YEAR_TO_DATE and found.period.kind != "year" else ""


def change_words(measure: Measure, now: Result, before: Result) -> str:
    """How far a figure moved, in words; "" where the two cannot be compared."""
    comparable = not since_words(now) or now.period.number == before.period.number
    if now.value is None or before.value is None or not (comparable and now.complete and before.complete):
        return ""
    return moved(measure, now.value, before.value)
