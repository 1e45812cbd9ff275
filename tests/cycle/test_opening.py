"""Returns open by themselves when a quarter has closed; a past year is backfilled."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission.audit import AuditEvent, verify
from dacommission.commissioning.models import Contract, ExtensionOption
from dacommission.cycle.opening import open_returns, tick, told
from dacommission.db import db
from dacommission.returns.deadlines import due_day_of, is_late, must_be_open_for_uploads
from dacommission.returns.models import Return
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Role
from dacommission.web.clock import LONDON, end_of_day, london_day
from imports.periods import Period
from tests import make
from tests.faults.test_at_once import at_once
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
TODAY = date(2023, 9, 1)


def opened() -> list[tuple[str, bool]]:
    """Each return there is: its quarter, and whether it is backfilled."""
    found = select(Return).order_by(Return.financial_year, Return.quarter, Return.id)
    return [(due.period.key, due.backfilled) for due in db.session.scalars(found)]


def commissioner_of(contract: Contract) -> Any:
    return make.user(Role.COMMISSIONER, contract.lead_commissioner)


@pytest.mark.parametrize(
    ("quarter", "due_on"),
    [
        ("2021-Q4", date(2022, 4, 25)),
        ("2022-Q4", date(2023, 4, 25)),
        ("2023-Q4", date(2024, 4, 22)),  # Easter Monday is 1 April
        ("2023-Q1", date(2023, 7, 21)),
    ],
)
def test_a_return_is_due_at_the_end_of_the_fifteenth_working_day(app: Flask, quarter: str, due_on: date) -> None:
    period = Period.from_key(quarter)
    make.contract(returns_from=period.start)

    (due, *_) = tick(date(period.end.year, period.end.month + 1, 1))

    due_at = due.due_at.astimezone(LONDON)
    assert due_at.date() == due_on
    assert (due_at.hour, due_at.minute) == (23, 59)


@pytest.mark.parametrize(
    ("quarter", "return_day", "due_on"),
    [
        ("2023-Q1", 20, date(2023, 7, 20)),
        ("2023-Q2", 14, date(2023, 10, 16)),  # the 14th is a Saturday
        ("2023-Q3", 1, date(2024, 1, 2)),  # New Year's Day
        ("2021-Q4", 15, date(2022, 4, 19)),  # Good Friday, then Easter Monday
    ],
)
def test_a_fixed_day_moves_to_the_next_working_day(quarter: str, return_day: int, due_on: date) -> None:
    assert due_day_of(Contract(return_day=return_day), Period.from_key(quarter)) == due_on


@pytest.mark.parametrize(
    ("today", "keys"),
    [
        (date(2023, 6, 30), ["2022-Q4"]),  # the last day of the quarter is not over
        (date(2023, 7, 1), ["2022-Q4", "2023-Q1"]),
        (date(2023, 9, 30), ["2022-Q4", "2023-Q1"]),
    ],
)
def test_the_return_opens_when_its_quarter_has_closed(app: Flask, today: date, keys: list[str]) -> None:
    make.contract(returns_from=date(2023, 1, 1))

    assert [due.period.key for due in tick(today)] == keys


def test_ticking_again_opens_nothing_and_changes_no_due_day(app: Flask) -> None:
    contract = make.contract(returns_from=date(2023, 4, 1))
    tick(TODAY)
    before = db.session.scalars(select(Return.due_at)).one()
    contract.return_working_days = 20
    db.session.commit()

    assert tick(TODAY) == []
    assert list(told([])) == ["No return was to be opened."]
    assert db.session.scalars(select(Return.due_at)).one() == before
    assert db.session.scalar(select(func.count()).where(AuditEvent.action == "returns-opened")) == 1
    assert db.session.scalars(select(AuditEvent.actor_name)).one() == "Command line"


def test_two_ticks_at_once_open_each_return_once(app: Flask) -> None:
    for _ in range(3):
        make.contract(returns_from=date(2022, 4, 1))

    answers = at_once(app, *[lambda: len(tick(TODAY))] * 4)

    assert sorted(answers) == [0, 0, 0, 15]
    assert db.session.scalar(select(func.count()).select_from(Return)) == 15
    assert list(verify()) == []


def test_returns_open_only_in_the_term_with_the_options_that_were_taken_up(app: Flask) -> None:
    options = [
        ExtensionOption(number=1, months=6, status="exercised"),
        ExtensionOption(number=2, months=6, status="open"),
    ]
    make.contract(
        starts_on=date(2022, 2, 1),
        ends_on=date(2022, 9, 30),
        returns_from=date(2022, 2, 1),
        extension_options=options,
    )

    tick(TODAY)

    assert [key for key, _ in opened()] == ["2021-Q4", "2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"]


def test_nothing_opens_for_quarters_before_returns_are_awaited(app: Flask) -> None:
    make.contract(returns_from=date(2023, 2, 15))  # within quarter 4, which is awaited

    tick(TODAY)

    assert opened() == [("2022-Q4", False), ("2023-Q1", False)]


def test_what_was_opened_is_told_in_sentences(app: Flask) -> None:
    contract = make.contract(returns_from=date(2023, 4, 1))

    assert list(told(tick(TODAY))) == [f"Opened {contract.reference}, Quarter 1 2023/24, due Friday 21 July 2023."]


def test_opening_a_year_twice_opens_it_once(app: Flask) -> None:
    contract = make.contract()
    by = commissioner_of(contract)

    first, again = open_returns(contract, 2022, by=by), open_returns(contract, 2022, by=by)

    assert [due.id for due in first] == [due.id for due in again]
    assert [due.quarter for due in again] == [1, 2, 3, 4]
    assert db.session.scalar(select(func.count()).where(AuditEvent.action == "returns-opened")) == 1


def test_a_past_year_is_backfilled_and_never_late(app: Flask) -> None:
    contract = make.contract(returns_from=date(2022, 10, 1))

    found = open_returns(contract, 2022, by=commissioner_of(contract))

    assert opened() == [("2022-Q1", True), ("2022-Q2", True), ("2022-Q3", False), ("2022-Q4", False)]
    assert [is_late(due, TODAY) for due in found] == [False, False, True, True]
    details = json.loads(db.session.scalars(select(AuditEvent.details)).one())
    assert details == {"quarters": ["2022-Q3", "2022-Q4"], "backfilled": ["2022-Q1", "2022-Q2"]}


def test_no_return_is_opened_outside_the_contracts_term(app: Flask) -> None:
    contract = make.contract()

    with pytest.raises(StepNotAllowed, match="has no quarter in 2024/25"):
        open_returns(contract, 2024, by=commissioner_of(contract))


def test_an_extension_that_was_taken_up_belongs_to_the_term(app: Flask) -> None:
    contract = make.contract(extension_options=[ExtensionOption(number=1, months=6, status="exercised")])

    assert [due.quarter for due in open_returns(contract, 2024, by=commissioner_of(contract))] == [1, 2]


def test_a_commissioner_who_pays_nothing_cannot_open_returns(app: Flask) -> None:
    with pytest.raises(StepNotAllowed, match="You do not have permission"):
        open_returns(make.contract(), 2022, by=make.user(Role.COMMISSIONER))


def test_a_commissioner_opens_the_returns_of_a_year(app: Flask, client_for: ClientFor) -> None:
    contract = make.contract(returns_from=date(2023, 7, 1))
    form = {"contract": str(contract.id), "year": "2023"}

    done = client_for(commissioner_of(contract)).send("/returns/open", form, follow_redirects=True)

    assert f"4 returns of {contract.reference} for 2023/24 are open. Nobody waits for 1 of them, as it is" in text_of(
        done
    )
    assert "Friday 21 July 2023: backfilled, so nobody waits for it" in text_of(done)


def test_a_year_that_is_backfilled_whole_is_said_to_be(app: Flask, client_for: ClientFor) -> None:
    contract = make.contract(returns_from=date(2024, 4, 1))
    form = {"contract": str(contract.id), "year": "2023"}

    done = client_for(commissioner_of(contract)).send("/returns/open", form, follow_redirects=True)

    assert "are open. Nobody waits for them, as they are backfilled." in text_of(done)


def test_opening_a_year_outside_the_contract_is_a_form_error(app: Flask, client_for: ClientFor) -> None:
    contract = make.contract()

    page = client_for(commissioner_of(contract)).send("/returns/open", {"contract": str(contract.id), "year": "2016"})

    assert "has no quarter in 2016/17. Choose a year in which it runs." in text_of(page)


def test_a_contract_of_another_body_cannot_be_opened(app: Flask, client_for: ClientFor) -> None:
    stranger = client_for(make.user(Role.COMMISSIONER))

    page = stranger.send("/returns/open", {"contract": str(make.contract().id), "year": "2023"})

    assert "Not a valid choice" in text_of(page)
    assert opened() == []


# Uploads after the contract has ended


def ended(**given: Any) -> Return:
    """The last return of a contract that ended on 31 March 2023, due on 25 April."""
    contract = make.contract(ends_on=date(2023, 3, 31))
    return make.due_return(contract, 2022, 4, **{"due_at": end_of_day(date(2023, 4, 25)), **given})


def test_the_provider_of_an_ended_contract_uploads_until_the_last_day(app: Flask) -> None:
    due = ended()

    must_be_open_for_uploads(due, date(2023, 4, 25), on_behalf=False)
    with pytest.raises(StepNotAllowed, match=r"ended on 31 March 2023, .* Ask the commissioner for more time"):
        must_be_open_for_uploads(due, date(2023, 4, 26), on_behalf=False)


@pytest.mark.parametrize("status", ["queried", "sent-back"])
def test_what_is_asked_of_an_ended_contract_can_still_be_answered(app: Flask, status: str) -> None:
    must_be_open_for_uploads(ended(status=status, open_queries=1), date(2023, 6, 1), on_behalf=False)


def test_a_commissioner_loads_for_an_ended_contract_and_its_provider_does_not_backfill(app: Flask) -> None:
    due = ended(backfilled=True)

    must_be_open_for_uploads(due, date(2023, 6, 1), on_behalf=True)
    with pytest.raises(StepNotAllowed, match="ended on 31 March 2023"):
        must_be_open_for_uploads(due, date(2023, 4, 2), on_behalf=False)


def test_more_days_for_the_contract_or_the_return_open_it_again(app: Flask) -> None:
    due = ended(due_at=end_of_day(date(2023, 6, 30)))
    extended = make.due_return(
        make.contract(
            ends_on=date(2023, 3, 31),
            extension_options=[ExtensionOption(number=1, months=12, status="exercised")],
        )
    )

    must_be_open_for_uploads(due, date(2023, 6, 1), on_behalf=False)
    must_be_open_for_uploads(extended, date(2023, 6, 1), on_behalf=False)
    assert london_day(extended.due_at) < date(2023, 6, 1)


def test_the_provider_reads_its_return_after_the_end_and_is_told_why_it_cannot_upload(
    app: Flask, client_for: ClientFor
) -> None:
    due = ended()
    client = client_for(make.user(Role.PROVIDER_UPLOADER, due.contract.provider))

    page = client.get(f"/returns/{due.id}")
    refused = client.get(f"/returns/{due.id}/upload", follow_redirects=True)

    assert page.status_code == 200
    assert b"Upload a workbook" not in page.data
    assert "so the provider can upload nothing more to it. Ask the commissioner for more time." in text_of(refused)
