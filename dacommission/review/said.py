"""What was said about the figures of a return: explanations, waivers and queries, by indicator. Reads only."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.db import db
from dacommission.returns.models import Return
from dacommission.review.models import QUERY_STATUSES, Query
from dacommission.submission.models import Explanation
from dacommission.waivers.actions import waived_on
from dacommission.web.words import day

CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Explained:
    """A provider's explanation of a figure."""

    what: str
    why: str
    action: str
    by_when: date | None
    by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, as far as a line of the review tells of it."""

    id: uuid.UUID
    number: int
    status: str
    due_on: date

    @property
    def is_open(self) -> bool:
        """Whether it still stands in the way of acceptance."""
        return self.status != CLOSED

    @property
    def words(self) -> str:
        """ "Query 3: waits for the provider, due 5 May 2023."."""
        until = f", due {day(self.due_on)}" if self.status == "open" else ""
        return f"Query {self.number}: {QUERY_STATUSES[self.status].lower()}{until}."


def explanations(return_id: uuid.UUID) -> dict[str, Explained]:
    """The explanations that go with a return, by indicator."""
    found = (
        select(
            *(Explanation.indicator_code, Explanation.what, Explanation.why, Explanation.action),
            *(Explanation.by_when, User.name),
        )
        .join(User, User.id == Explanation.written_by_id)
        .where(Explanation.return_id == return_id)
        .order_by(Explanation.indicator_code)
    )
    rows: Iterable[Any] = db.session.execute(found)
    return {code: Explained(*more) for code, *more in rows}


def waivers(due: Return) -> dict[str, list[str]]:
    """The waivers that cover a return, in words by indicator; "" for those that cover all of it."""
    words: dict[str, list[str]] = {}
    for one in waived_on(due.contract, due.period.end):
        said = f"Rule {one.rule} is waived until {day(one.ends_on)}: {one.reason}"
        words.setdefault(one.indicator_code or "", []).append(said)
    return words


def queries(return_id: uuid.UUID) -> dict[str, list[Asked]]:
    """The queries about a return by indicator, "" for those about the whole of it, in the order in which they came."""
    found = (
        select(Query.indicator_code, Query.id, Query.number, Query.status, Query.due_on)
        .where(Query.return_id == return_id)
        .order_by(Query.number)
    )
    asked: dict[str, list[Asked]] = {}
    rows: Iterable[Any] = db.session.execute(found)
    for code, *more in rows:
        asked.setdefault(code or "", []).append(Asked(*more))
    return asked
