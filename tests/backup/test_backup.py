"""Backup and restore: what comes back is what was there, and nothing damaged or foreign is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select

from dacommission.audit import CommandLine, record, verify
from dacommission.backup import BackupProblem, back_up, restore
from dacommission.backup.rows import lines, tables
from dacommission.db import db, unit_of_work
from dacommission.organisations.models import Organisation
from tests import make
from tests.conftest import make_app

KEY = "a passphrase of the tests' own, long enough"


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
        return {table.name: list(lines(connection, table)) for table in tables(db.metadata)}


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
