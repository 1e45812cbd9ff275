"""The year 2022/23, row by row: annual totals as published in September 2023, quarters invented to fit them.

Every number here is typed from the document and worked by hand, not computed by the code under test.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from dacommission.indicators.results import increase, per_month, result
from dacommission.indicators.units import rounded, text
from imports.reading import Basis, Part
from tests.indicators.counts import YEAR, count, cumulative, measure, period, quarters, rates

FLOWS = {
    "HUB-01": ((2398, 2512, 2371, 2458), 9739),
    "HUB-09": ((4187, 4402, 4196, 4227), 17012),
    "XS-01": ((2041, 2156, 2079, 2113), 8389),
    "CBS-03": ((318, 330, 301, 312), 1261),
    "CBS-04": ((309, 325, 322, 318), 1274),
    "SA-05": ((3822, 3864, 3864, 3780), 15330),
    "SA-06": ((3440, 3493, 3363, 3402), 13698),
    "SA-09": ((38, 41, 45, 36), 160),
    "CTX-01": ((1573, 1778, 1501, 1435), 6287),
}
CUMULATIVE = {
    "CBS-01": ((446, 903, 1331, 1784), (446, 457, 428, 453)),
    "SA-01": ((61, 98, 131, 164), (61, 37, 33, 33)),
    "SA-02": ((38, 60, 79, 97), (38, 22, 19, 18)),
    "WFA-01": ((71, 118, 165, 210), (71, 47, 47, 45)),
    "WFA-02": ((44, 75, 104, 132), (44, 31, 29, 28)),
    "RES-01": ((82, 146, 205, 264), (82, 64, 59, 59)),
    "RES-02": ((27, 45, 61, 76), (27, 18, 16, 15)),
    "PRP-01": ((52, 78, 101, 122), (52, 26, 23, 21)),
}


@pytest.mark.parametrize("code", FLOWS)
def test_events_add_up_over_the_quarters(code):
    by_quarter, whole_year = FLOWS[code]

    found = result(measure(code), quarters(code, *by_quarter), YEAR)

    assert found.value == whole_year
    assert found.complete
    assert (found.reported, found.due) == (4, 4)
    assert found.sources == (1, 2, 3, 4)


@pytest.mark.parametrize("code", CUMULATIVE)
def test_people_in_the_year_so_far_take_the_last_quarters_count(code):
    by_quarter, _ = CUMULATIVE[code]

    found = result(measure(code), cumulative(code, *by_quarter), YEAR)

    assert found.value == by_quarter[3]
    assert found.complete
    assert found.coverage == "4 of 4 quarters"
    assert found.basis is Basis.YEAR_TO_DATE


@pytest.mark.parametrize("code", CUMULATIVE)
def test_people_first_seen_in_a_quarter_are_the_step_since_the_quarter_before(code):
    by_quarter, steps = CUMULATIVE[code]
    counts = cumulative(code, *by_quarter)

    found = [increase(measure(code), counts, quarter).value for quarter in YEAR.quarters]

    assert found == list(steps)


def test_the_year_opens_with_the_cases_brought_forward_into_its_first_quarter():
    found = result(measure("CBS-02"), quarters("CBS-02", 512, 521, 526, 505), YEAR)

    assert (found.value, found.complete, found.sources) == (512, True, (1,))


def test_the_year_closes_with_the_cases_carried_forward_from_its_last_quarter():
    found = result(measure("CBS-05"), quarters("CBS-05", 521, 526, 505, 499), YEAR)

    assert (found.value, found.complete, found.sources) == (499, True, (4,))


def test_the_referrals_supported_by_the_hub_are_a_share_of_the_referrals_received():
    counts = [
        *quarters("HUB-05", 1903, 2021, 1896, 1971, part=Part.NUMERATOR),
        *quarters("HUB-01", 2398, 2512, 2371, 2458),
    ]

    found = result(measure("HUB-05"), counts, YEAR)

    assert (found.numerator, found.denominator) == (7791, 9739)
    assert rounded(found.value, 3) == Decimal("79.998")
    assert text(found.value, "percent", 0) == "80%"


@pytest.mark.parametrize(
    ("key", "shown"),
    [("2022-Q1", "90.0%"), ("2022-Q2", "90.4%"), ("2022-Q3", "87.0%"), ("2022-Q4", "90.0%"), ("2022", "89.4%")],
)
def test_occupancy_is_the_nights_occupied_out_of_the_nights_available(key, shown):
    counts = [
        *quarters("SA-05", 3822, 3864, 3864, 3780),
        *quarters("SA-06", 3440, 3493, 3363, 3402),
    ]
    occupancy = measure("SA-07")

    found = result(occupancy, counts, period(key))

    assert text(found.value, "percent", occupancy.decimals) == shown


def test_the_share_turned_away_for_lack_of_capacity_is_forty_percent():
    capacity = {"breakdown": "unmet-need-reason", "category": "Capacity or no space"}
    counts = [
        *quarters("SA-09", 38, 41, 45, 36),
        *quarters("SA-09", 15, 17, 19, 13, **capacity),
    ]

    found = result(measure("SA-10"), counts, YEAR)

    assert (found.numerator, found.denominator) == (64, 160)
    assert found.value == 40


def test_the_people_supported_in_the_year_are_as_stated_and_never_the_sum_of_the_quarters():
    by_quarter = quarters("CBS-06", 830, 851, 827, 817)
    caseload = [*quarters("CBS-02", 512, 521, 526, 505), *quarters("CBS-03", 318, 330, 301, 312)]

    right = result(measure("CBS-06"), [*by_quarter, *caseload, count("CBS-06", "2022", 1751, basis=Basis.TOTAL)], YEAR)
    wrong = result(measure("CBS-06"), [*by_quarter, *caseload, count("CBS-06", "2022", 3325, basis=Basis.TOTAL)], YEAR)
    silent = result(measure("CBS-06"), [*by_quarter, *caseload], YEAR)

    assert (right.value, right.complete, right.low, right.high) == (1751, True, 851, 1773)
    assert (wrong.value, wrong.status, wrong.stated) == (None, "error", 3325)
    assert "3,325 people cannot be right" in wrong.note
    assert (silent.value, silent.status) == (None, "missing")
    assert (silent.low, silent.high) == (851, 1773)


def test_reduced_risk_at_exit_is_pooled_over_the_quarters_and_not_the_average_of_percentages():
    counts = rates("PRP-06", (9, 13), (14, 18), (13, 17), (12, 16))

    found = result(measure("PRP-06"), counts, YEAR)

    assert (found.numerator, found.denominator) == (48, 64)
    assert found.value == 75  # the mean of the four percentages is 74.6


def test_seventeen_thousand_calls_are_1418_in_an_average_month():
    found = result(measure("HUB-09"), quarters("HUB-09", 4187, 4402, 4196, 4227), YEAR)

    assert text(per_month(found), "calls") == "1,418"


def test_an_average_month_is_unknown_when_a_quarter_is_missing():
    found = result(measure("HUB-09"), quarters("HUB-09", 4187, 4402, None, 4227), YEAR)

    assert per_month(found) is None


def test_a_stated_total_is_kept_beside_the_computed_one():
    counts = [*quarters("CTX-01", 1573, 1778, 1501, 1435), count("CTX-01", "2022", 6387, basis=Basis.TOTAL, source=5)]

    found = result(measure("CTX-01"), counts, YEAR)

    assert (found.value, found.stated, found.difference) == (6287, 6387, 100)
    assert found.sources == (1, 2, 3, 4, 5)
