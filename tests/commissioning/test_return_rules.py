"""How a contract's returns work: who may say so, what is refused, and what is told of changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.audit import AuditEvent
from dacommission.commissioning.actions import Refused
from dacommission.commissioning.models import Contract, ExtensionOption
from dacommission.commissioning.return_rules import ReturnRules, change_rules, kept_until, kept_words
from dacommission.db import db
from dacommission.roles import Role
from tests import make
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]


class Case:
    """A contract of 1 April 2024 to 31 March 2028, with an option of two years that was taken up."""

    def __init__(self) -> None:
        option = ExtensionOption(number=1, months=24, status="exercised")
        self.body = make.organisation("funding-body")
        self.contract: Contract = make.contract(
            lead=self.body, starts_on=date(2024, 4, 1), ends_on=date(2028, 3, 31), extension_options=[option]
        )
        self.commissioner = make.user(Role.COMMISSIONER, self.body)
        self.path = f"/contracts/{self.contract.id}/return-rules"

    def typed(self, **changes: str) -> dict[str, str]:
        """What the form sends when only `changes` were typed."""
        day = self.contract.returns_from
        sent = {
            "version": str(self.contract.version),
            "returns_from-day": str(day.day),
            "returns_from-month": str(day.month),
            "returns_from-year": str(day.year),
            "return_working_days": "15",
            "return_day": "",
            "submission_rule": "manager",
            "acceptance_rule": "any",
            "retention_years": "",
            "follows": "",
        }
        return {**sent, **changes}

    def rules(self, **changes: Any) -> ReturnRules:
        words: dict[str, Any] = {
            "returns_from": self.contract.returns_from,
            "return_working_days": 15,
            "return_day": None,
            "submission_rule": "manager",
            "acceptance_rule": "any",
            "retention_years": None,
            "follows_id": None,
        }
        return ReturnRules(**{**words, **changes})


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def test_the_last_day_counts_the_options_that_were_taken_up(case: Case) -> None:
    assert case.contract.last_day == date(2030, 3, 31)


def test_what_is_typed_is_saved_and_its_history_told(case: Case, client_for: ClientFor) -> None:
    before = make.contract(lead=case.body)
    client = client_for(case.commissioner)
    sent = case.typed(return_day="20", submission_rule="one-person", retention_years="6", follows=str(before.id))

    text = text_of(client.send(f"{case.path}/edit", sent, follow_redirects=True))

    assert "On day 20 of the month after the quarter, or the next working day" in text
    assert "Whoever uploads it may also declare and submit it" in text
    assert "For 6 years after the contract ends: until 31 March 2036" in text
    assert f"Carries on {before}" in text
    assert "Fixed day of the month: none → 20; Who submits: A manager" in text
    assert case.commissioner.name in text
    assert "Returns are due On day 20" in text_of(client.get(f"/contracts/{case.contract.id}"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"return_working_days": "0"}, "Returns must be due between 1 and 90 working days after the quarter."),
        ({"return_working_days": "soon"}, "Returns are due after so many working days must be a whole number"),
        ({"return_day": "29"}, "The fixed day must be between 1 and 28, so that every month has it."),
        ({"retention_years": "101"}, "The years must be 100 or fewer."),
        ({"submission_rule": "anybody"}, "Choose who submits a return."),
        ({"acceptance_rule": ""}, "Choose who accepts a return."),
        ({"returns_from-year": "2023"}, "Returns must be awaited from a day within the contract's term."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    case: Case, client_for: ClientFor, changes: dict[str, str], message: str
) -> None:
    page = client_for(case.commissioner).send(f"{case.path}/edit", case.typed(**changes))

    assert message in text_of(page)
    assert db.session.scalars(select(AuditEvent)).all() == []


def test_a_contract_carries_on_only_one_that_began_earlier_and_may_be_seen(case: Case, client_for: ClientFor) -> None:
    own, unseen = make.contract(lead=case.body), make.contract()
    later = make.contract(lead=case.body, starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31))

    offered = client_for(case.commissioner).get(f"{case.path}/edit").get_data(as_text=True)

    assert [f'value="{one.id}"' in offered for one in (own, unseen, later, case.contract)] == [
        True,
        False,
        False,
        False,
    ]
    for wrong in (unseen, later, case.contract):
        given = case.rules(follows_id=wrong.id)
        with pytest.raises(Refused, match="began before it"):
            change_rules(case.contract, given, version=case.contract.version, by=case.commissioner)
        db.session.rollback()


def test_what_another_body_chose_stays_and_is_not_named(case: Case, client_for: ClientFor) -> None:
    theirs = make.contract(reference="SECRET-1")
    case.contract.follows_id = theirs.id
    db.session.commit()
    client = client_for(case.commissioner)

    page = client.get(f"{case.path}/edit").get_data(as_text=True)
    done = text_of(client.send(f"{case.path}/edit", case.typed(follows=str(theirs.id)), follow_redirects=True))

    assert "SECRET-1" not in page + done
    assert "A contract that is not yours to see" in done
    assert case.contract.follows_id == theirs.id


def test_a_change_made_meanwhile_loses_nothing_typed(case: Case, client_for: ClientFor) -> None:
    sent = case.typed(return_working_days="20")
    change_rules(case.contract, case.rules(return_day=7), version=case.contract.version, by=case.commissioner)

    page = client_for(case.commissioner).send(f"{case.path}/edit", sent)

    assert page.status_code == 409
    assert "Or on a fixed day of the following month 7" in text_of(page)


@pytest.mark.parametrize("role", [Role.PROVIDER_MANAGER, Role.AUDITOR])
def test_others_read_and_do_not_change(case: Case, client_for: ClientFor, role: Role) -> None:
    client = client_for(make.user(role, case.contract.provider if role == Role.PROVIDER_MANAGER else None))

    page = client.get(case.path)

    assert "15 working days after the end of the quarter" in text_of(page)
    assert b"Change how its returns work" not in page.data
    assert client.get(f"{case.path}/edit").status_code == 403


@pytest.mark.parametrize(
    ("years", "until", "words"),
    [
        (None, None, "For good"),
        (0, date(2030, 3, 31), "For 0 years after the contract ends: until 31 March 2030"),
        (1, date(2031, 3, 31), "For 1 year after the contract ends: until 31 March 2031"),
    ],
)
def test_files_are_kept_for_years_after_the_term(case: Case, years: int | None, until: date | None, words: str) -> None:
    case.contract.retention_years = years

    assert (kept_until(case.contract), kept_words(case.contract)) == (until, words)
    db.session.rollback()
