"""Which figures of a return ask for an explanation: swings and outliers (V10), and KPIs that miss their target.

Nothing is asked about a past quarter's record that is filled in later. A figure that is not reported has no
rating and no swing, so a nil return is asked about nothing. Reads only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dacommission.indicators.measures import Count, Measure
from dacommission.indicators.models import ContractKpi
from dacommission.indicators.rating import rate
from dacommission.indicators.results import result
from dacommission.indicators.store import kpis_of, measure_of
from dacommission.returns import accepted
from dacommission.returns.models import Return, StoredObservation, StoredProblem, Upload
from dacommission.returns.targets import target_of
from dacommission.returns.words import counts_words, result_words
from imports.reading import Basis, Severity

SWING = "V10"
MISSED = "not-met"


@dataclass(frozen=True)
class Asked:
    """One figure that asks for an explanation, and why."""

    code: str
    name: str
    figure: str  # "2,398", or "60%, 9 of 15"
    questions: tuple[str, ...]  # what V10 found
    missed: str  # the rating's reason; "" where no target is missed
    comment: str  # what the workbook says at the figure: a start of what happened

    @property
    def needs_action(self) -> bool:
        """Whether what is done about it, and by when, belong to the explanation."""
        return bool(self.missed)


def asked_of(due: Return, upload: Upload) -> list[Asked]:
    """What a kept upload's figures ask for, as they stand, in the order of the catalogue."""
    return figures_asked(due, upload.standing, upload.problems)


def figures_asked(due: Return, figures: Sequence[StoredObservation], problems: Iterable[StoredProblem]) -> list[Asked]:
    """The same of figures that are perhaps not kept yet."""
    if due.backfilled:
        return []
    own = [one for one in figures if one.indicator_code and one.period_start]
    found = accepted.by_code(_counts(due, own))
    questions = _questions(own, problems)
    kpis = kpis_of(due.contract_id, due.financial_year)
    asked = [_asked(due, kpi, found, questions.get(kpi.indicator_code, ()), own) for kpi in kpis]
    return [one for one in asked if one.questions or one.missed]


def _counts(due: Return, own: Sequence[StoredObservation]) -> list[Count]:
    """The figures of the return's quarter; with what was accepted in its year where one counts from 1 April."""
    counts = [accepted.count_of(one) for one in own]
    counts = [one for one in counts if accepted.belongs(one.period, one.basis, due.period)]
    if any(one.basis is not Basis.PERIOD for one in counts):
        counts += accepted.counts(due.contract, (due.financial_year,), without=due)
    return counts


def _questions(own: Sequence[StoredObservation], problems: Iterable[StoredProblem]) -> dict[str, tuple[str, ...]]:
    """What V10 asked, by the indicator whose figure it asks about; waived ones are warnings and ask nothing."""
    at = {(one.sheet, one.cell): one.indicator_code or "" for one in own}
    said: dict[str, tuple[str, ...]] = {}
    for problem in problems:
        if problem.rule == SWING and problem.severity == Severity.QUESTION and not problem.mended:
            code = at.get((problem.sheet, problem.cell or ""), "")
            said[code] = (*said.get(code, ()), problem.message)
    return said


def _asked(
    due: Return,
    kpi: ContractKpi,
    found: Mapping[str, Sequence[Count]],
    questions: tuple[str, ...],
    own: Sequence[StoredObservation],
) -> Asked:
    measure: Measure = measure_of(kpi.indicator)
    now = result(measure, accepted.behind(measure, found), due.period)
    rating = rate(now, target_of(kpi, measure, due.period))
    comments = [one.comment for one in own if one.indicator_code == measure.code and one.comment]
    return Asked(
        code=measure.code,
        name=measure.name,
        figure=", ".join(filter(None, (result_words(measure, now), counts_words(now)))),
        questions=questions,
        missed=rating.reason if rating.key == MISSED else "",
        comment=" ".join(dict.fromkeys(comments)),
    )
