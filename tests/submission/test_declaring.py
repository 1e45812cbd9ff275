"""Who may declare a return: the whole rule as a table, and what an upload's page and action make of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from dacommission.db import db
from dacommission.returns import actions as returns_actions
from dacommission.roles import Role
from dacommission.submission import actions, deputies
from dacommission.submission.declaring import Declarer, capacity, refusal
from dacommission.submission.entitled import NotEntitled
from dacommission.submission.models import Deputy
from tests import make
from tests.due_returns.readings import reading
from tests.due_returns.workbooks import Case
from tests.pages import text_of

MANAGER = Declarer(Role.PROVIDER_MANAGER, of_provider=True)
UPLOADER = Declarer(Role.PROVIDER_UPLOADER, of_provider=True)
DEPUTY = Declarer(Role.PROVIDER_UPLOADER, of_provider=True, deputises=True)
COMMISSIONER = Declarer(Role.COMMISSIONER, of_provider=False)
AT = datetime(2022, 7, 12, 9, 30, tzinfo=UTC)

# rule, who, whether he uploaded it, whether it was loaded on the provider's behalf → as what he declares it
TABLE: list[tuple[str, Declarer, bool, bool, str | None]] = [
    ("manager", MANAGER, False, False, "manager"),
    ("manager", MANAGER, True, False, "manager"),
    ("manager", UPLOADER, True, False, None),
    ("manager", DEPUTY, True, False, "deputy"),
    ("manager", COMMISSIONER, False, False, None),
    ("manager", COMMISSIONER, False, True, "commissioner"),
    ("manager", MANAGER, False, True, "manager"),
    ("two-people", MANAGER, True, False, None),
    ("two-people", MANAGER, False, False, "manager"),
    ("two-people", DEPUTY, True, False, None),
    ("two-people", DEPUTY, False, False, "deputy"),
    ("two-people", UPLOADER, False, False, None),
    ("one-person", UPLOADER, True, False, "uploader"),
    ("one-person", UPLOADER, False, False, None),
    ("one-person", MANAGER, False, False, "manager"),
    ("one-person", MANAGER, True, False, "manager"),
    ("one-person", COMMISSIONER, False, False, None),
]


@pytest.mark.parametrize(("rule", "who", "uploaded_it", "on_behalf", "held"), TABLE)
def test_the_contract_says_who_declares(
    rule: str, who: Declarer, uploaded_it: bool, on_behalf: bool, held: str | None
) -> None:
    refused = refusal(rule, who, uploaded_it=uploaded_it, on_behalf=on_behalf)

    assert (None if refused else capacity(rule, who)) == held


def test_somebody_of_neither_side_declares_nothing() -> None:
    assert capacity("manager", Declarer(Role.AUDITOR, of_provider=False)) is None


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def received(case: Case, by: Any) -> dict[str, Any]:
    """What somebody sees after a workbook was kept."""
    content = f"from {by.id}".encode()
    words: dict[str, Any] = {"filename": "a.xlsx", "reading": reading(content), "at": AT}
    upload = returns_actions.receive(case.due, content=content, by=by, **words)
    return {"upload": upload, "version": case.due.version, "at": AT}


def test_a_deputy_declares_within_the_days_and_it_is_recorded(case: Case) -> None:
    make.deputy(case.uploader, starts_on=date(2022, 7, 12), ends_on=date(2022, 7, 12))

    actions.submit(case.due, by=case.uploader, **received(case, case.uploader))

    assert (case.due.declared_as, case.due.submitted_by) == ("deputy", case.uploader)


@pytest.mark.parametrize("day", [date(2022, 7, 11), date(2022, 7, 13)])
def test_a_deputy_declares_on_no_other_day(case: Case, day: date) -> None:
    make.deputy(case.uploader, starts_on=day, ends_on=day)

    with pytest.raises(NotEntitled):
        actions.submit(case.due, by=case.uploader, **received(case, case.uploader))


def test_a_return_submitted_with_open_queries_is_queried(case: Case) -> None:
    seen = received(case, case.uploader)
    case.due.open_queries = 1
    db.session.commit()

    actions.submit(case.due, by=case.manager, **seen)

    assert (case.due.status, case.due.declared_as) == ("queried", "manager")


def test_an_uploader_who_is_no_deputy_sees_no_button_and_is_refused(case: Case, client_for) -> None:
    received(case, case.uploader)
    client = client_for(case.uploader)

    assert "Submit this return" not in text_of(client.get(case.path))
    assert client.get(f"{case.path}/submit").status_code == 403
    assert client.send(f"{case.path}/submit", {}, of=f"{case.path}/explanations").status_code == 403
    assert case.due.status == "received"


def test_a_manager_does_not_declare_his_own_upload_where_two_people_are_needed(case: Case, client_for) -> None:
    case.contract.submission_rule = "two-people"
    db.session.commit()
    received(case, case.manager)
    client = client_for(case.manager)

    assert "Submit this return" not in text_of(client.get(case.path))
    assert "somebody else of your organisation declares" in text_of(
        client.get(f"{case.path}/submit", follow_redirects=True)
    )


def test_a_manager_names_a_deputy_and_ends_it(case: Case, client_for) -> None:
    client = client_for(case.manager)
    assert "Deputies who may declare your returns" in text_of(client.get("/users"))
    days = {"starts_on-day": "1", "starts_on-month": "9", "starts_on-year": "2023"}
    days |= {"ends_on-day": "8", "ends_on-month": "9", "ends_on-year": "2023"}
    form = {"user": str(case.uploader.id), "reason": "Annual leave", **days}

    named = client.send("/deputies/name", form, follow_redirects=True)

    assert f"{case.uploader.name} may declare your returns from 1 September 2023 to 8 September 2023." in text_of(named)
    assert "Annual leave" in text_of(named)
    again = client.send("/deputies/name", form)
    assert "is a deputy from 1 September 2023 to 8 September 2023 already." in text_of(again)
    deputy = db.session.query(Deputy).one()
    ended = client.send(
        f"/deputies/{deputy.id}/end", {"version": deputy.version}, of="/deputies/name", follow_redirects=True
    )
    assert f"{case.uploader.name} is no deputy any more." in text_of(ended)
    assert not deputies.db.session.query(Deputy).count()


def test_days_that_end_before_they_begin_are_refused(case: Case, client_for) -> None:
    days = {"starts_on-day": "9", "starts_on-month": "9", "starts_on-year": "2023"}
    days |= {"ends_on-day": "8", "ends_on-month": "9", "ends_on-year": "2023"}

    page = client_for(case.manager).send("/deputies/name", {"user": str(case.uploader.id), "reason": "Leave", **days})

    assert "The last day must not be before the first day." in text_of(page)


def test_another_providers_people_are_no_deputies(case: Case) -> None:
    stranger = make.user(Role.PROVIDER_UPLOADER)
    days = {"starts_on": date(2022, 7, 1), "ends_on": date(2022, 7, 31)}

    for user, by in ((stranger, case.manager), (case.uploader, case.uploader), (case.manager, case.manager)):
        with pytest.raises(deputies.NotPossible, match="one of your own organisation's uploaders"):
            deputies.name_deputy(user, **days, reason="Leave", by=by, at=AT)


def test_a_deputy_whose_time_runs_keeps_the_days_that_were(case: Case) -> None:
    deputy = make.deputy(case.uploader, starts_on=date(2022, 7, 1), ends_on=date(2022, 7, 31))

    deputies.end_deputy(deputy, version=deputy.version, by=case.manager, at=AT)

    assert deputy.ends_on == date(2022, 7, 11)
    with pytest.raises(deputies.NotPossible, match="over already"):
        deputies.end_deputy(deputy, version=deputy.version, by=case.manager, at=AT)
