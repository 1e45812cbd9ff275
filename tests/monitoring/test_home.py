"""Each person's first page answers: what needs me now?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from dacommission.audit import record
from dacommission.commissioning.models import Contract
from dacommission.cycle import extensions
from dacommission.db import unit_of_work
from dacommission.returns.models import Return
from dacommission.roles import Permission, Role
from dacommission.web.clock import end_of_day
from dacommission.web.tasks import Task, Urgency, add_tasks
from tests import make
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
LATE = end_of_day(date(2023, 7, 21))
NEXT = end_of_day(date(2023, 9, 20))
NOW = datetime(2023, 9, 1, 9, 30, tzinfo=UTC)


class Case:
    def __init__(self) -> None:
        make.indicator("HUB-01", name="Referrals received")
        make.indicator("HUB-05", name="Supported", unit="percent", count_type="R", direction="higher")
        self.contract: Contract = make.contract()
        self.manager = make.user(Role.PROVIDER_MANAGER, self.contract.provider)
        self.uploader = make.user(Role.PROVIDER_UPLOADER, self.contract.provider)
        self.commissioner = make.user(Role.COMMISSIONER, self.contract.lead_commissioner)

    def due(self, quarter: int = 1, year: int = 2023, **given: Any) -> Return:
        return make.due_return(self.contract, year, quarter, **{"due_at": LATE, **given})


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_a_first_page(app: Flask, client_for: ClientFor, role: Role) -> None:
    text = text_of(client_for(make.user(role)).get("/"))

    assert "What needs you now" in text


def test_nothing_to_do_is_said(case: Case, client_for: ClientFor) -> None:
    assert "Nothing needs you now." in text_of(client_for(case.uploader).get("/"))


def test_a_commissioner_sees_what_to_review_and_what_is_late(case: Case, client_for: ClientFor) -> None:
    make.submitted(case.due(4, 2022), {"HUB-01": 1}, received_by_id=case.manager.id)
    case.due(1)
    case.due(2, due_at=NEXT)
    case.due(3, due_at=end_of_day(date(2024, 1, 23)))

    text = text_of(client_for(case.commissioner).get("/"))

    reference = case.contract.reference
    assert f"Late {reference}" in text
    provider = case.contract.provider.short_name
    assert f"Quarter 1 2023/24 is late by 29 working days {provider}: nothing was received yet." in text
    assert f"Now Review {reference}" in text
    assert "Quarter 2 2023/24 is due Wednesday 20 September 2023" in text
    assert "Quarter 3 2023/24" not in text


def test_what_was_loaded_on_behalf_is_marked(case: Case, client_for: ClientFor) -> None:
    colleague = make.user(Role.COMMISSIONER, case.contract.lead_commissioner)
    make.submitted(case.due(), {"HUB-01": 1}, received_by_id=colleague.id, on_behalf=True)

    assert f"Loaded by {colleague.name} on behalf of" in text_of(client_for(case.commissioner).get("/"))


def test_what_a_commissioner_loaded_waits_for_another(case: Case, client_for: ClientFor) -> None:
    make.submitted(case.due(), {"HUB-01": 1}, received_by_id=case.commissioner.id, on_behalf=True)

    text = text_of(client_for(case.commissioner).get("/"))

    assert "waits for another commissioner" in text
    assert "Review" not in text


def test_a_commissioner_sees_what_is_with_the_provider(case: Case, client_for: ClientFor) -> None:
    sent_back(case, case.due(due_at=NEXT))

    assert ": sent back: Check F5." in text_of(client_for(case.commissioner).get("/"))


def test_a_return_that_came_in_time_and_was_reopened_is_not_late(case: Case, client_for: ClientFor) -> None:
    sent_back(case, case.due())  # submitted long before its last day, which is over

    text = text_of(client_for(case.commissioner).get("/"))

    assert "is with the provider" in text
    assert "is late" not in text
    assert "1 found" not in text_of(client_for(case.commissioner).get("/returns?status=late"))


def sent_back(case: Case, due: Return) -> None:
    make.submitted(due, {"HUB-01": 1}, received_by_id=case.manager.id)
    with unit_of_work():
        due.status, due.reason = "sent-back", "Check F5."


def test_a_provider_sees_the_next_return_with_its_workbook(case: Case, client_for: ClientFor) -> None:
    late, following = case.due(1), case.due(2, due_at=NEXT)
    case.due(3, due_at=end_of_day(date(2024, 1, 23)))

    page = client_for(case.uploader).get("/")

    text = text_of(page)
    assert "Quarter 1 2023/24 Late by 29 working days." in text
    assert "Quarter 2 2023/24 Due Wednesday 20 September 2023." in text
    assert "Quarter 3 2023/24" not in text
    for due in (late, following):
        assert f"/returns/{due.id}/workbook" in page.get_data(as_text=True)
    assert f"/returns/{late.id}/upload" in page.get_data(as_text=True)
    assert f"/returns/{following.id}/upload" not in page.get_data(as_text=True)  # its quarter still runs


def test_a_return_whose_quarter_is_over_is_to_be_filled_in_now(case: Case, client_for: ClientFor) -> None:
    case.due(1, due_at=NEXT)

    assert "Now Fill in" in text_of(client_for(case.manager).get("/"))


def test_what_was_sent_back_comes_with_its_reason(case: Case, client_for: ClientFor) -> None:
    sent_back(case, case.due())

    text = text_of(client_for(case.manager).get("/"))

    assert "Mend" in text
    assert "Sent back: Check F5." in text


def test_a_manager_submits_what_an_uploader_waits_for(case: Case, client_for: ClientFor) -> None:
    due = case.due()
    make.upload(due, {"HUB-01": 1}, received_by_id=case.uploader.id)
    with unit_of_work():
        due.status = "received"

    assert f"Submit {due}" in text_of(client_for(case.manager).get("/"))
    assert "waits for your manager to submit it" in text_of(client_for(case.uploader).get("/"))


def test_missed_targets_of_the_latest_accepted_quarter_are_named(case: Case, client_for: ClientFor) -> None:
    make.kpi(case.contract, "HUB-05", target=Decimal(80))
    rates = {("HUB-05", "numerator"): 10, ("HUB-05", "denominator"): 20}
    make.accepted(case.due(1, 2022), rates)

    for person in (case.commissioner, case.manager):
        text = text_of(client_for(person).get("/"))
        assert f"{case.contract.reference}: 1 KPI not met in Quarter 1 2022/23 HUB-05 Supported" in text


def test_another_providers_returns_are_nobodys_task(case: Case, client_for: ClientFor) -> None:
    case.due()

    for role in (Role.PROVIDER_MANAGER, Role.COMMISSIONER, Role.BOARD_MEMBER):
        assert case.contract.reference not in text_of(client_for(make.user(role)).get("/"))


def test_an_administrator_sees_open_invitations_and_disabled_accounts(app: Flask, client_for: ClientFor) -> None:
    administrator = make.user(Role.ADMINISTRATOR, password_hash="set")
    make.user(Role.COMMISSIONER)
    make.user(Role.COMMISSIONER, disabled_at=datetime(2023, 1, 1, tzinfo=UTC))

    text = text_of(client_for(administrator).get("/"))

    assert "1 person has not taken up an invitation" in text
    assert "1 account is disabled" in text


def test_an_auditor_goes_to_the_chain_and_the_log(app: Flask, client_for: ClientFor) -> None:
    page = client_for(make.user(Role.AUDITOR)).get("/")

    assert "Check the audit log’s chain" in text_of(page)
    assert 'href="/audit/chain"' in page.get_data(as_text=True)
    assert 'href="/audit"' in page.get_data(as_text=True)


def test_who_watches_the_log_sees_what_was_done_last(case: Case, client_for: ClientFor) -> None:
    administrator, auditor = make.user(Role.ADMINISTRATOR), make.user(Role.AUDITOR)
    with unit_of_work():
        for quarter in range(6):
            record("returns-opened", subject=case.contract, by=case.commissioner, quarters=[quarter])
        record("user-enabled", subject=case.uploader, by=administrator, security=True)

    seen = {person: text_of(client_for(person).get("/")) for person in (auditor, administrator, case.commissioner)}

    assert f"{administrator.name} enabled the account of {case.uploader}." in seen[auditor]
    assert f"{case.commissioner.name} opened returns of the contract {case.contract}." in seen[auditor]
    assert "The newest 5 of 7 events" in seen[auditor]
    assert "The newest 1 of 1 events" in seen[administrator]
    assert case.contract.reference not in seen[administrator]
    assert "The newest" not in seen[case.commissioner]


def test_other_nouns_put_in_what_they_know(app: Flask, client_for: ClientFor) -> None:
    add_tasks(app, Permission.RELEASES_READ, lambda user: [Task("Read the release", "/releases", urgency=Urgency.NOW)])

    assert "Now Read the release" in text_of(client_for(make.user(Role.BOARD_MEMBER)).get("/"))
    assert "Read the release" not in text_of(client_for(make.user(Role.ADMINISTRATOR)).get("/"))


def test_nobody_is_asked_for_a_backfilled_return_until_it_is_submitted(case: Case, client_for: ClientFor) -> None:
    backfilled = case.due(2, 2022, backfilled=True)
    make.upload(case.due(3, 2022, backfilled=True, status="received"), {"HUB-01": 1})
    make.submitted(case.due(4, 2022, backfilled=True), {"HUB-01": 1}, received_by_id=case.manager.id)

    reviewer, provider = (text_of(client_for(one).get("/")) for one in (case.commissioner, case.manager))

    assert str(backfilled) not in reviewer + provider
    assert "Quarter 3 2022/23" not in reviewer
    assert f"Review {case.contract.reference}" in reviewer
    assert "Late" not in reviewer + provider


def test_the_provider_of_a_late_return_may_ask_for_more_time(case: Case, client_for: ClientFor) -> None:
    late = case.due()

    page = client_for(case.uploader).get("/").get_data(as_text=True)

    assert f'href="/returns/{late.id}/more-time/ask"' in page


def test_a_late_return_for_which_more_time_is_asked_says_so(case: Case, client_for: ClientFor) -> None:
    late, client = case.due(), client_for(case.uploader)
    reason, until = "The case system was replaced.", date(2023, 9, 15)
    extensions.ask(late, until=until, reason=reason, version=late.version, by=case.uploader, at=NOW)

    page = client.get("/").get_data(as_text=True)
    again = client.get(f"/returns/{late.id}/more-time/ask", follow_redirects=True)

    assert "More time is asked for." in page
    assert f'href="/returns/{late.id}/more-time/ask"' not in page
    assert "More time was asked for already, and there is no answer yet." in text_of(again)


def test_after_the_contract_has_ended_a_late_return_offers_more_time_and_no_upload(
    case: Case, client_for: ClientFor
) -> None:
    late = case.due()
    with unit_of_work():
        case.contract.ends_on = date(2023, 6, 30)

    page = client_for(case.uploader).get("/").get_data(as_text=True)

    assert f'href="/returns/{late.id}/more-time/ask"' in page
    assert f'href="/returns/{late.id}/upload"' not in page
