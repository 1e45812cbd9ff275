"""What speaks against a name where it stands: words of other services around it, and words that say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from imports.field_words import CONTRARY, EVERYWHERE, NEUTRAL
from imports.likeness import is_telling
from imports.matching import family
from imports.surroundings import Words

_ENOUGH = frozenset({"referral", "family", "parent", "young", "household", "adult", "child"})


class Doubt(NamedTuple):
    """What speaks against a sense: the end of a sentence, after "but", and how much of the confidence it leaves."""

    told: str
    leaves: float


def fits(code: str, words: Words) -> bool:
    """Whether what stands around a name speaks of no other service."""
    service = family(code)
    return not words.services_around or service in words.services_around or service in EVERYWHERE


def is_placed(code: str, meant: frozenset[str], words: Words) -> bool:
    """Whether the single word of a name is enough, as its service is said: "Referrals" beneath "Refuge"."""
    service = family(code)
    return service in words.said.services or (meant <= _ENOUGH and words.services_around == {service})


def doubts_of_surroundings(
    code: str, meant: frozenset[str], words: Words, *, telling: bool, above: frozenset[str]
) -> Iterator[Doubt]:
    """Of a name that means some words; `above` are the words of sections that nothing explains.

    `telling`: whether the name itself is of one service alone.
    """
    if above & CONTRARY:
        yield Doubt("it stands under words that say otherwise", 0.4)
    elif not telling and any(not is_telling(code, (word,)) for word in above - NEUTRAL):
        yield Doubt(f"it stands under “{', '.join(words.sections)}”", 0.9)
    if (words.outside & CONTRARY) - meant:
        yield Doubt("its sheet or title says otherwise", 0.5)
    own, around, service = words.said.services, words.services_around, family(code)
    if service in EVERYWHERE:
        return
    if own and service not in own:
        yield Doubt("its words speak of another service", 0.4)
    elif around and service not in around:
        yield Doubt("what stands around it speaks of another service", 0.8 if own or telling else 0.4)
    elif len(own) > 1:
        yield Doubt("its words speak of several services", 0.8)
