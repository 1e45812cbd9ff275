"""Faults made on purpose: processes killed, disks full, databases locked, parsers dead, people at the same instant.

`make test` runs each recipe a few times, `make faults` as often as docs/operating.md says. Nothing in the
product knows of these tests: what it does at a moment is seen from outside.
"""

from __future__ import annotations

import os


def rounds(few: int, *, of: int) -> int:
    """How often a recipe is repeated: a few times, or as often as its full count `of` when FAULT_ROUNDS is "full".

    A number in FAULT_ROUNDS is taken as it stands.
    """
    asked = os.environ.get("FAULT_ROUNDS", "")
    return of if asked == "full" else int(asked or few)


def is_full() -> bool:
    """Whether recipes run in full length too."""
    return os.environ.get("FAULT_ROUNDS") == "full"
