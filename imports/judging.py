"""What one row or column of figures may be, judged by its own words and by what stands around it.

Every doubt is named. Without any, the sense is certain as far as one series alone can tell; `imports.naming`
then looks at all of them together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from imports.doubts import Doubt, doubts_of_surroundings, fits, is_placed
from imports.field_words import CONTRARY
from imports.fitting import doubts_of_figures, part_of
from imports.likeness import Forms, forms_of, is_telling
from imports.matching import ALIAS, LABEL, Lexicon, family, names, normalised
from imports.meanings import Said, said, written
from imports.observing import RATES
from imports.reading import Expected, Match, Part, Term
from imports.series import Named, Sense
from imports.surroundings import Divisions, Words, together

EXACT, SAME, LIKE = 1.0, 0.93, 0.85  # how sure a name, the same meaning, and likeness alone can be
LEAST = 0.3  # what is less likely is not worth proposing
_PEOPLE = frozenset({"person"})
_HELPLINE = frozenset({"helpline"})
_BINDING = frozenset({"from"})  # words that bind a category to what it is one of
_NONE: frozenset[str] = frozenset()


class Judged(NamedTuple):
    """One thing that a series may be, and how sure that is."""

    sense: Sense
    match: Match
    confidence: float  # 0 to 1
    name: str  # that it goes by
    rank: int  # of the name
    is_named: bool  # whether its own service is said, by its words or around them, and no other
    is_telling: bool  # whether its words alone tell its service
    doubts: tuple[Doubt, ...]
    whole: str  # of a share's count, the code of what it may be one category of; "" where of nothing

    @property
    def is_certain(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.doubts


class _Guess(NamedTuple):
    """A name that may be meant."""

    sense: Sense
    match: Match
    name: str
    said: Said  # by the name
    score: float
    rank: int = 0
    missing: frozenset[str] = _NONE


class _Split(NamedTuple):
    """A sense with the category that the words around it say, and the words that nothing explains."""

    sense: Sense
    strange: frozenset[str]
    doubts: list[Doubt]


@dataclass
class Judge:
    """Judges the series of one workbook."""

    lexicon: Lexicon
    expected: Expected | None
    divisions: Divisions
    forms: Forms = field(init=False)
    _words_of_terms: dict[str, frozenset[str]] = field(default_factory=dict)
    _counted: dict[str, frozenset[str]] = field(default_factory=dict)
    _wholes: dict[tuple[str, frozenset[str]], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.forms = forms_of(self.lexicon)
        self._lines = {line.code: line for line in self.expected.lines} if self.expected else {}

    def judge(self, one: Named, words: Words, beside: Collection[str]) -> list[Judged]:
        """What a series may be, the certain first, then the likeliest; each sense once."""
        found: dict[Sense, Judged] = {}
        for guess in self._guesses(one, words):
            if guess.missing and guess.score < LEAST:
                continue  # nothing makes such a name likelier
            judged = self._judged(guess, one, words, beside)
            if judged and judged.confidence >= LEAST:
                known = found.get(judged.sense)
                if known is None or (judged.is_certain, judged.confidence) > (known.is_certain, known.confidence):
                    found[judged.sense] = judged
        return sorted(found.values(), key=_order)

    def _guesses(self, one: Named, words: Words) -> list[_Guess]:
        """By code; else by name; and by likeness where no name explains everything."""
        if coded := self._coded(one, words):
            return [coded]
        exact = list(self._exact(words))
        wanted = words.said.words
        if any(wanted <= guess.said.words and fits(guess.sense.code, words) for guess in exact):
            # One category of a count may have the very name that is some share's count: both are possible.
            is_count = any(guess.sense.part in (Part.NUMERATOR, Part.DENOMINATOR) for guess in exact)
            return [*exact, *self._alike(words)] if is_count else exact
        return [*exact, *self._alike(words)]

    def _coded(self, one: Named, words: Words) -> _Guess | None:
        for text in (one.code, *words.own):
            match, senses = self.lexicon.senses(text) if text else (Match.NONE, ())
            if match is Match.CODE:
                return self._of_code(senses[0], words)
        return None

    def _of_code(self, sense: Sense, words: Words) -> _Guess:
        """A code, with the part that the label beside it names."""
        named = [found for text in words.names for found in self.lexicon.senses(text)[1] if found.code == sense.code]
        return _Guess(named[0] if named else sense, Match.CODE, sense.code, words.said, EXACT)

    def _exact(self, words: Words) -> Iterator[_Guess]:
        for text in words.names:
            match, senses = self.lexicon.senses(text)
            for sense in senses if match is Match.ALIAS else ():
                if not sense.category or said(sense.category).words <= said(text).words:
                    yield _Guess(sense, match, text, said(text), EXACT, self._rank(sense, text))

    def _rank(self, sense: Sense, text: str) -> int:
        """The label of a rate's count weighs less than a name: "Clients" may be the clients of anything."""
        term = self.lexicon.vocabulary.terms[sense.code]
        label = {Part.NUMERATOR: term.numerator, Part.DENOMINATOR: term.denominator}.get(sense.part, "")
        return LABEL if label and normalised(label) == normalised(text) else ALIAS

    def _alike(self, words: Words) -> Iterator[_Guess]:
        services = words.said.services | words.services_around
        for like in self.forms.alike(words.said.words, among=words.above, services=services):
            form = like.form
            same = not like.missing and not like.strange
            score = SAME if same else like.score * LIKE
            yield _Guess(form.sense, Match.LIKENESS, form.name, form.said, score, form.rank, like.missing)

    def _judged(self, guess: _Guess, one: Named, words: Words, beside: Collection[str]) -> Judged | None:
        term = self.lexicon.vocabulary.terms[guess.sense.code]
        part = part_of(guess.sense.part, term, one, words)
        if part is None:
            return None
        sense, strange, doubts = self._split(guess, term, words, beside)
        if sense.part is not part.part:
            sense = replace(sense, part=part.part)
        telling = is_telling(sense.code, guess.said.words)
        line = self._lines.get(sense.code) if guess.match is Match.LIKENESS else None
        doubts += doubts_of_figures(part, term, one, line)
        doubts += self._doubts_of_words(guess, words, strange, telling=telling)
        above = words.above - guess.said.words - self._counted_in(term)
        doubts += doubts_of_surroundings(sense.code, guess.said.words, words, telling=telling, above=above)
        is_explained = guess.match is Match.LIKENESS and not guess.missing and not strange
        confidence = SAME if is_explained else guess.score
        for doubt in doubts:
            confidence *= doubt.leaves
        named = words.said.services or words.services_around
        return Judged(
            sense,
            guess.match,
            min(confidence, LIKE) if doubts else confidence,
            guess.name,
            guess.rank,
            is_named=len(named) == 1 and family(sense.code) in named,
            is_telling=telling,
            doubts=tuple(doubts),
            whole=self._whole_of(guess),
        )

    def _split(self, guess: _Guess, term: Term, words: Words, beside: Collection[str]) -> _Split:
        """The category of a sense, by its alias, or by a label or heading beside the name."""
        strange = words.said.words - guess.said.words
        if strange:
            strange -= self._counted_in(term)
        if guess.sense.category:
            return _Split(self._with_breakdown(guess.sense, term), strange, [])
        found = _Split(guess.sense, strange, [])
        for text in words.categories:
            found = self._by_category(found, guess, term, text, beside, is_own=text in words.own)
        for text in words.categories_outside:
            if not said(text).words <= guess.said.words | self._words_of(term):
                found = self._by_category(found, guess, term, text, beside, is_own=False)
                found.doubts.append(Doubt(f"“{text}” may be one category of it", 0.9))
        for text in words.services_beside:
            found = self._by_service(found, term, text, is_part=words.is_part)
        if found.strange and found.sense.category is None:
            return self._by_adjective(found, guess, term, beside)
        return found

    def _by_category(
        self, found: _Split, guess: _Guess, term: Term, text: str, beside: Collection[str], *, is_own: bool
    ) -> _Split:
        """With the category that a text is; with a doubt where it is none of the indicator's."""
        meant = said(text).words
        if meant <= guess.said.words:
            return found
        category = self.divisions.find(term, meant, beside)
        if category and found.sense.category is None:
            sense = replace(found.sense, category=category[1], breakdown=category[0])
            if is_own and self.divisions.is_apart(category[0], term, beside):
                found.doubts.append(Doubt("what stands beside it splits it in another way", 0.95))
            return _Split(sense, found.strange - meant - _BINDING, found.doubts)
        if meant <= found.strange or not is_own:
            found.doubts.append(Doubt(f"“{text}” is a part of something", 0.6))
        return found

    def _by_service(self, found: _Split, term: Term, text: str, *, is_part: bool) -> _Split:
        """With the category that a service beside the name is: the safety plans of the refuge alone."""
        if found.sense.category or (family(term.code) in said(text).services and not is_part):
            return found
        category = self.divisions.of_service(term, text)
        if category is None:
            return _Split(*found[:2], [*found.doubts, Doubt(f"“{text}” is a part of it", 0.6)]) if is_part else found
        sense = replace(found.sense, category=category[1], breakdown=category[0])
        doubt = Doubt(f"it may be that of “{text}” alone", 0.95)
        return _Split(sense, found.strange - said(text).words, [*found.doubts, doubt])

    def _by_adjective(self, found: _Split, guess: _Guess, term: Term, beside: Collection[str]) -> _Split:
        """With the category that all strange words together are, which nobody can be sure of."""
        category = self.divisions.find(term, found.strange - _BINDING, beside)
        if category is None or self.divisions.has_category(category[0], guess.said.words):
            return found
        sense = replace(found.sense, category=category[1], breakdown=category[0])
        return _Split(sense, _NONE, [*found.doubts, Doubt(f"it may be the category “{category[1]}” of it", 0.95)])

    def _with_breakdown(self, sense: Sense, term: Term) -> Sense:
        """Of the breakdowns that have the category, the smallest: it is where the category says most."""
        breakdowns = self.lexicon.vocabulary.breakdowns
        keys = [key for key in term.breakdowns if sense.category in breakdowns.get(key, ())]
        return replace(sense, breakdown=min(keys, key=lambda key: len(breakdowns[key]))) if keys else sense

    def _counted_in(self, term: Term) -> frozenset[str]:
        """The words that a label may add, for what is counted or where: "clients", of a share of people."""
        if term.code not in self._counted:
            people = _PEOPLE & self._words_of(term) if term.count_type in RATES else _NONE
            place = _HELPLINE if is_telling(term.code, _HELPLINE) else _NONE
            self._counted[term.code] = said(term.unit).words | people | place
        return self._counted[term.code]

    def _words_of(self, term: Term) -> frozenset[str]:
        if term.code not in self._words_of_terms:
            self._words_of_terms[term.code] = together(text for _, text, _ in names(term)).words
        return self._words_of_terms[term.code]

    def _doubts_of_words(
        self, guess: _Guess, words: Words, strange: frozenset[str], *, telling: bool
    ) -> Iterator[Doubt]:
        if strange:
            explains = 1.0 if guess.match is Match.LIKENESS else self._share_explained(words, strange)
            yield Doubt(f"“{written(words.own, strange)}” is not part of that name", explains)
        is_alone = guess.match is Match.LIKENESS and len(guess.said.words) == 1
        if is_alone and not (telling or is_placed(guess.sense.code, guess.said.words, words)):
            yield Doubt("that is a single common word", 1)
        if guess.match is Match.LIKENESS and (whole := self._whole_of(guess)):
            yield Doubt(f"it may be one category of {whole}", 1)
        if guess.missing:
            yield Doubt(f"that name also says “{written((guess.name,), guess.missing)}”", 1)

    def _whole_of(self, guess: _Guess) -> str:
        """The indicator of which a share's count may be one category: of high-risk referrals, referrals. "" if none."""
        if guess.sense.part not in (Part.NUMERATOR, Part.DENOMINATOR):
            return ""
        key = guess.sense.code, guess.said.words
        if key not in self._wholes:
            self._wholes[key] = self._whole(*key)
        return self._wholes[key]

    def _whole(self, own: str, words: frozenset[str]) -> str:
        terms = self.lexicon.vocabulary.terms
        for key, category in self.divisions.within(words):
            for code in self.forms.named(words - category):
                if code != own and key in terms[code].breakdowns:
                    return code
        return ""

    def _share_explained(self, words: Words, strange: frozenset[str]) -> float:
        """How much of a label a name explains, by the weight of the words."""
        share = 1 - self.forms.weighed(strange) / self.forms.weighed(words.said.words)
        return share * (0.4 if strange & CONTRARY else 1)


def _order(judged: Judged) -> tuple[object, ...]:
    sense = judged.sense
    return -judged.is_certain, -judged.confidence, judged.rank, sense.code, sense.part
