"""Which figures of a workbook belong to the return that is due, where it repeats other periods beside it.

Those of other periods count from their own returns; here they are only held against what was accepted then.
"""

from __future__ import annotations

from collections.abc import Iterable

from imports.periods import Period
from imports.reading import Basis, Observation, Restated, Term, Vocabulary
from imports.series import Aside, Reason


def belongs(seen: Observation, due: Period) -> bool:
    """Whether a figure is about the quarter that is due: within it, up to its end, or a total of its year."""
    period = seen.period
    if period is None or due.contains(period) or period.end == due.end:
        return True
    return seen.basis is Basis.TOTAL and period.contains(due)


def others(observations: Iterable[Observation], due: Period) -> tuple[Observation, ...]:
    """The figures that are about other periods."""
    return tuple(seen for seen in observations if not belongs(seen, due))


def restated(seen: Iterable[Observation], vocabulary: Vocabulary) -> tuple[Restated, ...]:
    """What a workbook says again of the whole figures of other quarters."""
    return tuple(
        Restated(one.sheet, one.cell, one.indicator, one.part, one.period, one.value)
        for one in seen
        if one.indicator and one.period and one.value is not None and one.category is None
        if one.period.kind == "quarter" and one.basis is _usual(vocabulary.terms[one.indicator])
    )


def _usual(term: Term) -> Basis:
    return Basis.YEAR_TO_DATE if term.count_type == "Y" else Basis.PERIOD


def asides(seen: Iterable[Observation]) -> tuple[Aside, ...]:
    """The numbers of other periods, as numbers that are no figures of this return."""
    return tuple(Aside(one.spot, one.shown, Reason.EARLIER) for one in seen if one.value is not None)
