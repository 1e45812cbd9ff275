"""What the rows and columns of figures are, what each figure says, and what has to be asked."""

from dataclasses import replace

import pytest

from imports.reading import Match, Part, Status
from imports.series import Known, Profile, Sense
from imports.tables import meaning
from tests.imports.tables.makers import (
    asides,
    figures,
    meanings,
    one,
    periods,
    read,
    rules,
    sentence,
    sheet,
    values,
)

YEAR = ("Our return 2022/23",)
QUARTERS = ("Indicator", "Q1", "Q2")
CALLS = "Helpline calls answered"
ADULTS = "Adults supported in safe accommodation"
KETTLES = "Kettles boiled"


def kettles(*, name="Hub", title=YEAR):
    return sheet(title, QUARTERS, (KETTLES, 1, 2), name=name)


def confirmed(sense, *, name="Hub"):
    """A profile in which somebody has said what kettles are."""
    (series,) = read(kettles(name=name)).series
    return {series.key: Known(sense)}


def adults(*values, headings=("Q1", "Q2"), label=ADULTS):
    return read(sheet(YEAR, ("Indicator", *headings), (label, *values), name="Refuge"))


def test_a_row_with_the_name_of_an_indicator_is_that():
    series = one(read(sheet(YEAR, QUARTERS, (CALLS, 5, 6))), CALLS)

    assert (series.sense, series.match, series.is_asked) == (Sense("HUB-09"), Match.ALIAS, False)


def test_a_row_that_is_only_like_an_indicator_is_proposed_and_asked_about():
    reading = read(sheet(YEAR, QUARTERS, ("Helpline calls", 5, 6)))

    seen = figures(reading)["B3"]

    assert (seen.indicator, seen.proposed, seen.confidence < 1) == (None, Sense("HUB-09"), True)
    assert sentence(reading, "likely-indicator").startswith("“Helpline calls” may be HUB-09 Helpline calls answered.")


def test_a_row_like_no_indicator_is_asked_about():
    reading = read(kettles())

    assert meanings(reading) == {"B3": None, "C3": None}
    assert sentence(reading, "unmatched-label").startswith("“Kettles boiled” is not known as an indicator")


def test_rows_that_nobody_knows_are_asked_about_one_by_one_up_to_a_bound(monkeypatch):
    monkeypatch.setattr(meaning, "MOST_ASKED", 2)
    words = ("Kettles", "Teapots", "Spoons", "Saucers")

    messages = [problem.message for problem in read(sheet(YEAR, QUARTERS, *((word, 1, 2) for word in words))).problems]

    assert len(messages) == 3
    assert messages[-1].startswith("2 more rows and columns are not known as indicators")


def test_a_list_without_headings_asks_what_it_does_not_know():
    reading = read(sheet(("Return Q1 2022/23",), (CALLS, 5), (KETTLES, 6), ("Teapots", "n/a")))

    assert meanings(reading) == {"B2": "HUB-09", "B3": None, "B4": None}
    assert [one.is_asked for one in reading.series] == [False, True, True]


def test_several_columns_without_headings_are_only_proposed():
    series = one(read(sheet(("Return Q1 2022/23",), (CALLS, 5, 6), (KETTLES, 7, 8))), CALLS)

    assert (series.sense, series.candidates[0].sense) == (None, Sense("HUB-09"))
    assert series.why == "No heading says what its columns are."


def test_a_list_of_details_is_no_return():
    assert read(sheet(("Telephone", 1234), ("Postcode area", 5))).layout is None


def test_what_somebody_confirmed_is_known():
    reading = read(kettles(), profile=Profile(confirmed(Sense("HUB-09"))))

    series = one(reading, KETTLES)

    assert (series.sense, series.match, series.confidence) == (Sense("HUB-09"), Match.PROFILE, 1)
    assert set(meanings(reading).values()) == {"HUB-09"}


def test_a_list_without_headings_counts_what_somebody_confirmed():
    table = sheet(("Return Q1 2022/23",), (CALLS, 5), (KETTLES, 6))
    known = replace(one(read(table), CALLS).key, row=("kettles boiled",))

    assert meanings(read(table, profile=Profile({known: Known(Sense("CBS-03"))})))["B3"] == "CBS-03"


def test_what_is_not_for_the_return_is_set_aside_and_asked_about_no_more():
    reading = read(sheet(YEAR, QUARTERS, (KETTLES, 1, "n/a")), profile=Profile(confirmed(None)))

    assert (asides(reading), rules(reading), values(reading)) == ({"B3": "not-ours"}, [], {})
    assert reading.series[0].not_ours


@pytest.mark.parametrize("change", [{"title": ("Form 2023/24, revised",)}, {"name": "Quarterly"}])
def test_a_new_title_or_a_new_name_of_the_sheet_is_no_new_row(change):
    reading = read(kettles(**change), profile=Profile(confirmed(Sense("HUB-09"))))

    assert set(meanings(reading).values()) == {"HUB-09"}


def test_a_row_that_two_sheets_have_otherwise_is_not_settled_on_a_third():
    known = confirmed(Sense("HUB-09")) | confirmed(Sense("HUB-01"), name="Refuge")

    assert set(meanings(read(kettles(name="New"), profile=Profile(known))).values()) == {None}


def test_figures_without_a_name_are_settled_only_on_their_own_sheet():
    def table(name):
        return sheet(("Quarter", "Number"), ("Q1 2022/23", 5), ("Q2 2022/23", 6), name=name)

    known = Profile({read(table("Hub")).series[0].key: Known(Sense("HUB-09"))})

    assert set(meanings(read(table("Hub"), profile=known)).values()) == {"HUB-09"}
    assert set(meanings(read(table("New"), profile=known)).values()) == {None}


def test_two_rows_of_one_name_and_period_are_settled_by_no_answer():
    table = sheet(YEAR, QUARTERS, (KETTLES, 1, 2), (), QUARTERS, (KETTLES, 3, 4))

    reading = read(table, profile=Profile(confirmed(Sense("HUB-09"))))

    assert set(meanings(reading).values()) == {None}


def test_two_rows_of_one_name_and_other_periods_are_settled_together():
    table = sheet(YEAR, QUARTERS, (KETTLES, 1, 2), (), ("Indicator", "Q3", "Q4"), (KETTLES, 3, 4))

    reading = read(table, profile=Profile(confirmed(Sense("HUB-09"))))

    assert set(meanings(reading).values()) == {"HUB-09"}


def test_people_of_the_year_are_counted_on_and_that_is_said():
    reading = adults(5, 9)

    assert list(periods(reading).values()) == ["2022-Q1 ytd", "2022-Q2 ytd"]
    assert sentence(reading, "counted-since").startswith(f"“{ADULTS}” was read as counted since 1 April, as SA-01 is.")


@pytest.mark.parametrize(
    ("figures", "headings"),
    [
        ((9, 5), ("Q1", "Q2")),  # they fall
        ((1, 2, 3), ("Q1", "Q2", "YTD")),  # another column counts on
        ((1, 2, 3, 4, 10), ("Q1", "Q2", "Q3", "Q4", "Year total")),  # they add up to the year
    ],
)
def test_people_of_the_year_are_counted_by_quarter_where_the_figures_say_so(figures, headings):
    reading = adults(*figures, headings=headings)

    assert list(periods(reading).values())[:2] == ["2022-Q1", "2022-Q2"]
    assert "counted-since" not in rules(reading)


def test_people_who_all_came_in_the_last_quarter_are_counted_on_as_well_as_added_up():
    reading = adults(0, 0, 0, 5, 5, headings=("Q1", "Q2", "Q3", "Q4", "Year total"))

    assert list(periods(reading).values())[3] == "2022-Q4 ytd"


def test_people_of_the_year_are_counted_on_without_a_question_where_the_label_says_so():
    reading = adults(5, 9, label=f"{ADULTS} (cumulative)")

    assert list(periods(reading).values()) == ["2022-Q1 ytd", "2022-Q2 ytd"]
    assert "counted-since" not in rules(reading)


def test_people_of_the_year_who_somebody_confirmed_are_asked_about_no_more():
    known = Profile({adults(5, 9).series[0].key: Known(Sense("SA-01"))})

    assert rules(read(sheet(YEAR, QUARTERS, (ADULTS, 5, 9), name="Refuge"), profile=known)) == []


def test_a_total_of_the_year_alone_stays_one():
    assert list(periods(adults(1, 2, 3, 4, 4, headings=("Q1", "Q2", "Q3", "Q4", "Year total"))).values())[-1] == (
        "2022 total"
    )


def test_a_figure_of_a_whole_year_is_its_total():
    reading = read(sheet(("Indicator", "2022/23"), (CALLS, 5)))

    assert list(periods(reading).values()) == ["2022 total"]


def test_a_figure_that_its_indicator_cannot_have_is_an_error_with_its_cell():
    reading = read(sheet(YEAR, QUARTERS, (CALLS, "#REF!", 6)))

    (problem,) = [problem for problem in reading.problems if problem.rule == "V03"]

    assert (problem.sheet, problem.cell, figures(reading)["B3"].status) == ("Hub", "B3", Status.ERROR)
    assert problem.message == f"{CALLS}: This cell shows #REF!. Correct its formula or type the figure."


def test_a_part_that_a_heading_says_stays_where_nobody_knows_the_rest():
    reading = read(sheet(YEAR, ("Indicator", "Numerator"), (KETTLES, 5)))

    assert [seen.part for seen in reading.observations] == [Part.NUMERATOR]


def test_figures_without_periods_are_compared_by_size_all_the_same():
    reading = read(sheet(("Indicator", "Actual"), ("Call answer rate", "50%"), (CALLS, 5)))

    assert meanings(reading) == {"B2": "HUB-10", "B3": "HUB-09"}


def test_figures_stand_in_the_order_of_their_sheets_and_cells():
    left = sheet(YEAR, ("Indicator", "Adults", "Q1"), (CALLS, 5, 6), ("Referrals received", 7, 8))

    reading = read(left, sheet(("Indicator", "Q1 2022/23"), (ADULTS, 5), name="Refuge"))

    assert [(seen.sheet, seen.cell) for seen in reading.observations] == [
        ("Hub", "B3"),
        ("Hub", "C3"),
        ("Hub", "B4"),
        ("Hub", "C4"),
        ("Refuge", "B2"),
    ]


def test_a_period_is_asked_about_once_for_each_heading():
    reading = read(sheet(QUARTERS, (CALLS, 5, 6), ("Referrals received", 7, 8)))

    assert [problem.cell for problem in reading.problems if problem.rule == "year-missing"] == ["B1", "C1"]


def test_a_name_far_under_other_words_is_asked_about():
    said = ("Period", "Q1 2022/23")
    far = read(sheet(said, ("Indicator", "Of which adults"), (), (), (CALLS, 5)))
    near = read(sheet(said, (), (), (CALLS, 5)))

    assert [one.series[0].sense is None for one in (far, near)] == [True, False]
