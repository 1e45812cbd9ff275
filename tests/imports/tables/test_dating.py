"""Which period each figure is about: by its column, its row, and what stands around the table."""

from datetime import date

import pytest

from imports.periods import Period
from imports.series import Profile
from tests.imports.tables.makers import asides, periods, periods_across, periods_down, read, rules, sentence, sheet

NAME = "Helpline calls answered"
Q2 = Period.quarter(2022, 2)


def test_each_column_is_about_the_period_in_its_heading():
    assert periods_across("Q1 2022/23", "April 2022", "2022/23", "H1 2022/23") == [
        "2022-Q1",
        "2022-04",
        "2022 total",
        "2022-H1",
    ]


def test_a_heading_without_a_year_takes_it_from_the_heading_above():
    table = sheet(("Indicator", "2021/22", None, "2022/23"), (None, "Q3", "Q4", "Q1"), (NAME, 1, 2, 3))

    assert list(periods(read(table)).values()) == ["2021-Q3", "2021-Q4", "2022-Q1"]


def test_a_single_year_merged_over_months_is_theirs():
    table = sheet(("Indicator", 2022, None), (None, "May", "June"), (NAME, 1, 2), merges=["B1:C1"])

    assert list(periods(read(table)).values()) == ["2022-05", "2022-06"]


@pytest.mark.parametrize("title", ["Our return 2022/23", "Our return for Q3 2022/23", "Year ending March 2023"])
def test_a_heading_without_a_year_takes_it_from_the_title(title):
    assert periods_across("Q3", "Q4", above=[(title,)]) == ["2022-Q3", "2022-Q4"]


def test_a_heading_without_a_year_takes_it_from_the_name_of_the_sheet_and_then_of_the_file():
    assert periods_across("Q1", name="KPIs 22-23") == ["2022-Q1"]
    assert periods_across("Q1", how={"filename": "hub_return_2021-22.xlsx"}) == ["2021-Q1"]


def test_a_year_is_carried_on_to_the_months_after_it():
    assert periods_across("Apr 22", "May", "Jun") == ["2022-04", "2022-05", "2022-06"]


def test_a_year_that_is_carried_on_turns_in_january():
    assert periods_across("Nov 22", "Dec", "Jan", "Feb") == ["2022-11", "2022-12", "2023-01", "2023-02"]


def test_a_quarter_takes_the_year_of_the_months_before_it():
    assert periods_across("Oct 22", "Nov 22", "Dec 22", "Quarter 3") == ["2022-10", "2022-11", "2022-12", "2022-Q3"]
    assert periods_down("Jan 22", "Feb 22", "Mar 22", "Q4") == ["2022-01", "2022-02", "2022-03", "2021-Q4"]


def test_another_quarter_than_that_of_the_months_before_it_is_asked_about():
    assert periods_across("Oct 22", "Nov 22", "Quarter 1") == ["2022-10", "2022-11", "?"]


def test_a_year_said_again_is_the_one_that_counts():
    assert periods_across("Apr 22", "May", "Jan 23", "Feb") == ["2022-04", "2022-05", "2023-01", "2023-02"]


def test_a_year_is_carried_over_a_column_that_says_no_period():
    assert periods_across("Nov 22", "Target", "Jan") == ["2022-11", "2023-01"]


def test_a_year_is_carried_down_too():
    assert periods_down("December 2022", "January", "February", corner="Month") == ["2022-12", "2023-01", "2023-02"]


def test_a_month_takes_the_year_of_the_column_before_it():
    table = sheet(("Year", "Month", NAME), ("2022/23", "April", 5), (None, "May", 6), (None, "January", 7))

    assert list(periods(read(table)).values()) == ["2022-04", "2022-05", "2023-01"]


def test_single_years_are_the_calendars():
    assert periods_across(2021, 2022) == ["2021-01-01/2021-12-31", "2022-01-01/2022-12-31"]


def test_a_single_year_over_months_from_april_to_march_is_the_one_in_which_they_begin():
    assert periods_across("Oct", "Nov", "Dec", "Jan", above=[("Our return 2022",)]) == [
        "2022-10", "2022-11", "2022-12", "2023-01",
    ]  # fmt: skip


def test_a_single_year_over_months_of_the_calendar_is_the_calendars():
    assert periods_across("Jan", "Feb", above=[("Our return 2022",)]) == ["2022-01", "2022-02"]


def test_months_from_april_to_march_down_the_rows_begin_in_a_single_year_too():
    rows = (("Our return 2022",), (), ("Month", NAME), ("December", 1), ("January", 2))

    assert list(periods(read(sheet(*rows))).values()) == ["2022-12", "2023-01"]


def test_months_that_begin_again_under_one_year_are_asked_about():
    table = sheet(("Year", "Month", NAME), ("2022", "November", 1), (None, "December", 2), (None, "January", 3))

    reading = read(table)

    assert list(periods(reading).values()) == ["2022-11", "2022-12", "2022-01"]
    assert rules(reading) == ["periods-disagree"]


def test_a_date_is_the_month_of_which_it_is_the_first_or_last_day():
    assert periods_across(date(2022, 4, 1), date(2022, 5, 31)) == ["2022-04", "2022-05"]


def test_a_month_at_which_a_period_ends_stands_for_its_quarter():
    assert periods_down("30/06/2022", "30/09/2022", corner="Period end") == ["2022-Q1", "2022-Q2"]


def test_a_month_at_which_the_period_of_the_whole_sheet_ends_stands_for_that():
    rows = (("Half 1 2022/23",), (), ("Period end", NAME), ("30/06/2022", 1), ("30/09/2022", 2))

    assert list(periods(read(sheet(*rows))).values()) == ["2022-Q1", "2022-H1"]


def test_months_that_follow_each_other_are_months_also_where_each_has_an_end():
    assert periods_down("April 2022", "May 2022", "June 2022", corner="Month end") == ["2022-04", "2022-05", "2022-06"]


@pytest.mark.parametrize("label", ["Latest 12 months", "Rolling twelve months"])
def test_the_latest_months_end_with_the_last_period_beside_them(label):
    assert periods_across("Q1 2022/23", "Q2 2022/23", label)[-1] == "2021-10-01/2022-09-30"
    assert periods_down("Q1 2022/23", "Q2 2022/23", label)[-1] == "2021-10-01/2022-09-30"


def test_the_latest_months_may_come_first():
    assert periods_across("Latest 6 months", "Q1 2022/23", "Q2 2022/23")[0] == "2022-H1"


def test_the_latest_months_end_with_the_year_above_them():
    table = sheet(("Indicator", "2021/22", "2022/23"), (None, "Last 3 months", "Last 3 months"), (NAME, 1, 2))

    assert list(periods(read(table)).values()) == ["2021-Q4", "2022-Q4"]


def test_a_row_of_the_latest_months_ends_with_its_columns_period():
    table = sheet((None, "2021/22", "2022/23"), ("Latest 12 months", 1, 2), ("2022/23", 3, 4))

    assert list(periods(read(table)).values())[:2] == ["2021", "2022"]


def test_the_latest_months_end_with_the_period_around_the_table():
    assert periods_across("Latest 12 months", above=[("Return for Q2 2022/23",)]) == ["2021-10-01/2022-09-30"]


def test_the_latest_months_before_nobody_knows_what_are_asked_about():
    reading = read(sheet(("Indicator", "Latest 12 months"), (NAME, 1)))

    assert (list(periods(reading).values()), rules(reading)) == (["?"], ["year-missing"])


def test_a_year_that_nothing_says_is_asked_for():
    reading = read(sheet(("Indicator", "Q1", "Q2"), (NAME, 1, 2)))

    assert list(periods(reading).values()) == ["?", "?"]
    assert rules(reading) == ["year-missing", "year-missing"]


def test_a_year_that_nothing_says_is_taken_from_the_return_and_asked_about():
    reading = read(sheet(("Indicator", "Q2"), (NAME, 1)), due=Q2, codes=("HUB-09",))

    assert list(periods(reading).values()) == ["2022-Q2"]
    assert "It was taken to be Quarter 2 2022/23" in sentence(reading, "year-missing")


def test_a_year_that_somebody_has_said_is_asked_for_no_more():
    reading = read(sheet(("Indicator", "Q1"), (NAME, 1)), profile=Profile(year=2021))

    assert (list(periods(reading).values()), rules(reading)) == (["2021-Q1"], [])


def test_a_figure_of_no_period_is_about_the_one_around_the_table():
    assert periods_across("Actual", above=[("Return for Q2 2022/23",)]) == ["2022-Q2"]


def test_a_figure_of_no_period_in_a_return_is_about_the_returns():
    reading = read(sheet(("Indicator", "Actual"), (NAME, 1)), due=Q2, codes=("HUB-09",))

    assert (list(periods(reading).values()), rules(reading)) == (["2022-Q2"], [])


def test_a_figure_of_no_period_anywhere_is_asked_about_once_a_table():
    reading = read(sheet(("Indicator", "Actual"), (NAME, 1), ("Referrals received", 2)))

    assert rules(reading) == ["year-missing"]
    assert sentence(reading, "year-missing").startswith("Nothing says which period these figures are about.")


def test_a_quarter_of_a_single_year_is_asked_about():
    reading = read(sheet(("Indicator", "Q1 2022"), (NAME, 1)))

    assert (list(periods(reading).values()), rules(reading)) == (["2022-Q1"], ["which-quarters"])


def test_a_quarter_of_a_single_year_above_the_table_is_asked_about():
    reading = read(sheet(("Our return Q1 2022",), ("Indicator", "Actual"), (NAME, 1)))

    assert (list(periods(reading).values()), rules(reading)) == (["2022-Q1"], ["which-quarters"])


@pytest.mark.parametrize(("quarters", "key"), [("calendar", "2021-Q4"), ("financial", "2022-Q1")])
def test_which_quarters_are_meant_is_not_asked_twice(quarters, key):
    for rows in (("Indicator", "Q1 2022"), (NAME, 1)), (("Return Q1 2022",), ("Indicator", "Actual"), (NAME, 1)):
        reading = read(sheet(*rows), profile=Profile(quarters=quarters))

        assert (list(periods(reading).values()), rules(reading)) == ([key], [])


def test_a_month_outside_the_year_above_it_is_asked_about():
    reading = read(sheet(("Indicator", "2022/23", None), (None, "April 2023", "May 2022"), (NAME, 1, 2)))

    assert list(periods(reading).values()) == ["2023-04", "2022-05"]
    assert "It was taken to be April 2023" in sentence(reading, "periods-disagree")


def test_a_month_of_the_financial_year_that_begins_in_the_single_year_above_it_is_within_it():
    reading = read(sheet(("Indicator", "2022"), (None, "January 2023"), (NAME, 1)))

    assert (list(periods(reading).values()), rules(reading)) == (["2023-01"], [])


def test_two_periods_of_one_length_leave_none():
    reading = read(sheet((None, "Q1 2022/23", "Q2 2022/23"), ("Q1 2022/23", 1, 2)))

    assert list(periods(reading).values()) == ["2022-Q1", "?"]
    assert "so its period is not known" in sentence(reading, "periods-disagree")


def test_a_title_and_a_sheets_name_that_disagree_are_asked_about():
    reading = read(sheet(("Return Q3 2022/23",), ("Indicator", "Actual"), (NAME, 1), name="Q2 2022-23"))

    assert (list(periods(reading).values()), rules(reading)) == (["2022-Q3"], ["periods-disagree"])


def test_a_table_about_another_period_than_its_title_is_believed_and_asked_about():
    reading = read(sheet(("Return Q3 2022/23",), ("Indicator", "Q1 2022/23", "Target"), (NAME, 1, 9)))

    assert list(periods(reading).values()) == ["2022-Q1"]
    assert sentence(reading, "periods-disagree").startswith("The table is about Quarter 1 2022/23, as “Q1 2022/23”")


def test_a_figure_of_another_quarter_that_repeats_it_is_set_aside_in_a_return():
    reading = read(sheet(("Indicator", "Q1 2022/23", "Q2 2022/23"), (NAME, 1, 2)), due=Q2, codes=("HUB-09",))

    assert periods(reading) == {"C2": "2022-Q2"}
    assert asides(reading) == {"B2": "earlier"}


def test_a_heading_that_names_another_quarter_than_the_title_is_asked_about_beside_columns_that_name_none():
    table = sheet(("Return for Q2 2022/23", "Q1 2022/23"), (NAME, 5, 6), ("Referrals received", 7, 8))

    assert "periods-disagree" in rules(read(table))
