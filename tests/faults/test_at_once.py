"""K9 and K10: people at the same instant. Nothing twice, nothing lost, and the second is told."""

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
from dacommission.returns import actions
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
        self.commissioner_ids = [make.user(Role.COMMISSIONER, contract.lead_commissioner).id for _ in range(2)]

    def hand_in(self, content: bytes = CONTENT) -> Any:
        due, manager = db.session.get_one(Return, self.due_id), db.session.get_one(User, self.manager_id)
        words: dict[str, Any] = {"filename": "a.xlsx", "reading": reading(content), "by": manager, "at": NOW}
        return submission.hand_in(due, content=content, **words).id

    def decide(self, deed: Callable[..., None], who: int, **given: Any) -> Callable[[], Any]:
        due = db.session.get_one(Return, self.due_id)
        version, upload_id = due.version, due.uploads[-1].id

        def decided() -> str:
            seen = {"upload": db.session.get_one(Upload, upload_id), "version": version}
            by = db.session.get_one(User, self.commissioner_ids[who])
            deed(db.session.get_one(Return, self.due_id), by=by, at=NOW, **seen, **given)
            return deed.__name__

        return decided


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


def test_accepting_and_sending_back_at_once_only_one_wins(app: Flask) -> None:
    case = Case()
    case.hand_in()

    for _ in range(rounds(3, of=200)):
        answers = at_once(app, case.decide(actions.accept, 0), case.decide(actions.send_back, 1, reason="Check F5."))

        due = db.session.get_one(Return, case.due_id)
        (won,) = [answer for answer in answers if isinstance(answer, str)]
        assert sum(isinstance(answer, Conflict) for answer in answers) == 1
        assert due.status == {"accept": "accepted", "send_back": "sent-back"}[won]
        if won == "accept":
            case.decide(actions.reopen, 0, reason="Again.")()
        case.hand_in(f"another {due.version}".encode())
    assert list(verify()) == []


def test_of_two_commissioners_who_accept_at_once_one_is_told_that_it_was_done(app: Flask) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case()
        case.hand_in()

        answers = at_once(app, case.decide(actions.accept, 0), case.decide(actions.accept, 1))

        assert sorted(map(said, answers)) == ["Conflict", "accept"]
        assert told(case.due_id).count("return-accept") == 1
    assert list(verify()) == []


def test_an_acceptance_lands_on_the_upload_that_was_reviewed_and_a_new_one_is_refused(app: Flask) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case()
        reviewed = case.hand_in()

        answers = at_once(app, case.decide(actions.accept, 0), lambda: case.hand_in(b"another"))  # noqa: B023

        due = db.session.get_one(Return, case.due_id)
        assert [said(answer) for answer in answers] == ["accept", "StepNotAllowed"]
        assert (due.status, due.accepted_upload_id) == ("accepted", reviewed)
        assert [kept.id for kept in due.uploads] == [reviewed]
    assert list(verify()) == []


def test_an_acceptance_never_lands_on_an_upload_that_came_after_the_review(app: Flask) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case()
        reviewed = case.hand_in()
        send_back = case.decide(actions.send_back, 1, reason="Check F5.")

        def sent_back_and_mended(case: Case = case, send_back: Callable[..., str] = send_back) -> Any:
            send_back()
            return case.hand_in(b"mended")

        answers = at_once(app, case.decide(actions.accept, 0), sent_back_and_mended)

        due = db.session.get_one(Return, case.due_id)
        assert sum(isinstance(answer, Conflict) for answer in answers) == 1
        assert due.accepted_upload_id == (reviewed if said(answers[0]) == "accept" else None)
    assert list(verify()) == []


def said(answer: Any) -> str:
    """The deed that was done, or the name of the refusal."""
    return answer if isinstance(answer, str) else type(answer).__name__


def told(due_id: Any) -> list[str]:
    """What the audit log says of a return."""
    events = select(AuditEvent.action).where(AuditEvent.subject_id == str(due_id)).order_by(AuditEvent.id)
    return list(db.session.scalars(events))


def test_opening_a_year_at_once_opens_it_once(app: Flask) -> None:
    contract_id = make.contract().id

    def opening() -> Any:
        contract = db.session.get_one(Contract, contract_id)
        by = make.user(Role.COMMISSIONER, contract.lead_commissioner)
        return [due.id for due in open_returns(contract, 2022, by=by)]

    first, second = at_once(app, opening, opening)

    assert first == second
    assert db.session.scalar(select(func.count()).select_from(Return)) == 4
