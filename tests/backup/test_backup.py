"""Backup and restore: what comes back is what was there, and nothing damaged or foreign is taken."""

from __future__ import annotations

import uuid
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, func, select

from dacommission.audit import CommandLine, record, verify
from dacommission.backup import BackupProblem, back_up, copying, restore
from dacommission.backup.rows import columns_of, lines, tables
from dacommission.db import db, unit_of_work
from dacommission.organisations.models import Organisation
from dacommission.preparing import MIGRATIONS, standing
from dacommission.returns.models import Return
from tests import make
from tests.conftest import make_app

FIRST_FORMAT = Path(__file__).parent / "first-format.backup"  # made at migration 0001, its columns not named
KEY = "a passphrase of the tests' own, long enough"


# What an organisation has had since the first migration.
ORGANISATION = {
    "id": uuid.uuid4(),
    "version": 1,
    "kind": "provider",
    "name": "A provider",
    "short_name": "A",
    "note": "",
}


@pytest.fixture
def full_app(app: Flask) -> Flask:
    body = make.organisation("funding-body", name="Körper Ä")
    provider = make.organisation(successor_id=body.id)
    contract = make.contract(provider, paid_by=(body,))
    make.indicator("HUB-01")
    make.due_return(contract)
    make.user("commissioner", body)
    with unit_of_work():
        record("one", subject=contract, by=CommandLine())
        record("two", subject=provider, by=CommandLine())
    return app


@pytest.fixture
def empty_app(tmp_path: Path) -> Flask:
    return make_app(f"sqlite:///{tmp_path}/restored.db")


def content() -> dict[str, list[bytes]]:
    with db.engine.connect() as connection:
        return {table.name: list(lines(connection, table, columns_of(table))) for table in tables(connection)}


def test_a_restored_database_holds_every_row_of_the_old_one(full_app: Flask, empty_app: Flask, tmp_path: Path):
    back_up(tmp_path / "b", passphrase=KEY)
    before = content()

    with empty_app.app_context():
        restore(tmp_path / "b", passphrase=KEY)
        assert content() == before
        assert list(verify()) == []
        db.session.remove()


def test_a_restored_postgresql_goes_on_numbering_where_the_old_one_stopped(
    full_app: Flask, server: str, tmp_path: Path
):
    back_up(tmp_path / "b", passphrase=KEY)
    name = "restored_" + tmp_path.name.replace("-", "_").lower()[:40]
    engine = create_engine(server % "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine.dispose()

    with make_app(server % name).app_context():
        restore(tmp_path / "b", passphrase=KEY)
        with unit_of_work():
            record("three", subject=db.session.scalar(select(Organisation)), by=CommandLine())
        assert list(verify()) == []
        db.session.remove()


def test_a_backup_of_the_first_format_is_restored_and_brought_up_to_date(empty_url: str):
    with make_app(empty_url).app_context():
        restore(FIRST_FORMAT, passphrase=KEY)

        due = db.session.scalar(select(Return).where(Return.quarter == 1))
        assert (due.contract.reference, due.status) == ("DA-003", "accepted")
        assert due.contract.lead_commissioner.name == "Körper Ä"
        assert due.submitted_at == make.LONG_AGO
        assert [(seen.indicator_code, seen.value, seen.heading) for seen in due.uploads[0].observations] == [
            ("HUB-01", Decimal(12), ["Value"]),
            ("PRP-06", None, ["Value"]),
        ]
        assert due.uploads[0].content.startswith(b"Upload 1 of ")
        assert standing() == ScriptDirectory(MIGRATIONS).get_current_head()
        assert list(verify()) == []
        db.session.remove()


@pytest.mark.parametrize("migration", [script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions()])
def test_a_backup_made_at_an_earlier_migration_is_restored(empty_url: str, empty_app: Flask, tmp_path: Path, migration):
    with make_app(empty_url).app_context():
        upgrade(directory=MIGRATIONS, revision=migration)
        with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
            (organisation,) = (table for table in tables(connection) if table.name == "organisation")
            connection.execute(organisation.insert(), ORGANISATION)
        back_up(tmp_path / "b", passphrase=KEY)

    with empty_app.app_context():
        restore(tmp_path / "b", passphrase=KEY)
        assert standing() == ScriptDirectory(MIGRATIONS).get_current_head()
        assert db.session.scalar(select(func.count()).select_from(Organisation)) == 1
        db.session.remove()


def test_a_backup_whose_columns_are_not_its_migrations_is_refused(
    full_app: Flask, empty_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(copying, "columns_of", lambda table: columns_of(table)[1:])
    back_up(tmp_path / "b", passphrase=KEY)
    monkeypatch.undo()

    with empty_app.app_context():
        with pytest.raises(BackupProblem, match="is not that of migration"):
            restore(tmp_path / "b", passphrase=KEY)
        assert all(not rows for rows in content().values())
        db.session.remove()


def test_a_reference_that_goes_round_can_wait_for_the_end_of_a_restore():
    """Rows are written table by table; what refers to a later row must be deferrable on PostgreSQL."""
    after: set[str] = set()
    for table in db.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            mended = f"Make {key.name} deferrable, initially immediate, in the model and in its migration."
            assert key.referred_table.name in after or key.deferrable, mended
        after.add(table.name)


def test_a_database_with_data_is_never_restored_over(full_app: Flask, tmp_path: Path):
    back_up(tmp_path / "b", passphrase=KEY)

    with pytest.raises(BackupProblem, match="has data in it"):
        restore(tmp_path / "b", passphrase=KEY)


def test_a_backup_is_never_written_over(full_app: Flask, tmp_path: Path):
    back_up(tmp_path / "b", passphrase=KEY)

    with pytest.raises(BackupProblem, match="there already"):
        back_up(tmp_path / "b", passphrase=KEY)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data[: len(data) // 2], "cut off"),
        (lambda data: data[:-1], "cut off"),
        (lambda data: data[:30], "cut off"),
        (lambda data: data[:300] + bytes([data[300] ^ 1]) + data[301:], "damaged"),
        (lambda data: b"PK" + data, "not a backup"),
        (lambda data: b"", "not a backup"),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_is_restored(
    full_app: Flask, empty_app: Flask, tmp_path: Path, damage, said: str
):
    path = tmp_path / "b"
    back_up(path, passphrase=KEY)
    path.write_bytes(damage(path.read_bytes()))

    with empty_app.app_context():
        with pytest.raises(BackupProblem, match=said):
            restore(path, passphrase=KEY)
        db.session.remove()


def test_another_key_does_not_open_a_backup(full_app: Flask, empty_app: Flask, tmp_path: Path):
    back_up(tmp_path / "b", passphrase=KEY)

    with empty_app.app_context(), pytest.raises(BackupProblem, match="BACKUP_KEY"):
        restore(tmp_path / "b", passphrase="another key altogether")


def test_a_missing_file_is_said_to_be_missing(empty_app: Flask, tmp_path: Path):
    with empty_app.app_context(), pytest.raises(BackupProblem, match="There is no file"):
        restore(tmp_path / "none", passphrase=KEY)


def test_a_name_is_not_readable_in_the_backup(full_app: Flask, tmp_path: Path):
    back_up(tmp_path / "b", passphrase=KEY)

    assert "Körper".encode() not in (tmp_path / "b").read_bytes()
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 3


def test_a_folder_that_cannot_be_written_to_is_named(full_app: Flask, tmp_path: Path):
    with pytest.raises(BackupProblem, match="could not be written"):
        back_up(tmp_path / "no such folder" / "b", passphrase=KEY)


def test_a_backup_of_a_newer_version_is_refused(full_app: Flask, empty_app: Flask, tmp_path: Path):
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    back_up(tmp_path / "b", passphrase=KEY)

    with (
        empty_app.app_context(),
        pytest.raises(BackupProblem, match=r"newer version of the product \(migration 9999\)"),
    ):
        restore(tmp_path / "b", passphrase=KEY)
