"""What a reader must know about the figures' worth: missing returns, stated totals that do not add up.

Pure. A stated total is kept beside the computed one; nobody's mistake is guessed at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dacommission.indicators.units import UNITS
from dacommission.summaries.brief import KnownSeries
from dacommission.summaries.document import (
    Block,
    Chart,
    Figure,
    Heading,
    Notes,
    Row,
    Series,
    Table,
    figure_key,
)
from dacommission.summaries.figures import WHOLE, Figures
from imports.periods import Period

YEARS_OF_CONTEXT = 3
DISCREPANCIES = "Stated totals beside the sums of their parts"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A total as stated, and what its parts come to."""

    series: str
    period: Period
    stated: Figure
    computed: Figure

    @property
    def difference(self) -> Figure:
        """How far the stated total is above the computed one."""
        stated, computed = self.stated.value, self.computed.value
        found = None if stated is None or computed is None else stated - computed
        text = "" if found is None else UNITS[self.computed.unit].text(found, self.computed.decimals)
        return Figure(
            figure_key(self.computed.indicator, self.period.key, "difference", category=self.series, breakdown="of"),
            self.computed.indicator,
            "difference",
            period=self.period.key,
            value=found,
            text=text,
            unit=self.computed.unit,
            status="reported",
            kind="derived",
            decimals=self.computed.decimals,
            sources=(*self.stated.sources, *self.computed.sources),
            of=(self.stated, self.computed),
        )


def found_discrepancies(figures: Figures) -> Iterator[Discrepancy]:
    """Every stated total that its parts do not make, in the returns, their breakdowns and the context."""
    period = figures.known.period
    for code in figures.codes():
        found = figures.result(code, period)
        if found.difference:
            yield Discrepancy(figures.measure(code).name, period, figures.stated(found), figures.figure(code, period))
        yield from _breakdowns_that_differ(figures, code, period)
    for series in figures.known.series:
        for year in _years_of(series, period):
            shown, found = figures.of_series(series, year)
            if found.difference:
                yield Discrepancy(series.name, year, figures.stated(found), shown)


def _breakdowns_that_differ(figures: Figures, code: str, period: Period) -> Iterator[Discrepancy]:
    measure, whole = figures.measure(code), figures.figure(code, period)
    for key in figures.breakdowns(code):
        known = figures.known.breakdowns.get(key)
        if measure.count_type in "RMQ" or (known and known.overlapping):
            continue
        parts = [figures.figure(code, period, (key, name)) for name in figures.categories(code, key)]
        values = [part.value for part in parts if part.value is not None]
        if whole.value is None or len(values) < len(parts) or sum(values) == whole.value:
            continue
        computed = Figure(
            figure_key(code, period.key, "sum", breakdown=key, category="all"),
            code,
            "sum",
            period=period.key,
            value=sum(values, start=values[0] * 0),
            text=UNITS[measure.unit].text(sum(values)),
            unit=measure.unit,
            status="reported",
            sources=tuple(source for part in parts for source in part.sources),
            name=f"{measure.name}, sum of the categories",
            kind="derived",
            whole_only=whole.whole_only,
            of=tuple(parts),
        )
        name = known.name if known else key
        yield Discrepancy(f"{measure.name} by {name[0].lower()}{name[1:]}", period, whole, computed)


def discrepancies(figures: Figures) -> Iterator[Block]:
    """The table of stated totals that do not add up; nothing when all do."""
    found = list(found_discrepancies(figures))
    if not found:
        return
    yield Heading("Totals that do not add up")
    rows = tuple(
        Row(f"{each.series}, {each.period.label}", (each.stated, each.computed, each.difference)) for each in found
    )
    yield Table(
        DISCREPANCIES,
        ("Total", "As stated", "Sum of its parts", "Difference"),
        rows,
        ("Both are kept until somebody finds out which is right.",),
    )


def context(figures: Figures) -> Iterator[Block]:
    """What partners count, quarter by quarter beside the years before. Never divided by the services' figures."""
    for series in figures.known.series:
        years = _years_of(series, figures.known.period)
        if not years:
            continue
        yield Heading(series.name)
        columns = [[figures.of_series(series, part)[0] for part in year.quarters] for year in years]
        quarters = [f"Q{number}" for number in (1, 2, 3, 4)]
        rows = [Row(name, tuple(column[place] for column in columns)) for place, name in enumerate(quarters)]
        results = [figures.of_series(series, year) for year in years]
        rows.append(Row("Sum of the quarters", tuple(shown for shown, _ in results)))
        if any(found.stated is not None for _, found in results):
            rows.append(Row("Total as stated", tuple(figures.stated(found) for _, found in results)))
        labels = tuple(year.label for year in years)
        yield Table(f"{series.name} by quarter", ("Quarter", *labels), tuple(rows), _about(series))
        drawn = tuple(Series(label, tuple(column)) for label, column in zip(labels, columns, strict=True))
        unit = UNITS[figures.measure(series.code).unit].name
        yield Chart(f"{series.name} by quarter", tuple(quarters), drawn, shape="lines", unit=unit)


def _about(series: KnownSeries) -> tuple[str, ...]:
    said = (f"Source: {series.source}.", f"Area: {series.scope}.", series.resolution)
    return tuple(sentence.replace("..", ".") for sentence in said if sentence)


def _years_of(series: KnownSeries, period: Period) -> list[Period]:
    known = {count.period.year for count in series.counts}
    return [Period.financial_year(y) for y in range(period.year - YEARS_OF_CONTEXT + 1, period.year + 1) if y in known]


def notes_on_quality(figures: Figures, today: date) -> Iterator[Block]:
    """Which returns are missing and which totals are therefore incomplete."""
    items = [*_missing_returns(figures, today), *_incomplete(figures)]
    yield Notes("How complete the figures are", tuple(items) or ("Every return that was due has been accepted.",))


def _missing_returns(figures: Figures, today: date) -> Iterator[str]:
    period = figures.known.period
    for key, contract in figures.known.contracts.items():
        for quarter in period.quarters:
            due = contract.starts_on <= quarter.end and quarter.start <= contract.ends_on and quarter.end < today
            if due and (key, quarter) not in figures.known.received:
                yield f"{contract.provider} ({contract.reference}): no return has been accepted for {quarter.label}."


def _incomplete(figures: Figures) -> Iterator[str]:
    period = figures.known.period
    for code in figures.codes():
        shown = figures.figure(code, period, WHOLE)
        if shown.coverage:
            yield f"{figures.measure(code).name} ({code}) is incomplete: {shown.coverage}."
