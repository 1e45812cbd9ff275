"""Two versions of a return cell by cell: what was added, taken away or changed, and why.

Figures are matched by what they are about, never by where they stand: a row that moved has not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from dacommission.db import db
from dacommission.indicators.models import Breakdown, Indicator
from dacommission.returns import shown
from dacommission.returns.models import Return, Upload
from dacommission.review import said
from dacommission.review.figures import part_words, standing_of
from dacommission.review.models import Query, QueryMessage
from dacommission.web.words import plain_number
from imports.periods import Period
from imports.reading import Status

CORRECTED = "-corrected"
ADDED, REMOVED, CHANGED = "Added", "Removed", "Changed"
Key = tuple[str, str, str | None, str | None, date, date, str]


@dataclass(frozen=True, slots=True)
class State:
    """A version of a return: an upload as it was received, or as it stands with its corrections."""

    key: str  # "2", or "2-corrected"
    upload: Upload
    corrected: bool

    @property
    def label(self) -> str:
        """ "Upload 2", "Upload 2 as corrected"."""
        name = f"Upload {self.upload.number}{' as corrected' if self.corrected else ''}"
        return f"{name} (withdrawn)" if self.upload.withdrawn_at else name


@dataclass(frozen=True, slots=True)
class Side:
    """A figure in one of the two versions."""

    words: str  # "2,521", or the words of its status
    typed: str
    place: str
    anchor: str
    upload: Upload
    corrected: bool  # in the page, so that nobody typed it in the file


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is not the same in both."""

    kind: str  # Added, Removed or Changed
    code: str
    indicator: str
    what: str  # "numerator", "Area of residence: York"; "" for the whole
    period: str
    old: Side | None
    new: Side | None
    difference: str  # "+9", "−9"; "" where one of the two is no number
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two versions, in the order of the catalogue."""

    old: State
    new: State
    changes: tuple[Change, ...]
    unchanged: int

    @property
    def codes(self) -> set[str]:
        """The indicators with a change."""
        return {change.code for change in self.changes}


def states(due: Return) -> list[State]:
    """Every version of a return, in the order in which they came."""
    found = []
    for upload in due.uploads:
        found.append(State(str(upload.number), upload, corrected=False))
        if upload.revision:
            found.append(State(f"{upload.number}{CORRECTED}", upload, corrected=True))
    return found


def rows_of(state: State) -> list[Any]:
    """The figures of a version: rows with the names of StoredObservation."""
    return [one.now if state.corrected else one.in_file for one in standing_of(state.upload.id)]


def compared(due: Return, old: State, new: State) -> Comparison:
    """What differs from one version to the other."""
    before, after = _by_key(rows_of(old)), _by_key(rows_of(new))
    names, breakdowns, why = _names(), _breakdowns(), _Reasons(due)
    changes, unchanged = [], 0
    for key in [*before, *(key for key in after if key not in before)]:
        one, other = before.get(key), after.get(key)
        if one is not None and other is not None and _says(one) == _says(other):
            unchanged += 1
            continue
        row: Any = other if other is not None else one
        changes.append(
            Change(
                kind=ADDED if one is None else REMOVED if other is None else CHANGED,
                code=row.indicator_code,
                indicator=names[row.indicator_code],
                what=_what(row, breakdowns),
                period=Period(row.period_start, row.period_end).label,
                old=_side(one, old.upload) if one is not None else None,
                new=_side(other, new.upload) if other is not None else None,
                difference=difference(one, other),
                why=tuple(why.of(one, other)),
            )
        )
    order = list(names)
    changes.sort(key=lambda change: order.index(change.code))
    return Comparison(old, new, tuple(changes), unchanged)


def difference(old: Any, new: Any) -> str:
    """ "+9", "−9"; "" where one of the two is no number."""
    if old is None or new is None or old.value is None or new.value is None:
        return ""
    by = new.value - old.value
    return f"{'+' if by > 0 else '−'}{plain_number(abs(by))}" if by else ""


def _by_key(rows: Sequence[Any]) -> dict[tuple[Key, int], Any]:
    """Figures by what they are about; where a file says the same thing twice, by which time it was."""
    found: dict[tuple[Key, int], Any] = {}
    seen: dict[Key, int] = {}
    for row in rows:
        key = (row.indicator_code, row.part, row.breakdown, row.category, row.period_start, row.period_end, row.basis)
        seen[key] = seen.get(key, 0) + 1
        found[key, seen[key]] = row
    return found


def _says(row: Any) -> tuple[object, ...]:
    return row.value, row.status, row.expected_on if row.status == Status.PENDING else None


def _side(row: Any, upload: Upload) -> Side:
    place, anchor = shown.place(row.sheet, row.cell), shown.anchor(row.sheet, row.cell)
    return Side(shown.said(row), row.shown, place, anchor, upload, bool(row.reason))


def _what(row: Any, breakdowns: Mapping[str, str]) -> str:
    if row.category is None:
        return part_words(row)
    return f"{breakdowns.get(row.breakdown, row.breakdown or '')}: {part_words(row)}"


def _names() -> dict[str, str]:
    found = select(Indicator.code, Indicator.name).order_by(Indicator.position, Indicator.code)
    return {code: f"{code} {name}" for code, name in db.session.execute(found)}


def _breakdowns() -> dict[str, str]:
    rows: Iterable[Any] = db.session.execute(select(Breakdown.key, Breakdown.name))
    return {key: name for key, name in rows}


class _Reasons:
    """Why a figure changed, as people said it: with a correction, in a comment, an explanation or a query."""

    def __init__(self, due: Return) -> None:
        self._explanations = said.explanations(due.id)
        found = (
            select(Query.indicator_code, Query.number, QueryMessage.text)
            .join(QueryMessage, QueryMessage.query_id == Query.id)
            .where(Query.return_id == due.id, QueryMessage.kind.in_(("answer", "closing")))
            .order_by(Query.number, QueryMessage.id)
        )
        self._answers: dict[str, list[str]] = {}
        for code, number, text in db.session.execute(found):
            self._answers.setdefault(code or "", []).append(f"Query {number}: {text}")

    def of(self, old: Any, new: Any) -> Iterator[str]:
        if new is not None and new.reason:
            yield f"Corrected by {new.corrected_by}: {new.reason}"
        if new is not None and new.comment and (old is None or new.comment != old.comment):
            yield f"Comment: {new.comment}"
        code = (new if new is not None else old).indicator_code
        yield from self._answers.get(code, ())
        if explanation := self._explanations.get(code):
            yield f"Explanation: {explanation.what} {explanation.why}"
