"""What people do with summaries: start one, rewrite it, release it to the Board, withdraw a release.

A release is a stored, protected copy. It is never worked out again, and nothing else ever leaves the
commissioners.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.commissioning.models import Arrangement
from dacommission.db import check_version, db, unit_of_work
from dacommission.summaries import narrative
from dacommission.summaries.disclosure import Protected, protect, typed_leaks
from dacommission.summaries.document import from_json, to_json
from dacommission.summaries.live import narrative_problems, unprotected
from dacommission.summaries.models import Release, Summary
from dacommission.summaries.revised import accepted_since, readable_release
from dacommission.summaries.suppression import CannotProtect
from imports.periods import Period
from imports.reading import Severity

RELEASE_MARKING = "OFFICIAL. Protected for the Board"


class NotReleasable(Exception):
    """The summary cannot be released as it is; each sentence says why."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class FiguresMoved(Exception):
    """What would be released is no longer what the person looked at."""


class WithdrawnBefore(Exception):
    """Somebody withdrew this release already."""


def start(arrangement: Arrangement, period: Period, *, by: User) -> Summary:
    """The summary of an arrangement for a period: a new one with our own sentences, or the one there is."""
    with unit_of_work():
        query = select(Summary).where(Summary.arrangement_id == arrangement.id, Summary.period_key == period.key)
        summary = db.session.scalar(query)
        if summary is None:
            summary = Summary(
                arrangement_id=arrangement.id,
                period_key=period.key,
                narrative=narrative.default(period.kind),
            )
            db.session.add(summary)
            db.session.flush()
            audit.record("summary-started", subject=summary, by=by, period=period.key)
    return summary


def rewrite(summary: Summary, text: str, *, version: int, by: User) -> None:
    """New sentences for a summary. Raises Conflict when somebody else changed them meanwhile."""
    with unit_of_work():
        check_version(summary, version)
        summary.narrative = text
        audit.record("summary-rewritten", subject=summary, by=by, characters=len(text))


def protected(summary: Summary, *, today: date) -> Protected:
    """The summary as a release would hold it now. Raises NotReleasable."""
    wrong = [p.message for p in narrative_problems(summary, summary.narrative) if p.severity is Severity.ERROR]
    if wrong:
        raise NotReleasable(*wrong)
    live = unprotected(summary, today=today)
    try:
        found = protect(live, before=_released_before(summary))
    except CannotProtect as problem:
        raise NotReleasable(
            f"{problem} Release the whole year instead, or take the figure out of the summary."
        ) from None
    leaks = typed_leaks(live, found)
    if leaks:
        raise NotReleasable(*leaks)
    return replace(found, document=replace(found.document, marking=RELEASE_MARKING))


def content_digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def release(summary: Summary, *, seen: str, by: User, at: datetime, today: date) -> Release:
    """Freezes the protected summary for the Board. `seen` is the digest of what the person looked at.

    The same again, with nothing accepted since, is the release that is there already: a second press of the button.
    Raises FiguresMoved when it would be something else by now, and NotReleasable.
    """
    with unit_of_work():
        found = protected(summary, today=today)
        content = to_json(found.document)
        if content_digest(content) != seen:
            raise FiguresMoved
        last = readable_release(summary)
        if last is not None and last.sha256 == seen and not accepted_since(summary):
            return last
        query = select(func.max(Release.number)).where(Release.summary_id == summary.id)
        made = Release(
            summary_id=summary.id,
            number=(db.session.scalar(query) or 0) + 1,
            title=found.document.title,
            content=content,
            sha256=seen,
            released_at=at,
            released_by_id=by.id,
        )
        db.session.add(made)
        db.session.flush()
        audit.record(
            "summary-released", subject=made, by=by, sha256=seen, withheld=len(found.withheld), second_person=False
        )
    return made


def withdraw(released: Release, reason: str, *, by: User, at: datetime) -> None:
    """The Board no longer sees the release; it is kept. Raises WithdrawnBefore."""
    with unit_of_work():
        if released.withdrawn_at is not None:
            raise WithdrawnBefore
        released.withdrawn_at, released.withdrawn_by_id, released.withdrawn_reason = at, by.id, reason
        audit.record("release-withdrawn", subject=released, by=by, second_person=False)


def log_export(subject: Summary | Release, suffix: str, *, by: User) -> None:
    """Tells the audit log that somebody took a file away."""
    with unit_of_work():
        kind = "summary" if isinstance(subject, Summary) else "release"
        audit.record(f"{kind}-exported", subject=subject, by=by, format=suffix)


def _released_before(summary: Summary) -> dict[str, bool]:
    """Which figures the arrangement's releases have shown or withheld; a withdrawn one is remembered too."""
    contents = db.session.scalars(
        select(Release.content)
        .join(Summary)
        .where(Summary.arrangement_id == summary.arrangement_id)
        .order_by(Release.released_at, Release.id)
    )
    found: dict[str, bool] = {}
    for key, shown in _states(contents.all()):
        found[key] = found.get(key, False) or shown
    return found


def _states(contents: Iterable[str]) -> Iterator[tuple[str, bool]]:
    for content in contents:
        for figure in from_json(content).figures:
            if figure.value is not None or figure.status == "suppressed":
                yield figure.key, figure.value is not None
