"""Provider workbooks in many layouts and in other words, with the truth of every figure. The same every time."""

from __future__ import annotations

from functools import cache

from tests.trials import (
    layouts_more,
    layouts_odd,
    layouts_parts,
    layouts_periods,
    layouts_unseen,
    layouts_unseen_parts,
    layouts_unseen_traps,
    layouts_unseen_wide,
    layouts_unseen_words,
    layouts_words,
)
from tests.trials.building import LAYOUTS
from tests.trials.sheets import Trial

KINDS = (
    layouts_odd,
    layouts_parts,
    layouts_periods,
    layouts_more,
    layouts_words,
    layouts_unseen,
    layouts_unseen_parts,
    layouts_unseen_traps,
    layouts_unseen_wide,
    layouts_unseen_words,
)  # each adds its own on import


@cache
def trials() -> tuple[Trial, ...]:
    """Every layout once, in a fixed order."""
    return tuple(LAYOUTS[name]() for name in sorted(LAYOUTS))
