"""Correcting in the page one figure of a return that was received, with a reason; the file itself is never altered.

A correction is kept as another observation at the same cell. The rules are asked again of all figures as they
would then stand: a new error refuses it, and a problem that no longer holds is mended by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from dacommission.accounts.models import User
from dacommission.db import Conflict, db, unit_of_work
from dacommission.indicators.store import vocabulary
from dacommission.returns import shown
from dacommission.returns.expected import expected
from dacommission.returns.models import Return, StoredObservation, StoredProblem, Upload
from dacommission.returns.steps import known_by, move, unchanged
from dacommission.returns.storing import problem_of
from dacommission.returns.workflow import ReturnStatus, Step, StepNotAllowed, steps_from
from dacommission.review.models import Query
from dacommission.review.queries import CLOSED, settle_with
from dacommission.review.rebuilt import reading_of
from dacommission.submission import entitled
from dacommission.web.clock import london_day
from imports import observing
from imports.checks import RULES, check
from imports.corrections import as_typed
from imports.reading import Part, Problem, Severity, Status, Vocabulary
from imports.relations import RELATIONS

UNCHANGED = "This is what the figure says already. Enter another one, or choose another status."
NOT_THE_PROVIDERS = "The provider has not submitted this workbook yet, so only the provider corrects it."
SAID_BEFORE = "V14"  # that a figure was another one before: the correction itself says so, and why
# The rules that need the figures alone. The others ask for what else a file said as well, which is not kept of it.
OF_FIGURES = frozenset(rule.name for rule in RULES.values()) - {"V03", SAID_BEFORE}

NOTHING_ELSE: Mapping[int, Decimal] = MappingProxyType({})
AS_IT_WAS = (
    *("sheet", "cell", "label", "heading", "indicator_code", "part", "breakdown", "category"),
    *("period_start", "period_end", "basis", "match", "confidence", "comment"),
)

Identity = tuple[str, str, str | None, str | None]  # a problem's rule, message, sheet and cell


class Refused(Exception):
    """The correction cannot stand; the message and `problems` say why, in sentences."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class NewFigure:
    """What a figure says from now on, and why."""

    status: Status
    value: Decimal | None
    reason: str
    expected_on: date | None = None  # when a figure that is not yet available will be


def correct(
    due: Return,
    observation_id: int,
    new: NewFigure,
    *,
    upload: Upload,
    version: int,
    by: User,
    at: datetime,
    also: Mapping[int, Decimal] = NOTHING_ELSE,
    query: Query | None = None,
) -> None:
    """Corrects a figure, perhaps as the answer to a query; the same correction sent twice is one.

    `also` are the values of other figures that have to change with it, for the same reason: a total's category.
    Raises Refused with the errors that it would make, Conflict when the return or a figure changed since it
    was shown, and StepNotAllowed.
    """
    with unit_of_work():
        standing = upload.standing
        if any(_is_same(one, observation_id, new, by) for one in standing):
            return
        unchanged(due, upload, version)
        wanted = {id_: NewFigure(Status.REPORTED, value, new.reason) for id_, value in also.items()}
        wanted[observation_id] = new
        after = _all_corrected(standing, wanted, by=by, at=at)
        _ask_the_rules(due, upload, [after.get(one.id, one) for one in standing])
        upload.observations.extend(after.values())
        upload.revision += len(after)
        _take_step(due, upload, by=by, at=at)
        db.session.flush()
        if query is not None and query.return_id == due.id and query.status != CLOSED:
            query.version += 1
            settle_with(query, "correction", new.reason, by=by, at=at, observation=after[observation_id])


def may_correct(due: Return, upload: Upload, user: User, day: date) -> bool:
    """Whether somebody may correct this upload now: whoever may submit it, and until then its provider's people."""
    if Step.CORRECT not in steps_from(ReturnStatus(due.status)):
        return False
    try:
        _must_be_entitled(due, upload, user, day)
    except StepNotAllowed:
        return False
    return True


def changing_with(code: str) -> set[str]:
    """The indicators whose figures a rule holds against those of one, itself included."""
    kinds = (getattr(RELATIONS, kind.name) for kind in fields(RELATIONS))
    tied = [set(_codes_in(astuple(relation))) for kind in kinds for relation in kind]
    return {code}.union(*(codes for codes in tied if code in codes))


def _codes_in(parts: Iterable[Any]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, tuple):
            yield from _codes_in(part)
        elif isinstance(part, str) and not isinstance(part, Part):
            yield part


def _all_corrected(
    standing: Sequence[StoredObservation], wanted: Mapping[int, NewFigure], *, by: User, at: datetime
) -> dict[int, StoredObservation]:
    """The corrected figures, by the number of the one that each corrects. Raises Conflict or Refused."""
    words, found = vocabulary(), {one.id: one for one in standing}
    after = {}
    for id_, new in wanted.items():
        before = found.get(id_)
        if before is None or before.indicator_code is None:
            raise Conflict
        _must_be_readable(before, new, words)
        after[id_] = _corrected(before, new, by=by, at=at)
    return after


def _take_step(due: Return, upload: Upload, *, by: User, at: datetime) -> None:
    _must_be_entitled(due, upload, by, london_day(at))
    details = {**known_by(upload), "revision": upload.revision}
    move(due, Step.CORRECT, by=by, at=at, changes={}, details=details)


def _must_be_entitled(due: Return, upload: Upload, user: User, day: date) -> None:
    """Raises NotEntitled where somebody else has to correct it."""
    if due.status != ReturnStatus.RECEIVED:
        entitled.declares_as(user, due, upload, day)
    elif user.organisation_id != due.contract.provider_id and not upload.on_behalf:
        raise entitled.NotEntitled(NOT_THE_PROVIDERS)


def _is_same(one: StoredObservation, corrected_id: int, new: NewFigure, by: User) -> bool:
    """Whether this is the very correction, made a moment ago by the same person."""
    made = (one.corrects_id, one.corrected_by_id, one.value, one.status, one.reason)
    return made == (corrected_id, by.id, new.value, str(new.status), new.reason)


def _must_be_readable(before: StoredObservation, new: NewFigure, words: Vocabulary) -> None:
    """Raises Refused where the figure is no figure of its kind, or says what it said."""
    if (before.value, before.status, before.expected_on) == (new.value, str(new.status), new.expected_on):
        raise Refused(UNCHANGED)
    if new.value is None:
        return
    written = as_typed(new.value, Part(before.part))
    meaning = observing.meaning(written, words.terms.get(before.indicator_code or ""), Part(before.part))
    if meaning.fault:
        raise Refused(meaning.fault)


def _corrected(before: StoredObservation, new: NewFigure, *, by: User, at: datetime) -> StoredObservation:
    return StoredObservation(
        **{name: getattr(before, name) for name in AS_IT_WAS},
        value=new.value,
        status=str(new.status),
        shown=shown.value_words(new.value, before.part),
        expected_on=new.expected_on,
        corrects_id=before.id,
        corrected_at=at,
        corrected_by_id=by.id,
        reason=new.reason,
    )


def _ask_the_rules(due: Return, upload: Upload, after: Sequence[StoredObservation]) -> None:
    """Mends and adds problems as the rules find them; raises Refused where there would be a new error."""
    wanted, words = expected(due), vocabulary()
    had = {_identity(one) for one in check(reading_of(upload, upload.standing, wanted), words, wanted)}
    found = check(reading_of(upload, after, wanted), words, wanted)
    new = [one for one in found if _identity(one) not in had]
    errors = [one.message for one in new if one.severity is Severity.ERROR]
    if errors:
        raise Refused(*dict.fromkeys(errors))
    gone = had - {_identity(one) for one in found}
    still = {_place(one) for one in found if one not in new}
    known = {(rule, sheet, cell) for rule, _, sheet, cell in had}
    for kept in upload.problems:
        asked = _place(kept) in known or kept.rule in OF_FIGURES
        if _identity(kept) in gone or (asked and _place(kept) not in still):
            kept.mended = True
    upload.problems.extend(problem_of(one) for one in new if one.rule != SAID_BEFORE)


def _identity(problem: Problem | StoredProblem) -> Identity:
    return problem.rule, problem.message, problem.sheet, problem.cell


def _place(problem: Problem | StoredProblem) -> tuple[str, str | None, str | None]:
    """What stays the same where the words changed: a waiver adds to them, a reopened quarter takes its figure away."""
    return problem.rule, problem.sheet, problem.cell
