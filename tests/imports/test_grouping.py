"""One fault is one line, with every cell that it touches."""

from imports.checks import RULES
from imports.grouping import Group, grouped
from imports.reading import Problem, Severity
from imports.rules import Context
from tests.imports.rule_examples import owing, rate, read, seen
from tests.imports.vocabulary import VOCABULARY

ERROR, WARNING = Severity.ERROR, Severity.WARNING


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
