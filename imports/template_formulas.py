"""The formulas beside what is filled in: rates, and what is to be put right in a row, in a few words.

Only functions that every spreadsheet program has had for many years, and no array formulas. What these say of
the KPIs comes from the sheet of all checks (`imports.template_checklist`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from imports import observing
from imports import template_layout as layout
from imports.headings import Heading
from imports.periods import Period
from imports.reading import Line, Part, Severity, Status, Term, column_letters
from imports.rules import borrowed

OK = "OK"
_DAY_NOUGHT = date(1899, 12, 30)
Case = tuple[str, str]  # a condition, and the formula of what is then said

_WITHHELD = next(word for word, status in layout.STATUS_WORDS.items() if status is Status.WITHHELD)
VERDICTS = {severity: severity.capitalize() for severity in (Severity.ERROR, Severity.QUESTION, Severity.WARNING)}
FIGURE_FAULT = "Error: Enter"  # how what is said of a category's figure begins, so that sums leave it out
FIGURE_OR_STATUS = "Question: Clear"


def at(headings: tuple[Heading, ...], key: str, row: int) -> str:
    """The address of a column's cell in a row: "F5"."""
    return f"{column_letters(layout.column(headings, key))}{row}"


def counted_days(day: date) -> int:
    """A day as spreadsheet programs count it, by which formulas compare days."""
    return (day - _DAY_NOUGHT).days


def kpi_cell(key: str, row: int) -> str:
    """The address of a cell of the sheet of KPIs."""
    return at(layout.KPI_HEADINGS, key, row)


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the sheet of KPIs, and where the others are."""

    line: Line
    term: Term
    rows: Mapping[str, int]  # code → row
    period: Period

    @property
    def row(self) -> int:
        """Its own row on the sheet."""
        return self.rows[self.term.code]

    def cell(self, key: str) -> str:
        """The address of a cell of its row."""
        return kpi_cell(key, self.row)

    def lender(self, part: Part) -> str | None:
        """The code of the row whose figure a count may be, where the return asks for it."""
        other = borrowed(self.term, part)
        return other if other in self.rows else None

    def count(self, part: Part) -> str:
        """The cell of a rate's count or, while that is empty, of the indicator that it is."""
        own, other = self.cell(part.value), self.lender(part)
        return f'IF({own}="",{kpi_cell("value", self.rows[other])},{own})' if other else own


def rate(place: Place) -> str:
    """A rate from its counts; nothing while one of them is missing."""
    above, below = (place.count(part) for part in observing.parts(place.term))
    return f'=IFERROR({above}/{below},"")'


def kpi_check(place: Place, keys: str, short: str) -> str:
    """The gravest thing to put right in a row of the KPIs, in a few words; "OK" when nothing is.

    `keys` and `short` are columns of the sheet of all checks: a line with its verdict, and the words.
    """
    own = [place.cell(part.value) for part in observing.parts(place.term) if place.lender(part) is None]
    nothing = f'IF(COUNTA({",".join([*own, place.cell("status")])})=0,"","{OK}")' if own else f'"{OK}"'
    formula = nothing
    for verdict in reversed(VERDICTS.values()):
        key = f'"{place.term.code} {verdict}"'
        formula = f'IF(COUNTIF({keys},{key})>0,"{verdict}: "&INDEX({short},MATCH({key},{keys},0)),{formula})'
    return f"={formula}"


def breakdown_check(row: int, term: Term, *, figures: str, statuses: str) -> str:
    """What to put right in a row of the sheet of breakdowns, whatever its total is.

    `figures` and `statuses` are where the words are that may stand for a figure or beside it.
    """
    value, status, comment = (at(layout.BREAKDOWN_HEADINGS, key, row) for key in ("value", "status", "comment"))
    said_why = f'OR({status}="{_WITHHELD}",{value}="{_WITHHELD}"),{comment}=""'
    is_text = f'IF(TRIM({value})="",FALSE,{_is_no_word(value, figures)})'
    cases = [
        (f'AND({value}="",{status}="")', ""),
        (f"IF(ISTEXT({value}),{is_text},ISLOGICAL({value}))", f"{FIGURE_FAULT} a number"),
    ]
    cases.append((f"IF(ISNUMBER({value}),ABS({value})>=1E+15,FALSE)", f"{FIGURE_FAULT} a smaller number"))
    if term.count_type != "L":
        cases.append((f"{value}<0", f"{FIGURE_FAULT} nought or more"))
    if term.whole:
        cases.append((f"IF(ISNUMBER({value}),{value}<>INT({value}),FALSE)", f"{FIGURE_FAULT} a whole number"))
    cases += [
        (f'IF({status}="",FALSE,{_is_no_word(status, statuses)})', "Error: Choose a status from the list"),
        (f'AND(ISNUMBER({value}),{status}<>"")', f"{FIGURE_OR_STATUS} the figure or the status"),
        (f"AND({said_why})", "Error: Say why in the comment"),
    ]
    return _worded(cases, broken=f"{FIGURE_FAULT} the figure: the formula shows an error")


def _is_no_word(cell: str, among: str) -> str:
    return f'ISNA(MATCH(SUBSTITUTE(TRIM({cell}),"?","~?"),{among},0))'


def case_study_check(row: int) -> str:
    """What to put right in a row of the sheet of case studies."""
    title, text, consent = (at(layout.CASE_STUDY_HEADINGS, key, row) for key in ("title", "text", "consent"))
    agreed = ",".join(f"{consent}={word}" for word in (f'"{layout.YES}"', '"y"', '"true"', "TRUE"))
    return _worded(
        [
            (f'AND({title}="",{text}="")', ""),
            (f'{text}=""', "Warning: Write what happened, or clear the row"),
            (f"NOT(OR({agreed}))", "Error: Ask whether the person agrees, or take the story out"),
        ],
        broken="Error: Mend the formula that shows an error",
    )


def _worded(cases: list[Case], *, broken: str) -> str:
    """The first case that holds, in words; "OK" when none does."""
    formula = f'"{OK}"'
    for condition, said in reversed(cases):
        formula = f'IF({condition},"{said}",{formula})'
    return f'=IFERROR({formula},"{broken}")'
