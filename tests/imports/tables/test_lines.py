"""What all the words of a row or a column say of it together."""

import pytest

from imports.reading import Basis, Part
from imports.tables.lines import columns, rows
from imports.tables.saying import Role
from tests.imports.tables.makers import found


def column(*headings):
    """The only column of figures beneath these headings, the outermost first."""
    (table,) = found(("Indicator", headings[0]), *((None, heading) for heading in headings[1:]), ("Calls", 1))
    (line,) = columns(table)
    return line


def row(label, *, corner="Indicator"):
    (table,) = found((corner, "Q1"), (label, 1), ("Referrals", 2))
    return rows(table)[0]


def test_a_column_has_the_names_and_the_periods_of_all_its_headings():
    line = column("2022/23", "Adults", "Q1 actual")

    assert line.names == ("Adults",)
    assert [part.text for part in line.parts] == ["2022/23", "q1"]
    assert line.finest.text == "q1"


def test_a_column_is_for_what_its_innermost_heading_says():
    assert column("Target", "Average").role is Role.AVERAGE
    assert column("Adults", "Target").is_aside
    assert not column("Adults", "Q1").is_aside


def test_a_column_may_hold_one_part_of_a_rate():
    assert column("Q1", "Numerator").part is Part.NUMERATOR


@pytest.mark.parametrize(
    ("headings", "basis"),
    [
        (("Q1",), None),
        (("YTD", "Adults"), Basis.YEAR_TO_DATE),
        (("Total", "2022/23"), Basis.TOTAL),
        (("Q1", "Total"), Basis.TOTAL),
        (("Total", "Adults"), None),  # the adults of a group called total
    ],
)
def test_a_column_adds_up_others_where_its_words_say_so(headings, basis):
    line = column(*headings)

    assert (line.basis, line.adds_up) == (basis, basis is not None)


def test_only_a_column_of_one_period_has_a_period_of_its_own():
    own = [column(*headings).has_own_period for headings in (("Q1",), ("Q1", "Target"), ("Q1", "Total"), ("Adults",))]

    assert own == [True, False, False, False]


def test_a_column_without_words_has_no_label():
    (table,) = found(("Calls", 1), ("Referrals", 2))
    (line,) = columns(table)

    assert (line.is_unlabelled, line.finest) == (True, None)


def test_a_row_is_for_what_its_own_label_says():
    assert row("Target").is_aside
    assert not row("Calls").is_aside


def test_a_row_counts_the_names_of_its_sections():
    (table,) = found(("Service", "Indicator", "Q1"), ("Helpline",), ("Hub", "Calls", 1), ("Hub", "Cases", 2))

    line = rows(table)[0]

    assert (line.names, line.sections) == (("Helpline", "Hub", "Calls"), 2)


def test_a_row_without_a_label_of_its_own_is_for_nothing():
    (table,) = found(("Indicator", "Q1"), ("Calls", 1), (None, 2))

    assert rows(table)[1].is_unlabelled
    assert rows(table)[1].role is None


def test_a_row_has_the_code_and_the_unit_beside_it():
    (table,) = found(("Ref", "Indicator", "Unit", "Q1"), ("HUB-09", "Calls", "calls", 1))
    (line,) = rows(table)

    assert (line.code, line.unit) == ("HUB-09", "calls")


def test_a_month_is_the_end_of_a_period_only_in_a_column_of_ends():
    def ends(corner, *labels):
        (table,) = found((corner, "Calls"), *((label, 1) for label in labels))
        return [line.is_last_day for line in rows(table)]

    assert ends("Period end", "June 2022", "September 2022") == [True, True]
    assert ends("Period end", "May 2022", "June 2022") == [False, False]
    assert ends("Period", "June 2022", "September 2022") == [False, False]
    assert ends("Period end", "June 2022", "Not known") == [True, False]


def test_a_column_of_nothing_else_beside_a_denominator_is_its_numerator():
    (table,) = found(("Outcome", "Number achieved", "Out of", "Rate", "Adults"), ("Safer", 3, 4, "75%", 2))

    assert [line.part for line in columns(table)] == [Part.NUMERATOR, Part.DENOMINATOR, Part.PERCENT, None]


def test_a_row_of_nothing_else_beside_a_denominator_is_its_numerator():
    (table,) = found(
        ("Outcome", "Basis", "Q1"), ("Safer", "Achieved", 3), (None, "Out of how many", 4), ("Calls", "Number", 9)
    )

    assert [line.part for line in rows(table)] == [Part.NUMERATOR, Part.DENOMINATOR, None]


def test_quarters_beside_a_denominator_are_no_numerators():
    (table,) = found(("Outcome", "Q1", "Denominator"), ("Safer", 3, 4))

    assert [line.part for line in columns(table)] == [None, Part.DENOMINATOR]
