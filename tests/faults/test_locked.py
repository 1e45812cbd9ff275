"""K4: another process writes for long. Within the wait all goes well; beyond it the sender is asked to come again."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from dacommission import db as database
from dacommission.db import WAIT_SECONDS, WRITE_LOCK, db
from tests.faults import is_full
from tests.faults.prepared import Prepared, world
from tests.pages import PageClient, text_of

WITHIN = [1, 5] if is_full() else [1]
BEYOND = 15  # seconds for which somebody writes, in the full recipe
SHORT_WAIT = 0.3  # seconds a request waits otherwise

HOLDING = """
import sys
from sqlalchemy import create_engine, text
url, lock = sys.argv[1:]
with create_engine(url).connect() as connection:
    if url.startswith("sqlite"):
        connection.connection.driver_connection.isolation_level = None
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE")
    else:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({lock})"))
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def writing_elsewhere(url: str, seconds: float | None = None) -> Iterator[None]:
    """Another process holds the writer's lock: so many seconds, or until the block ends."""
    command = [sys.executable, "-c", HOLDING, url, str(WRITE_LOCK)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdin
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        release = threading.Timer(seconds or 0, holder.stdin.close)
        if seconds:
            release.start()
        try:
            yield
        finally:
            release.cancel()
            holder.kill()


@pytest.fixture
def one(app: Flask, client_for, monkeypatch: pytest.MonkeyPatch) -> tuple[Prepared, PageClient]:
    made, client = world(app, client_for, monkeypatch, 1)
    db.session.remove()
    return made.returns[0], client


@pytest.mark.parametrize("seconds", WITHIN)
def test_whoever_sends_while_another_writes_waits_and_is_served(one, database_url: str, seconds: int):
    prepared, client = one

    with writing_elsewhere(database_url, seconds):
        answer = client.post(prepared.path, data=prepared.form)

    assert answer.status_code == 302
    assert prepared.uploads() == 1


def test_whoever_has_waited_too_long_is_asked_to_come_again_and_nothing_is_kept(
    one, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    prepared, client = one
    if not is_full():
        monkeypatch.setattr(database, "WAIT_SECONDS", SHORT_WAIT)

    with writing_elsewhere(database_url, BEYOND if is_full() else None):
        answer = client.post(prepared.path, data=prepared.form)
        reading_on = client.get(f"/returns/{prepared.return_id}")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "Nothing was changed" in text_of(answer)
    assert reading_on.status_code == 200
    assert (prepared.uploads(), prepared.faults()) == (0, [])
    assert client.post(prepared.path, data=prepared.form).status_code == 302


def test_a_request_waits_for_less_than_a_worker_is_given():
    assert WAIT_SECONDS == 10
