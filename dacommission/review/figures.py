"""The figures that a review looks at, read as columns: a return's own, and those accepted in the quarters before.

Reads only. Three years are enough for a trend, and of the years before that nothing is read.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Uuid, bindparam, func, or_, select

from dacommission.accounts.models import User
from dacommission.db import db
from dacommission.indicators.measures import Measure
from dacommission.returns import shown
from dacommission.returns.models import StoredObservation, StoredProblem
from dacommission.returns.shown import ProblemRow

SEEN: Any = StoredObservation.__table__  # columns of the table, because records would cost more than the page
COUNTED = (
    SEEN.c.id,
    SEEN.c.indicator_code,
    SEEN.c.part,
    SEEN.c.breakdown,
    SEEN.c.category,
    SEEN.c.period_start,
    SEEN.c.period_end,
    SEEN.c.basis,
    SEEN.c.value,
    SEEN.c.status,
)
_SAID = (
    SEEN.c.sheet,
    SEEN.c.cell,
    SEEN.c.shown,
    SEEN.c.comment,
    SEEN.c.expected_on,
    SEEN.c.corrects_id,
    SEEN.c.corrected_at,
    SEEN.c.reason,
    User.name.label("corrected_by"),
)


ABOUT_SOMETHING = SEEN.c.indicator_code.is_not(None) & SEEN.c.period_start.is_not(None)
_STANDING = (
    select(*COUNTED, *_SAID)
    .outerjoin(User, User.id == SEEN.c.corrected_by_id)
    .where(SEEN.c.upload_id == bindparam("upload", type_=Uuid), ABOUT_SOMETHING)
    .order_by(SEEN.c.id)
)
LATER: Any = SEEN.alias()
_IS_CORRECTED = select(LATER.c.id).where(LATER.c.corrects_id == SEEN.c.id).exists()


@dataclass(frozen=True, slots=True)
class Standing:
    """One figure of an upload as it stands, and as the file has it where the two differ."""

    now: Any  # a row of columns, named as those of StoredObservation
    in_file: Any  # the same, of the first; `now` itself where nothing was corrected

    @property
    def is_corrected(self) -> bool:
        return self.now is not self.in_file

    @property
    def place(self) -> str:
        return shown.place(self.now.sheet, self.now.cell)


def standing_of(upload_id: uuid.UUID, *, wholes_with: Collection[str] | None = None) -> list[Standing]:
    """The figures of an upload as they stand, in the order of the file.

    With `wholes_with`, only wholes, the categories of that name, and whatever was corrected.
    """
    query = _STANDING
    if wholes_with is not None:
        query = query.where(or_(wholes(wholes_with), SEEN.c.corrects_id.is_not(None), _IS_CORRECTED))
    rows: Sequence[Any] = db.session.execute(query, {"upload": upload_id}).all()
    return _chained(rows)


def _chained(rows: Sequence[Any]) -> list[Standing]:
    later = {row.corrects_id: row for row in rows if row.corrects_id is not None}
    return [Standing(_last(row, later), row) for row in rows if row.corrects_id is None]


def _last(row: Any, later: dict[int, Any]) -> Any:
    while row.id in later:
        row = later[row.id]
    return row


def wholes(categories: Collection[str]) -> ColumnElement[bool]:
    """That a figure is of the whole, or of a category with one of these names."""
    return or_(SEEN.c.category.is_(None), SEEN.c.category.in_(sorted(categories)))


def linked_categories(measures: Collection[Measure]) -> set[str]:
    """The categories that are some measure's numerator."""
    return {measure.numerator_category for measure in measures if measure.numerator_category}


_CODES = (
    select(SEEN.c.indicator_code, func.count(SEEN.c.category))
    .where(SEEN.c.upload_id == bindparam("upload", type_=Uuid), SEEN.c.corrects_id.is_(None), ABOUT_SOMETHING)
    .group_by(SEEN.c.indicator_code)
    .order_by(SEEN.c.indicator_code)
)


def codes_reported(upload_id: uuid.UUID) -> dict[str, int]:
    """Every indicator of an upload, with how many figures it gives for categories."""
    rows: Iterable[Any] = db.session.execute(_CODES, {"upload": upload_id})
    return {code: parts for code, parts in rows}


def problems_of(upload_id: uuid.UUID) -> tuple[dict[str, list[ProblemRow]], list[ProblemRow]]:
    """The problems that still hold, by the indicator at whose cell they stand, and those of no indicator's cell."""
    found = select(StoredProblem).where(StoredProblem.upload_id == upload_id, StoredProblem.mended.is_(False))
    problems = db.session.scalars(found.order_by(StoredProblem.id)).all()
    cells = {problem.cell for problem in problems if problem.cell}
    at_cell = (
        select(SEEN.c.sheet, SEEN.c.cell, func.min(SEEN.c.indicator_code))
        .where(SEEN.c.upload_id == upload_id, SEEN.c.cell.in_(sorted(cells)))
        .group_by(SEEN.c.sheet, SEEN.c.cell)
    )
    code_at = {(sheet, cell): code for sheet, cell, code in db.session.execute(at_cell)} if cells else {}
    by_code: dict[str, list[StoredProblem]] = {}
    for problem in problems:
        by_code.setdefault(code_at.get((problem.sheet, problem.cell)) or "", []).append(problem)
    elsewhere = shown.problems(by_code.pop("", []))
    return {code: shown.problems(found) for code, found in by_code.items()}, elsewhere


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that no longer is what the file says: "2,512, corrected from 2,521 in the file (KPIs!F7), …"."""

    now: str
    was: str
    place: str
    what: str  # which part or category, where it is not the whole's value
    reason: str
    by: str
    at: datetime


def correction_of(one: Standing) -> Correction:
    """What was corrected last of a figure, against what the file says."""
    return Correction(
        now=shown.said(one.now),
        was=shown.said(one.in_file),
        place=one.place,
        what=part_words(one.now),
        reason=one.now.reason,
        by=one.now.corrected_by,
        at=one.now.corrected_at,
    )


def part_words(one: Any) -> str:
    """ "numerator", "Area of residence, York"; "" for a whole's own value."""
    said = [] if one.part == "value" else [shown.PARTS[one.part].lower()]
    return ", ".join([*said, one.category] if one.category else said)
