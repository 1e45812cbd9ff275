"""What queries ask of somebody, for the first page."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from dacommission.accounts.models import User
from dacommission.db import db
from dacommission.returns.models import Return
from dacommission.review import queries
from dacommission.review.models import Query
from dacommission.review.query_views import is_overdue
from dacommission.roles import Permission
from dacommission.web.clock import today, working_days_between
from dacommission.web.guard import may
from dacommission.web.tasks import Task, Urgency
from dacommission.web.words import day


def to_answer(user: User) -> Iterator[Task]:
    """For the provider: the queries that wait for an answer, what another answers for information only."""
    if may(Permission.RETURNS_REVIEW):
        return
    for query in _open(user, Permission.RETURNS_UPLOAD):
        if query.status != queries.OPEN:
            continue
        if query.owner_id not in (None, user.id) and not is_overdue(query):
            yield _task(query, f"{query.owner} answers query {query.number} about {query.due}", Urgency.LATER)
        else:
            urgency = Urgency.LATE if is_overdue(query) else Urgency.NOW
            yield _task(query, f"Answer query {query.number} about {query.due}", urgency)


def to_close(user: User) -> Iterator[Task]:
    """For a commissioner: answered queries to close, and those that nobody answered in time."""
    for query in _open(user, Permission.RETURNS_REVIEW):
        if query.status == queries.ANSWERED:
            yield _task(query, f"Close query {query.number} about {query.due}, or ask again", Urgency.NOW)
        elif is_overdue(query):
            yield _task(query, f"Query {query.number} about {query.due} is not answered", Urgency.LATE)


def _open(user: User, permission: Permission) -> list[Query]:
    found = (
        Query.visible_to(user, permission)
        .join(Query.due)
        .where(Query.status != queries.CLOSED)
        .options(
            contains_eager(Query.due).joinedload(Return.contract),
            selectinload(Query.messages),
            joinedload(Query.indicator),
            joinedload(Query.owner),
        )
    )
    return list(db.session.scalars(found))


def _task(query: Query, text: str, urgency: Urgency) -> Task:
    return Task(text, url_for("review.show_query", query_id=query.id), f"{query.about}. {_when(query)}", urgency)


def _when(query: Query) -> str:
    """ "Answered.", "To be answered by 5 May 2023.", "Overdue by 3 working days."."""
    if query.status == queries.ANSWERED:
        return "Answered."
    if is_overdue(query):
        late = max(working_days_between(query.due_on, today()), 1)
        return f"Overdue by {late} working day{'s' if late > 1 else ''}."
    return f"To be answered by {day(query.due_on)}."
