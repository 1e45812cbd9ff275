"""What a label, a heading or a title says, whatever words it says it in: the meanings of its words.

Knows the words of the field and no indicator. Two texts with the same meanings may still be written differently;
what follows from that is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from imports.cells import tidy
from imports.field_words import NEAR, NOISE, SAME, SHARE
from imports.matching import normalised

MOST_WORDS = 40  # of a label; a longer text is no name

_NUMBERED = re.compile(r"^\s*(?:kpi\s*)?\d{1,3}(?:\.\d{1,2})*[a-z]?[.):]+\s*(?=\D)|^\s*\d{1,2}\.\d{1,2}[a-z]?\s+", re.I)
_NUMBER_OF = re.compile(r"\bno\.?\s+of\b|\bno\.\s", re.I)
_COUNTS = {"two": 2, "three": 3, "five": 5, "six": 6, "seven": 7, "ten": 10, "twelve": 12, "one": 1, "four": 4}
_SPAN = re.compile(rf"\b(\d+|{'|'.join(_COUNTS)}) ?(working days?|hours?|hrs?|days?|weeks?|months?|years?)\b")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PERIOD = re.compile(
    r"q[1-4]|h[12]|fy|(?:19|20)\d\d|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WHEN = frozenset({"quarter", "month", "year", "qtr", "ytd", "to"})
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text means."""

    words: frozenset[str] = frozenset()  # meanings, without services
    services: frozenset[str] = frozenset()  # "SA"
    share: bool = False  # whether it says that it is a percentage


def singular(word: str) -> str:
    """ "families" → "family"; close enough for words of labels."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    is_plural = len(word) > 2 and word.endswith("s") and word[-2] not in "sui" and word not in NOISE
    return word[:-1] if is_plural else word


def _meanings() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """By a phrase's first word: the phrases, the longest first, and what each means."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for line in SAME.strip().splitlines():
        meaning, _, phrases = line.partition(": ")
        for phrase in phrases.split(", "):
            words = tuple(singular(word) for word in phrase.split())
            found.setdefault(words[0], []).append((words, tuple(meaning.split())))
    for phrases_of in found.values():
        phrases_of.sort(key=lambda known: -len(known[0]))
    return found


_MEANINGS = _meanings()


def _near() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in NEAR.strip().splitlines():
        alike = frozenset(line.split())
        for word in alike:
            found[word] = found.get(word, frozenset()) | alike
    return found


ALIKE = _near()


def unnumbered(text: str) -> str:
    """A label without the number that stands in front of it: "3. Plans reviewed" → "Plans reviewed"."""
    return _NUMBERED.sub("", text) if text[:1].isdigit() or text[:3].casefold() == "kpi" else text


@lru_cache(maxsize=16384)
def said(text: str) -> Said:
    """What a label, heading or title means, without the periods and numbers in it."""
    if not text:
        return Said()
    folded = _SPAN.sub(_span, normalised(_NUMBER_OF.sub("number ", unnumbered(tidy(text)))))
    words = [singular(word) for word in folded.split()[:MOST_WORDS]]
    meant: list[str] = []
    position = 0
    while position < len(words):
        length, meanings = _phrase(words, position)
        meant += meanings
        position += length
    return Said(
        frozenset(word for word in meant if word[0] not in "@." and word not in SHARE),
        frozenset(word[1:] for word in meant if word[0] == "@"),
        not SHARE.isdisjoint(meant),
    )


@lru_cache(maxsize=4096)
def written(texts: tuple[str, ...], meant: frozenset[str]) -> str:
    """The words of some texts that mean one of several meanings, as they are written there: "clients, taken"."""
    words = [word for text in texts for word in _WORD.findall(text) if not said(word).words.isdisjoint(meant)]
    return ", ".join(dict.fromkeys(words)) or ", ".join(sorted(meant))


def _span(match: re.Match[str]) -> str:
    number = _COUNTS.get(match[1], match[1])
    unit = "day" if "day" in match[2] else singular(match[2])[0]
    return f"{number}{unit}"


def _phrase(words: list[str], position: int) -> tuple[int, tuple[str, ...]]:
    """How many words belong together from a position on, and what they mean."""
    word = words[position]
    for phrase, meanings in _MEANINGS.get(word, ()):
        if len(phrase) == 1 or tuple(words[position : position + len(phrase)]) == phrase:
            return len(phrase), meanings
    if word in SHARE:
        return 1, (word,)
    if word in NOISE or _PERIOD.fullmatch(word) or _is_years_end(words, position):
        return 1, ()
    return 1, (word,)


def _is_years_end(words: list[str], position: int) -> bool:
    """Whether a number is the second half of a financial year: the 23 of 2022 23."""
    word = words[position]
    return word.isdigit() and len(word) == 2 and position > 0 and _YEAR.fullmatch(words[position - 1]) is not None


def without_periods(text: str) -> str:
    """A title or a sheet's name, normalised, without the words that say when."""
    words = normalised(text).split()
    return " ".join(word for word in words if not (word.isdigit() or _PERIOD.fullmatch(word) or word in _WHEN))
