"""What can be done to a query: asking, answering, taking over, asking again, closing. One unit of work each.

A return is queried for as long as one of its queries is open; `Return.open_queries` counts them here and
nowhere else. What is said stays out of the audit log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.db import check_version, db, unit_of_work
from dacommission.returns import shown
from dacommission.returns.corrected import figure_of
from dacommission.returns.models import Return, StoredObservation, Upload
from dacommission.returns.steps import NOT_YOURS, known_by, move, unchanged
from dacommission.returns.undone import figure_words
from dacommission.returns.workflow import ReturnStatus, Step, StepNotAllowed
from dacommission.review.models import Query, QueryMessage
from dacommission.roles import Permission, Role, allows

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
IS_CLOSED = "This query is closed. Ask the commissioner to raise another one."
NOT_ANSWERED_BY_ITS_BODY = "The provider answers this query. Close it, or ask again."
NEW_VERSION = "A new version of the return was submitted after the question: upload {number}."
NOW = "{figure} was {was} before and is now {now}."
NOT_THERE = "not in the file"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, of whom, and by when it should be answered."""

    text: str
    due_on: date
    owner: User | None = None  # somebody of the provider; None leaves it to the provider who answers
    indicator_code: str | None = None  # None asks about the return as a whole
    observation: StoredObservation | None = None  # the figure of the upload that it is about


def ask(due: Return, question: Question, *, upload: Upload, version: int, by: User, at: datetime) -> Query:
    """Raises a query about a return as it was shown; the same question sent twice is one query.

    Raises Conflict when the return changed since, and StepNotAllowed when it is not submitted.
    """
    with unit_of_work():
        if same := _same(due, question, upload, by):
            return same
        unchanged(due, upload, version)
        number = (db.session.scalar(select(func.max(Query.number)).where(Query.return_id == due.id)) or 0) + 1
        changes = {"open_queries": due.open_queries + 1}
        move(due, Step.QUERY, by=by, at=at, changes=changes, details={**known_by(upload), "query": number})
        raised = Query(
            return_id=due.id,
            number=number,
            upload_id=upload.id,
            indicator_code=question.indicator_code,
            observation_id=question.observation.id if question.observation else None,
            owner_id=question.owner.id if question.owner else None,
            due_on=question.due_on,
            raised_at=at,
            raised_by_id=by.id,
        )
        _say(raised, "question", question.text, by=by, at=at)
        db.session.add(raised)
    return raised


def answer(query: Query, text: str, *, version: int, by: User, at: datetime) -> None:
    """The provider's answer. Raises Conflict, and StepNotAllowed when the query is closed or not theirs."""
    with unit_of_work():
        if _said_already(query, "answer", text, by):
            return
        _must_be_open(query)
        check_version(query, version)
        _must_answer(query, by)
        settle_with(query, "answer", text, by=by, at=at)


def take_over(query: Query, *, version: int, by: User) -> None:
    """Makes somebody of the provider the one who answers. Raises Conflict or StepNotAllowed."""
    with unit_of_work():
        if query.owner_id == by.id:
            return
        _must_be_open(query)
        check_version(query, version)
        _must_answer(query, by)
        query.owner_id = by.id
        audit.record("query-taken-over", subject=query.due, by=by, query=query.number)


def ask_again(query: Query, text: str, *, due_on: date, version: int, by: User, at: datetime) -> None:
    """Asks once more in the same thread, with another day to answer by. Raises Conflict or StepNotAllowed."""
    with unit_of_work():
        if _said_already(query, "question", text, by):
            return
        _must_be_open(query)
        check_version(query, version)
        _must_review(query, by)
        query.status, query.due_on = OPEN, due_on
        _say(query, "question", text, by=by, at=at)
        audit.record("query-asked-again", subject=query.due, by=by, query=query.number, when=at.isoformat())


def close(query: Query, text: str, *, version: int, by: User, at: datetime) -> None:
    """Closes a query with a word; with the last one the return is submitted again.

    Raises Conflict or StepNotAllowed.
    """
    with unit_of_work():
        if _said_already(query, "closing", text, by):
            return
        _must_be_open(query)
        check_version(query, version)
        _must_review(query, by)
        query.status, query.closed_at, query.closed_by_id = CLOSED, at, by.id
        _say(query, "closing", text, by=by, at=at)
        _count_down(query, by=by, at=at)


def _count_down(query: Query, *, by: User, at: datetime) -> None:
    due = query.due
    left = due.open_queries - 1
    if left == 0 and due.status == ReturnStatus.QUERIED:
        details = {"query": query.number}
        move(due, Step.SETTLE, by=by, at=at, changes={"open_queries": 0}, details=details)
        return
    due.open_queries, due.version = left, due.version + 1
    audit.record("query-closed", subject=due, by=by, query=query.number, when=at.isoformat())


def settle_with(
    query: Query,
    kind: str,
    text: str,
    *,
    by: User,
    at: datetime,
    observation: StoredObservation | None = None,
    upload: Upload | None = None,
) -> None:
    """Notes in the thread what answers a query: words, a corrected figure or a new version. In a unit of work."""
    query.status = ANSWERED
    said = _say(query, kind, text, by=by, at=at)
    said.observation_id = observation.id if observation else None
    said.upload_id = upload.id if upload else None
    audit.record("query-answered", subject=query.due, by=by, query=query.number, kind=kind, when=at.isoformat())


def note_new_version(due: Return, by: User, at: datetime) -> None:
    """Every query that is not closed and was asked about an earlier upload is told of the one submitted now.

    Where a figure that was asked about changed, the thread says what it is now.
    """
    upload = due.latest_upload
    if upload is None or not due.open_queries:
        return
    waiting = select(Query).where(Query.return_id == due.id, Query.status != CLOSED).order_by(Query.number)
    for query in db.session.scalars(waiting).all():
        if query.upload_id != upload.id and upload.id not in {one.upload_id for one in query.messages}:
            query.version += 1
            text = " ".join([NEW_VERSION.format(number=upload.number), *_changed(query, due, upload)])
            settle_with(query, "new-version", text, by=by, at=at, upload=upload)


def _changed(query: Query, due: Return, upload: Upload) -> list[str]:
    """A sentence for each figure asked about that is another one than in the version the thread spoke of last."""
    before = next((one.upload for one in reversed(query.messages) if one.upload), query.upload)
    now = {figure_of(one): one for one in upload.standing}
    told = []
    for one in before.standing:
        later = now.get(figure_of(one))
        changed = later is None or (one.value, one.status) != (later.value, later.status)
        if changed and _asks_about(query, one):
            words = shown.said(later) if later else NOT_THERE
            told.append(NOW.format(figure=figure_words(one, due.period), was=shown.said(one), now=words))
    return told


def _asks_about(query: Query, one: StoredObservation) -> bool:
    """Whether a query is about a figure: the whole of its indicator, or the very figure it names."""
    if query.observation is not None and figure_of(one) == figure_of(query.observation):
        return True
    return one.indicator_code is not None and one.indicator_code == query.indicator_code and one.category is None


def may_answer(query: Query, user: User) -> bool:
    """Whether somebody is of the provider, or of a body that loaded the workbook on its behalf."""
    if not allows(Role(user.role), Permission.RETURNS_UPLOAD):
        return False
    return user.organisation_id == query.due.contract.provider_id or query.upload.on_behalf


def _must_answer(query: Query, by: User) -> None:
    _must_see(query, by, Permission.RETURNS_UPLOAD)
    if not may_answer(query, by):
        raise StepNotAllowed(NOT_ANSWERED_BY_ITS_BODY)


def _must_review(query: Query, by: User) -> None:
    _must_see(query, by, Permission.RETURNS_REVIEW)


def _must_see(query: Query, by: User, permission: Permission) -> None:
    if db.session.scalar(Query.visible_to(by, permission).where(Query.id == query.id)) is None:
        raise StepNotAllowed(NOT_YOURS)


def _must_be_open(query: Query) -> None:
    if query.status == CLOSED:
        raise StepNotAllowed(IS_CLOSED)


def _say(query: Query, kind: str, text: str, *, by: User, at: datetime) -> QueryMessage:
    said = QueryMessage(kind=kind, text=text, said_at=at, said_by_id=by.id)
    query.messages.append(said)
    return said


def _same(due: Return, question: Question, upload: Upload, by: User) -> Query | None:
    """The query that this person raised with these very words already: a button pressed twice."""
    found = (
        select(Query)
        .join(Query.messages)
        .where(
            Query.return_id == due.id,
            Query.upload_id == upload.id,
            Query.indicator_code == question.indicator_code,
            Query.raised_by_id == by.id,
            Query.status != CLOSED,
            QueryMessage.kind == "question",
            QueryMessage.text == question.text,
        )
        .order_by(Query.number)
    )
    return db.session.scalars(found).first()


def _said_already(query: Query, kind: str, text: str, by: User) -> bool:
    """Whether the last word of the thread is this very one: a button pressed twice."""
    last = query.messages[-1]
    return (last.kind, last.text, last.said_by_id) == (kind, text, by.id)
