"""What stands around a table and says which period it is about, and what its title says of all its figures."""

from datetime import date

import pytest

from imports.reading import Kind, Sheet
from tests.imports.tables.makers import asides, at, labels, meanings, periods, read, rules, sheet, told, values

NAME = "Helpline calls answered"
TABLE = (("Indicator", "Actual"), (NAME, 5))


def period(*above, name="Hub", filename="", beside=()):
    """The period of the one figure of a table with this above it."""
    (found,) = periods(read(sheet(*above, (), *TABLE, name=name), *beside, filename=filename)).values()
    return found


@pytest.mark.parametrize(
    "row",
    [
        ("Return for Q2 2022/23",),
        ("Reporting period:", "July to September 2022"),
        ("Quarter", None, "Q2 2022/23"),
        ("Provider:", "IDAS", "Period:", "Q2 2022/23"),
    ],
)
def test_words_above_a_table_say_its_period(row):
    assert period(row) == "2022-Q2"


def test_a_date_above_a_table_says_its_period_beside_a_word_for_it():
    assert period(("Period ending", date(2022, 6, 30))) == "2022-06"
    assert period((date(2022, 6, 30),)) == "?"
    assert period(("Signed on behalf of the board", date(2022, 6, 30))) == "?"


@pytest.mark.parametrize(
    "row",
    [
        ("Date completed", date(2022, 6, 30)),
        ("Prepared", "July 2022"),
        ("Completed July 2022",),
        ("Version", 2022),
    ],
)
def test_a_day_on_which_something_was_done_is_no_period(row):
    assert period(row) == "?"


def test_a_year_typed_as_a_number_beside_the_word_for_it_is_the_tables():
    assert period(("Year:", 2022)) == "2022-01-01/2022-12-31"


def test_years_above_a_table_typed_as_numbers_are_its_period_only_beside_a_word_for_it():
    assert period((2021, 2022)) == "?"


def test_the_name_of_the_sheet_says_the_period():
    assert period(name="Q2 2022-23") == "2022-Q2"


@pytest.mark.parametrize("filename", ["IDAS-return-Q2-2022-23.xlsx", "hub_Q2_2022-23.csv", "C:/x/Jul-Sep 2022.ods"])
def test_the_name_of_the_file_says_the_period(filename):
    assert period(filename=filename) == "2022-Q2"


def test_another_sheet_says_the_period_of_the_whole_workbook():
    cover = sheet(("Provider", "IDAS"), ("Reporting quarter", "Q2 2022/23"), ("Date signed", "July 2022"), name="Cover")

    assert period(beside=[cover]) == "2022-Q2"
    assert period(beside=[sheet(("Any words of a period " * 3, "Q2 2022/23"), name="Notes")]) == "?"
    assert period(beside=[sheet(("Quarter", "Q2 2022/23", *"abcde"), name="Lists")]) == "?"


def test_the_nearest_of_one_length_counts():
    assert period(("Return for Q2 2022/23",), filename="Q2 2022-23.csv") == "2022-Q2"


def test_a_table_below_another_has_the_title_of_the_sheet_too():
    reading = read(sheet(("Return Q2 2022/23",), *TABLE, (), ("Refuge",), ("Indicator", "Actual"), ("Nights", 7)))

    assert periods(reading) == {"B3": "2022-Q2", "B7": "2022-Q2"}
    assert [table.title for table in reading.tables] == ["Return Q2 2022/23", "Return Q2 2022/23 / Refuge"]


def test_the_title_of_a_table_above_says_no_period_of_one_with_its_own():
    titles = ("Quarter 1: April - June 2022",), ("Quarter 2: July - September 2022",)
    reading = read(sheet(titles[0], *TABLE, (), titles[1], *TABLE))

    assert periods(reading) == {"B3": "2022-Q1", "B7": "2022-Q2"}
    assert "periods-disagree" not in rules(reading)


def test_the_title_of_a_table_above_may_say_the_year_of_the_next():
    assert periods(read(sheet(("Quarter 1 2022/23",), *TABLE, (), ("Quarter 2",), *TABLE))) == {
        "B3": "2022-Q1",
        "B7": "2022-Q2",
    }


def test_a_title_for_targets_is_believed_where_no_row_says_actual():
    rows = ("KPI", None, "Q1 2022/23", "Q2 2022/23"), (NAME, "Target", 5, 6)

    assert values(read(sheet(("KPI targets",), *rows, (None, "Actual", 4, 7)))) == {"C4": 4, "D4": 7}
    assert values(read(sheet(("KPI targets",), *rows, (None, "Reached", 4, 7)))) == {}


def test_the_quarters_of_a_year_that_begins_in_another_month_are_asked_about():
    rows = ("Indicator", "Q1", "Q2"), (NAME, 5, 6)
    title = ("Contract year 2 (1 October 2022 - 30 September 2023)",)

    assert "which-quarters" in rules(read(sheet(title, *rows)))
    assert "which-quarters" not in rules(read(sheet(("1 April 2022 - 31 March 2023",), *rows)))
    assert "which-quarters" not in rules(read(sheet(title, ("Indicator", "Oct 22"), (NAME, 5))))


def test_what_is_compared_under_a_title_is_figures():
    rows = ("Indicator", "Q1 2022/23", "Q1 2021/22"), (NAME, 5, 6)

    assert values(read(sheet(("Comparison with 2021/22",), *rows))) == {"B3": 5, "C3": 6}
    assert values(read(sheet(("% change",), *rows))) == {}


def test_the_headings_of_a_table_above_say_no_period_of_the_next():
    reading = read(sheet(("Indicator", "Q1 2022/23"), (NAME, 5), (), ("Indicator", "Q2 2022/23"), (NAME, 6)))

    assert periods(reading) == {"B2": "2022-Q1", "B5": "2022-Q2"}
    assert "periods-disagree" not in rules(reading)


def test_the_headings_of_a_table_above_may_say_the_year_of_the_next():
    reading = read(sheet(("Indicator", "Q1 2022/23"), (NAME, 5), (), ("Indicator", "Q2"), (NAME, 6)))

    assert periods(reading)["B5"] == "2022-Q2"
    assert reading.tables[1].told[1] == (
        "The periods stand in its headings, the year in “Q1 2022/23” in B1: Quarter 2 2022/23."
    )


def test_a_table_without_words_above_it_has_no_title():
    (table,) = read(sheet(*TABLE)).tables

    assert table.title == ""


def test_a_passage_above_a_table_is_no_title():
    (table,) = read(sheet(("Please count every person once. " * 10,), *TABLE)).tables

    assert table.title == ""


def test_a_table_of_targets_holds_no_figures():
    quarters = ("Indicator", "Q1", "Q2")
    reading = read(sheet(("Return 2022/23",), quarters, (NAME, 1, 2), (), ("Targets 2022/23",), quarters, (NAME, 5, 6)))

    assert values(reading) == {"B3": 1, "C3": 2}
    assert meanings(reading) == {"B3": "HUB-09", "C3": "HUB-09"}
    assert asides(reading) == {"B7": "target", "C7": "target"}


def test_a_table_of_targets_and_what_came_of_them_holds_figures():
    reading = read(sheet(("Targets 2022/23",), ("Indicator", "Actual", "Target"), (NAME, 1, 9)))

    assert (values(reading), asides(reading)) == ({"B3": 1}, {"C3": "target"})


def test_hidden_sheets_say_nothing():
    hidden = Sheet("Lists", sheet(("Quarter", "Q2 2022/23")).cells, hidden=True)

    assert period(beside=[hidden]) == "?"


def test_a_date_that_the_file_does_not_hold_as_one_says_no_period():
    hub = sheet(("Period", date(2022, 6, 30)), (), *TABLE)
    cells = {**hub.cells, at("B1"): hub.cells[at("B1")]._replace(value=None, kind=Kind.DATE)}

    assert rules(read(Sheet("Hub", cells))) == ["year-missing"]


def test_where_the_period_stands_is_told():
    table = sheet(("Return for Q2 2022/23",), *TABLE)

    assert told(read(table))[1] == "The period, Quarter 2 2022/23, is that of “Return for Q2 2022/23” in A1."
    assert labels(read(table)) == [NAME]


def test_the_heading_over_the_labels_says_the_year():
    found = periods(read(sheet(("Indicator 2022/23", "Q1", "Q2"), (NAME, 5, 6), name="Hub")))

    assert sorted(found.values()) == ["2022-Q1", "2022-Q2"]


def test_the_heading_over_the_labels_may_say_another_period_than_the_columns():
    reading = read(sheet(("Return for Q2 2022/23", "Q1 2022/23"), (NAME, 5), name="Hub"))

    assert rules(reading) == ["periods-disagree"]
