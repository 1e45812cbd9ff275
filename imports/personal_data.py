"""What in a text could lead to a person: numbers, addresses and days that no return has any use for. V13.

Finds kinds, and never gives back what was found: a message that repeats it would spread it. Names are not looked
for. The public numbers of helplines are no personal data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from imports.reading import Observation, Severity
from imports.rules import Context, Fault, rule
from imports.sheets import Spot

_WORTH_A_LOOK = "@0123456789"  # nothing of what is looked for does without one of these
_INVISIBLE = {"Cf"}  # the category of zero-width characters and soft hyphens
NOT_REPEATED = "(not repeated here)"  # what is written in the place of what leads to a person
SHORTEST_IN_A_FIGURE = 9  # characters; a shorter figure is no telephone or health service number

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:\+|00) ?44[ -]?(?:\(0\))?[ -]?|\(?0)"
    r"(?=2[0-9]|[17][0-9]{2})[127](?:[ )-]{0,2}[0-9]){9}(?![0-9])"
)
_LOST_NOUGHT = re.compile(r"(?:44)?7[0-9]{9}")  # a mobile number that a spreadsheet took for a number
_AREAS = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|"
    "L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
_POSTCODE = re.compile(
    rf"(?<![0-9A-Za-z])(?:{_AREAS})[0-9](?:[0-9]|[A-HJKMNP-Y])? ?(?!(?-i:1st|2nd|3rd|[04-9]th)\b)"
    r"[0-9][ABD-HJLNP-UW-Z]{2}(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_INSURANCE = re.compile(
    r"(?<![0-9A-Za-z])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"(?: ?[0-9]{2}){3} ?[A-D](?![0-9A-Za-z])",
    re.IGNORECASE,
)
_HEALTH = re.compile(r"(?<![0-9])[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{4}(?![0-9])")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY = (
    r"(?:[0-9]{1,2}[/. -][0-9]{1,2}[/. -][0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})[a-z]*,? [0-9]{{2,4}}"
    rf"|(?:{_MONTHS})[a-z]* [0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{2,4}})"
)
_BIRTH = re.compile(
    rf"\b(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?date|birthday|born(?: on)?(?: the)?|b\.)"
    rf"[^0-9a-z]{{0,4}}(?:is |was )?{_DAY}",
    re.IGNORECASE,
)


def _is_health_number(text: str) -> bool:
    """Whether ten digits end with the check digit of an NHS number; CHI and H&C numbers use the same."""
    digits = [int(character) for character in text if character.isdigit()]
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return len(set(digits)) > 1 and digits[9] == (0 if check == 11 else check)


def _found(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None


KINDS: Mapping[str, Callable[[str], bool]] = {
    "an e-mail address": _found(_EMAIL),
    "a telephone number": _found(_TELEPHONE),
    "a full postcode": _found(_POSTCODE),
    "a National Insurance number": _found(_INSURANCE),
    "an NHS number": lambda text: any(_is_health_number(match) for match in _HEALTH.findall(text)),
    "a date of birth": _found(_BIRTH),
}


@lru_cache(maxsize=4096)
def _kinds(text: str) -> tuple[str, ...]:
    plain = text if text.isascii() else _plain(text)
    return tuple(kind for kind, is_in in KINDS.items() if is_in(plain))


def kinds(text: str) -> list[str]:
    """What a text seems to hold that leads to a person: "a full postcode". Empty for almost every text."""
    return list(_kinds(text)) if _is_worth_a_look(text) else []


def _is_worth_a_look(text: str) -> bool:
    return not text.isascii() or any(mark in text for mark in _WORTH_A_LOOK)


def _plain(text: str) -> str:
    """A text as it looks: one kind of letter, digit and space, and nothing that cannot be seen."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        " " if letter.isspace() else letter for letter in folded if unicodedata.category(letter) not in _INVISIBLE
    )


@rule("V13", Severity.ERROR, waivable=False, alone=True)
def personal_data(context: Context) -> Iterator[Fault]:
    """A return counts people and never leads to one: what could be used to find a survivor must not be sent.

    Looked for in comments, narrative, case studies, labels and figures: e-mail addresses, mobile and landline
    numbers (not freephone and helpline numbers), full postcodes, National Insurance and NHS numbers, and dates of
    birth; names of people are not. The message names the kind and the cell, and does not repeat what was found.
    """
    told: set[Spot] = set()
    texts = list(_texts(context))
    for spot, text in texts if _is_worth_a_look("".join(text for _, text in texts)) else ():
        if spot not in told and (found := kinds(text)):
            told.add(spot)
            yield _fault(spot, " and ".join(found))
    for seen in context.reading.observations:
        if len(seen.shown) >= SHORTEST_IN_A_FIGURE and seen.spot not in told:
            found = kinds(seen.shown) or (["a telephone number"] if _LOST_NOUGHT.fullmatch(seen.shown.strip()) else [])
            if found:
                yield _fault(seen.spot, " and ".join(found))


def _texts(context: Context) -> Iterator[tuple[Spot, str]]:
    """Every text that somebody wrote, and where: comments, passages, and names that mean nothing to the reader."""
    reading = context.reading
    known: set[tuple[str | None, str]] = set()  # names stand beside every figure of their row
    for seen in reading.observations:
        if seen.comment:
            yield Spot(seen.sheet, seen.comment_cell or seen.cell), seen.comment
        if seen.indicator is None or (seen.category and not seen.breakdown):
            names = _names(seen)
            if (seen.sheet, names) not in known:
                known.add((seen.sheet, names))
                yield seen.spot, names
    for passage in reading.passages:
        yield passage.spot, f"{passage.heading}\n{passage.text}"


def _names(seen: Observation) -> str:
    return f"{seen.label}\n{seen.category or ''}" if seen.indicator is None else seen.category or ""


def _fault(spot: Spot, found: str) -> Fault:
    message = (
        f"This cell seems to hold {found}. Take it out: a return names nobody, and nothing that leads to a person."
    )
    return Fault(message, *spot)
