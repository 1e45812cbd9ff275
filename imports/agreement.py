"""The rules about figures that must agree with each other: rates, breakdowns, caseloads, capacity, time.

A figure that is missing or in error makes no fault here: its own fault has been said already.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from imports import observing
from imports.cells import plain
from imports.periods import Period
from imports.reading import Observation, Part, Severity, Status, Term
from imports.rules import Caseload, Context, Fault, Split, at, borrowed, named, rule


def _rates(context: Context) -> Iterator[tuple[Term, Observation, Decimal, Decimal]]:
    """Every rate with both counts: its term, where a count stands, numerator, denominator."""
    codes = dict.fromkeys(code for code, _, _ in context.wholes)
    for term in (context.term(code) for code in codes if context.term(code).count_type in observing.RATES):
        for period in (*context.periods, None):
            above = context.count(term, Part.NUMERATOR, period)
            below = context.count(term, Part.DENOMINATOR, period)
            if above and below and above.value is not None and below.value is not None:
                yield term, above, above.value, below.value


@rule("V03", Severity.ERROR)
def numerator_within_denominator(context: Context) -> Iterator[Fault]:
    """A numerator counts some of those in its denominator, so cannot exceed it."""
    for term, above, few, many in _rates(context):
        if term.part_of_whole and term.count_type == "R" and few > many:
            yield at(
                above,
                f"{named(term)}: the numerator {plain(few)} is more than the denominator {plain(many)}, "
                "which it is part of. Check both.",
            )


@rule("V03", Severity.WARNING)
def denominator_nought(context: Context) -> Iterator[Fault]:
    """Nought out of nought is no rate: neither 0% nor 100%."""
    for term, above, few, many in _rates(context):
        if many == 0 and (few == 0 or not term.part_of_whole):
            yield at(
                above,
                f"{named(term)}: the denominator is 0, so there is no rate. "
                "Choose “Not applicable” if there was nobody to count.",
            )


@rule("V12", Severity.WARNING)
def percentage_without_counts(context: Context) -> Iterator[Fault]:
    """A bare percentage cannot be added up with others, and may be impossible: 75% of 122 is no number of people."""
    for (code, part, period), seen in context.wholes.items():
        if part is Part.PERCENT and seen.value is not None and not _has_counts(context, code, period):
            yield at(
                seen, f"{named(context.term(code))}: give the numerator and the denominator beside the percentage."
            )


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
        )


def _has_counts(context: Context, code: str, period: Period | None) -> bool:
    counts = (context.count(context.term(code), part, period) for part in (Part.NUMERATOR, Part.DENOMINATOR))
    return all(seen is not None and seen.value is not None for seen in counts)


def _against_total(
    context: Context,
) -> Iterator[tuple[Split, list[Observation], list[Decimal], Observation, Decimal]]:
    """Every breakdown whose whole is known and none of whose parts is in error."""
    for split, parts in context.splits.items():
        code, _, period = split
        total = context.reported(code, period)
        known = [seen.value for seen in parts if seen.value is not None]
        if total and known and not any(seen.status is Status.ERROR for seen in parts):
            yield split, parts, known, total[1], total[0]


@rule("V04", Severity.ERROR)
def breakdown_sums_to_total(context: Context) -> Iterator[Fault]:
    """The categories of a breakdown add up to the whole; where one may be in several, none exceeds it."""
    for (code, breakdown, _), parts, known, seen, total in _against_total(context):
        name = context.vocabulary.breakdown_names.get(breakdown, breakdown)
        where = f"{parts[0].cell} to {parts[-1].cell}"
        where = f"{parts[0].sheet}!{where}" if parts[0].sheet else where
        if breakdown in context.vocabulary.multiple:
            if max(known) > total:
                yield at(
                    seen, f"{code} is {plain(total)}, but one category of {name} ({where}) is {plain(max(known))}."
                )
        elif sum(known) > total or (_is_complete(context, breakdown, parts, known) and sum(known) != total):
            yield at(
                seen,
                f"{code} is {plain(total)}, but the categories of {name} ({where}) add up to "
                f"{plain(sum(known, Decimal(0)))}. Correct the total or the categories.",
            )


@rule("V04", Severity.WARNING)
def breakdown_unfinished(context: Context) -> Iterator[Fault]:
    """Categories left blank are not nought; the difference may be in any of them."""
    for (code, breakdown, _), parts, known, _, total in _against_total(context):
        blank = [part for part in parts if part.status is Status.MISSING]
        if blank and breakdown not in context.vocabulary.multiple and sum(known) < total:
            name = context.vocabulary.breakdown_names.get(breakdown, breakdown)
            yield at(
                blank[0],
                f"{code} is {plain(total)}, but the categories of {name} given so far add up to "
                f"{plain(sum(known, Decimal(0)))}. Fill in the blank ones, with 0 where there were none.",
            )


@rule("V04", Severity.WARNING)
def breakdown_without_total(context: Context) -> Iterator[Fault]:
    """Categories are not added up to a whole: nobody said that they are all of it."""
    owed = {line.code for line in context.expected.lines} if context.expected else set()
    for (code, breakdown, period), parts in context.splits.items():
        if code in owed and context.whole(code, period) is None:
            name = context.vocabulary.breakdown_names.get(breakdown, breakdown)
            yield at(
                parts[0],
                f"{named(context.term(code))}: only categories of {name} are given. Give the total as well; "
                "without it the figure counts as missing.",
            )


def _is_complete(context: Context, breakdown: str, parts: list[Observation], known: list[Decimal]) -> bool:
    categories = set(context.vocabulary.breakdowns.get(breakdown, ()))
    return len(known) == len(parts) and {seen.category for seen in parts} >= categories


@rule("V05", Severity.ERROR)
def caseload_adds_up(context: Context) -> Iterator[Fault]:
    """Open at the start, plus opened, less closed, is open at the end."""
    for caseload in context.relations.caseloads:
        for period in context.periods:
            codes = (caseload.opening, caseload.added, caseload.removed, caseload.closing)
            found = [context.reported(code, period) for code in codes]
            if all(found):
                (start, _), (added, _), (removed, _), (end, seen) = [pair for pair in found if pair]
                if start + added - removed != end:
                    sum_ = f"{plain(start)} + {plain(added)} − {plain(removed)} = {plain(start + added - removed)}"
                    yield at(
                        seen,
                        f"{caseload.opening} + {caseload.added} − {caseload.removed} is {sum_}, "
                        f"but {caseload.closing} is {plain(end)}. Correct the one that is wrong.",
                    )


@rule("V05", Severity.ERROR)
def caseload_carries_on(context: Context) -> Iterator[Fault]:
    """What a quarter opens with is what the quarter before closed with."""
    for caseload in context.relations.caseloads:
        for period in context.periods:
            before = _closed_with(context, caseload, period)
            opened = context.reported(caseload.opening, period)
            if before is not None and opened and opened[0] != before:
                yield at(
                    opened[1],
                    f"{named(context.term(caseload.opening))} is {plain(opened[0])}, but {period.previous()} "
                    f"closed with {plain(before)}. Use that figure, or ask for last quarter's to be corrected.",
                )


def _closed_with(context: Context, caseload: Caseload, period: Period) -> Decimal | None:
    """What the period before closed with, from this file or from what was accepted."""
    if here := context.reported(caseload.closing, period.previous()):
        return here[0]
    if context.expected is None or context.expected.period != period:
        return None
    lines = {line.code: line for line in context.expected.lines}
    if (opening := lines.get(caseload.opening)) and opening.brought_forward is not None:
        return opening.brought_forward
    closing = lines.get(caseload.closing)
    return closing.previous.get(Part.VALUE) if closing else None


@rule("V06", Severity.ERROR)
def year_to_date_never_falls(context: Context) -> Iterator[Fault]:
    """People counted since 1 April stay counted until the next 1 April."""
    codes = dict.fromkeys(code for code, part, _ in context.wholes if part is Part.VALUE)
    for term in (context.term(code) for code in codes if context.term(code).count_type == "Y"):
        for period in context.periods:
            now = context.reported(term.code, period)
            before = _so_far(context, term.code, period)
            if now and before is not None and now[0] < before:
                yield at(
                    now[1],
                    f"{named(term)} counts since 1 April, so it cannot fall: it was {plain(before)} at the end of "
                    f"{period.previous()} and is {plain(now[0])} now.",
                )


def _so_far(context: Context, code: str, period: Period) -> Decimal | None:
    """The same year's figure a period earlier; None in the year's first period."""
    before = period.previous()
    if before.year != period.year:
        return None
    if here := context.reported(code, before):
        return here[0]
    if context.expected is None or context.expected.period != period:
        return None
    return next((line.previous.get(Part.VALUE) for line in context.expected.lines if line.code == code), None)


@rule("V08", Severity.ERROR)
def occupied_within_available(context: Context) -> Iterator[Fault]:
    """No more nights can be used than there were, and no more be there than the units have in the days."""
    for capacity in context.relations.capacities:
        for period in context.periods:
            used = context.reported(capacity.used, period)
            nights = context.reported(capacity.available, period)
            units = context.reported(capacity.units, period)
            if used and nights and used[0] > nights[0]:
                yield at(
                    used[1],
                    f"{named(context.term(capacity.used))} is {plain(used[0])}, "
                    f"more than the {plain(nights[0])} nights available. Check both.",
                )
            if nights and units and nights[0] > units[0] * period.days:
                most = f"{plain(units[0])} units have in {period.days} days ({plain(units[0] * period.days)})"
                name = named(context.term(capacity.available))
                yield at(nights[1], f"{name} is {plain(nights[0])}, more than {most}. Check both.")
