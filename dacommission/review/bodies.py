"""Which bodies fund a return's contract, and what each says of the version that stands. Reads only."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from dacommission.accounts.models import User
from dacommission.db import db
from dacommission.organisations.models import Organisation
from dacommission.returns.models import Return, Upload
from dacommission.review.models import BodyView
from dacommission.review.rule import Position, Verdict, verdict

Views = Mapping[uuid.UUID, BodyView]  # the standing view of each body that has given one


def funding_bodies(due: Return) -> list[Organisation]:
    """The lead commissioner, then by name every other body that contributes in the return's financial year."""
    lead = due.contract.lead_commissioner
    paying = {share.body for share in due.contract.contributions if share.financial_year == due.financial_year} - {lead}
    return [lead, *sorted(paying, key=lambda body: (body.name, body.id))]


def body_of(due: Return, user: User) -> Organisation | None:
    """The funding body for which somebody may speak; None where theirs does not pay in the return's year."""
    return next((body for body in funding_bodies(due) if body.id == user.organisation_id), None)


def standing_views(returns: Iterable[Return]) -> dict[uuid.UUID, dict[uuid.UUID, BodyView]]:
    """For each return, each body's view of its latest upload as its figures stand now: two questions in all."""
    latest = {due.id: due.latest_upload for due in returns}
    found = select(BodyView).where(BodyView.return_id.in_(latest), ~BodyView.set_aside).order_by(BodyView.number)
    found = found.options(joinedload(BodyView.body), joinedload(BodyView.recorded_by))
    views: dict[uuid.UUID, dict[uuid.UUID, BodyView]] = {key: {} for key in latest}
    for view in db.session.scalars(found):
        if view.about(latest[view.return_id]):
            views[view.return_id][view.body_id] = view
    return views


def views_on(due: Return) -> Views:
    """Each body's view of the latest upload as its figures stand now."""
    return standing_views([due])[due.id]


def earlier_views(due: Return) -> list[BodyView]:
    """The views that no longer stand: of earlier versions, set aside, or changed since; the latest first."""
    standing = set(views_on(due).values())
    found = select(BodyView).where(BodyView.return_id == due.id).order_by(BodyView.recorded_at.desc(), BodyView.id)
    return [view for view in db.session.scalars(found) if view not in standing]


def positions(due: Return, views: Views) -> list[Position]:
    """What each funding body says, the lead commissioner first."""
    lead = due.contract.lead_commissioner_id
    return [
        Position(body.name, body.id == lead, views[body.id].view if body.id in views else None)
        for body in funding_bodies(due)
    ]


def verdict_on(due: Return, views: Views) -> Verdict:
    """What the contract's rule says of the return with these views."""
    return verdict(due.contract.acceptance_rule, positions(due, views))


def verdict_with(due: Return, views: Views, body: Organisation) -> Verdict:
    """What the rule would say if the body agreed besides."""
    found = [replace(one, view="agrees") if one.body == body.name else one for one in positions(due, views)]
    return verdict(due.contract.acceptance_rule, found)


def objections(due: Return, views: Views, *, but_of: Organisation | None) -> Sequence[BodyView]:
    """The standing objections of the other funding bodies."""
    others = [body.id for body in funding_bodies(due) if body != but_of]
    return [views[key] for key in others if key in views and not views[key].agrees]


def to_be_read(due: Return, views: Views, body: Organisation) -> Sequence[BodyView]:
    """The objections that whoever accepts for a body has to have read: none where its agreement does not accept."""
    return objections(due, views, but_of=body) if verdict_with(due, views, body).met else ()


def number_of_views(upload: Upload, body_id: uuid.UUID) -> int:
    """How often a body has given its view of an upload as its figures stand now, set aside or not."""
    found = select(func.max(BodyView.number)).where(
        BodyView.upload_id == upload.id, BodyView.revision == upload.revision, BodyView.body_id == body_id
    )
    return db.session.scalar(found) or 0
