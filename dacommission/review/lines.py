"""A return as its reviewer sees it: each KPI beside last quarter, the same quarter last year and its target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dacommission.db import db
from dacommission.indicators.measures import Count, Measure
from dacommission.indicators.models import ContractKpi, Indicator
from dacommission.indicators.rating import Rating, Travel, rate, travel
from dacommission.indicators.results import result
from dacommission.indicators.store import kpis_of, measure_of
from dacommission.returns import accepted, shown
from dacommission.returns.models import Return, StoredObservation, Upload
from dacommission.returns.shown import ProblemRow
from dacommission.returns.targets import target_of
from dacommission.returns.words import change_words, counts_words, result_words, since_words


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
    travel: Travel
    comments: tuple[str, ...]
    problems: tuple[ProblemRow, ...]
    anchor: str  # of its first cell on the upload's page


def review_lines(due: Return, upload: Upload) -> list[ReviewLine]:
    """The KPIs of the contract in the catalogue's order, then whatever else was reported."""
    own = [one for one in upload.observations if one.indicator_code and one.period_start]
    counts = accepted.counts(due.contract, (due.financial_year, due.financial_year - 1), without=due)
    counts += [accepted.count_of(one) for one in own]
    kpis: dict[str, ContractKpi | None] = {
        kpi.indicator_code: kpi for kpi in kpis_of(due.contract_id, due.financial_year)
    }
    kpis |= dict.fromkeys(sorted({one.indicator_code or "" for one in own} - kpis.keys()))
    found, problems = accepted.by_code(counts), shown.problems(upload.problems)
    return [
        _line(due, measure_of(db.session.get_one(Indicator, code)), kpi, found, _said(code, own), problems)
        for code, kpi in kpis.items()
    ]


def problems_elsewhere(upload: Upload, lines: Sequence[ReviewLine]) -> list[ProblemRow]:
    """The problems that stand at no KPI's cell."""
    shown_there = {problem for line in lines for problem in line.problems}
    return [problem for problem in shown.problems(upload.problems) if problem not in shown_there]


def _line(
    due: Return,
    measure: Measure,
    kpi: ContractKpi | None,
    found: Mapping[str, Sequence[Count]],
    said: Sequence[StoredObservation],
    problems: Sequence[ProblemRow],
) -> ReviewLine:
    counts = accepted.behind(measure, found)
    now = result(measure, counts, due.period)
    before = result(measure, counts, due.period.previous())
    year_ago = result(measure, counts, due.period.year_earlier())
    target = target_of(kpi, measure, due.period)
    places = {shown.place(one.sheet, one.cell) for one in said}
    return ReviewLine(
        code=measure.code,
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
        rating=rate(now, target),
        travel=travel(measure, now, before),
        comments=tuple(dict.fromkeys(one.comment for one in said if one.comment)),
        problems=tuple(problem for problem in problems if problem.touches(places)),
        anchor=shown.anchor(said[0].sheet, said[0].cell) if said else "",
    )


def _said(code: str, own: Sequence[StoredObservation]) -> list[StoredObservation]:
    return [one for one in own if one.indicator_code == code]
