"""The shape of the return workbook: its sheets, headings, words and version.

The blank workbook (`imports.template`) and its reader (`imports.template_answers`) both work from this page,
so that neither can change without the other. A workbook of an earlier version has fewer sheets and columns,
under the same headings; so it is read by the same reader.
"""

from __future__ import annotations

from imports.headings import Heading
from imports.periods import Period
from imports.reading import Status, Term

VERSION = "3"
READABLE_VERSIONS = ("1", "2", VERSION)

COVER = "Cover"
KPIS = "KPIs"
BREAKDOWNS = "Breakdowns"
NARRATIVE = "Narrative"
CASE_STUDIES = "Case studies"
CHECKS = "Checks"
LISTS = "Lists"
ALL_CHECKS = "All checks"

HEADER_ROW = 4  # of every sheet's table, as the workbook is made
HEADER_WITHIN = 60  # rows; a header further down is not looked for

COVER_FIELDS = {
    "template_version": "Template version",
    "contract": "Contract reference",
    "contract_title": "Contract",
    "provider": "Provider",
    "year": "Financial year",
    "quarter": "Quarter",
    "period": "Reporting period",
    "due_on": "Due by the end of",
    "prepared_by": "Prepared by",
    "approved_by": "Approved by",
    "scope": "Scope of these figures",
}
COVER_OPEN = frozenset({"prepared_by", "approved_by", "scope"})  # filled in by the provider
COVER_NEEDED = frozenset({"template_version", "contract"})  # by which a cover is known

KPI_HEADINGS = (
    Heading("code", "Code"),
    Heading("indicator", "Indicator"),
    Heading("definition", "What to count"),
    Heading("unit", "Unit"),
    Heading("basis", "Counted"),
    Heading("value", "Value"),
    Heading("numerator", "Numerator"),
    Heading("denominator", "Denominator"),
    Heading("status", "Status"),
    Heading("available", "Available on", ("Expected on", "Date available")),
    Heading("check", "Check"),
    Heading("last_quarter", "Last quarter"),
    Heading("year_ago", "Same quarter last year"),
    Heading("so_far", "This year, before this quarter"),
    Heading("target", "Target"),
    Heading("comment", "Comment"),
)
KPI_NEEDED = frozenset({"code", "value", "numerator", "denominator"})

BREAKDOWN_HEADINGS = (
    Heading("code", "Code"),
    Heading("indicator", "Indicator"),
    Heading("breakdown", "Breakdown"),
    Heading("category", "Category"),
    Heading("value", "Value"),
    Heading("status", "Status"),
    Heading("check", "Check"),
    Heading("comment", "Comment"),
)
BREAKDOWN_NEEDED = frozenset({"code", "breakdown", "category", "value"})

NARRATIVE_HEADINGS = (Heading("question", "Question"), Heading("answer", "Answer"))
NARRATIVE_NEEDED = frozenset({"question", "answer"})
NARRATIVE_QUESTIONS = (
    "What went well in this quarter?",
    "What was difficult, and what is being done about it?",
    "Why are any figures well above or below their target?",
    "What do commissioners need to decide or know?",
)

CASE_STUDY_HEADINGS = (
    Heading("title", "Title", ("Case study title",)),
    Heading("text", "What happened, and what changed", ("Case study", "What happened")),
    Heading("consent", "Has the person agreed?", ("Consent", "Consent given?", "Consent given")),
    Heading("check", "Check"),
)
CASE_STUDY_NEEDED = frozenset({"text", "consent"})
CASE_STUDY_ROWS = 5
YES, NO = "Yes", "No"

ANSWER, STORY = "narrative", "case-study"  # the kinds of passage

PAIR = " of "  # between the two counts of a rate: "13 of 17"

LIST_HEADINGS = (
    Heading("status", "Status"),
    Heading("meaning", "When to choose it"),
    Heading("breakdown", "Breakdown"),
    Heading("key", "Short name"),
    Heading("words", "Words also understood"),
    Heading("reading", "Understood as"),
    Heading("beginning", "So are words that begin with"),
    Heading("reading_of_beginning", "And are understood as"),
)
LIST_NEEDED = frozenset({"status", "breakdown", "key"})

CHECK_HEADINGS = (
    Heading("number", "Point"),
    Heading("verdict", "Verdict"),
    Heading("where", "Where"),
    Heading("message", "What to do"),
    Heading("rule", "Rule"),
)
CHECK_NEEDED = frozenset({"number", "verdict", "where", "message"})
LISTED = 60  # points that the sheet of checks has room for

# Every check in the order in which it is asked. What is typed is understood, and counts as a figure or as none.
ALL_CHECK_HEADINGS = (
    Heading("line", "Line"),
    Heading("checked", "What is checked"),
    Heading("rule", "Rule"),
    Heading("where", "Where"),
    Heading("typed", "As typed"),
    Heading("understood", "Understood as"),
    Heading("counts", "Counts as"),
    Heading("verdict", "Verdict"),
    Heading("short", "In a few words"),
    Heading("message", "What to do"),
    Heading("order", "Point"),
    Heading("key", "Line and verdict"),
    Heading("doubt", "In doubt"),
    Heading("same", "As last quarter"),
    Heading("round", "Round"),
)
ALL_CHECK_NEEDED = frozenset({"line", "checked", "rule", "verdict", "order"})

STATUS_WORDS = {
    "Not collected": Status.NOT_COLLECTED,
    "Not applicable": Status.NOT_APPLICABLE,
    "Not yet available": Status.PENDING,
    "Withheld": Status.WITHHELD,
}
STATUS_MEANINGS = {
    Status.NOT_COLLECTED: "Nobody counted this in the quarter.",
    Status.NOT_APPLICABLE: "There is nothing here that this service could count.",
    Status.PENDING: "It is being counted. Give the day on which it will be there under “Available on”.",
    Status.WITHHELD: "It is known and must not be given. Say why in the comment.",
}

_UNITS = {"percent": "%", "fte": "Full-time equivalent", "pounds": "£"}


def counted(term: Term, period: Period, *, opens: bool = False) -> str:
    """When an indicator is counted, in the words of the workbook. `opens`: it is what a quarter opens with."""
    if opens:
        return "At the quarter’s start"
    if term.count_type == "Y":
        return f"Since 1 April {period.year}, not only in this quarter"
    return "At the quarter’s end" if term.count_type == "S" else "In the quarter"


def unit(term: Term) -> str:
    """What an indicator is counted in, in the words of the workbook."""
    return _UNITS.get(term.unit, term.unit.replace("-", " ").capitalize())


def cover_period(period: Period) -> dict[str, str]:
    """The three ways in which the cover says its quarter."""
    return {"year": period.year_label, "quarter": f"Quarter {period.number}", "period": period.span}


def column(headings: tuple[Heading, ...], key: str) -> int:
    """Where a column stands in a workbook as it is made, from 1."""
    return [heading.key for heading in headings].index(key) + 1
