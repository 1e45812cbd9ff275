"""What was accepted in the quarters before a return's own: the counts, and what they come to quarter by quarter.

What an upload says at one revision never changes, so what was worked out of it before is used again. Nothing
else is kept: the returns, their uploads and the measures are read afresh every time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select

from dacommission.db import db
from dacommission.indicators.measures import Count, Measure, Result
from dacommission.indicators.results import result
from dacommission.returns import accepted
from dacommission.returns.models import Return, Upload
from dacommission.returns.succession import Predecessor, of_series
from dacommission.returns.words import result_words
from dacommission.review.figures import ABOUT_SOMETHING, COUNTED, LATER, SEEN, linked_categories, wholes
from dacommission.review.trend import Point
from imports.periods import Period
from imports.reading import Basis

QUARTERS_BEFORE = 12  # three years
KEPT = 16  # histories of a contract

_QUARTER = Return.financial_year * 4 + Return.quarter
_UPLOADS = (
    select(Upload.id, Upload.revision, Return.financial_year, Return.quarter)
    .join(Return, Return.accepted_upload_id == Upload.id)
    .where(bindparam("first") <= _QUARTER, bindparam("this") > _QUARTER)
    .order_by(_QUARTER, Return.id)
)
Accepted = tuple[uuid.UUID, int, int, int]  # an upload's id and revision, its return's financial year and quarter


@dataclass(frozen=True, slots=True)
class Past:
    """The quarters before, in order of time, and each measure's counts, results and points in them, by code."""

    quarters: tuple[Period, ...]
    counts: Mapping[str, Sequence[Count]]
    results: Mapping[str, Sequence[Result]]
    points: Mapping[str, Sequence[Point]]


def past_of(due: Return, measures: Iterable[Measure], earlier: Iterable[Predecessor] = ()) -> Past:
    """What was accepted of a contract in the three years before a return's quarter, as it stands.

    `earlier` are contracts that it carries on, for the quarters before it began.
    """
    this = due.financial_year * 4 + due.quarter
    given = {"first": this - QUARTERS_BEFORE, "this": this}
    rows: Iterable[Any] = db.session.execute(_UPLOADS.where(of_series(due.contract, earlier)), given)
    uploads = tuple((id_, revision, year, quarter) for id_, revision, year, quarter in rows)
    return _past(uploads, tuple(measures), due.period)


@lru_cache(maxsize=KEPT)
def _past(uploads: tuple[Accepted, ...], measures: tuple[Measure, ...], period: Period) -> Past:
    quarters = [period]
    while len(quarters) <= QUARTERS_BEFORE:
        quarters.append(quarters[-1].previous())
    before = tuple(quarters[:0:-1])
    counts = accepted.by_code(_counts(uploads, linked_categories(measures)))
    results = {measure.code: _results(measure, counts, before) for measure in measures}
    points = {one.code: tuple(point_of(one, found) for found in results[one.code]) for one in measures}
    return Past(before, counts, results, points)


def point_of(measure: Measure, found: Result) -> Point:
    """A result as a place in a picture."""
    words = "no figure" if found.value is None else result_words(measure, found)
    return Point(found.period.label, found.value, words)


def _counts(uploads: Sequence[Accepted], categories: set[str]) -> list[Count]:
    """The wholes that these uploads say of their own quarters, and the categories of those names."""
    quarter_of = {id_: Period.quarter(year, number) for id_, _, year, number in uploads}
    rows: Iterable[Any] = db.session.execute(
        select(*COUNTED, SEEN.c.upload_id)
        .outerjoin(LATER, LATER.c.corrects_id == SEEN.c.id)
        .where(LATER.c.id.is_(None), SEEN.c.upload_id.in_(list(quarter_of)), ABOUT_SOMETHING, wholes(categories))
        .order_by(SEEN.c.id)
    )
    counts = ((accepted.count_of(row), quarter_of[row.upload_id]) for row in rows)
    return [count for count, quarter in counts if accepted.belongs(count.period, count.basis, quarter)]


def _results(measure: Measure, found: Mapping[str, Sequence[Count]], quarters: Sequence[Period]) -> tuple[Result, ...]:
    counts = accepted.behind(measure, found)
    if any(count.basis is not Basis.PERIOD for count in counts):
        return tuple(result(measure, counts, quarter) for quarter in quarters)
    # What is reported period by period bears on the quarter it lies in only.
    of_quarter: dict[date, list[Count]] = {}
    for count in counts:
        of_quarter.setdefault(Period.quarter_of(count.period.end).start, []).append(count)
    return tuple(result(measure, of_quarter.get(quarter.start, ()), quarter) for quarter in quarters)
