"""What stands around a row or column of figures, sorted by what it can say: its own words, its sections, its sheet.

Finds also which category of an indicator a word is. Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from imports.field_words import NEUTRAL, TELLING, UNITS
from imports.matching import MOST_KEPT, MOST_MET, WHOLE, Lexicon, is_so_far, normalised
from imports.meanings import Said, said, unnumbered
from imports.reading import Part, Term
from imports.series import Named

_CUTS = re.compile(r"\s[-–—]\s|[:;,/()]+")
_SPLIT_BY = re.compile(r"^(.+?)[\s,(]*\b(?:broken down by|split by|by)\s+([^()]+)\)?\s*$", re.I)
_OF_WHICH = re.compile(r"^\W*(?:of (?:which|whom|these|those)|including|incl?\.)[\s:]+(?:were |are |in )?", re.I)
_ABOUT_SPLIT = re.compile(
    r"\b(?:equalit(?:y|ies)|diversity|demographics?|protected characteristics?|breakdown|profile|monitoring|data)\b",
    re.I,
)
_KINDS_OF_SPLIT = frozenset({"source", "reason", "gender", "group", "type", "band", "route", "main", "kind", "risk"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one series. "Total" and "All" are not among them: they name the whole."""

    own: tuple[str, ...]  # the innermost label and heading, without the words for how they are split
    sections: tuple[str, ...]  # section rows and outer headings
    said: Said  # by `own`
    above: frozenset[str]  # words of the sections that are no categories
    outside: frozenset[str]  # words of the table's title and of the sheet
    services_around: frozenset[str]  # that the nearest of what stands around names
    categories: tuple[str, ...]  # texts and pieces, of labels and headings, that are categories and nothing besides
    categories_outside: tuple[str, ...]  # a title or a sheet's name that is one
    services_beside: tuple[str, ...]  # those of `own` that are a service and nothing besides, beside a name
    is_part: bool  # whether a label says that its figures are a part of others
    is_split: bool  # whether one of `own` is a category and nothing besides
    is_share: bool  # whether the figures are percentages
    is_so_far: bool  # whether they count from 1 April

    @property
    def names(self) -> tuple[str, ...]:
        """The texts that may be an indicator's name, the fullest first."""
        if len(self.own) == 1 and not self.sections:
            return self.own
        found = [" ".join((*self.sections, *self.own)), " ".join((*self.sections[-1:], *self.own)), " ".join(self.own)]
        found += self.own if self.is_split else [" ".join(reversed(self.own)), *self.own]
        return tuple(dict.fromkeys(text for text in found if text))


def together(texts: Iterable[str]) -> Said:
    """What several texts mean."""
    return _together(tuple(texts))


@lru_cache(maxsize=MOST_MET)
def _together(texts: tuple[str, ...]) -> Said:
    meant = [said(text) for text in texts if text]
    if len(meant) == 1:
        return meant[0]
    words: frozenset[str] = frozenset().union(*(one.words for one in meant))
    return Said(words, frozenset().union(*(one.services for one in meant)), any(one.share for one in meant))


def meaning(text: str) -> frozenset[str]:
    """The meanings of a text's words, services among them."""
    meant = said(text)
    return meant.words | {f"@{service}" for service in meant.services} if meant.services else meant.words


def words_of(one: Named, divisions: Divisions) -> Words:
    """The words of a series, sorted. Where rows and columns say only periods or categories, the title names it."""
    written = _without_whole(one.row), _without_whole(one.column)
    row, column = ([divisions.without_which(text) for text in side] for side in written)
    own, sections = [*row[-1:], *column[-1:]], [*column[:-1], *row[:-1]]
    beneath = [text for text in own if len(own) > 1 and said(text).services and not said(text).words - NEUTRAL]
    outside = [one.title, one.sheet]
    if len(own) > 1 and _only_counts(own, one.title, divisions):
        own = [text for text in own if divisions.is_category(text)]
    if all(divisions.is_category(text) or (text in row and divisions.is_service(text)) for text in own):
        if sections:
            beneath.insert(0, sections.pop())
            own.insert(0, beneath[0])
        elif said(one.title).words - NEUTRAL:
            own.insert(0, _ABOUT_SPLIT.sub(" ", outside.pop(0)))
    own = [divisions.unsplit(text) for text in own]
    meant = together(own)
    return Words(
        tuple(own),
        tuple(sections),
        meant,
        above=together(text for text in sections if not divisions.is_category(text)).words,
        outside=together(outside).words,
        services_around=_nearest_services((*beneath, *reversed(sections), *outside)),
        categories=tuple(divisions.categories_in((*own, *sections))),
        categories_outside=tuple(text for text in outside if divisions.is_category(text)),
        services_beside=tuple(text for text in own if len(own) > 1 and divisions.is_service(text)),
        is_part=(row, column) != written,
        is_split=any(divisions.is_category(text) for text in own),
        is_share=one.percent or one.part is Part.PERCENT or meant.share or said(one.unit).share,
        is_so_far=any(is_so_far(text) for text in (*row, *column, one.title)),
    )


def _only_counts(own: Sequence[str], title: str, divisions: Divisions) -> bool:
    """Whether a heading beside a category names only what is counted, as the title does: "Households"."""
    others = [said(text).words for text in own if not divisions.is_category(text)]
    return len(others) == 1 and bool(others[0]) and others[0] <= UNITS and others[0] < said(title).words


def _nearest_services(texts: Iterable[str]) -> frozenset[str]:
    return next((meant.services for meant in map(said, texts) if meant.services), frozenset())


def _without_whole(texts: Sequence[str]) -> list[str]:
    return [unnumbered(text) for text in texts if normalised(text) not in WHOLE]


@lru_cache(maxsize=MOST_KEPT)
def divisions_of(lexicon: Lexicon) -> Divisions:
    """The categories of a vocabulary, looked up once for all readings."""
    return Divisions(lexicon)


class Divisions:
    """The categories of a vocabulary, by what their words mean."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._are = lru_cache(maxsize=MOST_MET)(self._is)
        self._among = lru_cache(maxsize=MOST_MET)(self._pieces)

    @cached_property
    def _by_words(self) -> dict[frozenset[str], list[tuple[str, str]]]:
        found: dict[frozenset[str], list[tuple[str, str]]] = {}
        for key, names in self._lexicon.vocabulary.breakdowns.items():
            for name in names:
                found.setdefault(meaning(name), []).append((key, name))
        found.pop(frozenset(), None)
        return found

    @cached_property
    def _names_of_breakdowns(self) -> frozenset[str]:
        names = self._lexicon.vocabulary.breakdown_names.values()
        return frozenset(word for name in names for word in said(name).words) | _KINDS_OF_SPLIT

    def is_category(self, text: str) -> bool:
        """Whether a text is a category of any breakdown, and nothing besides."""
        return self._are(text)

    def _is(self, text: str) -> bool:
        meant = said(text)
        return not meant.services and meant.words in self._by_words

    def is_service(self, text: str) -> bool:
        """Whether a text is the name of one service, and nothing besides."""
        meant = said(text)
        own = next(iter(meant.services), "")
        return len(meant.services) == 1 and all(TELLING.get(word) == own for word in meant.words - NEUTRAL)

    def of_service(self, term: Term, text: str) -> tuple[str, str] | None:
        """The category of an indicator that the name of a service is: its breakdown's key and its name."""
        if category := self._lexicon.category(term, text):
            return category
        wanted, breakdowns = said(text).services, self._lexicon.vocabulary.breakdowns
        for key in term.breakdowns:
            named = [(name, said(name).services) for name in breakdowns.get(key, ()) if self.is_service(name)]
            if len({services for _, services in named}) > 1:
                return next(((key, name) for name, services in named if services == wanted), None)
        return None

    def without_which(self, text: str) -> str:
        """A label without the words that make it a part, where it is a category then: "of which refuge"."""
        rest = _OF_WHICH.sub("", text)
        return rest if rest != text and (self.is_category(rest) or self.is_service(rest)) else text

    def find(self, term: Term, words: frozenset[str], beside: Collection[str]) -> tuple[str, str] | None:
        """The one category of an indicator that some words are: its breakdown's key and its name."""
        found = [(key, name) for key, name in self._by_words.get(words, ()) if key in term.breakdowns]
        if len(found) > 1:
            split = {meaning(text) for text in beside}
            found = [(key, name) for key, name in found if self._holds(key, split)]
        return found[0] if len(found) == 1 else None

    def is_apart(self, key: str, term: Term, beside: Collection[str]) -> bool:
        """Whether a category stands beside one that is in other breakdowns of the indicator alone."""
        for words in {meaning(text) for text in beside}:
            keys = {other for other, _ in self._by_words.get(words, ())} & set(term.breakdowns)
            if keys and key not in keys:
                return True
        return False

    def _holds(self, key: str, split: Collection[frozenset[str]]) -> bool:
        return all(any(key == other for other, _ in self._by_words.get(words, ())) for words in split)

    def has_category(self, key: str, words: frozenset[str]) -> bool:
        """Whether any category of a breakdown is said by some words."""
        return any(said(name).words <= words for name in self._lexicon.vocabulary.breakdowns[key] if said(name).words)

    def within(self, words: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
        """The breakdowns, and the words of their categories, that some words contain besides others."""
        for category, places in self._by_words.items():
            if category < words:
                yield from ((key, category) for key, _ in places)

    def unsplit(self, text: str) -> str:
        """A label without the words that say how it is split: "Referrals by source" → "Referrals"."""
        match = _SPLIT_BY.match(text) if "by" in text else None
        if match and said(match[2]).words <= self._names_of_breakdowns and not said(match[2]).services:
            return match[1]
        return text

    def categories_in(self, texts: Iterable[str]) -> Iterator[str]:
        """The texts and their pieces that are categories and nothing besides."""
        for text in texts:
            yield from self._among(text)

    def _pieces(self, text: str) -> tuple[str, ...]:
        if self.is_category(text):
            return (text,)
        pieces = (piece for piece in _CUTS.split(text) if piece.strip() and piece != text)
        return tuple(piece for piece in pieces if self.is_category(piece))


def siblings(series: Sequence[Named], divisions: Divisions) -> list[frozenset[str]]:
    """For each series the categories that stand where its own innermost label or heading stands."""
    groups: dict[tuple[object, ...], set[str]] = {}
    for one in series:
        for key, text in _positions(one):
            found = groups.setdefault(key, set())
            if text not in found and divisions.is_category(text):
                found.add(text)
    frozen = {key: frozenset(found) for key, found in groups.items()}
    return [frozenset().union(*(frozen[key] for key, _ in _positions(one))) for one in series]


def _positions(one: Named) -> Iterator[tuple[tuple[object, ...], str]]:
    if one.row:
        yield ("row", one.sheet, one.title, one.row[:-1], one.column), one.row[-1]
    if one.column:
        yield ("column", one.sheet, one.title, one.row, one.column[:-1]), one.column[-1]
