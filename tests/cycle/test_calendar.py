"""The calendar says of every contract and quarter where it stands, and counts honestly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from dacommission.commissioning.models import Contract
from dacommission.cycle.calendar import Calendar, calendar_of, contracts_of
from dacommission.db import db, unit_of_work
from dacommission.indicators.models import Indicator
from dacommission.organisations.models import Organisation
from dacommission.roles import Role
from dacommission.web.clock import end_of_day
from imports.periods import Period
from imports.reading import Status
from tests import make
from tests.pages import PageClient, text_of
from tests.review.reviewing import counted_queries

ClientFor = Callable[[Any], PageClient]
TODAY = date(2023, 9, 1)
NOW = datetime(2023, 8, 1, tzinfo=UTC)
LATE = end_of_day(date(2023, 7, 21))


@pytest.fixture
def body(app: Flask) -> Organisation:
    for code in ("HUB-01", "HUB-05", "HUB-09"):
        make.indicator(code)
    return make.organisation("funding-body")


def contract_with(body: Organisation, *codes: str, year: int = 2023, **given: Any) -> Contract:
    """A contract of a body with these mandatory KPIs."""
    contract = make.contract(lead=body, **given)
    for code in codes:
        make.kpi(contract, code, year)
    return contract


def calendar(body: Organisation, year: int = 2023, today: date = TODAY) -> Calendar:
    user = make.user(Role.COMMISSIONER, body)
    return calendar_of(contracts_of(user), Period.financial_year(year), today)


def cells(body: Organisation, year: int = 2023, today: date = TODAY) -> list[tuple[str, str]]:
    """The words of the first contract's quarters."""
    return [(cell.words, cell.detail) for cell in calendar(body, year, today).rows[0].cells]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ("Late by 29 working days", "")),
        ({"due_at": end_of_day(date(2023, 9, 8))}, ("Due Friday 8 September 2023", "")),
        ({"status": "received"}, ("Uploaded, not submitted", "Late by 29 working days")),
        ({"status": "sent-back"}, ("Sent back", "Late by 29 working days")),
        ({"status": "queried", "open_queries": 2}, ("Queried (2 open)", "")),
        ({"status": "submitted"}, ("Submitted", "")),
        ({"backfilled": True}, ("Backfilled", "")),
        ({"backfilled": True, "status": "received"}, ("Backfilled, uploaded, not submitted", "")),
    ],
)
def test_each_state_has_its_words(body: Organisation, given: dict[str, Any], words: tuple[str, str]) -> None:
    make.due_return(contract_with(body), 2023, 1, **{"due_at": LATE, **given})

    assert cells(body)[0] == words


def test_a_nil_return_says_so_when_submitted_and_when_accepted(body: Organisation) -> None:
    contract = contract_with(body)
    make.submitted(make.due_return(contract, 2022, 1), {}, kind="nil")
    make.accepted(make.due_return(contract, 2022, 2), {}, kind="nil")
    make.accepted(make.due_return(contract, 2022, 3), {})

    assert [words for words, _ in cells(body, 2022)] == ["Nil, submitted", "Nil, accepted", "Accepted", "Not open yet"]


def test_quarters_without_a_return_say_why(body: Organisation) -> None:
    contract_with(body, starts_on=date(2023, 7, 15), ends_on=date(2024, 3, 31), returns_from=date(2023, 10, 1))

    assert cells(body) == [
        ("Outside the term", ""),
        ("Not awaited", "Returns are awaited from 1 October 2023"),
        ("Not open yet", "Opens on 1 January 2024"),
        ("Not open yet", "Opens on 1 April 2024"),
    ]
    assert cells(body, today=date(2024, 1, 1))[2] == ("Not open yet", "The quarter has closed")


def test_contracts_that_do_not_run_in_the_year_are_left_out(body: Organisation) -> None:
    contract_with(body, ends_on=date(2023, 3, 31))

    assert calendar(body, 2023).rows == []


def test_only_what_is_owed_is_counted(body: Organisation) -> None:
    accepted = contract_with(body)
    make.accepted(make.due_return(accepted, 2023, 1, due_at=LATE), {})
    make.due_return(accepted, 2023, 2)  # opened early: its quarter still runs
    make.due_return(contract_with(body), 2023, 1, due_at=LATE)
    make.due_return(contract_with(body), 2023, 1, due_at=LATE, backfilled=True)
    make.accepted(make.due_return(contract_with(body), 2023, 1, due_at=LATE), {}, kind="nil")
    contract_with(body)  # its quarter has closed, and nothing ticked yet
    contract_with(body, returns_from=date(2023, 7, 1))
    contract_with(body, starts_on=date(2023, 8, 1), returns_from=date(2023, 8, 1))

    found = calendar(body)

    assert found.counts[0].returns_words == "2 of 4 returns accepted (1 of them nil), 1 late"
    assert [count.returns_words for count in found.counts[1:]] == ["No return is owed"] * 3
    assert found.count == found.counts[0]


def test_figures_count_as_reported_only_with_a_value_in_what_was_handed_in(body: Organisation) -> None:
    codes = ("HUB-01", "HUB-05", "HUB-09")
    whole, withheld, not_handed_in, nil = (contract_with(body, *codes) for _ in range(4))
    make.accepted(make.due_return(whole, 2023, 1, due_at=LATE), dict.fromkeys(codes, 1))
    partly: dict[Any, Any] = {
        "HUB-01": Status.WITHHELD,
        ("HUB-05", "numerator"): 5,
        ("HUB-05", "denominator"): Status.PENDING,
        ("HUB-09", "area", "York"): 7,  # a part of the whole is not the whole
    }
    make.submitted(make.due_return(withheld, 2023, 1, due_at=LATE), partly)
    make.upload(make.due_return(not_handed_in, 2023, 1, due_at=LATE, status="received"), dict.fromkeys(codes, 1))
    make.accepted(make.due_return(nil, 2023, 1, due_at=LATE), {}, kind="nil")

    count = calendar(body).counts[0]

    assert count.figures_words == "3 of 9 mandatory figures reported, 1 withheld, 1 not yet available"


def test_a_count_of_a_rate_that_another_kpi_is_was_reported_with_that(body: Organisation) -> None:
    shared, other = (contract_with(body, "HUB-01", "HUB-05") for _ in range(2))
    rate = db.session.get_one(Indicator, "HUB-05")
    with unit_of_work():
        rate.count_type, rate.denominator_indicator = "R", "HUB-01"
    counts: dict[Any, Any] = {("HUB-05", "numerator"): 5, ("HUB-05", "denominator"): Status.MISSING}
    make.accepted(make.due_return(shared, 2023, 1, due_at=LATE), {"HUB-01": 9, **counts})
    make.accepted(make.due_return(other, 2023, 1, due_at=LATE), {"HUB-01": 9})

    assert calendar(body).counts[0].figures_words == "3 of 4 mandatory figures reported"


def test_a_withdrawn_upload_and_a_figure_that_is_not_mandatory_count_for_nothing(body: Organisation) -> None:
    contract = contract_with(body, "HUB-01")
    make.kpi(contract, "HUB-09", 2023, mandatory=False)
    due = make.due_return(contract, 2023, 1, due_at=LATE)
    somebody = make.user(Role.PROVIDER_MANAGER, contract.provider)
    make.upload(due, {"HUB-09": 1})
    gone = make.submitted(due, {"HUB-01": 1})
    with unit_of_work():
        gone.withdrawn_at, gone.withdrawn_by_id = NOW, somebody.id

    assert calendar(body).counts[0].figures_words == "0 of 1 mandatory figures reported"


def test_a_corrected_figure_counts_as_it_stands(body: Organisation) -> None:
    contract = contract_with(body, "HUB-01")
    kept = make.accepted(make.due_return(contract, 2023, 1, due_at=LATE), {"HUB-01": Status.WITHHELD})
    corrected = make.upload(make.due_return(contract, 2023, 3), {"HUB-01": 4}).observations[0]
    with unit_of_work():
        first = kept.observations[0]
        corrected.upload_id, corrected.corrects_id = kept.id, first.id
        corrected.corrected_at, corrected.corrected_by_id, corrected.reason = NOW, kept.received_by_id, "Found later."
        corrected.period_start, corrected.period_end = first.period_start, first.period_end

    assert calendar(body).counts[0].figures_words == "1 of 1 mandatory figures reported"


def test_the_calendar_asks_as_much_for_one_contract_as_for_many(body: Organisation) -> None:
    def asked() -> int:
        user = make.user(Role.COMMISSIONER, body)
        db.session.expire_all()
        with counted_queries() as sent:
            calendar_of(contracts_of(user), Period.financial_year(2023), TODAY)
        return len(sent)

    def one_more() -> None:
        contract = contract_with(body, "HUB-01", "HUB-09")
        make.accepted(make.due_return(contract, 2023, 1, due_at=LATE), {"HUB-01": 1})
        make.submitted(make.due_return(contract, 2023, 2, due_at=LATE), {"HUB-01": 1})

    one_more()
    first = asked()
    for _ in range(5):
        one_more()

    assert asked() == first <= 9


def test_the_page_shows_the_year_that_is_chosen(body: Organisation, client_for: ClientFor) -> None:
    contract = contract_with(body, "HUB-01", year=2022)
    due = make.due_return(contract, 2022, 4, due_at=end_of_day(date(2023, 4, 25)))
    make.accepted(due, {"HUB-01": 1})
    client = client_for(make.user(Role.COMMISSIONER, body))

    this_year, chosen, odd = (client.get(f"/calendar{query}") for query in ("", "?year=2022", "?year=1066"))

    assert "Calendar of returns 2023/24" in text_of(this_year)
    assert "0 of 1 return accepted" in text_of(this_year)
    assert "1 of 4 returns accepted. 1 of 1 mandatory figures reported." in text_of(chosen)
    assert f'href="/returns/{due.id}"' in chosen.get_data(as_text=True)
    assert "Calendar of returns 2023/24" in text_of(odd)


@pytest.mark.parametrize(
    ("role", "seen"),
    [(Role.PROVIDER_MANAGER, 1), (Role.PROVIDER_UPLOADER, 1), (Role.AUDITOR, 2), (Role.ADMINISTRATOR, 0)],
)
def test_each_sees_the_contracts_that_are_theirs(
    body: Organisation, client_for: ClientFor, role: Role, seen: int
) -> None:
    own, other = contract_with(body), contract_with(body)
    of_provider = role in (Role.PROVIDER_MANAGER, Role.PROVIDER_UPLOADER)
    client = client_for(make.user(role, own.provider if of_provider else None))

    answer = client.get("/calendar")

    assert answer.status_code == (200 if seen else 403)
    assert [one.reference in text_of(answer) for one in (own, other)] == [seen > 0, seen > 1]


def test_a_year_without_contracts_is_said(app: Flask, client_for: ClientFor) -> None:
    page = client_for(make.user(Role.COMMISSIONER)).get("/calendar")

    assert "No contract runs in 2023/24." in text_of(page)
