"""What the keeping of original files asks of somebody."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for

from dacommission.accounts.models import User
from dacommission.db import db
from dacommission.retention.actions import to_decide
from dacommission.web.tasks import Task, Urgency
from dacommission.web.words import financial_year


def disposals(user: User) -> Iterator[Task]:
    """The disposals that another body proposed."""
    for proposed in db.session.scalars(to_decide(user)):
        yield Task(
            f"Decide on the disposal of original files of {proposed.contract.reference}",
            url_for("retention.decide", disposal_id=proposed.id),
            f"{proposed.proposed_by.name} proposes it up to {financial_year(proposed.through_year)}.",
            Urgency.SOON,
        )
