"""The columns of a sheet with one row a figure: which are read, and what is said of the others."""

from decimal import Decimal

from imports.read import understand
from imports.reading import Part, Severity, Status
from imports.workbook import open_here
from tests.imports.vocabulary import VOCABULARY
from tests.imports.workbooks import changed, table

COUNTED = ("KPI", "Period", "Numerator", "Denominator", "Value")
Q1 = "Q1 2022/23"


def understood(*rows, header=COUNTED):
    return understand(open_here(table(*rows, header=header), "return.xlsx"), VOCABULARY)


def told(reading):
    return [(seen.part, seen.value, seen.cell, seen.heading) for seen in reading.observations]


def test_the_counts_of_a_rate_are_read_from_their_own_columns():
    reading = understood(("PRP-06", Q1, 9, 13, "69.2%"))

    assert told(reading) == [
        (Part.PERCENT, Decimal("69.2"), "E2", ("Value",)),
        (Part.NUMERATOR, 9, "C2", ("Numerator",)),
        (Part.DENOMINATOR, 13, "D2", ("Denominator",)),
    ]
    assert reading.problems == ()


def test_a_sheet_may_hold_counts_alone():
    reading = understood(("PRP-06", Q1, 9, 13), header=COUNTED[:4])

    assert [(seen.part, seen.value) for seen in reading.observations] == [(Part.NUMERATOR, 9), (Part.DENOMINATOR, 13)]


def test_a_rate_left_blank_lacks_both_its_counts():
    reading = understood(("PRP-06", Q1, None, None, None))

    assert [(seen.part, seen.status, seen.cell) for seen in reading.observations] == [
        (Part.NUMERATOR, Status.MISSING, "C2"),
        (Part.DENOMINATOR, Status.MISSING, "D2"),
    ]


def test_a_rate_with_one_of_its_counts_lacks_the_other():
    reading = understood(("PRP-06", Q1, 9, None, None))

    assert [(seen.part, seen.status) for seen in reading.observations] == [
        (Part.NUMERATOR, Status.REPORTED),
        (Part.DENOMINATOR, Status.MISSING),
    ]


def test_beside_its_counts_a_rates_bare_number_is_its_percentage():
    reading = understood(("PRP-06", Q1, 9, 12, 75))

    assert [(seen.part, seen.value) for seen in reading.observations][0] == (Part.PERCENT, 75)
    assert reading.problems == ()


def test_a_count_left_blank_lacks_its_value_alone():
    reading = understood(("HUB-01", Q1, None, None, None))

    assert [(seen.part, seen.status, seen.cell) for seen in reading.observations] == [
        (Part.VALUE, Status.MISSING, "E2")
    ]


def test_what_is_no_rate_has_no_numerator():
    reading = understood(("HUB-01", Q1, 2398, None, None))

    (problem,) = reading.problems
    assert (problem.rule, problem.severity, problem.cell) == ("V03", Severity.QUESTION, "C2")
    assert problem.message == (
        "HUB-01 is no rate, so it has no numerator, and this figure counts towards nothing. "
        "Move it to a column for values."
    )


def test_a_column_of_figures_that_is_not_read_is_named():
    header = ("KPI", "Period", "Value", "Target", None, "Signed off by")

    reading = understood(("HUB-01", Q1, 5, 10, None, "A"), ("HUB-09", Q1, 5, "n/a", "80%", "B"), header=header)

    assert [(p.rule, p.severity, p.cell) for p in reading.problems] == [
        ("unread-column", Severity.WARNING, "D2"),
        ("unread-column", Severity.WARNING, "E3"),
    ]
    assert [p.message for p in reading.problems] == [
        "The column “Target” holds numbers that were not read. Figures of the return stand under “Value”.",
        "Column E holds numbers that were not read. Figures of the return stand under “Value”.",
    ]


def test_a_label_merged_over_several_rows_is_said_in_each():
    def merge(book):
        book["Data"].merge_cells("A2:A4")
        book["Data"].merge_cells("A3:A5")  # as no program would
        book["Data"].merge_cells("C2:C3")  # figures are said once

    header = ("KPI", "Period", "Value")
    content = table(
        ("HUB-01", Q1, 5), (None, "Q2 2022/23", None), (None, "Q3 2022/23", 7), (None, "Q4 2022/23", 8), header=header
    )

    reading = understand(open_here(changed(content, merge), "return.xlsx"), VOCABULARY)

    assert [(seen.label, seen.value, seen.cell) for seen in reading.observations] == [
        ("HUB-01", 5, "C2"),
        ("HUB-01", None, "C3"),
        ("HUB-01", 7, "C4"),
    ]
    assert [(p.rule, p.cell) for p in reading.problems] == [("unmatched-label", "C5"), ("V02", "C3")]


COUNTED_AND_SHARED = ("KPI", "Period", "Numerator", "Denominator", "Percentage")


def test_a_percentage_beside_its_counts_is_read_and_held_against_them():
    reading = understood(("HUB-10", Q1, 9, 12, 75), header=COUNTED_AND_SHARED)

    assert [(seen.part, seen.value, seen.cell) for seen in reading.observations] == [
        (Part.PERCENT, 75, "E2"),
        (Part.NUMERATOR, 9, "C2"),
        (Part.DENOMINATOR, 12, "D2"),
    ]
    assert not reading.problems
    (wrong,) = understood(("HUB-10", Q1, 9, 12, 130), header=COUNTED_AND_SHARED).problems
    assert (wrong.severity, wrong.cell) == (Severity.ERROR, "E2")


def test_what_is_no_rate_has_no_percentage():
    (problem,) = understood(("HUB-01", Q1, 2398, 40), header=("KPI", "Period", "Value", "%")).problems

    assert (problem.rule, problem.cell) == ("V03", "D2")
    assert "is no rate, so it has no percentage" in problem.message
