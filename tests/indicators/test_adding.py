"""What may be added over time, areas, services and providers, and the sentence when it may not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dacommission.indicators.count_types import COUNT_TYPES, why_not
from dacommission.indicators.results import NotAddable, Result, add_across, add_together, result
from imports.reading import Part
from tests.indicators.counts import YEAR, count, cumulative, measure, period, quarters, rates

OVERS = ("time", "areas", "services", "providers")


def whole_year(code: str, *values: int | None) -> Result:
    kind = measure(code).count_type
    return result(measure(code), (cumulative if kind == "Y" else quarters)(code, *values), YEAR)


def test_people_of_different_services_are_never_added():
    measures = [measure("WFA-01"), measure("SA-01"), measure("CBS-01")]
    results = [
        whole_year("WFA-01", 71, 118, 165, 210),
        whole_year("SA-01", 61, 98, 131, 164),
        whole_year("CBS-01", 446, 903, 1331, 1784),
    ]

    with pytest.raises(NotAddable) as refused:
        add_together(measures, results)

    assert str(refused.value) == (
        "WFA-01 Adults supported by the whole family approach, SA-01 Adults supported in safe accommodation "
        "and CBS-01 Individuals referred to the community-based service cannot be added: the same person "
        "may be in more than one of them, and would be counted twice."
    )


def test_adults_and_children_of_one_service_are_its_people():
    adults, children = whole_year("SA-01", 61, 98, 131, 164), whole_year("SA-02", 38, 60, 79, 97)

    found = add_together([measure("SA-01"), measure("SA-02")], [adults, children])

    assert (found.value, found.indicator, found.complete) == (261, "SA-01 + SA-02", True)


def test_more_parents_than_children_is_no_mistake():
    parents, children = whole_year("RES-01", 82, 146, 205, 264), whole_year("RES-02", 27, 45, 61, 76)

    assert add_together([measure("RES-01"), measure("RES-02")], [parents, children]).value == 340


def test_the_same_measure_twice_is_not_added_to_itself():
    adults = whole_year("SA-01", 61, 98, 131, 164)

    with pytest.raises(NotAddable):
        add_together([measure("SA-01"), measure("SA-01")], [adults, adults])


def test_calls_and_plans_are_not_added():
    with pytest.raises(NotAddable, match=r"counted in different things \(calls, plans\)"):
        add_together([measure("HUB-09"), measure("XS-01")], [whole_year("HUB-09", 1), whole_year("XS-01", 1)])


def test_referrals_to_different_services_are_not_added():
    with pytest.raises(NotAddable, match="measure different things"):
        add_together([measure("HUB-01"), measure("SA-08")], [whole_year("HUB-01", 1), whole_year("SA-08", 1)])


def test_events_of_two_providers_add_up():
    one = result(measure("XS-01"), [count("XS-01", "2022-Q1", 2041, source=1)], period("2022-Q1"))
    other = result(measure("XS-01"), [count("XS-01", "2022-Q1", 59, source=2)], period("2022-Q1"))

    found = add_across(measure("XS-01"), [one, other], "providers")

    assert (found.value, found.complete, found.sources) == (2100, True, (1, 2))


def test_a_total_over_providers_is_incomplete_when_one_has_not_reported():
    one = result(measure("XS-01"), [count("XS-01", "2022-Q1", 2041)], period("2022-Q1"))
    silent = result(measure("XS-01"), [], period("2022-Q1"))

    found = add_across(measure("XS-01"), [one, silent], "providers")

    assert (found.value, found.status, found.reported, found.due) == (2041, "incomplete", 1, 2)


def test_a_total_of_an_incomplete_part_is_incomplete():
    part = whole_year("XS-01", 2041, 2156, None, 2113)

    assert add_across(measure("XS-01"), [part], "services").status == "incomplete"


def test_a_total_of_nothing_known_is_missing():
    silent = result(measure("XS-01"), [], YEAR)

    found = add_across(measure("XS-01"), [silent, silent], "areas")

    assert (found.value, found.status) == (None, "missing")


def test_a_total_over_time_spans_its_periods():
    counts = quarters("XS-01", 2041, 2156)
    results = [result(measure("XS-01"), counts, quarter) for quarter in YEAR.quarters[:2]]

    found = add_across(measure("XS-01"), results, "time")

    assert (found.value, found.period) == (4197, period("2022-H1"))


def test_a_total_over_categories_is_of_none_of_them():
    places = [{"breakdown": "area", "category": name} for name in ("Selby", "Craven")]
    counts = [count("XS-01", "2022-Q1", 3, **place) for place in places]
    results = [result(measure("XS-01"), counts, period("2022-Q1"), **place) for place in places]

    found = add_across(measure("XS-01"), results, "areas")

    assert (found.value, found.category) == (6, None)
    assert add_across(measure("XS-01"), results[:1], "areas").category == "Selby"


def test_rates_are_added_from_their_counts():
    exits = measure("PRP-06")
    counts = rates("PRP-06", (9, 12), (10, 10), (30, 60), (21, 30))
    results = [result(exits, counts, quarter) for quarter in YEAR.quarters]

    found = add_across(exits, results, "time")

    assert (found.value, found.numerator, found.denominator) == (Decimal("62.5"), 70, 112)
    assert found.complete


def test_nought_out_of_nought_adds_nothing_and_is_still_known():
    exits = measure("PRP-06")
    counts = rates("PRP-06", (9, 12), (0, 0))
    results = [result(exits, counts, quarter) for quarter in YEAR.quarters[:2]]

    found = add_across(exits, results, "time")

    assert (found.value, found.complete) == (75, True)


def test_a_rate_in_error_leaves_the_total_incomplete():
    exits = measure("PRP-06")
    counts = rates("PRP-06", (9, 12), (14, 13))
    results = [result(exits, counts, quarter) for quarter in YEAR.quarters[:2]]

    found = add_across(exits, results, "time")

    assert (found.value, found.status) == (75, "incomplete")


def test_bare_percentages_are_not_added():
    exits = measure("PRP-06")
    bare = result(exits, [count("PRP-06", "2022-Q1", 75, part=Part.PERCENT)], period("2022-Q1"))

    with pytest.raises(NotAddable, match="the counts behind a percentage were not reported"):
        add_across(exits, [bare, bare], "providers")


def test_results_of_another_measure_are_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="not results of HUB-01"):
        add_across(measure("HUB-01"), [whole_year("XS-01", 1)], "providers")


@pytest.mark.parametrize(
    ("code", "over", "reason"),
    [
        ("CBS-06", "time", "the same person may be counted in more than one period"),
        ("SA-01", "time", "the same person may be counted in more than one period"),
        ("SA-01", "areas", "the same person may have lived in more than one area"),
        ("SA-01", "services", "the same person may use more than one service"),
        ("SA-01", "providers", "the same person may be supported by more than one provider"),
        ("CBS-05", "time", "it is counted on one day, so adding days would count the same case again"),
        ("CBS-05", "services", "the same person may use more than one service"),
        ("PRP-04", "providers", "the same person may be supported by more than one provider"),
        ("SA-13.b", "providers", "a median, a percentile or a longest wait cannot be worked out from its parts"),
    ],
)
def test_the_refusal_says_why(code, over, reason):
    found = replace(whole_year("HUB-01", 1, 2, 3, 4), indicator=code)

    with pytest.raises(NotAddable) as refused:
        add_across(measure(code), [found, found], over)

    words = "periods" if over == "time" else over
    assert str(refused.value) == f"{measure(code)} cannot be added over {words}, because {reason}."


@pytest.mark.parametrize(
    ("letter", "unit", "added_over"),
    [
        ("F", "calls", {"time", "areas", "services", "providers"}),
        ("F", "people", {"time", "areas"}),
        ("S", "bedspaces", {"areas", "services", "providers"}),
        ("S", "people", {"areas"}),
        ("P", "people", set()),
        ("Y", "people", set()),
        ("R", "percent", {"time", "areas", "services", "providers"}),
        ("M", "nights", {"time", "areas", "services", "providers"}),
        ("Q", "nights", set()),
        ("C", "nights", {"time", "areas", "services", "providers"}),
        ("L", "pounds", {"time", "areas", "services", "providers"}),
    ],
)
def test_what_each_count_type_may_be_added_over(letter, unit, added_over):
    assert {over for over in OVERS if why_not(letter, unit, over) is None} == added_over


def test_each_count_type_answers_for_itself():
    flow, people = COUNT_TYPES["F"], COUNT_TYPES["P"]

    assert (flow.adds_over_time, flow.adds_over_areas) == (True, True)
    assert (flow.adds_over_services, flow.adds_over_providers) == (True, True)
    assert (people.adds_over_time, people.adds_over_areas) == (False, False)
    assert (people.adds_over_services, people.adds_over_providers) == (False, False)
