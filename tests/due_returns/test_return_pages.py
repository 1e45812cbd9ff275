"""The list of returns, one return, its workbook, and the review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from dacommission.db import unit_of_work
from dacommission.returns.deadlines import due_words
from dacommission.returns.models import Return
from dacommission.review import acceptance
from dacommission.roles import Role
from dacommission.web.clock import end_of_day
from tests import make
from tests.due_returns.workbooks import Case
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
TODAY = date(2023, 9, 1)


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


@pytest.mark.parametrize(
    ("due_on", "today", "words"),
    [
        (date(2023, 7, 21), date(2023, 7, 21), "due Friday 21 July 2023"),
        (date(2023, 7, 21), date(2023, 7, 22), "late by 1 working day"),
        (date(2023, 7, 21), date(2023, 9, 1), "late by 29 working days"),
    ],
)
def test_a_deadline_is_told_in_working_days(due_on: date, today: date, words: str) -> None:
    assert due_words(Return(status="due", due_at=end_of_day(due_on)), today) == words


@pytest.mark.parametrize(
    ("submitted_at", "words"),
    [
        (datetime(2023, 7, 21, 22, 59, tzinfo=UTC), "submitted in time"),
        (datetime(2023, 7, 21, 23, 1, tzinfo=UTC), "submitted 1 working day late"),
        (datetime(2023, 7, 26, 9, 0, tzinfo=UTC), "submitted 3 working days late"),
        (None, ""),
    ],
)
def test_a_return_is_in_time_until_midnight_in_london(submitted_at: datetime | None, words: str) -> None:
    due = Return(status="submitted", due_at=end_of_day(date(2023, 7, 21)), first_submitted_at=submitted_at)

    assert due_words(due, TODAY) == words


def test_a_return_that_was_submitted_again_is_remembered_to_have_come_in_time(case: Case) -> None:
    make.submitted(case.due, {"HUB-01": 2398})
    with unit_of_work():
        case.due.first_submitted_at = datetime(2022, 7, 26, 9, 0, tzinfo=UTC)

    assert due_words(case.due, TODAY) == "submitted 3 working days late, first received in time"


def test_the_list_says_what_is_late_in_words(case: Case, client_for: ClientFor) -> None:
    make.due_return(case.contract, 2023, 1, due_at=end_of_day(date(2023, 7, 21)))

    text = text_of(client_for(case.uploader).get("/returns"))

    assert "late by 29 working days" in text
    assert "Quarter 1 2023/24" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status=late", 2),
        ("?status=submitted", 0),
        ("?status=due", 3),
        ("?year=2023", 1),
        ("?year=1999", 0),
        ("?year=" + "9" * 30, 0),
        ("?search=nothing", 0),
        ("?sort=status&order=desc", 3),
        ("?sort=period&page=99", 3),
    ],
)
def test_the_list_is_narrowed_and_sorted(case: Case, client_for: ClientFor, query: str, found: int) -> None:
    make.due_return(case.contract, 2022, 2)
    make.due_return(case.contract, 2023, 3, due_at=end_of_day(date(2024, 1, 23)))

    assert f"{found} found" in text_of(client_for(case.commissioner).get(f"/returns{query}"))


def test_what_waits_for_somebody_stands_first_in_the_list(case: Case, client_for: ClientFor) -> None:
    make.accepted(make.due_return(case.contract, 2021, 4), {"HUB-01": 1})
    make.submitted(make.due_return(case.contract, 2022, 2), {"HUB-01": 1})

    text = text_of(client_for(case.commissioner).get("/returns"))

    order = [text.index(label) for label in ("Quarter 2 2022/23", "Quarter 1 2022/23", "Quarter 4 2021/22")]
    assert order == sorted(order)


def test_a_reviewer_reads_why_it_was_sent_back_before(reviewed: Reviewed, client_for: ClientFor) -> None:
    with unit_of_work():
        reviewed.due.reason = "Check F5."

    text = text_of(client_for(reviewed.commissioner).get(f"{reviewed.path}/review"))

    assert "When it was last sent back, the reason was: Check F5." in text


def test_the_list_is_narrowed_to_a_contract(case: Case, client_for: ClientFor) -> None:
    other = make.contract(case.contract.provider, lead=case.contract.lead_commissioner)
    make.due_return(other)

    text = text_of(client_for(case.commissioner).get(f"/returns?contract={other.reference}"))

    assert "1 found" in text


def test_nobody_sees_another_providers_returns_in_the_list(case: Case, client_for: ClientFor) -> None:
    text = text_of(client_for(make.user(Role.PROVIDER_MANAGER)).get("/returns"))

    assert "0 found" in text
    assert case.contract.reference not in text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOARD_MEMBER])
def test_returns_are_not_for_everybody(case: Case, client_for: ClientFor, role: Role) -> None:
    client = client_for(make.user(role))

    assert client.get("/returns").status_code == 403
    assert client.get(case.path).status_code == 403


def test_the_workbook_is_made_for_the_contract_and_quarter(case: Case, client_for: ClientFor) -> None:
    make.accepted(make.due_return(case.contract, 2021, 4), {"HUB-01": 2301})
    make.accepted(make.due_return(case.contract, 2021, 1), {"HUB-01": 2222})

    answer = client_for(case.uploader).get(f"{case.path}/workbook")

    assert answer.headers["Content-Disposition"].endswith(f"{case.contract.reference}-2022-Q1-return.xlsx")
    cells = [cell for row in load_workbook(BytesIO(answer.data))["KPIs"].iter_rows(values_only=True) for cell in row]
    assert {"HUB-01", "HUB-05", 2301, 2222} <= set(cells)


def test_a_contract_without_kpis_has_no_workbook(case: Case, client_for: ClientFor) -> None:
    due = make.due_return(case.contract, 2023)

    page = client_for(case.uploader).get(f"/returns/{due.id}/workbook", follow_redirects=True)

    assert "has no KPIs for 2023/24 yet" in text_of(page)


def test_an_opening_figure_is_carried_forward_from_the_quarter_before(case: Case, client_for: ClientFor) -> None:
    for code in ("CBS-02", "CBS-05"):
        make.indicator(code, count_type="S", unit="cases")
        make.kpi(case.contract, code)
    make.accepted(make.due_return(case.contract, 2021, 4), {"CBS-05": 512})

    answer = client_for(case.uploader).get(f"{case.path}/workbook")

    sheet = load_workbook(BytesIO(answer.data))["KPIs"]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert 512 in rows["CBS-02"]


def test_the_page_tells_what_happened_in_order(case: Case, client_for: ClientFor) -> None:
    make.submitted(case.due, {"HUB-01": 2398}, received_by_id=case.manager.id)
    at, seen = datetime(2022, 7, 25, 9, 0, tzinfo=UTC), acceptance.as_it_stands(case.due, case.commissioner)
    acceptance.send_back(case.due, seen=seen, reason="Check F5.", by=case.commissioner, at=at)

    text = text_of(client_for(case.manager).get(case.path))

    assert "This return was sent back." in text
    assert "Reason: Check F5." in text
    assert f"Upload 1 was sent back. Monday 25 July 2022, 10:00, {case.commissioner.name}" in text


def test_an_auditor_does_not_read_why_a_return_was_sent_back(case: Case, client_for: ClientFor) -> None:
    make.submitted(case.due, {"HUB-01": 2398})
    at, seen = datetime(2022, 7, 25, 9, 0, tzinfo=UTC), acceptance.as_it_stands(case.due, case.commissioner)
    acceptance.send_back(case.due, seen=seen, reason="2,398 is wrong.", by=case.commissioner, at=at)

    text = text_of(client_for(make.user(Role.AUDITOR)).get(case.path))

    assert "This return was sent back." in text
    assert "2,398" not in text


def seen_fields(due: Return, views: int = 0) -> dict[str, Any]:
    """What a form carries that decides about the return as it is now."""
    upload = due.latest_upload
    assert upload is not None
    return {"upload": str(upload.id), "revision": upload.revision, "version": due.version, "views": views}


class Reviewed(Case):
    """A submitted return with what came before it."""

    def __init__(self) -> None:
        super().__init__()
        rate = {("HUB-05", "numerator"): 1840, ("HUB-05", "denominator"): 2300}
        make.accepted(make.due_return(self.contract, 2021, 4), {"HUB-01": 2301, **rate})
        make.accepted(make.due_return(self.contract, 2021, 1), {"HUB-01": 2100})
        make.indicator("HUB-09", name="Helpline calls", unit="calls")
        now = {("HUB-05", "numerator"): 1500, ("HUB-05", "denominator"): 2398, "HUB-09": 17}
        problems = [make.problem("Is this so?"), make.problem("The whole file.", "warning", sheet=None, cell=None)]
        figures = {"HUB-01": 2398, **now}
        make.submitted(self.due, figures, received_by_id=self.manager.id, problems=problems)
        with unit_of_work():
            self.due.latest_upload.observations[0].comment = "Two new referrers."  # type: ignore[union-attr]

    @property
    def seen(self) -> dict[str, Any]:
        return seen_fields(self.due)


@pytest.fixture
def reviewed(app: Flask) -> Reviewed:
    return Reviewed()


def test_a_reviewer_sees_each_kpi_beside_the_past_and_the_target(reviewed: Reviewed, client_for: ClientFor) -> None:
    text = text_of(client_for(reviewed.commissioner).get(f"{reviewed.path}/review"))

    assert "HUB-01 Referrals received 2,398 2,301 +4.2% Higher 2,100 +14.2% Higher No target Not rated" in text
    assert "63% 1,500 of 2,398 80% −17 points Worsening Missing Not known at least 80% Not met" in text
    assert "“Two new referrers.”" in text
    assert "Question KPIs!E5 Is this so?" in text
    assert "Warning The whole file The whole file." in text
    assert "HUB-09 Helpline calls Not a KPI of this contract 17" in text


def test_a_reviewer_accepts_exactly_what_was_seen(reviewed: Reviewed, client_for: ClientFor) -> None:
    client = client_for(reviewed.commissioner)

    done = client.send(f"{reviewed.path}/accept", reviewed.seen, of=f"{reviewed.path}/review", follow_redirects=True)

    assert "was accepted with upload 1." in text_of(done)
    assert reviewed.due.status == "accepted"


def test_what_changed_since_the_reviewer_looked_is_not_accepted(reviewed: Reviewed, client_for: ClientFor) -> None:
    client = client_for(reviewed.commissioner)
    seen = reviewed.seen
    make.submitted(reviewed.due, {"HUB-01": 9999}, received_by_id=reviewed.manager.id)

    page = client.send(f"{reviewed.path}/accept", seen, of=f"{reviewed.path}/review")

    assert page.status_code == 409
    assert "This return changed since you looked" in text_of(page)
    assert "The latest upload is number 2" in text_of(page)
    assert reviewed.due.status == "submitted"


@pytest.mark.parametrize("step", ["accept", "send-back"])
def test_a_form_without_what_was_seen_decides_nothing(reviewed: Reviewed, client_for: ClientFor, step: str) -> None:
    client = client_for(reviewed.commissioner)

    page = client.send(f"{reviewed.path}/{step}", {"reason": "Why"}, of=f"{reviewed.path}/review")

    assert page.status_code == 409
    assert reviewed.due.status == "submitted"


@pytest.mark.parametrize("step", ["accept", "send-back"])
def test_a_decision_about_another_returns_upload_is_not_taken(
    reviewed: Reviewed, client_for: ClientFor, step: str
) -> None:
    other = make.upload(make.due_return(reviewed.contract, 2022, 2), {"HUB-01": 1})
    form = {**reviewed.seen, "upload": str(other.id), "reason": "Why"}

    page = client_for(reviewed.commissioner).send(f"{reviewed.path}/{step}", form, of=f"{reviewed.path}/review")

    assert page.status_code == 409


def test_sending_back_needs_a_reason(reviewed: Reviewed, client_for: ClientFor) -> None:
    client = client_for(reviewed.commissioner)

    page = client.send(f"{reviewed.path}/send-back", {**reviewed.seen, "reason": " "}, of=f"{reviewed.path}/review")

    assert "Say why, so that the provider knows what to mend." in text_of(page)
    assert "<title>Error: " in page.get_data(as_text=True)
    assert reviewed.due.status == "submitted"


def test_a_return_is_sent_back_with_its_reason(reviewed: Reviewed, client_for: ClientFor) -> None:
    form = {**reviewed.seen, "reason": "Check F5."}

    done = client_for(reviewed.commissioner).send(
        f"{reviewed.path}/send-back", form, of=f"{reviewed.path}/review", follow_redirects=True
    )

    assert "was sent back to the provider." in text_of(done)
    assert (reviewed.due.status, reviewed.due.reason) == ("sent-back", "Check F5.")


def test_an_accepted_return_is_reopened_with_a_reason(reviewed: Reviewed, client_for: ClientFor) -> None:
    client = client_for(reviewed.commissioner)
    client.send(f"{reviewed.path}/accept", reviewed.seen, of=f"{reviewed.path}/review")
    assert "Reopen and send back" in text_of(client.get(f"{reviewed.path}/review"))

    form = {**seen_fields(reviewed.due, views=1), "reason": "Late."}
    client.send(f"{reviewed.path}/reopen", form, of=f"{reviewed.path}/review")

    assert reviewed.due.status == "sent-back"


@pytest.mark.parametrize("step", ["send-back", "reopen", "accept", "submit"])
def test_a_step_that_does_not_follow_is_refused_with_a_sentence(case: Case, client_for: ClientFor, step: str) -> None:
    make.upload(case.due, {"HUB-01": 1}, on_behalf=True, received_by_id=case.colleague.id)
    if step == "submit":
        make.submitted(case.due, {"HUB-01": 2}, on_behalf=True, received_by_id=case.colleague.id)
    form = {**seen_fields(case.due), "reason": "Why"}

    done = client_for(case.commissioner).send(f"{case.path}/{step}", form, of="/returns/open", follow_redirects=True)

    assert "now." in text_of(done)


def test_nobody_is_offered_to_accept_their_own_work(case: Case, client_for: ClientFor) -> None:
    make.submitted(case.due, {"HUB-01": 1}, received_by_id=case.commissioner.id, on_behalf=True)
    client = client_for(case.commissioner)

    page = client.get(f"{case.path}/review")
    assert "so another person accepts it." in text_of(page)
    assert "Accept upload" not in text_of(page)
    form = seen_fields(case.due)
    done = client.send(f"{case.path}/accept", form, of=f"{case.path}/review", follow_redirects=True)

    assert "Ask another commissioner to review it." in text_of(done)
    assert case.due.status == "submitted"


def test_there_is_nothing_to_review_before_a_workbook_came(case: Case, client_for: ClientFor) -> None:
    page = client_for(case.commissioner).get(f"{case.path}/review", follow_redirects=True)

    assert "there is nothing to review" in text_of(page)


def test_a_year_target_is_held_against_its_share(case: Case, client_for: ClientFor) -> None:
    make.indicator("TRN-01", name="People trained", unit="attendances", direction="higher")
    make.indicator("SA-01", name="Adults", unit="people", count_type="Y", direction="higher")
    make.kpi(case.contract, "TRN-01", target=Decimal(100))
    make.kpi(case.contract, "SA-01", target=Decimal(100))
    due = make.due_return(case.contract, 2022, 2)
    make.submitted(due, {"TRN-01": 25, "SA-01": 49}, received_by_id=case.manager.id)

    text = text_of(client_for(case.commissioner).get(f"/returns/{due.id}/review"))

    assert "at least 25 Met" in text
    assert "at least 50 Within tolerance" in text
