"""Which period a total is about, and a figure so far in the year: the ones of the columns and rows it stands for."""

from tests.imports.tables.makers import periods, periods_across, periods_down, read, rules, sheet

NAME = "Helpline calls answered"


def test_so_far_in_the_year_reaches_to_the_last_column_with_figures():
    table = sheet(("Indicator", "Q1 2022/23", "Q2 2022/23", "Q3 2022/23", "YTD"), (NAME, 1, 2, None, 3))

    assert periods(read(table))["E2"] == "2022-Q2 ytd"


def test_so_far_in_the_year_beside_three_months_is_about_their_quarter():
    assert periods_across("Apr 22", "May 22", "Jun 22", "YTD")[-1] == "2022-Q1 ytd"


def test_so_far_in_the_year_beside_the_return_of_a_quarter_is_about_that():
    assert periods_across("July", "August", "September", "YTD", above=[("Return Q2 2022/23",)])[-1] == "2022-Q2 ytd"


def test_so_far_in_the_year_beside_a_month_and_its_quarter_is_about_the_quarter():
    assert periods_across("Jun 22", "Q1 2022/23", "YTD")[-1] == "2022-Q1 ytd"


def test_months_from_april_on_are_so_far_in_the_year():
    assert periods_across("April to August 2022", "May to August 2022") == ["2022-08 ytd", "2022-05-01/2022-08-31"]


def test_so_far_in_the_year_beside_single_months_is_about_the_last():
    assert periods_across("Apr 22", "May 22", "YTD")[-1] == "2022-05 ytd"


def test_so_far_in_a_calendar_year_starts_in_january():
    rows = (("Indicator", 2022, None, "YTD"), (None, "Jan", "Feb", None), (NAME, 1, 2, 3))

    assert list(periods(read(sheet(*rows, merges=["B1:C1"]))).values())[-1] == "2022-01-01/2022-02-28"


def test_so_far_in_the_year_with_no_period_beside_it_is_up_to_the_one_around_the_table():
    assert periods_across("YTD", above=[("Return Q2 2022/23",)]) == ["2022-Q2 ytd"]


def test_a_title_may_say_that_all_beneath_it_counts_since_april():
    table = sheet(("Hub: cumulative 2022/23",), ("Indicator", "Q1", "Q2", "2022/23"), (NAME, 1, 2, 2))

    assert list(periods(read(table)).values()) == ["2022-Q1 ytd", "2022-Q2 ytd", "2022 total"]


def test_a_total_is_about_all_columns_before_it():
    headings = [f"Q{number} 2022/23" for number in (1, 2, 3, 4)]

    assert periods_across(*headings, "Total")[-1] == "2022 total"
    assert periods_across(*headings[:2], "Total")[-1] == "2022-H1"
    assert periods_across(*headings[:3], "Total")[-1] == "2022-Q3 ytd"
    assert periods_across(*headings[1:3], "Total")[-1] == "2022-07-01/2022-12-31 total"


def test_each_total_is_about_the_columns_since_the_one_before():
    months = ("Apr 22", "May 22", "Jun 22", "Total", "Jul 22", "Aug 22", "Sep 22", "Total", "Year total")

    assert periods_across(*months)[3::4] == ["2022-Q1", "2022-Q2"]
    assert periods_across(*months)[-1] == "2022-H1"


def test_a_total_that_names_its_quarter_is_about_all_of_it_though_a_month_is_missing():
    assert periods_across("Jul 22", "Aug 22", "Q2 total", "YTD")[2:] == ["2022-Q2", "2022-Q2 ytd"]


def test_a_total_of_no_periods_is_a_figure_like_any_other():
    assert periods_across("Total", above=[("Return Q2 2022/23",)]) == ["2022-Q2"]


def test_a_total_beneath_periods_is_about_all_of_them():
    assert periods_down("Q1 2022/23", "Q2 2022/23", "Total", "YTD")[2:] == ["2022-H1", "2022-Q2 ytd"]


def test_what_is_an_aside_stands_for_no_period_of_a_total():
    assert periods_across("Q1 2022/23", "Q2 2022/23 target", "Total") == ["2022-Q1", "2022-Q1"]


def test_a_year_that_nobody_knows_makes_no_total():
    assert periods_across("Q1", "Q2", "Total") == ["?", "?", "?"]


def test_a_year_to_date_of_another_year_is_of_its_own_quarters():
    table = sheet(
        ("Indicator", "Quarter 2", None, "Year to date", None),
        (None, "22/23", "21/22", "22/23", "21/22"),
        (NAME, 10, 9, 20, 18),
        merges=["B1:C1", "D1:E1"],
    )

    assert list(periods(read(table)).values()) == ["2022-Q2", "2021-Q2", "2022-Q2 ytd", "2021-Q2 ytd"]


def test_a_year_to_date_of_a_year_without_quarters_is_asked_about():
    reading = read(sheet(("Indicator", "Q2 2022/23", "YTD 2021/22"), (NAME, 10, 18)))

    assert periods(reading) == {"B2": "2022-Q2", "C2": "? ytd"}
    assert "periods-disagree" in rules(reading)
