"""A row or column of figures that share one name: what it was taken to mean, and by what it is known again.

Also what became of the numbers that are no figures. Pure values; nothing here reads or decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from imports.kinds import Basis, Match, Part
from imports.sheets import Spot

CONFIDENT = Decimal("0.9")  # from here on a match is accepted; below, it is proposed and somebody is asked


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a label may mean."""

    code: str
    part: Part = Part.VALUE
    category: str | None = None
    basis: Basis | None = None  # None: by the indicator's count type and what the table says
    breakdown: str | None = None  # the key of the category's breakdown, where more than one has the category


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a series may be, and how sure that is: 0 to 1."""

    sense: Sense
    confidence: Decimal


@dataclass(frozen=True)
class Named:
    """Every word that stands for a row or column of figures, as written, each outermost first."""

    row: tuple[str, ...] = ()  # section rows, then the labels of the row itself
    column: tuple[str, ...] = ()  # what the headings say besides periods and words such as "actual"
    title: str = ""  # of the table
    sheet: str = ""
    code: str = ""  # what a column for codes or references says
    part: Part | None = None  # where a heading says so: "Numerator", "%"
    basis: Basis | None = None  # where a label, heading or note says so: "(cumulative)"
    unit: str = ""  # where a column for units says so
    percent: bool = False  # whether its figures are written as percentages
    values: tuple[Decimal, ...] = ()  # its figures, oldest first: for their size

    @cached_property
    def has_fractions(self) -> bool:
        """Whether any of its figures is no whole number."""
        return any(value != value.to_integral_value() for value in self.values)

    @cached_property
    def least(self) -> Decimal:
        """The smallest of its figures; 0 without any."""
        return min(self.values, default=Decimal(0))

    @cached_property
    def largest(self) -> Decimal:
        """The largest of its figures; 0 without any."""
        return max(self.values, default=Decimal(0))


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """By what a series is known again next quarter: its words without periods, capitals and notes, no coordinates."""

    sheet: str
    title: str
    row: tuple[str, ...]
    column: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A row or column of figures under one name. It is decided about as a whole."""

    key: SeriesKey
    label: str  # as written, to show: "Outreach / Families seen"
    place: Spot  # of its label, or of its first figure where it has none
    cells: tuple[Spot, ...]
    match: Match
    confidence: Decimal  # of `sense`, or of the likeliest candidate
    sense: Sense | None = None  # what it is; None while somebody has to say
    candidates: tuple[Candidate, ...] = ()  # the likeliest first
    not_ours: bool = False  # somebody has said that it is not for this return
    why: str = ""  # a sentence: by what it was recognised, or why it was not

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to say what it is."""
        return self.sense is None and not self.not_ours


class Reason(StrEnum):
    """Why a number in a workbook is no figure of the return."""

    LABEL = "label"  # part of a label or heading: a year, the number of a row, of a column or of a table
    TARGET = "target"  # a target, baseline, plan, budget or forecast
    EARLIER = "earlier"  # an earlier period's figure, repeated for comparison
    CHANGE = "change"  # a change or difference
    AVERAGE = "average"  # worked out from other cells: an average, a share, a rank
    RATING = "rating"
    COMMENT = "comment"  # of a column or row of words
    DETAIL = "detail"  # beside a label outside every table: a telephone number, a version
    HIDDEN = "hidden"  # in a hidden row, column or sheet
    COVERED = "covered"  # under a merged cell, where nobody sees it
    CHECK = "check"  # a helper's cell, without a label
    TEMPLATE = "template"  # part of the return workbook itself
    NOT_OURS = "not-ours"  # somebody has said that it is not for this return
    UNKNOWN = "unknown"  # nobody understood it


class Aside(NamedTuple):
    """A number that became no figure, and why."""

    place: Spot
    shown: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table that was found on a sheet, for a person who wants to know how it was understood."""

    sheet: str | None
    title: str
    first: str  # address of its upper left cell, headings included
    last: str
    headings: tuple[int, ...]  # rows, from 1
    labels: tuple[str, ...]  # letters of the columns with labels
    told: tuple[str, ...]  # sentences: what was understood, and why


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody confirmed about a series."""

    sense: Sense | None  # None: not for this return
    place: Spot | None = None  # where it stood when it was confirmed or last read
    label: str = ""  # as it was written then


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a provider's own layout, and what the uploader has answered about this file."""

    series: Mapping[SeriesKey, Known] = field(default_factory=lambda: MappingProxyType({}))
    quarters: str = ""  # "financial" or "calendar": which year "Q1 2022" is a quarter of; "" where nobody has said
    year: int | None = None  # the financial year of periods that name none
    with_hidden: bool = False  # whether hidden rows, columns and sheets belong to the return


NOTHING_KNOWN = Profile()
