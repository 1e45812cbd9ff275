"""Whether a stated total agrees with its parts, allowing for rounding in what was published.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from imports.periods import Period


def agrees(stated: Decimal, parts: Sequence[Decimal], *, rounded_to: Decimal = Decimal(1)) -> bool:
    """Whether the parts can sum to the stated total when each was rounded to a multiple.

    Whole counts (rounded to 1) must sum exactly; parts rounded to 10 may each be out by 5.
    """
    difference = abs(stated - sum(parts, Decimal(0)))
    return difference == 0 if rounded_to <= 1 else difference <= len(parts) * rounded_to / 2


def nights(units: Decimal, period: Period) -> Decimal:
    """The most nights that so many units can offer in the period: 42 units in 91 days are 3,822."""
    return units * period.days
