"""The rules about rates: a numerator, its denominator, and the percentage that somebody may have typed.

A figure that is missing or in error makes no fault here: its own fault has been said already.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from imports import observing
from imports.cells import plain
from imports.periods import Period
from imports.reading import Observation, Part, Severity, Term
from imports.rules import Context, Fault, at, borrowed, named, rule

HUNDRED = Decimal(100)
MOST_DECIMALS = 6  # of a percentage that was worked out; what stands further behind was never meant
ROUND = 50  # a count is round when it is a multiple of this
LARGE = 100  # smaller counts are round by chance
ENOUGH = 5  # large counts; with fewer, all being round says nothing
COUNTS_EVENTS = frozenset("FPYR")  # count types of which all being round says something
BY_HUNDRED = "percent"  # the unit of a share; another rate may be any number


def _counts(
    context: Context, term: Term, period: Period | None
) -> tuple[Observation, Observation, Decimal, Decimal] | None:
    """Where a rate's two counts stand, and what they are; None unless both are known."""
    above = context.count(term, Part.NUMERATOR, period)
    below = context.count(term, Part.DENOMINATOR, period)
    if above is None or below is None or above.value is None or below.value is None:
        return None
    return above, below, above.value, below.value


def rates(context: Context) -> Iterator[tuple[Term, Observation, Observation, Decimal, Decimal]]:
    """Every rate with both counts: its term, where the two stand, numerator, denominator."""
    codes = dict.fromkeys(code for code, _, _ in context.wholes)
    for term in (context.term(code) for code in codes if context.term(code).count_type in observing.RATES):
        for period in (*context.periods, None):
            if counts := _counts(context, term, period):
                yield term, *counts


def _twin(context: Context, term: Term, seen: Observation) -> Observation | None:
    """The indicator's figure that a rate's count repeats."""
    other = context.whole(borrowed(term, seen.part) or "", seen.period)
    return other if other is not None and other.value == seen.value else None


@rule("V03", Severity.ERROR, waivable=False)
def numerator_within_denominator(context: Context) -> Iterator[Fault]:
    """A numerator counts some of those in its denominator, so cannot exceed it."""
    for term, above, below, few, many in rates(context):
        if term.part_of_whole and term.count_type == "R" and few > many:
            yield at(
                above,
                f"{named(term)}: the numerator {plain(few)} is more than the denominator {plain(many)}, "
                "which it is part of. Check both.",
                below,
                _twin(context, term, above),
            )


@rule("V03", Severity.ERROR, waivable=False)
def share_within_hundred(context: Context) -> Iterator[Fault]:
    """A share of a whole cannot exceed all of it, which is 100%."""
    for seen in context.reading.observations:
        if seen.part is Part.PERCENT and seen.value is not None and seen.value > HUNDRED and seen.indicator:
            term = context.term(seen.indicator)
            if term.part_of_whole and term.unit == BY_HUNDRED:
                message = f"{named(term)}: {plain(seen.value)}% is more than 100%. Check it and both its counts."
                yield at(seen, message, *_own_counts(context, seen))


@rule("V03", Severity.WARNING)
def denominator_nought(context: Context) -> Iterator[Fault]:
    """Nought out of nought is no rate: neither 0% nor 100%."""
    for term, above, below, few, many in rates(context):
        if many == 0 and (few == 0 or not term.part_of_whole):
            yield at(
                above,
                f"{named(term)}: the denominator is 0, so there is no rate. "
                "Choose “Not applicable” if there was nobody to count.",
                below,
            )


@rule("V12", Severity.WARNING)
def percentage_without_counts(context: Context) -> Iterator[Fault]:
    """A bare percentage cannot be added up with others, and may be impossible: 75% of 122 is no number of people."""
    for (code, part, period), seen in context.wholes.items():
        if part is Part.PERCENT and seen.value is not None and not _counts(context, context.term(code), period):
            message = f"{named(context.term(code))}: give the numerator and the denominator beside the percentage."
            yield at(seen, message, *_own_counts(context, seen))


@rule("V15", Severity.WARNING)
def percentage_agrees_with_counts(context: Context) -> Iterator[Fault]:
    """A percentage is worked out from its counts; where another one was typed, one of the three is wrong."""
    for (code, part, period), seen in context.wholes.items():
        counts = _counts(context, context.term(code), period) if part is Part.PERCENT else None
        if counts is None or seen.value is None or not counts[3]:
            continue
        above, below, few, many = counts
        computed = few / many * HUNDRED
        if abs(seen.value - computed) > _half_a_digit(seen.value):
            yield at(
                seen,
                f"{named(context.term(code))}: {plain(seen.value)}% was typed, but {plain(few)} of {plain(many)} is "
                f"{plain(round(computed, 1))}%. Both are kept, and the counts are used. Check which is right.",
                above,
                below,
            )


def _half_a_digit(value: Decimal) -> Decimal:
    """How far a rounded figure may be from what it was rounded from: 0.5 for 80, 0.05 for 80.4."""
    decimals = min(max(-int(value.normalize().as_tuple().exponent), 0), MOST_DECIMALS)
    return Decimal(5).scaleb(-decimals - 1)


@rule("V15", Severity.WARNING)
def counts_agree_with_their_indicator(context: Context) -> Iterator[Fault]:
    """A rate's count that is itself a figure of the return cannot differ from it."""
    for (code, part, period), seen in context.wholes.items():
        other = None if part is Part.VALUE else borrowed(context.term(code), part)
        theirs = context.wholes.get((other, Part.VALUE, period)) if other else None
        if theirs is None or seen.value is None or theirs.value is None or seen.value == theirs.value:
            continue
        yield at(
            seen,
            f"{named(context.term(code))}: the {part} is {plain(seen.value)}, but {other} is {plain(theirs.value)} "
            f"in {theirs.cell}. Check which is right; left empty, it takes the figure of {other}.",
            theirs,
            *_own_counts(context, seen),
        )


@rule("V12", Severity.WARNING)
def only_round_numbers(context: Context) -> Iterator[Fault]:
    """Counts that are all round were estimated, or copied from a plan; people do not come in fifties."""
    found = [
        seen
        for (code, part, _), seen in context.wholes.items()
        if part is not Part.PERCENT and seen.value is not None and seen.value >= LARGE and _counts_events(context, code)
    ]
    if len(found) >= ENOUGH and all(seen.value is not None and seen.value % ROUND == 0 for seen in found):
        yield at(
            found[0],
            f"All {len(found)} counts of {LARGE} and more are multiples of {ROUND}. "
            "If they are estimates, say so in the comments; otherwise enter what was counted.",
            *found[1:],
        )


def _counts_events(context: Context, code: str) -> bool:
    """Whether an indicator counts people or what happened, not nights or units of which there may be a round number."""
    term = context.term(code)
    return term.whole and term.count_type in COUNTS_EVENTS


def _own_counts(context: Context, seen: Observation) -> Iterator[Observation | None]:
    for part in (Part.NUMERATOR, Part.DENOMINATOR):
        yield context.whole(seen.indicator or "", seen.period, part)
