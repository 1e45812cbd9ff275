"""Which summaries and releases use the figures of a return, and what a change of these would do to each."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from sqlalchemy import select

from dacommission.db import db
from dacommission.returns.models import Return
from dacommission.summaries.accepted import YEARS
from dacommission.summaries.models import Release, Summary

LIVE = "it shows what is accepted, so it follows as soon as the change is accepted."
PAST = "its trends reach back to this quarter, and follow as soon as the change is accepted."
ISSUED = "already issued. It keeps what it says, and would be revised since."


def touched_by(due: Return) -> Iterator[tuple[str, str, str]]:
    """The summaries that show the quarter or reach back to it, each with its releases; see review.touched."""
    if due.contract.arrangement_id is None:
        return
    found = select(Summary).where(Summary.arrangement_id == due.contract.arrangement_id)
    for summary in db.session.scalars(found.order_by(Summary.period_key, Summary.id)):
        period = summary.period
        shows = period.contains(due.period)
        reaches = due.period.end <= period.end and period.year - due.financial_year < YEARS
        if shows or reaches:
            name = f"{summary}, {summary.arrangement}"
            yield name, url_for("summaries.show", summary_id=summary.id), LIVE if shows else PAST
            yield from _issued(summary.releases)


def _issued(releases: list[Release]) -> Iterator[tuple[str, str, str]]:
    for release in releases:
        if release.withdrawn_at is None:
            yield str(release), url_for("releases.show", release_id=release.id), ISSUED
