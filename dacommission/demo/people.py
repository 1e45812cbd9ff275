"""The demo's organisations and sign-ins. Organisations are real, from public papers; nobody here is a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from dacommission.accounts.models import User
from dacommission.accounts.passwords import hashed
from dacommission.audit import CommandLine, record
from dacommission.db import db, unit_of_work
from dacommission.organisations.models import Organisation, OrganisationName
from dacommission.roles import Role

DOMAIN = "demo.example"


@dataclass(frozen=True)
class Body:
    key: str
    name: str
    short_name: str
    kind: str
    former_name: str = ""
    renamed_on: date | None = None  # the first day of the present name
    successor: str = ""
    succeeded_on: date | None = None
    note: str = ""


BODIES = (
    Body(
        "combined-authority",
        "York and North Yorkshire Combined Authority",
        "YNYCA",
        "funding-body",
        note="Takes over the commissioner's functions in May 2024.",
    ),
    Body(
        "police",
        "Police, Fire and Crime Commissioner for North Yorkshire",
        "PFCC",
        "funding-body",
        successor="combined-authority",
        succeeded_on=date(2024, 5, 7),
        note="Lead commissioner: holds the contracts for all three bodies.",
    ),
    Body(
        "north-yorkshire",
        "North Yorkshire Council",
        "NYC",
        "funding-body",
        former_name="North Yorkshire County Council",
        renamed_on=date(2023, 4, 1),
    ),
    Body("york", "City of York Council", "CYC", "funding-body"),
    Body("idas", "IDAS", "IDAS", "provider", note="Victims' services, managed through one central hub."),
    Body("foundation", "Foundation", "Foundation", "provider", note="Part of Inspire North. Runs +Choices."),
    Body("icb", "Humber and North Yorkshire Integrated Care Board", "HNY ICB", "board-agency"),
)


@dataclass(frozen=True)
class Person:
    """A sign-in of the demo. Its password is known to everybody, which only the demo allows."""

    local: str  # of the e-mail address
    name: str
    role: Role
    body: str
    password: str

    @property
    def email(self) -> str:
        return f"{self.local}@{DOMAIN}"


PEOPLE = (
    Person("commissioner.police", "Commissioner, PFCC", Role.COMMISSIONER, "police", "lantern-otter-granite"),
    Person(
        "commissioner.northyorkshire", "Commissioner, NYC", Role.COMMISSIONER, "north-yorkshire", "harbour-maple-violin"
    ),
    Person("commissioner.york", "Commissioner, CYC", Role.COMMISSIONER, "york", "copper-meadow-falcon"),
    Person("manager.idas", "Manager, IDAS", Role.PROVIDER_MANAGER, "idas", "willow-marble-comet"),
    Person("uploader.idas", "Uploader, IDAS", Role.PROVIDER_UPLOADER, "idas", "saffron-bridge-heron"),
    Person("manager.foundation", "Manager, Foundation", Role.PROVIDER_MANAGER, "foundation", "amber-thistle-canyon"),
    Person("uploader.foundation", "Uploader, Foundation", Role.PROVIDER_UPLOADER, "foundation", "velvet-orchard-plume"),
    Person("board", "Board member, health", Role.BOARD_MEMBER, "icb", "pebble-juniper-sail"),
    Person("auditor", "Auditor", Role.AUDITOR, "north-yorkshire", "walnut-glacier-finch"),
    Person("admin", "Administrator", Role.ADMINISTRATOR, "police", "crimson-tundra-kettle"),
)


def add_organisations() -> dict[str, Organisation]:
    """The bodies by their keys, each after its successor."""
    added: dict[str, Organisation] = {}
    with unit_of_work():
        for body in BODIES:
            successor = added.get(body.successor)
            organisation = Organisation(
                name=body.name,
                short_name=body.short_name,
                kind=body.kind,
                note=body.note,
                successor=successor,
                succeeded_on=body.succeeded_on,
                names=_names(body),
            )
            db.session.add(organisation)
            db.session.flush()
            record("organisation-added", subject=organisation, by=CommandLine())
            added[body.key] = organisation
    return added


def _names(body: Body) -> list[OrganisationName]:
    if not body.former_name or body.renamed_on is None:
        return []
    last_day = date.fromordinal(body.renamed_on.toordinal() - 1)
    return [
        OrganisationName(name=body.former_name, valid_from=None, valid_to=last_day),
        OrganisationName(name=body.name, valid_from=body.renamed_on, valid_to=None),
    ]


def add_people(bodies: dict[str, Organisation]) -> dict[str, User]:
    """The sign-ins by the first part of their e-mail addresses."""
    added: dict[str, User] = {}
    with unit_of_work():
        for person in PEOPLE:
            user = User(
                email=person.email,
                name=person.name,
                role=person.role,
                organisation_id=bodies[person.body].id,
                password_hash=hashed(person.password),
                created_at=datetime.now(UTC),
            )
            db.session.add(user)
            db.session.flush()
            record("demo-user-added", subject=user, by=CommandLine(), security=True)
            added[person.local] = user
    return added
