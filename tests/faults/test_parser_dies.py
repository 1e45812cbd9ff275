"""K5: the process that reads a workbook is ended for want of memory, crashes or hangs. The file is refused in time,
nothing is kept of it, and the next one is read as ever."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask

from dacommission.audit import AuditEvent
from dacommission.db import db
from imports.workbook import sandbox
from imports.workbook.sandbox import Bounds
from tests.due_returns.workbooks import Case, chosen
from tests.faults import is_full
from tests.pages import text_of

PATIENCE = 25  # seconds until somebody whose file cannot be read is told so
SHORT_WALL = 2


@contextmanager
def struck(what: signal.Signals) -> Iterator[None]:
    """Sends a signal to the first process that begins to read a workbook within the block."""
    over = threading.Event()

    def strike() -> None:
        while not over.is_set():
            for child in readers():
                with suppress(ProcessLookupError):
                    os.kill(child, what)
                return

    watching = threading.Thread(target=strike)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()


def readers() -> list[int]:
    """The processes of this one that read a workbook now."""
    children = [
        int(number) for task in Path("/proc/self/task").iterdir() for number in (task / "children").read_text().split()
    ]
    return [child for child in children if str(sandbox.CHILD).encode() in _command(child)]


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize("what", [signal.SIGKILL, signal.SIGSEGV, signal.SIGSTOP], ids=["memory", "crash", "hang"])
def test_a_reader_that_dies_or_hangs_costs_one_file_and_nothing_else(
    app: Flask, client_for, monkeypatch: pytest.MonkeyPatch, what: signal.Signals
):
    case = Case()
    client, content = client_for(case.manager), case.workbook()
    wall = Bounds().wall if is_full() else SHORT_WALL
    monkeypatch.setitem(sandbox.open_workbook.__kwdefaults__, "bounds", Bounds(wall=wall))
    token, began = client.token(f"{case.path}/upload"), time.monotonic()

    with struck(what):
        refused = client.post(f"{case.path}/upload", data={**chosen(content), "csrf_token": token})

    assert time.monotonic() - began < PATIENCE
    assert "could not be read safely" in text_of(refused)
    assert case.due.uploads == []
    assert [event.action for event in db.session.query(AuditEvent)] == ["upload-refused"]
    assert "3 figures read" in text_of(client.send(f"{case.path}/upload", chosen(content)))


def test_a_reader_that_hangs_is_given_up_in_time():
    assert Bounds().wall < PATIENCE
