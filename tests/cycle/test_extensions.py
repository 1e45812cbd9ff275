"""More time for a return: asked for with a reason, granted or declined with an answer, or given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.audit import AuditEvent
from dacommission.commissioning.actions import Refused
from dacommission.cycle import extensions
from dacommission.cycle.models import DueExtension
from dacommission.cycle.tasks import to_decide
from dacommission.db import Conflict, db, unit_of_work
from dacommission.returns.deadlines import is_late
from dacommission.roles import Role
from dacommission.web.clock import end_of_day, london_day
from tests import make
from tests.faults.test_at_once import at_once
from tests.pages import PageClient, text_of
from tests.review.reviewing import counted_queries

ClientFor = Callable[[Any], PageClient]
NOW = datetime(2023, 7, 20, 9, 30, tzinfo=UTC)
TODAY = date(2023, 9, 1)
LATER = date(2023, 9, 15)
REASON = "Two of our three data officers are ill."
TYPED = {"due_on-day": "15", "due_on-month": "9", "due_on-year": "2023", "reason": REASON}


class Case:
    """A return due on 21 July 2023, and everybody who has to do with it."""

    def __init__(self) -> None:
        self.contract = make.contract()
        self.due = make.due_return(self.contract, 2023, 1, due_at=end_of_day(date(2023, 7, 21)))
        self.uploader = make.user(Role.PROVIDER_UPLOADER, self.contract.provider)
        self.commissioner = make.user(Role.COMMISSIONER, self.contract.lead_commissioner)
        self.path = f"/returns/{self.due.id}"

    def ask(self, until: date = LATER, **given: Any) -> DueExtension:
        words = {"reason": REASON, "version": self.due.version, "by": self.uploader, "at": NOW}
        return extensions.ask(self.due, until=until, **{**words, **given})

    def give(self, until: date = LATER, **given: Any) -> DueExtension:
        words = {"reason": REASON, "version": self.due.version, "by": self.commissioner, "at": NOW}
        return extensions.give(self.due, until=until, **{**words, **given})

    def grant(self, asked: DueExtension, **given: Any) -> None:
        words = {"answer": "", "version": asked.version, "by": self.commissioner, "at": NOW}
        extensions.grant(asked, **{**words, **given})

    @property
    def due_on(self) -> date:
        return london_day(self.due.due_at)


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def events() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_asking_changes_no_day_until_it_is_granted(case: Case) -> None:
    asked = case.ask()
    assert (case.due_on, is_late(case.due, TODAY)) == (date(2023, 7, 21), True)

    case.grant(asked, answer="Take the time you need.")

    assert (case.due_on, is_late(case.due, TODAY)) == (LATER, False)
    assert (asked.status, asked.decided_by_id, london_day(asked.previous_due_at)) == (
        "granted", case.commissioner.id, date(2023, 7, 21),
    )  # fmt: skip
    assert events() == ["extension-asked", "extension-granted"]


def test_what_is_declined_stays_due_as_it_was(case: Case) -> None:
    asked = case.ask()

    extensions.decline(asked, answer="The meeting is on the 25th.", version=1, by=case.commissioner, at=NOW)

    assert (asked.status, case.due_on) == ("declined", date(2023, 7, 21))
    assert case.ask(date(2023, 7, 24)).status == "asked"  # and may be asked again
    assert events() == ["extension-asked", "extension-declined", "extension-asked"]


def test_a_commissioner_gives_time_without_being_asked(case: Case) -> None:
    given = case.give()

    assert (given.status, case.due_on) == ("granted", LATER)
    assert events() == ["extension-given"]


def test_no_reason_is_in_the_audit_log(case: Case) -> None:
    case.grant(case.ask(), answer="Take the time you need.")

    assert not any(REASON in told or "Take" in told for told in db.session.scalars(select(AuditEvent.details)))


def test_time_is_asked_for_once_at_a_time(case: Case) -> None:
    case.ask()

    with pytest.raises(Refused, match="there is no answer yet"):
        case.ask()


@pytest.mark.parametrize("deed", ["ask", "give"])
def test_a_day_that_is_not_later_is_refused(case: Case, deed: str) -> None:
    with pytest.raises(Refused, match="must be after the day"):
        getattr(case, deed)(date(2023, 7, 21))


@pytest.mark.parametrize("given", [{"status": "submitted"}, {"backfilled": True}])
def test_a_return_that_nobody_waits_for_needs_no_more_time(case: Case, given: dict[str, Any]) -> None:
    asked = case.ask()
    with unit_of_work():
        for name, value in given.items():
            setattr(case.due, name, value)

    for deed in (case.ask, case.give, lambda: case.grant(asked)):
        with pytest.raises(Refused, match="Nobody waits for this return"):
            deed()
        db.session.rollback()
    assert case.due_on == date(2023, 7, 21)


def test_only_the_provider_asks_and_only_a_commissioner_of_the_contract_gives(case: Case) -> None:
    with pytest.raises(Refused, match="The provider asks"):
        case.ask(by=case.commissioner)
    for stranger in (case.uploader, make.user(Role.COMMISSIONER)):
        with pytest.raises(Refused, match="You do not have permission"):
            case.give(by=stranger)
    asked = case.ask()
    with pytest.raises(Refused, match="You do not have permission"):
        case.grant(asked, by=make.user(Role.COMMISSIONER))


def test_a_request_that_was_overtaken_cannot_be_granted(case: Case) -> None:
    asked = case.ask()
    case.give(date(2023, 9, 29))

    with pytest.raises(Refused, match="as late as that already"):
        case.grant(asked)
    db.session.rollback()
    assert case.due_on == date(2023, 9, 29)


def test_what_was_given_counts_from_the_day_it_is_granted(case: Case) -> None:
    asked = case.ask()
    case.give(date(2023, 8, 1))

    case.grant(asked)

    assert (london_day(asked.previous_due_at), case.due_on) == (date(2023, 8, 1), LATER)


def test_of_two_who_decide_at_once_the_second_is_told(app: Flask, case: Case) -> None:
    asked_id, by_id = case.ask().id, case.commissioner.id

    def decide(deed: Callable[..., None]) -> Callable[[], str]:
        def decided() -> str:
            asked = db.session.get_one(DueExtension, asked_id)
            by = db.session.get_one(type(case.commissioner), by_id)
            deed(asked, answer="No.", version=1, by=by, at=NOW)
            return deed.__name__

        return decided

    answers = at_once(app, decide(extensions.grant), decide(extensions.decline))

    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
    assert db.session.scalars(select(DueExtension.status)).one() in ("granted", "declined")


def test_time_is_asked_for_decided_and_told_through_the_pages(case: Case, client_for: ClientFor) -> None:
    provider, commissioner = client_for(case.uploader), client_for(case.commissioner)
    sent = {**TYPED, "version": str(case.due.version)}
    told = text_of(provider.send(f"{case.path}/more-time/ask", sent, follow_redirects=True))
    assert "More time is asked for." in told
    assert "Asked for: due on Friday 15 September 2023 instead of Friday 21 July 2023." in told
    assert "Grant or decline" not in told

    home = text_of(commissioner.get("/"))
    assert f"Decide on more time for {case.due}" in home
    address = f"/extensions/{db.session.scalars(select(DueExtension.id)).one()}"
    form = {"decision": "grant", "answer": "Take the time you need.", "version": "1"}
    done = text_of(commissioner.send(address, form, follow_redirects=True))

    assert "Due Friday 15 September 2023" in done
    assert "late by" not in done
    assert "Granted: due on Friday 15 September 2023" in done
    assert "Answer: Take the time you need." in text_of(provider.get(case.path))
    assert "More time was granted" in done
    assert "Decide on more time" not in text_of(commissioner.get("/"))
    assert "This request was decided already." in text_of(commissioner.get(address, follow_redirects=True))


def test_the_tasks_ask_the_database_no_more_for_many_requests_than_for_one(case: Case, app: Flask) -> None:
    case.ask()
    numbers = []
    for quarter in (2, 3):
        with app.test_request_context(), counted_queries() as sent:
            db.session.expire_all()
            numbers.append((len(list(to_decide(case.commissioner))), len(sent)))
        case.due = make.due_return(case.contract, 2023, quarter, due_at=end_of_day(date(2023, 7, 21)))
        case.ask()

    assert [number for number, _ in numbers] == [1, 2]
    assert numbers[0][1] == numbers[1][1]


def test_declining_needs_an_answer(case: Case, client_for: ClientFor) -> None:
    address = f"/extensions/{case.ask().id}"

    page = client_for(case.commissioner).send(address, {"decision": "decline", "answer": " ", "version": "1"})

    assert "Say why more time is not granted." in text_of(page)
    assert case.due_on == date(2023, 7, 21)


def test_a_commissioner_gives_time_through_the_page(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.commissioner)
    assert b"Give more time" in client.get(case.path).data

    sent = {**TYPED, "version": str(case.due.version)}
    done = client.send(f"{case.path}/more-time/give", sent, follow_redirects=True)

    assert "Given: due on Friday 15 September 2023" in text_of(done)


def test_what_is_wrong_is_said_beside_the_field(case: Case, client_for: ClientFor) -> None:
    sent = {**TYPED, "due_on-month": "7", "reason": "", "version": str(case.due.version)}  # 15 July

    text = text_of(client_for(case.uploader).send(f"{case.path}/more-time/ask", sent))

    assert "The new day must be after 21 July 2023, on which the return is due now." in text
    assert "Say why more time is needed." in text


def test_somebody_elses_change_meanwhile_loses_nothing_typed(case: Case, client_for: ClientFor) -> None:
    client, version = client_for(case.commissioner), case.due.version
    case.give(date(2023, 8, 1))

    page = client.send(f"{case.path}/more-time/give", {**TYPED, "version": str(version)})

    assert page.status_code == 409
    assert REASON in page.get_data(as_text=True)


def test_an_auditor_sees_the_days_and_not_the_reasons(case: Case, client_for: ClientFor) -> None:
    case.ask()

    text = text_of(client_for(make.user(Role.AUDITOR)).get(case.path))

    assert "Asked for: due on Friday 15 September 2023" in text
    assert REASON not in text


def test_a_return_that_is_not_waited_for_offers_no_more_time(case: Case, client_for: ClientFor) -> None:
    make.submitted(case.due, {})
    client = client_for(case.commissioner)

    assert "More time" not in text_of(client.get(case.path))
    assert "needs no more time" in text_of(client.get(f"{case.path}/more-time/give", follow_redirects=True))
