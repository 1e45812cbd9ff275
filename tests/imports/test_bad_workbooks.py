"""Every fault that a return workbook arrives with: its sentence, and its cell."""

from collections.abc import Callable

import pytest

from imports.read import read, understand
from imports.reading import Severity, Status
from imports.workbook import open_here
from tests.imports import workbooks
from tests.imports.vocabulary import CODES, Q2, VOCABULARY, expected

ERROR, QUESTION, WARNING = Severity.ERROR, Severity.QUESTION, Severity.WARNING

FAULTS: list[tuple[Callable[[], bytes], str, Severity, str | None, str]] = [
    (
        workbooks.last_quarters_file,
        "wrong-period",
        ERROR,
        "Cover!B9",
        "This workbook is for Quarter 1 2022/23. Upload the one for Quarter 2 2022/23.",
    ),
    (
        workbooks.another_providers_file,
        "wrong-provider",
        ERROR,
        "Cover!B7",
        "This workbook is for Foundation. Upload the one for IDAS.",
    ),
    (
        workbooks.another_contracts_file,
        "wrong-contract",
        ERROR,
        "Cover!B5",
        "This workbook is for the contract DA-2019-REFUGE. Upload the one for DA-2019-HUB.",
    ),
    (
        workbooks.old_template,
        "old-template",
        ERROR,
        "Cover!B4",
        "This workbook is version 0.9 of the return workbook. Download version 3 and copy your figures into it.",
    ),
    (
        workbooks.no_version,
        "old-template",
        ERROR,
        None,
        "This workbook does not say which version it is. Download version 3 and copy your figures into it.",
    ),
    (
        workbooks.two_quarters_on_the_cover,
        "wrong-period",
        ERROR,
        "Cover!B9",
        "The cover does not say one quarter. Download the workbook for Quarter 2 2022/23 again.",
    ),
    (
        workbooks.kpis_sheet_deleted,
        "missing-sheet",
        ERROR,
        None,
        "The sheet KPIs is not in this workbook, or its headings were changed. "
        "Download the return workbook again and copy your figures into it.",
    ),
    (
        workbooks.hidden_row,
        "hidden",
        WARNING,
        "KPIs!A5",
        "The row of HUB-01 is hidden. Its figures were read: unhide it to check them.",
    ),
    (
        workbooks.heading_twice,
        "duplicate-heading",
        ERROR,
        "KPIs!M4",
        "This heading stands twice on the sheet. Only the first of the two columns was read.",
    ),
    (
        workbooks.unknown_code,
        "unknown-code",
        ERROR,
        "KPIs!A7",
        "“HUB-99” is not the code of an indicator. Put back the code that the workbook had.",
    ),
    (
        workbooks.figure_without_a_code,
        "unknown-code",
        ERROR,
        "KPIs!F7",
        "This row has a figure but no code, so it was not read. Put back the code or clear the row.",
    ),
    (
        workbooks.unknown_status,
        "V03",
        ERROR,
        "KPIs!I7",
        "“maybe” is not a status. Choose one from the list, or leave the cell empty.",
    ),
    (
        workbooks.status_beside_a_figure,
        "status-and-figure",
        QUESTION,
        "KPIs!F7",
        "HUB-09 has a figure and the status “Not applicable”. Clear one of the two.",
    ),
    (
        workbooks.breakdown_without_its_code,
        "unknown-code",
        ERROR,
        "Breakdowns!A5",
        "“HUB-99” is not the code of an indicator. Put back the code that the workbook had.",
    ),
    (
        workbooks.numerator_of_a_count,
        "not-asked",
        WARNING,
        "KPIs!G5",
        "HUB-01 asks for its value. This cell was not read.",
    ),
    (
        workbooks.text_for_a_number,
        "V03",
        ERROR,
        "KPIs!F7",
        "HUB-09 Helpline calls answered: “about four thousand” is not a number. "
        "Type the figure alone, or say in words that it is not applicable or not yet available.",
    ),
    (
        workbooks.one_and_a_half_people,
        "V03",
        ERROR,
        "KPIs!F7",
        "HUB-09 Helpline calls answered: Enter a whole number, not 1.5.",
    ),
    (
        workbooks.negative_count,
        "V03",
        ERROR,
        "KPIs!F7",
        "HUB-09 Helpline calls answered: Enter nought or more, not -3.",
    ),
    (
        workbooks.numerator_over_denominator,
        "V03",
        ERROR,
        "KPIs!G8",
        "HUB-10 Call answer rate: the numerator 4700 is more than the denominator 4600, which it is part of. "
        "Check both.",
    ),
    (
        workbooks.reference_error,
        "V03",
        ERROR,
        "KPIs!F7",
        "HUB-09 Helpline calls answered: This cell shows #REF!. Correct its formula or type the figure.",
    ),
    (
        workbooks.formula_never_calculated,
        "V03",
        ERROR,
        "KPIs!F7",
        "HUB-09 Helpline calls answered: The formula in this cell was never calculated, so it has no figure. "
        "Open the file in your spreadsheet program, save it and upload it again.",
    ),
    (
        workbooks.duplicated_line,
        "duplicate-line",
        ERROR,
        "KPIs!F30",
        "HUB-01 Referrals received is already in KPIs!F5. Keep one of the two.",
    ),
]


def understood(content, due=None):
    return understand(open_here(content, "return.xlsx"), VOCABULARY, due or expected())


def place(problem):
    return f"{problem.sheet}!{problem.cell}" if problem.cell else None


@pytest.mark.parametrize(
    ("make", "rule", "severity", "cell", "message"), FAULTS, ids=lambda v: getattr(v, "__name__", "")
)
def test_a_fault_has_its_sentence_and_its_cell(make, rule, severity, cell, message):
    problems = understood(make()).problems

    found = [(p.rule, p.severity, place(p), p.message) for p in problems]
    assert (rule, severity, cell, message) in found


@pytest.mark.parametrize(
    "make",
    [workbooks.last_quarters_file, workbooks.another_providers_file, workbooks.old_template],
)
def test_of_the_wrong_file_nothing_else_is_said(make):
    assert len([p for p in understood(make()).problems if p.rule != "wrong-contract"]) == 1


def test_a_good_return_has_no_fault():
    reading = understood(workbooks.good_return())

    assert reading.problems == ()
    assert not reading.blocked


@pytest.mark.parametrize(
    "make",
    [workbooks.text_for_a_number, workbooks.one_and_a_half_people, workbooks.reference_error],
)
def test_what_cannot_be_read_is_an_error_and_not_said_to_be_missing_too(make):
    reading = understood(make())
    seen = next(seen for seen in reading.observations if seen.indicator == "HUB-09")

    assert (seen.value, seen.status, seen.cell) == (None, Status.ERROR, "F7")
    assert [problem.rule for problem in reading.problems] == ["V03"]
    assert reading.blocked


def test_renamed_sheets_are_known_by_their_headings():
    reading = understood(workbooks.renamed_sheets())

    assert [(p.rule, p.severity, p.sheet) for p in reading.problems] == [
        ("renamed-sheet", WARNING, "Front page"),
        ("renamed-sheet", WARNING, "Our figures"),
        ("renamed-sheet", WARNING, "More figures"),
    ]
    assert reading.problems[1].message == (
        "The sheet “Our figures” was read as the sheet KPIs, which its headings are those of."
    )
    assert {seen.sheet for seen in reading.observations} == {"Our figures"}


def test_inserted_rows_and_columns_change_nothing_but_the_cells():
    good = {(s.indicator, s.part): s.value for s in understood(workbooks.good_return()).observations}

    reading = understood(workbooks.inserted_rows())

    assert {(s.indicator, s.part): s.value for s in reading.observations} == good
    assert reading.problems == ()
    cells = {(s.indicator, s.part): s.cell for s in reading.observations}
    assert cells["HUB-01", "value"] == "G8"
    assert cells["HUB-10", "numerator"] == "H13"


def test_reordered_rows_change_nothing_but_the_cells():
    good = {(s.indicator, s.part): s.value for s in understood(workbooks.good_return()).observations}

    reading = understood(workbooks.reordered_rows())

    assert {(s.indicator, s.part): s.value for s in reading.observations} == good
    assert reading.problems == ()
    assert next(s.cell for s in reading.observations if s.indicator == "HUB-01") == f"F{4 + len(CODES)}"


def test_a_percentage_typed_over_the_formula_does_not_stand_for_the_counts():
    reading = understood(workbooks.percentage_typed_over_the_formula())
    seen = next(seen for seen in reading.observations if seen.part == "percent")

    assert (seen.indicator, str(seen.value), seen.cell) == ("HUB-10", "95.7", "F8")


def test_a_word_in_the_cell_comes_before_the_rows_status():
    reading = understood(workbooks.status_beside_another_word())
    seen = next(seen for seen in reading.observations if seen.indicator == "HUB-09")

    assert (seen.status, seen.shown) == (Status.NOT_APPLICABLE, "n/a")
    assert reading.problems == ()


def test_a_category_that_is_not_listed_is_refused_and_kept():
    reading = understood(workbooks.category_not_listed())

    assert (
        "unknown-category",
        "Breakdowns!D5",
        "“Referral source: Neighbours” is not a category of HUB-01. Use one that the workbook lists.",
    ) in [(p.rule, place(p), p.message) for p in reading.problems]
    assert [s.category for s in reading.observations if s.cell == "E5"] == ["Neighbours"]


def test_a_file_that_is_no_workbook_is_read_as_a_sentence():
    reading = read(b"%PDF-1.7 and so on", filename="return.pdf", vocabulary=VOCABULARY, expected=expected())

    assert (reading.layout, reading.file, reading.observations) == (None, "return.pdf", ())
    assert len(reading.sha256) == 64
    (problem,) = reading.problems
    assert problem.severity is ERROR
    assert "PDF" in problem.message


def test_the_quarter_of_a_return_without_an_expectation_is_the_covers():
    reading = understand(open_here(workbooks.good_return(), "return.xlsx"), VOCABULARY)

    assert {seen.period for seen in reading.observations} == {Q2}
    assert reading.problems == ()
