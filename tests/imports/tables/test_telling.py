"""How a table was understood, in sentences for a person."""

from tests.imports.tables.makers import read, sheet, told

CALLS = "Helpline calls answered"


def test_a_table_is_told_by_its_place_its_title_and_its_sentences():
    (table,) = read(sheet(("Return 2022/23",), ("No.", "Indicator", "Q1", "Q2"), (1, CALLS, 5, 6))).tables

    assert (table.sheet, table.title, table.first, table.last) == ("Hub", "Return 2022/23", "A2", "D3")
    assert (table.headings, table.labels) == ((2,), ("A", "B"))
    assert table.told == (
        "Headings stand in row 2; labels in columns A and B.",
        "The periods stand in its headings, the year in “Return 2022/23” in A1: from Quarter 1 2022/23 to "
        "Quarter 2 2022/23.",
    )


def test_several_rows_of_headings_are_listed():
    table = sheet(("Indicator", "2022/23"), (None, "Adults"), (None, "Q1"), (CALLS, 5))

    assert told(read(table))[0] == "Headings stand in rows 1, 2 and 3; labels in column A."


def test_a_list_has_no_headings():
    assert told(read(sheet(("Return Q1 2022/23",), (CALLS, 5), ("Spend", 6)))) == (
        "It has no headings; labels in column A.",
        "The period, Quarter 1 2022/23, is that of “Return Q1 2022/23” in A1.",
    )


def test_figures_alone_have_no_labels():
    assert told(read(sheet((CALLS, "Spend"), (5, 6), (7, 8))))[0] == "Headings stand in row 1."


def test_a_table_about_which_nothing_says_the_period_is_told_so():
    assert told(read(sheet(("Indicator", "Actual"), (CALLS, 5))))[1] == "Nothing says its period."


def test_periods_without_a_year_are_told_so():
    assert told(read(sheet(("Indicator", "Q1"), (CALLS, 5))))[1] == (
        "The periods stand in its headings: no year is said."
    )


def test_periods_may_stand_in_headings_and_labels():
    table = sheet(("Quarter", "2021/22", "2022/23"), ("Q1", 5, 6), ("Q2", 6, 7), ("Q3", 7, 8))

    assert told(read(table))[1] == (
        "The periods stand in its headings and its labels: from Quarter 1 2021/22 to Quarter 3 2022/23."
    )


def test_columns_and_rows_that_hold_no_figures_of_the_return_are_named():
    table = sheet(
        ("Indicator", "Q1 2022/23", "Target", "RAG", "Change", "Average", "Rank"),
        (CALLS, 5, 9, 1, 1, 5, 1),
        ("Previous", 4, 9, 1, 1, 5, 1),
    )

    assert told(read(table))[2:] == (
        "Not figures of the return: the columns “Target”, “RAG”, “Change” and “Average” and 1 more.",
        "Not figures of the return: the row “Previous”.",
    )
