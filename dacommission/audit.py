"""What was done, by whom and when: append-only, each event chained to the one before by its digest.

No foreign keys, so that the log can neither block nor lose with live data; names are copied in. An event
is written in the same transaction as what it tells of. It never holds a figure or a cell's content.
The database itself refuses changes: see the triggers in migrations/versions/0001.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import Mapped, mapped_column

from dacommission.db import db

DOMAIN = "dacommission-audit-1"
NO_EVENT = "0"


class AuditEvent(db.Model):  # type: ignore[name-defined]
    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]
    actor_role: Mapped[str]
    actor_organisation_id: Mapped[uuid.UUID | None]
    action: Mapped[str] = mapped_column(index=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[str] = mapped_column(index=True)
    subject_name: Mapped[str]
    contract_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    security: Mapped[bool]  # about accounts and sign-ins: what an administrator may read
    details: Mapped[str]  # canonical JSON
    prev: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class Actor(Protocol):
    """Who acts: a user, or the command line."""

    @property
    def id(self) -> uuid.UUID | None: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def organisation_id(self) -> uuid.UUID | None: ...


@dataclass(frozen=True)
class CommandLine:
    """Whoever may run commands on the server."""

    id: None = None
    name: str = "Command line"
    role: str = "command-line"
    organisation_id: None = None


@dataclass(frozen=True)
class Nobody:
    """Somebody who is not signed in."""

    id: None = None
    name: str = "Not signed in"
    role: str = "none"
    organisation_id: None = None


def record(action: str, *, subject: object, by: Actor, security: bool = False, **details: object) -> AuditEvent:
    """Adds the event to the unit of work in hand; it must be one.

    `subject` is a record: its table, id, words and, where it has one, contract are copied.
    `details` become JSON; give ids, states and rule names, never figures.
    """
    last = db.session.scalar(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1))
    written = AuditEvent(
        id=(last.id if last else 0) + 1,
        at=datetime.now(UTC),
        actor_id=by.id,
        actor_name=by.name,
        actor_role=str(by.role),
        actor_organisation_id=by.organisation_id,
        action=action,
        subject_kind=getattr(subject, "__tablename__", type(subject).__name__),
        subject_id=str(getattr(subject, "id", "")),
        subject_name=str(subject),
        contract_id=_contract_id(subject),
        security=security,
        details=json.dumps(details, sort_keys=True, default=str, ensure_ascii=False),
        prev=last.hash if last else NO_EVENT,
    )
    written.hash = digest(written)
    db.session.add(written)
    db.session.flush()
    return written


def _contract_id(subject: object) -> uuid.UUID | None:
    if getattr(subject, "__tablename__", "") == "contract":
        return subject.id  # type: ignore[attr-defined]
    return getattr(subject, "contract_id", None)


def digest(event: AuditEvent | Row[Any]) -> str:
    """SHA-256 over the event before it, its number, its time and everything it says, as hexadecimal."""
    fields = [
        event.prev,
        event.id,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id and str(event.actor_id),
        event.actor_name,
        event.actor_role,
        event.actor_organisation_id and str(event.actor_organisation_id),
        event.action,
        event.subject_kind,
        event.subject_id,
        event.subject_name,
        event.contract_id and str(event.contract_id),
        event.security,
        event.details,
    ]
    return hashlib.sha256(json.dumps([DOMAIN, *fields], ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class ChainFault:
    event_id: int
    message: str


def verify() -> Iterator[ChainFault]:
    """The events that no longer fit the chain, first to last; nothing when it is whole."""
    return faults(db.session.connection())


def faults(connection: Connection) -> Iterator[ChainFault]:
    """As `verify`, over a connection of the caller's."""
    expected_id, prev = 1, NO_EVENT
    query = select(AuditEvent.__table__).order_by(AuditEvent.id)
    for event in connection.execution_options(yield_per=500).execute(query):
        if event.id != expected_id:
            yield ChainFault(event.id, f"Event {expected_id} is gone: the next one found is {event.id}.")
        elif event.prev != prev:
            yield ChainFault(event.id, f"Event {event.id} does not follow the event before it.")
        if event.hash != digest(event):
            yield ChainFault(event.id, f"Event {event.id} was changed after it was written.")
        expected_id, prev = event.id + 1, event.hash


def head() -> tuple[int, str]:
    """The number and digest of the last event, to be kept outside the database; (0, "0") when there is none."""
    last = db.session.execute(select(AuditEvent.id, AuditEvent.hash).order_by(AuditEvent.id.desc())).first()
    return (last.id, last.hash) if last else (0, NO_EVENT)
