"""Which words stand for a column or a row, outermost first."""

from datetime import date

import pytest

from imports.tables.paths import column_words, row_words
from tests.imports.tables.makers import found


def above(*rows, **how):
    """The headings of each column of the only table, by the column's number."""
    (table,) = found(*rows, **how)
    return {column: [word.said.text for word in path] for column, path in column_words(table).items()}


def beside(*rows, **how):
    """The sections and labels of each row of the only table."""
    (table,) = found(*rows, **how)
    return [[word.said.text.strip() for word in row.words] for row in row_words(table)]


def rows_of(*rows, **how):
    (table,) = found(*rows, **how)
    return row_words(table)


def test_a_merged_heading_is_said_for_every_column_beneath_and_no_other():
    headings = above(
        ("Indicator", "Adults", None, "Children"), (None, "Q1", "Q2", "Q1"), ("Referrals", 1, 2, 3), merges=["B1:C1"]
    )

    assert headings == {2: ["Adults", "Q1"], 3: ["Adults", "Q2"], 4: ["Children", "Q1"]}


def test_an_outer_heading_that_is_not_merged_reaches_to_the_next():
    headings = above(("Indicator", "Adults", None, "Children"), (None, "Q1", "Q2", "Q1", "Q2"), ("Calls", 1, 2, 3, 4))

    assert headings[3] == ["Adults", "Q2"]
    assert headings[5] == ["Children", "Q2"]


def test_an_innermost_heading_is_its_own_columns_alone():
    assert above(("Indicator", "Q1", None, "Q2"), ("Calls", 1, 2, 3)) == {2: ["Q1"], 3: [], 4: ["Q2"]}


def test_a_heading_merged_beyond_the_labels_starts_with_the_figures():
    headings = above(("Referrals", None, None), ("Indicator", "Q1", "Q2"), ("Calls", 1, 2), merges=["A1:C1"])

    assert headings == {2: ["Q1"], 3: ["Q2"]}


def test_a_column_between_that_holds_no_figures_takes_no_heading():
    headings = above(
        ("Indicator", "Adults", None, None), (None, "Q1", "What happened", "Q2"), ("Calls", 1, "much", 2),
        ("Cases", 3, "less", 4),
    )  # fmt: skip

    assert headings == {2: ["Adults", "Q1"], 4: ["Adults", "Q2"]}


def test_a_date_in_a_heading_says_its_month():
    (table,) = found(("Indicator", date(2022, 4, 1), date(2022, 5, 31)), ("Calls", 1, 2), ("Cases", 3, 4))

    first, last = column_words(table).values()

    assert (first[0].said.period.period.key, first[0].said.rest) == ("2022-04", "")
    assert (last[0].said.period.period.key, last[0].said.rest) == ("2022-05", "")


@pytest.mark.parametrize("days", [(date(2022, 4, 1), date(2022, 4, 8)), ("01/04/2022", "08/04/2022")])
def test_dates_among_which_one_is_a_day_are_no_months(days):
    (across,) = found(("Indicator", *days), ("Calls", 1, 2), ("Cases", 3, 4))
    (down,) = found(("Week", "Calls"), (days[0], 1), (days[1], 2))

    said = [word.said for path in column_words(across).values() for word in path]
    said += [word.said for row in row_words(down) for word in row.labels]

    assert [one.period for one in said] == [None] * 4
    assert all(one.rest for one in said)


def test_a_row_of_words_is_the_section_of_the_rows_beneath():
    assert beside(("", "Q1"), ("Helpline",), ("Calls", 1), ("Cases", 2), ("Refuge",), ("Nights", 3)) == [
        ["Helpline", "Calls"],
        ["Helpline", "Cases"],
        ["Refuge", "Nights"],
    ]


def test_a_section_set_in_is_within_the_one_above_it():
    assert beside(("", "Q1"), ("Adults",), ("  Helpline",), ("Calls", 1), ("Children",), ("Nights", 2)) == [
        ["Adults", "Helpline", "Calls"],
        ["Children", "Nights"],
    ]


def test_a_section_in_a_column_further_in_is_not_of_labels_before_it():
    rows = (("Service", "Indicator", "Q1"), (None, "Calls made"), ("Hub", "Calls", 1), ("Total", None, 2))

    assert beside(*rows) == [["Calls made", "Hub", "Calls"], ["Total"]]


def test_a_long_sentence_between_the_rows_is_no_section():
    assert beside(("", "Q1"), ("Please count each person once. " * 10,), ("Calls", 1)) == [["Calls"]]


def test_a_label_set_in_is_part_of_the_one_above_it():
    assert beside(("", "Q1"), ("Referrals", 9), ("  Police", 5), ("    by letter", 1), ("  Self", 4), ("Cases", 7)) == [
        ["Referrals"],
        ["Referrals", "Police"],
        ["Referrals", "Police", "by letter"],
        ["Referrals", "Self"],
        ["Cases"],
    ]


def test_one_space_in_front_of_a_label_is_a_slip():
    assert beside(("", "Q1"), ("Referrals", 9), (" Cases", 5)) == [["Referrals"], ["Cases"]]


def test_a_label_written_once_counts_for_the_rows_beneath_it():
    assert beside(("Service", "Indicator", "Q1"), ("Hub", "Calls", 1), (None, "Cases", 2), ("Refuge", "Nights", 3)) == [
        ["Hub", "Calls"],
        ["Hub", "Cases"],
        ["Refuge", "Nights"],
    ]


def test_a_label_written_once_counts_for_no_row_without_a_label_of_its_own():
    rows = rows_of(("Service", "Indicator", "Q1"), ("Hub", "Calls", 1), (None, None, 2))

    assert [word.said.text for word in rows[1].words] == []
    assert [row.own for row in rows] == [True, False]


def test_a_label_merged_downwards_counts_for_the_rows_under_it_alone():
    rows = (
        ("Service", "Indicator", "Q1"),
        ("Hub", "Calls", 1),
        (None, "Cases", 2),
        (None, "Nights", 3),
    )

    assert beside(*rows, merges=["A2:A3"]) == [["Hub", "Calls"], ["Hub", "Cases"], ["Nights"]]


def test_a_section_ends_what_was_written_once_above_it():
    assert beside(
        ("Service", "Indicator", "Q1"), ("Hub", "Calls", 1), ("Children",), (None, "Cases", 2), ("Refuge", "Nights", 3)
    ) == [["Hub", "Calls"], ["Children", "Cases"], ["Children", "Refuge", "Nights"]]


def test_a_column_of_references_gives_codes_and_no_names():
    (row,) = rows_of(("Ref", "Indicator", "Q1"), ("HUB-09", "Calls", 1))

    assert (row.code, [word.said.text for word in row.words]) == ("HUB-09", ["Calls"])


def test_a_row_without_a_reference_has_no_code():
    first, second = rows_of(("Ref", "Indicator", "Q1"), ("A1", "Calls", 1), (None, "Cases", 2))

    assert (first.code, second.code) == ("A1", "")


def test_numbers_in_front_of_labels_are_codes_also_without_a_heading():
    rows = rows_of((None, None, "Q1"), ("1.1", "Calls", 1), ("1.2", "Cases", 2), ("2a", "Nights", 3))

    assert [row.code for row in rows] == ["1.1", "1.2", ""]


def test_a_column_of_units_says_the_unit_and_no_name():
    rows = rows_of(("Indicator", "Unit", "Q1"), ("Calls", "calls", 1), ("Cases", None, 2))

    assert [row.unit for row in rows] == ["calls", ""]
    assert [len(row.words) for row in rows] == [1, 1]


def test_a_column_of_how_often_something_is_counted_is_no_unit():
    (row,) = rows_of(("Indicator", "Frequency", "Q1"), ("Calls", "quarterly", 1))

    assert (row.unit, len(row.words)) == ("", 1)


def test_a_description_beside_a_name_only_explains():
    assert beside(("Indicator", "Description", "Q1"), ("Calls", "those answered", 1)) == [["Calls"]]


def test_a_description_without_a_name_beside_it_is_the_name():
    assert beside(("Service", "Description", "Q1"), ("Hub", "Calls answered", 1)) == [["Hub", "Calls answered"]]


def test_a_column_of_definitions_is_read_where_there_is_no_other():
    assert beside(("Definition", "Q1"), ("Calls answered", 1)) == [["Calls answered"]]


def test_a_yes_or_no_beside_a_label_is_no_part_of_it():
    assert beside(("Indicator", "Service", "Q1"), ("Calls", "Hub", 1), ("Cases", True, 2)) == [
        ["Calls", "Hub"],
        ["Cases"],
    ]


def test_a_row_that_numbers_the_columns_is_no_section():
    rows = (("Indicator", "Q1", "Q2", "Q3"), ("Calls", 4, 5, 6), (None, 1, 2, 3), (), (), ("Cases", 7, 8, 9))

    assert beside(*rows) == [["Calls"], ["Cases"]]


def test_beneath_the_word_year_a_year_with_a_remark_is_a_period_too():
    rows = rows_of(("Year", "Calls", "Cases"), ("2020 provisional", 5, 6), ("2021 provisional", 7, 8))

    assert [row.labels[0].said.period.year for row in rows] == [("calendar", 2020), ("calendar", 2021)]


def test_a_year_within_a_label_beneath_another_heading_is_no_period():
    (row,) = rows_of(("Indicator", "Calls", "Cases"), ("Act of 2020 offences", 5, 6))

    assert row.labels[0].said.period is None


def test_a_row_that_is_a_part_of_the_one_above_has_its_label_too():
    assert beside(("", "Q1"), ("Households", 9), ("of which refuge", 4), ("of which flats", 5), ("Calls", 7)) == [
        ["Households"],
        ["Households", "of which refuge"],
        ["Households", "of which flats"],
        ["Calls"],
    ]


def test_so_far_in_the_year_over_one_column_is_not_said_of_a_month_beside_it():
    headings = above((None, "Q3", "YTD", None), ("Indicator", "Oct 22", "Apr - Dec 22", "Nov 22"), ("Calls", 1, 9, 2))

    assert headings == {2: ["Q3", "Oct 22"], 3: ["YTD", "Apr - Dec 22"], 4: ["Nov 22"]}
