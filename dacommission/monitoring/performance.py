"""How a contract is doing: its KPIs by quarter and for the year, each rated, with its direction of travel.

Works on accepted returns only. What figures come to is decided in `dacommission.indicators`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dacommission.commissioning.models import Contract
from dacommission.indicators.measures import Count, Measure, Result
from dacommission.indicators.models import ContractKpi
from dacommission.indicators.rating import Rating, Travel, rate, travel
from dacommission.indicators.results import result
from dacommission.indicators.store import kpis_of, measure_of
from dacommission.indicators.units import text
from dacommission.returns import accepted
from dacommission.returns.succession import Predecessor
from dacommission.returns.targets import target_of
from dacommission.returns.words import counts_words, result_words, since_words
from imports.periods import Period


@dataclass(frozen=True)
class Standing:
    """A KPI for one period, in words."""

    period: Period
    words: str
    counts: str  # "1,903 of 2,398" behind a rate
    since: str  # "since 1 April" where a quarter's figure counts from there
    note: str  # what the source says the total is, where that differs
    rating: Rating
    since_last: Travel  # against the period before
    since_last_year: Travel
    reported: bool


@dataclass(frozen=True)
class KpiRow:
    code: str
    name: str
    target: str  # for the year, in words
    standings: tuple[Standing, ...]  # four quarters and the year


class Performance:
    """One contract's KPIs for one financial year; in years before it began, those of the contract it carries on."""

    def __init__(self, contract: Contract, year: int, earlier: Sequence[Predecessor] = ()) -> None:
        self.contract = contract
        self.year = Period.financial_year(year)
        self.earlier = earlier
        self.kpis = series_kpis(contract, year, earlier)

    @property
    def periods(self) -> tuple[Period, ...]:
        """The quarters, then the year."""
        return (*self.year.quarters, self.year)

    @cached_property
    def rows(self) -> list[KpiRow]:
        return [self._row(kpi) for kpi in self.kpis]

    def not_met(self, period: Period) -> list[KpiRow]:
        """The KPIs that miss their target in a period."""
        place = self.periods.index(period)
        return [row for row in self.rows if row.standings[place].rating.key == "not-met"]

    def _row(self, kpi: ContractKpi) -> KpiRow:
        measure = measure_of(kpi.indicator)
        counts = accepted.behind(measure, self._counts)
        target = target_of(kpi, measure, self.year)
        return KpiRow(
            code=measure.code,
            name=measure.name,
            target=target.words if target else "",
            standings=tuple(standing(measure, kpi, counts, period) for period in self.periods),
        )

    @cached_property
    def _counts(self) -> Mapping[str, Sequence[Count]]:
        years = (self.year.year, self.year.year - 1)
        return accepted.by_code(accepted.counts(self.contract, years, earlier=self.earlier))


def series_kpis(contract: Contract, year: int, earlier: Sequence[Predecessor]) -> list[ContractKpi]:
    """The KPIs of the first contract of the series, the latest first, that has any for the year."""
    held = (kpis_of(one.id, year) for one in (contract, *(before.contract for before in earlier)))
    return next((kpis for kpis in held if kpis), [])


def standing(measure: Measure, kpi: ContractKpi | None, counts: Sequence[Count], period: Period) -> Standing:
    """A measure for one period: its value, rating, and direction of travel."""
    now = result(measure, counts, period)
    return Standing(
        period=period,
        words=result_words(measure, now),
        counts=counts_words(now),
        since=since_words(now),
        note=stated_words(measure, now),
        rating=rate(now, target_of(kpi, measure, period)),
        since_last=travel(measure, now, result(measure, counts, period.previous())),
        since_last_year=travel(measure, now, result(measure, counts, period.year_earlier())),
        reported=now.value is not None,
    )


def stated_words(measure: Measure, found: Result) -> str:
    """That the source states another total than its parts come to; "" where they agree."""
    if not found.difference or found.stated is None:
        return ""
    return f"The source states {text(found.stated, measure.unit, measure.decimals)}."
