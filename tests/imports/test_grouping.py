"""One fault is one line, with every cell that it touches."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from imports.checks import RULES, check
from imports.grouping import Group, grouped
from imports.reading import Part, Problem, Restated, Severity, Waived
from imports.rules import Context
from imports.series import Sense
from tests.imports.rule_examples import owing, rate, read, seen
from tests.imports.vocabulary import Q1, VOCABULARY

ERROR, WARNING = Severity.ERROR, Severity.WARNING
OWED = owing("HUB-01", "HUB-09")


def problem(message, cell="A1", *, fault="", rule="V03", severity=ERROR):
    return Problem(rule, severity, message, "KPIs", cell, fault)


def test_problems_of_the_same_fault_are_one_line_with_what_they_share():
    found = [problem("HUB-01: no.", fault="No."), problem("HUB-09: no.", "A2", fault="No.")]

    assert grouped(found) == (Group("V03", ERROR, "No.", (("KPIs", "A1"), ("KPIs", "A2"))),)


def test_a_fault_of_one_cell_says_what_it_says_there():
    assert [line.message for line in grouped([problem("HUB-01: no.", fault="No.")])] == ["HUB-01: no."]


def test_the_same_sentence_is_the_same_fault():
    assert [line.cells for line in grouped([problem("No."), problem("No.", "A2"), problem("No.")])] == [
        (("KPIs", "A1"), ("KPIs", "A2"))
    ]


def test_other_sentences_rules_and_severities_are_other_faults():
    found = [problem("No."), problem("Yes."), problem("No.", rule="V02"), problem("No.", severity=WARNING)]

    assert [(line.rule, line.severity, line.message) for line in grouped(found)] == [
        ("V03", ERROR, "No."),
        ("V03", ERROR, "Yes."),
        ("V02", ERROR, "No."),
        ("V03", WARNING, "No."),
    ]


def test_what_is_about_the_whole_file_has_no_cell():
    assert grouped([Problem("V02", ERROR, "It is not in the file.")])[0].cells == ()


def test_a_return_in_which_nothing_was_filled_in_is_told_so_once():
    blank = read(seen("HUB-01", None), seen("HUB-09", None, cell="F6"), *rate("HUB-10", None, None))
    some = read(seen("HUB-01", 5), *rate("HUB-10", None, None), seen("HUB-09", None))
    owed = owing("HUB-01", "HUB-09", "HUB-10")

    (line,), several = (
        grouped(RULES["mandatory-missing"].problems(Context(one, VOCABULARY, owed))) for one in (blank, some)
    )

    assert (line.message, len(line.cells)) == ("No figure was filled in.", 3)
    assert len(several) == 2


def test_kpis_that_are_nowhere_in_the_file_are_one_line():
    lines = grouped(RULES["mandatory-missing"].problems(Context(read(seen("SA-05", 5)), VOCABULARY, OWED)))

    assert [line.message for line in lines] == [
        "These 2 KPIs are not in the file: HUB-01 Referrals received; HUB-09 Helpline calls answered. Add a row for "
        "each, with a figure or “not applicable”."
    ]


def test_kpis_that_lack_a_figure_for_different_reasons_are_different_lines():
    found = read(
        seen("HUB-09", 5, period=None),
        seen(None, 5, label="Newcomers", proposed=Sense("CBS-01")),
        seen(None, 5, label="Cases", proposed=Sense("CBS-03")),
    )
    found = replace(found, restated=(Restated("KPIs", "B5", "HUB-01", Part.VALUE, Q1, Decimal(5)),))

    lines = grouped(
        RULES["mandatory-missing"].problems(Context(found, VOCABULARY, owing("HUB-01", "HUB-09", "CBS-01", "CBS-03")))
    )

    assert [line.message.partition(":")[0] for line in lines] == [
        "These 2 KPIs have no figure for Quarter 2 2022/23, though the file has them with another period or none",
        "These 2 KPIs are not in the file for certain, as nobody has said what the rows are that may be them",
    ]


def test_a_kpi_that_a_waiver_allows_to_be_missing_is_not_among_those_that_are_asked_for():
    waived = Waived("mandatory-missing", "HUB-01", "It starts in July.", date(2022, 9, 30))

    found = check(read(seen("SA-05", 5)), VOCABULARY, replace(owing("HUB-01", "HUB-09", "CBS-01"), waived=(waived,)))

    (line,) = (line for line in grouped(found) if line.severity is ERROR)
    assert line.message.startswith("These 2 KPIs are not in the file: HUB-09 Helpline calls answered; CBS-01 ")


def test_more_than_five_blank_kpis_are_one_line_with_every_cell():
    codes = ("HUB-01", "HUB-09", "CBS-01", "CBS-02", "CBS-03", "CBS-04")
    blank = [seen(code, None, cell=f"F{row}") for row, code in enumerate(codes, start=5)]

    many, few = (
        grouped(
            RULES["mandatory-missing"].problems(
                Context(read(seen("SA-05", 5), *some), VOCABULARY, owing(*codes[:count]))
            )
        )
        for some, count in ((blank, 6), (blank[:5], 5))
    )

    assert [(line.message.partition(":")[0], len(line.cells)) for line in many] == [("These 6 KPIs are blank", 6)]
    assert len(few) == 5
