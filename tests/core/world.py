"""A small world for the permission tests: a provider, a body, their people, and one of each record.

`OF_A_RECORD` says for each name in an address which record it stands for. A route with a new name needs a
line here, or the tests fail.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from dacommission.accounts import links, sessions
from dacommission.accounts.models import User, UserSession
from dacommission.audit import CommandLine
from dacommission.commissioning.models import ExtensionOption
from dacommission.db import db, unit_of_work
from dacommission.indicators.installing import install_catalogue
from dacommission.indicators.models import Indicator, IndicatorAlias
from dacommission.review.models import Query
from dacommission.roles import Role
from dacommission.summaries.document import Document, KeyFigure, KeyFigures, digest, to_json
from dacommission.summaries.models import Release, Summary
from tests import make
from tests.summaries.summary_makers import figure

HUB = {"HUB-01": 20, "HUB-09": 40}


class World:
    """What belongs to one provider and the body that pays for it. Records are made when first asked for."""

    def __init__(self) -> None:
        if db.session.get(Indicator, "HUB-01") is None:
            install_catalogue(by=CommandLine())
        self.body, self.provider = make.organisation("funding-body"), make.organisation("provider")
        self.arrangement = make.arrangement()
        self.service = make.service()
        self.contract = make.contract(
            self.provider,
            lead=self.body,
            paid_by=(self.body,),
            arrangement_id=self.arrangement.id,
            submission_rule="one-person",  # under any other an uploader who is no deputy gets 403
            extension_options=[ExtensionOption(number=1, months=12)],
        )
        with unit_of_work():
            self.contract.services = [self.service]
        self.uploader = make.user(Role.PROVIDER_UPLOADER, self.provider)
        self.deputy = make.deputy(self.uploader)
        self.waiver = make.waiver(self.contract)
        self.kpi = make.kpi(self.contract, "HUB-01")
        self.due = make.due_return(self.contract, quarter=2)
        self.upload = make.accepted(make.due_return(self.contract, quarter=1), HUB)
        self.query = self._query()
        self.summary = self._summary()
        self.release = self._release()
        self.alias = self._alias()
        self.series = make.context_series(indicator_code="CTX-01")
        self.extension = make.extension(self.due)
        self.disposal = make.disposal(self.contract)
        self.known = make.known_row(self.contract)

    def person(self, role: Role) -> User:
        """Somebody of this world in a role."""
        of_provider = role in (Role.PROVIDER_MANAGER, Role.PROVIDER_UPLOADER)
        return make.user(role, self.provider if of_provider else self.body)

    def session_of(self, user: User) -> uuid.UUID:
        """Another browser in which somebody is signed in."""
        with unit_of_work():
            token = sessions.start(user, browser="elsewhere", at=datetime.now(UTC))
        return db.session.scalars(
            select(UserSession.id).where(UserSession.token_sha256 == sessions.digest(token))
        ).one()

    def link(self) -> str:
        """The token of a one-time link."""
        with unit_of_work():
            _, token = links.issue(self.uploader, at=datetime.now(UTC))
        return token

    def _query(self) -> Query:
        """A query about a submitted return of its own."""
        due = make.due_return(self.contract, quarter=3)
        kept = make.submitted(due, HUB)
        return make.query(due, kept, by=make.user(Role.COMMISSIONER, self.body))

    def _summary(self) -> Summary:
        with unit_of_work():
            found = Summary(
                arrangement_id=self.arrangement.id, period_key="2022", narrative="## Hub\n{{ HUB-01 }} referrals."
            )
            db.session.add(found)
        return found

    def _release(self) -> Release:
        shown = KeyFigures("Key figures", (KeyFigure("Referrals", figure(20, period="2022")),))
        document = Document("Joint impact summary 2022/23", "For the Board", "OFFICIAL", (shown,))
        with unit_of_work():
            found = Release(
                summary_id=self.summary.id,
                number=1,
                title=document.title,
                content=to_json(document),
                sha256=digest(document),
                released_at=make.LONG_AGO,
                released_by_id=self.uploader.id,
            )
            db.session.add(found)
        return found

    def _alias(self) -> IndicatorAlias:
        with unit_of_work():
            found = IndicatorAlias(indicator_code="HUB-01", text=f"referrals of {self.provider.name}", part="value")
            db.session.add(found)
        return found


# name in an address → the record it stands for, in a world, for the person who asks
Maker = Callable[[World, User], Any]
OF_A_RECORD: dict[str, Maker] = {
    "user_id": lambda world, person: world.uploader.id,
    "session_id": lambda world, person: world.session_of(person),
    "organisation_id": lambda world, person: world.provider.id,
    "arrangement_id": lambda world, person: world.arrangement.id,
    "service_id": lambda world, person: world.service.id,
    "contract_id": lambda world, person: world.contract.id,
    "contribution_id": lambda world, person: world.contract.contributions[0].id,
    "option_id": lambda world, person: world.contract.extension_options[0].id,
    "kpi_id": lambda world, person: world.kpi.id,
    "code": lambda world, person: "HUB-01",
    "alias_id": lambda world, person: world.alias.id,
    "return_id": lambda world, person: world.due.id,
    "deputy_id": lambda world, person: world.deputy.id,
    "waiver_id": lambda world, person: world.waiver.id,
    "known_id": lambda world, person: world.known.id,
    "upload_id": lambda world, person: world.upload.id,
    "disposal_id": lambda world, person: world.disposal.id,
    "extension_id": lambda world, person: world.extension.id,
    "query_id": lambda world, person: world.query.id,
    "series_id": lambda world, person: world.series.id,
    "summary_id": lambda world, person: world.summary.id,
    "release_id": lambda world, person: world.release.id,
    "token": lambda world, person: world.link(),
}
# Records that whoever has the permission at all may see: they belong to nobody.
SHARED = {"organisation_id", "service_id", "code", "alias_id", "series_id"}
# Parts of an address that stand for no record.
PLAIN = {"suffix": "csv", "filename": "app.js", "period_key": "2022"}
# What must stand after the question mark for the page to be there at all.
QUERIES = {
    "summaries.where": "figure=HUB-01+value+2022",
    "releases.where": "figure=HUB-01+value+2022",
}
# Reading that is itself put on record: figures leave the system with it.
LOGGED_READS = {"summaries.take", "releases.take", "returns.download_marked"}
