"""A return as its reviewer sees it: each figure beside the past, its target and what was said of it.

What is unusual stands first, and says why. The number of queries to the database does not depend on how many
figures there are, and of the past only three years are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup
from sqlalchemy import select

from dacommission.db import db
from dacommission.indicators.measures import Count, Measure, Result
from dacommission.indicators.models import ContractKpi, Indicator
from dacommission.indicators.rating import Rating, Travel, rate, travel
from dacommission.indicators.results import result
from dacommission.indicators.store import kpis_of, measure_of
from dacommission.returns import accepted
from dacommission.returns.models import Return, Upload
from dacommission.returns.shown import ProblemRow, anchor
from dacommission.returns.succession import Predecessor
from dacommission.returns.targets import target_of
from dacommission.returns.words import change_words, counts_words, result_words, since_words
from dacommission.review import figures, said, unusual
from dacommission.review.figures import Correction, Standing, correction_of
from dacommission.review.past import Past, past_of, point_of
from dacommission.review.said import Asked, Explained
from dacommission.review.trend import described, sparkline
from dacommission.review.unusual import Kind, Unusual
from imports.reading import Basis

SWING = "V10"  # the rule that asks about swings and outliers when a workbook is read
PICTURED = 12  # quarters, this one included


@dataclass(frozen=True)
class ReviewLine:
    """One indicator of a return, in words."""

    code: str
    name: str
    is_kpi: bool
    now: str
    counts: str  # "9 of 13" behind a rate
    before: str
    year_ago: str
    change: str  # against last quarter
    year_change: str  # against the same quarter last year
    since: str  # "since 1 April" where the figure grows over the year
    target: str
    rating: Rating
    travel: Travel  # the short one, against last quarter
    long_travel: Travel  # against the same quarter last year
    picture: Markup  # of the last twelve quarters
    trend: str  # the same in words
    unusual: tuple[Unusual, ...]  # why, the gravest first
    comments: tuple[str, ...]
    problems: tuple[ProblemRow, ...]
    corrections: tuple[Correction, ...]
    explanation: Explained | None
    waivers: tuple[str, ...]
    queries: tuple[Asked, ...]
    parts: int  # figures for categories
    anchor: str  # of its first cell on the upload's page

    @property
    def kind(self) -> Kind:
        """How unusual it is."""
        return self.unusual[0].kind if self.unusual else Kind.ORDINARY


class Reviewed:
    """One upload of a return, with all that a reviewer is told of it."""

    def __init__(self, due: Return, upload: Upload, earlier: Sequence[Predecessor] = ()) -> None:
        """`earlier` are contracts that the return's carries on, whose figures this reader may see beside."""
        self.due, self.upload, self.earlier = due, upload, earlier
        self._parts = figures.codes_reported(upload.id)
        self._kpis: dict[str, ContractKpi | None] = {
            kpi.indicator_code: kpi for kpi in kpis_of(due.contract_id, due.financial_year)
        }
        self._kpis |= dict.fromkeys(sorted(self._parts.keys() - self._kpis.keys()))
        self._measures = _measures(self._kpis)
        self._problems, self.elsewhere = figures.problems_of(upload.id)
        self._explanations = said.explanations(due.id)
        self._waivers = said.waivers(due)
        self._queries = said.queries(due.id)
        self.whole_queries = tuple(self._queries.get("", ()))
        self.whole_waivers = tuple(self._waivers.get("", ()))

    @cached_property
    def lines(self) -> list[ReviewLine]:
        """Every line: what is unusual first, each kind in the order of the catalogue."""
        found = [self._line(measure) for measure in self._measures.values()]
        return sorted(found, key=lambda line: line.kind)

    def line_of(self, code: str) -> ReviewLine | None:
        """One indicator's line; None where the return neither owes nor reports it."""
        return self._line(self._measures[code]) if code in self._measures else None

    @cached_property
    def standing(self) -> dict[str, list[Standing]]:
        """The wholes of the upload, and what was corrected, by indicator."""
        found: dict[str, list[Standing]] = {}
        wanted = figures.linked_categories(self._measures.values())
        for one in figures.standing_of(self.upload.id, wholes_with=wanted):
            found.setdefault(one.now.indicator_code, []).append(one)
        return found

    @cached_property
    def _past(self) -> Past:
        return past_of(self.due, self._measures.values(), self.earlier)

    @cached_property
    def _own(self) -> Mapping[str, Sequence[Count]]:
        counts = [accepted.count_of(one.now) for standing in self.standing.values() for one in standing]
        return accepted.by_code(one for one in counts if accepted.belongs(one.period, one.basis, self.due.period))

    def _line(self, measure: Measure) -> ReviewLine:
        code, kpi = measure.code, self._kpis[measure.code]
        earlier, now = self._past.results[code], self._now(measure)
        before, year_ago = earlier[-1], earlier[-4]
        target = target_of(kpi, measure, self.due.period)
        rating = rate(now, target)
        points = [*self._past.points[code], point_of(measure, now)][-PICTURED:]
        standing = self.standing.get(code, [])
        why = tuple(sorted(self._why(measure, now, rating), key=lambda one: one.kind))
        return ReviewLine(
            code=code,
            name=measure.name,
            is_kpi=kpi is not None,
            now=result_words(measure, now),
            counts=counts_words(now),
            before=result_words(measure, before),
            year_ago=result_words(measure, year_ago),
            change=change_words(measure, now, before),
            year_change=change_words(measure, now, year_ago),
            since=since_words(now),
            target=target.words if target else "",
            rating=rating,
            travel=travel(measure, now, before),
            long_travel=travel(measure, now, year_ago),
            picture=sparkline(points),
            trend=described(points),
            unusual=why,
            comments=tuple(dict.fromkeys(one.now.comment for one in standing if one.now.comment)),
            problems=_not_told_twice(self._problems.get(code, ()), why),
            corrections=tuple(correction_of(one) for one in standing if one.is_corrected),
            explanation=self._explanations.get(code),
            waivers=tuple(self._waivers.get(code, ())),
            queries=tuple(self._queries.get(code, ())),
            parts=self._parts.get(code, 0),
            anchor=anchor(standing[0].now.sheet, standing[0].now.cell) if standing else "",
        )

    def _now(self, measure: Measure) -> Result:
        counts = accepted.behind(measure, self._own)
        if measure.count_type == "Y" or any(count.basis is not Basis.PERIOD for count in counts):
            counts += accepted.behind(measure, self._past.counts)
        return result(measure, counts, self.due.period)

    def _why(self, measure: Measure, now: Result, rating: Rating) -> list[Unusual]:
        code, earlier = measure.code, self._past.results[measure.code]
        why = [*unusual.off_target(rating), *unusual.swings(measure, now, earlier[-1], earlier[-4])]
        why += unusual.outliers(measure, now, [one.value for one in earlier])
        asked = [problem for problem in self._problems.get(code, ()) if problem.severity == "question"]
        why += [Unusual(Kind.QUESTION, problem.message) for problem in asked]
        why += unusual.no_figure(now, result_words(measure, now))
        why += [Unusual(Kind.DISCUSSED, query.words) for query in self._queries.get(code, ()) if query.is_open]
        if any(one.is_corrected for one in self.standing.get(code, ())):
            why.append(Unusual(Kind.DISCUSSED, "A figure was corrected in the page."))
        return why


def _not_told_twice(problems: Sequence[ProblemRow], why: Sequence[Unusual]) -> tuple[ProblemRow, ...]:
    """The problems, without what the file's reading asked of a swing or outlier that is told already."""
    is_told = any(one.kind in (Kind.SWING, Kind.OUTLIER) for one in why)
    return tuple(problem for problem in problems if not (is_told and problem.rule == SWING))


def _measures(codes: Mapping[str, ContractKpi | None]) -> dict[str, Measure]:
    """The measures of some indicators, KPIs first, in the order of the catalogue."""
    others = [code for code, kpi in codes.items() if kpi is None]
    query = select(Indicator).where(Indicator.code.in_(others)).order_by(Indicator.position, Indicator.code)
    kpis = [kpi.indicator for kpi in codes.values() if kpi is not None]
    return {one.code: measure_of(one) for one in [*kpis, *db.session.scalars(query)]}
