"""Figures in words: a value with its text, or the symbol that says why there is none; a change; a refusal.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dacommission.indicators import rating
from dacommission.indicators.measures import Measure, Result
from dacommission.indicators.units import UNITS
from dacommission.summaries.document import NOT_APPLICABLE, NOT_AVAILABLE, WITHHELD, Figure
from imports.reading import Basis, Status

SYMBOLS: dict[str, str] = {Status.NOT_APPLICABLE: NOT_APPLICABLE, Status.SUPPRESSED: WITHHELD}


def worded(key: str, value: Decimal | None, measure: Measure, *, status: str, **more: object) -> Figure:
    """A figure with its text, or with the symbol that says why there is none."""
    text = UNITS[measure.unit].text(value, measure.decimals) if value is not None else ""
    return Figure(
        key=key,
        value=value,
        text=text or SYMBOLS.get(status, NOT_AVAILABLE),
        unit=measure.unit,
        status=str(status),
        decimals=measure.decimals,
        **more,  # type: ignore[arg-type]
    )


def not_added(parts: Sequence[Result], why: str) -> Result:
    first = parts[0]
    return Result(
        indicator=first.indicator,
        period=first.period,
        category=first.category,
        value=None,
        numerator=None,
        denominator=None,
        reported=0,
        due=len(parts),
        status=Status.NOT_APPLICABLE,
        stated=None,
        sources=tuple(source for part in parts for source in part.sources),
        breakdown=first.breakdown,
        basis=Basis.PERIOD,
        note=why,
    )


def how_far(measure: Measure, now: Decimal | None, before: Decimal | None) -> str:
    """ " (+4.1%)", or " (+2 points)" between percentages; nothing where nothing changed."""
    words = "" if now == before else rating.moved(measure, now, before)
    return f" ({words})" if words and words != "no change" else ""
