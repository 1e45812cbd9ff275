"""Where the demo's people disagree: a slip that is asked about and put right, more time, and a waiver. All invented.

Each goes through the same actions as the pages do, so that its thread, its versions and its audit events are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.cycle import extensions
from dacommission.db import db
from dacommission.demo.registry import VICTIMS
from dacommission.returns.models import Return, Upload
from dacommission.review import queries
from dacommission.review.models import Query
from dacommission.review.queries import Question
from dacommission.waivers import actions as waivers
from dacommission.waivers.actions import Wanted
from dacommission.web.clock import london_day, working_days_after
from imports.reading import Part
from imports.template import Entry

SLIPPED = (VICTIMS, 2022, 2)
SLIP = ("HUB-01", 2521)  # two digits changed places: 2,512 were received
QUESTION = "The weekly notes add up to nine referrals fewer than this. Which is right? (invented)"
ANSWER = "Two digits had changed places. The new version has the right number, split by area again. (invented)"
SETTLED = "Settled with the new version. (invented)"


def slipped(entries: Iterable[Entry]) -> Iterator[Entry]:
    """What was typed at first: one count wrong, and its breakdowns left for later."""
    code, value = SLIP
    for entry in entries:
        if entry.code == code and entry.category is None and entry.part is Part.VALUE:
            yield replace(entry, value=value)
        elif entry.code != code:
            yield entry


def ask_about_slip(due: Return, upload: Upload, *, by: User, owner: User, at: datetime) -> Query:
    """The commissioner's query about the figure."""
    code, _ = SLIP
    figure = next(one for one in upload.standing if one.indicator_code == code and one.category is None)
    answer_by = working_days_after(london_day(at), 5)
    asked = Question(QUESTION, answer_by, owner=owner, indicator_code=code, observation=figure)
    return queries.ask(due, asked, upload=upload, version=due.version, by=by, at=at)


def settle(query: Query, *, provider: User, commissioner: User, at: datetime) -> None:
    """The provider's answer, and the commissioner's last word an hour later."""
    queries.answer(query, ANSWER, version=query.version, by=provider, at=at)
    queries.close(query, SETTLED, version=query.version, by=commissioner, at=at + timedelta(hours=1))


def argue(contract: Contract, *, by: User, at: datetime) -> None:
    """What waits for a commissioner: more time for the return that is late, and a waiver."""
    late = db.session.scalars(select(Return).where(Return.contract_id == contract.id, Return.status == "due")).one()
    reason = "The case system was replaced in July, and its figures are being checked. (invented)"
    until = working_days_after(london_day(at), 10)
    extensions.ask(late, until=until, reason=reason, version=late.version, by=by, at=at)
    reason = "The telephone system is being replaced, and its counts are not to be had until April 2024. (invented)"
    wanted = Wanted("mandatory-missing", "HUB-09", date(2023, 7, 1), date(2024, 3, 31), reason)
    waivers.ask(contract, wanted, by=by, at=at)
