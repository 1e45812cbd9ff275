"""What the quarterly cycle asks of somebody."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from sqlalchemy.orm import joinedload

from dacommission.accounts.models import User
from dacommission.cycle.extensions import open_requests
from dacommission.cycle.models import DueExtension
from dacommission.db import db
from dacommission.returns.models import Return
from dacommission.web.tasks import Task, Urgency
from dacommission.web.words import due_day


def to_decide(user: User) -> Iterator[Task]:
    """For whoever reviews returns: providers that ask for more time."""
    told = joinedload(DueExtension.due).joinedload(Return.contract), joinedload(DueExtension.asked_by)
    for asked in db.session.scalars(open_requests(user).options(*told)):
        yield Task(
            f"Decide on more time for {asked.due}",
            url_for("cycle.decide", extension_id=asked.id),
            f"{asked.asked_by.name} asks for {due_day(asked.due_at)}; it is due on {due_day(asked.due.due_at)}.",
            Urgency.NOW,
        )
