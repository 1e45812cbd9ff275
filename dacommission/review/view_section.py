"""What each funding body says of a return, as rows of a table and as a part of the return's page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from dacommission.accounts.models import User
from dacommission.commissioning.models import ACCEPTANCE_RULES
from dacommission.returns.models import Return
from dacommission.returns.workflow import ReturnStatus
from dacommission.review.acceptance import VIEWED
from dacommission.review.bodies import (
    Views,
    earlier_views,
    funding_bodies,
    positions,
    standing_views,
    verdict_on,
    views_on,
)
from dacommission.review.models import BodyView
from dacommission.review.rule import AGREEING, Position
from dacommission.roles import Permission
from dacommission.web.guard import may

# How a list sums up what the bodies say.
GROUPS = {"Agree": AGREEING, "Do not agree": {"objects"}, "No view yet": {None}}


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One body's view, or that it has given none."""

    body: str
    is_lead: bool
    key: str  # of VIEWS; "" where there is none
    words: str
    note: str
    about: str  # "Upload 2, after 1 correction"
    who: str
    at: datetime | None


def views_section(due: Return, user: User) -> str:
    """The part of a return's page; nothing before the return was submitted."""
    views, earlier = views_on(due), [_row(due, view) for view in earlier_views(due)]
    asked = due.status in VIEWED
    if not asked and not earlier and not views:
        return ""
    missing = verdict_on(due, views).missing if due.status != ReturnStatus.ACCEPTED else ()
    return render_template(
        "review/views_section.html",
        rows=view_rows(due, views) if asked else [],
        rule=ACCEPTANCE_RULES[due.contract.acceptance_rule],
        missing=missing,
        earlier=earlier if asked else [*(_row(due, view) for view in views.values()), *earlier],
    )


def notes_on_views(returns: Sequence[Return], user: User) -> dict[uuid.UUID, str]:
    """For a list of returns: what the bodies say of each that several of them pay for and that can be viewed."""
    viewed = [due for due in returns if due.status in VIEWED]
    views = standing_views(viewed)
    found = {due.id: positions(due, views[due.id]) for due in viewed}
    return {key: _note(said) for key, said in found.items() if len(said) > 1}


def _note(said: Sequence[Position]) -> str:
    """ "Agree: County. No view yet: City, Police."."""
    groups = {words: [one.body for one in said if one.view in views] for words, views in GROUPS.items()}
    return " ".join(f"{words}: {', '.join(bodies)}." for words, bodies in groups.items() if bodies)


def accepting_section(nothing: None, user: User) -> str:
    """The way from the list of returns to accepting several of them; nothing for whoever reviews none."""
    return render_template("review/accepting_section.html") if may(Permission.RETURNS_REVIEW) else ""


def view_rows(due: Return, views: Views) -> list[ViewRow]:
    """A row for each funding body, the lead commissioner first."""
    lead = due.contract.lead_commissioner_id
    return [
        _row(due, views[body.id])
        if body.id in views
        else ViewRow(body.name, body.id == lead, "", "No view yet", "", "", "", None)
        for body in funding_bodies(due)
    ]


def _row(due: Return, view: BodyView) -> ViewRow:
    corrected = f", after {view.revision} correction{'s' if view.revision > 1 else ''}" if view.revision else ""
    return ViewRow(
        body=view.body.name,
        is_lead=view.body_id == due.contract.lead_commissioner_id,
        key=view.view,
        words=view.words,
        note=view.note,
        about=f"Upload {view.upload.number}{corrected}",
        who=view.recorded_by.name,
        at=view.recorded_at,
    )
