"""What summaries and releases put on somebody's first page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from dacommission.accounts.models import User
from dacommission.db import db, unit_of_work
from dacommission.roles import Role
from dacommission.summaries.models import Release, Summary
from tests import make
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
RELEASED = datetime(2023, 8, 25, 23, 30, tzinfo=UTC)  # the 26th in London


class Case:
    def __init__(self) -> None:
        arrangement = make.arrangement()
        self.contract = make.contract(arrangement_id=arrangement.id)
        self.commissioner: User = make.user(Role.COMMISSIONER, self.contract.lead_commissioner)
        self.summary = Summary(arrangement_id=arrangement.id, period_key="2022", narrative="")
        with unit_of_work():
            db.session.add(self.summary)

    def release(self, **given: Any) -> None:
        words = {"title": "Joint impact summary 2022/23", "content": "{}", "sha256": "0", "number": 1}
        moment = {"released_at": RELEASED, "released_by_id": self.commissioner.id}
        with unit_of_work():
            db.session.add(Release(summary_id=self.summary.id, **{**words, **moment, **given}))


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def test_a_summary_the_board_cannot_read_yet_is_to_be_released(case: Case, client_for: ClientFor) -> None:
    text = text_of(client_for(case.commissioner).get("/"))

    assert "Release Joint impact summary 2022/23 to the Board" in text


def test_a_released_summary_is_for_the_board_to_read(case: Case, client_for: ClientFor) -> None:
    case.release()

    text = text_of(client_for(make.user(Role.BOARD_MEMBER)).get("/"))

    assert "Read Joint impact summary 2022/23, release 1 Released on 26 August 2023." in text
    assert "to the Board" not in text_of(client_for(case.commissioner).get("/"))


@pytest.mark.parametrize(("key", "told"), [("2022", True), ("2022-Q2", True), ("2022-Q1", False), ("2021", False)])
def test_what_was_accepted_since_the_release_is_told(case: Case, client_for: ClientFor, key: str, told: bool) -> None:
    case.release()
    due = make.due_return(case.contract, 2022, 2)
    make.accepted(due, {})
    with unit_of_work():
        case.summary.period_key = key
        due.decided_at = RELEASED + timedelta(days=1)

    client = client_for(case.commissioner)

    assert (f"to the Board again Accepted since the last release: {due}." in text_of(client.get("/"))) is told
    page = text_of(client.get(f"/summaries/{case.summary.id}"))
    assert (f"these figures may differ from the Board’s copy: {due}." in page) is told


def test_what_the_release_holds_already_is_no_news(case: Case, client_for: ClientFor) -> None:
    case.release()
    make.accepted(make.due_return(case.contract, 2022, 2), {})

    assert "to the Board again" not in text_of(client_for(case.commissioner).get("/"))


def test_a_withdrawn_release_is_not_for_the_board(case: Case, client_for: ClientFor) -> None:
    case.release(withdrawn_at=RELEASED, withdrawn_by_id=case.commissioner.id)

    assert "Nothing needs you now." in text_of(client_for(make.user(Role.BOARD_MEMBER)).get("/"))
    text = text_of(client_for(case.commissioner).get("/"))
    assert "Withdrawn." in text
    assert "to the Board" in text


def test_another_bodys_summary_is_nobodys_task(case: Case, client_for: ClientFor) -> None:
    text = text_of(client_for(make.user(Role.COMMISSIONER)).get("/"))

    assert "to the Board" not in text
