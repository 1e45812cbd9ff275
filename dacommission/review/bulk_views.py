"""Accepting several clean returns in one go, after their unusual figures were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from dacommission.db import Conflict, is_busy
from dacommission.returns.models import Return
from dacommission.returns.workflow import StepNotAllowed
from dacommission.review.acceptance import Seen, accept
from dacommission.review.acceptance_views import what_came_of_it
from dacommission.review.bulk import candidate_of, candidates, seen_in_key
from dacommission.review.views import review
from dacommission.roles import Permission
from dacommission.web.clock import now
from dacommission.web.guard import open_to

NOTHING_TICKED = "Tick the returns that you accept."
CHANGED = "It changed since you looked, so nothing was recorded. Review it as it is now."
BUSY = "The service was busy, so nothing was recorded. Try again."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one of the returns."""

    due: Return
    key: str  # "accepted", "recorded" or "refused"
    words: str


@review.get("/returns/accept")
@open_to(Permission.RETURNS_REVIEW)
def choose_several() -> ResponseReturnValue:
    """The returns that wait for the body's view: the clean ones to be ticked, the others with why not."""
    return _choosing(ticked=(), fault="")


@review.post("/returns/accept/confirm")
@open_to(Permission.RETURNS_REVIEW)
def confirm_several() -> ResponseReturnValue:
    """What would be accepted, each with its unusual figures. Changes nothing."""
    chosen = _chosen()
    if not chosen:
        return _choosing(ticked=(), fault=NOTHING_TICKED)
    found = [candidate_of(due, current_user) for _, due, _ in chosen]
    clean = [one for one in found if one is not None and not one.why_not]
    if len(clean) < len(chosen) or any(one.key != key for one, (key, _, _) in zip(clean, chosen, strict=True)):
        return _choosing(ticked=[key for key, _, _ in chosen], fault=CHANGED), HTTPStatus.CONFLICT
    return render_template("review/bulk_confirm.html", clean=clean, body=current_user.organisation)


@review.post("/returns/accept")
@open_to(Permission.RETURNS_REVIEW)
def accept_several() -> ResponseReturnValue:
    """Accepts each of the returns by itself, or records the body's agreement, and tells what came of each."""
    chosen = _chosen()
    if not chosen:
        return _choosing(ticked=(), fault=NOTHING_TICKED)
    outcomes = [_outcome(due, seen) for _, due, seen in chosen]
    return render_template("review/bulk_done.html", outcomes=outcomes)


def _choosing(*, ticked: Sequence[str], fault: str) -> str:
    found = candidates(current_user)
    return render_template(
        "review/bulk.html",
        clean=[one for one in found if not one.why_not],
        others=[one for one in found if one.why_not],
        body=current_user.organisation,
        ticked=ticked,
        fault=fault,
    )


def _chosen() -> list[tuple[str, Return, Seen]]:
    """What was ticked, once each; 404 where one of the returns is not for this person."""
    found = []
    for key in dict.fromkeys(request.form.getlist("chosen")):
        named = seen_in_key(key, current_user)
        if named is None:
            abort(HTTPStatus.NOT_FOUND)
        found.append((key, *named))
    return found


def _outcome(due: Return, seen: Seen) -> Outcome:
    at = now()
    try:
        accepted = accept(due, seen=seen, by=current_user, at=at)
    except Conflict:
        return Outcome(due, "refused", CHANGED)
    except StepNotAllowed as refusal:
        return Outcome(due, "refused", str(refusal))
    except OperationalError as trouble:
        if not is_busy(trouble):
            raise
        return Outcome(due, "refused", BUSY)
    return Outcome(due, "accepted" if accepted else "recorded", what_came_of_it(due, at))
