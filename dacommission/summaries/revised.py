"""What was accepted since a summary was released, and so is not in the Board's copy. Reads only."""

from __future__ import annotations

from sqlalchemy import select

from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.returns.models import Return
from dacommission.summaries.models import Release, Summary


def readable_release(summary: Summary) -> Release | None:
    """The latest release that the Board can read."""
    return next((release for release in reversed(summary.releases) if not release.withdrawn_at), None)


def accepted_since(summary: Summary) -> list[Return]:
    """The returns of the summary's period that were accepted after its latest readable release."""
    release = readable_release(summary)
    return accepted_after(release) if release else []


def accepted_after(release: Release) -> list[Return]:
    """The returns of a release's period that were accepted after it was made: it is revised since."""
    summary = release.summary
    found = (
        select(Return)
        .join(Contract)
        .where(
            Contract.arrangement_id == summary.arrangement_id,
            Return.financial_year == summary.period.year,
            Return.accepted_upload_id.is_not(None),
            Return.decided_at > release.released_at,
        )
        .order_by(Return.quarter, Contract.reference, Return.id)
    )
    return [due for due in db.session.scalars(found) if summary.period.contains(due.period)]
