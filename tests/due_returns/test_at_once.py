"""Two people at the same instant: nothing twice, nothing lost, and the second is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission.accounts.models import User
from dacommission.audit import AuditEvent, verify
from dacommission.commissioning.models import Contract
from dacommission.db import Conflict, db
from dacommission.returns import actions
from dacommission.returns.models import Return, Upload
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Role
from tests import make
from tests.due_returns.readings import reading

ROUNDS = 3
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
        make.indicator("HUB-01")
        contract = make.contract()
        self.due_id = make.due_return(contract).id
        self.manager_id = make.user(Role.PROVIDER_MANAGER, contract.provider).id
        self.commissioner_ids = [make.user(Role.COMMISSIONER, contract.lead_commissioner).id for _ in range(2)]

    def hand_in(self, content: bytes = CONTENT) -> Any:
        due, manager = db.session.get_one(Return, self.due_id), db.session.get_one(User, self.manager_id)
        words: dict[str, Any] = {"filename": "a.xlsx", "reading": reading(content), "by": manager, "at": NOW}
        return actions.hand_in(due, content=content, **words).id

    def decide(self, deed: Callable[..., None], who: int, **given: Any) -> Callable[[], Any]:
        due = db.session.get_one(Return, self.due_id)
        version, upload_id = due.version, due.uploads[-1].id

        def decided() -> str:
            seen = {"upload": db.session.get_one(Upload, upload_id), "version": version}
            by = db.session.get_one(User, self.commissioner_ids[who])
            deed(db.session.get_one(Return, self.due_id), by=by, at=NOW, **seen, **given)
            return deed.__name__

        return decided


@pytest.mark.parametrize("people", [2, 8])
def test_the_same_file_sent_at_once_is_one_upload(app: Flask, people: int) -> None:
    case = Case()

    answers = at_once(app, *[case.hand_in] * people)

    assert len(set(answers)) == 1
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 1
    assert db.session.scalars(select(AuditEvent.action)).all() == ["return-receive", "return-submit"]
    assert list(verify()) == []


def test_of_two_files_sent_at_once_one_is_submitted_and_the_other_is_told(app: Flask) -> None:
    case = Case()

    answers = at_once(app, lambda: case.hand_in(b"one"), lambda: case.hand_in(b"two"))

    (refused,) = [answer for answer in answers if isinstance(answer, StepNotAllowed)]
    assert "It is submitted now." in str(refused)
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 1


def test_accepting_and_sending_back_at_once_only_one_wins(app: Flask) -> None:
    case = Case()
    case.hand_in()

    for _ in range(ROUNDS):
        answers = at_once(app, case.decide(actions.accept, 0), case.decide(actions.send_back, 1, reason="Check F5."))

        due = db.session.get_one(Return, case.due_id)
        (won,) = [answer for answer in answers if isinstance(answer, str)]
        assert sum(isinstance(answer, Conflict) for answer in answers) == 1
        assert due.status == {"accept": "accepted", "send_back": "sent-back"}[won]
        if won == "accept":
            case.decide(actions.reopen, 0, reason="Again.")()
        case.hand_in(f"another {due.version}".encode())
    assert list(verify()) == []


def test_opening_a_year_at_once_opens_it_once(app: Flask) -> None:
    contract_id = make.contract().id

    def opening() -> Any:
        contract = db.session.get_one(Contract, contract_id)
        by = make.user(Role.COMMISSIONER, contract.lead_commissioner)
        return [due.id for due in actions.open_returns(contract, 2022, by=by)]

    first, second = at_once(app, opening, opening)

    assert first == second
    assert db.session.scalar(select(func.count()).select_from(Return)) == 4
