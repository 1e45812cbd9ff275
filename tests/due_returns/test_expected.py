"""What is known of a return before its workbook comes: last quarter, last year, the year so far, the money."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask

from dacommission.commissioning.models import Contract
from dacommission.db import db, unit_of_work
from dacommission.returns.expected import expected
from dacommission.returns.models import ReturnStatus, Upload
from imports.periods import Period
from imports.reading import Line, Part
from tests import make
from tests.review.reviewing import counted_queries

CODES = {"HUB-01": {}, "HUB-05": {"count_type": "R", "unit": "percent"}, "CBS-01": {"count_type": "Y"}}


@pytest.fixture
def contract(app: Flask) -> Contract:
    contract = make.contract(paid_by=(make.organisation("funding-body"), make.organisation("funding-body")))
    for code, words in CODES.items():
        make.indicator(code, **words)
        make.kpi(contract, code)
    return contract


def line(contract: Contract, code: str, quarter: int = 2) -> Line:
    due = make.due_return(contract, 2022, quarter)
    return next(one for one in expected(due).lines if one.code == code)


def accept(contract: Contract, *figures: tuple[int, int, int], code: str = "HUB-01") -> None:
    for year, quarter, value in figures:
        make.accepted(make.due_return(contract, year, quarter), {code: value, (code, "area", "York"): 1})


def test_a_line_knows_last_quarter_and_the_same_quarter_last_year(contract: Contract) -> None:
    accept(contract, (2022, 1, 2398), (2021, 2, 2388), (2021, 3, 2297))

    found = line(contract, "HUB-01")

    assert (found.previous, found.year_ago) == ({Part.VALUE: 2398}, {Part.VALUE: 2388})


def test_the_history_goes_back_to_the_first_quarter_that_is_not_known(contract: Contract) -> None:
    accept(contract, (2021, 1, 5), (2021, 3, 7), (2021, 4, 8), (2022, 1, 9))

    assert line(contract, "HUB-01").history == (7, 8, 9)


def test_the_history_is_that_of_three_years(contract: Contract) -> None:
    quarters = [Period.quarter(2019, 1)]
    while len(quarters) < 13:
        quarters.append(quarters[-1].next())
    accept(contract, *((one.year, one.number, place) for place, one in enumerate(quarters)))

    assert line(contract, "HUB-01").history == tuple(range(1, 13))


def test_the_history_of_a_figure_since_april_is_that_of_the_same_quarter(contract: Contract) -> None:
    accept(contract, (2019, 2, 1), (2020, 2, 2), (2021, 2, 3), (2022, 1, 9), code="CBS-01")

    assert line(contract, "CBS-01").history == (1, 2, 3)


def test_the_year_so_far_is_known_when_each_earlier_quarter_is(contract: Contract) -> None:
    accept(contract, (2022, 1, 10), (2022, 2, 20))

    assert line(contract, "HUB-01", 3).so_far == {Part.VALUE: 30}
    assert line(contract, "HUB-01", 4).so_far == {}  # the third is not known


def test_nothing_is_so_far_in_the_first_quarter_nor_of_a_figure_that_does_not_add(contract: Contract) -> None:
    accept(contract, (2022, 2, 10), code="CBS-01")

    assert line(contract, "HUB-01", 1).so_far == {}
    assert line(contract, "CBS-01", 3).so_far == {}


def test_both_counts_of_a_rate_are_so_far_but_no_percentage(contract: Contract) -> None:
    figures = {("HUB-05", "numerator"): 8, ("HUB-05", "denominator"): 10, ("HUB-05", "percent"): 80}
    make.accepted(make.due_return(contract, 2022, 1), figures)

    assert line(contract, "HUB-05").so_far == {Part.NUMERATOR: 8, Part.DENOMINATOR: 10}


def test_a_figure_of_the_quarter_comes_before_one_so_far_in_the_year(contract: Contract) -> None:
    upload = make.accepted(make.due_return(contract, 2022, 1), {"HUB-01": 10, ("HUB-01", "area", "York"): 25})
    with unit_of_work():
        upload.observations[1].breakdown = upload.observations[1].category = None
        upload.observations[1].basis = "ytd"

    assert line(contract, "HUB-01").previous == {Part.VALUE: 10}


def reported_by_month(upload: Upload) -> None:
    """The first figures of an upload become those of its quarter's months."""
    with unit_of_work():
        for one, month in zip(upload.observations, upload.due.period.calendar_months, strict=False):
            one.breakdown = one.category = None
            one.part, one.period_start, one.period_end = "value", month.start, month.end


def test_the_months_of_last_quarter_make_it(contract: Contract) -> None:
    figures = {"HUB-01": 800, ("HUB-01", "area", "York"): 750, ("HUB-01", "area", "Ryedale"): 848}
    reported_by_month(make.accepted(make.due_return(contract, 2022, 1), figures))

    assert line(contract, "HUB-01").previous == {Part.VALUE: 2398}


def test_two_months_make_no_quarter(contract: Contract) -> None:
    figures = {"HUB-01": 800, ("HUB-01", "area", "York"): 750}
    reported_by_month(make.accepted(make.due_return(contract, 2022, 1), figures))

    assert line(contract, "HUB-01").previous == {}


def test_what_a_return_said_before_it_was_reopened_is_known(contract: Contract) -> None:
    due = make.due_return(contract, 2022, 2)
    make.accepted(due, {"HUB-01": 2512, ("HUB-01", "area", "York"): 9})
    assert expected(due).lines[0].stated_before == {}

    with unit_of_work():
        due.status, due.accepted_upload_id = ReturnStatus.SENT_BACK, None
    assert {one.code: one.stated_before for one in expected(due).lines}["HUB-01"] == {Part.VALUE: 2512}


def test_a_return_that_nobody_sent_back_said_nothing_before(contract: Contract) -> None:
    due = make.due_return(contract, 2022, 2)
    make.upload(due, {"HUB-01": 2512})

    assert {one.code: one.stated_before for one in expected(due).lines}["HUB-01"] == {}


def test_the_target_is_said_in_words(contract: Contract) -> None:
    make.indicator("SA-07", count_type="R", unit="percent", direction="higher")
    make.kpi(contract, "SA-07", target=Decimal(85))

    assert line(contract, "SA-07").target == "at least 85%"
    assert line(contract, "HUB-01", 3).target == ""


def test_the_funding_bodies_contributions_are_added_up(contract: Contract) -> None:
    assert expected(make.due_return(contract)).contributions == Decimal(2000)


def test_the_contributions_are_not_known_while_one_is_not(contract: Contract) -> None:
    with unit_of_work():
        contract.contributions[0].amount = None

    assert expected(make.due_return(contract)).contributions is None


def test_a_year_without_contributions_has_none(contract: Contract) -> None:
    assert expected(make.due_return(contract, 2021)).contributions is None


def test_what_is_known_takes_as_many_queries_for_many_kpis_as_for_few(contract: Contract) -> None:
    accept(contract, (2022, 1, 10))
    due = make.due_return(contract, 2022, 2)
    few = queries(due)
    for number in range(20):
        make.indicator(f"NEW-{number:02d}")
        make.kpi(contract, f"NEW-{number:02d}")

    assert queries(due) == few <= 9  # with the return, its contract, its provider and its waivers


def queries(due) -> int:
    db.session.expire_all()
    with counted_queries() as sent:
        expected(due)
    return len(sent)
