"""What a context series comes to: its years, as stated by the source and as computed from the quarters.

Both totals are kept. Which of them is right is for a person to find out and to write down. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dacommission.indicators.measures import WHOLE, Count, Measure, Place, Result
from dacommission.indicators.rating import change
from dacommission.indicators.results import result
from imports.periods import Period


@dataclass(frozen=True)
class Discrepancy:
    """A year whose stated total is not what its parts come to."""

    series: str
    period: Period
    stated: Decimal
    computed: Decimal
    difference: Decimal  # how far the stated total is above the computed one
    sources: tuple[int, ...] = ()
    category: str | None = None


@dataclass(frozen=True)
class Year:
    """A financial year of a series; changes are in percent of the year before, and None where unknown."""

    period: Period
    place: Place
    quarters: tuple[Result, ...]
    whole: Result
    computed_change: Decimal | None
    stated_change: Decimal | None


def years(measure: Measure, counts: Sequence[Count]) -> list[Year]:
    """Every financial year with figures, first to last, the whole before its categories."""
    places = sorted({count.place for count in counts}, key=lambda place: (place != WHOLE, str(place)))
    return [_year(measure, counts, place, period) for place in places for period in _periods(counts, place)]


def found_discrepancies(name: str, all_years: Sequence[Year]) -> list[Discrepancy]:
    """The years of the series called `name` whose stated and computed totals differ."""
    return [
        Discrepancy(
            series=name,
            period=year.period,
            stated=year.whole.stated,
            computed=year.whole.value,
            difference=year.whole.difference,
            sources=year.whole.sources,
            category=year.place[1],
        )
        for year in all_years
        if year.whole.difference and year.whole.stated is not None and year.whole.value is not None
    ]


def _periods(counts: Sequence[Count], place: Place) -> list[Period]:
    return sorted({count.period.whole_year for count in counts if count.place == place})


def _year(measure: Measure, counts: Sequence[Count], place: Place, period: Period) -> Year:
    def found(of: Period) -> Result:
        return result(measure, counts, of, breakdown=place[0], category=place[1])

    whole, before = found(period), found(period.previous())
    complete = whole.complete and before.complete
    return Year(
        period=period,
        place=place,
        quarters=tuple(found(quarter) for quarter in period.quarters),
        whole=whole,
        computed_change=change(whole.value, before.value) if complete else None,
        stated_change=change(whole.stated, before.stated),
    )
