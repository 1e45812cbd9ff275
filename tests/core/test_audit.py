"""The audit log: it is chained, it cannot be changed, and a change by other means is found."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from dacommission import audit
from dacommission.audit import CommandLine, head, record, verify
from dacommission.db import db, unit_of_work
from tests import make
from tests.tampering import without_guards

CHANGES = [
    "UPDATE audit_event SET actor_name = 'nobody' WHERE id = 2",
    "DELETE FROM audit_event WHERE id = 2",
    "DELETE FROM audit_event WHERE id = 3",
]
SQLITE_CHANGES = [
    "INSERT OR REPLACE INTO audit_event SELECT id, at, actor_id, 'x', actor_role, actor_organisation_id, action, "
    "subject_kind, subject_id, subject_name, contract_id, security, details, prev, hash FROM audit_event WHERE id = 2",
    "UPDATE OR REPLACE audit_event SET id = 3 WHERE id = 2",
]
POSTGRESQL_CHANGES = [
    "TRUNCATE audit_event",
    "SET session_replication_role = replica; DELETE FROM audit_event",
]


@pytest.fixture
def three_events(app: Flask) -> Flask:
    subject = make.organisation()
    for action in ("one", "two", "three"):
        with unit_of_work():
            record(action, subject=subject, by=CommandLine())
    return app


def test_a_whole_chain_has_no_fault(three_events: Flask):
    assert list(verify()) == []
    assert head()[0] == 3


def test_an_empty_log_is_whole(app: Flask):
    assert list(verify()) == []
    assert head() == (0, "0")


def test_the_database_refuses_every_change(three_events: Flask):
    others = SQLITE_CHANGES if db.engine.dialect.name == "sqlite" else POSTGRESQL_CHANGES

    for change in CHANGES + others:
        with pytest.raises(DatabaseError), db.engine.begin() as connection:
            connection.execute(text(change))

    assert list(verify()) == []


def test_an_event_that_does_not_follow_the_last_is_refused(three_events: Flask):
    with pytest.raises(DatabaseError), db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO audit_event SELECT 9, at, actor_id, actor_name, actor_role, actor_organisation_id, "
                "action, subject_kind, subject_id, subject_name, contract_id, security, details, prev, 'new' "
                "FROM audit_event WHERE id = 2"
            )
        )


def test_an_event_changed_by_the_owner_of_the_file_is_named(three_events: Flask):
    without_guards(db.engine, "UPDATE audit_event SET actor_name = 'nobody' WHERE id = 2")

    assert [(fault.event_id, "changed" in fault.message) for fault in verify()] == [(2, True)]


def test_an_event_taken_out_by_the_owner_of_the_file_is_named(three_events: Flask):
    without_guards(db.engine, "DELETE FROM audit_event WHERE id = 2")

    assert [fault.message for fault in verify()] == ["Event 2 is gone: the next one found is 3."]


def test_an_event_is_written_with_what_it_tells_of_or_not_at_all(app: Flask):
    subject = make.organisation()

    def half_done() -> None:
        with unit_of_work():
            record("half-done", subject=subject, by=CommandLine())
            raise LookupError

    with pytest.raises(LookupError):
        half_done()

    assert head() == (0, audit.NO_EVENT)
