"""A return of the golden year whose second version swaps two digits back: domain.md 11.17."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from arrangements import Joint

from dacommission.db import unit_of_work
from dacommission.returns.models import Return, StoredObservation
from dacommission.summaries import actions
from tests import make
from tests.pages import PageClient, text_of

RELEASED, REVISED = datetime(2023, 8, 12, 9, 0, tzinfo=UTC), datetime(2023, 8, 20, 9, 0, tzinfo=UTC)
KEPT = [column.key for column in StoredObservation.__table__.columns if column.key not in ("id", "upload_id")]


def swap_digits(due: Return) -> None:
    """What its first version said: 2,521 instead of 2,512."""
    referrals = next(one for one in due.uploads[0].observations if _is_referrals(one))
    with unit_of_work():
        referrals.value, referrals.shown = Decimal(2521), "2521"


def accept_second_version(due: Return) -> None:
    """The same figures but for the referrals, accepted after the release."""
    first = due.uploads[0].observations
    with unit_of_work():
        due.status, due.accepted_upload_id = "sent-back", None
    second = make.accepted(due, {})
    with unit_of_work():
        for one in first:
            again = StoredObservation(**{name: getattr(one, name) for name in KEPT})
            if _is_referrals(one):
                again.value, again.shown, again.comment = Decimal(2512), "2512", "Two digits were swapped."
            second.observations.append(again)
        due.decided_at = REVISED


def _is_referrals(one: StoredObservation) -> bool:
    return (one.indicator_code, one.category, one.part) == ("HUB-01", None, "value")


def test_a_second_version_shows_what_changed_what_it_touches_and_who_read_the_first(
    joint: Joint, client_for: Callable[..., PageClient]
) -> None:
    due = joint.idas_returns[1]
    swap_digits(due)
    found = actions.protected(joint.summary, today=date(2023, 9, 1))
    seen = actions.content_digest(actions.to_json(found.document))
    words = {"seen": seen, "by": joint.commissioner, "at": RELEASED, "today": date(2023, 9, 1)}
    released = actions.release(joint.summary, **words)
    client = client_for(joint.commissioner)
    assert "Revised since" not in text_of(client.get(f"/releases/{released.id}"))

    accept_second_version(due)

    changes = text_of(client.get(f"/returns/{due.id}/changes"))
    assert "1 figure differs" in changes
    assert "Changed 2,521 typed “2521” in" in changes
    assert "2,512 typed “2512” in" in changes
    assert "−9 Comment: Two digits were swapped." in changes
    assert "No rating differs between the two." in changes
    assert "it shows what is accepted, so it follows as soon as the change is accepted." in changes
    assert "release 1 : already issued. It keeps what it says, and would be revised since." in changes
    board, live = (
        text_of(client.get(f"/{page}")) for page in (f"releases/{released.id}", f"summaries/{joint.summary.id}")
    )
    assert "Revised since. This release keeps what it said. Accepted after it was made: DA-IDAS, Quarter 2" in board
    assert "9,748" in board
    assert "9,739" in live
    assert "9,748" not in live


def test_a_summary_and_its_sources_use_the_corrected_figure(
    joint: Joint, client_for: Callable[..., PageClient]
) -> None:
    due = joint.idas_returns[1]
    swap_digits(due)
    upload = due.uploads[0]
    with unit_of_work():
        old = next(one for one in upload.observations if _is_referrals(one))
        again = StoredObservation(**{name: getattr(old, name) for name in KEPT})
        again.value, again.shown, again.corrects_id = Decimal(2512), "2,512", old.id
        again.corrected_at, again.corrected_by_id, again.reason = REVISED, upload.received_by_id, "A slip."
        upload.observations.append(again)
        upload.revision += 1
    client = client_for(joint.commissioner)

    assert "9,739" in text_of(client.get(f"/summaries/{joint.summary.id}"))
    where = text_of(client.get(f"/summaries/{joint.summary.id}/where?figure=HUB-01+value+2022"))
    assert "2521 2,512. Corrected from 2,521 in the file, because “A slip.”" in where
