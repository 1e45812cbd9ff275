"""The formulas with which the return workbook checks itself, in words, before anybody uploads it.

Every formula says "OK", nothing, or what to put right. Only functions that every spreadsheet program has had
for many years, and no array formulas. What these say is said again, with more care, by `imports.checks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from imports import observing
from imports import template_layout as layout
from imports.cells import plain
from imports.headings import Heading
from imports.periods import Period
from imports.reading import Line, Part, Status, Term, column_letters
from imports.relations import RELATIONS
from imports.rules import borrowed

OK = "OK"
Case = tuple[str, str]  # a condition, and the formula of what is then said

_WORDS = {status: word for word, status in layout.STATUS_WORDS.items()}
_BROKEN = "Mend the formula that shows an error"


def at(headings: tuple[Heading, ...], key: str, row: int) -> str:
    """The address of a column's cell in a row: "F5"."""
    return f"{column_letters(layout.column(headings, key))}{row}"


def kpi_cell(key: str, row: int) -> str:
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
        return self.rows[self.term.code]

    def cell(self, key: str) -> str:
        return kpi_cell(key, self.row)

    def value_of(self, code: str) -> str:
        return kpi_cell("value", self.rows[code])

    def lender(self, part: Part) -> str | None:
        """The code of the row whose figure a count may be, where the return asks for it."""
        other = borrowed(self.term, part)
        return other if other in self.rows else None

    def count(self, part: Part) -> str:
        """The cell of a rate's count or, while that is empty, of the indicator that it is."""
        own, other = self.cell(part.value), self.lender(part)
        return f'IF({own}="",{self.value_of(other)},{own})' if other else own

    def given(self, part: Part) -> str:
        """Whether a count is known: how many numbers there are in the cells that may hold it."""
        other = self.lender(part)
        return f"COUNT({self.cell(part.value)}{',' + self.value_of(other) if other else ''})>0"


def rate(place: Place) -> str:
    """A rate from its counts; nothing while one of them is missing."""
    above, below = (place.count(part) for part in observing.parts(place.term))
    return f'=IFERROR({above}/{below},"")'


def kpi_check(place: Place) -> str:
    """What to put right in a row of the sheet of KPIs; "OK" when nothing is."""
    rated = place.term.count_type in observing.RATES
    cases = [
        *_typed([place.cell(part.value) for part in observing.parts(place.term)], place.term, place.cell("status")),
        *_told(place),
        *(_rate_cases(place) if rated else _value_cases(place)),
    ]
    return _worded(cases)


def breakdown_check(row: int, last: int, term: Term, *, adds: bool, first: bool, kpis: tuple[int, int]) -> str:
    """What to put right in a row of the sheet of breakdowns.

    `last` is the last row that belongs to the table; `adds`: the parts come to the whole; `first`: of its
    breakdown; `kpis` are the first and the last row of the sheet of KPIs.
    """
    value, status, comment = (at(layout.BREAKDOWN_HEADINGS, key, row) for key in ("value", "status", "comment"))
    same = _same_breakdown(row, last)
    values, statuses = _column("value", last), _column("status", last)
    cases = [
        *_typed([value], term, status),
        (f'AND({status}="{_WORDS[Status.WITHHELD]}",{comment}="")', _said("Say why in the comment")),
        (
            f'AND({value}="",{status}="",COUNTIFS({same},{values},"<>")>0)',
            _said("Enter a number: 0 if there were none"),
        ),
        (f'AND({value}="",{status}="")', _said("")),
    ]
    if adds and first:
        whole_code = f"{layout.KPIS}!{_absolute('code', kpis)},{at(layout.BREAKDOWN_HEADINGS, 'code', row)}"
        wholes = f"{layout.KPIS}!{_absolute('value', kpis)}"
        parts, whole = f"SUMIFS({values},{same})", f"SUMIF({whole_code},{wholes})"
        complete = f'COUNTIFS({same},{values},"<>")=COUNTIFS({same})'
        known = f'COUNTIFS({whole_code},{wholes},"<>")>0,COUNTIFS({same},{statuses},"?*")=0'
        cases.append(
            (
                f"AND({complete},{known},{parts}<>{whole})",
                f'"{term.code}: parts add up to "&{parts}&", not "&{whole}',
            )
        )
    return _worded(cases)


def case_study_check(row: int) -> str:
    """What to put right in a row of the sheet of case studies."""
    title, text, consent = (at(layout.CASE_STUDY_HEADINGS, key, row) for key in ("title", "text", "consent"))
    return _worded(
        [
            (f'AND({title}="",{text}="",{consent}="")', _said("")),
            (f'{text}=""', _said("Write what happened, or clear the row")),
            (f'{title}=""', _said("Give it a title")),
            (f'{consent}<>"{layout.YES}"', _said("Ask whether the person agrees, or take the story out")),
        ]
    )


def rows_to_put_right(sheet: str, column: str, first: int, last: int) -> str:
    """How many rows of a sheet say something else than "OK", in words: "KPIs: 3 rows"."""
    checks = f"'{sheet}'!{column}{first}:{column}{last}"
    rows = f'ROWS({checks})-COUNTIF({checks},"{OK}")-COUNTIF({checks},"")'
    return f'="{sheet}: "&IF({rows}=0,"nothing",IF({rows}=1,"1 row",({rows})&" rows"))'


def is_unsettled(column: str, row: int) -> str:
    """Whether a row's check says something else than "OK", as the condition of what then stands out."""
    return f'AND(${column}{row}<>"",${column}{row}<>"{OK}")'


def _worded(cases: list[Case]) -> str:
    """The first case that holds, in words; "OK" when none does."""
    formula = _said(OK)
    for condition, said in reversed(cases):
        formula = f"IF({condition},{said},{formula})"
    return f"=IFERROR({formula},{_said(_BROKEN)})"


def _said(words: str) -> str:
    return f'"{words}"'


def _typed(cells: list[str], term: Term, status: str) -> Iterator[Case]:
    """What may be wrong with the figures of any row."""
    filled, numbers = f"COUNTA({','.join(cells)})", f"COUNT({','.join(cells)})"
    yield f'AND({filled}>0,{status}<>"")', _said("Clear the figure or the status")
    yield f"{filled}>{numbers}", _said("Enter a number, or choose a status")
    if term.count_type != "L":
        yield f"MIN({','.join(cells)})<0", _said("Enter nought or more")
    if term.whole:
        broken = ",".join(f"{cell}<>INT({cell})" for cell in cells)
        yield f"OR({broken})", _said("Enter a whole number")


def _told(place: Place) -> Iterator[Case]:
    """What belongs to a status."""
    status, day, comment = (place.cell(key) for key in ("status", "available", "comment"))
    later = _WORDS[Status.PENDING]
    yield f'AND({status}="{later}",{day}="")', _said("Give the day on which it will be available")
    yield f'AND({day}<>"",{status}<>"{later}")', _said(f"Clear the day, or choose “{later}”")
    yield f'AND({day}<>"",NOT(ISNUMBER({day})))', _said("Enter the day as a date")
    yield f'AND({status}="{_WORDS[Status.WITHHELD]}",{comment}="")', _said("Say why in the comment")
    yield f'{status}<>""', _said(OK)


def _rate_cases(place: Place) -> Iterator[Case]:
    own = [part for part in observing.parts(place.term) if place.lender(part) is None]
    cells = [place.cell(part.value) for part in own]
    nothing = [f'{cell}=""' for cell in cells]
    if len(own) > 1:
        yield f"AND({','.join(nothing)})", _said("Enter both counts or choose a status" if place.line.mandatory else "")
    for part, empty in zip(own, nothing, strict=True):
        yield empty, _said(f"Enter the {part.value}" if place.line.mandatory or len(own) > 1 else "")
    above, below = (place.count(part) for part in observing.parts(place.term))
    known = ",".join(place.given(part) for part in observing.parts(place.term))
    if place.term.part_of_whole and place.term.count_type == "R":
        yield f"AND({known},{above}>{below})", _said("Numerator is more than denominator")


def _value_cases(place: Place) -> Iterator[Case]:
    value, code = place.cell("value"), place.term.code
    yield f'{value}=""', _said("Enter a figure or choose a status" if place.line.mandatory else "")
    brought = place.line.brought_forward
    if brought is not None:
        yield f"{value}<>{plain(brought)}", _said(f"Last quarter closed with {plain(brought)}")
    before = place.line.previous.get(Part.VALUE, Decimal(0))
    if place.term.count_type == "Y" and place.period.number > 1 and before > 0:
        yield f"{value}<{plain(before)}", _said(f"Less than {plain(before)} a quarter ago: count since 1 April")
    for caseload in RELATIONS.caseloads:
        codes = (caseload.opening, caseload.added, caseload.removed, caseload.closing)
        if code == caseload.closing and place.rows.keys() >= set(codes):
            opened, added, removed, closed = (place.value_of(one) for one in codes)
            sum_ = f"{opened}+{added}-{removed}"
            words = f'{opened}&" at the start, plus "&{added}&", less "&{removed}&" is "&({sum_})&", not "&{closed}'
            yield f"AND(COUNT({opened},{added},{removed},{closed})=4,{sum_}<>{closed})", words
    for capacity in RELATIONS.capacities:
        if code == capacity.used and capacity.available in place.rows:
            available = place.value_of(capacity.available)
            yield f"AND(COUNT({available})=1,{value}>{available})", f'"More than the "&{available}&" available"'


def _column(key: str, last: int) -> str:
    letters = column_letters(layout.column(layout.BREAKDOWN_HEADINGS, key))
    return f"${letters}${layout.HEADER_ROW + 1}:${letters}${last}"


def _same_breakdown(row: int, last: int) -> str:
    """The rows of the same indicator and breakdown, as pairs of cells and what they must be."""
    code, breakdown = (at(layout.BREAKDOWN_HEADINGS, key, row) for key in ("code", "breakdown"))
    return f"{_column('code', last)},{code},{_column('breakdown', last)},{breakdown}"


def _absolute(key: str, rows: tuple[int, int]) -> str:
    letters = column_letters(layout.column(layout.KPI_HEADINGS, key))
    return f"${letters}${rows[0]}:${letters}${rows[1]}"
