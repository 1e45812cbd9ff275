"""The shape of the return workbook: its sheets, headings, words and version.

The blank workbook (`imports.template`) and its reader (`imports.template_answers`) both work from this page,
so that neither can change without the other.
"""

from __future__ import annotations

from imports.headings import Heading
from imports.periods import Period
from imports.reading import Status, Term

VERSION = "1"

COVER = "Cover"
KPIS = "KPIs"
BREAKDOWNS = "Breakdowns"
NARRATIVE = "Narrative"
LISTS = "Lists"

HEADER_WITHIN = 60  # rows; a header further down is not looked for

COVER_FIELDS = {
    "template_version": "Template version",
    "contract": "Contract reference",
    "contract_title": "Contract",
    "provider": "Provider",
    "year": "Financial year",
    "quarter": "Quarter",
    "period": "Reporting period",
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
    Heading("last_quarter", "Last quarter"),
    Heading("year_ago", "Same quarter last year"),
    Heading("comment", "Comment"),
)
KPI_NEEDED = frozenset({"code", "value", "numerator", "denominator"})

BREAKDOWN_HEADINGS = (
    Heading("code", "Code"),
    Heading("indicator", "Indicator"),
    Heading("breakdown", "Breakdown"),
    Heading("category", "Category"),
    Heading("value", "Value"),
)
BREAKDOWN_NEEDED = frozenset({"code", "breakdown", "category", "value"})

NARRATIVE_QUESTIONS = (
    "What went well in this quarter?",
    "What was difficult, and what is being done about it?",
    "Why are any figures well above or below their target?",
    "What do commissioners need to decide or know?",
)

LIST_HEADINGS = (
    Heading("status", "Status"),
    Heading("breakdown", "Breakdown"),
    Heading("key", "Short name"),
)

STATUS_WORDS = {
    "Not applicable": Status.NOT_APPLICABLE,
    "Not yet available": Status.PENDING,
    "Missing": Status.MISSING,
}

_COUNTED = {"Y": "Since 1 April", "S": "At the quarter's end"}
_UNITS = {"percent": "%", "fte": "Full-time equivalent", "pounds": "£"}


def counted(term: Term, *, opens: bool = False) -> str:
    """When an indicator is counted, in the words of the workbook. `opens`: it is what a quarter opens with."""
    return "At the quarter's start" if opens else _COUNTED.get(term.count_type, "In the quarter")


def unit(term: Term) -> str:
    """What an indicator is counted in, in the words of the workbook."""
    return _UNITS.get(term.unit, term.unit.replace("-", " ").capitalize())


def cover_period(period: Period) -> dict[str, str]:
    """The three ways in which the cover says its quarter."""
    return {"year": period.year_label, "quarter": f"Quarter {period.number}", "period": period.span}
