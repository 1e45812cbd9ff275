"""The demo's joint impact summaries: 2022/23 as released to the Board, and 2021/22 as a draft."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.commissioning.models import Arrangement
from dacommission.db import db
from dacommission.summaries import actions
from dacommission.summaries.document import to_json
from imports.periods import Period

DRAFTED, RELEASED = Period.financial_year(2021), Period.financial_year(2022)


def add_summaries(*, by: User, at: datetime) -> None:
    """Both summaries, of which one is released as it stood at a moment."""
    arrangement = db.session.scalars(select(Arrangement)).one()
    actions.start(arrangement, DRAFTED, by=by)
    summary = actions.start(arrangement, RELEASED, by=by)
    shown = actions.protected(summary, today=at.date())
    actions.release(summary, seen=actions.content_digest(to_json(shown.document)), by=by, at=at, today=at.date())
