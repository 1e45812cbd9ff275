"""Which indicators the rows and columns of a provider's own workbook are, all of them together.

One series is never judged alone: two that claim the same figure are both doubtful. What is certain is accepted,
what is likely is proposed, and the rest is asked. Never guesses in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from imports.judging import Judge, Judged
from imports.matching import CERTAIN, Lexicon
from imports.reading import Basis, Expected, Match
from imports.series import Candidate, Named, Sense
from imports.surroundings import Words, divisions_of, siblings, words_of
from imports.weighing import (
    Case,
    choose,
    doubt_lone_counts,
    doubt_split,
    keep_apart,
    likelihood,
    prefer_service,
    rounded,
    support,
)

MOST_CANDIDATES = 5
LIKELY = Decimal("0.5")  # from here on a candidate is proposed


@dataclass(frozen=True, slots=True)
class Naming:
    """What a series was taken to be; `sense` is None unless that is certain."""

    sense: Sense | None
    match: Match
    confidence: Decimal  # of `sense`, or of the likeliest candidate; 0 without one
    candidates: tuple[Candidate, ...] = ()  # the likeliest first
    why: str = ""  # a sentence

    @property
    def likely(self) -> Sense | None:
        """What a series likely is, where nobody can be certain."""
        return next((one.sense for one in self.candidates if one.confidence >= LIKELY), None)


UNNAMED = Naming(None, Match.NONE, Decimal(0), why="It is not like the name of any indicator.")


def confirmed(sense: Sense | None) -> Naming:
    """What somebody said that a series is; None: it is not for this return."""
    return Naming(sense, Match.PROFILE, CERTAIN, why="Somebody has confirmed this for this provider’s workbook.")


def named(
    series: Sequence[Named], lexicon: Lexicon, expected: Expected | None = None, taken: Collection[Sense] = ()
) -> list[Naming]:
    """What each series is, in their order. `taken` is what somebody has said of others in the same workbook."""
    divisions = divisions_of(lexicon)
    judge = Judge(lexicon, expected, divisions)
    owed = frozenset(line.code for line in expected.lines) if expected else frozenset()
    cases = []
    for one, beside in zip(series, siblings(series, divisions), strict=True):
        words = words_of(one, divisions)
        cases.append(Case(one, words, judge.judge(one, words, beside)))
    for case in cases:
        choose(case)
    support(cases, owed)
    doubt_split(cases)
    doubt_lone_counts(cases)
    keep_apart(cases, taken)
    prefer_service(cases)
    return [_naming(case, lexicon) for case in cases]


def _naming(case: Case, lexicon: Lexicon) -> Naming:
    if case.chosen:
        chosen = case.chosen
        sense = _with_basis(chosen.sense, case.words)
        why = _why(chosen, lexicon)
        return Naming(sense, chosen.match, rounded(chosen.confidence), (), why)
    candidates = _candidates(case)
    if not candidates:
        return UNNAMED
    first = candidates[0]
    return Naming(None, Match.NONE, first.confidence, tuple(candidates), _why_unsure(case, lexicon))


def _candidates(case: Case) -> list[Candidate]:
    """What a series may be, the likeliest first, none of it certain."""
    shown = sorted(case.found, key=likelihood, reverse=True)[:MOST_CANDIDATES]
    return [Candidate(_with_basis(judged.sense, case.words), likelihood(judged)) for judged in shown]


def _with_basis(sense: Sense, words: Words) -> Sense:
    return replace(sense, basis=Basis.YEAR_TO_DATE) if words.is_so_far and sense.basis is None else sense


def _called(judged: Judged, lexicon: Lexicon) -> str:
    return f"{judged.sense.code} {lexicon.vocabulary.terms[judged.sense.code].name}"


def _why(chosen: Judged, lexicon: Lexicon) -> str:
    called = _called(chosen, lexicon)
    split = f", and “{chosen.sense.category}” is one of its categories" if chosen.sense.category else ""
    if chosen.match is Match.CODE:
        return f"The code stands beside it: {called}{split}."
    if chosen.match is Match.ALIAS:
        around = "" if chosen.is_telling else ", by what stands around it"
        return f"The label is a name of {called}{around}{split}."
    return f"The label means the same as “{chosen.name}”, a name of {called}{split}."


def _why_unsure(case: Case, lexicon: Lexicon) -> str:
    first = max(case.found, key=likelihood)
    reason = case.doubt or (first.doubts[0].told if first.doubts else "its words are only alike")
    return f"It is most like {_called(first, lexicon)}, but {reason}."
