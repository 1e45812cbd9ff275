"""Each funding body's view, acceptance by the contract's rule, sending back and reopening."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.audit import AuditEvent, verify
from dacommission.commissioning.models import Contribution
from dacommission.db import Conflict, db, unit_of_work
from dacommission.returns.workflow import ReturnStatus, StepNotAllowed
from dacommission.review.acceptance import accept, give_view, reopen, send_back
from dacommission.review.bodies import earlier_views, funding_bodies, positions, standing_views, views_on
from dacommission.review.models import BodyView
from dacommission.roles import Role
from tests import make
from tests.review.joint import LATER, NOW, Joint
from tests.review.reviewing import counted_queries


@pytest.fixture
def case(app: Flask) -> Joint:
    return Joint()


@pytest.fixture
def unanimous(app: Flask) -> Joint:
    return Joint("all")


def views(case: Joint) -> dict[str, str | None]:
    """What each body says now."""
    return {one.body: one.view for one in positions(case.due, views_on(case.due))}


def test_the_lead_commissioner_and_whoever_pays_in_the_returns_year_fund_it(case: Joint) -> None:
    other = make.organisation("funding-body")
    with unit_of_work():
        case.contract.contributions.append(Contribution(body_id=other.id, financial_year=2021))

    assert funding_bodies(case.due) == [case.county, case.city, case.police]


def test_a_return_is_accepted_with_the_upload_that_was_seen(case: Joint) -> None:
    assert accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=LATER)

    assert (case.due.status, case.due.accepted_upload_id) == ("accepted", case.due.uploads[0].id)
    assert (case.due.decided_at, case.due.decided_by) == (LATER, case.of_county)
    assert views(case) == {"County": "agrees", "City": None, "Police": None}
    assert case.events() == ["return-view", "return-accept"]
    assert list(verify()) == []


@pytest.mark.parametrize("submits", ["of_city", "also_of_county"])
def test_nobody_accepts_or_judges_what_they_uploaded_or_submitted(case: Joint, submits: str) -> None:
    with unit_of_work():
        case.due.uploads[0].received_by_id = case.of_county.id
        case.due.submitted_by_id = getattr(case, submits).id

    for who in (case.of_county, getattr(case, submits)):
        with pytest.raises(StepNotAllowed, match="You uploaded, corrected or submitted this return yourself"):
            accept(case.due, seen=case.seen(who), by=who, at=LATER)
        with pytest.raises(StepNotAllowed, match="You uploaded, corrected or submitted this return yourself"):
            give_view(case.due, seen=case.seen(who), view="objects", note="No.", by=who, at=LATER)


def test_another_commissioner_accepts_what_was_loaded_on_behalf(case: Joint) -> None:
    with unit_of_work():
        case.due.uploads[0].received_by_id = case.due.submitted_by_id = case.of_county.id

    assert accept(case.due, seen=case.seen(case.also_of_county), by=case.also_of_county, at=LATER)


def test_a_return_cannot_be_accepted_twice_for_one_body(case: Joint) -> None:
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=LATER)

    with pytest.raises(StepNotAllowed, match="without open queries can be accepted. It is accepted now."):
        accept(case.due, seen=case.seen(case.also_of_county), by=case.also_of_county, at=LATER)


def test_another_body_gives_its_view_after_the_acceptance(case: Joint) -> None:
    before = case.seen(case.of_city)
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)
    version = case.due.version

    accept(case.due, seen=before, by=case.of_city, at=LATER)
    give_view(
        case.due, seen=case.seen(case.of_police), view="reservations", note="F5 is high.", by=case.of_police, at=LATER
    )

    assert views(case) == {"County": "agrees", "City": "agrees", "Police": "reservations"}
    assert (case.due.decided_by, case.due.version) == (case.of_county, version)


def test_a_body_that_pays_only_in_another_year_gives_no_view(case: Joint) -> None:
    body = make.organisation("funding-body", name="Borough")
    with unit_of_work():
        case.contract.contributions.append(Contribution(body_id=body.id, financial_year=2021))
    who = make.user(Role.COMMISSIONER, body)

    with pytest.raises(StepNotAllowed, match="Borough does not pay towards .* in 2022/23"):
        accept(case.due, seen=case.seen(who), by=who, at=LATER)


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.PROVIDER_MANAGER])
def test_a_stranger_gives_no_view(case: Joint, role: Role) -> None:
    who = make.user(role) if role == Role.COMMISSIONER else case.manager

    with pytest.raises(StepNotAllowed, match="You do not have permission"):
        accept(case.due, seen=case.seen(who), by=who, at=LATER)


def test_whoever_gave_one_bodys_view_gives_no_others(case: Joint) -> None:
    give_view(case.due, seen=case.seen(case.of_city), view="objects", note="No.", by=case.of_city, at=NOW)
    with unit_of_work():
        case.of_city.organisation_id = case.police.id

    with pytest.raises(StepNotAllowed, match="the view of another body"):
        accept(case.due, seen=case.seen(case.of_city), by=case.of_city, at=LATER)


def test_one_of_two_people_of_a_body_is_told_that_it_changed(unanimous: Joint) -> None:
    case, seen = unanimous, unanimous.seen(unanimous.also_of_county)
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)

    with pytest.raises(Conflict):
        give_view(case.due, seen=seen, view="objects", note="No.", by=case.also_of_county, at=LATER)
    with pytest.raises(Conflict):
        send_back(case.due, seen=seen, reason="No.", by=case.also_of_county, at=LATER)
    assert views(case)["County"] == "agrees"


def test_a_body_changes_its_mind_and_both_views_are_kept(unanimous: Joint) -> None:
    case = unanimous
    give_view(case.due, seen=case.seen(case.of_county), view="objects", note="F5?", by=case.of_county, at=NOW)
    accept(case.due, seen=case.seen(case.also_of_county), by=case.also_of_county, at=LATER)

    assert views(case)["County"] == "agrees"
    assert [(view.view, view.number) for view in earlier_views(case.due)] == [("objects", 1)]


def test_under_all_the_last_body_to_agree_accepts(unanimous: Joint) -> None:
    case = unanimous

    answers = [accept(case.due, seen=case.seen(who), by=who, at=NOW) for who in (case.of_county, case.of_city)]
    assert (answers, case.due.status) == ([False, False], "submitted")

    give = {"view": "reservations", "note": "F5 is high."}
    assert give_view(case.due, seen=case.seen(case.of_police), by=case.of_police, at=LATER, **give)
    assert (case.due.status, case.due.decided_by) == ("accepted", case.of_police)
    assert case.events() == ["return-view", "return-view", "return-view", "return-accept"]


def test_under_all_an_objection_blocks(unanimous: Joint) -> None:
    case = unanimous
    give_view(case.due, seen=case.seen(case.of_police), view="objects", note="F5?", by=case.of_police, at=NOW)

    for who in (case.of_county, case.of_city):
        assert not accept(case.due, seen=case.seen(who), by=who, at=LATER)

    with pytest.raises(StepNotAllowed, match="Police does not agree."):
        accept(case.due, seen=case.seen(case.of_city), by=case.of_city, at=LATER)


def test_under_lead_only_the_lead_commissioner_accepts(app: Flask) -> None:
    case = Joint("lead")

    assert not accept(case.due, seen=case.seen(case.of_city), by=case.of_city, at=NOW)
    assert accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=LATER)


@pytest.mark.parametrize("rule", ["any", "lead"])
def test_an_objection_does_not_block_whoever_has_read_it(app: Flask, rule: str) -> None:
    case = Joint(rule)
    give_view(case.due, seen=case.seen(case.of_city), view="objects", note="F5?", by=case.of_city, at=NOW)
    (objection,) = views_on(case.due).values()

    assert not accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)
    assert views(case)["County"] == "agrees"
    with pytest.raises(StepNotAllowed, match="Of City there is an objection. Read why"):
        accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)
    assert accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=LATER, read=[objection.id])


def test_a_contract_whose_rule_was_relaxed_accepts_with_what_was_said(unanimous: Joint) -> None:
    case = unanimous
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)
    with unit_of_work():
        case.contract.acceptance_rule = "lead"

    assert accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=LATER)
    assert case.events() == ["return-view", "return-accept"]


def test_a_queried_return_is_not_accepted_but_a_body_may_object(case: Joint) -> None:
    with unit_of_work():
        case.due.status, case.due.open_queries = ReturnStatus.QUERIED, 1

    with pytest.raises(StepNotAllowed, match="It is queried now."):
        accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=LATER)
    assert not give_view(
        case.due, seen=case.seen(case.of_county), view="reservations", note="F5?", by=case.of_county, at=LATER
    )
    assert views(case)["County"] == "reservations"


@pytest.mark.parametrize("change", ["new_version", "correct"])
def test_earlier_views_do_not_count_for_other_figures(unanimous: Joint, change: str) -> None:
    case = unanimous
    seen = case.seen(case.of_police)
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)
    accept(case.due, seen=case.seen(case.of_city), by=case.of_city, at=NOW)

    getattr(case, change)()

    assert views(case) == dict.fromkeys(("County", "City", "Police"))
    assert [view.words for view in earlier_views(case.due)] == ["Agrees", "Agrees"]
    with pytest.raises(Conflict):
        accept(case.due, seen=seen, by=case.of_police, at=LATER)
    assert not accept(case.due, seen=case.seen(case.of_police), by=case.of_police, at=LATER)


def test_an_acceptance_of_what_was_sent_back_meanwhile_is_a_conflict(case: Joint) -> None:
    seen = case.seen(case.of_city)
    send_back(case.due, seen=case.seen(case.of_county), reason="Check F5.", by=case.of_county, at=NOW)

    with pytest.raises(Conflict):
        accept(case.due, seen=seen, by=case.of_city, at=LATER)
    with pytest.raises(StepNotAllowed, match="It is sent back now."):
        accept(case.due, seen=case.seen(case.of_city), by=case.of_city, at=LATER)


def test_what_was_accepted_meanwhile_is_not_sent_back(case: Joint) -> None:
    seen = case.seen(case.of_city)
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)

    with pytest.raises(Conflict):
        send_back(case.due, seen=seen, reason="Check F5.", by=case.of_city, at=LATER)


def test_an_accepted_return_is_reopened_with_a_reason_and_its_views_stay_on_record(unanimous: Joint) -> None:
    case = unanimous
    for who in (case.of_county, case.of_city, case.of_police):
        accept(case.due, seen=case.seen(who), by=who, at=NOW)

    reopen(case.due, seen=case.seen(case.of_city), reason="A late correction.", by=case.of_city, at=LATER)

    assert (case.due.status, case.due.reason, case.due.accepted_upload_id) == ("sent-back", "A late correction.", None)
    assert [view.words for view in earlier_views(case.due)] == ["Agrees"] * 3
    with unit_of_work():  # the same figures come again
        case.due.status = ReturnStatus.SUBMITTED
    assert views(case) == dict.fromkeys(("County", "City", "Police"))
    assert not accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=LATER)


def test_the_log_holds_no_reason_and_no_note(case: Joint) -> None:
    give_view(case.due, seen=case.seen(case.of_city), view="objects", note="F5?", by=case.of_city, at=NOW)
    send_back(case.due, seen=case.seen(case.of_county), reason="F5 is wrong.", by=case.of_county, at=LATER)

    told = [json.loads(event.details) for event in db.session.scalars(select(AuditEvent))]
    assert not any("F5" in str(one) for one in told)
    assert (told[0]["body"], told[0]["view"], told[0]["number"]) == ("City", "objects", 1)


def test_the_views_of_many_returns_are_found_together(case: Joint) -> None:
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)
    other = make.due_return(case.contract, quarter=2)

    key, other_key = case.due.id, other.id
    db.session.expire_all()
    found = standing_views([case.due, other])
    with counted_queries() as sent:
        said = [(view.body.name, view.recorded_by.organisation_id == view.body_id) for view in found[key].values()]

    assert (said, sent) == ([("County", True)], [])
    assert found[other_key] == {}
    assert db.session.scalars(select(BodyView)).one().about(case.due.latest_upload)
