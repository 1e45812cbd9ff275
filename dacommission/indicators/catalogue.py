"""The indicators, aliases and code lists shipped with the product, as data.

The files are in catalogue/. They are where a new database gets its indicators from, and what a workbook
is read with where there is no database. Pure: nothing here is specific to one contract, and the targets are
only what is typical; each contract sets its own.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from dacommission.indicators.measures import Measure
from dacommission.indicators.rating import Target
from imports.reading import Alias, Basis, Part, Term, Vocabulary

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class CatalogueAlias:
    """A way in which somebody's workbook writes an indicator, or a part or one category of it."""

    text: str
    part: Part
    breakdown: str | None
    category: str | None
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One indicator: its measure, and all that is said about it."""

    measure: Measure
    definition: str
    whole: bool  # counted in whole numbers; of a rate, both its counts are
    core: bool  # in the suggested set for a quarterly return
    target: Decimal | None
    tolerance: Decimal | None  # in the indicator's own unit
    lower: Decimal | None  # of a range
    upper: Decimal | None
    target_note: str
    breakdowns: tuple[str, ...]  # keys
    statutory: tuple[str, ...]  # fields of statutory returns that it feeds
    aliases: tuple[CatalogueAlias, ...]

    @property
    def code(self) -> str:
        return self.measure.code

    @property
    def name(self) -> str:
        return self.measure.name

    @property
    def typical_target(self) -> str:
        """What contracts usually ask, in words: a suggestion, never a target of anybody's."""
        words = Target(self.measure, self.target, low=self.lower, high=self.upper).words
        return f"{words[0].upper()}{words[1:]}. {self.target_note}" if words else self.target_note

    @property
    def base(self) -> str:
        """The row of the catalogue: HUB-13 for HUB-13.a and HUB-13.b."""
        return self.code.partition(".")[0]

    @property
    def family(self) -> str:
        """ "HUB"."""
        return self.code.partition("-")[0]


@dataclass(frozen=True, slots=True)
class CatalogueCategory:
    name: str
    group: str  # what it rolls up to, such as "North Yorkshire"; empty where nothing


@dataclass(frozen=True, slots=True)
class CatalogueBreakdown:
    """One way of splitting a figure."""

    key: str
    name: str
    multi_response: bool  # one person may be in several categories, so they do not sum to the whole
    categories: tuple[CatalogueCategory, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    indicators: tuple[CatalogueEntry, ...]
    breakdowns: tuple[CatalogueBreakdown, ...]
    by_code: Mapping[str, CatalogueEntry]

    def find(self, code: str) -> CatalogueEntry | None:
        return self.by_code.get(code)


@cache
def load() -> Catalogue:
    """The catalogue as shipped, in its own order."""
    aliases: dict[str, list[CatalogueAlias]] = {}
    for row in _rows("aliases.csv"):
        aliases.setdefault(row["code"], []).append(_alias(row))
    categories: dict[str, list[CatalogueCategory]] = {}
    for row in _rows("categories.csv"):
        categories.setdefault(row["breakdown"], []).append(CatalogueCategory(row["category"], row["group"]))
    entries = tuple(_entry(row, tuple(aliases.get(row["code"], ()))) for row in _rows("indicators.csv"))
    return Catalogue(
        indicators=entries,
        by_code=MappingProxyType({entry.code: entry for entry in entries}),
        breakdowns=tuple(
            CatalogueBreakdown(
                row["breakdown"],
                row["name"],
                _yes(row["multi_response"]),
                tuple(categories[row["breakdown"]]),
            )
            for row in _rows("breakdowns.csv")
        ),
    )


def vocabulary(catalogue: Catalogue | None = None) -> Vocabulary:
    """What a workbook's labels can be matched with, needing no database."""
    known = catalogue or load()
    return Vocabulary(
        terms={entry.code: _term(entry) for entry in known.indicators},
        breakdowns={
            breakdown.key: tuple(category.name for category in breakdown.categories) for breakdown in known.breakdowns
        },
        breakdown_names={breakdown.key: breakdown.name for breakdown in known.breakdowns},
        multiple=frozenset(breakdown.key for breakdown in known.breakdowns if breakdown.multi_response),
    )


def term_of(
    measure: Measure, *, definition: str, breakdowns: tuple[str, ...], aliases: tuple[Alias, ...], whole: bool
) -> Term:
    """A measure as the reader of workbooks knows it."""
    return Term(
        code=measure.code,
        name=measure.name,
        unit=measure.unit,
        count_type=measure.count_type,
        numerator=measure.numerator_label,
        denominator=measure.denominator_label,
        breakdowns=breakdowns,
        aliases=aliases,
        whole=whole,
        decimals=measure.decimals,
        definition=definition,
        # A count that is one category of another indicator is not that indicator's whole figure.
        numerator_indicator=None if measure.numerator_category else measure.numerator_indicator or None,
        denominator_indicator=measure.denominator_indicator or None,
        part_of_whole=measure.part_of_whole,
    )


def _term(entry: CatalogueEntry) -> Term:
    return term_of(
        entry.measure,
        definition=entry.definition,
        breakdowns=entry.breakdowns,
        aliases=tuple(Alias(alias.text, alias.part, alias.category, alias.basis) for alias in entry.aliases),
        whole=entry.whole,
    )


def _entry(row: Row, aliases: tuple[CatalogueAlias, ...]) -> CatalogueEntry:
    return CatalogueEntry(
        measure=_measure(row),
        definition=row["definition"],
        whole=_yes(row["whole"]),
        core=_yes(row["core"]),
        target=_number(row["target"]),
        tolerance=_number(row["tolerance"]),
        lower=_number(row["lower"]),
        upper=_number(row["upper"]),
        target_note=row["target_note"],
        breakdowns=tuple(row["breakdowns"].split()),
        statutory=tuple(row["statutory"].split()),
        aliases=aliases,
    )


def _measure(row: Row) -> Measure:
    words = (
        "code",
        "name",
        "unit",
        "count_type",
        "direction",
        "numerator_label",
        "denominator_label",
        "numerator_indicator",
        "numerator_breakdown",
        "numerator_category",
        "denominator_indicator",
        "year_value",
        "opening_indicator",
        "opened_indicator",
        "adds_with",
    )
    return Measure(
        **{word: row[word] for word in words},
        decimals=int(row["decimals"]),
        on_a_day=_yes(row["on_a_day"]),
        part_of_whole=_yes(row["part_of_whole"]),
    )


def _alias(row: Row) -> CatalogueAlias:
    return CatalogueAlias(
        text=row["text"],
        part=Part(row["part"]),
        breakdown=row["breakdown"] or None,
        category=row["category"] or None,
        basis=Basis(row["basis"]) if row["basis"] else None,
    )


def _rows(name: str) -> list[Row]:
    text = files(__package__).joinpath("catalogue", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _yes(text: str) -> bool:
    return text == "yes"
