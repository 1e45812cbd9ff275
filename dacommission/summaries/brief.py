"""What one summary is made from, as plain values: no records, no database, nothing worked out.

`accepted` reads it; `figures` works it out; `compose` writes it up.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dacommission.indicators.measures import Count, Measure, Place
from dacommission.indicators.rating import Target
from imports.periods import Period


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """An indicator as a summary needs it."""

    measure: Measure
    definition: str
    family: str
    position: int
    core: bool
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
    targets: Mapping[tuple[uuid.UUID, str], Target]  # of the period's year
    services: tuple[tuple[str, str], ...]  # name and family of indicators
    received: frozenset[tuple[uuid.UUID, Period]]  # contract and quarter of every accepted return
    breakdowns: Mapping[str, KnownBreakdown]
    series: tuple[KnownSeries, ...]
