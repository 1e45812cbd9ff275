"""Each body's view on the pages: who gives it, who sees it, and what the second of two is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from dacommission.commissioning.models import Contribution
from dacommission.db import unit_of_work
from dacommission.review.acceptance import accept, give_view, reopen
from dacommission.review.bodies import positions, views_on
from dacommission.roles import Role
from tests import make
from tests.pages import PageClient, text_of
from tests.review.joint import NOW, Joint

ClientFor = Callable[[Any], PageClient]


@pytest.fixture
def case(app: Flask) -> Joint:
    return Joint("all")


def objects(case: Joint, who: Any, note: str = "F5 is not ours.") -> None:
    give_view(case.due, seen=case.seen(who), view="objects", note=note, by=who, at=NOW)


def said(case: Joint) -> list[str | None]:
    """What the county, the city and the police say."""
    return [one.view for one in sorted(positions(case.due, views_on(case.due)), key=lambda one: not one.is_lead)]


def test_under_all_each_bodys_agreement_is_recorded_and_the_last_accepts(case: Joint, client_for: ClientFor) -> None:
    review = f"{case.path}/review"
    page = text_of(client_for(case.of_county).get(review))
    assert "Every funding body has to agree." in page
    assert "You record that County agrees with upload 1" in page
    assert "City has not given its view. Police has not given its view." in page

    for who in (case.of_county, case.of_city):
        done = client_for(who).send(f"{case.path}/accept", case.form(who), of=review, follow_redirects=True)
        assert f"The view of {who.organisation.name} on upload 1 is recorded." in text_of(done)
    assert "The return is not accepted yet. Police has not given its view." in text_of(done)
    done = client_for(case.of_police).send(
        f"{case.path}/accept", case.form(case.of_police), of=review, follow_redirects=True
    )

    assert "The return was accepted with upload 1." in text_of(done)
    assert f"County Lead commissioner Agrees Upload 1 {case.of_county.name}" in text_of(done)


def test_reservations_and_objections_need_a_note(case: Joint, client_for: ClientFor) -> None:
    client, form = client_for(case.of_city), case.form(case.of_city, view="objects", note=" ")

    page = client.send(f"{case.path}/view", form, of=f"{case.path}/review")

    assert "Say what the reservations or objections are." in text_of(page)
    assert "<title>Error: " in page.get_data(as_text=True)
    assert said(case) == [None] * 3


def test_a_view_must_be_chosen_and_be_one_that_is_offered(case: Joint, client_for: ClientFor) -> None:
    client = client_for(case.of_city)

    for view in ("", "agrees", "most"):
        page = client.send(
            f"{case.path}/view", case.form(case.of_city, view=view, note="So."), of=f"{case.path}/review"
        )
        assert "There is a problem" in text_of(page)
    assert said(case) == [None] * 3


def test_an_objection_and_its_note_are_shown_to_the_other_bodies_and_the_provider(
    case: Joint, client_for: ClientFor
) -> None:
    form = case.form(case.of_city, view="objects", note="F5 is not ours.")
    done = client_for(case.of_city).send(f"{case.path}/view", form, of=f"{case.path}/review", follow_redirects=True)
    assert "The view of City on upload 1 is recorded." in text_of(done)

    for who in (case.of_county, case.manager):
        text = text_of(client_for(who).get(case.path))
        assert "City Does not agree “F5 is not ours.” Upload 1" in text
        assert "City gave its view of upload 1." in text
    assert "City Does not agree “F5 is not ours.”" in text_of(client_for(case.of_county).get(f"{case.path}/review"))
    auditor = text_of(client_for(make.user(Role.AUDITOR)).get(case.path))
    assert "City Does not agree Upload 1" in auditor
    assert "not ours" not in auditor


@pytest.mark.parametrize("rule", ["any", "lead"])
def test_whoever_accepts_against_an_objection_says_that_it_was_read(
    app: Flask, client_for: ClientFor, rule: str
) -> None:
    case = Joint(rule)
    before = case.form(case.of_county)
    objects(case, case.of_city)
    client, review = client_for(case.of_county), f"{case.path}/review"
    assert "Not every funding body agrees. Your acceptance counts all the same." in text_of(client.get(review))

    page = client.send(f"{case.path}/accept", before, of=review)
    assert "tick that you have read it." in text_of(page)
    assert (case.due.status, said(case)[0]) == ("submitted", None)

    (objection,) = views_on(case.due).values()
    form = case.form(case.of_county, read=str(objection.id))
    client.send(f"{case.path}/accept", form, of=review)
    assert case.due.status == "accepted"


def test_after_the_acceptance_another_body_gives_its_view(app: Flask, client_for: ClientFor) -> None:
    case = Joint("any")
    client, review = client_for(case.of_county), f"{case.path}/review"
    client.send(f"{case.path}/accept", case.form(case.of_county), of=review)

    form = case.form(case.of_city, view="agrees", note="")
    done = client_for(case.of_city).send(f"{case.path}/view", form, of=review, follow_redirects=True)

    assert "The return had been accepted with it: the view stands beside the acceptance." in text_of(done)
    assert said(case).count("agrees") == 2


def test_the_second_of_a_body_reads_who_did_what_and_keeps_what_was_typed(case: Joint, client_for: ClientFor) -> None:
    form = case.form(case.also_of_county, view="objects", note="F5 is not ours.")
    client = client_for(case.also_of_county)
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)

    page = client.send(f"{case.path}/view", form, of=f"{case.path}/review")

    assert page.status_code == 409
    text = text_of(page)
    assert "This return changed since you looked" in text
    assert "County gave its view of upload 1. Tuesday 12 July 2022, 10:30, " + case.of_county.name in text
    assert "F5 is not ours." in text
    assert "Revision" not in text


def test_views_of_an_earlier_version_are_shown_as_such(case: Joint, client_for: ClientFor) -> None:
    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)
    case.correct()

    text = text_of(client_for(case.of_city).get(case.path))

    assert "County Lead commissioner No view yet" in text
    assert "Views of earlier versions" in text
    assert f"County Lead commissioner Agrees Upload 1 {case.of_county.name}" in text


def test_a_reopened_return_still_shows_what_the_bodies_said(case: Joint, client_for: ClientFor) -> None:
    for who in (case.of_county, case.of_city, case.of_police):
        accept(case.due, seen=case.seen(who), by=who, at=NOW)
    reopen(case.due, seen=case.seen(case.of_city), reason="Late.", by=case.of_city, at=NOW)

    text = text_of(client_for(case.manager).get(case.path))

    assert "the return was sent back or reopened" in text
    assert "No view yet" not in text


def test_a_body_that_does_not_pay_this_year_is_offered_nothing(case: Joint, client_for: ClientFor) -> None:
    body = make.organisation("funding-body", name="Borough")
    with unit_of_work():
        case.contract.contributions.append(Contribution(body_id=body.id, financial_year=2021))
    who = make.user(Role.COMMISSIONER, body)

    page = client_for(who).get(f"{case.path}/review")

    assert "Borough does not pay towards" in text_of(page)
    assert "Record" not in page.get_data(as_text=True)


@pytest.mark.parametrize("step", ["view", "accept", "send-back", "reopen"])
def test_another_bodys_return_is_not_found(case: Joint, client_for: ClientFor, step: str) -> None:
    stranger = make.user(Role.COMMISSIONER)

    sent = client_for(stranger).send(f"{case.path}/{step}", case.form(case.of_city, view="objects"), of="/account")

    assert sent.status_code == 404


@pytest.mark.parametrize("step", ["view", "accept", "send-back", "reopen"])
def test_the_provider_gives_no_view(case: Joint, client_for: ClientFor, step: str) -> None:
    sent = client_for(case.manager).send(f"{case.path}/{step}", case.form(case.of_city, view="objects"), of="/account")

    assert sent.status_code == 403


@pytest.mark.parametrize("missing", ["revision", "views", "version", "upload"])
def test_a_view_without_what_was_seen_is_not_recorded(case: Joint, client_for: ClientFor, missing: str) -> None:
    form = case.form(case.of_city, view="objects", note="So.")
    del form[missing]

    page = client_for(case.of_city).send(f"{case.path}/view", form, of=f"{case.path}/review")

    assert page.status_code == 409
    assert said(case) == [None] * 3


def test_the_list_of_returns_tells_the_views(case: Joint, client_for: ClientFor) -> None:
    objects(case, case.of_city)
    make.due_return(case.contract, quarter=2)

    text = text_of(client_for(case.of_county).get("/returns"))

    assert text.count("Do not agree: City. No view yet: County, Police.") == 1


def test_what_waits_for_my_body_is_a_task(case: Joint, client_for: ClientFor) -> None:
    assert f"Review {case.due}" in text_of(client_for(case.of_county).get("/"))

    accept(case.due, seen=case.seen(case.of_county), by=case.of_county, at=NOW)

    text = text_of(client_for(case.also_of_county).get("/"))
    assert f"{case.due} waits for others City has not given its view." in text
    assert f"Review {case.due}" in text_of(client_for(case.of_city).get("/"))
