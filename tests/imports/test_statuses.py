"""What is said of a figure that is not given: in the return workbook and where each row has one figure."""

from datetime import date

import pytest

from imports import cells, statuses
from imports.headings import Page
from imports.long_form import read_long
from imports.matching import Lexicon
from imports.period_words import day
from imports.reading import Part, Severity, Status
from imports.statuses import reason
from imports.template import Entry, fill_template, make_template
from imports.template_answers import read_template
from imports.workbook import open_here
from tests.imports.vocabulary import VOCABULARY, expected
from tests.imports.workbooks import changed, table

ERROR, QUESTION, WARNING = Severity.ERROR, Severity.QUESTION, Severity.WARNING
HEADER = ("Measure", "Period", "Value", "Status", "Available on", "Comment")


def read(content):
    """What is read from a file, before any rule about the whole of it is asked."""
    pages = [Page(sheet) for sheet in open_here(content, "return.xlsx").sheets]
    return read_template(pages, Lexicon(VOCABULARY)) or read_long(pages, Lexicon(VOCABULARY))


def template(*, value=None, status=None, day=None, comment=None):
    """The reading of a return workbook with this in the row of HUB-09."""

    def change(book):
        sheet = book["KPIs"]
        sheet["F7"], sheet["I7"], sheet["J7"], sheet["P7"] = value, status, day, comment
        sheet["J7"].number_format = "dd/mm/yyyy" if isinstance(day, date) else "@"

    reading = read(changed(make_template(expected(), VOCABULARY), change))
    return next(seen for seen in reading.observations if seen.indicator == "HUB-09"), reading.problems


def long(*, value=None, status=None, day=None, comment=None):
    """The reading of one row with this."""
    reading = read(table(("HUB-09", "Q2 2022/23", value, status, day, comment), header=HEADER))
    return reading.observations[0], reading.problems


LAYOUTS = pytest.mark.parametrize("row", [template, long])


def told(problems):
    return [(problem.severity, problem.cell, problem.message) for problem in problems]


@LAYOUTS
@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Not collected", Status.NOT_COLLECTED),
        ("NC", Status.NOT_COLLECTED),
        ("Not applicable", Status.NOT_APPLICABLE),
        ("n/a", Status.NOT_APPLICABLE),
        ("not yet available", Status.PENDING),
        ("TBC", Status.PENDING),
        ("awaiting the police", Status.PENDING),
        ("Withheld", Status.WITHHELD),
        ("withheld – small numbers", Status.WITHHELD),
        ("Missing", Status.MISSING),
    ],
)
def test_a_status_is_known_by_its_word_and_by_those_that_people_use(row, written, status):
    seen, problems = row(status=written, comment="Why.")

    assert (seen.status, seen.value, seen.shown) == (status, None, written)
    assert not [problem for problem in problems if problem.severity is ERROR]


@LAYOUTS
@pytest.mark.parametrize("written", ["Reported", "-", "Final"])
def test_a_word_that_says_only_that_the_figure_is_there_is_no_status(row, written):
    seen, problems = row(value=12, status=written)

    assert (seen.value, seen.status, problems) == (12, Status.REPORTED, ())


@LAYOUTS
def test_a_figure_and_a_status_contradict_each_other(row):
    seen, problems = row(value=12, status="Not collected")

    assert seen.value == 12
    assert [(problem.rule, problem.severity) for problem in problems] == [("status-and-figure", QUESTION)]
    assert "has a figure and the status “Not collected”. Clear one of the two." in problems[0].message


@LAYOUTS
@pytest.mark.parametrize(
    "promised",
    [date(2023, 1, 31), "31/01/2023", "31 January 2023", "by 31st Jan 2023", "2023-01-31"],
)
def test_what_is_not_yet_available_says_when_it_will_be(row, promised):
    seen, problems = row(status="Not yet available", day=promised)

    assert (seen.status, seen.expected_on, problems) == (Status.PENDING, date(2023, 1, 31), ())


@LAYOUTS
@pytest.mark.parametrize("where", ["value", "status"])
def test_the_day_may_stand_with_the_status(row, where):
    seen, problems = row(**{where: "TBC 31/01/2023"})

    assert (seen.status, seen.expected_on, problems) == (Status.PENDING, date(2023, 1, 31), ())


@LAYOUTS
def test_a_promise_without_a_day_is_asked_about(row):
    _, problems = row(status="Not yet available")

    assert [(problem.rule, problem.severity) for problem in problems] == [("status-day", QUESTION)]
    assert problems[0].message.endswith("is not yet available. Give the day on which it will be.")


@LAYOUTS
def test_a_promise_for_a_day_within_the_quarter_is_asked_about(row):
    seen, problems = row(status="Not yet available", day="30/09/2022")

    assert seen.expected_on == date(2022, 9, 30)
    assert [problem.severity for problem in problems] == [QUESTION]
    assert "its day was before the quarter ended" in problems[0].message


@LAYOUTS
@pytest.mark.parametrize("written", ["soon", "45291", "31/02/2023", "31/01/2023 or 28/02/2023"])
def test_what_is_no_day_is_told(row, written):
    seen, problems = row(status="Not yet available", day=written)

    assert seen.expected_on is None
    assert (problems[0].rule, problems[0].severity) == ("status-day", ERROR)
    assert problems[0].message == f"“{written}” is not a day. Write it as, for example, 31/01/2023."


@LAYOUTS
def test_a_day_beside_a_figure_is_not_read_and_that_is_told(row):
    seen, problems = row(value=12, day="31/01/2023")

    assert (seen.value, seen.expected_on) == (12, None)
    assert [(problem.rule, problem.severity) for problem in problems] == [("status-day", WARNING)]


@LAYOUTS
def test_what_is_withheld_needs_a_reason(row):
    _, problems = row(status="Withheld")

    assert [(problem.rule, problem.severity) for problem in problems] == [("status-reason", ERROR)]
    assert "is withheld, and nothing says why. Give the reason as its comment." in problems[0].message


@LAYOUTS
def test_the_reason_is_the_comment_or_stands_with_the_status(row):
    assert row(status="Withheld", comment="A court order.")[0].comment == "A court order."
    seen, problems = row(status="Withheld – small numbers")
    assert (seen.comment, problems) == ("small numbers", ())
    seen, problems = row(value="withheld (small numbers)")
    assert (seen.status, seen.comment, problems) == (Status.WITHHELD, "small numbers", ())


def test_the_place_of_a_fault_is_where_it_is_put_right():
    assert [cell for _, cell, _ in told(template(status="Withheld")[1])] == ["P7"]
    assert [cell for _, cell, _ in told(template(status="Not yet available")[1])] == ["J7"]


def test_a_row_of_two_counts_is_asked_about_once():
    content = fill_template(make_template(expected(), VOCABULARY), [Entry("HUB-10", status=Status.WITHHELD)])

    reading = read(content)

    assert [(problem.rule, problem.cell) for problem in reading.problems] == [("status-reason", "P8")]
    assert [seen.part for seen in reading.observations if seen.status is Status.WITHHELD] == [
        Part.NUMERATOR,
        Part.DENOMINATOR,
    ]


def test_words_that_are_no_status_are_an_error_in_the_workbook_and_a_question_elsewhere():
    assert told(template(status="maybe")[1]) == [
        (ERROR, "I7", "“maybe” is not a status. Choose one from the list, or leave the cell empty.")
    ]
    assert told(long(status="maybe")[1]) == [
        (QUESTION, "D2", "“maybe” is not a status. Write a figure, or for example “not applicable”.")
    ]
    assert long(value=4, status="maybe")[1] == ()


def test_a_sheet_without_a_column_for_the_day_is_not_asked_for_one():
    reading = read(table(("HUB-09", "Q2 2022/23", "TBC"), header=("Measure", "Period", "Value")))

    assert (reading.observations[0].status, reading.problems) == (Status.PENDING, ())


def test_a_sheet_without_a_column_for_comments_is_told_at_the_figure():
    reading = read(table(("HUB-09", "Q2 2022/23", "withheld"), header=("Measure", "Period", "Value")))

    assert [(problem.rule, problem.cell) for problem in reading.problems] == [("status-reason", "C2")]


def test_a_category_may_have_a_status_of_its_own():
    entries = [
        Entry("HUB-01", value=4, breakdown="risk", category="High"),
        Entry("HUB-01", breakdown="risk", category="Standard", status=Status.NOT_COLLECTED),
        Entry("HUB-01", breakdown="risk", category="Unknown", status=Status.WITHHELD, comment="Very few."),
    ]

    reading = read(fill_template(make_template(expected(), VOCABULARY), entries))

    split = {seen.category: (seen.status, seen.comment) for seen in reading.observations if seen.category}
    assert split == {
        "High": (Status.REPORTED, ""),
        "Standard": (Status.NOT_COLLECTED, ""),
        "Unknown": (Status.WITHHELD, "Very few."),
    }
    assert reading.problems == ()


def test_a_comment_has_its_cell():
    assert template(value=3, comment="Busy.")[0].comment_cell == "P7"
    assert template(value=3)[0].comment_cell == ""
    assert long(value=3, comment="Busy.")[0].comment_cell == "F2"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("31/01/2023", date(2023, 1, 31)),
        ("1 Sept. 2023", date(2023, 9, 1)),
        ("the 2nd of March, 2023", date(2023, 3, 2)),
        ("2023-03-02", date(2023, 3, 2)),
        ("31/01/23", None),
        ("January 2023", None),
        ("2023-13-02", None),
        ("1/1/2023 and 1 January 2023", date(2023, 1, 1)),
        ("1/1/2023 to 2/1/2023", None),
        ("", None),
    ],
)
def test_a_day_is_read_only_where_one_is_named(written, found):
    assert day(written) == found


def test_the_reason_is_what_follows_the_word():
    assert reason("withheld") == ""
    assert reason("Withheld: small numbers") == "small numbers"
    assert reason("small numbers") == ""


def test_words_alone_have_a_status_or_none():
    assert cells.status(" N/A ") is Status.NOT_APPLICABLE
    assert cells.status("twelve") is None


def test_a_quarter_that_nobody_knows_holds_no_promise_up():
    due = make_template(expected(), VOCABULARY)

    def change(book):
        book["Cover"]["B9"] = book["Cover"]["B8"] = book["Cover"]["B10"] = None
        book["KPIs"]["I7"], book["KPIs"]["J7"] = "TBC", "31/01/2020"

    reading = read(changed(due, change))

    assert not [problem for problem in reading.problems if problem.rule == "status-day"]
    assert reading.restated == ()


def test_the_same_fault_in_several_rows_says_what_they_share():
    entries = [Entry(code, status=Status.WITHHELD) for code in ("HUB-01", "HUB-09")]
    entries += [Entry(code, status=Status.PENDING) for code in ("CBS-03", "CBS-04")]

    problems = read(fill_template(make_template(expected(), VOCABULARY), entries)).problems

    assert [(problem.cell, problem.fault) for problem in problems] == [
        ("P5", statuses.UNREASONED),
        ("P7", statuses.UNREASONED),
        ("J11", statuses.UNDATED),
        ("J12", statuses.UNDATED),
    ]
