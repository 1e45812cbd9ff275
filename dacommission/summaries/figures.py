"""From accepted counts to figures: each worked out once, by its count type, and worded by its unit.

Pure. Figures of several contracts are added only where the count type allows it; people are not.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dacommission.indicators import rating
from dacommission.indicators.measures import INCOMPLETE, Count, Measure, NotAddable, Place, Result
from dacommission.indicators.results import add_across, per_month, result
from dacommission.indicators.units import UNITS
from dacommission.summaries.brief import Brief, KnownSeries
from dacommission.summaries.document import (
    Figure,
    Sum,
    figure_key,
)
from dacommission.summaries.wording import how_far, not_added, worded
from imports.periods import Period
from imports.reading import Status

WHOLE: Place = (None, None)
NEAR_MISS = "just missing the target"
KINDS = {"R": "rate", "M": "mean", "Q": "mean"}


class Figures:
    """The figures of one summary. Asking twice gives the same figure."""

    def __init__(self, known: Brief) -> None:
        self.known = known
        self._results: dict[tuple[str, Period, Place], Result] = {}
        self._made: dict[str, Figure] = {}
        self._reporters: dict[tuple[str, int], list[uuid.UUID]] = {}
        for contract_id, code, year, _ in known.counts:
            self._report(contract_id, code, year)
        for contract_id, code in known.targets:
            self._report(contract_id, code, known.period.year)

    def _report(self, contract_id: uuid.UUID, code: str, year: int) -> None:
        reporters = self._reporters.setdefault((code, year), [])
        if contract_id not in reporters:
            reporters.append(contract_id)

    def measure(self, code: str) -> Measure:
        return self.known.indicators[code].measure

    def reporters(self, code: str, year: int) -> list[uuid.UUID]:
        """The contracts under which an indicator is due or was reported in a year."""
        return sorted(self._reporters.get((code, year), []), key=lambda key: self.known.contracts[key].reference)

    def codes(self) -> list[str]:
        """What this year's contracts report on, in the catalogue's order."""
        year = self.known.period.year
        found = {code for code, of_year in self._reporters if of_year == year}
        return sorted(found, key=lambda code: self.known.indicators[code].position)

    def years(self) -> list[int]:
        """The years for which anything was accepted, and the summary's own, earliest first."""
        return sorted({year for _, _, year, _ in self.known.counts} | {self.known.period.year})

    def categories(self, code: str, breakdown: str) -> list[str]:
        """The categories of an indicator that were reported in the period, in their own order."""
        found = {
            category
            for _, of_code, year, (key, category) in self.known.counts
            if (of_code, year, key) == (code, self.known.period.year, breakdown) and category
        }
        listed = self.known.breakdowns[breakdown].categories if breakdown in self.known.breakdowns else ()
        return [name for name in listed if name in found] + sorted(found - set(listed))

    def breakdowns(self, code: str) -> list[str]:
        """The breakdowns in which an indicator was reported in the period's year."""
        year = self.known.period.year
        return sorted({p[0] for _, c, y, p in self.known.counts if c == code and y == year and p[0]})

    def result(self, code: str, period: Period, place: Place = WHOLE) -> Result:
        key = (code, period, place)
        if key not in self._results:
            self._results[key] = self._worked_out(code, period, place)
        return self._results[key]

    def result_of(self, contract_id: uuid.UUID, code: str, period: Period, place: Place = WHOLE) -> Result:
        """The result of one contract alone."""
        measure = self.measure(code)
        counts = list(self._counts(contract_id, measure, period, place))
        return result(measure, counts, period, breakdown=place[0], category=place[1])

    def _worked_out(self, code: str, period: Period, place: Place) -> Result:
        parts = [self.result_of(key, code, period, place) for key in self.reporters(code, period.year)]
        if not parts:
            return result(self.measure(code), [], period, breakdown=place[0], category=place[1])
        if len(parts) == 1:
            return parts[0]
        try:
            return add_across(self.measure(code), parts, "providers")
        except NotAddable as refusal:
            return not_added(parts, str(refusal))

    def _counts(self, contract_id: uuid.UUID, measure: Measure, period: Period, place: Place) -> Iterator[Count]:
        linked = (measure.numerator_breakdown, measure.numerator_category)
        for code in dict.fromkeys(
            (measure.code, measure.numerator_indicator, measure.denominator_indicator)
            + (measure.opening_indicator, measure.opened_indicator)
        ):
            if code:
                yield from self.known.counts.get((contract_id, code, period.year, place), ())
        if measure.numerator_category:
            yield from self.known.counts.get((contract_id, measure.numerator_indicator, period.year, linked), ())

    def figure(self, code: str, period: Period, place: Place = WHOLE) -> Figure:
        """The indicator for the period, of the whole or of one category."""
        key = figure_key(code, period.key, breakdown=place[0], category=place[1])
        if key not in self._made:
            self._made[key] = self._figure(key, self.result(code, period, place))
        return self._made[key]

    def _figure(self, key: str, found: Result) -> Figure:
        indicator = self.known.indicators[found.indicator]
        measure = indicator.measure
        kind = KINDS.get(measure.count_type, "count")
        of = () if kind == "count" else self._counts_behind(found, measure)
        sensitive = any(part.sensitive for part in of) if of else kind != "count" or UNITS[measure.unit].sensitive
        return worded(
            key,
            found.value,
            measure,
            status=found.status,
            indicator=found.indicator,
            period=found.period.key,
            breakdown=found.breakdown,
            category=found.category,
            complete=found.complete,
            coverage=found.coverage if found.status == INCOMPLETE else "",
            sources=found.sources,
            name=measure.name,
            kind=kind,
            sensitive=sensitive,
            whole_only=indicator.whole_only,
            of=of,
        )

    def _counts_behind(self, found: Result, measure: Measure) -> tuple[Figure, ...]:
        if found.numerator is None or found.denominator is None:
            return ()
        return (
            self._count_behind(found, "numerator", found.numerator, measure.numerator_indicator),
            self._count_behind(found, "denominator", found.denominator, measure.denominator_indicator),
        )

    def _count_behind(self, found: Result, part: str, value: Decimal, linked: str) -> Figure:
        """The count itself, or the indicator that it is, so that one count has one key."""
        place = (found.breakdown, found.category)
        if linked in self.known.indicators:
            itself = self.figure(linked, found.period, place)
            if itself.value == value:
                return itself
        unit = self.measure(linked).unit if linked in self.known.indicators else "people"
        key = figure_key(found.indicator, found.period.key, part, breakdown=place[0], category=place[1])
        return Figure(
            key,
            found.indicator,
            part,
            breakdown=place[0],
            category=place[1],
            period=found.period.key,
            value=value,
            text=UNITS[unit].text(value, 0),
            unit=unit,
            status=found.status,
            complete=found.complete,
            sources=self._sources_of(found, part),
            name=getattr(self.measure(found.indicator), f"{part}_label"),
            sensitive=UNITS[unit].sensitive,
            whole_only=self.known.indicators[found.indicator].whole_only,
        )

    def _sources_of(self, found: Result, part: str) -> tuple[int, ...]:
        """Of the observations beneath a rate, those of one of its counts."""
        place = (found.breakdown, found.category)
        own = {
            count.source
            for key in self.reporters(found.indicator, found.period.year)
            for count in self.known.counts.get((key, found.indicator, found.period.year, place), ())
            if count.part == part
        }
        return tuple(source for source in found.sources if source in own) or found.sources

    def part(self, code: str, period: Period, part: str) -> Figure | None:
        """What a token may ask for besides the value; None where there is no such part."""
        whole = self.figure(code, period)
        if part == "per-month" and whole.kind == "count" and self.measure(code).count_type in "FCL":
            return self.per_month(code, period)
        if part == "change":
            return self.change(code, period)
        if part in ("numerator", "denominator") and len(whole.of) == 2:
            return whole.of[part == "denominator"]
        return whole if part == "value" else None

    def per_month(self, code: str, period: Period) -> Figure:
        whole, measure = self.figure(code, period), self.measure(code)
        average = per_month(self.result(code, period))
        return worded(
            figure_key(code, period.key, "per-month"),
            average,
            measure,
            status=whole.status,
            indicator=code,
            part="per-month",
            period=period.key,
            complete=whole.complete,
            sources=whole.sources,
            name=f"{measure.name}, average per month",
            kind="derived",
            of=(whole,),
        )

    def change(self, code: str, period: Period) -> Figure:
        """Which way it went since the same period of the year before, and how far."""
        now, before = self.result(code, period), self.result(code, period.year_earlier())
        travel = rating.travel(self.measure(code), now, before)
        far = how_far(self.measure(code), now.value, before.value) if travel.key != "unknown" else ""
        return self._said(code, period, "change", f"{travel.word}{far}", travel.key, before=True)

    def rated(self, code: str, period: Period) -> Figure:
        """Met or not, where exactly one contract sets a target; said of a near miss that it is one."""
        found = rating.rate(self.result(code, period), self.target(code))
        said = self._said(code, period, "rating", found.word, found.key)
        return replace(said, text=f"{found.word}, {NEAR_MISS}", exactly=found.exactly) if found.exactly else said

    def target(self, code: str) -> rating.Target | None:
        targets = [target for (_, of_code), target in self.known.targets.items() if of_code == code]
        return targets[0] if len(targets) == 1 else None

    def _said(self, code: str, period: Period, part: str, words: str, status: str, *, before: bool = False) -> Figure:
        of = [self.figure(code, period), *([self.figure(code, period.year_earlier())] if before else [])]
        key = figure_key(code, period.key, part)
        return Figure(key, code, part, period=period.key, text=words, status=status, kind="derived", of=tuple(of))

    def stated(self, found: Result) -> Figure:
        """The total as the source states it."""
        place = (found.breakdown, found.category)
        return worded(
            figure_key(found.indicator, found.period.key, "stated", breakdown=place[0], category=place[1]),
            found.stated,
            self.measure(found.indicator),
            status=Status.REPORTED if found.stated is not None else Status.MISSING,
            indicator=found.indicator,
            part="stated",
            period=found.period.key,
            breakdown=place[0],
            category=place[1],
            sources=found.sources,
            name=f"{self.measure(found.indicator).name}, as stated",
            sensitive=UNITS[self.measure(found.indicator).unit].sensitive,
            whole_only=self.known.indicators[found.indicator].whole_only,
        )

    def of_series(self, series: KnownSeries, period: Period) -> tuple[Figure, Result]:
        """A context series for a period, with what its source states beside what its parts come to."""
        found = result(self.measure(series.code), series.counts, period)
        return self._figure(figure_key(series.code, period.key), found), found

    def quarters_sum(self, code: str, year: Period, place: Place = WHOLE) -> Sum:
        """How a year's figure is the sum of its quarters, for protection."""
        return Sum(self.figure(code, year, place), tuple(self.figure(code, part, place) for part in year.quarters))
