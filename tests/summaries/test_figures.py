"""Figures are results in words, and never make a false total."""

from decimal import Decimal

import pytest
from fact_makers import A, B, figures, kpi, year

from imports.periods import Period

YEAR, QUARTER = Period.financial_year(2022), Period.quarter(2022, 1)


def test_a_year_of_events_is_the_sum_of_its_quarters_and_knows_their_cells():
    found = figures(*year(A, "HUB-01", 2398, 2512, 2371, 2458)).figure("HUB-01", YEAR)

    assert (found.text, found.complete, found.sources) == ("9,739", True, (1, 2, 3, 4))


def test_a_missing_quarter_makes_the_year_incomplete():
    found = figures(*year(A, "HUB-01", 2398, 2512, None, 2458)).figure("HUB-01", YEAR)

    assert found.words == "7,368 (3 of 4 quarters)"
    assert not found.complete


def test_what_nobody_reported_is_missing_and_not_nought():
    found = figures()

    assert found.figure("HUB-01", YEAR).text == "[x]"
    assert found.figure("HUB-01", YEAR).value is None
    assert found.codes() == []


def test_events_of_two_contracts_are_added():
    found = figures(*year(A, "XS-01", 10, 10, 10, 10), *year(B, "XS-01", 1, 2, 3, 4))

    assert found.figure("XS-01", YEAR).text == "50"
    assert len(found.figure("XS-01", YEAR).sources) == 8


def test_people_of_two_contracts_are_not_added():
    found = figures(*year(A, "WFA-01", 10, 20, 30, 40), *year(B, "WFA-01", 1, 2, 3, 4))

    shown = found.figure("WFA-01", YEAR)

    assert (shown.value, shown.text) == (None, "[z]")
    assert "the same person may be supported by more than one provider" in found.result("WFA-01", YEAR).note
    assert found.result_of(A, "WFA-01", YEAR).value == 40


def test_a_rate_is_made_of_its_two_counts():
    parts = [(A, "PRP-06", q, n, part) for part in ("numerator", "denominator") for q, n in ((1, 9), (2, 14))]

    shown = figures(*parts).figure("PRP-06", QUARTER)

    assert [count.value for count in shown.of] == [9, 9]
    assert [count.part for count in shown.of] == ["numerator", "denominator"]
    assert [count.sources for count in shown.of] == [(1,), (3,)]
    assert shown.kind == "rate"


def test_a_token_may_ask_for_either_count_of_a_rate():
    found = figures((A, "PRP-06", 1, 9, "numerator"), (A, "PRP-06", 1, 13, "denominator"))

    assert found.part("PRP-06", QUARTER, "numerator").text == "9"
    assert found.part("PRP-06", QUARTER, "denominator").text == "13"


def test_a_rates_denominator_that_is_an_indicator_has_that_indicators_key():
    shown = figures((A, "HUB-01", 1, 2398), (A, "HUB-05", 1, 1903, "numerator")).figure("HUB-05", QUARTER)

    assert shown.text == "79%"
    assert [count.key for count in shown.of] == ["HUB-05 numerator 2022-Q1", "HUB-01 value 2022-Q1"]


def test_a_denominator_of_its_own_that_differs_from_the_indicator_keeps_its_own_key():
    shown = figures(
        (A, "HUB-01", 1, 2398), (A, "HUB-05", 1, 10, "numerator"), (A, "HUB-05", 1, 20, "denominator")
    ).figure("HUB-05", QUARTER)

    assert shown.of[1].key == "HUB-05 denominator 2022-Q1"
    assert shown.of[1].unit == "referrals"


def test_a_rate_of_nights_is_not_about_people():
    shown = figures((A, "SA-07", 1, 3440, "numerator"), (A, "SA-07", 1, 3822, "denominator")).figure("SA-07", QUARTER)

    assert not shown.sensitive


def test_a_bare_percentage_has_no_counts_and_is_sensitive():
    shown = figures((A, "PRP-06", 1, 75, "percent")).figure("PRP-06", QUARTER)

    assert (shown.text, shown.of, shown.sensitive) == ("75%", (), True)


@pytest.mark.parametrize(("code", "whole_only"), [("SA-01", True), ("HUB-01", False)])
def test_safe_accommodation_is_known_by_its_breakdowns_even_without_a_service(code, whole_only):
    assert figures((A, code, 1, 50)).figure(code, QUARTER).whole_only is whole_only


def test_safe_accommodation_is_known_by_its_service():
    found = figures((A, "WFA-01", 1, 50), services=[("Refuge", "WFA", "safe-accommodation")])

    assert found.figure("WFA-01", QUARTER).whole_only


def test_an_average_per_month_is_of_the_whole_period():
    found = figures(*year(A, "HUB-09", 4187, 4402, 4196, 4227))

    assert found.per_month("HUB-09", YEAR).text == "1,418"
    assert found.part("HUB-09", YEAR, "per-month").of == (found.figure("HUB-09", YEAR),)


def test_an_incomplete_total_has_no_monthly_average():
    found = figures(*year(A, "HUB-09", 4187, None, 4196, 4227))

    assert found.per_month("HUB-09", YEAR).text == "[x]"


def test_people_and_rates_have_no_monthly_average_and_counts_no_numerator():
    found = figures(*year(A, "WFA-01", 1, 2, 3, 4))

    assert found.part("WFA-01", YEAR, "per-month") is None
    assert found.part("WFA-01", YEAR, "numerator") is None
    assert found.part("WFA-01", YEAR, "sideways") is None
    assert found.part("WFA-01", YEAR, "value").text == "4"
    assert found.part("WFA-01", YEAR, "change").text == "Not known"


@pytest.mark.parametrize(
    ("before", "words"),
    [(100, "Higher (+20.0%)"), (150, "Lower (−20.0%)"), (120, "Steady"), (None, "Not known"), (0, "Higher")],
)
def test_a_change_says_which_way_and_how_far(before, words):
    found = figures((A, "HUB-01", 1, 120), (A, "HUB-01", 1, before, "value", None, None, 2021))

    assert found.change("HUB-01", QUARTER).text == words


def test_a_change_of_a_rate_is_in_points():
    parts = [(A, "PRP-06", 1, n, part, None, None, y) for y, n in ((2021, 10), (2022, 15)) for part in ("numerator",)]
    parts += [(A, "PRP-06", 1, 20, "denominator", None, None, y) for y in (2021, 2022)]

    assert figures(*parts).change("PRP-06", QUARTER).text == "Improving (+25 points)"


def test_a_result_is_rated_against_the_one_contracts_target():
    parts = [(A, "HUB-05", 1, 90, "numerator"), (A, "HUB-05", 1, 100, "denominator")]

    assert figures(*parts, kpis=[kpi(A, "HUB-05", 80)]).rated("HUB-05", QUARTER).text == "Met"
    assert figures(*parts).rated("HUB-05", QUARTER).status == "not-rated"
    two = figures(*parts, kpis=[kpi(A, "HUB-05", 80), kpi(B, "HUB-05", 95)])
    assert two.rated("HUB-05", QUARTER).text == "Not rated"


def test_a_near_miss_says_that_it_is_one_and_how_near():
    parts = [(A, "HUB-05", 1, 7791, "numerator"), (A, "HUB-05", 1, 9739, "denominator")]

    rated = figures(*parts, kpis=[kpi(A, "HUB-05", 80)]).rated("HUB-05", QUARTER)

    assert rated.text == "Within tolerance, just missing the target"
    assert rated.words == "Within tolerance, just missing the target (79.998%)"


def test_an_indicator_that_is_due_but_was_not_reported_is_listed():
    found = figures(kpis=[kpi(A, "HUB-05", 80)])

    assert found.codes() == ["HUB-05"]
    assert found.figure("HUB-05", YEAR).text == "[x]"


def test_categories_stand_in_their_own_order_and_unknown_ones_last():
    found = figures(*((A, "HUB-01", 1, 9, "value", "area", name) for name in ("Elsewhere", "Selby", "York")))

    assert found.categories("HUB-01", "area") == ["York", "Selby", "Elsewhere"]
    assert found.categories("HUB-01", "unheard-of") == []


def test_a_figure_of_another_quarter_in_a_return_does_not_count():
    """A workbook may repeat earlier quarters; each counts from its own return."""
    from dataclasses import replace

    from fact_makers import facts

    from dacommission.summaries.brief import brief_of
    from dacommission.summaries.figures import Figures

    said = facts((A, "HUB-01", 1, 100))
    repeated = replace(said, observations=((A, 2022, 2, *said.observations[0][3:]),))

    assert Figures(brief_of(repeated)).figure("HUB-01", QUARTER).text == "[x]"


def test_a_rate_of_one_category_of_another_indicator_finds_it():
    """CBS-10 is the open high-risk cases for each adviser."""
    shown = figures((A, "CBS-05", 1, 90, "value", "risk", "High"), (A, "CBS-10", 1, 4, "denominator")).figure(
        "CBS-10", QUARTER
    )

    assert shown.value == Decimal("22.5")


def test_what_was_stated_stands_beside_what_was_computed():
    found = figures(
        *year(A, "HUB-01", 1000, 1000, 1000, 1000), (A, "HUB-01", "2022", 4100, *(["value", None, None, 2022, "total"]))
    )

    result = found.result("HUB-01", YEAR)

    assert (found.stated(result).text, found.figure("HUB-01", YEAR).text, result.difference) == ("4,100", "4,000", 100)
