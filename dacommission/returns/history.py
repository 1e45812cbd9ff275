"""What happened to a return, in words, from its audit events. Never a figure, and never a reason's text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import select

from dacommission.audit import AuditEvent
from dacommission.db import db
from dacommission.returns.models import DECLARED_AS

REFUSED = "upload-refused"
WORDS = {
    "return-receive": "Upload {upload} was received",
    "return-submit": "Upload {upload} was submitted",
    "return-resubmit": "Upload {upload} was submitted, with queries still open",
    "return-withdraw": "Upload {upload} was withdrawn",
    "return-fall-back": "Upload {upload} was withdrawn, and the one before it stands again",
    "return-explained": "Figures were explained: {indicators}",
    "return-accept": "Upload {upload} was accepted",
    "return-view": "{body} gave its view of upload {upload}",
    "return-send-back": "Upload {upload} was sent back",
    "return-reopen": "The acceptance of upload {upload} was taken back",
    "extension-asked": "More time was asked for",
    "extension-granted": "More time was granted",
    "extension-declined": "More time was declined",
    "extension-given": "More time was given",
    "return-correct": "A figure of upload {upload} was corrected in the page",
    "return-query": "Query {query} was raised on upload {upload}",
    "return-settle": "Query {query} was closed, the last one open",
    "query-answered": "Query {query} was answered",
    "query-asked-again": "Query {query} was asked again",
    "query-closed": "Query {query} was closed",
    "query-taken-over": "Query {query} was taken over by whoever answers it",
    REFUSED: "A workbook was refused and not kept",
}
REFUSALS = "{count} workbooks were refused and not kept"
ON_BEHALF = ", on the provider's behalf"
BESIDES_THE_MANAGER = ("deputy", "uploader")


@dataclass(frozen=True)
class Happening:
    words: str
    who: str
    at: datetime


def history(subject_id: object) -> list[Happening]:
    """What happened to one record, latest first; workbooks refused one after another are told as one."""
    found = select(AuditEvent).where(AuditEvent.subject_id == str(subject_id), AuditEvent.action.in_(WORDS))
    runs = groupby(db.session.scalars(found.order_by(AuditEvent.id.desc())), key=attrgetter("action"))
    return [one for action, run in runs for one in _told(action, [_happening(event) for event in run])]


def _told(action: str, run: Sequence[Happening]) -> Sequence[Happening]:
    """What one kind of step, taken once or more in a row, comes to: of refusals, when and by whom the last was."""
    if action != REFUSED or len(run) == 1:
        return run
    return [replace(run[0], words=REFUSALS.format(count=len(run)))]


def _happening(event: AuditEvent) -> Happening:
    details: dict[str, Any] = json.loads(event.details)
    lists = {"indicators": ", ".join(details.get("indicators", ()))}
    words = WORDS[event.action].format_map({"upload": "", "query": "", **details, **lists})
    if details.get("on_behalf"):
        words += ON_BEHALF
    if details.get("declared_as") in BESIDES_THE_MANAGER:
        words += f", declared by {DECLARED_AS[details['declared_as']]}"
    at = datetime.fromisoformat(details["when"]) if "when" in details else event.at
    return Happening(words, event.actor_name, at)
