"""K1: the service killed in the middle of an import. What was acknowledged is there, whole and once; nothing is half.

Half the kills come at any moment of a request, half are aimed at its write transaction. Which of them hit one is
told from outside, by the database's own lock, at the instant before the signal.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from dacommission.audit import verify
from dacommission.db import db
from tests.faults import rounds
from tests.faults.prepared import Prepared, cookie_of, world
from tests.faults.server import Pending, Server, Starter, starter
from tests.faults.writing import Probe, probe

SEED = 6_387
FEW, ALL = {"sqlite": 20, "postgresql": 6}, {"sqlite": 200, "postgresql": 30}
MEASURED = 2  # requests that are left alone first, to know how long one takes
LEAST_INSIDE = 0.15  # of all kills: 30 of 200; of a few, on a busy machine, a share says nothing
LONGEST_WAIT = 30


@dataclass
class Tally:
    """What became of the kills."""

    kills: int = 0
    inside: int = 0
    acknowledged: int = 0
    unheard: int = 0  # committed, and the sender never heard
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.inside} inside the write transaction; {self.acknowledged} acknowledged before, "
            f"{self.unheard} committed but never acknowledged; lost or partial: {len(self.faults)}"
        )


@dataclass
class Timing:
    """How long requests take, and how long they write, in seconds."""

    request: float
    writing: float


def watch(request: Pending, is_writing: Probe) -> float:
    """For how long a request that is left alone was seen to write, in seconds."""
    written, looked = 0.0, time.perf_counter()
    while not request.over:
        before, looked = looked, time.perf_counter()
        if is_writing():
            written += looked - before
    return written


def aim(request: Pending, is_writing: Probe, after: float) -> None:
    """Waits for the request to write, and then a little."""
    while not (request.over or is_writing()):
        pass
    wait(after)


def wait(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


class Killing:
    def __init__(self, app: Flask, url: str, cookie: str, starts: Starter) -> None:
        self.app, self.url, self.cookie, self.starts = app, url, cookie, starts
        self.chance, self.tally = random.Random(SEED), Tally()  # noqa: S311 - the same moments each time

    def measured(self, untouched: list[Prepared]) -> Timing:
        requests, writings = [], []
        for prepared in untouched:
            server = self.starts.start()
            # SQLite takes the writer's lock once more to recover after a kill; the first page asked for does that.
            assert server.ask("/account", cookie=self.cookie).status == 200
            with probe(self.url) as is_writing:
                pending = server.begin(prepared.path, prepared.form, cookie=self.cookie)
                writings.append(watch(pending, is_writing))
                answer = pending.wait()
            server.kill()
            assert answer.acknowledged, answer
            requests.append(answer.seconds)
        return Timing(statistics.median(requests), statistics.median(writings))

    def round(self, server: Server, prepared: Prepared, timing: Timing, *, aimed: bool) -> None:
        """Sends one workbook, kills the server meanwhile and holds what is there against what was said."""
        with probe(self.url) as is_writing:
            pending = server.begin(prepared.path, prepared.form, cookie=self.cookie)
            if aimed:
                aim(pending, is_writing, self.chance.uniform(0, 0.8 * timing.writing))
            else:
                wait(self.chance.uniform(0, 1.2 * timing.request))
            inside = is_writing()
            server.kill()
        answer = pending.wait()
        self.tally.kills += 1
        self.tally.inside += inside
        self.tally.acknowledged += answer.acknowledged
        self.look(prepared, acknowledged=answer.acknowledged)

    def look(self, prepared: Prepared, *, acknowledged: bool) -> None:
        self.seen(lambda: self.tally.faults.extend(prepared.faults()))
        kept = self.seen(prepared.uploads)
        self.tally.unheard += bool(kept and not acknowledged)
        if acknowledged and kept != 1:
            self.tally.faults.append(f"Return {prepared.return_id} was acknowledged and has {kept} uploads.")

    def again(self, server: Server, prepared: Prepared) -> None:
        """The same file once more, after the restart: it is there once."""
        answer = server.ask(prepared.path, prepared.form, cookie=self.cookie)
        if not answer.acknowledged or self.seen(prepared.uploads) != 1 or self.seen(prepared.faults):
            self.tally.faults.append(f"Return {prepared.return_id} was sent again: {answer.status}.")

    def seen(self, look: Callable[[], Any]) -> Any:
        """What a look at the database finds, once whatever the dead server had open is rolled back."""
        wait_for_the_dead(self.url)
        found = look()
        db.session.remove()
        return found


def wait_for_the_dead(url: str) -> None:
    """PostgreSQL notices a moment later that a client is gone; SQLite needs nothing."""
    if url.startswith("sqlite"):
        return
    deadline = time.monotonic() + LONGEST_WAIT
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    while db.session.execute(others).scalar():
        db.session.remove()
        assert time.monotonic() < deadline


def checked(url: str) -> list[str]:
    """What the database says of itself that is not as it should be."""
    if not url.startswith("sqlite"):
        return []
    said = db.session.execute(text("PRAGMA integrity_check")).scalars().all()
    broken = db.session.execute(text("PRAGMA foreign_key_check")).all()
    return [*(word for word in said if word != "ok"), *map(str, broken)]


def test_an_import_that_is_killed_is_there_whole_and_once_or_not_at_all(
    app: Flask, database_url: str, client_for, monkeypatch: pytest.MonkeyPatch
):
    kind = database_url.split(":")[0].split("+")[0]
    kills, began = rounds(FEW[kind], of=ALL[kind]), time.monotonic()
    prepared, client = world(app, client_for, monkeypatch, MEASURED + kills)
    untouched, targets = prepared.returns[:MEASURED], prepared.returns[MEASURED:]
    db.session.remove()

    with starter(database_url) as starts:
        killing = Killing(app, database_url, cookie_of(client), starts)
        timing = killing.measured(untouched)
        previous = untouched[0]
        for number, target in enumerate(targets):
            server = starts.start()
            killing.again(server, previous)
            killing.round(server, target, timing, aimed=bool(number % 2))
            killing.tally.faults += killing.seen(lambda: [*checked(database_url), *map(str, verify())])
            previous = target
        server = starts.start()
        killing.again(server, previous)
        server.kill()

    print(f"\nK1 on {kind}: {killing.tally}; {time.monotonic() - began:.0f} s")
    assert killing.tally.faults == []
    assert sum(target.uploads() for target in targets) == kills
    if kills >= ALL[kind]:
        assert killing.tally.inside >= LEAST_INSIDE * kills
