"""Adding results over time, areas, services and providers, and refusing where the total would be false.

Pure. What may be added is asked of count_types.py. A refusal is a sentence that a reader can be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dacommission.indicators.amounts import worst
from dacommission.indicators.count_types import PEOPLE, Over, why_not
from dacommission.indicators.measures import INCOMPLETE, WHOLE, Measure, NotAddable, Result
from dacommission.indicators.ratios import Pair, share
from imports.periods import Period
from imports.reading import Status

_WORDS = {"time": "periods", "areas": "areas", "services": "services", "providers": "providers"}
_BARE = "{measure} cannot be added over {over}, because the counts behind a percentage were not reported."
_TWICE = "{names} cannot be added: the same person may be in more than one of them, and would be counted twice."
_UNITS = "{names} cannot be added: they are counted in different things ({units})."
_DIFFERENT = "{names} cannot be added: they measure different things, so the total would mean nothing."


def add_across(measure: Measure, results: Sequence[Result], over: Over) -> Result:
    """One measure's results added over periods, areas, services or providers; a rate from its counts.

    Raises NotAddable with the reason where the total would be false, and ValueError where the results
    are not all the measure's own. A total with a part missing is incomplete.
    """
    _all_of(measure, results)
    reason = why_not(measure.count_type, measure.unit, over)
    if reason is not None:
        raise NotAddable(f"{measure} cannot be added over {_WORDS[over]}, because {reason}.")
    if measure.count_type in "RM":
        return _added_rates(measure, results, over)
    return _added(measure.code, results, [result.value for result in results])


def add_together(measures: Sequence[Measure], results: Sequence[Result]) -> Result:
    """Results of different measures added: only those that the catalogue says count different people.

    So adults and children of one service make its people. Raises NotAddable otherwise.
    """
    names = _listed([str(measure) for measure in measures])
    units = {measure.unit for measure in measures}
    if len(units) > 1:
        raise NotAddable(_UNITS.format(names=names, units=", ".join(sorted(units))))
    groups = {measure.adds_with for measure in measures}
    if len(groups) > 1 or "" in groups or len({measure.code for measure in measures}) < len(measures):
        raise NotAddable((_TWICE if units & PEOPLE else _DIFFERENT).format(names=names))
    for measure, result in zip(measures, results, strict=True):
        _all_of(measure, [result])
    return _added(" + ".join(measure.code for measure in measures), results, [result.value for result in results])


def _added_rates(measure: Measure, results: Sequence[Result], over: Over) -> Result:
    if any(result.value is not None and result.denominator is None for result in results):
        raise NotAddable(_BARE.format(measure=measure, over=_WORDS[over]))
    above = _added(measure.code, results, [result.numerator for result in results])
    below = _added(measure.code, results, [result.denominator for result in results])
    pair = Pair(above.value, below.value, below.status, below.reported, below.due, below.sources)
    value, status, note = share(measure, pair)
    return replace(below, value=value, status=str(status), numerator=above.value, denominator=below.value, note=note)


def _added(code: str, results: Sequence[Result], values: Sequence[Decimal | None]) -> Result:
    """The sum of what is known. Nought out of nought is known; what is in error is not."""
    pairs = [(result, value) for result, value in zip(results, values, strict=True) if value is not None]
    known = [(result, value) for result, value in pairs if result.status != Status.ERROR]
    full = sum(result.status != INCOMPLETE for result, _ in known)
    status: str = Status.REPORTED if full == len(results) else INCOMPLETE
    places = {(result.breakdown, result.category) for result in results}
    breakdown, category = places.pop() if len(places) == 1 else WHOLE
    return replace(
        results[0],
        indicator=code,
        period=Period(min(one.period.start for one in results), max(one.period.end for one in results)),
        breakdown=breakdown,
        category=category,
        value=sum((value for _, value in known), Decimal(0)) if known else None,
        reported=full,
        due=len(results),
        status=str(status if known else worst(result.status for result in results)),
        stated=None,
        sources=tuple(dict.fromkeys(source for result in results for source in result.sources)),
        note="",
    )


def _all_of(measure: Measure, results: Sequence[Result]) -> None:
    strangers = {result.indicator for result in results} - {measure.code}
    if strangers or not results:
        raise ValueError(f"not results of {measure.code}: {sorted(strangers)}")


def _listed(names: Sequence[str]) -> str:
    """ "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
