"""Which indicators the rows and columns of a provider's own workbook are, all of them together.

One series is never judged alone: two that claim the same figure are both doubtful. What is certain is accepted,
what is likely is proposed, and the rest is asked. Never guesses in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from imports.matching import Around, Lexicon
from imports.reading import Expected, Match
from imports.series import Candidate, Named, Sense


@dataclass(frozen=True, slots=True)
class Naming:
    """What a series was taken to be; `sense` is None unless that is certain."""

    sense: Sense | None
    match: Match
    confidence: Decimal  # of `sense`, or of the likeliest candidate; 0 without one
    candidates: tuple[Candidate, ...] = ()  # the likeliest first
    why: str = ""  # a sentence


def named(series: Sequence[Named], lexicon: Lexicon, expected: Expected | None = None) -> list[Naming]:
    """What each series is, in their order."""
    owed = frozenset(line.code for line in expected.lines) if expected else frozenset()
    found = (lexicon.match(one.code or (*one.column, *one.row, one.title)[0], Around(owed)) for one in series)
    return [Naming(one.sense, one.match, one.confidence) for one in found]
