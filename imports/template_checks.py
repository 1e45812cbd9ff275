"""The rules that a spreadsheet can ask by itself, as data: which they are, and what a check of the workbook is.

A rule is compiled under its own key (`compiled("caseload-adds-up")`), so that a rule without a formula, or a
formula without a rule, is noticed. What a formula says is what the rule says, at the same cell. Nothing here
writes a sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from imports import observing
from imports import template_layout as layout
from imports.reading import Expected, Line, Part, Reading, Term, Vocabulary, column_letters
from imports.rules import Context, borrowed
from imports.template_splits import Split

_LETTERS = {heading.key: column_letters(place) for place, heading in enumerate(layout.ALL_CHECK_HEADINGS, start=1)}
LONGEST_TEXT = 250  # characters of one text within a formula


def cell(key: str, row: int) -> str:
    """A cell of the sheet of all checks, for its own formulas: "$H12"."""
    return f"${_LETTERS[key]}${row}"


def span(key: str, first: int, last: int) -> str:
    """Several cells of a column of that sheet: "$H12:$H40"."""
    return f"{cell(key, first)}:{cell(key, last)}"


class Formula(str):
    """A part of a formula, to be told from words."""

    __slots__ = ()


def text(words: str) -> str:
    """Words as a formula has them."""
    pieces = [words[start : start + LONGEST_TEXT] for start in range(0, len(words), LONGEST_TEXT)] or [""]
    return "&".join('"{}"'.format(piece.replace('"', '""')) for piece in pieces)


def said(*parts: str) -> Formula:
    """A formula for a sentence of words and of what stands in cells."""
    return Formula("&".join(part if isinstance(part, Formula) else text(part) for part in parts))


class Counted(Protocol):
    """A figure as the checks know it: what it is, where it stands, and what was said against it already.

    `blamed` takes up where a verdict against it stands.
    """

    @property
    def value(self) -> Formula: ...
    @property
    def where(self) -> Formula: ...
    @property
    def doubt(self) -> list[str]: ...
    def blamed(self, verdict: str) -> None: ...


@dataclass
class Figure:
    """A cell of the sheet of KPIs in which a figure is asked for, and the row of all checks that reads it."""

    term: Term
    part: Part
    row: int
    blame: list[str] = field(default_factory=list)  # what is empty while nothing is said against it
    settled: bool = False  # whether all errors have been looked for: what was found stands in one cell

    @property
    def value(self) -> Formula:
        """A number, or in which way there is none."""
        return Formula(cell("counts", self.row))

    @property
    def where(self) -> Formula:
        """Its place on the sheet of KPIs: "KPIs!F5"."""
        return Formula(cell("where", self.row))

    @property
    def doubt(self) -> list[str]:
        """What is empty while nothing is said against it."""
        return [cell("doubt", self.row)] if self.settled and self.blame else list(self.blame)

    def blamed(self, verdict: str) -> None:
        """Remembers where a verdict against it stands."""
        self.blame.append(verdict)


@dataclass(frozen=True)
class Count:
    """One of a rate's counts, taken from the indicator that it is where the rate has none of its own."""

    own: Figure
    other: Figure

    @property
    def _is_missing(self) -> str:
        return f'OR({self.own.value}="",{self.own.value}="{MISSING}")'

    @property
    def value(self) -> Formula:
        """The rate's own count or, while that is missing, the indicator's figure."""
        return Formula(f"IF({self._is_missing},{self.other.value},{self.own.value})")

    @property
    def where(self) -> Formula:
        """The place of the one that counts."""
        return Formula(f"IF({self._is_missing},{self.other.where},{self.own.where})")

    @property
    def doubt(self) -> list[str]:
        """What is said against the one that counts."""
        return [f"IF({self._is_missing},{_joined(self.other.doubt)},{_joined(self.own.doubt)})"]

    @property
    def doubt_of_twin(self) -> list[str]:
        """What was said against the indicator's figure where it is the same."""
        return [f'IF({self.own.value}={self.other.value},{_joined(self.other.doubt)},"")'] if self.other.doubt else []

    def blamed(self, verdict: str) -> None:
        """Remembers where a verdict stands, against the one that counts."""
        self.own.blame.append(f'IF({self._is_missing},"",{verdict})')
        self.other.blame.append(f'IF({self._is_missing},{verdict},"")')


# In which ways a figure is not there, besides being blank, as the sheet of all checks says it.
MISSING, GIVEN_NOT, PENDING, WITHHELD, UNREADABLE, IS_THERE = (
    *("missing", "no figure", "awaited", "withheld", "not understood", "there"),
)


@dataclass(frozen=True)
class Check:
    """One question about the return, as formulas."""

    at: Counted
    fails: str  # a condition; what shows an error is no fault
    message: Formula
    short: Formula
    rests_on: tuple[Counted, ...] = ()
    doubt: tuple[str, ...] = ()  # more that is empty while nothing is said against what it rests on
    where: Formula | None = None  # where it is not where `at` stands
    line: str = ""  # where it is not about one indicator, what it is about
    code: str | None = None


@dataclass
class Asked:
    """A return as its workbook asks for it: what is owed, and each figure's row on the sheet of all checks."""

    expected: Expected
    vocabulary: Vocabulary
    splits: Sequence[Split]
    figures: dict[tuple[str, Part], Figure] = field(default_factory=dict)
    readings: tuple[int, int] = (0, 0)  # the first and the last row that read a figure
    split_rows: dict[tuple[str, str], int] = field(default_factory=dict)  # where a breakdown's rows are looked at
    repeated: str = ""  # the cell that says whether the whole return repeats last quarter's

    @property
    def context(self) -> Context:
        """What is known before anything is filled in."""
        return Context(Reading("", "", "template"), self.vocabulary, self.expected)

    def figure(self, code: str, part: Part = Part.VALUE) -> Figure | None:
        """Where a figure is asked for; None where the return asks for none."""
        return self.figures.get((code, part))

    def all_of(self, *codes: str) -> list[Figure] | None:
        """The figures of these indicators; None unless all are asked for."""
        found = [one for code in codes if (one := self.figure(code))]
        return found if len(found) == len(codes) else None

    def terms(self) -> Iterator[tuple[Line, Term]]:
        """What is owed, in order."""
        for line in self.expected.lines:
            yield line, self.vocabulary.terms[line.code]

    def count(self, term: Term, part: Part) -> Figure | Count:
        """One of a rate's counts."""
        own, other = self.figures[term.code, part], self.figure(borrowed(term, part) or "")
        return Count(own, other) if other else own

    def rates(self) -> Iterator[tuple[Line, Term, Figure | Count, Figure | Count]]:
        """Every rate with both its counts."""
        for line, term in self.terms():
            if term.count_type in observing.RATES:
                yield line, term, self.count(term, Part.NUMERATOR), self.count(term, Part.DENOMINATOR)


Compile = Callable[[Asked], Iterator[Check]]
COMPILED: dict[str, Compile] = {}


def compiled(key: str) -> Callable[[Compile], Compile]:
    """Registers the formulas of a rule under the rule's key."""

    def register(compile_: Compile) -> Compile:
        COMPILED[key] = compile_
        return compile_

    return register


_TO_THE_PAGE = "Which return it is uploaded to is known to the page alone."
_NO_YEARS = "The return workbook asks for no figure of a longer period than its quarter."
_LOCKED = "The rows of the KPIs are locked, so that no line is added or lost."
# Every other rule, and why the workbook cannot ask it.
NOT_COMPILED = {
    "old-template": _TO_THE_PAGE,
    "wrong-provider": _TO_THE_PAGE,
    "wrong-contract": _TO_THE_PAGE,
    "wrong-period": _TO_THE_PAGE,
    "unexpected-line": _LOCKED,
    "duplicate-line": "The rows of the KPIs are locked; of rows pasted beneath the breakdowns only the sum is checked.",
    "breakdown-without-total": _LOCKED,
    "share-within-hundred": "A rate's value is worked out and locked: nobody types a percentage.",
    "percentage-without-counts": "A rate's value is worked out and locked: nobody types a percentage.",
    "percentage-agrees-with-counts": "A rate's value is worked out and locked: nobody types a percentage.",
    "blank-in-the-workbook": "It is asked only where nobody knows what the contract asks for.",
    "personal-data": "Formulas cannot look for telephone numbers, postcodes and the like in what is written.",
    "stated-total-agrees": _NO_YEARS,
    "people-of-the-year-agree": _NO_YEARS,
    "people-of-the-year-within-bounds": _NO_YEARS,
    "so-far-adds-up": _NO_YEARS,
}


def together(*figures: Counted) -> str:
    """Whether all of these are numbers."""
    return f"COUNT({','.join(figure.value for figure in figures)})={len(figures)}"


def doubts(check: Check) -> str:
    """What is said already against what a check rests on; "" when there is nothing to be said."""
    found = [*check.at.doubt, *(one for figure in check.rests_on for one in figure.doubt), *check.doubt]
    return _joined(list(dict.fromkeys(found))) if found else ""


def _joined(parts: Sequence[str]) -> str:
    return "&".join(parts) or '""'
