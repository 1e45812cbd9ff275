"""Waivers: asked for, decided on by somebody else, shown beside what the rule finds, and ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.audit import AuditEvent
from dacommission.db import db
from dacommission.indicators.store import vocabulary
from dacommission.returns.expected import expected
from dacommission.review.said import waivers
from dacommission.roles import Role
from dacommission.waivers import actions
from dacommission.waivers.actions import NotPossible, Wanted
from dacommission.waivers.models import Waiver
from dacommission.waivers.words import rule_choices
from imports.checks import RULES
from imports.reading import Part
from imports.template import Entry, fill_template, make_template
from tests import make
from tests.due_returns.workbooks import Case, chosen
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
AT = datetime(2022, 7, 12, 9, 30, tzinfo=UTC)
YEAR = {"starts_on": date(2022, 4, 1), "ends_on": date(2023, 3, 31)}
FORM = {"rule": "mandatory-missing", "indicator": "HUB-01", "first": "2022-Q1", "last": "2022-Q4"}


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def without_referrals(case: Case) -> bytes:
    blank = make_template(expected(case.due), vocabulary())
    counts = (Entry("HUB-05", Part.NUMERATOR, 1903), Entry("HUB-05", Part.DENOMINATOR, 2398))
    return fill_template(blank, counts)


def decided(case: Case, **given: Any) -> Waiver:
    words = {"status": "approved", "decided_at": AT, "decided_by_id": case.commissioner.id}
    return make.waiver(case.contract, **{**words, **given})


def test_a_waiver_is_asked_for_approved_and_stands_beside_what_the_rule_finds(
    case: Case, client_for: ClientFor
) -> None:
    uploader, commissioner = client_for(case.uploader), client_for(case.commissioner)
    assert "1 error" in text_of(uploader.send(f"{case.path}/upload", chosen(without_referrals(case))))
    assert "Ask for a waiver of a rule that cannot be met" in text_of(uploader.get(case.path))

    form = {**FORM, "reason": "The case system was replaced."}
    asked = uploader.send(f"/contracts/{case.contract.id}/waivers/ask", form, follow_redirects=True)

    assert "A commissioner of the contract decides on it." in text_of(asked)
    waiver = db.session.scalars(select(Waiver)).one()
    assert f"Decide on a waiver for {case.contract.reference}" in text_of(commissioner.get("/"))
    decision = {"decision": "approved", "answer": "Until March.", "version": waiver.version}
    done = commissioner.send(
        f"/waivers/{waiver.id}/decide", decision, of=f"/waivers/{waiver.id}", follow_redirects=True
    )
    assert "The waiver was approved." in text_of(done)
    assert "Until March." in text_of(uploader.get(f"/waivers/{waiver.id}"))
    page = text_of(uploader.send(f"{case.path}/upload", chosen(without_referrals(case))))
    assert "no errors" in page
    assert "Waived until 31 March 2023: The case system was replaced." in page
    for path in (case.path, f"/contracts/{case.contract.id}", f"/contracts/{case.contract.id}/waivers"):
        assert "The case system was replaced." in text_of(commissioner.get(path))
    told = db.session.scalars(select(AuditEvent).where(AuditEvent.action.like("waiver-%")).order_by(AuditEvent.id))
    events = told.all()
    assert [event.action for event in events] == ["waiver-asked", "waiver-approved"]
    assert not any("case system" in event.details or "March." in event.details for event in events)


def test_only_rules_that_may_be_waived_are_offered() -> None:
    keys = {key for key, _ in rule_choices()}

    assert keys == {key for key, rule in RULES.items() if rule.waivable}
    assert "wrong-provider" not in keys
    assert all(words.endswith(".") and ": " in words for _, words in rule_choices())


@pytest.mark.parametrize("rule", ["wrong-provider", "no-such-rule"])
def test_a_rule_that_every_return_meets_is_not_waived(case: Case, rule: str) -> None:
    with pytest.raises(NotPossible, match="Every return has to meet this rule"):
        actions.ask(case.contract, Wanted(rule, None, **YEAR, reason="No"), by=case.manager, at=AT)


def test_nobody_decides_on_what_they_asked_for(case: Case, client_for: ClientFor) -> None:
    waiver = make.waiver(case.contract, asked_by_id=case.commissioner.id)
    client = client_for(case.commissioner)

    assert "so another person decides on it." in text_of(client.get(f"/waivers/{waiver.id}"))
    assert "Decide on a waiver" not in text_of(client.get("/"))
    form = {"decision": "approved", "version": waiver.version}
    done = client.send(f"/waivers/{waiver.id}/decide", form, of="/returns/open", follow_redirects=True)

    assert "another person decides on it" in text_of(done)
    assert waiver.status == "asked"
    actions.decide(waiver, approved=False, answer="No.", version=waiver.version, by=case.colleague, at=AT)
    assert waiver.status == "declined"


def test_a_button_pressed_twice_asks_for_one_waiver(case: Case) -> None:
    wanted = Wanted("mandatory-missing", None, YEAR["starts_on"], YEAR["ends_on"], "The case system was replaced.")

    asked = [actions.ask(case.contract, wanted, by=case.uploader, at=AT) for _ in range(2)]

    assert asked[0] is asked[1]
    assert len(db.session.scalars(select(Waiver)).all()) == 1


def test_a_waiver_is_decided_on_once(case: Case) -> None:
    waiver = decided(case)

    with pytest.raises(NotPossible, match="decided on already"):
        actions.decide(waiver, approved=False, answer="", version=waiver.version, by=case.colleague, at=AT)


def test_an_answer_typed_while_somebody_else_decided_is_shown_to_be_copied(case: Case, client_for: ClientFor) -> None:
    waiver = make.waiver(case.contract)
    form = {"decision": "approved", "answer": "Until March, no longer.", "version": waiver.version}
    actions.decide(waiver, approved=False, answer="No.", version=waiver.version, by=case.colleague, at=AT)

    page = client_for(case.commissioner).send(f"/waivers/{waiver.id}/decide", form, of=f"/waivers/{waiver.id}")

    assert page.status_code == 409
    assert "Until March, no longer." in text_of(page)
    assert (waiver.status, waiver.answer) == ("declined", "No.")


def test_a_commissioner_who_pays_nothing_decides_nothing(case: Case) -> None:
    waiver, stranger = make.waiver(case.contract), make.user(Role.COMMISSIONER)

    with pytest.raises(NotPossible, match="You do not have permission"):
        actions.decide(waiver, approved=True, answer="", version=waiver.version, by=stranger, at=AT)


def test_a_waiver_covers_the_quarters_between_its_days_and_no_other(case: Case) -> None:
    decided(case, starts_on=date(2022, 7, 1), ends_on=date(2022, 12, 31))
    make.waiver(case.contract)
    returns = {quarter: make.due_return(case.contract, quarter=quarter) for quarter in (2, 3, 4)}

    covered = [quarter for quarter, due in {1: case.due, **returns}.items() if expected(due).waived]

    assert covered == [2, 3]


def test_a_waiver_that_is_ended_covers_what_was_before(case: Case, client_for: ClientFor) -> None:
    waiver = decided(case, ends_on=date(2024, 3, 31))
    client = client_for(case.colleague)

    done = client.send(
        f"/waivers/{waiver.id}/end", {"version": waiver.version}, of=f"/waivers/{waiver.id}", follow_redirects=True
    )

    assert "The waiver was ended." in text_of(done)
    assert (waiver.status, waiver.ends_on) == ("ended", date(2023, 8, 31))
    assert expected(case.due).waived
    assert waivers(case.due) == {"": ["Rule mandatory-missing is waived until 31 August 2023: The system changed."]}
    assert not expected(make.due_return(case.contract, 2023, 2)).waived
    with pytest.raises(NotPossible, match="Only an approved waiver"):
        actions.end(waiver, version=waiver.version, by=case.commissioner, at=AT)


def test_a_form_says_what_is_missing(case: Case, client_for: ClientFor) -> None:
    path = f"/contracts/{case.contract.id}/waivers/ask"
    form = {**FORM, "rule": "", "first": "2022-Q4", "last": "2022-Q1", "reason": ""}

    page = text_of(client_for(case.manager).send(path, form))

    assert "There is a problem Choose a rule." in page
    assert "Say why the rule cannot be met." in page
    assert "The last quarter must not be before the first quarter." in page


def test_an_auditor_sees_the_state_and_no_reason(case: Case, client_for: ClientFor) -> None:
    waiver = make.waiver(case.contract, reason="2,398 is not known")
    auditor = client_for(make.user(Role.AUDITOR))

    for path in (f"/waivers/{waiver.id}", f"/contracts/{case.contract.id}/waivers", case.path):
        assert "2,398" not in text_of(auditor.get(path))
        assert "Asked for" in text_of(auditor.get(path))


def test_another_providers_waiver_is_not_found(case: Case, client_for: ClientFor) -> None:
    waiver = make.waiver(case.contract)
    stranger = client_for(make.user(Role.PROVIDER_MANAGER))

    assert stranger.get(f"/waivers/{waiver.id}").status_code == 404
    assert stranger.get(f"/contracts/{case.contract.id}/waivers").status_code == 404
