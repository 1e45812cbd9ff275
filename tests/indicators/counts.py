"""Makers of counts as results see them; each test says only what it cares about."""

from __future__ import annotations

from decimal import Decimal

from dacommission.indicators.catalogue import load
from dacommission.indicators.measures import Count, Measure
from imports.periods import Period
from imports.reading import Basis, Part, Status

YEAR = Period.from_key("2022")


def measure(code: str) -> Measure:
    entry = load().find(code)
    assert entry is not None
    return entry.measure


def period(key: str) -> Period:
    return Period.from_key(key)


def count(
    code: str,
    key: str,
    value: str | int | None,
    *,
    part: Part = Part.VALUE,
    basis: Basis = Basis.PERIOD,
    status: Status | None = None,
    breakdown: str | None = None,
    category: str | None = None,
    source: int = 0,
) -> Count:
    """A count; without a value it is missing unless it says otherwise."""
    said = status or (Status.MISSING if value is None else Status.REPORTED)
    number = None if value is None else Decimal(value)
    return Count(source, code, part, breakdown, category, Period.from_key(key), basis, number, said)


def quarters(
    code: str,
    *values: str | int | None,
    part: Part = Part.VALUE,
    basis: Basis = Basis.PERIOD,
    year: int = 2022,
    breakdown: str | None = None,
    category: str | None = None,
) -> list[Count]:
    """Counts of quarters 1, 2, 3 … of a year. Their sources are 1, 2, 3 …"""
    return [
        count(
            code,
            f"{year}-Q{number}",
            value,
            part=part,
            basis=basis,
            breakdown=breakdown,
            category=category,
            source=number,
        )
        for number, value in enumerate(values, start=1)
    ]


def cumulative(code: str, *values: str | int | None, year: int = 2022) -> list[Count]:
    """Counts since 1 April, quarter by quarter."""
    return quarters(code, *values, basis=Basis.YEAR_TO_DATE, year=year)


def rates(code: str, *pairs: tuple[int | None, int | None], year: int = 2022) -> list[Count]:
    """Numerators and denominators, quarter by quarter."""
    return [
        *quarters(code, *(above for above, _ in pairs), part=Part.NUMERATOR, year=year),
        *quarters(code, *(below for _, below in pairs), part=Part.DENOMINATOR, year=year),
    ]
