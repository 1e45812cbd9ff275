"""What counts come to when something is missing, stated, monthly, cumulative or wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dacommission.indicators.rating import change
from dacommission.indicators.results import increase, result
from dacommission.indicators.totals import agrees, nights
from dacommission.indicators.units import rounded
from imports.reading import Basis, Part, Status
from tests.indicators.counts import YEAR, count, cumulative, measure, period, quarters, rates

HUB = measure("HUB-01")
ADULTS = measure("SA-01")
PEOPLE = measure("CBS-06")
EXITS = measure("PRP-06")
CRIMES = measure("CTX-01")


# Missing is not nought


def test_a_total_with_a_missing_quarter_is_incomplete():
    found = result(HUB, quarters("HUB-01", 2398, 2512, None, 2458), YEAR)

    assert (found.status, found.coverage, found.complete) == ("incomplete", "3 of 4 quarters", False)
    assert found.value == 7368  # so far
    assert found.difference is None


def test_a_true_nought_makes_a_complete_total():
    found = result(HUB, quarters("HUB-01", 2398, 2512, 0, 2458), YEAR)

    assert (found.value, found.complete) == (7368, True)


def test_a_quarter_nobody_sent_is_as_missing_as_a_blank_one():
    found = result(HUB, quarters("HUB-01", 2398, 2512, 2371), YEAR)

    assert (found.status, found.reported, found.due) == ("incomplete", 3, 4)


def test_nothing_at_all_is_missing_and_not_nought():
    found = result(HUB, [], YEAR)

    assert (found.value, found.status, found.sources) == (None, "missing", ())


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ([Status.NOT_APPLICABLE] * 4, "not_applicable"),
        ([Status.PENDING, Status.MISSING, Status.MISSING, Status.NOT_APPLICABLE], "pending"),
        ([Status.SUPPRESSED, Status.PENDING, Status.PENDING, Status.PENDING], "suppressed"),
        ([Status.ERROR, Status.SUPPRESSED, Status.PENDING, Status.PENDING], "error"),
    ],
)
def test_why_nothing_is_known_is_told(statuses, told):
    counts = [count("HUB-01", f"2022-Q{number}", None, status=status) for number, status in enumerate(statuses, 1)]

    assert result(HUB, counts, YEAR).status == told


def test_a_suppressed_quarter_leaves_the_year_incomplete():
    counts = [
        *quarters("SA-09", 38, 41, 45),
        count("SA-09", "2022-Q4", None, status=Status.SUPPRESSED),
    ]

    assert result(measure("SA-09"), counts, YEAR).coverage == "3 of 4 quarters"


# Stated totals


def test_a_stated_crime_total_turns_a_fall_into_a_rise():
    before = result(CRIMES, quarters("CTX-01", 1523, 1660, 1625, 1538, year=2021), period("2021"))
    counts = [*quarters("CTX-01", 1573, 1778, 1501, 1435), count("CTX-01", "2022", 6387, basis=Basis.TOTAL)]
    now = result(CRIMES, counts, YEAR)

    assert before.value == 6346
    assert rounded(change(now.stated, before.value), 2) == Decimal("0.65")
    assert rounded(change(now.value, before.value), 2) == Decimal("-0.93")


@pytest.mark.parametrize(
    ("year", "by_quarter", "stated"),
    [(2020, (1420, 1615, 1424, 1307), 5766), (2021, (1523, 1660, 1625, 1538), 6346)],
)
def test_a_stated_total_that_is_right_differs_by_nought(year, by_quarter, stated):
    counts = [
        *quarters("CTX-01", *by_quarter, year=year),
        count("CTX-01", str(year), stated, basis=Basis.TOTAL),
    ]

    assert result(CRIMES, counts, period(str(year))).difference == 0


def test_a_stated_total_does_not_hide_a_missing_quarter():
    counts = [*quarters("CTX-01", 1573, 1778, None, 1435), count("CTX-01", "2022", 6387, basis=Basis.TOTAL)]

    found = result(CRIMES, counts, YEAR)

    assert (found.status, found.value, found.stated) == ("incomplete", 4786, 6387)


def test_a_year_reported_only_as_one_figure_is_that_figure():
    found = result(CRIMES, [count("CTX-01", "2022", 6287)], YEAR)

    assert (found.value, found.complete) == (6287, True)


def test_a_change_from_nought_or_from_nothing_is_not_known():
    assert change(Decimal(5), Decimal(0)) is None
    assert change(Decimal(5), None) is None
    assert change(None, Decimal(5)) is None


def test_rounded_parts_may_miss_their_total_by_their_rounding():
    women, men, trans_adults, children = Decimal(36870), Decimal(1830), Decimal(320), Decimal(24940)

    assert agrees(Decimal(63950), [women, men, trans_adults, children], rounded_to=Decimal(10))
    assert not agrees(Decimal(63930), [women, men, trans_adults, children], rounded_to=Decimal(10))


def test_whole_counts_must_sum_exactly():
    parts = [Decimal(1573), Decimal(1778), Decimal(1501), Decimal(1435)]

    assert agrees(Decimal(6287), parts)
    assert not agrees(Decimal(6288), parts)


def test_forty_two_units_offer_3822_nights_in_the_first_quarter():
    assert nights(Decimal(42), period("2022-Q1")) == 3822


def test_more_nights_occupied_than_there_were_is_an_error():
    counts = [count("SA-05", "2022-Q1", 3822), count("SA-06", "2022-Q1", 3900)]

    found = result(measure("SA-07"), counts, period("2022-Q1"))

    assert (found.value, found.status) == (None, "error")
    assert found.note == "The part, 3,900, is more than the 3,822 it is part of. Check both counts."


# Months and years to date


def test_three_months_make_a_quarter_and_its_own_total_is_kept_beside():
    counts = [
        count("HUB-01", "2022-04", 858, source=1),
        count("HUB-01", "2022-05", 752, source=2),
        count("HUB-01", "2022-06", 788, source=3),
        count("HUB-01", "2022-Q1", 2389, source=4),
    ]

    found = result(HUB, counts, period("2022-Q1"))

    assert (found.value, found.stated, found.sources) == (2398, 2389, (1, 2, 3, 4))


def test_two_months_do_not_make_a_quarter():
    counts = [count("HUB-01", "2022-04", 858), count("HUB-01", "2022-05", 752)]

    found = result(HUB, counts, period("2022-Q1"))

    assert (found.value, found.status, found.coverage) == (1610, "incomplete", "2 of 3 months")


def test_a_quarters_own_figure_stands_when_a_month_is_missing():
    counts = [count("HUB-01", "2022-04", 858), count("HUB-01", "2022-Q1", 2398)]

    found = result(HUB, counts, period("2022-Q1"))

    assert (found.value, found.complete) == (2398, True)


def test_a_month_is_itself():
    assert result(HUB, [count("HUB-01", "2022-04", 858)], period("2022-04")).value == 858


def test_a_half_is_two_quarters():
    counts = quarters("HUB-01", 2398, 2512, 2371, 2458)

    assert result(HUB, counts, period("2022-H1")).value == 4910
    assert result(HUB, counts, period("2022-H2")).value == 4829


def test_events_reported_only_since_april_are_taken_step_by_step():
    counts = cumulative("HUB-01", 2398, 4910, 7281, 9739)

    assert [result(HUB, counts, quarter).value for quarter in YEAR.quarters] == [2398, 2512, 2371, 2458]
    assert result(HUB, counts, YEAR).value == 9739


def test_a_figure_since_april_completes_a_year_that_lacks_a_quarter():
    counts = [
        *quarters("HUB-01", 2398, 2512, None, 2458),
        count("HUB-01", "2022-Q4", 9739, basis=Basis.YEAR_TO_DATE),
    ]

    found = result(HUB, counts, YEAR)

    assert (found.value, found.complete, found.stated) == (9739, True, 9739)


def test_a_count_since_april_that_falls_is_an_error():
    found = result(HUB, cumulative("HUB-01", 100, 90), period("2022-Q2"))

    assert (found.value, found.status) == (None, "error")
    assert "fell from one quarter to the next" in found.note


def test_the_same_figure_reported_twice_is_one_figure():
    counts = [count("HUB-01", "2022-Q1", 2398, source=1), count("HUB-01", "2022-Q1", 2398, source=2)]

    found = result(HUB, counts, period("2022-Q1"))

    assert (found.value, found.sources) == (2398, (1, 2))


def test_two_different_figures_for_the_same_thing_are_an_error():
    counts = [count("HUB-01", "2022-Q1", 2398), count("HUB-01", "2022-Q1", 2389)]

    found = result(HUB, counts, period("2022-Q1"))

    assert (found.value, found.status) == (None, "error")
    assert found.note == "Two different figures were reported for the same thing."


# People counted in the year so far


def test_people_so_far_are_incomplete_until_the_last_quarter_is_reported():
    found = result(ADULTS, cumulative("SA-01", 61, 98, 131), YEAR)

    assert (found.value, found.status, found.coverage) == (131, "incomplete", "3 of 4 quarters")


def test_people_so_far_need_only_the_last_quarter():
    found = result(ADULTS, cumulative("SA-01", 61, None, None, 164), YEAR)

    assert (found.value, found.complete) == (164, True)


def test_a_quarter_without_its_own_count_does_not_borrow_the_one_before():
    found = result(ADULTS, cumulative("SA-01", 61, None), period("2022-Q2"))

    assert (found.value, found.status) == (None, "missing")


def test_people_so_far_with_nothing_reported_are_missing():
    found = result(ADULTS, [], YEAR)

    assert (found.value, found.status, found.due) == (None, "missing", 4)


def test_the_count_of_a_half_is_that_of_its_last_quarter():
    assert result(ADULTS, cumulative("SA-01", 61, 98), period("2022-H1")).value == 98


def test_newly_seen_people_of_each_quarter_make_the_count_so_far():
    counts = quarters("SA-01", 61, 37, 33, 33)

    found = result(ADULTS, counts, YEAR)

    assert (found.value, found.complete, found.sources) == (164, True, (1, 2, 3, 4))
    assert increase(ADULTS, counts, period("2022-Q3")).value == 33


def test_newly_seen_people_are_added_to_the_last_count_so_far():
    counts = [*cumulative("SA-01", 61, 98, 131), count("SA-01", "2022-Q4", 33)]

    assert result(ADULTS, counts, YEAR).value == 164


def test_newly_seen_people_without_what_came_before_are_not_the_count_so_far():
    found = result(ADULTS, [count("SA-01", "2022-Q2", 37)], period("2022-Q2"))

    assert (found.value, found.status) == (None, "missing")


def test_a_stated_count_of_the_year_stands_where_the_last_quarter_is_missing():
    counts = [*cumulative("SA-01", 61, 98, 131), count("SA-01", "2022", 164, basis=Basis.TOTAL)]

    found = result(ADULTS, counts, YEAR)

    assert (found.value, found.stated, found.complete) == (164, 164, True)


def test_a_month_has_the_count_so_far_reported_for_it():
    counts = [count("SA-01", "2022-05", 40, basis=Basis.YEAR_TO_DATE)]

    assert result(ADULTS, counts, period("2022-05")).value == 40
    assert result(ADULTS, counts, period("2022-04")).value is None


def test_the_first_quarters_people_are_all_new():
    assert increase(ADULTS, cumulative("SA-01", 61), period("2022-Q1")).value == 61


def test_people_new_in_a_quarter_are_unknown_without_the_quarter_before():
    found = increase(ADULTS, cumulative("SA-01", None, 98), period("2022-Q2"))

    assert (found.value, found.status) == (None, "missing")


# People in the period, and medians: never added


def test_people_in_a_quarter_are_as_reported():
    assert result(PEOPLE, quarters("CBS-06", 70), period("2022-Q1")).value == 70


def test_a_caseload_bounds_the_people_of_a_year():
    by_quarter = quarters("CBS-06", 70, 67, 72, 67)
    caseload = [*quarters("CBS-02", 40, 42, 37, 39), *quarters("CBS-03", 30, 25, 35, 28)]

    right = result(PEOPLE, [*by_quarter, *caseload, count("CBS-06", "2022", 158, basis=Basis.TOTAL)], YEAR)
    added = result(PEOPLE, [*by_quarter, *caseload, count("CBS-06", "2022", 276, basis=Basis.TOTAL)], YEAR)

    assert (right.value, right.complete) == (158, True)
    assert (added.value, added.status, added.low, added.high) == (None, "error", 72, 158)
    assert added.note == (
        "276 people cannot be right: there were at most 158, counting somebody again for every quarter or "
        "every case. Check the figure for the year."
    )


def test_people_of_a_year_nobody_stated_are_refused_with_a_sentence_and_a_range():
    found = result(PEOPLE, quarters("CBS-06", 70, 67, 72, 67), YEAR)

    assert (found.value, found.status, found.low, found.high) == (None, "missing", 72, 276)
    assert found.note == (
        "People supported in the period cannot be added up: somebody supported in two quarters would be "
        "counted twice. A figure for the whole year has to be reported as such."
    )


def test_fewer_people_in_a_year_than_in_one_of_its_quarters_are_an_error():
    counts = [*quarters("CBS-06", 70, 67, 72, 67), count("CBS-06", "2022", 71)]

    found = result(PEOPLE, counts, YEAR)

    assert (found.status, found.stated) == ("error", 71)
    assert found.note.startswith("71 people cannot be right: there were 72 in one quarter alone.")


def test_fewer_people_than_in_a_known_quarter_are_an_error_even_when_others_are_missing():
    counts = [*quarters("CBS-06", 70, None), count("CBS-06", "2022", 60)]

    found = result(PEOPLE, counts, YEAR)

    assert (found.status, found.high) == ("error", None)
    assert found.note == (
        "60 people cannot be right: there were 70 in one quarter alone. Check the figure for the year."
    )


def test_people_of_a_year_without_any_quarter_are_simply_missing():
    found = result(PEOPLE, [], YEAR)

    assert (found.status, found.note, found.low, found.high) == ("missing", "", None, None)


def test_people_stated_for_a_year_without_quarters_stand():
    assert result(PEOPLE, [count("CBS-06", "2022", 1751)], YEAR).value == 1751


def test_a_median_of_the_year_is_not_worked_out_from_the_quarters():
    found = result(measure("SA-13.b"), quarters("SA-13.b", 90, 100, 95, 92), YEAR)

    assert (found.value, found.status) == (None, "missing")
    assert "cannot be worked out from those of the quarters" in found.note


def test_a_median_reported_for_the_year_stands():
    counts = [*quarters("SA-13.b", 90, 100, 95, 92), count("SA-13.b", "2022", 94, basis=Basis.TOTAL)]

    assert result(measure("SA-13.b"), counts, YEAR).value == 94


# Stocks


def test_a_stock_is_unknown_when_the_closing_quarter_is_missing():
    found = result(measure("CBS-05"), quarters("CBS-05", 521, 526, 505, None), YEAR)

    assert (found.value, found.status) == (None, "missing")


def test_the_last_month_speaks_for_a_quarters_stock():
    counts = [count("CBS-05", "2022-04", 515), count("CBS-05", "2022-06", 521)]

    assert result(measure("CBS-05"), counts, period("2022-Q1")).value == 521


def test_the_first_month_speaks_for_what_was_brought_forward():
    counts = [count("CBS-02", "2022-04", 512), count("CBS-02", "2022-06", 519)]

    assert result(measure("CBS-02"), counts, period("2022-Q1")).value == 512


def test_a_stock_keeps_the_total_stated_beside_it():
    counts = [*quarters("CBS-05", 521, 526, 505, 499), count("CBS-05", "2022", 2051, basis=Basis.TOTAL)]

    found = result(measure("CBS-05"), counts, YEAR)

    assert (found.value, found.stated) == (499, 2051)


# Rates


def test_rates_pool_their_counts_and_are_never_averaged():
    found = result(EXITS, rates("PRP-06", (9, 12), (10, 10), (30, 60), (21, 30)), YEAR)

    assert found.value == Decimal("62.5")  # the mean of the four percentages is 73.75


def test_a_rate_with_half_a_pair_missing_is_incomplete_and_uses_whole_pairs_only():
    found = result(EXITS, rates("PRP-06", (9, 13), (14, None), (13, 17), (12, 16)), YEAR)

    assert (found.numerator, found.denominator) == (34, 46)
    assert (found.status, found.coverage) == ("incomplete", "3 of 4 quarters")


def test_nought_out_of_nought_is_unknown():
    found = result(EXITS, rates("PRP-06", (0, 0)), period("2022-Q1"))

    assert (found.value, found.status) == (None, "not_applicable")
    assert found.note == "Nobody was in the denominator, so the rate is unknown. It is not nought."


def test_nought_out_of_some_is_nought():
    assert result(EXITS, rates("PRP-06", (0, 13)), period("2022-Q1")).value == 0


def test_some_out_of_none_is_an_error():
    found = result(EXITS, rates("PRP-06", (3, 0)), period("2022-Q1"))

    assert (found.value, found.status) == (None, "error")


def test_a_bare_percentage_stands_for_its_own_quarter_without_counts():
    found = result(EXITS, [count("PRP-06", "2022-Q1", 75, part=Part.PERCENT, source=7)], period("2022-Q1"))

    assert (found.value, found.stated, found.denominator, found.sources) == (75, 75, None, (7,))


def test_bare_percentages_never_make_a_rate_for_the_year():
    found = result(EXITS, quarters("PRP-06", 75, 76, 77, 78, part=Part.PERCENT), YEAR)

    assert (found.value, found.status) == (None, "missing")


def test_a_percentage_stated_beside_its_counts_is_kept_beside_the_computed_one():
    counts = [*rates("PRP-06", (9, 12)), count("PRP-06", "2022-Q1", 80, part=Part.PERCENT, source=9)]

    found = result(EXITS, counts, period("2022-Q1"))

    assert (found.value, found.stated, found.difference) == (75, 80, 5)
    assert 9 in found.sources


def test_a_rate_of_stocks_has_the_last_quarters_rate():
    counts = [*rates("WF-04", (1, 10), (2, 10), (3, 10), (4, 10))]

    found = result(measure("WF-04"), counts, YEAR)

    assert (found.value, found.numerator, found.denominator) == (40, 4, 10)


def test_a_rate_of_stocks_is_missing_without_the_last_quarter():
    found = result(measure("WF-04"), rates("WF-04", (1, 10), (2, 10)), YEAR)

    assert (found.value, found.status) == (None, "missing")


def test_a_rate_may_be_more_than_the_whole_where_it_is_no_part_of_one():
    counts = [count("CON-02.a", "2022-Q1", 110), count("CON-02.b", "2022-Q1", 100)]

    assert result(measure("CON-02.d"), counts, period("2022-Q1")).value == 110


def test_a_rate_that_is_no_percentage_is_not_multiplied():
    counts = rates("SA-13.a", (900, 10))

    assert result(measure("SA-13.a"), counts, period("2022-Q1")).value == 90


# Categories


def test_a_category_has_a_result_of_its_own():
    york = {"breakdown": "area", "category": "City of York"}
    counts = [
        *quarters("HUB-01", 2398, 2512, 2371, 2458),
        *quarters("HUB-01", 500, 510, 490, 505, **york),
    ]

    found = result(HUB, counts, YEAR, **york)

    assert (found.value, found.breakdown, found.category) == (2005, "area", "City of York")


def test_a_rate_of_a_category_takes_both_its_counts_from_that_category():
    york = {"breakdown": "area", "category": "City of York"}
    counts = [
        *quarters("HUB-01", 2398),
        *quarters("HUB-01", 500, **york),
        *quarters("HUB-05", 1903, part=Part.NUMERATOR),
        *quarters("HUB-05", 400, part=Part.NUMERATOR, **york),
    ]

    assert result(measure("HUB-05"), counts, period("2022-Q1"), **york).value == 80


def test_a_rate_made_of_one_category_has_no_categories_itself():
    refuge = {"breakdown": "accommodation-type", "category": "Refuge"}
    counts = [count("SA-09", "2022-Q1", 20, **refuge)]

    found = result(measure("SA-10"), counts, period("2022-Q1"), **refuge)

    assert (found.value, found.status) == (None, "missing")
