"""Rows above a table that say one thing of the whole sheet are no headings."""

from tests.imports.tables.makers import found


def headings(tables):
    return [[row.number for row in table.headings] for table in tables]


def test_details_above_the_figures_are_no_headings():
    tables = found(("Provider:", "IDAS"), ("Period", "Q1 2022/23"), ("Calls answered", 5), ("Cases closed", 7))

    assert headings(tables) == [[]]


def test_a_word_with_a_colon_names_no_column():
    tables = found(("Quarter:", "Actual"), ("Q1 2022/23", 5), ("Q2 2022/23", 7))

    assert headings(tables) == [[]]


def test_a_word_for_periods_above_periods_names_their_column():
    tables = found(("Quarter", "Adults supported"), ("Q1 2022/23", 5), ("Q2 2022/23", 7))

    assert headings(tables) == [[1]]


def test_two_words_that_name_two_columns_are_headings():
    tables = found(("Service", "Target"), ("Calls answered", 5), ("Cases closed", 7))

    assert headings(tables) == [[1]]
