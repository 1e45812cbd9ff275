"""K3: the disk fills up at any page. All or nothing is kept, the page says so, reading goes on, and so does writing
as soon as there is room: nobody restarts anything."""

from __future__ import annotations

import resource
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select, update
from sqlalchemy.exc import OperationalError

from dacommission.accounts.models import User, UserSession
from dacommission.audit import AuditEvent, verify
from dacommission.db import db, is_full, unit_of_work
from dacommission.returns.models import Return, StoredObservation, Upload
from dacommission.roles import Role
from dacommission.submission import actions
from tests import make
from tests.due_returns.readings import observation, reading
from tests.faults import rounds
from tests.faults.prepared import cookie_of, world
from tests.faults.server import Server, starter
from tests.pages import text_of

PAGES = range(41)
FIGURES = 150
NOW = datetime(2022, 7, 12, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.own_app  # as the database is
CONTENT = bytes(40_000)
KILOBYTE = 1024


@pytest.fixture
def database_url(tmp_path: Path, migrated_file: Path) -> str:
    """SQLite only: a full disk of PostgreSQL's is its own server's affair, and shows as one error."""
    shutil.copy(migrated_file, tmp_path / "test.db")
    with closing(sqlite3.connect(tmp_path / "test.db")) as connection:
        connection.execute("VACUUM")  # the pages that migrations left free would be used first
    return f"sqlite:///{tmp_path}/test.db"


@contextmanager
def room_for(pages: int) -> Iterator[None]:
    """Within the block each connection may add so many pages to its database and no more."""

    def limit(connection: Any, record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            (there,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {there + pages}")

    event.listen(Engine, "connect", limit)
    db.session.remove()
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)
        db.session.remove()


def counted() -> tuple[int, ...]:
    tables = (Upload, StoredObservation, AuditEvent)
    return tuple(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def hand_in(due_id: Any, manager_id: Any) -> bool:
    """Whether a large return could be kept; it could not when there was no room."""
    due, manager = db.session.get_one(Return, due_id), db.session.get_one(User, manager_id)
    seen = [observation(value=number, cell=f"F{number}") for number in range(5, 5 + FIGURES)]
    read = reading(CONTENT, *seen)
    try:
        actions.hand_in(due, content=CONTENT, filename="a.xlsx", reading=read, by=manager, at=NOW)
    except OperationalError as problem:
        if not is_full(problem):
            raise
        return False
    return True


def test_a_disk_that_fills_at_any_page_keeps_all_or_nothing(app: Flask):
    make.indicator("HUB-01")
    manager_id = make.user(Role.PROVIDER_MANAGER).id
    outcomes = []
    for pages in PAGES:
        provider = db.session.get_one(User, manager_id).organisation
        due_id, before = make.due_return(make.contract(provider)).id, counted()

        with room_for(pages):
            kept = hand_in(due_id, manager_id)
            grown = (1, FIGURES, 2) if kept else (0, 0, 0)
            assert counted() == tuple(had + more for had, more in zip(before, grown, strict=True))

        assert kept or hand_in(due_id, manager_id)
        outcomes.append(kept)
    assert {False, True} == set(outcomes)
    assert list(verify()) == []
    assert db.session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_full_disk_has_a_page_of_its_own_and_everything_can_be_read(
    app: Flask, client_for, monkeypatch: pytest.MonkeyPatch
):
    made, client = world(app, client_for, monkeypatch, 1)
    (prepared,) = made.returns

    with room_for(0):
        refused = client.post(prepared.path, data=prepared.form)
        reading_on = client.get(f"/returns/{prepared.return_id}")

    assert refused.status_code == 507
    assert refused.headers["Retry-After"] == "60"
    assert "There is no room to save anything" in text_of(refused)
    assert reading_on.status_code == 200
    assert (prepared.uploads(), prepared.faults()) == (0, [])
    assert client.post(prepared.path, data=prepared.form).status_code == 302


def leave_unseen() -> None:
    """Lets the next page try to note that its reader was seen, as it does each minute."""
    with unit_of_work():
        db.session.execute(update(UserSession).values(seen_at=datetime.now(UTC) - timedelta(minutes=5)))
    db.session.remove()


def limit_files(server: Server, size: int) -> None:
    """No process of the server may make a file larger than this; what it tries to write beyond fails at once."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and _group(folder) == server.group:
            resource.prlimit(int(folder.name), resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _group(folder: Path) -> int | None:
    """The process group of a process; None when it has just ended."""
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[2])
    except OSError:
        return None


def test_a_real_server_out_of_room_refuses_cleanly_and_recovers_without_a_restart(
    app: Flask, database_url: str, client_for, monkeypatch: pytest.MonkeyPatch
):
    made, client = world(app, client_for, monkeypatch, rounds(3, of=20))
    cookie, log = cookie_of(client), Path(database_url.removeprefix("sqlite:///") + "-wal")
    db.session.remove()

    with starter(database_url) as starts:
        server = starts.start()
        assert server.ask("/account", cookie=cookie).status == 200
        for number, prepared in enumerate(made.returns):
            leave_unseen()
            limit_files(server, (log.stat().st_size if log.exists() else 0) + number * 4 * KILOBYTE)

            refused = server.ask(prepared.path, prepared.form, cookie=cookie)
            reading_on = server.ask(f"/returns/{prepared.return_id}", cookie=cookie)
            limit_files(server, resource.RLIM_INFINITY)
            kept = server.ask(prepared.path, prepared.form, cookie=cookie)

            assert (refused.status, reading_on.status, kept.status) == (507, 200, 302)
            assert (prepared.uploads(), prepared.faults()) == (1, [])
            db.session.remove()
    assert list(verify()) == []
