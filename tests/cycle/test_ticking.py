"""The command `dacommission tick`, and the tick of the server."""

from __future__ import annotations

import json
import logging
import threading
from datetime import date

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, text

from dacommission import serving
from dacommission.cli import main
from dacommission.db import db
from dacommission.returns.models import Return
from dacommission.serving import keep_ticking
from tests import make


def returns_there() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Return)) or 0


@pytest.fixture
def environ(app: Flask, database_url: str) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "",
        "DEMO": "1",
        "INSECURE_HTTP": "1",
        "DEMO_DATE": "2023-09-01",
    }


def test_the_command_says_what_it_opened_and_again_that_nothing_was(environ: dict[str, str]) -> None:
    contract = make.contract(returns_from=date(2023, 4, 1))

    first, again = (CliRunner().invoke(main, ["tick"], env=environ) for _ in range(2))

    assert first.output == f"Opened {contract.reference}, Quarter 1 2023/24, due Friday 21 July 2023.\n"
    assert again.output == "No return was to be opened.\n"
    assert (first.exit_code, again.exit_code) == (0, 0)


def test_the_command_prints_json(environ: dict[str, str]) -> None:
    contract = make.contract(returns_from=date(2023, 4, 1))

    (found,) = json.loads(CliRunner().invoke(main, ["tick", "--json"], env=environ).stdout)

    assert (found["contract"], found["period"]) == (contract.reference, "2023-Q1")
    assert found["due_at"] == "2023-07-21T22:59:59.999999+00:00"


def test_the_command_refuses_a_database_without_tables(empty_url: str) -> None:
    refused = CliRunner().invoke(main, ["tick"], env={"DATABASE_URL": empty_url, "SECRET_KEY": "", "DEMO": ""})

    assert refused.exit_code == 1
    assert "The database is empty" in refused.output


def test_the_server_ticks_at_its_start_and_again_until_it_stops(app: Flask) -> None:
    make.contract(returns_from=date(2023, 4, 1))
    found = []

    def stopped(seconds: float) -> bool:
        found.append((seconds, returns_there()))
        if len(found) == 1:
            make.contract(returns_from=date(2023, 4, 1))
        return len(found) == 2

    keep_ticking(app, stopped)

    assert found == [(3600, 1), (3600, 2)]


def test_a_database_in_trouble_is_tried_again(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    make.contract(returns_from=date(2023, 4, 1))
    db.session.execute(text("ALTER TABLE contract_return RENAME TO elsewhere"))
    db.session.commit()
    waits = []

    def stopped(seconds: float) -> bool:
        if not waits:
            db.session.execute(text("ALTER TABLE elsewhere RENAME TO contract_return"))
            db.session.commit()
        waits.append(seconds)
        return len(waits) == 2

    with caplog.at_level(logging.ERROR):
        keep_ticking(app, stopped)

    assert "it will try again" in caplog.text
    assert returns_there() == 1


def test_each_worker_of_the_server_ticks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ticking = threading.Event()
    monkeypatch.setattr(serving, "keep_ticking", lambda app, stopped: ticking.set())

    serving.Server(app, host="127.0.0.1", port=0).cfg.post_worker_init(None)

    assert ticking.wait(10)
