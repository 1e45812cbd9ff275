"""What one summary is made from, in the words of results.

Pure. `Facts` are rows as the database gave them and stand for themselves: the same facts always make the same
summary, so that what was worked out from them can be kept as long as they are the same. `figures` works a brief
out, `compose` writes it up.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from dacommission.indicators.measures import Count, Measure, Place
from dacommission.indicators.models import ContractKpi, Indicator
from dacommission.indicators.rating import Target
from dacommission.indicators.store import measure_of
from dacommission.returns.targets import target_of
from imports.periods import Period
from imports.reading import Basis, Part, Status

SAFE_ACCOMMODATION = "safe-accommodation"
KEPT_WHOLE_BY = '"accommodation-type"'  # indicators with this breakdown tell of safe accommodation
Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of the database; the columns are those of the queries in `accepted`."""

    arrangement: str
    period: Period
    observations: Rows
    indicators: Rows
    contracts: Rows
    kpis: Rows
    services: Rows
    received: Rows
    categories: Rows
    series: Rows
    of_series: Rows


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """An indicator as a summary needs it."""

    measure: Measure
    family: str
    position: int
    whole_only: bool  # never released for less than the whole partnership


@dataclass(frozen=True, slots=True)
class KnownContract:
    reference: str
    provider: str  # its short name
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class KnownBreakdown:
    name: str
    overlapping: bool  # one person may be in several categories
    categories: tuple[str, ...]  # in their own order


@dataclass(frozen=True, slots=True)
class KnownSeries:
    """A partner's figures that stand beside the returns."""

    name: str
    code: str
    source: str
    scope: str
    resolution: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a summary of an arrangement for a period is made from."""

    arrangement: str
    period: Period
    counts: Mapping[tuple[uuid.UUID, str, int, Place], tuple[Count, ...]]  # by contract, code, year and place
    indicators: Mapping[str, KnownIndicator]
    contracts: Mapping[uuid.UUID, KnownContract]
    targets: Mapping[tuple[uuid.UUID, str], Target]  # for the period
    services: tuple[tuple[str, str], ...]  # name and family of indicators
    received: frozenset[tuple[uuid.UUID, Period]]  # contract and quarter of every accepted return
    breakdowns: Mapping[str, KnownBreakdown]
    series: tuple[KnownSeries, ...]


def brief_of(facts: Facts) -> Brief:
    """The same facts in the words of results."""
    indicators = _indicators(facts)
    return Brief(
        arrangement=facts.arrangement,
        period=facts.period,
        counts=_counts(facts.observations),
        indicators=indicators,
        contracts={key: KnownContract(*rest) for key, *rest in facts.contracts},
        targets=_targets(facts, indicators),
        services=tuple((name, family) for name, family, _ in facts.services),
        received=frozenset((key, Period.quarter(facts.period.year, quarter)) for key, quarter in facts.received),
        breakdowns=_breakdowns(facts.categories),
        series=_series(facts),
    )


class _Row(NamedTuple):
    """An indicator's row, its columns named as those of its record."""

    code: str
    name: str
    unit: str
    count_type: str
    direction: str
    decimals: int
    numerator_label: str
    denominator_label: str
    numerator_indicator: str
    denominator_indicator: str
    year_value: str


class _KpiRow(NamedTuple):
    target: Any
    tolerance: Any
    range_low: Any
    range_high: Any
    minimum_denominator: int


@lru_cache(maxsize=1024)
def _measure(row: tuple[Any, ...]) -> Measure:
    return measure_of(cast(Indicator, _Row(*row)))


def _indicators(facts: Facts) -> dict[str, KnownIndicator]:
    safe = {family for _, family, kind in facts.services if kind == SAFE_ACCOMMODATION}
    return {
        row[0]: KnownIndicator(_measure(row), family, position, family in safe or KEPT_WHOLE_BY in breakdowns)
        for *fields, family, position, breakdowns in facts.indicators
        for row in (tuple(fields),)
    }


def _targets(facts: Facts, indicators: Mapping[str, KnownIndicator]) -> dict[tuple[uuid.UUID, str], Target]:
    found = {}
    for contract_id, code, *rest in facts.kpis:
        kpi = cast(ContractKpi, _KpiRow(*rest))
        target = target_of(kpi, indicators[code].measure, facts.period)
        if target is not None:
            found[contract_id, code] = target
    return found


def _counts(rows: Rows) -> dict[tuple[uuid.UUID, str, int, Place], tuple[Count, ...]]:
    found: dict[tuple[uuid.UUID, str, int, Place], list[Count]] = {}
    for contract_id, year, quarter, *fields in rows:
        count = _count(fields)
        if _belongs(count, year, quarter):
            place = (count.breakdown, count.category)
            found.setdefault((contract_id, count.indicator, year, place), []).append(count)
    return {key: tuple(counts) for key, counts in found.items()}


def _belongs(count: Count, year: int, quarter: int) -> bool:
    """Whether a figure is about its return's quarter, or is a total of its year: see `returns.accepted`."""
    whole = _quarter(year, quarter)
    if count.period.end == whole.end or whole.contains(count.period):
        return True
    return count.basis is Basis.TOTAL and count.period.year == year


_quarter = cache(Period.quarter)
_period = cache(Period)
_PARTS, _BASES, _STATUSES = ({str(word): word for word in words} for words in (Part, Basis, Status))


def _count(fields: Iterable[Any]) -> Count:
    source, code, part, breakdown, category, start, end, basis, value, status = fields
    said: Any = _PARTS[part], _BASES[basis], _STATUSES[status]
    return Count(source, code, said[0], breakdown, category, _period(start, end), said[1], value, said[2])


def _breakdowns(rows: Rows) -> dict[str, KnownBreakdown]:
    categories: dict[tuple[str, str, bool], list[str]] = {}
    for key, name, overlapping, category in rows:
        categories.setdefault((key, name, overlapping), []).append(category)
    return {
        key: KnownBreakdown(name, overlapping, tuple(found)) for (key, name, overlapping), found in categories.items()
    }


def _series(facts: Facts) -> tuple[KnownSeries, ...]:
    counts: dict[uuid.UUID, list[Count]] = {}
    for key, *fields in facts.of_series:
        counts.setdefault(key, []).append(_count(fields))
    return tuple(
        KnownSeries(name, code, source, scope, resolution, tuple(counts[key]))
        for key, name, code, source, scope, resolution in facts.series
        if key in counts
    )
