"""The words the package speaks: what a workbook holds, what was read from it, what is wrong with it.

Pure values. Nothing here opens a file, knows a web page or a database, or looks at the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from imports.kinds import Basis, Kind, Match, Part, Severity, Status
from imports.periods import Period
from imports.series import Aside, Sense, Series, TableSeen
from imports.sheets import Cell, Problem, Sheet, Spot, Workbook, column_letters

__all__ = [
    "Alias", "Basis", "Cell", "Cover", "Expected", "Kind", "Line", "Match", "Observation", "Part", "Passage",
    "Problem", "Reading", "Restated", "Severity", "Sheet", "Spot", "Status", "Term", "Vocabulary", "Waived", "Workbook",
    "column_letters", "made_observation",
]  # fmt: skip


class Observation(NamedTuple):
    """One figure and the cell it was typed in. A tuple, because a workbook has thousands and none may change."""

    sheet: str | None
    cell: str
    label: str  # the row's label as written
    heading: tuple[str, ...]  # the column's headings as written, outermost first
    indicator: str | None  # a catalogue code, such as "HUB-01"
    part: Part
    category: str | None  # the category's name, such as "Self"; None for the whole
    period: Period | None
    basis: Basis
    value: Decimal | None  # percentages in percent
    status: Status
    shown: str  # as typed
    match: Match
    confidence: Decimal  # 0 to 1
    breakdown: str | None = None  # a breakdown's key, such as "referral-source"
    comment: str = ""
    comment_cell: str = ""  # where the comment stands; "" without one
    expected_on: date | None = None  # when a figure that is not yet available will be
    # What it likely is, where nobody has confirmed it: `confidence` is of this, and `indicator` is None.
    proposed: Sense | None = None

    @property
    def spot(self) -> Spot:
        """Its cell."""
        return Spot(self.sheet, self.cell)


made_observation = partial(tuple.__new__, Observation)  # of all its values in their order, in a fifth of the time


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a return that belong to no figure: an answer of the narrative, or a case study."""

    kind: str  # "narrative" or "case-study"
    sheet: str | None
    cell: str
    heading: str  # the question, or the case study's title
    text: str
    consent: bool | None = None  # whether a case study's person agreed to it; None elsewhere

    @property
    def spot(self) -> Spot:
        """Its cell."""
        return Spot(self.sheet, self.cell)


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure of an earlier period as a workbook repeats it, to be held against what was accepted then."""

    sheet: str | None
    cell: str
    indicator: str
    part: Part
    period: Period
    value: Decimal


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that somebody corrected in the page before the workbook was kept, and why."""

    replaced: Observation  # as the file has it
    reason: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What a return workbook says of itself; None where it does not say."""

    template_version: str | None = None
    contract: str | None = None  # the contract's reference
    provider: str | None = None
    period: Period | None = None
    cells: Mapping[str, Spot] = field(default_factory=dict)  # where it says what


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one file said. `layout` is None when the file could not be read at all."""

    file: str
    sha256: str
    layout: str | None  # "template", "long" or "tables"
    observations: tuple[Observation, ...] = ()
    problems: tuple[Problem, ...] = ()
    cover: Cover = Cover()
    passages: tuple[Passage, ...] = ()
    restated: tuple[Restated, ...] = ()
    series: tuple[Series, ...] = ()  # what was matched, and what has to be asked, a row or column of figures each
    asides: tuple[Aside, ...] = ()  # the numbers that are no figures of a return, and those nobody understood
    tables: tuple[TableSeen, ...] = ()
    corrected: tuple[Corrected, ...] = ()  # what was corrected in the page; `observations` have it already
    workbook: Workbook | None = field(default=None, repr=False, compare=False)  # None where it could not be opened

    @property
    def blocked(self) -> bool:
        """Whether an error stands in the way of submitting."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Alias:
    """A way in which a label names an indicator, a part of it, or one category of it."""

    text: str
    part: Part = Part.VALUE
    category: str | None = None
    basis: Basis | None = None  # None: by the indicator's count type


@dataclass(frozen=True, slots=True)
class Term:
    """An indicator as the reader knows it."""

    code: str
    name: str
    unit: str  # a key of dacommission.indicators.units, such as "people"
    count_type: str  # a letter of domain.md 4.0: F S P Y R M Q C L
    numerator: str = ""  # label of the count on top, for a rate
    denominator: str = ""
    breakdowns: tuple[str, ...] = ()  # keys of breakdowns
    aliases: tuple[Alias, ...] = ()
    whole: bool = True  # counted in whole numbers
    decimals: int = 0
    definition: str = ""  # what to count, in a provider's words
    # Codes whose figures are this rate's numerator or denominator when its own are not reported.
    numerator_indicator: str | None = None
    denominator_indicator: str | None = None
    part_of_whole: bool = True  # the numerator counts some of those in the denominator


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The indicators and the categories that a label can be matched with."""

    terms: Mapping[str, Term]  # by code
    breakdowns: Mapping[str, tuple[str, ...]]  # breakdown key → names of its categories, in order
    breakdown_names: Mapping[str, str]  # breakdown key → its name, such as "Area of residence"
    # Breakdowns in which one person may stand in several categories, so that parts exceed the whole.
    multiple: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator that a return owes, with what is already known about it."""

    code: str
    mandatory: bool
    previous: Mapping[Part, Decimal] = field(default_factory=dict)  # last quarter's accepted figures
    # The figure carried forward from last quarter that this line must open with; None where unknown.
    brought_forward: Decimal | None = None
    year_ago: Mapping[Part, Decimal] = field(default_factory=dict)  # the same quarter's, a year earlier
    # The whole's accepted values of up to twelve quarters before this one, oldest first; of a figure that
    # counts from 1 April, those of the same quarter in earlier years.
    history: tuple[Decimal, ...] = ()
    # What this very return said when it was last accepted or submitted; empty for a first upload.
    stated_before: Mapping[Part, Decimal] = field(default_factory=dict)
    # What the year's earlier quarters come to, of a figure that adds; empty where one of them is not known.
    so_far: Mapping[Part, Decimal] = field(default_factory=dict)
    target: str = ""  # what the contract asks for this quarter, in words: "80% or more"


@dataclass(frozen=True, slots=True)
class Waived:
    """A rule that a commissioner has allowed this return not to meet, until a day and for a reason."""

    rule: str  # a key of imports.rules.RULES
    code: str | None  # the indicator that it is about; None for all
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Expected:
    """The return that a workbook is supposed to be, so that a wrong file is known for what it is."""

    contract: str  # the contract's reference
    contract_title: str
    provider: str
    period: Period
    lines: tuple[Line, ...]
    waived: tuple[Waived, ...] = ()
    # What the funding bodies pay in the return's financial year, in pounds; None while any of it is unknown.
    contributions: Decimal | None = None
    due_on: date | None = None  # the day at whose end the return is due
