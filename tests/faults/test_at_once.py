"""K9: people at the same instant. Nothing twice, nothing lost, and the second is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission import db as database
from dacommission.accounts.models import User
from dacommission.audit import AuditEvent, verify
from dacommission.commissioning.models import Contract
from dacommission.cycle.opening import open_returns
from dacommission.db import Conflict, db
from dacommission.indicators.models import Indicator
from dacommission.returns.models import Return, Upload
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Role
from dacommission.submission import actions as submission
from tests import make
from tests.due_returns.readings import reading
from tests.faults import rounds
from tests.faults.prepared import cookie_of, world
from tests.faults.server import starter

PATIENT = 120  # seconds: on a busy machine the last of many waits for longer than people are asked to
NOW = datetime(2022, 7, 12, 9, 30, tzinfo=UTC)
CONTENT = b"a workbook"


def at_once(app: Flask, *deeds: Callable[[], Any]) -> list[Any]:
    """What each deed gave or raised, when all began at the same instant, each as a request of its own."""
    gate = threading.Barrier(len(deeds))
    answers: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        with app.app_context():
            gate.wait()
            try:
                answers[place] = deed()
            except (Conflict, StepNotAllowed) as refusal:
                answers[place] = refusal
            db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()  # so that what the others did is seen here
    return answers


class Case:
    def __init__(self) -> None:
        if db.session.get(Indicator, "HUB-01") is None:
            make.indicator("HUB-01")
        contract = make.contract()
        self.due_id = make.due_return(contract).id
        self.manager_id = make.user(Role.PROVIDER_MANAGER, contract.provider).id

    def hand_in(self, content: bytes = CONTENT) -> Any:
        due, manager = db.session.get_one(Return, self.due_id), db.session.get_one(User, self.manager_id)
        words: dict[str, Any] = {"filename": "a.xlsx", "reading": reading(content), "by": manager, "at": NOW}
        return submission.hand_in(due, content=content, **words).id


@pytest.mark.parametrize("people", [2, 8, 32])
def test_the_same_file_sent_at_once_is_one_upload(app: Flask, people: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", PATIENT)
    for _ in range(rounds(2, of=100)):
        case, before = Case(), db.session.scalar(select(func.count()).select_from(AuditEvent))

        answers = at_once(app, *[case.hand_in] * people)

        assert len(set(answers)) == 1
        assert db.session.scalars(select(Upload.id).where(Upload.return_id == case.due_id)).all() == answers[:1]
        assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == before + 2
    assert db.session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)).all() == [
        "return-receive",
        "return-submit",
    ]
    assert list(verify()) == []


def test_a_form_pressed_by_many_at_once_is_one_upload_in_a_real_server(
    app: Flask, database_url: str, client_for, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared, client = world(app, client_for, monkeypatch, rounds(1, of=20))
    cookie = cookie_of(client)
    db.session.remove()

    with starter(database_url) as starts:
        server = starts.start()
        for one in prepared.returns:
            sent = [server.begin(one.path, one.form, cookie=cookie) for _ in range(6)]

            assert all(pending.wait().acknowledged for pending in sent)
            assert one.uploads() == 1
            assert one.faults() == []
            db.session.remove()


def test_of_two_files_sent_at_once_one_is_submitted_and_the_other_is_told(app: Flask) -> None:
    case = Case()

    answers = at_once(app, lambda: case.hand_in(b"one"), lambda: case.hand_in(b"two"))

    (refused,) = [answer for answer in answers if isinstance(answer, StepNotAllowed)]
    assert "It is submitted now." in str(refused)
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 1


def test_opening_a_year_at_once_opens_it_once(app: Flask) -> None:
    contract_id = make.contract().id

    def opening() -> Any:
        contract = db.session.get_one(Contract, contract_id)
        by = make.user(Role.COMMISSIONER, contract.lead_commissioner)
        return [due.id for due in open_returns(contract, 2022, by=by)]

    first, second = at_once(app, opening, opening)

    assert first == second
    assert db.session.scalar(select(func.count()).select_from(Return)) == 4
