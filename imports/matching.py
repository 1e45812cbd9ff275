"""Which indicator a label names: by its code, then by the names that the catalogue knows. Never by guessing.

A name that several indicators share is narrowed by what the file says around it; what remains unsure
stays unmatched, so that somebody is asked.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from imports.cells import tidy
from imports.observing import RATES
from imports.reading import Basis, Match, Part, Term, Vocabulary
from imports.series import CONFIDENT, Sense

CERTAIN = Decimal(1)
NARROWED = CONFIDENT  # a shared name, decided by what stands around it
UNKNOWN = Decimal(0)

_CODE = re.compile(r"([a-z]{2,4})[ -]?([0-9]{2})(\.[a-z])?(?![0-9a-z])")
_SO_FAR = re.compile(r"\b(?:ytd|year to date|cumulative|since 1(?:st)? april)\b")
_NOTES = re.compile(r"\[note ?[0-9]+\]|\((?:[0-9]|note ?[0-9]+)\)$|[*†‡^]+")
_OTHER = re.compile(r"[^a-z0-9%]+")
_COUNTED = re.compile(r"^(?:the )?(?:total )?(?:number|no) of (?:the )?")
MOST_MET = 4096  # labels that are remembered
MOST_KEPT = 2  # vocabularies that are; while the catalogue is edited there may be two
WHOLE = frozenset({"", "all", "total", "overall", "all categories"})  # a category that is none


@dataclass(frozen=True, slots=True)
class Matched:
    """What a label was taken to mean; `sense` is None when unsure, with what it might be."""

    sense: Sense | None
    match: Match
    confidence: Decimal
    possible: tuple[Sense, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What a file says around a label, by which a shared name is narrowed."""

    owed: Collection[str] = ()  # codes that the return is expected to hold
    families: Collection[str] = ()  # "PRP": of the indicators named beyond doubt nearby
    category: str = ""  # as written


@lru_cache(maxsize=1024)
def family(code: str) -> str:
    """ "PRP" of "PRP-02": the group of indicators that a service reports."""
    return code.partition("-")[0]


def code_of(senses: tuple[Sense, ...]) -> str | None:
    """The one indicator that all senses are about; None when there are several, or none."""
    codes = {sense.code for sense in senses}
    return codes.pop() if len(codes) == 1 else None


@lru_cache(maxsize=MOST_MET)
def is_so_far(label: str) -> bool:
    """Whether a label says that its figures count from 1 April."""
    return _SO_FAR.search(tidy(label).casefold()) is not None


@lru_cache(maxsize=8192)
def normalised(label: str) -> str:
    """A label without case, punctuation, footnote marks and words for "so far"."""
    text = _NOTES.sub(" ", tidy(label).casefold().replace("&", " and "))
    text = _OTHER.sub(" ", _SO_FAR.sub(" ", text)).strip()
    return _COUNTED.sub("", text)


class Lexicon:
    """The names of a vocabulary, ready to be looked up. It remembers the labels that it met last."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._met = lru_cache(maxsize=MOST_MET)(self._looked_up)
        self._categories = {
            key: {normalised(name): name for name in names} for key, names in vocabulary.breakdowns.items()
        }
        self._breakdown_names = {
            key: frozenset({normalised(key), normalised(name)}) for key, name in vocabulary.breakdown_names.items()
        }

    @cached_property
    def _by_name(self) -> dict[str, tuple[Sense, ...]]:
        return _by_name(self.vocabulary)

    def senses(self, label: str) -> tuple[Match, tuple[Sense, ...]]:
        """Everything that a label may mean, in the catalogue's order."""
        return self._met(label)

    def _looked_up(self, label: str) -> tuple[Match, tuple[Sense, ...]]:
        if code := self._code(label):
            return Match.CODE, (self._coded(code, label),)
        found = self._by_name.get(normalised(label), ())
        if is_so_far(label):
            found = tuple(replace(sense, basis=Basis.YEAR_TO_DATE) for sense in found)
        else:
            found = tuple(sense for sense in found if sense.basis is None) or found
        return (Match.ALIAS if found else Match.NONE), tuple(dict.fromkeys(found))

    def match(self, label: str, around: Around | None = None) -> Matched:
        """What a label means, given what stands around it."""
        how, senses = self.senses(label)
        narrowed = self._narrowed(senses, around or Around()) if len(senses) > 1 else senses
        if len(narrowed) == 1:
            return Matched(narrowed[0], how, CERTAIN if code_of(senses) else NARROWED)
        return Matched(None, Match.NONE, UNKNOWN, narrowed)

    def category(
        self, term: Term, written: str, *, breakdown: str = "", beside: Collection[str] = ()
    ) -> tuple[str, str] | None:
        """The breakdown's key and the category's name; None when it is in none of the term's, or in several.

        `breakdown` is the breakdown's name where the file gives one, `beside` what else the file splits
        the indicator by: "Self" beside "Agency" is not the "Self" beside "Police".
        """
        keys = self._breakdowns(term, breakdown)
        found = [(key, name) for key in keys if (name := self._category(key, written))]
        if len(found) > 1:
            found = [(key, name) for key, name in found if all(self._category(key, other) for other in beside)]
        return found[0] if len(found) == 1 else None

    def suggestion(self, label: str) -> str | None:
        """The name most like a label that matches nothing: "HUB-01 Referrals received"; None when none is."""
        alike = difflib.get_close_matches(normalised(label), self._by_name, n=1, cutoff=0.8)
        if not alike:
            return None
        code = self._by_name[alike[0]][0].code
        return f"{code} {self.vocabulary.terms[code].name}"

    def _breakdowns(self, term: Term, name: str) -> Iterable[str]:
        wanted = normalised(name)
        if not wanted:
            return term.breakdowns
        return [key for key in term.breakdowns if wanted in self._breakdown_names.get(key, ())]

    def _has_category(self, code: str, written: str) -> bool:
        keys = self.vocabulary.terms[code].breakdowns
        return any(self._category(key, written) for key in keys)

    def _category(self, key: str, written: str) -> str | None:
        known = self._categories.get(key, {})
        wanted = normalised(written)
        return known.get(wanted) or known.get(wanted.removesuffix("s").removesuffix(" referral"))

    def _code(self, label: str) -> str | None:
        match = _CODE.match(tidy(label).casefold())
        code = f"{match[1]}-{match[2]}".upper() + (match[3] or "") if match else ""
        return code if code in self.vocabulary.terms else None

    def _coded(self, code: str, label: str) -> Sense:
        """The part that a label names after its code: "HUB-05 numerator"."""
        term = self.vocabulary.terms[code]
        rest = normalised(_CODE.sub("", tidy(label).casefold(), count=1))
        for _, name, sense in names(term) if rest else ():
            if rest == normalised(name):
                return sense
        parts = {"numerator": Part.NUMERATOR, "denominator": Part.DENOMINATOR} if _is_rate(term) else {}
        return Sense(code, parts.get(rest, _own_part(term)))

    def _narrowed(self, senses: tuple[Sense, ...], around: Around) -> tuple[Sense, ...]:
        """By what the return owes, then by the families nearby, then by the category."""
        for keep in (
            lambda sense: sense.code in around.owed,
            lambda sense: family(sense.code) in around.families,
            lambda sense: self._has_category(sense.code, around.category),
        ):
            senses = tuple(sense for sense in senses if keep(sense)) or senses
        if code_of(senses):
            senses = tuple(sense for sense in senses if sense.category is None) or senses
        return senses


_kept: list[Lexicon] = []


def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The names of a vocabulary; those of one that was asked for before where it says the same."""
    known = next((lexicon for lexicon in _kept if lexicon.vocabulary == vocabulary), None) or Lexicon(vocabulary)
    _kept[:] = [known, *(other for other in _kept if other is not known)][:MOST_KEPT]
    return known


def _is_rate(term: Term) -> bool:
    return term.count_type in RATES


def _own_part(term: Term) -> Part:
    """What a rate's own name stands for: the percentage."""
    return Part.PERCENT if _is_rate(term) and term.unit == "percent" else Part.VALUE


def _by_name(vocabulary: Vocabulary) -> dict[str, tuple[Sense, ...]]:
    """What each normalised name may mean.

    A count's label in one rate gives way to the indicator of that name, and an indicator's own name to
    an alias that says which of its parts is meant.
    """
    ranked: dict[str, list[tuple[int, Sense]]] = {}
    for term in vocabulary.terms.values():
        for rank, name, sense in names(term):
            ranked.setdefault(normalised(name), []).append((rank, sense))
    return {name: _first_in_rank(found) for name, found in ranked.items()}


def _first_in_rank(found: list[tuple[int, Sense]]) -> tuple[Sense, ...]:
    best: dict[str, int] = {}
    for rank, sense in found:
        best[sense.code] = min(rank, best.get(sense.code, rank))
    named = any(rank < LABEL for rank, _ in found)
    kept = (sense for rank, sense in found if rank == best[sense.code] and not (named and rank == LABEL))
    return tuple(dict.fromkeys(kept))


ALIAS, NAME, LABEL = range(3)  # how a name came to be one: the lower, the more it weighs


def names(term: Term) -> Iterator[tuple[int, str, Sense]]:
    """Every way of naming an indicator or a part of it: how much the name weighs, the name, what it means."""
    for alias in term.aliases:
        basis = alias.basis or (Basis.YEAR_TO_DATE if is_so_far(alias.text) else None)
        yield ALIAS, alias.text, Sense(term.code, alias.part, alias.category, basis)
    yield NAME, term.name, Sense(term.code, _own_part(term))
    if term.numerator:
        yield LABEL, term.numerator, Sense(term.code, Part.NUMERATOR)
    if term.denominator:
        yield LABEL, term.denominator, Sense(term.code, Part.DENOMINATOR)
