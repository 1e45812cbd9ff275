"""What is unusual about a figure, and the small picture of how it ran."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dacommission.indicators.measures import Measure, Result
from dacommission.indicators.rating import Rating
from dacommission.review import unusual
from dacommission.review.trend import Point, described, sparkline
from dacommission.review.unusual import Kind
from imports.periods import Period
from imports.reading import Basis

REFERRALS = Measure("HUB-01", "Referrals", "referrals", "F")
RATE = Measure("HUB-05", "Supported", "percent", "R", "higher")
YEAR_AGO = "in the same quarter last year"
Q2 = Period.quarter(2022, 2)


def found(value: int | None, period: Period = Q2, *, of: int | None = None, status: str = "reported") -> Result:
    number = None if value is None else Decimal(value)
    below = None if of is None else Decimal(of)
    return Result("HUB-01", period, None, number, None, below, 1, 1, status, None, ())


@pytest.mark.parametrize(
    ("now", "before", "year_ago", "words"),
    [
        (126, 100, 120, "126 is 26% more than the 100 last quarter."),
        (125, 100, 100, ""),
        (
            70,
            100,
            100,
            "70 is 30% less than the 100 last quarter, and 30% less than the 100 in the same quarter last year.",
        ),
        (30, 19, 19, ""),  # a change from fewer than 20 is chance
        (3, 25, 24, ""),  # one that fell below 20 counts as 20
        (100, None, 200, f"100 is 50% less than the 200 {YEAR_AGO}."),
    ],
)
def test_a_swing_is_told_beyond_a_quarter_of_figures_of_20_and_more(now, before, year_ago, words) -> None:
    said = list(unusual.swings(REFERRALS, found(now), found(before, Q2.previous()), found(year_ago, Q2.year_earlier())))

    assert [one.words for one in said] == ([words] if words else [])


def test_a_rate_swings_only_between_enough_people_and_by_five_points() -> None:
    def kinds(now: int, before: int, people: int) -> list[Kind]:
        pair = found(now, of=people), found(before, Q2.previous(), of=people)
        return [one.kind for one in unusual.swings(RATE, *pair, found(None, Q2.year_earlier()))]

    assert kinds(60, 90, 40) == [Kind.SWING]
    assert kinds(60, 90, 19) == []
    assert kinds(6, 2, 40) == []


def test_a_count_since_april_is_compared_with_the_same_quarter_only() -> None:
    now = replace(found(200), basis=Basis.YEAR_TO_DATE)
    before = replace(found(100, Q2.previous()), basis=Basis.YEAR_TO_DATE)
    year_ago = replace(found(198, Q2.year_earlier()), basis=Basis.YEAR_TO_DATE)

    assert list(unusual.swings(REFERRALS, now, before, year_ago)) == []
    assert list(unusual.swings(REFERRALS, now, before, replace(year_ago, value=Decimal(100)))) != []


def test_an_outlier_leaves_the_range_of_three_whole_years() -> None:
    years = [Decimal(100 + step) for step in range(12)]

    said = [one.words for one in unusual.outliers(REFERRALS, found(123), years)]

    assert said == ["123 is more than in any quarter of the last three years (100 to 111)."]
    assert list(unusual.outliers(REFERRALS, found(122), years)) == []
    assert [one.kind for one in unusual.outliers(REFERRALS, found(89), years)] == [Kind.OUTLIER]
    assert list(unusual.outliers(REFERRALS, found(500), [None, *years[1:]])) == []


def test_what_cannot_be_is_graver_than_what_was_not_given() -> None:
    kinds = [
        one.kind
        for status in ("error", "withheld")
        for one in unusual.no_figure(found(None, status=status), "Withheld by the provider")
    ]

    assert kinds == [Kind.ERROR, Kind.NO_FIGURE]
    assert list(unusual.no_figure(found(0), "")) == []


def test_only_a_missed_target_is_off_target() -> None:
    ratings = [Rating(key, key, "9 is below 10.") for key in ("not-met", "within-tolerance", "met", "not-rated")]

    assert [[one.name for one in unusual.off_target(rating)] for rating in ratings] == [["Off target"], [], [], []]


def points(*values: int | None) -> list[Point]:
    return [
        Point(f"Q{number}", None if value is None else Decimal(value), "no figure" if value is None else str(value))
        for number, value in enumerate(values, start=1)
    ]


def test_a_gap_is_drawn_as_a_gap_and_said_as_one() -> None:
    drawn = sparkline(points(10, 20, None, 30, 40))

    assert drawn.count("<polyline") == 2
    assert described(points(None, 10, None, 30)) == "Q2 to Q4: 10, no figure, 30."
    assert 'aria-label="Q1 to Q5: 10, 20, no figure, 30, 40."' in drawn


def test_a_figure_between_two_gaps_is_a_dot() -> None:
    assert sparkline(points(10, None, 20, None, 30, 31)).count("<circle") == 3


def test_one_figure_makes_no_picture() -> None:
    assert sparkline(points(None, 5)) == ""
    assert described(points(None, None)) == "No figures yet."


def test_a_figure_that_stands_still_is_a_level_line() -> None:
    assert "NaN" not in sparkline(points(5, 5, 5))
