"""Which passwords an attacker would try first. Pure: words in, a sentence or None out.

A long password can still be one word with a year, a keyboard row, or the name of the service.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "common_passwords.txt"
FEWEST_OWN_LETTERS = 5  # what must be left when every word an attacker would try is taken out
FEWEST_DIFFERENT = 5
LONGEST_REPEATED = 8
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
LONGEST_RUN = 4
LOOKALIKES = str.maketrans("4@31!05$7+89", "aaeiiossttbg")
SERVICE_WORDS = (
    "domestic", "abuse", "commissioning", "commissioner", "dacommission", "commission", "service", "services",
    "refuge", "safe", "accommodation", "survivor", "survivors", "support", "choices", "respect", "hub", "helpline",
    "partnership", "provider", "council", "police", "board", "north", "yorkshire", "york", "foundation", "idas",
    "summary", "return", "quarter", "contract", "administrator", "admin", "manager", "auditor", "uploader",
)  # fmt: skip
COMMON_WORDS = (
    "password", "passwort", "passphrase", "passw", "pass", "word", "welcome", "letmein", "login", "signin", "secret",
    "changeme", "change", "default", "temporary", "temp", "test", "testing", "user", "hello", "monkey", "dragon",
    "football", "baseball", "sunshine", "princess", "iloveyou", "love", "master", "superman", "batman", "liverpool",
    "arsenal", "chelsea", "england", "britain", "london", "qwerty", "qwertz", "azerty", "asdf", "zxcv", "abc", "abcd",
    "spring", "summer", "autumn", "winter", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "the", "and", "my", "is", "for", "new", "please", "me", "in", "let", "home", "work", "office",
    "computer", "internet", "account", "system", "server", "demo", "sample", "example",
)  # fmt: skip


def why_guessable(password: str, context: Iterable[str] = ()) -> str | None:
    """A sentence that says why a password would soon be guessed; None when nothing speaks against it."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    if plain in common_passwords() or re.sub(r"\W", "", plain) in common_passwords():
        return "This password is on lists that attackers use."
    if len(set(plain)) < FEWEST_DIFFERENT:
        return "This password repeats too few different characters."
    if _is_repeated(plain):
        return "This password is a few characters over and over."
    if len(_without_runs(plain)) < FEWEST_OWN_LETTERS:
        return "This password follows the alphabet, the numbers or a row of the keyboard."
    words = _words(context)
    if any(len(_without(written, words)) < FEWEST_OWN_LETTERS for written in _readings(plain)):
        return "This password is made of common words or of names that belong to this service."
    return None


@cache
def common_passwords() -> frozenset[str]:
    """The shipped list, each in small letters."""
    return frozenset(LIST.read_text(encoding="utf-8").split())


def _is_repeated(plain: str) -> bool:
    return any(
        (plain[:length] * len(plain))[: len(plain)] == plain
        for length in range(1, min(LONGEST_REPEATED, len(plain) // 2) + 1)
    )


def _without_runs(plain: str) -> str:
    """The password without stretches of at least four keys in a row, either way."""
    kept, at = [], 0
    while at < len(plain):
        length = _run_length(plain[at:])
        if length < LONGEST_RUN:
            kept.append(plain[at])
        at += length if length >= LONGEST_RUN else 1
    return "".join(kept)


def _run_length(text: str) -> int:
    rows = [row[::step] for row in ROWS for step in (1, -1)]
    length = 1
    while length < len(text) and any(text[: length + 1] in row for row in rows):
        length += 1
    return length


def _readings(plain: str) -> set[str]:
    """The letters of a password as typed, and with numbers read as the letters they look like."""
    return {re.sub(r"[^a-z]", "", text) for text in (plain, plain.translate(LOOKALIKES))} | {
        re.sub(r"[^a-z]", "", re.sub(r"[\d\W_]+$", "", plain).translate(LOOKALIKES))
    }


def _words(context: Iterable[str]) -> list[str]:
    """Every word to take out, the longest first."""
    named = {
        word
        for text in context
        for word in re.findall(r"[a-z]+", unicodedata.normalize("NFKC", text).casefold())
        if len(word) > 2
    }
    return sorted(named | set(SERVICE_WORDS) | set(COMMON_WORDS), key=lambda word: (-len(word), word))


def _without(letters: str, words: list[str]) -> str:
    for word in words:
        letters = letters.replace(word, " ")
    return letters.replace(" ", "")
