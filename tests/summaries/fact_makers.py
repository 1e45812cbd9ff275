"""Facts to make a summary from, without a database: two contracts, A of IDAS and B of Foundation."""

import json
import uuid
from datetime import date
from decimal import Decimal

from dacommission.indicators.catalogue import load
from dacommission.summaries.brief import Facts, brief_of
from dacommission.summaries.figures import Figures
from imports.periods import Period

A, B = uuid.UUID(int=1), uuid.UUID(int=2)
SERIES = uuid.UUID(int=9)


def figures(*observations, **more):
    """Figures of 2022/23; each observation is (contract, code, quarter, value) and what is unusual about it."""
    return Figures(brief_of(facts(*observations, **more)))


def facts(*observations, period="2022", kpis=(), services=(), series=(), resolution="", contracts=(A, B)):
    rows = tuple(_row(number, *given) for number, given in enumerate(observations, 1))
    return Facts(
        arrangement="Joint arrangement",
        period=Period.from_key(period),
        observations=rows,
        indicators=tuple(_indicators()),
        contracts=tuple(row for row in _contracts() if row[0] in contracts),
        kpis=tuple(kpis),
        services=tuple(services),
        received=tuple(sorted({(row[0], row[2]) for row in rows if row[1] == Period.from_key(period).year})),
        categories=(("area", "Area", False, "York"), ("area", "Area", False, "Selby"), ("x", "Trait", True, "One")),
        series=((SERIES, "Crimes", "CTX-01", "Police", "North Yorkshire", resolution),) if series else (),
        of_series=tuple((SERIES, *_row(number, A, "CTX-01", *given)[3:]) for number, given in enumerate(series, 900)),
    )


def kpi(contract, code, target, tolerance=None):
    return contract, code, None if target is None else Decimal(target), tolerance, None, None, 10


def _row(number, contract, code, quarter, value, part="value", breakdown=None, category=None, year=2022, basis=None):
    """`quarter` is 1 to 4, or a period's key."""
    period = Period.quarter(year, quarter) if isinstance(quarter, int) else Period.from_key(quarter)
    counted = load().find(code).measure.count_type
    exact = None if value is None else Decimal(value)
    return (
        *(contract, period.year, period.number if period.kind == "quarter" else 4, number, code, part),
        *(breakdown, category, period.start, period.end, basis or ("ytd" if counted == "Y" else "period"), exact),
        "missing" if value is None else "reported",
    )


def _indicators():
    for position, entry in enumerate(load().indicators, 1):
        m = entry.measure
        yield (
            *(m.code, m.name, m.unit, m.count_type, m.direction, m.decimals, m.numerator_label, m.denominator_label),
            *(m.numerator_indicator, m.denominator_indicator, m.year_value, entry.family, position),
            json.dumps(entry.breakdowns),
        )


def _contracts():
    yield A, "DA-1", "IDAS", date(2019, 4, 1), date(2024, 3, 31)
    yield B, "DA-2", "Foundation", date(2019, 4, 1), date(2024, 3, 31)


def year(contract, code, *counts, of=2022):
    """One observation for each of the four quarters."""
    return [(contract, code, quarter, n, "value", None, None, of) for quarter, n in enumerate(counts, 1)]
