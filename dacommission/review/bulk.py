"""Which submitted returns a body can accept in one go: those without anything that asks to be looked at first."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.db import Conflict, db
from dacommission.organisations.models import Organisation
from dacommission.returns.models import Return, Upload
from dacommission.returns.succession import opened, predecessors
from dacommission.returns.workflow import ReturnStatus, StepNotAllowed
from dacommission.review.acceptance import Seen, as_it_stands, is_own_work, not_paying_words
from dacommission.review.bodies import Views, body_of, objections, standing_views, verdict_with
from dacommission.review.lines import Reviewed, ReviewLine
from dacommission.review.unusual import Kind
from dacommission.roles import Permission
from dacommission.submission.explaining import must_be_explained

AN_ID, A_NUMBER = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", r"(\d{1,9})"
KEY = re.compile("-".join((AN_ID, AN_ID, A_NUMBER, A_NUMBER, A_NUMBER)), re.ASCII)
WAITING = (ReturnStatus.SUBMITTED, ReturnStatus.QUERIED)
NOT_HELD_AGAINST = "{quarter} is not accepted yet, so this return could not be held against it."
YOUR_OWN = "You uploaded, corrected or submitted it yourself."
OBJECTS = "{body} does not agree."
UNANSWERED = "A question is not answered: {message}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A return that waits for the view of somebody's body."""

    due: Return
    seen: Seen
    missing_then: tuple[str, ...]  # what the rule still asks for once the body agrees; nothing: it is accepted
    unusual: tuple[str, ...]
    why_not: tuple[str, ...]  # nothing where it is clean

    @property
    def key(self) -> str:
        """What a form carries of it: the return, and exactly what was seen."""
        seen = self.seen
        return f"{self.due.id}-{seen.upload.id}-{seen.revision}-{seen.version}-{seen.number}"


def candidates(user: User) -> list[Candidate]:
    """The submitted and queried returns that wait for the body's view, the earliest quarter first."""
    found = Return.visible_to(user, Permission.RETURNS_REVIEW).where(Return.status.in_(WAITING))
    by_time = (Return.financial_year, Return.quarter, Return.due_at, Return.contract_id)
    returns = list(db.session.scalars(found.order_by(None).order_by(*by_time)))
    views = standing_views(returns)
    made = (_candidate(due, views[due.id], user) for due in returns)
    return [one for one in made if one is not None]


def candidate_of(due: Return, user: User) -> Candidate | None:
    """The same of one return; None where it does not wait for the body's view."""
    if due.status not in WAITING:
        return None
    return _candidate(due, standing_views([due])[due.id], user)


def seen_in_key(key: str, user: User) -> tuple[Return, Seen] | None:
    """The return that a form's key names and what was seen of it; None where the person may not see it.

    Raises Conflict where the return has no such upload.
    """
    named = KEY.fullmatch(key)
    if named is None:
        return None
    due_id, upload_id, *numbers = named.groups()
    found = Return.visible_to(user, Permission.RETURNS_REVIEW).where(Return.id == uuid.UUID(due_id))
    due = db.session.scalar(found)
    if due is None:
        return None
    upload = next((kept for kept in due.uploads if str(kept.id) == upload_id), None)
    if upload is None:
        raise Conflict
    revision, version, number = map(int, numbers)
    return due, Seen(upload, revision, version, number)


def _candidate(due: Return, views: Views, user: User) -> Candidate | None:
    seen, body = as_it_stands(due, user), body_of(due, user)
    if seen is None or _has_agreed_in_vain(due, views, body):
        return None
    reviewed = Reviewed(due, seen.upload, opened(predecessors(due.contract, user)))
    return Candidate(
        due=due,
        seen=seen,
        missing_then=verdict_with(due, views, body).missing if body else (),
        unusual=(*_held_against_less(due), *_unusual(reviewed.lines)),
        why_not=(*_why_not_this_person(due, body, user), *_why_not(due, views, body), *_not_clean(due, reviewed)),
    )


def _has_agreed_in_vain(due: Return, views: Views, body: Organisation | None) -> bool:
    """Whether the body has agreed already, and others are waited for."""
    return body is not None and body.id in views and views[body.id].agrees and not verdict_with(due, views, body).met


def _why_not_this_person(due: Return, body: Organisation | None, user: User) -> Iterator[str]:
    if is_own_work(due, user):
        yield YOUR_OWN
    if body is None:
        yield not_paying_words(due, user)


def _why_not(due: Return, views: Views, body: Organisation | None) -> Iterator[str]:
    """Open queries and objections, those of the own body among them."""
    if due.open_queries:
        yield f"{due.open_queries} {'query is' if due.open_queries == 1 else 'queries are'} not closed."
    if body is not None and body.id in views and not views[body.id].agrees:
        yield OBJECTS.format(body=body.name)
    for view in objections(due, views, but_of=body):
        yield OBJECTS.format(body=view.body.name)


def _not_clean(due: Return, reviewed: Reviewed) -> Iterator[str]:
    """Errors, questions that nobody answered, and explanations that are not there."""
    for line in reviewed.lines:
        yield from (f"{line.code}: {one.words}" for one in line.unusual if one.kind is Kind.ERROR)
        if not _is_answered(line):
            asked = (problem.message for problem in line.problems if problem.severity == "question")
            yield from (f"{line.code}. {UNANSWERED.format(message=message)}" for message in asked)
    for problem in reviewed.elsewhere:
        if problem.severity == "question":
            yield UNANSWERED.format(message=problem.message)
    yield from _not_explained(due, reviewed.upload)


def _is_answered(line: ReviewLine) -> bool:
    """By an explanation, a comment in the workbook, a waiver, or a query that was closed."""
    closed = any(not query.is_open for query in line.queries)
    return bool(line.explanation or line.comments or line.waivers) or closed


def _not_explained(due: Return, upload: Upload) -> Iterator[str]:
    try:
        must_be_explained(due, upload)
    except StepNotAllowed as lacking:
        yield str(lacking)


def _held_against_less(due: Return) -> Iterator[str]:
    """That the quarter before is not accepted yet, so that no change from it could be told."""
    before = due.period.previous()
    same = (Return.contract_id == due.contract_id, Return.status.in_(WAITING))
    of_quarter = (Return.financial_year == before.year, Return.quarter == before.number)
    if db.session.scalar(select(Return.id).where(*same, *of_quarter)) is not None:
        yield NOT_HELD_AGAINST.format(quarter=before.label)


def _unusual(lines: Sequence[ReviewLine]) -> Iterator[str]:
    """ "HUB-05 Supported by the hub. Off target: 63% is below …"."""
    for line in lines:
        for one in line.unusual:
            yield f"{line.code} {line.name}. {one.name}: {one.words}"
