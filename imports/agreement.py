"""The rules about figures that must agree with each other: breakdowns, caseloads, capacity, the year so far.

A figure that is missing or in error makes no fault here: its own fault has been said already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from imports.cells import plain
from imports.periods import Period
from imports.reading import Observation, Part, Severity, Status
from imports.relations import Caseload
from imports.rules import Context, Fault, at, named, rule


class Held(NamedTuple):
    """A breakdown whose whole is known, held against it."""

    code: str
    breakdown: str
    parts: list[Observation]
    known: list[Decimal]
    whole: Observation
    total: Decimal

    @property
    def added(self) -> Decimal:
        return sum(self.known, Decimal(0))

    @property
    def where(self) -> str:
        """The cells from the first to the last category: "Breakdowns!E5 to E16"."""
        where = f"{self.parts[0].cell} to {self.parts[-1].cell}"
        return f"{self.parts[0].sheet}!{where}" if self.parts[0].sheet else where


def _against_total(context: Context) -> Iterator[Held]:
    """Every breakdown whose whole is known and none of whose parts is in error."""
    for (code, breakdown, period), parts in context.splits.items():
        total = context.reported(code, period)
        known = [seen.value for seen in parts if seen.value is not None]
        if total and known and not any(seen.status is Status.ERROR for seen in parts):
            yield Held(code, breakdown, parts, known, total[1], total[0])


@rule("V04", Severity.ERROR)
def breakdown_sums_to_total(context: Context) -> Iterator[Fault]:
    """The categories of a breakdown add up to the whole; where one may be in several, none exceeds it."""
    wrong: dict[tuple[str, Period | None, Decimal], list[Held]] = {}
    for held in _against_total(context):
        if held.breakdown in context.vocabulary.multiple:
            if max(held.known) > held.total:
                name = _name(context, held.breakdown)
                most = plain(max(held.known))
                message = f"{held.code} is {plain(held.total)}, but one category of {name} ({held.where}) is {most}."
                yield at(held.whole, f"{message} Correct one of the two.", *held.parts)
        elif held.added > held.total or (_is_complete(context, held) and held.added != held.total):
            wrong.setdefault((held.code, held.whole.period, held.added), []).append(held)
    for several in wrong.values():
        yield _does_not_add_up(context, several)


def _does_not_add_up(context: Context, several: Sequence[Held]) -> Fault:
    """One fault for all breakdowns that come to the same: where there are several, the total is to be doubted."""
    first = several[0]
    names = " and of ".join(f"{_name(context, held.breakdown)} ({held.where})" for held in several)
    return at(
        first.whole,
        f"{first.code} is {plain(first.total)}, but the categories of {names} add up to "
        f"{plain(first.added)}. Correct the total or the categories.",
        *(part for held in several for part in held.parts),
    )


@rule("V04", Severity.WARNING)
def breakdown_unfinished(context: Context) -> Iterator[Fault]:
    """Categories left blank are not nought; the difference may be in any of them."""
    for held in _against_total(context):
        blank = [part for part in held.parts if part.status is Status.MISSING]
        if held.breakdown not in context.vocabulary.multiple and held.added < held.total:
            message = (
                f"{held.code} is {plain(held.total)}, but the categories of {_name(context, held.breakdown)} given so "
                f"far add up to {plain(held.added)}. Fill in the blank ones, with 0 where there were none."
            )
            for part in blank:
                yield at(part, message, held.whole, shared=message)


@rule("V04", Severity.WARNING)
def breakdown_without_total(context: Context) -> Iterator[Fault]:
    """Categories are not added up to a whole: nobody said that they are all of it."""
    for (code, breakdown, period), parts in context.splits.items():
        if code in context.lines and context.whole(code, period) is None:
            yield at(
                parts[0],
                f"{named(context.term(code))}: only categories of {_name(context, breakdown)} are given. Give the "
                "total as well; without it the figure counts as missing.",
            )


def _name(context: Context, breakdown: str) -> str:
    return context.vocabulary.breakdown_names.get(breakdown, breakdown)


def _is_complete(context: Context, held: Held) -> bool:
    categories = set(context.vocabulary.breakdowns.get(held.breakdown, ()))
    return len(held.known) == len(held.parts) and {seen.category for seen in held.parts} >= categories


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
                    context.whole(caseload.closing, period.previous()),
                )


@rule("V05", Severity.ERROR)
def caseload_adds_up(context: Context) -> Iterator[Fault]:
    """Open at the start, plus opened, less closed, is open at the end."""
    for caseload in context.relations.caseloads:
        for period in context.periods:
            codes = (caseload.opening, caseload.added, caseload.removed, caseload.closing)
            found = [context.reported(code, period) for code in codes]
            known = [pair for pair in found if pair]
            if len(known) == len(codes):
                yield from _adds_up(caseload, known)


def _adds_up(caseload: Caseload, known: Sequence[tuple[Decimal, Observation]]) -> Iterator[Fault]:
    (start, _), (added, _), (removed, _), (end, seen) = known
    if start + added - removed != end:
        sum_ = f"{plain(start)} + {plain(added)} − {plain(removed)} = {plain(start + added - removed)}"
        yield at(
            seen,
            f"{caseload.opening} + {caseload.added} − {caseload.removed} is {sum_}, "
            f"but {caseload.closing} is {plain(end)}. Correct the one that is wrong.",
            *(other for _, other in known),
        )


def _closed_with(context: Context, caseload: Caseload, period: Period) -> Decimal | None:
    """What the period before closed with, from this file or from what was accepted."""
    if here := context.reported(caseload.closing, period.previous()):
        return here[0]
    if context.expected is None or context.expected.period != period:
        return None
    if (opening := context.lines.get(caseload.opening)) and opening.brought_forward is not None:
        return opening.brought_forward
    closing = context.lines.get(caseload.closing)
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
                    f"{period.previous()} and is {plain(now[0])} now. Correct it, or ask for last quarter's to be "
                    "corrected.",
                    context.whole(term.code, period.previous()),
                )


def _so_far(context: Context, code: str, period: Period) -> Decimal | None:
    """The same year's figure a period earlier; None in the year's first period."""
    before = period.previous()
    if before.year != period.year:
        return None
    if here := context.reported(code, before):
        return here[0]
    if context.expected is None or context.expected.period != period or code not in context.lines:
        return None
    return context.lines[code].previous.get(Part.VALUE)


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
                    nights[1],
                )
            if nights and units and nights[0] > units[0] * period.days:
                most = f"{plain(units[0])} units have in {period.days} days ({plain(units[0] * period.days)})"
                name = named(context.term(capacity.available))
                yield at(nights[1], f"{name} is {plain(nights[0])}, more than {most}. Check both.", units[1])
