"""What returns ask of somebody: of a reviewer, and of whoever sends them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from flask import url_for

from dacommission.accounts.models import User
from dacommission.cycle.extensions import is_asked
from dacommission.db import db
from dacommission.returns.deadlines import due_words, is_late, is_open_for_uploads
from dacommission.returns.models import Return
from dacommission.returns.workflow import ReturnStatus
from dacommission.review.acceptance import is_own_work
from dacommission.review.bodies import Views, body_of, standing_views, verdict_on
from dacommission.roles import Permission
from dacommission.submission.parts import may_submit
from dacommission.web.clock import now, today
from dacommission.web.guard import may
from dacommission.web.tasks import Task, Urgency
from dacommission.web.words import due_day

SOON = timedelta(days=28)


def to_review(user: User) -> Iterator[Task]:
    """For whoever reviews returns: submitted, late, due soon, sent back, uploaded and not submitted."""
    waiting = _waiting(user, Permission.RETURNS_REVIEW)
    submitted = [due for due in waiting if due.status == ReturnStatus.SUBMITTED]
    yield from _to_be_viewed(submitted, user)
    for due in waiting:
        if due in submitted:
            continue
        if due.backfilled or due.status == ReturnStatus.QUERIED:
            continue  # nobody waits for the one; the queries of the other are tasks of their own
        elif is_late(due, today()):
            yield _task(due, f"{due} is {due_words(due, today())}", _state(due), Urgency.LATE)
        elif due.status == ReturnStatus.SENT_BACK:
            yield _task(due, f"{due} is with the provider", _state(due), Urgency.LATER)
        elif due.due_at - now() <= SOON:
            yield _task(due, f"{due} is {due_words(due, today())}", _state(due), Urgency.SOON)


def to_send(user: User) -> Iterator[Task]:
    """For the provider: what was sent back, what waits to be submitted, what is late and what is due next."""
    if may(Permission.RETURNS_REVIEW):
        return
    waiting = _waiting(user, Permission.RETURNS_UPLOAD)
    yield from (_sent_back(due) for due in waiting if due.status == ReturnStatus.SENT_BACK)
    yield from (_received(due, user) for due in waiting if due.status == ReturnStatus.RECEIVED)
    still_due = [due for due in waiting if due.status == ReturnStatus.DUE and not due.backfilled]
    late = [due for due in still_due if is_late(due, today())]
    for due in late:
        yield _fill_in(due, Urgency.LATE)
    for due in _next(due for due in still_due if due not in late):
        yield _fill_in(due, Urgency.NOW if due.period.end < today() else Urgency.SOON)


def _waiting(user: User, permission: Permission) -> list[Return]:
    """The returns that are not accepted, the earliest first."""
    found = Return.visible_to(user, permission).where(Return.status != ReturnStatus.ACCEPTED)
    return list(db.session.scalars(found.order_by(None).order_by(Return.due_at, Return.contract_id, Return.id)))


def _next(waiting: Iterable[Return]) -> Iterator[Return]:
    """The next return of each contract."""
    seen = set()
    for due in waiting:
        if due.contract_id not in seen:
            seen.add(due.contract_id)
            yield due


def _to_be_viewed(submitted: Sequence[Return], user: User) -> Iterator[Task]:
    """What waits for the view of the person's body, and what waits for others."""
    views = standing_views(submitted)
    reviews = [_review(due, views[due.id], user) for due in submitted]
    mine = sum(task.urgency is Urgency.NOW for task in reviews)
    if mine > 1:
        text = f"{mine} returns wait for the view of {user.organisation.name}"
        detail = "Those with nothing open can be accepted in one go."
        yield Task(text, url_for("review.choose_several"), detail, Urgency.NOW)
    yield from reviews


def _review(due: Return, views: Views, user: User) -> Task:
    body = body_of(due, user)
    if is_own_work(due, user):
        detail = "You uploaded, corrected or submitted it, so another commissioner accepts it."
        return _task(due, f"{due} waits for another commissioner", detail, Urgency.LATER)
    if body is None or body.id in views:
        missing = " ".join(verdict_on(due, views).missing)
        return _task(due, f"{due} waits for others", missing or "It can be accepted.", Urgency.LATER)
    return Task(
        f"Review {due}",
        url_for("review.show", return_id=due.id),
        f"{_from(due)}, {due_words(due, today())}.",
        Urgency.NOW,
    )


def _from(due: Return) -> str:
    upload, provider = due.latest_upload, due.contract.provider.short_name
    if upload is not None and upload.on_behalf:
        return f"Loaded by {upload.received_by.name} on behalf of {provider}"
    return f"From {provider}"


def _sent_back(due: Return) -> Task:
    return Task(
        f"Mend {due}",
        url_for("returns.show", return_id=due.id),
        f"Sent back: {due.reason}",
        Urgency.NOW,
        (("Upload the mended workbook", url_for("submission.upload", return_id=due.id)),),
    )


def _received(due: Return, user: User) -> Task:
    if may_submit(due, user):
        return _task(due, f"Submit {due}", f"A workbook is uploaded. {_sentence(due)}", Urgency.NOW)
    return _task(due, f"{due} waits for your manager to submit it", due_words(due, today()), Urgency.LATER)


def _sentence(due: Return) -> str:
    """ "Late by 29 working days."."""
    words = due_words(due, today())
    return f"{words[0].upper()}{words[1:]}."


def _fill_in(due: Return, urgency: Urgency) -> Task:
    links = [("Download the workbook", url_for("returns.workbook", return_id=due.id))]
    if is_open_for_uploads(due, today(), on_behalf=False):
        links.append(("Upload it", url_for("submission.upload", return_id=due.id)))
    asked = is_asked(due)
    if urgency is Urgency.LATE and not asked:
        links.append(("Ask for more time", url_for("cycle.ask", return_id=due.id)))
    return Task(
        f"Fill in {due}",
        url_for("returns.show", return_id=due.id),
        f"{_sentence(due)}{' More time is asked for.' if asked else ''}",
        urgency,
        tuple(links),
    )


def _state(due: Return) -> str:
    words = {
        ReturnStatus.DUE: "nothing was received yet.",
        ReturnStatus.RECEIVED: "a workbook is uploaded and not submitted.",
        ReturnStatus.SENT_BACK: f"sent back: {due.reason}",
    }
    return f"{due.contract.provider.short_name}: {words[ReturnStatus(due.status)]} Due day: {due_day(due.due_at)}."


def _task(due: Return, text: str, detail: str, urgency: Urgency) -> Task:
    return Task(text, url_for("returns.show", return_id=due.id), detail, urgency)
