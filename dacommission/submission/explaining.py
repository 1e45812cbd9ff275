"""Explanations of a return's figures: kept as they are written, complete before the return is submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.db import Conflict, db, unit_of_work
from dacommission.indicators.models import Indicator
from dacommission.returns.models import Return, Upload
from dacommission.returns.steps import NOT_YOURS
from dacommission.returns.workflow import ReturnStatus, StepNotAllowed
from dacommission.roles import Permission
from dacommission.submission.asked import Asked, asked_of
from dacommission.submission.models import Explanation

ACCEPTED = "The return is accepted, so its explanations stay as they are."
REVIEWED = frozenset({ReturnStatus.SUBMITTED, ReturnStatus.QUERIED})  # somebody may be deciding on it
NOT_THE_PROVIDER = "The provider explains its own figures. A commissioner explains what was loaded on its behalf."


@dataclass(frozen=True)
class Draft:
    """What somebody wrote about one figure, and the version of the explanation it was written over."""

    what: str
    why: str
    action: str
    by_when: date | None
    version: int = 0  # 0 where there was none

    @property
    def is_blank(self) -> bool:
        return not (self.what or self.why or self.action or self.by_when)


class NotExplained(StepNotAllowed):
    """Some figures still ask for an explanation; the message names them."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        still = "1 figure still asks" if len(codes) == 1 else f"{len(codes)} figures still ask"
        super().__init__(f"{still} for an explanation: {', '.join(codes)}.")


def explanations_of(due: Return) -> list[Explanation]:
    """What the provider wrote about a return's figures, in the order of the catalogue."""
    query = (
        select(Explanation)
        .join(Explanation.indicator)
        .options(contains_eager(Explanation.indicator), joinedload(Explanation.written_by))
        .where(Explanation.return_id == due.id)
        .order_by(Indicator.position, Explanation.indicator_code)
    )
    return list(db.session.scalars(query))


def lacking(asked: Asked, explanation: Explanation | Draft | None) -> tuple[str, ...]:
    """The fields that an explanation still lacks: "what", "why" and, for a missed target, "action", "by_when"."""
    wanted = ("what", "why", "action", "by_when") if asked.needs_action else ("what", "why")
    return tuple(name for name in wanted if not getattr(explanation, name, None))


def must_be_explained(due: Return, upload: Upload) -> None:
    """Raises NotExplained while a figure asks for an explanation that is not there, or not whole."""
    written = {one.indicator_code: one for one in explanations_of(due)}
    missing = [asked.code for asked in asked_of(due, upload) if lacking(asked, written.get(asked.code))]
    if missing:
        raise NotExplained(missing)


def must_be_open_to(due: Return, user: User) -> None:
    """Raises StepNotAllowed where somebody may not write explanations of this return now."""
    if why_not := _why_not(due, user):
        raise StepNotAllowed(why_not)


def save_explanations(due: Return, drafts: Mapping[str, Draft], *, by: User, at: datetime) -> list[str]:
    """Keeps what was written, by indicator; gives back the codes of those that changed.

    An explanation left as it was is not touched.
    Whoever is reviewing the return has to look at it again. Raises StepNotAllowed, and Conflict, keeping nothing, when
    somebody else changed one of those that are changed here.
    """
    with unit_of_work():
        must_be_open_to(due, by)
        written = {one.indicator_code: one for one in explanations_of(due)}
        changed = [code for code, draft in drafts.items() if _is_changed(written.get(code), draft)]
        for code in changed:
            _save(due, code, written.get(code), drafts[code], by=by, at=at)
        if changed and due.status in REVIEWED:
            due.version += 1
        if changed:
            audit.record("return-explained", subject=due, by=by, indicators=changed, when=at.isoformat())
    return changed


def _why_not(due: Return, user: User) -> str:
    if db.session.scalar(Return.visible_to(user, Permission.RETURNS_UPLOAD).where(Return.id == due.id)) is None:
        return NOT_YOURS
    if due.status == ReturnStatus.ACCEPTED:
        return ACCEPTED
    upload = due.latest_upload
    theirs = user.organisation_id != due.contract.provider_id
    return NOT_THE_PROVIDER if theirs and not (upload and upload.on_behalf) else ""


def _is_changed(there: Explanation | None, draft: Draft) -> bool:
    if there is None:
        return not draft.is_blank
    return (there.what, there.why, there.action, there.by_when) != (draft.what, draft.why, draft.action, draft.by_when)


def _save(due: Return, code: str, there: Explanation | None, draft: Draft, *, by: User, at: datetime) -> None:
    if (there.version if there else 0) != draft.version:
        raise Conflict
    if there is None:
        there = Explanation(return_id=due.id, indicator_code=code, version=0)
        db.session.add(there)
    there.what, there.why, there.action, there.by_when = draft.what, draft.why, draft.action, draft.by_when
    there.written_at, there.written_by_id, there.version = at, by.id, there.version + 1
