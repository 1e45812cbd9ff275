"""Whether a result is good enough, and which way it moves: in words, never without a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dacommission.indicators.measures import Measure
from dacommission.indicators.rating import moved
from dacommission.indicators.results import Result, Target, rate, result, travel
from imports.reading import Basis, Part
from tests.indicators.counts import YEAR, count, cumulative, measure, period, quarters, rates

EXITS = measure("PRP-06")  # higher is better
TURNED_AWAY = measure("SA-10")  # lower is better
OCCUPANCY = measure("SA-07")  # a range
UNITS = measure("SA-16")  # a stock, lower is better


def percent(code: str, numerator: int, denominator: int = 100) -> Result:
    return result(measure(code), rates(code, (numerator, denominator)), period("2022-Q1"))


@pytest.mark.parametrize(
    ("numerator", "key"),
    [(80, "met"), (75, "met"), (74, "within-tolerance"), (70, "within-tolerance"), (69, "not-met")],
)
def test_where_higher_is_better(numerator, key):
    target = Target(EXITS, Decimal(75), Decimal(5))

    assert rate(percent("PRP-06", numerator), target).key == key


@pytest.mark.parametrize(
    ("numerator", "key"),
    [(30, "met"), (40, "met"), (41, "within-tolerance"), (44, "within-tolerance"), (45, "not-met")],
)
def test_where_lower_is_better_and_the_tolerance_is_a_tenth_of_the_target(numerator, key):
    assert rate(percent("SA-10", numerator), Target(TURNED_AWAY, Decimal(40))).key == key


@pytest.mark.parametrize(
    ("nights", "key"),
    [
        (79, "not-met"),
        (80, "within-tolerance"),
        (85, "met"),
        (95, "met"),
        (100, "within-tolerance"),
    ],
)
def test_within_a_range(nights, key):
    target = Target(OCCUPANCY, tolerance=Decimal(5), low=Decimal(85), high=Decimal(95))

    assert rate(percent("SA-07", nights), target).key == key


def test_a_range_without_a_tolerance_allows_a_tenth_of_the_end_it_misses():
    target = Target(OCCUPANCY, low=Decimal(50), high=Decimal(60))

    assert rate(percent("SA-07", 66), target).key == "within-tolerance"
    assert rate(percent("SA-07", 67), target).key == "not-met"


def test_the_reason_says_what_was_compared():
    target = Target(EXITS, Decimal(75), Decimal(5))

    assert rate(percent("PRP-06", 80), target).reason == "80% against a target of at least 75%."
    assert rate(percent("PRP-06", 72), target).reason == (
        "72% is below the target of at least 75%, within the tolerance to 70%."
    )
    assert rate(percent("PRP-06", 50), target).reason == (
        "50% is below the target of at least 75%, beyond the tolerance to 70%."
    )
    assert rate(percent("SA-10", 45), Target(TURNED_AWAY, Decimal(40))).reason == (
        "45% is above the target of at most 40%, beyond the tolerance to 44%."
    )


def test_the_reason_for_a_range_says_on_which_side():
    target = Target(OCCUPANCY, low=Decimal(85), high=Decimal(95))

    assert rate(percent("SA-07", 90), target).reason == "90.0% is in the range 85.0% to 95.0%."
    assert rate(percent("SA-07", 80), target).reason == "80.0% is below the range 85.0% to 95.0%."
    assert rate(percent("SA-07", 98), target).reason == "98.0% is above the range 85.0% to 95.0%."


def test_a_result_that_rounds_to_its_target_is_shown_finely_enough_to_differ():
    supported = result(
        measure("HUB-05"),
        [
            *quarters("HUB-05", 1903, 2021, 1896, 1971, part=Part.NUMERATOR),
            *quarters("HUB-01", 2398, 2512, 2371, 2458),
        ],
        YEAR,
    )

    found = rate(supported, Target(measure("HUB-05"), Decimal(80), Decimal(5)))

    assert found.word == "Within tolerance"
    assert found.reason.startswith("79.998% is below the target of at least 80%")
    assert found.exactly == "79.998%"
    assert rate(supported, Target(measure("HUB-05"), Decimal(81), Decimal(5))).exactly == ""


def test_a_difference_too_fine_to_show_is_shown_as_finely_as_it_goes():
    found = rate(percent("PRP-06", 749_999_999_999, 1_000_000_000_000), Target(EXITS, Decimal(75)))

    assert found.reason.startswith("75.00000% is below")


def test_a_target_keeps_the_decimals_it_was_set_with():
    assert Target(EXITS, Decimal("72.5")).words == "at least 72.5%"
    assert Target(EXITS, Decimal(100)).words == "at least 100%"
    assert Target(EXITS).words == ""


def test_without_a_target_there_is_no_rating():
    for target in (None, Target(EXITS)):
        found = rate(percent("PRP-06", 80), target)

        assert (found.key, found.word, found.reason) == ("not-rated", "Not rated", "No target is set.")


def test_a_volume_is_not_rated():
    referrals = result(measure("HUB-01"), quarters("HUB-01", 2398), period("2022-Q1"))

    found = rate(referrals, Target(measure("HUB-01"), Decimal(2000)))

    assert (found.key, found.reason) == ("not-rated", "A volume: more is neither better nor worse.")


def test_an_incomplete_year_is_not_rated():
    exits = result(EXITS, rates("PRP-06", (9, 13), (14, 18), (13, 17)), YEAR)

    found = rate(exits, Target(EXITS, Decimal(75)))

    assert (found.key, found.reason) == ("not-rated", "Incomplete: 3 of 4 quarters.")


def test_a_missing_figure_is_not_rated():
    found = rate(result(EXITS, [], YEAR), Target(EXITS, Decimal(75)))

    assert (found.key, found.reason) == ("not-rated", "There is no figure.")


def test_an_unknown_rate_says_why_it_is_not_rated():
    found = rate(percent("PRP-06", 0, 0), Target(EXITS, Decimal(75)))

    assert found.reason == "Nobody was in the denominator, so the rate is unknown. It is not nought."


def test_a_rate_of_nine_is_not_rated_and_a_rate_of_ten_is():
    target = Target(EXITS, Decimal(75))

    assert rate(percent("PRP-06", 9, 9), target).reason == ("Too few to rate: out of 9, and at least 10 are needed.")
    assert rate(percent("PRP-06", 10, 10), target).key == "met"


def test_a_bare_percentage_is_not_rated():
    bare = result(EXITS, [count("PRP-06", "2022-Q1", 75, part=Part.PERCENT)], period("2022-Q1"))

    assert rate(bare, Target(EXITS, Decimal(75))).reason == "The counts behind it were not reported."


def test_a_count_needs_no_denominator_to_be_rated():
    waiting = result(UNITS, [count("SA-16", "2022-Q1", 3)], period("2022-Q1"))

    assert rate(waiting, Target(UNITS, Decimal(3))).key == "met"


def test_a_target_of_nought_is_met_by_nought_alone():
    overdue = measure("CON-05.a")
    target = Target(overdue, Decimal(0))

    keys = [
        rate(result(overdue, [count("CON-05.a", "2022-Q1", number)], period("2022-Q1")), target).key
        for number in (0, 1)
    ]

    assert keys == ["met", "not-met"]


def test_a_range_for_a_measure_without_one_is_not_rated():
    assert rate(percent("PRP-06", 80), Target(EXITS, low=Decimal(70), high=Decimal(80))).key == "not-rated"
    assert rate(percent("SA-07", 90), Target(OCCUPANCY, Decimal(90))).key == "not-rated"


@pytest.mark.parametrize(
    ("code", "before", "now", "key"),
    [
        ("PRP-06", 70, 75, "improving"),
        ("PRP-06", 75, 70, "worsening"),
        ("SA-10", 40, 35, "improving"),
        ("SA-10", 35, 40, "worsening"),
        ("SA-10", 40, 40, "steady"),
        ("SA-07", 80, 90, "higher"),
        ("SA-07", 90, 80, "lower"),
    ],
)
def test_the_direction_of_travel_knows_which_way_is_better(code, before, now, key):
    assert travel(measure(code), percent(code, now), percent(code, before)).key == key


def test_the_direction_of_travel_is_told_in_a_word():
    assert travel(EXITS, percent("PRP-06", 75), percent("PRP-06", 70)).word == "Improving"


def test_a_difference_nobody_can_see_is_steady():
    assert travel(EXITS, percent("PRP-06", 7501, 10000), percent("PRP-06", 75)).key == "steady"


def test_travel_is_unknown_when_either_figure_is():
    unknown = result(EXITS, [], period("2022-Q1"))

    assert travel(EXITS, unknown, percent("PRP-06", 75)).key == "unknown"
    assert travel(EXITS, percent("PRP-06", 75), unknown).word == "Not known"


def test_a_count_since_april_is_not_compared_with_the_quarter_before():
    victims = measure("PRP-09.a")
    counts = [*cumulative("PRP-09.a", 5, 11), *cumulative("PRP-09.a", 4, 9, year=2021)]
    now, before, last_year = (result(victims, counts, period(key)) for key in ("2022-Q2", "2022-Q1", "2021-Q2"))

    assert now.basis is Basis.YEAR_TO_DATE
    assert travel(victims, now, before).key == "unknown"
    assert travel(victims, now, last_year).key == "higher"


def test_years_of_people_are_compared_with_each_other():
    adults = measure("SA-01")
    counts = [*cumulative("SA-01", 61, 98, 131, 164), *cumulative("SA-01", 60, 95, 130, 170, year=2021)]

    assert travel(adults, result(adults, counts, YEAR), result(adults, counts, period("2021"))).key == "lower"


@pytest.mark.parametrize(
    ("unit", "before", "now", "words"),
    [
        ("referrals", "9204", "9739", "+5.8%"),
        ("households", "173", "160", "−7.5%"),
        ("percent", "77.499", "79.998", "+3 points"),
        ("percent", "36.1", "36.8", "+1 point"),
        ("percent", "62.5", "62.5", "no change"),
        ("percent", None, "62.5", ""),
        ("referrals", "0", "12", ""),
        ("referrals", "12", "12", "no change"),
    ],
)
def test_how_far_a_figure_moved_can_be_checked_by_whoever_sees_both(unit, before, now, words):
    counted = Measure("X-01", "X", unit, "R" if unit == "percent" else "F")

    assert moved(counted, Decimal(now), None if before is None else Decimal(before)) == words
