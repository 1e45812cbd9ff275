"""The database: one session a request, one unit of work an action, the same on SQLite and PostgreSQL.

Reading needs nothing from here but `db.session`. Writing happens inside `unit_of_work()` and nowhere else.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, Numeric, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator

SQLITE_DIGITS = 15
WAIT_SECONDS = 10.0  # for another writer, before somebody is asked to come again
WRITE_LOCK = 6_387  # the one advisory lock that orders writers, and so the audit chain, on PostgreSQL


TAKE_WRITE_LOCK = text("SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock(:lock)")
# What the databases say when somebody else was writing for too long, or the server was restarted meanwhile.
BUSY = {
    sqlite3.SQLITE_BUSY,
    "40001",  # could not be serialised
    "40P01",  # deadlock
    "53300",  # too many connections
    "55P03",  # the lock was not free in time
    "57P01",  # being shut down
    "57P03",  # not yet started
}
# ... and when the disk, or what the service may use of it, is full. A quota shows as a failed write.
FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, "53100"}


class UtcTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both sides. A naive one is refused: nobody knows when it was."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal number, Numeric on both databases.

    SQLite keeps such numbers as binary fractions, which give back up to 15 significant digits unchanged;
    a longer number is refused there rather than bent.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.precision, self.scale = precision, scale

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(Numeric(self.precision, self.scale, asdecimal=dialect.name != "sqlite"))  # type: ignore[call-overload]

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        if len(Decimal(value).normalize().as_tuple().digits) > SQLITE_DIGITS:
            raise ValueError(f"{value} has more digits than SQLite keeps.")
        return float(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        number = value if isinstance(value, Decimal) else Decimal(repr(value))
        # 9739.000000 and 9739.0 are the same figure: shown and compared alike from either database.
        return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    registry = registry(type_annotation_map={datetime: UtcTime})


class Identified:
    """A record whose address cannot be guessed."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4, sort_order=-2)


class Versioned:
    """A record that two people may edit: a form carries the version it was made from."""

    version: Mapped[int] = mapped_column(default=1, sort_order=-1)


class Conflict(Exception):
    """Somebody else changed the record since this person looked."""


db = SQLAlchemy(model_class=Base)
migrate = Migrate()


def init_db(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory="migrations", render_as_batch=True, compare_type=True)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # transactions begin where _begin says, not where the driver guesses
    wait = f"busy_timeout = {WAIT_SECONDS * 1000:.0f}"
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", wait):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        # A deferred transaction that reads before it writes can fail in spite of any timeout.
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def unit_of_work() -> Iterator[None]:
    """All or nothing, one writer at a time, committed before any response is made.

    What was found before is read again under the write lock, so a decision is taken on what is true now.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("A unit of work begins with nothing unsaved.")
    session.rollback()
    with session.begin():
        connection = session.connection(execution_options={"writing": True})
        if connection.dialect.name == "postgresql":
            session.execute(TAKE_WRITE_LOCK, {"lock": WRITE_LOCK, "wait": f"{WAIT_SECONDS * 1000:.0f}ms"})
        yield


def is_busy(problem: OperationalError) -> bool:
    """Whether the same would succeed a little later."""
    return _code(problem) in BUSY


def is_full(problem: OperationalError) -> bool:
    """Whether there is no room to write; reading goes on."""
    return _code(problem) in FULL


def _code(problem: OperationalError) -> int | str | None:
    return getattr(problem.orig, "sqlite_errorcode", None) or getattr(problem.orig, "sqlstate", None)


def check_version(record: Versioned, version: int) -> None:
    """Raises Conflict when the record is no longer the one the form was made from.

    Called inside a unit of work. The new version is set here too, so that no edit can forget to.
    """
    if record.version != version:
        raise Conflict
    record.version = version + 1
