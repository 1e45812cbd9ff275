"""What summaries and releases ask of somebody, for the first page."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for

from dacommission.accounts.models import User
from dacommission.db import db
from dacommission.summaries.models import Summary
from dacommission.summaries.release_views import readable
from dacommission.summaries.revised import accepted_since
from dacommission.web.clock import LONDON
from dacommission.web.tasks import Task, Urgency
from dacommission.web.words import day

LATEST = 3


def to_release(user: User) -> Iterator[Task]:
    """The summaries of which the Board can read no release, or none with what was accepted since."""
    for summary in db.session.scalars(Summary.visible_to(user)):
        if all(release.withdrawn_at for release in summary.releases):
            yield Task(
                f"Release {summary} to the Board",
                url_for("summaries.show", summary_id=summary.id),
                "The Board has no release of it to read.",
                Urgency.SOON,
            )
        elif since := accepted_since(summary):
            yield Task(
                f"Release {summary} to the Board again",
                url_for("summaries.show", summary_id=summary.id),
                f"Accepted since the last release: {'; '.join(map(str, since))}.",
                Urgency.SOON,
            )


def to_read(user: User) -> Iterator[Task]:
    """The latest releases that can be read."""
    for release in db.session.scalars(readable().limit(LATEST)):
        state = (
            "Withdrawn."
            if release.withdrawn_at
            else f"Released on {day(release.released_at.astimezone(LONDON).date())}."
        )
        yield Task(f"Read {release}", url_for("releases.show", release_id=release.id), state, Urgency.LATER)
