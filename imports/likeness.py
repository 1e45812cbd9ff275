"""How like each other a label and the names of indicators are: by what their words mean, not by their letters.

Finds what a label may be, the likeliest first, and how sure that is by words alone. Whether it is sure
enough is decided in `imports.naming`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from imports.field_words import CONTRARY, LIGHT, TELLING
from imports.matching import MOST_KEPT, MOST_MET, Lexicon, family, names
from imports.meanings import ALIKE, Said, said
from imports.series import Sense

MOST_LIKE = 8  # names that are looked at closely, of those that share words with a label
_FAR_LESS = 0.4  # of the most that any name shares; names that share less are not looked at
_WEIGHT_OF_LIGHT = 0.3
_OF_NEAR = 0.6  # what a word counts for that is only like the one meant
_SPELLING = 86  # of 100: from here on a strange word is a known one misspelt
_OF_SERVICE = 2  # how much more is looked for among the names of a service that is said
MOST_COMPARED = 1024  # labels whose likeliest names are remembered: as many as some large returns have
_LONG = 5  # letters; a shorter word is like too many others
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Form:
    """One way of naming an indicator, a part or a category of it."""

    name: str  # as the catalogue has it
    rank: int  # an alias, a name, or the label of a count of a rate
    sense: Sense
    said: Said
    weight: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a label a form is."""

    form: Form
    score: float  # 0 to 1
    missing: frozenset[str]  # words of the form that the label lacks
    strange: frozenset[str]  # words of the label that the form lacks


@lru_cache(maxsize=MOST_KEPT)
def forms_of(lexicon: Lexicon) -> Forms:
    """All names of a vocabulary, looked up once for all readings."""
    return Forms(lexicon)


class Forms:
    """All names of a vocabulary by the meanings of their words. Built when the first label needs it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._spelt = lru_cache(maxsize=MOST_MET)(self._nearest)
        self._alike = lru_cache(maxsize=MOST_COMPARED)(self._most_like)

    @cached_property
    def _named(self) -> list[tuple[int, str, Sense, Said]]:
        terms = self._lexicon.vocabulary.terms.values()
        return [(rank, text, sense, said(text)) for term in terms for rank, text, sense in names(term)]

    @cached_property
    def every(self) -> tuple[Form, ...]:
        """Each name once for what it means, in the catalogue's order."""
        found: dict[tuple[object, ...], Form] = {}
        for rank, text, named, meant in self._named:
            sense = replace(named, basis=None)
            if meant.words:
                form = Form(text, rank, sense, meant, self.weighed(meant.words))
                found.setdefault((sense, meant.words), form)
        return tuple(found.values())

    @cached_property
    def _weights(self) -> dict[str, float]:
        """What every word weighs: one that few indicators use tells most."""
        using: dict[str, set[str]] = {}
        for _, _, sense, meant in self._named:
            for word in meant.words:
                using.setdefault(word, set()).add(sense.code)
        return {
            word: math.log(1 + self._total / len(codes)) * (_WEIGHT_OF_LIGHT if word in LIGHT else 1)
            for word, codes in using.items()
        }

    @cached_property
    def _total(self) -> int:
        return len(self._lexicon.vocabulary.terms)

    def weighed(self, words: Iterable[str]) -> float:
        """How much some words tell together."""
        weights, strange = self._weights, self._strange
        return sum([weights.get(word, strange) for word in sorted(words)])

    @cached_property
    def _strange(self) -> float:
        """What a word weighs that no name has."""
        return math.log(1 + self._total)

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[int, float]]]:
        found: dict[str, list[tuple[int, float]]] = {}
        for number, form in enumerate(self.every):
            for word in form.said.words:
                found.setdefault(word, []).append((number, self._weights[word]))
        return found

    @cached_property
    def _words(self) -> list[str]:
        return sorted(word for word in self._by_word if len(word) >= _LONG)

    def alike(self, words: frozenset[str], *, among: frozenset[str], services: frozenset[str]) -> tuple[Likeness, ...]:
        """The names most like some words, of the services said around them first.

        `among` are words that stand around them and may stand in for some.
        """
        return self._alike(words, among, services)

    def _most_like(
        self, words: frozenset[str], among: frozenset[str], services: frozenset[str]
    ) -> tuple[Likeness, ...]:
        spelt = self.spelt(words)
        weight = self.weighed(words)
        rough = []
        for number, found in self._shared(spelt).items():
            own, service = self._weighed[number]
            fitting = _OF_SERVICE if service in services else 1
            rough.append((fitting * found / (own + weight), -number))
        least = max(rough)[0] * _FAR_LESS if rough else 0
        likeliest = sorted((one for one in rough if one[0] >= least), reverse=True)[:MOST_LIKE]
        weight = self.weighed(spelt)
        return tuple(self._likeness(self.every[-number], spelt, weight, among) for _, number in likeliest)

    @cached_property
    def _weighed(self) -> list[tuple[float, str]]:
        """The weight and the service of each name."""
        return [(form.weight, family(form.sense.code)) for form in self.every]

    def _shared(self, words: frozenset[str]) -> dict[int, float]:
        """The weight of what each name shares with some words."""
        shared: dict[int, float] = {}
        for word in sorted(words):
            for near in ALIKE.get(word, (word,)):
                part = 1 if near == word else _OF_NEAR
                for number, weight in self._by_word.get(near, ()):
                    shared[number] = shared.get(number, 0) + weight * part
        return shared

    @cached_property
    def _by_words(self) -> dict[frozenset[str], list[str]]:
        found: dict[frozenset[str], list[str]] = {}
        for form in self.every:
            found.setdefault(form.said.words, []).append(form.sense.code)
        return found

    def named(self, words: frozenset[str]) -> list[str]:
        """The codes of which a name means exactly what some words mean."""
        return self._by_words.get(words, [])

    def spelt(self, words: frozenset[str]) -> frozenset[str]:
        """Words with those that are probably misspelt put right."""
        if words <= self._by_word.keys():
            return words
        return frozenset(self._put_right(word) for word in words)

    def _put_right(self, word: str) -> str:
        if word in self._by_word or word in CONTRARY or len(word) < _LONG:
            return word
        return self._spelt(word)

    def _nearest(self, word: str) -> str:
        found = process.extractOne(word, self._words, scorer=fuzz.ratio, score_cutoff=_SPELLING)
        return found[0] if found else word

    def _likeness(self, form: Form, words: frozenset[str], weight: float, among: frozenset[str]) -> Likeness:
        """How like some words of a weight a form is."""
        wanted = form.said.words
        missing, strange = wanted - words, words - wanted
        found = self.weighed(wanted & words)
        for word in missing:
            if word in among:
                found += self._weights[word] * 0.9
            elif not ALIKE.get(word, _NONE).isdisjoint(strange):
                found += self._weights[word] * _OF_NEAR
        near = [word for word in strange if not ALIKE.get(word, _NONE).isdisjoint(wanted)]
        below = form.weight + weight - self.weighed(near) * (1 - _OF_NEAR)
        score = min(1.0, 2 * found / below) if below else 0.0
        if not CONTRARY.isdisjoint(strange ^ missing):
            score *= 0.4
        return Likeness(form, score, missing, strange)


@lru_cache(maxsize=4096)
def is_telling(code: str, words: frozenset[str] | tuple[str, ...]) -> bool:
    """Whether words belong to the figures of one service alone, that of the code."""
    return any(family(code) in TELLING[word].split() for word in words if word in TELLING)
