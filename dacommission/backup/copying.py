"""Making a backup from a live database, and a database from a backup. Neither leaves anything half-done."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from flask_migrate import upgrade
from sqlalchemy import Connection, Table, func, select, text

from dacommission import audit
from dacommission.backup.rows import batches, columns_of, lines, tables
from dacommission.backup.sealing import SealBroken, seal, unseal
from dacommission.db import db
from dacommission.preparing import MIGRATIONS, is_known

MANIFEST = "manifest.json"
Held = tuple[Table, Sequence[str]]  # a table, and the columns that stand in its lines


class BackupProblem(Exception):
    """The backup could not be made or used; the message says what happened and what to do."""


@dataclass(frozen=True)
class TableCount:
    rows: int
    sha256: str  # of the table's lines
    columns: tuple[str, ...] = ()  # what stands in a line, in order; the first backups, of migration 0001, do not say


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, so that it can be held against it."""

    made_at: str
    schema: str  # the migration it stands at
    audit_event: int
    audit_hash: str
    tables: dict[str, TableCount]


def back_up(path: Path, *, passphrase: str) -> Manifest:
    """Writes a sealed backup to a new file and reads it back. Raises BackupProblem, leaving no file."""
    if path.exists():
        raise BackupProblem(f"{path} is there already. Give the name of a new file.")
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with tempfile.TemporaryFile() as plain:
            manifest = _write(plain)
            plain.seek(0)
            with unfinished.open("xb") as sealed:
                seal(plain, sealed, passphrase=passphrase)
        if verify(unfinished, passphrase=passphrase) != manifest:
            raise BackupProblem("The backup was read back and is not what was written. Try again on another disk.")
        unfinished.rename(path)
    except OSError as problem:
        raise BackupProblem(f"The backup could not be written: {problem.strerror}.") from problem
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _write(plain: BinaryIO) -> Manifest:
    """Everything, as it stood at one moment."""
    with db.engine.connect() as connection, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as archive:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        schema = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        last = connection.execute(
            select(audit.AuditEvent.id, audit.AuditEvent.hash).order_by(audit.AuditEvent.id.desc())
        ).first()
        counts = {table.name: _write_table(connection, archive, table) for table in tables(connection)}
        number, digest = (last.id, last.hash) if last else (0, audit.NO_EVENT)
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(made_at, schema, number, digest, counts)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), sort_keys=True, indent=1))
    return manifest


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> TableCount:
    columns = columns_of(table)
    counted, digest = 0, hashlib.sha256()
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as member:
        for line in lines(connection, table, columns):
            member.write(line)
            digest.update(line)
            counted += 1
    return TableCount(counted, digest.hexdigest(), columns)


def verify(path: Path, *, passphrase: str) -> Manifest:
    """What a backup file holds, every table counted and digested again. Raises BackupProblem."""
    with tempfile.TemporaryFile() as plain:
        return _verified(_unsealed(path, plain, passphrase))


def _unsealed(path: Path, plain: BinaryIO, passphrase: str) -> zipfile.ZipFile:
    try:
        with path.open("rb") as sealed:
            unseal(sealed, plain, passphrase=passphrase)
        return zipfile.ZipFile(plain)
    except FileNotFoundError:
        raise BackupProblem(f"There is no file {path}.") from None
    except (SealBroken, zipfile.BadZipFile) as problem:
        raise BackupProblem(f"{problem} Nothing was restored.") from None


def _verified(archive: zipfile.ZipFile) -> Manifest:
    written = json.loads(archive.read(MANIFEST))
    counts = {
        name: TableCount(count["rows"], count["sha256"], tuple(count.get("columns", ())))
        for name, count in written.pop("tables").items()
    }
    manifest = Manifest(**written, tables=counts)
    for name, count in counts.items():
        if not _tallies(_member_lines(archive, name), count):
            raise BackupProblem(f"The table {name} in the backup is not what the manifest says. Nothing was restored.")
    return manifest


def _tallies(found: Iterator[bytes], count: TableCount) -> bool:
    counted, digest = 0, hashlib.sha256()
    for line in found:
        digest.update(line)
        counted += 1
    return (counted, digest.hexdigest()) == (count.rows, count.sha256)


def _member_lines(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(f"{name}.jsonl") as member:
        yield from member


def restore(path: Path, *, passphrase: str) -> Manifest:
    """Fills an empty database from a backup, then checks it against the manifest. Raises BackupProblem.

    The database is brought to the backup's migration first, so that the backup's tables and columns are there by
    name, and to the newest one afterwards.
    """
    _refuse_data()
    with tempfile.TemporaryFile() as plain:
        archive = _unsealed(path, plain, passphrase)
        manifest = _verified(archive)
        if not is_known(manifest.schema):
            raise BackupProblem(
                f"The backup is of a newer version of the product (migration {manifest.schema}). Restore it with that "
                "version. Nothing was restored."
            )
        upgrade(directory=MIGRATIONS, revision=manifest.schema)
        _refuse_data()
        with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
            _defer_foreign_keys(connection)
            held = _held(connection, manifest)
            for table, columns in held:
                _fill(connection, table, columns, _member_lines(archive, table.name))
            _check(connection, manifest, held)
    upgrade(directory=MIGRATIONS)
    return manifest


def _refuse_data() -> None:
    with db.engine.connect() as connection:
        for table in tables(connection):
            if connection.execute(select(func.count()).select_from(table)).scalar():
                raise BackupProblem(
                    "The database has data in it. Restore into an empty one: set DATABASE_URL to a new database."
                )


def _held(connection: Connection, manifest: Manifest) -> list[Held]:
    """Each table with the columns that stand in its lines. Raises BackupProblem when these are not the migration's."""
    present = tables(connection)
    if {table.name for table in present} != set(manifest.tables):
        raise BackupProblem(f"The tables in the backup are not those of migration {manifest.schema}. Nothing was kept.")
    held: list[Held] = [(table, manifest.tables[table.name].columns or columns_of(table)) for table in present]
    strange = [table.name for table, columns in held if set(columns) != set(columns_of(table))]
    if strange:
        raise BackupProblem(
            f"The backup's table {strange[0]} is not that of migration {manifest.schema}. Nothing was kept."
        )
    return held


def _defer_foreign_keys(connection: Connection) -> None:
    postgresql = connection.dialect.name == "postgresql"
    connection.execute(text("SET CONSTRAINTS ALL DEFERRED" if postgresql else "PRAGMA defer_foreign_keys = ON"))


def _fill(connection: Connection, table: Table, columns: Sequence[str], written: Iterator[bytes]) -> None:
    for batch in batches(table, columns, written):
        connection.execute(table.insert(), batch)
    numbered = table.autoincrement_column
    if connection.dialect.name == "postgresql" and numbered is not None:
        _advance_sequence(connection, table, numbered.name)


def _advance_sequence(connection: Connection, table: Table, column: str) -> None:
    """The next row gets a number after the last restored one."""
    sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, column))).scalar()
    last = connection.execute(select(func.max(table.c[column]))).scalar()
    if sequence and last:
        connection.execute(select(func.setval(sequence, last)))


def _check(connection: Connection, manifest: Manifest, held: list[Held]) -> None:
    """Holds what was restored against the manifest, and the audit chain against itself."""
    for table, columns in held:
        if not _tallies(lines(connection, table, columns), manifest.tables[table.name]):
            raise BackupProblem(f"The table {table.name} was not restored as it was. Nothing was kept.")
    if connection.dialect.name == "sqlite":
        _check_file(connection)
    fault = next(audit.faults(connection), None)
    if fault:
        raise BackupProblem(f"The audit log in the backup is not whole: {fault.message} Nothing was kept.")


def _check_file(connection: Connection) -> None:
    answer: Any = connection.execute(text("PRAGMA integrity_check")).scalar()
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if answer != "ok" or broken:
        raise BackupProblem("The restored database does not pass its own checks. Nothing was kept.")
