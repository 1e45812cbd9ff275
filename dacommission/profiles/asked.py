"""What is asked about a file's layout, as values: a question for each row or column, by tables. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from imports.reading import Part, TableSeen
from imports.series import SeriesKey
from imports.sheets import Spot

LATER, NOT_OURS, OTHER = "later", "not-ours", "other"


@dataclass(frozen=True)
class Offer:
    """One thing that a row may be."""

    value: str  # as a form carries it
    words: str
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """What one row or column of figures is; all of one name are decided about together."""

    name: str  # of its field
    number: int
    key: SeriesKey
    label: str
    spots: tuple[Spot, ...]  # where its figures stand
    places: tuple[Spot, ...]  # where its name stands
    why: str
    offers: tuple[Offer, ...]  # the likeliest first
    chosen: str = ""  # the value of an offer, or LATER, NOT_OURS or OTHER; "" where nothing is
    other: str = ""  # what is chosen of all KPIs
    category: str = ""
    error: str = ""
    parts: tuple[tuple[SeriesKey, Part], ...] = ()  # of one row, where one answer is for all of them
    kpis: tuple[tuple[str, str], ...] = ()  # what can be chosen from the list: value and words; () for every KPI
    is_shared: bool = False  # several rows of one name for one period: none of them can be told by it
    is_shown: bool = True  # False where there was no room for it on the page


@dataclass(frozen=True)
class Whole:
    """Several questions that can be answered at once: none of it is for the return."""

    name: str  # of its field
    words: str
    questions: frozenset[str]  # their names
    ticked: bool = False


@dataclass(frozen=True)
class Block:
    """The questions about one table, or about what stands on a sheet outside every table."""

    anchor: str
    title: str
    sheet: str | None
    table: TableSeen | None
    questions: tuple[Question, ...]
    wholes: tuple[Whole, ...]


@dataclass(frozen=True)
class Asked:
    """Everything that is asked about a file."""

    blocks: tuple[Block, ...]
    year: bool  # which year the periods are of
    quarters: bool  # which year "Q1 2022" is a quarter of
    left: int = 0  # questions for which there was no room

    @property
    def questions(self) -> list[Question]:
        """All of them, also those that are not shown."""
        return [question for block in self.blocks for question in block.questions]

    @property
    def is_anything(self) -> bool:
        """Whether somebody has to be asked before the file can be shown as it was read."""
        return bool(self.blocks) or self.year or self.quarters
