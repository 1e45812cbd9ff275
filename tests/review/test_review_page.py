"""The review page: what is unusual first, every figure beside its past, and what the page costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from dacommission.db import db, unit_of_work
from dacommission.review.lines import Reviewed
from dacommission.review.past import _past
from dacommission.submission.models import Explanation
from dacommission.waivers.models import Waiver
from imports.reading import Status
from tests import make
from tests.pages import text_of
from tests.review.reviewing import AT, Case, ClientFor, counted_queries, many_figures


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def test_the_number_of_queries_does_not_depend_on_the_number_of_figures(app: Flask, client_for: ClientFor) -> None:
    numbers = []
    for figures in (10, 60):
        case = many_figures(figures, years=4)
        client = client_for(case.commissioner)
        for _ in range(2):  # the second time with what was kept of the first
            with counted_queries() as sent:
                assert client.get(case.review).status_code == 200
            numbers.append(len(sent))

    assert numbers[:2] == numbers[2:]
    assert max(numbers) < 40


def test_what_is_kept_of_the_past_is_never_out_of_date(app: Flask, client_for: ClientFor) -> None:
    case = Case()
    before = make.accepted(make.due_return(case.contract, quarter=1), {"HUB-01": 2398})
    client = client_for(case.commissioner)
    assert "2,398" in text_of(client.get(case.review))

    kept = _past.cache_info().hits
    client.get(case.review)
    assert _past.cache_info().hits == kept + 1
    with unit_of_work():
        old = before.observations[0]
        again = {name: getattr(old, name) for name in ("sheet", "cell", "label", "heading", "indicator_code", "part")}
        again |= {name: getattr(old, name) for name in ("period_start", "period_end", "basis", "status", "match")}
        again |= {"confidence": old.confidence, "value": Decimal(2397), "shown": "2,397", "corrects_id": old.id}
        again |= {"corrected_at": AT, "corrected_by_id": case.manager.id, "reason": "A slip."}
        before.observations.append(type(old)(**again))
        before.revision += 1

    assert "2,397" in text_of(client.get(case.review))


def test_what_is_unusual_stands_first_with_its_reason(app: Flask) -> None:
    case = Case()
    for code in ("XX-01", "XX-02", "XX-03", "XX-04"):
        make.indicator(code, name=f"Measure {code}")
        make.kpi(case.contract, code)
    make.accepted(make.due_return(case.contract, quarter=1), {"XX-02": 100, "XX-03": 50, "XX-01": 7})
    figures = {"XX-01": 7, "XX-02": 200, "XX-03": 51, "XX-04": Status.WITHHELD, "HUB-01": 2521}
    rate = {("HUB-05", "numerator"): 10, ("HUB-05", "denominator"): 2521}
    asked = make.problem("Is 51 right?", cell="E7")
    upload = make.submitted(case.due, {**figures, **rate}, received_by_id=case.manager.id, problems=[asked])

    lines = Reviewed(case.due, upload).lines

    kinds = [(line.code, line.unusual[0].name if line.unusual else "") for line in lines]
    assert kinds == [
        ("HUB-05", "Off target"),
        ("XX-02", "Swing"),
        ("XX-03", "Question"),
        ("XX-04", "No figure"),
        ("HUB-01", ""),
        ("XX-01", ""),
    ]


def test_a_swing_is_told_once_and_a_query_is_named_once(app: Flask, client_for: ClientFor) -> None:
    case = Case()
    make.accepted(make.due_return(case.contract, quarter=1), {"HUB-01": 1000})
    asked = [
        make.problem("HUB-01 is 152% more than the 1,000. Is that right?", rule="V10"),
        make.problem("Is every referral counted?", rule="V07"),
    ]
    case.upload = make.submitted(case.due, {"HUB-01": 2521}, received_by_id=case.manager.id, problems=asked)
    case.asked()

    text = text_of(client_for(case.commissioner).get(case.review))

    assert "Swing. 2,521 is 152% more than the 1,000 last quarter." in text
    assert "152% more than the 1,000. Is that right?" not in text
    assert "Is every referral counted?" in text
    assert text.count("Query 1: ") == 1


def test_only_the_unusual_can_be_asked_for(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.commissioner)

    everything, few = (text_of(client.get(case.review + end)) for end in ("", "?show=unusual"))

    assert "HUB-01 Referrals received" in everything
    assert "HUB-01 Referrals received" not in few
    assert "Off target. 40% is below the target of at least 80%" in few


def test_every_figure_stands_beside_its_past_its_target_and_what_was_said(case: Case, client_for: ClientFor) -> None:
    make.accepted(make.due_return(case.contract, quarter=1), {"HUB-01": 2398})
    make.accepted(make.due_return(case.contract, 2021, 2), {"HUB-01": 2300})
    with unit_of_work():
        words = {"what": "More people called.", "why": "A campaign.", "action": "Hire.", "by_when": date(2023, 1, 5)}
        own = {"return_id": case.due.id, "indicator_code": "HUB-01", "written_by_id": case.manager.id}
        db.session.add(Explanation(**words, **own, written_at=AT))
        dated = {"starts_on": date(2022, 4, 1), "ends_on": date(2023, 3, 31), "reason": "A new system."}
        asked = {
            "asked_at": AT,
            "asked_by_id": case.manager.id,
            "decided_at": AT,
            "decided_by_id": case.commissioner.id,
        }
        db.session.add(
            Waiver(
                contract_id=case.contract.id, rule="V11", indicator_code="HUB-01", status="approved", **dated, **asked
            )
        )
    response = client_for(case.commissioner).get(case.review)

    text = text_of(response)
    assert "HUB-01 Referrals received 2,521 2,398 +5.1% Higher 2,300 +9.6% Higher No target Not rated" in text
    assert "Quarter 2 2021/22 to Quarter 2 2022/23: 2,300, no figure, no figure, 2,398, 2,521." in response.text
    said = "What happened: More people called. Why: A campaign. Action: Hire. By when: 5 January 2023"
    assert f"Explained by {case.manager.name}. {said}" in text
    assert "Rule V11 is waived until 31 March 2023: A new system." in text


def test_the_page_says_who_did_what_when(case: Case, client_for: ClientFor) -> None:
    case.asked()

    text = text_of(client_for(case.commissioner).get(case.review))

    assert "Query 1 was raised on upload 1. Tuesday 1 August 2023, 10:00" in text


def test_a_provider_sees_its_figures_as_they_stand_and_another_does_not(case: Case, client_for: ClientFor) -> None:
    stranger = client_for(make.user("provider-manager"))
    client = client_for(case.uploader)

    assert "HUB-01 Referrals received 2,521" in text_of(client.get(f"{case.path}/figures"))
    assert "KPIs!E5 The whole, Quarter 2 2022/23" in text_of(client.get(f"{case.path}/figures/HUB-01"))
    for page in ("figures", "figures/HUB-01", "changes"):
        assert stranger.get(f"{case.path}/{page}").status_code == 404


def test_an_indicator_of_another_return_has_no_page_here(case: Case, client_for: ClientFor) -> None:
    make.indicator("XX-01")

    assert client_for(case.commissioner).get(f"{case.path}/figures/XX-01").status_code == 404


def test_the_categories_of_a_figure_are_reached_from_its_line(case: Case, client_for: ClientFor) -> None:
    upload = make.submitted(case.due, {"HUB-01": 30, ("HUB-01", "area", "York"): 9}, received_by_id=case.manager.id)
    client = client_for(case.commissioner)

    assert "1 figure by category" in text_of(client.get(case.review))
    assert "KPIs!E6 York, Quarter 2 2022/23" in text_of(client.get(f"{case.path}/figures/HUB-01"))
    assert upload.number == 2
