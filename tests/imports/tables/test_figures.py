"""Which cells of a table are figures, with which words, and why the others are none."""

from datetime import date

import pytest

from imports.periods import Period
from imports.reading import Kind, Part, Status
from tests.imports.tables.makers import UNCALCULATED, asides, figures, periods, read, sheet, values

YEAR = ("Our return 2022/23",)
CALLS = "Helpline calls answered"
Q2 = Period.quarter(2022, 2)


def test_a_figure_has_its_label_and_its_headings_as_written():
    reading = read(sheet(("Indicator", "2022/23", None), (None, "Q1 actual", "Q2"), (f"  {CALLS} *", 5, 6)))

    seen = figures(reading)["B3"]

    assert (seen.label, seen.heading) == (f"{CALLS} *", ("2022/23", "Q1 actual"))


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Target", "target"),
        ("RAG", "rating"),
        ("Change", "change"),
        ("Average", "average"),
        ("Previous year", "earlier"),
        ("Comments", "comment"),
    ],
)
def test_the_numbers_of_other_columns_are_none_and_say_why(heading, reason):
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Q2", heading), (CALLS, 1, 2, 9), ("Cases", 3, 4, 9)))

    assert asides(reading) == {"D3": reason, "D4": reason}
    assert set(values(reading)) == {"B3", "C3", "B4", "C4"}


def test_the_numbers_of_a_row_of_targets_are_no_figures():
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Q2"), (CALLS, 1, 2), ("Target", 5, 6), ("% change", 1, 1)))

    assert asides(reading) == {"B4": "target", "C4": "target", "B5": "change", "C5": "change"}


def test_a_row_that_bears_the_name_of_an_indicator_is_counted_whatever_its_words_mean_elsewhere():
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Q2"), (CALLS, 1, 2), ("Budget profiled", 5, 6)))

    assert (figures(reading)["B4"].indicator, asides(reading)) == ("CON-02.b", {})


def test_marks_in_a_column_that_is_set_aside_are_nothing_at_all():
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Target"), (CALLS, 1, "n/a"), ("Cases", 2, 9)))

    assert (set(values(reading)), asides(reading)) == ({"B3", "B4"}, {"C4": "target"})


def test_numbers_without_a_heading_beside_columns_with_one_are_a_helpers():
    reading = read(sheet(YEAR, ("Indicator", "Q1", None, "Q2"), (CALLS, 1, 9, 2)))

    assert asides(reading) == {"C3": "check"}


def test_numbers_without_a_label_beneath_rows_with_one_are_a_helpers():
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Q2"), (CALLS, 1, 2), (None, 7, 8)))

    assert asides(reading) == {"B4": "check", "C4": "check"}


def test_a_row_without_a_label_beneath_periods_is_their_total_where_it_adds_up():
    rows = (("Quarter", CALLS, "Referrals received"), ("Q1 2022/23", 1, 5), ("Q2 2022/23", 2, 6))

    assert periods(read(sheet(*rows, (None, 3, 11))))["B4"] == "2022-H1"
    assert asides(read(sheet(*rows, (None, 4, 12)))) == {"B4": "check", "C4": "check"}


def test_a_total_without_a_label_leaves_out_what_is_not_a_number():
    rows = (("Quarter", CALLS, "Cases"), ("Q1 2022/23", "n/a", 5), ("Q2 2022/23", 10**20, 6), ("Q3 2022/23", 2, 7))

    assert periods(read(sheet(*rows, (None, None, 18))))["C5"] == "2022-Q3 ytd"


def test_yes_no_and_days_are_no_figures():
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Q2"), (CALLS, 1, True), ("Cases", date(2022, 4, 1), 2)))

    assert (set(values(reading)), asides(reading)) == ({"B3", "C4"}, {})


def test_what_stands_in_a_figures_place_is_a_figure_without_a_value():
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Q2"), (CALLS, "n/a", "<5"), ("Cases", "#REF!", UNCALCULATED)))

    statuses = [seen.status for seen in reading.observations]

    assert statuses == [Status.NOT_APPLICABLE, Status.SUPPRESSED, Status.ERROR, Status.ERROR]
    assert set(values(reading).values()) == {None}


def test_a_number_that_no_return_can_hold_is_an_error():
    reading = read(sheet(YEAR, ("Indicator", "Q1"), ("Some row", 10**20), ("Another row", 2)))

    assert [seen.status for seen in reading.observations] == [Status.ERROR, Status.REPORTED]


def test_years_and_numbers_in_headings_and_labels_are_labels():
    rows = (("No.", "Indicator", 2021, 2022), (1, CALLS, 5, 6), (2, "Referrals received", 7, 8))

    assert asides(read(sheet(*rows))) == dict.fromkeys(("C1", "D1", "A2", "A3"), "label")


def test_numbers_that_number_the_columns_are_labels():
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Q2"), (1, 2, 3), (CALLS, 5, 6)))

    assert asides(reading) == dict.fromkeys(("A3", "B3", "C3"), "label")


def test_the_targets_of_the_table_beside_it_are_targets():
    rows = (("Indicator", "Q1", "Indicator", "Q1", "Target"), (CALLS, 5, "Cases", 6, 9), ("Calls", 7, "Nights", 8, 9))

    assert asides(read(sheet(YEAR, *rows))) == {"E3": "target", "E4": "target"}


def test_the_part_of_a_rate_stands_in_a_heading_or_beside_the_label():
    across = read(sheet(YEAR, ("Indicator", "Numerator", "Denominator", "%"), ("Call answer rate", 5, 10, "50%")))
    down = read(
        sheet(YEAR, ("Indicator", "Part", "Q1"), ("Call answer rate", "Numerator", 5), (None, "Denominator", 9))
    )

    assert [seen.part for seen in across.observations] == [Part.NUMERATOR, Part.DENOMINATOR, Part.PERCENT]
    assert [seen.part for seen in down.observations] == [Part.NUMERATOR, Part.DENOMINATOR]


def test_percentages_beneath_the_word_numerator_are_asked_about():
    reading = read(sheet(YEAR, ("Indicator", "Numerator"), ("Call answer rate", "50%")))

    assert [series.sense for series in reading.series] == [None]


def test_a_comment_in_the_row_is_attached_to_its_figures():
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Comments"), (CALLS, 5, "fewer  staff"), ("Cases", 6, None)))

    first, second = reading.observations

    assert (first.comment, first.comment_cell) == ("fewer staff", "C3")
    assert (second.comment, second.comment_cell) == ("", "")


def test_blank_cells_of_the_quarter_that_is_due_are_missing_figures():
    table = sheet(
        YEAR,
        ("Indicator", "Q1", "Q2", "Target", None),
        (CALLS, 5, None, None, 7),
        ("Referrals received", 3, 4, None, None),
    )

    reading = read(table, due=Q2, codes=("HUB-09", "HUB-01"))

    assert {cell: seen.status for cell, seen in figures(reading).items()} == {
        "C3": Status.MISSING,
        "C4": Status.REPORTED,
    }
    assert set(figures(read(table))) == {"B3", "B4", "C4"}


def test_a_blank_cell_of_a_row_without_a_label_is_nothing():
    table = sheet(YEAR, ("Indicator", "Q1", "Q2"), (CALLS, 5, 6), (None, 5, None))

    assert set(figures(read(table, due=Q2, codes=("HUB-09",)))) == {"C3"}


def test_a_blank_cell_of_a_row_that_nobody_knows_is_nothing():
    table = sheet(YEAR, ("Indicator", "Q1", "Q2"), (CALLS, 5, 6), ("Kettles boiled", 5, None))

    assert set(figures(read(table, due=Q2, codes=("HUB-09",)))) == {"C3"}


def test_hidden_rows_are_read_only_where_somebody_says_so():
    table = sheet(YEAR, ("Indicator", "Q1"), (CALLS, 5), ("Referrals received", 6), hidden={"A4", "B4"})

    assert asides(read(table)) == {"B4": "hidden"}
    assert all(seen.kind is not Kind.BLANK for seen in table.cells.values())
