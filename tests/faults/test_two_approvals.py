"""K10: people of one body or of several decide about a return at the same instant, or while it changes.

Of one body one person wins and the other is told; of several bodies each view is recorded; and nothing lands on
another version than was looked at.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.audit import AuditEvent, verify
from dacommission.db import db, unit_of_work
from dacommission.indicators.models import Indicator
from dacommission.returns.models import Return, Upload
from dacommission.returns.workflow import ReturnStatus
from dacommission.review.acceptance import Seen, accept, give_view, reopen, send_back
from dacommission.review.bodies import positions, views_on
from dacommission.review.models import BodyView
from dacommission.roles import Role
from dacommission.submission.actions import hand_in
from tests import make
from tests.due_returns.readings import reading
from tests.faults import rounds
from tests.faults.prepared import cookie_of
from tests.faults.server import starter
from tests.faults.test_at_once import at_once
from tests.review.joint import LATER, NOW, Joint

Deed = Callable[[], Any]


class Case:
    """A submitted return that two bodies pay for: two people of the county, which leads, and one of the city."""

    def __init__(self, rule: str = "any") -> None:
        if db.session.get(Indicator, "HUB-01") is None:
            make.indicator("HUB-01")
        county, city = make.organisation("funding-body"), make.organisation("funding-body")
        contract = make.contract(lead=county, paid_by=(county, city), acceptance_rule=rule)
        due = make.due_return(contract)
        self.due_id = due.id
        self.manager_id = make.user(Role.PROVIDER_MANAGER, contract.provider).id
        bodies = {"county": county, "also county": county, "city": city}
        self.people = {name: make.user(Role.COMMISSIONER, body).id for name, body in bodies.items()}
        make.submitted(due, {"HUB-01": 2398}, received_by_id=self.manager_id)
        self.upload_id = due.uploads[0].id

    @property
    def due(self) -> Return:
        return db.session.get_one(Return, self.due_id)

    def decides(self, who: str, deed: Callable[..., Any], *, views: int = 0, **given: Any) -> Deed:
        """What somebody does about the return as it stands when this is asked for."""
        version, person_id = self.due.version, self.people[who]
        upload = self.due.latest_upload
        assert upload is not None
        upload_id, revision = upload.id, upload.revision

        def decided() -> str:
            seen = Seen(db.session.get_one(Upload, upload_id), revision, version, number=views)
            deed(self.due, seen=seen, by=db.session.get_one(User, person_id), at=NOW, **given)
            return deed.__name__

        return decided

    def hand_in(self) -> Any:
        """The provider sends another workbook in."""
        content, manager = b"mended", db.session.get_one(User, self.manager_id)
        seen: dict[str, Any] = {"filename": "a.xlsx", "reading": reading(content), "by": manager, "at": LATER}
        return hand_in(self.due, content=content, **seen).id

    def correct(self) -> str:
        """A figure is corrected: the upload's figures are others from now on."""
        with unit_of_work():
            upload = self.due.latest_upload
            assert upload is not None
            upload.revision += 1
            self.due.version += 1
        return "correct"

    def views(self) -> list[tuple[str, uuid.UUID, int]]:
        """Every view there is: what it says, and on which figures."""
        found = select(BodyView).where(BodyView.return_id == self.due_id).order_by(BodyView.recorded_at, BodyView.id)
        return [(view.view, view.upload_id, view.revision) for view in db.session.scalars(found)]

    def told(self) -> list[str]:
        events = select(AuditEvent.action).where(AuditEvent.subject_id == str(self.due_id)).order_by(AuditEvent.id)
        return list(db.session.scalars(events))


def said(answers: list[Any]) -> list[str]:
    """The deeds that were done, and the names of the refusals."""
    return [answer if isinstance(answer, str) else type(answer).__name__ for answer in answers]


@pytest.mark.parametrize("rule", ["any", "all"])
def test_of_two_people_of_one_body_who_accept_one_wins_and_the_other_is_told(app: Flask, rule: str) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case(rule)

        answers = at_once(app, case.decides("county", accept), case.decides("also county", accept))

        assert sorted(said(answers)) == ["Conflict", "accept"]
        assert case.views() == [("agrees", case.upload_id, 0)]
        assert case.told().count("return-accept") == (1 if rule == "any" else 0)
    assert list(verify()) == []


@pytest.mark.parametrize("rule", ["any", "all"])
def test_of_accepting_and_sending_back_for_one_body_only_one_happens(app: Flask, rule: str) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case(rule)
        back = case.decides("also county", send_back, reason="Check F5.")

        answers = at_once(app, case.decides("county", accept), back)

        assert sorted(said(answers)) in (["Conflict", "accept"], ["Conflict", "send_back"])
        sent_back = "send_back" in said(answers)
        assert case.due.status == ("sent-back" if sent_back else "accepted" if rule == "any" else "submitted")
        assert len(case.views()) == (0 if sent_back else 1)
    assert list(verify()) == []


@pytest.mark.parametrize("rule", ["any", "all", "lead"])
def test_of_two_bodies_that_accept_both_views_are_recorded_and_it_is_accepted_once(app: Flask, rule: str) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case(rule)

        answers = at_once(app, case.decides("county", accept), case.decides("city", accept))

        assert said(answers) == ["accept", "accept"]
        assert case.views() == [("agrees", case.upload_id, 0)] * 2
        assert (case.due.status, case.due.accepted_upload_id) == ("accepted", case.upload_id)
        assert case.told().count("return-accept") == 1
    assert list(verify()) == []


def test_an_objection_at_the_instant_of_another_bodys_acceptance_is_recorded_and_read(app: Flask) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case()
        objects = case.decides("city", give_view, view="objects", note="F5?")

        answers = at_once(app, case.decides("county", accept), objects)

        assert said(answers) == ["accept", "give_view"]
        assert sorted(one.view for one in positions(case.due, views_on(case.due))) == ["agrees", "objects"]
        objected_first = case.told()[:2] == ["return-view", "return-view"]
        assert case.due.status == ("submitted" if objected_first else "accepted")
    assert list(verify()) == []


def test_an_acceptance_never_lands_on_an_upload_that_came_after_the_review(app: Flask) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case()
        back = case.decides("city", send_back, reason="Check F5.")

        def sent_back_and_mended(case: Case = case, back: Deed = back) -> Any:
            back()
            return str(case.hand_in())

        answers = at_once(app, case.decides("county", accept), sent_back_and_mended)

        assert sum(answer == "Conflict" for answer in said(answers)) == 1
        accepted = said(answers)[0] == "accept"
        assert case.due.accepted_upload_id == (case.upload_id if accepted else None)
        assert case.views() == ([("agrees", case.upload_id, 0)] if accepted else [])
    assert list(verify()) == []


def test_a_view_never_lands_on_a_new_upload(app: Flask) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case()
        with unit_of_work():
            case.due.status, case.due.open_queries = ReturnStatus.QUERIED, 1
        objects = case.decides("city", give_view, view="objects", note="F5?")

        answers = at_once(app, objects, lambda: str(case.hand_in()))  # noqa: B023

        viewed = said(answers)[0] == "give_view"
        assert viewed or said(answers)[0] == "Conflict"
        assert case.views() == ([("objects", case.upload_id, 0)] if viewed else [])
        assert len(case.due.uploads) == 2
        assert views_on(case.due) == {}
    assert list(verify()) == []


@pytest.mark.parametrize("rule", ["any", "all"])
def test_an_acceptance_never_lands_on_figures_that_were_corrected_after_the_review(app: Flask, rule: str) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case(rule)

        answers = at_once(app, case.decides("county", accept), case.correct)

        accepted = said(answers)[0] == "accept"
        assert accepted or said(answers)[0] == "Conflict"
        assert case.views() == ([("agrees", case.upload_id, 0)] if accepted else [])
        assert (case.due.status == "accepted") == (accepted and rule == "any")
    assert list(verify()) == []


def test_of_two_bodies_that_reopen_one_is_told(app: Flask) -> None:
    for _ in range(rounds(3, of=200)):
        case = Case()
        case.decides("county", accept)()
        county = case.decides("county", reopen, views=1, reason="Late.")

        answers = at_once(app, county, case.decides("city", reopen, reason="Late."))

        assert sorted(said(answers)) == ["Conflict", "reopen"]
        assert case.due.status == "sent-back"
    assert list(verify()) == []


def test_over_http_the_second_of_a_body_reads_who_did_what(app: Flask, database_url: str, client_for) -> None:
    case = Joint("all")
    people = [case.of_county, case.also_of_county, case.of_city]
    clients = [client_for(who) for who in people]
    forms = [
        {**case.form(who), "csrf_token": client.token(f"{case.path}/review")}
        for who, client in zip(people, clients, strict=True)
    ]
    sent = [
        ({name: str(value) for name, value in form.items()}, cookie_of(client))
        for form, client in zip(forms, clients, strict=True)
    ]
    names = {who.name for who in people[:2]}
    due_id = case.due.id
    db.session.remove()

    with starter(database_url) as starts:
        server = starts.start()
        pending = [server.begin(f"{case.path}/accept", form, cookie=cookie) for form, cookie in sent]
        answers = [one.wait() for one in pending]

    assert sorted(answer.status for answer in answers[:2]) == [302, 409]
    assert answers[2].status == 302
    (told,) = [answer.page for answer in answers if answer.status == 409]
    assert "This return changed since you looked" in told
    assert any(name in told.partition("What was done last")[2] for name in names)
    views = db.session.scalars(select(BodyView).where(BodyView.return_id == due_id)).all()
    assert sorted(view.body.name for view in views) == ["City", "County"]
