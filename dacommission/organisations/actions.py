"""What is done to organisations: add and edit, with their dated names and successors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from dacommission import audit
from dacommission.db import check_version, db, unit_of_work
from dacommission.organisations.models import Organisation, OrganisationKind, OrganisationName

OWN_TABLES = ("organisation", "organisation_name")


class NotPossible(Exception):
    """The organisation cannot be saved like this; the message says why and what to change."""


class DatedName(NamedTuple):
    """A name an organisation goes or went by; an end that is not known is None."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Successor:
    """Who took an organisation's work over, and from which day."""

    organisation_id: object
    succeeded_on: date | None


def add_organisation(
    *,
    name: str,
    short_name: str,
    kind: OrganisationKind | str,
    note: str,
    by: audit.Actor,
    names: Sequence[DatedName] = (),
    successor: Successor | None = None,
) -> Organisation:
    """A new organisation. Raises NotPossible, having saved nothing."""
    with unit_of_work():
        _require_new_name(name, besides=None)
        organisation = Organisation(name=name, short_name=short_name, kind=str(kind), note=note)
        _require_apart(names)
        organisation.names = [OrganisationName(**dated._asdict()) for dated in names]
        db.session.add(organisation)
        db.session.flush()
        _set_successor(organisation, successor)
        audit.record("organisation-added", subject=organisation, by=by, kind=organisation.kind)
    return organisation


def edit_organisation(
    organisation: Organisation,
    *,
    version: int,
    name: str,
    short_name: str,
    kind: OrganisationKind | str,
    note: str,
    names: Sequence[DatedName],
    successor: Successor | None,
    by: audit.Actor,
) -> None:
    """Changes what is known of an organisation. Raises Conflict or NotPossible, having saved nothing."""
    with unit_of_work():
        check_version(organisation, version)
        with db.session.no_autoflush:
            _require_new_name(name, besides=organisation)
            _require_apart(names)
            if organisation.kind != str(kind):
                _require_unused(organisation)
        organisation.name, organisation.short_name = name, short_name
        organisation.kind, organisation.note = str(kind), note
        _set_names(organisation, names)
        _set_successor(organisation, successor)
        audit.record("organisation-edited", subject=organisation, by=by)


def _require_new_name(name: str, *, besides: Organisation | None) -> None:
    same = select(Organisation.id).where(func.lower(Organisation.name) == name.lower())
    if besides is not None:
        same = same.where(Organisation.id != besides.id)
    if db.session.scalar(same.limit(1)):
        raise NotPossible(f"There is an organisation named {name} already. Use it, or choose a different name.")


def _require_unused(organisation: Organisation) -> None:
    """A kind stands for what an organisation's people and contracts may be, so it stays once there are any."""
    for table in db.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column is Organisation.__table__.c.id and table.name not in OWN_TABLES:
                used = select(key.parent).where(key.parent == organisation.id).limit(1)
                if db.session.execute(used).first():
                    raise NotPossible(
                        f"{organisation.name} has people or contracts, so it stays what it is. "
                        "Leave its kind, or add another organisation."
                    )


def _require_apart(names: Sequence[DatedName]) -> None:
    """Two names on one day would leave open which was meant."""
    for index, dated in enumerate(names):
        if dated.valid_from and dated.valid_to and dated.valid_to < dated.valid_from:
            raise NotPossible(f"The name {dated.name} ends before it begins. Correct one of its dates.")
        for other in names[index + 1 :]:
            if _overlap(dated, other):
                raise NotPossible(
                    f"The names {dated.name} and {other.name} are both in use on the same day. "
                    "Give the day the first ended and the day the second began."
                )


def _overlap(one: DatedName, other: DatedName) -> bool:
    return (one.valid_from or date.min) <= (other.valid_to or date.max) and (other.valid_from or date.min) <= (
        one.valid_to or date.max
    )


def _set_names(organisation: Organisation, names: Iterable[DatedName]) -> None:
    """Keeps the names that stay, so that each keeps its place in the database."""
    held = {(row.name, row.valid_from): row for row in organisation.names}
    kept = []
    for dated in names:
        row = held.get((dated.name, dated.valid_from)) or OrganisationName(name=dated.name, valid_from=dated.valid_from)
        row.valid_to = dated.valid_to
        kept.append(row)
    organisation.names = kept


def _set_successor(organisation: Organisation, successor: Successor | None) -> None:
    organisation.successor_id = None
    organisation.succeeded_on = successor.succeeded_on if successor else None
    if successor is None:
        return
    following = db.session.get(Organisation, successor.organisation_id)
    seen = following
    while seen is not None:
        if seen.id == organisation.id:
            raise NotPossible(
                f"{organisation.name} cannot follow itself, also not by way of others. Choose another successor."
            )
        seen = seen.successor
    organisation.successor_id = following.id if following else None
