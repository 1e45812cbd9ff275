"""What funding bodies decide about a return: each gives its view, and by the contract's rule it is accepted.

A view is given on one upload with its figures as they were looked at, never on another. Reasons and notes never
go into the audit log.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.db import Conflict, db, unit_of_work
from dacommission.organisations.models import Organisation
from dacommission.returns.models import Return, StoredObservation, Upload
from dacommission.returns.steps import NOT_YOURS, known_by, move
from dacommission.returns.workflow import STATUS_NAMES, ReturnStatus, Step, StepNotAllowed, after
from dacommission.review.bodies import body_of, number_of_views, objections, verdict_on, views_on
from dacommission.review.models import BodyView
from dacommission.roles import Permission

VIEWED = frozenset({ReturnStatus.SUBMITTED, ReturnStatus.QUERIED, ReturnStatus.ACCEPTED})
OWN_WORK = (
    "You uploaded, corrected or submitted this return yourself, so you cannot accept it. Ask another commissioner to "
    "review it."
)
NOT_VIEWED = "A view is given on a return that is submitted, queried or accepted. It is {status} now."
NOT_PAYING = "{body} does not pay towards {contract} in {year}, so it gives no view of this return."
FOR_ANOTHER = "You have given the view of another body on these figures. Ask a colleague to give this one."
STILL_QUERIED = "It has queries that are not closed."
UNREAD = "Of {bodies} there is an objection. Read why, and say that you have read it, before you accept."


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody looked at who decides: an upload with its figures, the return, and their own body's view."""

    upload: Upload
    revision: int  # of the upload
    version: int  # of the return
    number: int  # how many views the person's body had given on exactly these figures


def as_it_stands(due: Return, user: User) -> Seen | None:
    """What somebody sees who looks now; None before anything was received."""
    upload = due.latest_upload
    if upload is None:
        return None
    return Seen(upload, upload.revision, due.version, number_of_views(upload, user.organisation_id))


def accept(due: Return, *, seen: Seen, by: User, at: datetime, read: Collection[uuid.UUID] = ()) -> bool:
    """Records that the person's body agrees and, when the contract's rule is met by it, accepts the return.

    `read` are the objections of other bodies that the person has read: with another one the return waits. Says
    whether the return is accepted. Raises StepNotAllowed, and Conflict when something changed since they looked.
    """
    with unit_of_work():
        body = _speaking(due, seen, by)
        own = views_on(due).get(body.id)
        if own is None or not own.agrees:
            if due.status != ReturnStatus.ACCEPTED:
                after(ReturnStatus(due.status), Step.ACCEPT)
            _record(due, body, seen, view="agrees", note="", by=by, at=at)
            return _accepted_by_rule(due, body, by=by, at=at, read=read)
        after(ReturnStatus(due.status), Step.ACCEPT)
        if not _accepted_by_rule(due, body, by=by, at=at, read=read):
            raise StepNotAllowed(what_is_missing(due, by))
        return True


def give_view(
    due: Return, *, seen: Seen, view: str, note: str, by: User, at: datetime, read: Collection[uuid.UUID] = ()
) -> bool:
    """Records what the person's body thinks of exactly what they looked at; a changed mind is another view.

    Agreement, with reservations or without, accepts a submitted return as `accept` does. Says whether it is
    accepted. Raises as `accept` does.
    """
    with unit_of_work():
        body = _speaking(due, seen, by)
        _record(due, body, seen, view=view, note=note, by=by, at=at)
        return _accepted_by_rule(due, body, by=by, at=at, read=read)


def send_back(due: Return, *, seen: Seen, reason: str, by: User, at: datetime) -> None:
    """Sends a submitted return back to the provider with a reason. Raises Conflict or StepNotAllowed."""
    _decide_against(due, Step.SEND_BACK, seen=seen, reason=reason, by=by, at=at)


def reopen(due: Return, *, seen: Seen, reason: str, by: User, at: datetime) -> None:
    """Takes back an acceptance, with a reason, so that the provider can correct the return."""
    _decide_against(due, Step.REOPEN, seen=seen, reason=reason, by=by, at=at)


def is_own_work(due: Return, user: User) -> bool:
    """Whether somebody uploaded, corrected or submitted this return, and so gives no view of it."""
    sent = user.id == due.submitted_by_id or any(user.id == kept.received_by_id for kept in due.uploads)
    return sent or _has_corrected(due, user)


def _has_corrected(due: Return, user: User) -> bool:
    corrected = [kept.id for kept in due.uploads if kept.revision]
    own = select(StoredObservation.id).where(
        StoredObservation.upload_id.in_(corrected), StoredObservation.corrected_by_id == user.id
    )
    return bool(corrected) and db.session.scalar(own.limit(1)) is not None


def what_is_missing(due: Return, user: User) -> str:
    """What a return still waits for, in sentences: views by the contract's rule, or that an objection is read."""
    if due.status == ReturnStatus.QUERIED:
        return STILL_QUERIED
    views = views_on(due)
    objecting = " and ".join(view.body.name for view in objections(due, views, but_of=user.organisation))
    return " ".join(verdict_on(due, views).missing) or UNREAD.format(bodies=objecting)


def _speaking(due: Return, seen: Seen, by: User) -> Organisation:
    """The body for which the person gives a view of what stands now. Raises Conflict or StepNotAllowed."""
    _unchanged(due, seen, by)
    if due.status not in VIEWED:
        raise StepNotAllowed(NOT_VIEWED.format(status=STATUS_NAMES[ReturnStatus(due.status)].lower()))
    if db.session.scalar(Return.visible_to(by, Permission.RETURNS_REVIEW).where(Return.id == due.id)) is None:
        raise StepNotAllowed(NOT_YOURS)
    if is_own_work(due, by):
        raise StepNotAllowed(OWN_WORK)
    body = body_of(due, by)
    if body is None:
        raise StepNotAllowed(not_paying_words(due, by))
    if any(view.recorded_by_id == by.id and view.body_id != body.id for view in views_on(due).values()):
        raise StepNotAllowed(FOR_ANOTHER)
    return body


def not_paying_words(due: Return, user: User) -> str:
    """Why somebody's body gives no view of a return."""
    contract, year = due.contract.reference, due.period.year_label
    return NOT_PAYING.format(body=user.organisation, contract=contract, year=year)


def _unchanged(due: Return, seen: Seen, by: User) -> None:
    """Raises Conflict unless what the person looked at stands, but for another body's acceptance of just that."""
    same_figures = due.latest_upload is seen.upload and seen.upload.revision == seen.revision
    if not same_figures or number_of_views(seen.upload, by.organisation_id) != seen.number:
        raise Conflict
    if due.version != seen.version and not _only_accepted_since(due, seen, by):
        raise Conflict


def _only_accepted_since(due: Return, seen: Seen, by: User) -> bool:
    decided_by = due.decided_by
    return (
        due.accepted_upload_id == seen.upload.id
        and due.version == seen.version + 1
        and decided_by is not None
        and decided_by.organisation_id != by.organisation_id
    )


def _record(due: Return, body: Organisation, seen: Seen, *, view: str, note: str, by: User, at: datetime) -> None:
    given = BodyView(
        return_id=due.id,
        upload_id=seen.upload.id,
        revision=seen.revision,
        body_id=body.id,
        number=seen.number + 1,
        view=view,
        note=note,
        recorded_at=at,
        recorded_by_id=by.id,
    )
    db.session.add(given)
    told: dict[str, Any] = {**known_by(seen.upload), "revision": given.revision, "number": given.number}
    audit.record("return-view", subject=due, by=by, when=at.isoformat(), body=body.name, view=view, **told)


def _accepted_by_rule(due: Return, body: Organisation, *, by: User, at: datetime, read: Collection[uuid.UUID]) -> bool:
    """Accepts a submitted return where the rule is met and no objection is unread; says whether it is accepted."""
    if due.status == ReturnStatus.SUBMITTED:
        views, upload = views_on(due), due.latest_upload
        agrees = body.id in views and views[body.id].agrees
        unread = any(view.id not in read for view in objections(due, views, but_of=body))
        if upload is not None and agrees and verdict_on(due, views).met and not unread:
            decided = {"accepted_upload_id": upload.id, "decided_at": at, "decided_by_id": by.id}
            move(due, Step.ACCEPT, by=by, at=at, changes=decided, details=known_by(upload))
    return due.status == ReturnStatus.ACCEPTED


def _decide_against(due: Return, step: Step, *, seen: Seen, reason: str, by: User, at: datetime) -> None:
    """What the bodies thought of the version stays on record, and is asked for anew should it come again."""
    with unit_of_work():
        if due.version != seen.version:
            raise Conflict
        _unchanged(due, seen, by)
        decided = {"accepted_upload_id": None, "reason": reason, "decided_at": at, "decided_by_id": by.id}
        move(due, step, by=by, at=at, changes=decided, details=known_by(seen.upload))
        db.session.execute(update(BodyView).where(BodyView.return_id == due.id).values(set_aside=True))
