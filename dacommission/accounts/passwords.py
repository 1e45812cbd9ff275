"""Passwords: how they are kept, how they are checked, and which are refused.

Only an Argon2id digest is stored. Nothing is cut short, and nothing is sent anywhere to be checked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from dacommission.accounts.guessable import why_guessable

SHORTEST = 12  # characters
LONGEST = 1024  # bytes; longer ones are refused before any work is done on them
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# The digest of a password nobody has, so that an unknown account takes as long to refuse as a known one.
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$bWF6eSBwYWxlIGZpZWxkcw$Y2FyZWZ1bGx5IG5vdCBhbnlib2R5J3MgcGFzc3dvcmQ"
_AT_ONCE = BoundedSemaphore(4)  # each takes 19 MiB: a crowd of sign-ins waits its turn


class PasswordRefused(Exception):
    """The password cannot be used; the message says why and what to choose instead."""


def check_new(password: str, *, context: Iterable[str] = ()) -> None:
    """Raises PasswordRefused when a password is too short, too long or easily guessed.

    `context` are words an attacker would try first: the person's and the organisations' names.
    """
    if len(password) < SHORTEST:
        raise PasswordRefused(
            f"The password has {len(password)} characters. Choose one of at least {SHORTEST}; "
            "three or four unrelated words are easy to remember."
        )
    if len(_bytes(password)) > LONGEST:
        raise PasswordRefused(f"The password is longer than {LONGEST} bytes. Choose a shorter one.")
    reason = why_guessable(password, context)
    if reason:
        raise PasswordRefused(f"{reason} Choose three or four unrelated words instead.")


def hashed(password: str) -> str:
    """What is stored of a password."""
    with _AT_ONCE:
        return HASHER.hash(_bytes(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the one whose digest is stored; always as slow as if there were one."""
    typed = _bytes(password)
    if len(typed) > LONGEST:
        stored, typed = None, b""
    with _AT_ONCE:
        try:
            HASHER.verify(stored or NOBODYS, typed)
        except (VerifyMismatchError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether a digest was made with other costs than today's, and should be made again."""
    return HASHER.check_needs_rehash(stored)


def _bytes(password: str) -> bytes:
    # The same letters typed on two keyboards may come as different code points.
    return unicodedata.normalize("NFKC", password).encode()
