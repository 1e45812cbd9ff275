"""Figures and problems as rows of a page, alike for what was only read and for what is kept.

Nothing is worked out here: what was typed, where, and what it was taken to mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dacommission.returns.accepted import period_of
from dacommission.returns.corrected import correction_words, in_file
from dacommission.returns.models import StoredObservation, StoredPassage, StoredProblem
from dacommission.web.words import day, plain_number
from imports import cells
from imports.corrections import key
from imports.grouping import grouped
from imports.reading import Basis, Corrected, Observation, Part, Passage, Problem, Severity, Status, Vocabulary
from imports.sheets import Spot
from imports.template_layout import ANSWER, STORY

PARTS = {
    Part.VALUE: "Value",
    Part.NUMERATOR: "Numerator",
    Part.DENOMINATOR: "Denominator",
    Part.PERCENT: "Percentage",
}
BASES = {Basis.PERIOD: "in the period", Basis.YEAR_TO_DATE: "since 1 April", Basis.TOTAL: "total for the year"}
STATUSES = {
    Status.REPORTED: "Reported",
    Status.SUPPRESSED: "Suppressed by the provider",
    Status.MISSING: "Missing",
    Status.NOT_APPLICABLE: "Not applicable",
    Status.PENDING: "Not yet available",
    Status.NOT_COLLECTED: "Not collected",
    Status.WITHHELD: "Withheld by the provider",
    Status.ERROR: "Cannot be read",
}
RESERVATIONS = {
    cells.FLAG_MARKS["e"]: "as an estimate",
    cells.FLAG_MARKS["p"]: "as provisional",
    cells.FLAG_MARKS["r"]: "as revised",
    cells.FLAG_MARKS["u"]: "as of low reliability",
    cells.FLAG_MARKS["b"]: "as not comparable with what was before",
}
PASSAGES = {ANSWER: "Narrative", STORY: "Case study"}
CONSENTS = {
    True: "The person has agreed.",
    False: "The person has not agreed.",
    None: "Nothing says whether the person has agreed.",
}
SEVERITIES = {Severity.ERROR: "Error", Severity.QUESTION: "Question", Severity.WARNING: "Warning"}
TYPED_INSTEAD = "Typed in the page in place of {was} in the file, because “{reason}”."
MANY = {Severity.ERROR: "errors", Severity.QUESTION: "questions", Severity.WARNING: "warnings"}


@dataclass(frozen=True)
class FigureRow:
    """One figure: where it stands, as typed, and what it was taken to mean."""

    place: str  # "KPIs!F5"
    anchor: str  # "" where another figure of the same cell has it
    shown: str
    label: str
    indicator: str  # "HUB-01 Referrals received"; "" where it counts towards nothing
    part: str
    category: str
    period: str
    basis: str
    value: str
    status: str
    is_reported: bool
    comment: str
    correction: str  # why it is not what the file says; "" where it is
    cell: str = ""  # where its cell stands in a grid of the same page
    spot: str = ""  # its cell as a form names it, where it may be corrected


@dataclass(frozen=True)
class CellLink:
    """A cell that a fault touches, and where its figure stands on the page."""

    place: str  # "KPIs!F5"
    anchor: str  # "" for a sheet as a whole
    spot: str = ""  # as a form names it, where its figure may be corrected


@dataclass(frozen=True)
class ProblemRow:
    """One fault, however many cells it touches; none where it is about the whole file."""

    severity: str  # a key
    word: str
    message: str
    cells: tuple[CellLink, ...]
    rule: str

    def touches(self, places: Collection[str]) -> bool:
        """Whether it was found at one of these cells."""
        return any(cell.place in places for cell in self.cells)


@dataclass(frozen=True)
class PassageRow:
    """An answer of the narrative or a case study, as it was written."""

    place: str
    kind: str  # "Narrative" or "Case study"
    heading: str
    lines: list[str]
    agreed: str  # what is said of the person's consent; "" for what tells no story


def place(sheet: str | None, cell: str | None) -> str:
    """ "KPIs!F5"; "F5" where the file has no sheets; "" where it is about the whole file."""
    return str(Spot(sheet, cell or ""))


def anchor(sheet: str | None, cell: str | None) -> str:
    """The same as part of a page's address, which can hold no space."""
    return "_".join(place(sheet, cell).split())


def figures(
    seen: Iterable[Observation | StoredObservation], vocabulary: Vocabulary, corrected: Iterable[Corrected] = ()
) -> list[FigureRow]:
    """A row for each figure, in the order in which they were read. `corrected` are those not yet kept."""
    taken: set[str] = set()
    rows, replaced = [], {key(one.replaced): one for one in corrected}
    for one in seen:
        row = _figure(one, vocabulary)
        if isinstance(one, Observation) and (now := replaced.get(key(one))):
            row = replace(row, correction=TYPED_INSTEAD.format(was=said(now.replaced), reason=now.reason))
        rows.append(replace(row, anchor="") if row.anchor in taken else row)
        taken.add(row.anchor)
    return rows


def as_read(one: Problem | StoredProblem) -> Problem:
    """A problem as it was found when the file was read, also where it is kept."""
    return Problem(one.rule, Severity(one.severity), one.message, one.sheet, one.cell, one.fault)


def problems(found: Iterable[Problem | StoredProblem]) -> list[ProblemRow]:
    """A row for each fault: errors first, then questions, then warnings, each as they were found."""
    order = list(SEVERITIES)
    rows = [
        ProblemRow(
            severity=str(group.severity),
            word=SEVERITIES[group.severity],
            message=group.message,
            cells=tuple(CellLink(place(*spot), anchor(*spot) if spot.cell else "") for spot in group.cells),
            rule=group.rule,
        )
        for group in grouped(map(as_read, found))
    ]
    return sorted(rows, key=lambda row: order.index(Severity(row.severity)))


def passages(found: Iterable[Passage | StoredPassage]) -> list[PassageRow]:
    """A row for each, in the order in which they were read."""
    return [
        PassageRow(
            place=place(one.sheet, one.cell),
            kind=PASSAGES[one.kind],
            heading=one.heading or "Without a title",
            lines=one.text.splitlines(),
            agreed="" if one.kind == ANSWER else CONSENTS[one.consent],
        )
        for one in found
    ]


def counted(rows: Sequence[ProblemRow]) -> str:
    """ "1 error, 2 questions and no warnings"."""
    counts = Counter(row.severity for row in rows)
    words = [_counted(counts[severity], MANY[severity]) for severity in SEVERITIES]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def value_words(value: Decimal | None, part: str) -> str:
    """ "2,398", "80%"; "" when there is none."""
    return plain_number(value) + ("%" if part == Part.PERCENT and value is not None else "")


def said(one: Observation | StoredObservation) -> str:
    """ "2,398", "80%", what was typed where that is no figure, or its status: "Withheld by the provider"."""
    typed = f"“{one.shown}”" if one.status == Status.ERROR and one.shown else ""
    return value_words(one.value, one.part) or typed or STATUSES[Status(one.status)]


def correction_told(one: StoredObservation) -> str:
    """ "Corrected from 2,521 in the file, because …"; "" where nothing was corrected."""
    return correction_words(one, said(in_file(one)))


def _counted(count: int, many: str) -> str:
    return f"{count or 'no'} {many[:-1] if count == 1 else many}"


def _status(one: Observation | StoredObservation) -> str:
    """ "Not yet available, expected on 31 December 2022", "Reported as an estimate"."""
    words = STATUSES[Status(one.status)]
    if one.status == Status.REPORTED and (reservations := _reservations(one.shown)):
        return f"{words} {', '.join(reservations)}"
    return f"{words}, expected on {day(one.expected_on)}" if one.expected_on else words


def _reservations(typed: str) -> list[str]:
    """What was typed beside a number about how far it holds."""
    try:
        flags = cells.of_words(typed).flags
    except cells.Unreadable:
        return []
    return [words for flag, words in RESERVATIONS.items() if flag in flags]


def _figure(one: Observation | StoredObservation, vocabulary: Vocabulary) -> FigureRow:
    typed, correction = one.shown, ""
    if isinstance(one, StoredObservation):
        code, period = one.indicator_code, period_of(one) if one.period_start else None
        typed, correction = in_file(one).shown, correction_told(one)
    else:
        code, period = one.indicator, one.period
    term = vocabulary.terms.get(code or "")
    return FigureRow(
        place=place(one.sheet, one.cell),
        anchor=anchor(one.sheet, one.cell),
        shown=typed,
        label=one.label,
        indicator=f"{term.code} {term.name}" if term else "",
        part=PARTS[Part(one.part)],
        category=one.category or "",
        period=period.label if period else "",
        basis=BASES[Basis(one.basis)],
        value=value_words(one.value, one.part),
        status=_status(one),
        is_reported=one.status == Status.REPORTED,
        comment=one.comment,
        correction=correction,
    )
