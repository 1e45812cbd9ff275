"""Series run on across a change of provider, marked, and nobody sees another provider's exact figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from dacommission.db import unit_of_work
from dacommission.indicators.store import vocabulary
from dacommission.returns import accepted
from dacommission.returns.expected import expected
from dacommission.returns.succession import held_by, opened, predecessors
from dacommission.roles import Role
from imports.periods import Period
from imports.reading import Part
from tests import make
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]


class Case:
    """A contract of one provider until 31 March 2023, and the next one's from 1 April, of the same body."""

    def __init__(self, began: date = date(2023, 4, 1)) -> None:
        make.indicator("HUB-01", name="Referrals received")
        self.body = make.organisation("funding-body")
        old = make.organisation("provider", short_name="Haven")
        self.earlier = make.contract(old, lead=self.body, reference="OLD-1", starts_on=date(2020, 4, 1))
        self.later = make.contract(
            lead=self.body,
            reference="NEW-1",
            starts_on=began,
            ends_on=date(2028, 3, 31),
            follows_id=self.earlier.id,
        )
        for year in (2021, 2022):
            make.kpi(self.earlier, "HUB-01", year)
        make.kpi(self.later, "HUB-01", 2023)
        make.accepted(make.due_return(self.earlier, 2022, 1), {"HUB-01": 86420})
        make.accepted(make.due_return(self.earlier, 2022, 4), {"HUB-01": 97531})
        make.accepted(make.due_return(self.earlier, 2023, 1), {"HUB-01": 75319})  # after the later one began
        self.due = make.due_return(self.later, 2023, 1)
        make.submitted(self.due, {"HUB-01": 120})
        self.commissioner = make.user(Role.COMMISSIONER, self.body)
        self.manager = make.user(Role.PROVIDER_MANAGER, self.later.provider)

    def counts(self, user: Any, *years: int) -> list[Decimal | None]:
        earlier = opened(predecessors(self.later, user))
        return [count.value for count in accepted.counts(self.later, years, earlier=earlier)]


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def test_a_commissioners_series_runs_on_until_the_later_contract_began(case: Case) -> None:
    assert case.counts(case.commissioner, 2022, 2023) == [86420, 97531]
    assert [one.words for one in predecessors(case.later, case.commissioner)] == [
        "Until 31 March 2023 provided by Haven under contract OLD-1."
    ]


def test_the_next_provider_is_told_without_a_name_and_sees_no_figure(case: Case) -> None:
    (found,) = predecessors(case.later, case.manager)

    assert case.counts(case.manager, 2022, 2023) == []
    assert found.words.startswith("Until 31 March 2023 provided under an earlier contract, whose figures are not yours")
    assert "Haven" not in found.words


def test_the_same_provider_sees_its_own_earlier_figures(case: Case) -> None:
    with unit_of_work():
        case.later.provider_id = case.earlier.provider_id

    manager = make.user(Role.PROVIDER_MANAGER, case.earlier.provider)
    assert case.counts(manager, 2022) == [86420, 97531]


def test_a_commissioner_who_does_not_pay_for_the_earlier_contract_does_not_see_it(case: Case) -> None:
    other = make.organisation("funding-body")
    with unit_of_work():
        case.later.lead_commissioner_id = other.id

    (found,) = predecessors(case.later, make.user(Role.COMMISSIONER, other))
    assert (found.is_open, "OLD-1" in found.words) == (False, False)


def test_a_contract_that_began_within_a_quarter_has_that_quarter_to_itself(app: Flask) -> None:
    case = Case(began=date(2023, 2, 1))

    (found,) = predecessors(case.later, case.commissioner)

    assert found.until == Period.quarter(2022, 3)
    assert case.counts(case.commissioner, 2022) == [86420]


def test_three_contracts_in_a_row_are_one_series_and_a_circle_ends(case: Case) -> None:
    first = make.contract(lead=case.body, reference="FIRST-1", starts_on=date(2016, 4, 1), ends_on=date(2020, 3, 31))
    make.accepted(make.due_return(first, 2019, 4), {"HUB-01": 7})
    with unit_of_work():
        case.earlier.follows_id, first.follows_id = first.id, case.later.id

    found = predecessors(case.later, case.commissioner)

    assert [one.contract.reference for one in found] == ["OLD-1", "FIRST-1"]
    assert set(case.counts(case.commissioner, 2019, 2022)) == {7, 86420, 97531}
    held = [held_by(Period.from_key(key), found) for key in ("2019-Q4", "2020-Q1", "2023-Q1")]
    assert [one and one.contract.reference for one in held] == ["FIRST-1", "OLD-1", None]


def test_the_workbook_of_the_next_provider_carries_nothing_of_the_one_before(case: Case) -> None:
    wanted = expected(case.due)

    assert vocabulary().terms.keys() == {"HUB-01"}
    assert [line.previous.get(Part.VALUE) for line in wanted.lines] == [None]
    assert "97531" not in repr(wanted)


def test_results_run_on_and_are_marked(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.commissioner)

    now, before = (text_of(client.get(f"/results?contract=NEW-1&year={year}")) for year in (2023, 2022))
    where = text_of(client.get(f"/results/{case.later.id}/HUB-01/2022-Q4"))

    assert "Until 31 March 2023 provided by Haven under contract OLD-1." in now
    assert "Haven, OLD-1" not in now
    assert before.count("Haven, OLD-1") == 4
    assert "97,531" in before
    assert "75,319" not in now + before
    assert "Until 31 March 2023 provided by Haven under contract OLD-1." in where
    assert "OLD-1, Quarter 4 2022/23" in where


def test_a_change_within_the_year_says_what_it_means_for_people(app: Flask, client_for: ClientFor) -> None:
    case = Case(began=date(2023, 1, 1))
    make.accepted(make.due_return(case.later, 2022, 4), {"HUB-01": 50})
    make.kpi(case.later, "HUB-01", 2022)

    text = text_of(client_for(case.commissioner).get("/results?contract=NEW-1&year=2022"))

    assert "People who are counted since 1 April are counted anew under each contract" in text
    assert text.count("Haven, OLD-1") == 3


def test_the_next_providers_results_leave_the_earlier_figures_out_and_say_so(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)

    text = text_of(client.get("/results?contract=NEW-1&year=2023"))
    where = text_of(client.get(f"/results/{case.later.id}/HUB-01/2022-Q4"))

    assert "whose figures are not yours to see" in text
    assert "OLD-1" not in text + where
    assert "97,531" not in text + where
    assert "No accepted return says anything about this yet." in where


def test_the_review_has_the_earlier_figures_beside(case: Case, client_for: ClientFor) -> None:
    text = text_of(client_for(case.commissioner).get(f"/returns/{case.due.id}/review"))

    assert "Until 31 March 2023 provided by Haven under contract OLD-1." in text
    assert "97,531" in text
    assert "86,420" in text


def test_the_next_provider_sees_none_of_them_beside_its_own(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)

    pages = [text_of(client.get(f"/returns/{case.due.id}/figures{rest}")) for rest in ("", "/HUB-01")]

    assert not any("97,531" in page or "OLD-1" in page for page in pages)
