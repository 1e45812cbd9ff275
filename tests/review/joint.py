"""A return of a contract that three bodies pay for, and their people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.audit import AuditEvent
from dacommission.db import db, unit_of_work
from dacommission.returns.models import Return, StoredObservation
from dacommission.review.acceptance import Seen, as_it_stands
from dacommission.roles import Role
from tests import make

NOW = datetime(2022, 7, 12, 9, 30, tzinfo=UTC)
LATER = datetime(2022, 7, 13, 9, 30, tzinfo=UTC)


class Joint:
    """A submitted return of 2022/23 quarter 1; the county leads, the city and the police pay besides."""

    def __init__(self, rule: str = "any") -> None:
        self.indicator = make.indicator("HUB-01", name="Referrals received")
        bodies = [make.organisation("funding-body", name=name) for name in ("County", "City", "Police")]
        self.county, self.city, self.police = bodies
        self.contract = make.contract(lead=self.county, paid_by=tuple(bodies), acceptance_rule=rule)
        self.due: Return = make.due_return(self.contract)
        self.manager: User = make.user(Role.PROVIDER_MANAGER, self.contract.provider)
        self.of_county, self.also_of_county = (make.user(Role.COMMISSIONER, self.county) for _ in range(2))
        self.of_city, self.of_police = (make.user(Role.COMMISSIONER, body) for body in bodies[1:])
        make.submitted(self.due, {"HUB-01": 2398}, received_by_id=self.manager.id)
        self.path = f"/returns/{self.due.id}"

    def seen(self, who: User) -> Seen:
        """What somebody sees who looks now."""
        found = as_it_stands(self.due, who)
        assert found is not None
        return found

    def form(self, who: User, **more: Any) -> dict[str, Any]:
        """What a form carries that was made for somebody now."""
        seen = self.seen(who)
        carried = {"upload": seen.upload.id, "revision": seen.revision, "version": seen.version, "views": seen.number}
        return {**carried, **more}

    def new_version(self) -> None:
        """The provider sends another workbook in."""
        make.submitted(self.due, {"HUB-01": 2400}, received_by_id=self.manager.id)

    def correct(self) -> None:
        """A figure of the latest upload is corrected in the page."""
        upload = self.due.latest_upload
        assert upload is not None
        first = upload.observations[0]
        kept = {
            column.name: getattr(first, column.name)
            for column in StoredObservation.__table__.columns
            if column.name not in ("id", "value", "corrects_id", "corrected_at", "corrected_by_id", "reason")
        }
        corrected = {"corrects_id": first.id, "corrected_at": NOW, "corrected_by_id": self.manager.id, "reason": "So."}
        with unit_of_work():
            db.session.add(StoredObservation(**kept, value=2399, **corrected))
            upload.revision += 1
            self.due.version += 1

    def events(self) -> list[str]:
        found = select(AuditEvent.action).where(AuditEvent.subject_id == str(self.due.id)).order_by(AuditEvent.id)
        return list(db.session.scalars(found))
