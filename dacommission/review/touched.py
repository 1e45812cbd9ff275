"""What a change of a return's figures would touch: the ratings that would differ, and whoever uses the figures.

Nouns above, such as summaries, say here what they make of a return; nothing of theirs is known to this one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from dacommission.indicators.measures import Count, Measure
from dacommission.indicators.models import ContractKpi
from dacommission.indicators.rating import Rating, rate
from dacommission.indicators.results import result
from dacommission.indicators.store import kpis_of, measure_of
from dacommission.returns import accepted
from dacommission.returns.models import Return
from dacommission.returns.targets import target_of
from dacommission.returns.words import result_words
from imports.periods import Period

Found = Iterable[tuple[str, str, str]]  # the name of what uses the figures, its address, and what would happen to it


@dataclass(frozen=True, slots=True)
class Rerated:
    """A KPI whose rating would be another one."""

    name: str
    period: str
    old: Rating
    new: Rating
    old_words: str
    new_words: str


def add_user_of_figures(app: Flask, finder: Callable[[Return], Found]) -> None:
    """Asks `finder` what uses the figures of a return's contract and quarter."""
    app.extensions.setdefault("users of figures", []).append(finder)


def users_of_figures(due: Return) -> list[tuple[str, str, str]]:
    """Everything that uses the figures of a return, in the order in which the nouns give it."""
    finders = current_app.extensions.get("users of figures", [])
    return [used for finder in finders for used in finder(due)]


def rerated(due: Return, codes: Collection[str], old: Sequence[Any], new: Sequence[Any]) -> list[Rerated]:
    """The KPIs whose rating of the quarter or of the year would differ between two sets of the return's figures.

    `codes` are the indicators that changed; `old` and `new` are rows with the names of StoredObservation.
    """
    others = accepted.counts(due.contract, (due.financial_year,), without=due)
    before, after = (accepted.by_code([*others, *_own(due, rows)]) for rows in (old, new))
    found = []
    for kpi in kpis_of(due.contract_id, due.financial_year):
        measure = measure_of(kpi.indicator)
        if rests_on(measure).isdisjoint(codes):
            continue
        pair = accepted.behind(measure, before), accepted.behind(measure, after)
        periods = (due.period, due.period.whole_year)
        found += [one for period in periods if (one := _rerated(kpi, measure, period, *pair))]
    return found


def rests_on(measure: Measure) -> set[str]:
    """The indicators whose figures a measure may be worked out from."""
    linked = (measure.numerator_indicator, measure.denominator_indicator, measure.opening_indicator)
    return {code for code in (measure.code, *linked, measure.opened_indicator) if code}


def _rerated(
    kpi: ContractKpi, measure: Measure, period: Period, before: Sequence[Count], after: Sequence[Count]
) -> Rerated | None:
    target = target_of(kpi, measure, period)
    was, is_ = result(measure, before, period), result(measure, after, period)
    old, new = rate(was, target), rate(is_, target)
    if old.key == new.key:
        return None
    return Rerated(str(measure), period.label, old, new, result_words(measure, was), result_words(measure, is_))


def _own(due: Return, rows: Sequence[Any]) -> list[Count]:
    counts = [accepted.count_of(row) for row in rows]
    return [count for count in counts if accepted.belongs(count.period, count.basis, due.period)]
