"""A contract's KPIs over a year, and where each figure comes from."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from dacommission.commissioning.models import Contract
from dacommission.db import db, unit_of_work
from dacommission.returns.models import StoredObservation
from dacommission.roles import Role
from imports.periods import Period
from tests import make
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]


class Case:
    """Three of four quarters of 2022/23, and one of the year before."""

    def __init__(self) -> None:
        make.indicator("HUB-01", name="Referrals received")
        make.indicator("HUB-05", name="Supported", unit="percent", count_type="R", direction="higher")
        make.indicator("SA-01", name="Adults", unit="people", count_type="Y")
        self.contract: Contract = make.contract()
        self.manager = make.user(Role.PROVIDER_MANAGER, self.contract.provider)
        make.kpi(self.contract, "HUB-01")
        make.kpi(self.contract, "HUB-05", target=Decimal(80))
        make.kpi(self.contract, "SA-01")
        make.accepted(make.due_return(self.contract, 2021, 2), self.figures(2500, 1800, 98))
        self.uploads = [
            make.accepted(make.due_return(self.contract, 2022, quarter), self.figures(*given))
            for quarter, given in enumerate([(2398, 1903, 61), (2512, 2100, 98), (2371, 1200, 131)], start=1)
        ]
        make.submitted(make.due_return(self.contract, 2022, 4), self.figures(2458, 1971, 164))

    @staticmethod
    def figures(referrals: int, supported: int, adults: int) -> dict[Any, int]:
        rate = {("HUB-05", "numerator"): supported, ("HUB-05", "denominator"): referrals}
        return {"HUB-01": referrals, **rate, "SA-01": adults}

    def where(self, code: str, period: str) -> str:
        return f"/results/{self.contract.id}/{code}/{period}"


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def test_results_show_each_quarter_and_an_incomplete_year(case: Case, client_for: ClientFor) -> None:
    text = text_of(client_for(case.manager).get("/results"))

    assert "2022/23" in text
    assert "2,398" in text
    assert "7,281 (3 of 4 quarters)" in text
    assert "1,903 of 2,398" in text
    assert "2,458" not in text  # submitted, not accepted


def test_results_are_rated_in_words_and_show_the_direction_of_travel(case: Case, client_for: ClientFor) -> None:
    text = text_of(client_for(case.manager).get("/results"))

    assert "79% (HUB-05, Quarter 1 2022/23) 1,903 of 2,398 Within tolerance" in text
    assert "84% (HUB-05, Quarter 2 2022/23) 2,100 of 2,512 Met Since last quarter: improving" in text
    assert "51% (HUB-05, Quarter 3 2022/23) 1,200 of 2,371 Not met Since last quarter: worsening" in text
    assert "Since last year: improving" in text


def test_a_contract_and_a_year_can_be_chosen(case: Case, client_for: ClientFor) -> None:
    text = text_of(client_for(case.manager).get(f"/results?contract={case.contract.reference}&year=2021"))

    assert "has no KPIs for 2021/22" in text


def test_a_year_that_is_not_there_falls_back_to_the_latest_with_figures(case: Case, client_for: ClientFor) -> None:
    make.due_return(case.contract, 2023, 1)

    assert f"{case.contract}, 2022/23" in text_of(client_for(case.manager).get("/results?year=1999"))


def test_there_is_a_page_before_there_are_results(app: Flask, client_for: ClientFor) -> None:
    contract = make.contract()
    manager = make.user(Role.PROVIDER_MANAGER, contract.provider)

    assert "There are no results yet." in text_of(client_for(manager).get("/results"))
    assert "There are no results yet." in text_of(client_for(make.user(Role.PROVIDER_MANAGER)).get("/results"))


def test_another_providers_contract_is_not_offered(case: Case, client_for: ClientFor) -> None:
    stranger = client_for(make.user(Role.PROVIDER_MANAGER))

    assert "2,398" not in text_of(stranger.get(f"/results?contract={case.contract.reference}"))
    assert stranger.get(case.where("HUB-01", "2022-Q1")).status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BOARD_MEMBER, Role.ADMINISTRATOR])
def test_figures_are_not_for_everybody(case: Case, client_for: ClientFor, role: Role) -> None:
    client = client_for(make.user(role))

    assert client.get("/results").status_code == 403
    assert client.get(case.where("HUB-01", "2022-Q1")).status_code == 403


def test_a_figure_leads_to_its_cells_file_and_digest(case: Case, client_for: ClientFor) -> None:
    page = client_for(case.manager).get(case.where("HUB-05", "2022-Q1"))

    text = text_of(page)
    kept = case.uploads[0]
    assert "79%" in text
    assert "What is counted." in text
    assert "One count divided by the other, and rounded last." in text
    assert f"KPIs!E6 1903 1,903 HUB-05, numerator, Quarter 1 2022/23, in the period {kept}" in text
    assert kept.sha256 in text
    assert f'href="/uploads/{kept.id}#KPIs!E6"' in page.get_data(as_text=True)


def test_a_year_leads_to_the_cells_of_every_quarter(case: Case, client_for: ClientFor) -> None:
    text = text_of(client_for(case.manager).get(case.where("HUB-01", "2022")))

    assert "3 of 4 quarters" in text
    assert text.count("KPIs!E5") == 3


def test_a_figure_nobody_reported_is_said_to_be_so(case: Case, client_for: ClientFor) -> None:
    text = text_of(client_for(case.manager).get(case.where("HUB-01", "2022-Q4")))

    assert "No accepted return says anything about this yet." in text


def test_a_stated_total_that_differs_is_shown_beside(case: Case, client_for: ClientFor) -> None:
    contract = make.contract(case.contract.provider)
    make.kpi(contract, "HUB-01")
    for quarter in (1, 2, 3, 4):
        kept = make.accepted(make.due_return(contract, 2022, quarter), {"HUB-01": 100})
    state_total(kept, 500)

    text = text_of(client_for(case.manager).get(f"/results?contract={contract.reference}"))

    assert "400" in text
    assert "The source states 500." in text


def state_total(kept: Any, value: int) -> None:
    year = Period.financial_year(2022)
    with unit_of_work():
        db.session.add(
            StoredObservation(
                upload_id=kept.id,
                sheet="KPIs",
                cell="F5",
                label="Total",
                heading=[],
                indicator_code="HUB-01",
                part="value",
                period_start=year.start,
                period_end=year.end,
                basis="total",
                value=Decimal(value),
                status="reported",
                shown=str(value),
                match="code",
                confidence=Decimal(1),
            )
        )


@pytest.mark.parametrize(("code", "period"), [("XX-99", "2022-Q1"), ("HUB-01", "never"), ("HUB-01", "2022-Q9")])
def test_a_figure_that_cannot_be_is_not_found(case: Case, client_for: ClientFor, code: str, period: str) -> None:
    assert client_for(case.manager).get(case.where(code, period)).status_code == 404
