"""Accepting several clean returns in one go."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.audit import AuditEvent
from dacommission.db import db, unit_of_work
from dacommission.returns.models import Return
from dacommission.returns.workflow import ReturnStatus
from dacommission.review.acceptance import accept, give_view
from dacommission.review.bulk import candidate_of, candidates
from dacommission.roles import Role
from dacommission.submission.models import Explanation
from tests import make
from tests.pages import PageClient, text_of
from tests.review.joint import NOW, Joint

ClientFor = Callable[[Any], PageClient]
PAGE = "/returns/accept"
CONFIRM = "/returns/accept/confirm"


@pytest.fixture
def case(app: Flask) -> Joint:
    return Joint()


def another(case: Joint, quarter: int, figure: int = 2398, **given: Any) -> Return:
    """A submitted return of another quarter."""
    due = make.due_return(case.contract, quarter=quarter)
    make.submitted(due, {"HUB-01": figure}, received_by_id=case.manager.id, **given)
    return due


def why_not(case: Joint, due: Return, who: Any = None) -> list[str]:
    found = candidate_of(due, who or case.of_county)
    assert found is not None
    return list(found.why_not)


def keys(case: Joint, who: Any) -> list[str]:
    return [one.key for one in candidates(who)]


def test_a_return_with_nothing_open_is_clean(case: Joint) -> None:
    assert why_not(case, case.due) == []


def test_open_queries_and_own_work_and_objections_are_said(case: Joint) -> None:
    give_view(case.due, seen=case.seen(case.of_city), view="objects", note="No.", by=case.of_city, at=NOW)
    with unit_of_work():
        case.due.status, case.due.open_queries = ReturnStatus.QUERIED, 1
        case.due.submitted_by_id = case.of_police.id

    assert why_not(case, case.due) == ["1 query is not closed.", "City does not agree."]
    assert why_not(case, case.due, case.of_city) == ["1 query is not closed.", "City does not agree."]
    assert why_not(case, case.due, case.of_police)[0] == "You uploaded, corrected or submitted it yourself."


def test_a_question_nobody_answered_is_not_clean_and_an_answered_one_is_unusual(case: Joint) -> None:
    make.kpi(case.contract, "HUB-01")
    due = another(
        case, 2, problems=[make.problem("Is this so?", rule="V06"), make.problem("All?", cell=None, sheet=None)]
    )
    assert why_not(case, due) == [
        "HUB-01. A question is not answered: Is this so?",
        "A question is not answered: All?",
    ]

    with unit_of_work():
        due.uploads[0].problems[1].mended = True
        due.uploads[0].observations[0].comment = "Two new referrers."

    assert why_not(case, due) == []
    found = candidate_of(due, case.of_county)
    assert found is not None
    assert list(found.unusual) == [
        "Quarter 1 2022/23 is not accepted yet, so this return could not be held against it.",
        "HUB-01 Referrals received. Question: Is this so?",
    ]


def test_explanations_that_are_asked_for_must_be_there(case: Joint) -> None:
    make.kpi(case.contract, "HUB-01")
    due = another(case, 2, problems=[make.problem("31% more than last quarter.")])
    with unit_of_work():
        due.uploads[0].observations[0].comment = "Two new referrers."
    assert why_not(case, due) == ["1 figure still asks for an explanation: HUB-01."]

    words = {"what": "More.", "why": "Referrers.", "written_at": NOW, "written_by_id": case.manager.id}
    with unit_of_work():
        db.session.add(Explanation(return_id=due.id, indicator_code="HUB-01", **words))

    assert why_not(case, due) == []


def test_a_swing_is_told_in_words(case: Joint) -> None:
    make.kpi(case.contract, "HUB-01")
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)
    due = another(case, 2, figure=3200)

    (found,) = candidates(case.of_county)

    assert found.due is due
    assert list(found.unusual) == ["HUB-01 Referrals received. Swing: 3,200 is 33% more than the 2,398 last quarter."]


def test_what_my_body_has_agreed_to_is_not_asked_again(app: Flask) -> None:
    case = Joint("all")
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)

    assert candidates(case.also_of_county) == []
    assert [one.due for one in candidates(case.of_city)] == [case.due]
    assert [one.due for one in candidates(make.user(Role.COMMISSIONER))] == []


def test_several_are_ticked_confirmed_and_accepted(case: Joint, client_for: ClientFor) -> None:
    due = another(case, 2)
    client = client_for(case.of_county)
    assert "Accept several returns at once" in text_of(client.get("/returns"))
    page = client.get(PAGE)
    assert page.get_data(as_text=True).count('name="chosen"') == 2
    ticked = re.findall(r'name="chosen" type="checkbox" value="([^"]+)"', page.get_data(as_text=True))

    asked = client.send(CONFIRM, {"chosen": ticked}, of=PAGE)
    assert "Accept 2 returns for County" in text_of(asked)
    assert "Accepts the return with upload 1. Nothing is unusual." in text_of(asked)
    assert (case.due.status, due.status) == ("submitted", "submitted")
    done = client.send(PAGE, {"chosen": re.findall(r'name="chosen" value="([^"]+)"', asked.get_data(as_text=True))})

    assert "2 accepted, 0 recorded, 0 not done." in text_of(done)
    assert (case.due.status, due.status) == ("accepted", "accepted")
    accepted = select(AuditEvent.subject_id).where(AuditEvent.action == "return-accept")
    assert set(db.session.scalars(accepted)) == {str(case.due.id), str(due.id)}


def test_under_all_the_bodys_view_is_recorded(app: Flask, client_for: ClientFor) -> None:
    case = Joint("all")
    client = client_for(case.of_county)
    assert "Records that County agrees. Then still: City has not given its view." in text_of(client.get(PAGE))

    done = client.send(PAGE, {"chosen": keys(case, case.of_county)})

    assert "0 accepted, 1 recorded, 0 not done." in text_of(done)
    assert "The view of County on upload 1 is recorded. The return is not accepted yet." in text_of(done)


def test_one_that_changed_does_not_stop_the_others(case: Joint, client_for: ClientFor) -> None:
    due, third = another(case, 2), another(case, 3)
    chosen = keys(case, case.of_county)
    case.correct()
    with unit_of_work():
        third.status, third.open_queries = ReturnStatus.QUERIED, 1
    client = client_for(case.of_county)

    done = text_of(client.send(PAGE, {"chosen": chosen}))

    assert "1 accepted, 0 recorded, 2 not done." in done
    assert f"{case.due} Not done It changed since you looked, so nothing was recorded." in done
    assert "without open queries can be accepted. It is queried now." in done
    assert [one.status for one in (case.due, due, third)] == ["submitted", "accepted", "queried"]


def test_what_changed_before_the_confirmation_is_told(case: Joint, client_for: ClientFor) -> None:
    chosen = keys(case, case.of_county)
    case.correct()

    page = client_for(case.of_county).send(CONFIRM, {"chosen": chosen}, of=PAGE)

    assert page.status_code == 409
    assert "It changed since you looked" in text_of(page)


def test_what_is_not_clean_cannot_be_ticked_and_says_why(case: Joint, client_for: ClientFor) -> None:
    with unit_of_work():
        case.due.submitted_by_id = case.of_county.id
    client = client_for(case.of_county)

    page = client.get(PAGE)
    assert "You uploaded, corrected or submitted it yourself." in text_of(page)
    assert 'name="chosen"' not in page.get_data(as_text=True)
    assert client.send(CONFIRM, {"chosen": keys(case, case.of_county)}, of="/account").status_code == 409
    done = client.send(PAGE, {"chosen": keys(case, case.of_county)}, of="/account")

    assert "Ask another commissioner to review it." in text_of(done)
    assert case.due.status == "submitted"


@pytest.mark.parametrize("path", [PAGE, CONFIRM])
def test_nothing_ticked_is_told(case: Joint, client_for: ClientFor, path: str) -> None:
    page = client_for(case.of_county).send(path, {}, of=PAGE)

    assert "Tick the returns that you accept." in text_of(page)


@pytest.mark.parametrize("path", [PAGE, CONFIRM])
def test_another_bodys_return_is_not_found_and_nothing_is_accepted(
    case: Joint, client_for: ClientFor, path: str
) -> None:
    chosen = keys(case, case.of_county)
    stranger = client_for(make.user(Role.COMMISSIONER))

    for key in (chosen[0], "nonsense", chosen[0][:-1] + "x"):
        assert stranger.send(path, {"chosen": [key]}, of="/account").status_code == 404
    assert case.due.status == "submitted"


def test_several_that_wait_are_one_task_more(case: Joint, client_for: ClientFor) -> None:
    another(case, 2)

    assert "2 returns wait for the view of County" in text_of(client_for(case.of_county).get("/"))
