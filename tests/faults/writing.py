"""Whether the service is inside a write transaction at this instant, seen from outside and without touching it."""

from __future__ import annotations

import fcntl
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, NullPool, create_engine, text

from dacommission.db import WRITE_LOCK

# The byte of a SQLite database's -shm file that is locked while somebody writes (WAL_WRITE_LOCK in its wal.c).
WRITER_BYTE = 120
FLOCK = "hhqqi4x"  # struct flock on 64-bit Linux: kind, whence, start, length, process


class Probe(Protocol):
    def __call__(self) -> bool: ...


@contextmanager
def probe(url: str) -> Iterator[Probe]:
    """Answers whether somebody is writing to a database. For SQLite, open no connection to it meanwhile."""
    if url.startswith("sqlite"):
        shared = Path(url.removeprefix("sqlite:///") + "-shm")
        shared.touch()
        with shared.open("rb+") as opened:
            yield lambda: _is_locked(opened.fileno())
        return
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with closing(engine.connect()) as connection:
        yield lambda: _is_held(connection)


def _is_locked(descriptor: int) -> bool:
    asked = struct.pack(FLOCK, fcntl.F_WRLCK, 0, WRITER_BYTE, 1, 0)
    kind, *_ = struct.unpack(FLOCK, fcntl.fcntl(descriptor, fcntl.F_GETLK, asked))
    return kind != fcntl.F_UNLCK


def _is_held(connection: Connection) -> bool:
    held = text(
        "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
        "WHERE locktype = 'advisory' AND objid = :lock AND granted AND datname = current_database()"
    )
    return bool(connection.execute(held, {"lock": WRITE_LOCK}).scalar())
