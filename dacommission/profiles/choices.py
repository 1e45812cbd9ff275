"""What a row of a workbook may be said to be: the KPIs of the contract, their parts and their categories. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from dacommission.profiles.keys import sense_as_list, sense_from_list
from dacommission.returns.shown import BASES
from imports.observing import RATES, parts
from imports.reading import Expected, Part, Term, Vocabulary
from imports.series import Sense

PART_WORDS = {Part.NUMERATOR: "numerator", Part.DENOMINATOR: "denominator", Part.PERCENT: "percentage"}


@dataclass(frozen=True)
class Choices:
    """The indicators that may be chosen for a contract, with what can be said about them."""

    vocabulary: Vocabulary
    codes: frozenset[str]

    @cached_property
    def terms(self) -> list[Term]:
        """The indicators, in the order of the catalogue."""
        return [term for code, term in self.vocabulary.terms.items() if code in self.codes]

    def allows(self, sense: Sense) -> bool:
        """Whether something may be said to be this: nobody says so of another contract's KPI, or of no category."""
        if sense.code not in self.codes:
            return False
        term = self.vocabulary.terms[sense.code]
        return sense.part in _parts(term) and self._has_category(term, sense)

    def _has_category(self, term: Term, sense: Sense) -> bool:
        if sense.category is None:
            return sense.breakdown is None
        keys = [sense.breakdown] if sense.breakdown else term.breakdowns
        return any(sense.category in self.vocabulary.breakdowns.get(key, ()) for key in keys if key in term.breakdowns)

    def words(self, sense: Sense) -> str:
        """ "HUB-05 Supported by the hub, numerator: referrals given support; Risk: High; since 1 April"."""
        term = self.vocabulary.terms.get(sense.code)
        said = [f"{sense.code} {term.name}" if term else sense.code]
        if sense.part in PART_WORDS:
            said[0] += f", {PART_WORDS[sense.part]}{_counted(term, sense.part)}"
        if sense.category is not None:
            name = self.vocabulary.breakdown_names.get(sense.breakdown or "", "")
            said.append(f"{name}: {sense.category}" if name else sense.category)
        if sense.basis is not None:
            said.append(BASES[sense.basis])
        return "; ".join(said)

    def whole(self) -> list[tuple[str, str]]:
        """Each indicator and part that can be chosen: its value in a form, and its words."""
        return [
            (as_value(sense), self.words(sense))
            for term in self.terms
            for sense in (Sense(term.code, part) for part in _parts(term))
        ]

    def categories(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each breakdown of any of these indicators: its name, and the value and name of each of its categories."""
        keys = dict.fromkeys(key for term in self.terms for key in term.breakdowns)
        return [
            (self.vocabulary.breakdown_names[key], [(_category_value(key, name), name) for name in names])
            for key, names in self.vocabulary.breakdowns.items()
            if key in keys
        ]


def choices(expected: Expected, vocabulary: Vocabulary) -> Choices:
    """What the rows of one return's workbook may be said to be."""
    return choices_among((line.code for line in expected.lines), vocabulary)


def choices_among(owed: Iterable[str], vocabulary: Vocabulary) -> Choices:
    """The same, for KPIs with these codes."""
    codes = {code for code in owed if code in vocabulary.terms}
    return Choices(vocabulary, frozenset(codes | set(_counts(vocabulary.terms[code] for code in codes))))


def _counts(terms: Iterable[Term]) -> Iterator[str]:
    """The indicators whose figures are a rate's numerator or denominator."""
    for term in terms:
        yield from (code for code in (term.numerator_indicator, term.denominator_indicator) if code)


def _parts(term: Term) -> tuple[Part, ...]:
    if term.count_type not in RATES:
        return parts(term)
    return (*parts(term), Part.PERCENT if term.unit == "percent" else Part.VALUE)


def _counted(term: Term | None, part: Part) -> str:
    label = {Part.NUMERATOR: term.numerator, Part.DENOMINATOR: term.denominator}.get(part, "") if term else ""
    return f" ({label})" if label else ""


def as_value(sense: Sense) -> str:
    """A sense as a form carries it."""
    return json.dumps(sense_as_list(sense), ensure_ascii=False)


def whole_of(sense: Sense) -> Sense:
    """The indicator and part alone."""
    return Sense(sense.code, sense.part)


def category_value(sense: Sense | None) -> str:
    """The category of a sense as a form carries it; "" where it is the whole."""
    return _category_value(sense.breakdown or "", sense.category) if sense and sense.category else ""


def _category_value(breakdown: str, name: str) -> str:
    return json.dumps([breakdown, name], ensure_ascii=False)


def from_value(value: str, category: str = "") -> Sense:
    """The sense that came back with a form. Raises ValueError when it is none."""
    sense = sense_from_list(json.loads(value))
    if not category:
        return sense
    match json.loads(category):
        case [str(breakdown), str(name)]:
            return Sense(sense.code, sense.part, name, sense.basis, breakdown)
    raise ValueError("no category")
