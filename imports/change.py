"""The rules about figures beside the same figures of other quarters: swings, standing still, second thoughts.

They ask and never block: a figure may well have changed, and only the provider knows why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from imports import observing
from imports.cells import plain
from imports.periods import Period
from imports.reading import Line, Observation, Part, Severity, Term
from imports.right_file import repeated_last_quarter
from imports.rules import Context, Fault, at, borrowed, named, part_named, rule

SWING = Decimal(25)  # percent; a larger change is asked about
SMALLEST = Decimal(20)  # a change from a smaller figure is chance
QUARTERS = 12  # three years, of which all must be known
YEARS = 3  # the same, of a figure that is compared with the same quarter only
BEYOND = Decimal(10)  # percent outside the range of three years; every sixth quarter sets a record by a little
POINTS = Decimal(5)  # a share that moves by less is not asked about, however small it was
MONEY_AND_COUNTS = frozenset("FSPYCL")  # count types
ADDED = frozenset("FCL") | observing.RATES  # count types of which three months make a quarter
PEOPLE_AND_EVENTS = frozenset("FPY")  # count types that hardly stay the same to the unit
HUNDRED = Decimal(100)


@rule("V10", Severity.QUESTION)
def large_change(context: Context) -> Iterator[Fault]:
    """A figure that swings by more than 25%, or leaves the range of three years, has a story or a slip behind it.

    A count, or money, is compared with last quarter and with the same quarter last year; a swing from either asks.
    Only figures of 20 and more are compared: the earlier must be 20 at least, and one that fell below 20 counts as
    20. People counted since 1 April are compared with the same quarter last year only. A rate is compared where
    both its denominators are 20 and more, and asks where a share moved by five points or more. The range is that
    of three whole years, and is left by more than 10%. Three months of what adds up are compared as their quarter.
    """
    if context.expected is None:
        return
    for line in context.lines.values():
        term = context.term(line.code)
        if term.count_type in observing.RATES:
            yield from _rate_swings(context, context.expected.period, line, term)
        elif term.count_type in MONEY_AND_COUNTS:
            yield from _count_swings(context, context.expected.period, line, term)


def _count_swings(context: Context, period: Period, line: Line, term: Term) -> Iterator[Fault]:
    now = of_quarter(context, term, period)
    if now is None:
        return
    said = []
    for figures, when in earlier_figures(term, line, period):
        before = figures.get(Part.VALUE)
        if before is not None and before >= SMALLEST and _is_swing(max(now[0], SMALLEST), before):
            percent = abs((now[0] - before) / before * HUNDRED).quantize(Decimal(1), ROUND_HALF_UP)
            said.append(f"{percent}% {'more' if now[0] > before else 'less'} than the {plain(before)} in {when}")
    said = said or _outside(now[0], term, line)
    if said:
        yield at(now[1], _question(term, plain(now[0]), said))


def _rate_swings(context: Context, period: Period, line: Line, term: Term) -> Iterator[Fault]:
    above, below = (of_quarter(context, term, period, part) for part in (Part.NUMERATOR, Part.DENOMINATOR))
    if above is None or below is None or below[0] < SMALLEST:
        return
    now = rate(term, above[0], below[0])
    said = []
    for figures, when in earlier_counts(context, term, line, period):
        few, many = figures.get(Part.NUMERATOR), figures.get(Part.DENOMINATOR)
        if few is not None and many is not None and many >= SMALLEST:
            before = rate(term, few, many)
            if _is_swing(now, before) and (term.unit != "percent" or abs(now - before) >= POINTS):
                said.append(f"{'up' if now > before else 'down'} from {shown(term, before)} in {when}")
    if said:
        yield at(above[1], _question(term, shown(term, now), said), below[1])


def of_quarter(
    context: Context, term: Term, period: Period, part: Part = Part.VALUE
) -> tuple[Decimal, Observation] | None:
    """A figure of the quarter and where it stands: of things that add, its three months before its stated total.

    That is how results take it. A total that differs from its months is the business of another rule (V15).
    """
    stated = context.whole(term.code, period, part) if part is Part.VALUE else context.count(term, part, period)
    if term.count_type in ADDED:
        months = [context.reported(term.code, month, part) for month in period.calendar_months]
        known = [month for month in months if month]
        if len(known) == len(months):
            return sum((value for value, _ in known), Decimal(0)), stated or known[-1][1]
    return (stated.value, stated) if stated and stated.value is not None else None


def earlier_figures(term: Term, line: Line, period: Period) -> Iterator[tuple[Mapping[Part, Decimal], Period]]:
    """The figures that this quarter's are compared with, and the quarter that they are about."""
    if term.count_type != "Y":
        yield line.previous, period.previous()
    yield line.year_ago, period.year_earlier()


def earlier_counts(
    context: Context, term: Term, line: Line, period: Period
) -> Iterator[tuple[Mapping[Part, Decimal], Period]]:
    """The same of a rate: a count that was not reported of its own is that of the indicator that it is."""
    own = list(earlier_figures(term, line, period))
    for part in observing.parts(term):
        other = context.lines.get(borrowed(term, part) or "")
        theirs = earlier_figures(term, other, period) if other else ()
        for place, (figures, when) in enumerate(theirs):
            if Part.VALUE in figures:
                own[place] = ({part: figures[Part.VALUE], **own[place][0]}, when)
    yield from own


def _is_swing(now: Decimal, before: Decimal) -> bool:
    return abs(now - before) * HUNDRED > SWING * before


def _outside(now: Decimal, term: Term, line: Line) -> list[str]:
    """How a count left the range of three years."""
    if len(line.history) < (YEARS if term.count_type == "Y" else QUARTERS):
        return []
    low, high = min(line.history), max(line.history)
    margin = BEYOND / HUNDRED
    if high >= SMALLEST and now > high * (1 + margin):
        return [f"more than in any quarter of the last three years ({plain(low)} to {plain(high)})"]
    if low >= SMALLEST and max(now, SMALLEST) < low * (1 - margin):
        return [f"less than in any quarter of the last three years ({plain(low)} to {plain(high)})"]
    return []


def _question(term: Term, now: str, said: list[str]) -> str:
    return f"{named(term)} is {now}: {', and '.join(said)}. Check it, or say in the comment why it changed."


def rate(term: Term, few: Decimal, many: Decimal) -> Decimal:
    """A rate from its counts; a share in percent."""
    return few / many * (HUNDRED if term.unit == "percent" else 1)


def shown(term: Term, rate: Decimal) -> str:
    """A rate to one decimal: "93.5%"."""
    return plain(rate.quantize(Decimal("0.1"), ROUND_HALF_UP)) + ("%" if term.unit == "percent" else "")


@rule("V11", Severity.WARNING)
def same_as_last_quarter(context: Context) -> Iterator[Fault]:
    """People and events hardly come to the same number twice; a figure that does may have been copied.

    Asked of figures over 20 that count people or events, not of nights, units or money, and not where the whole
    file repeats last quarter's.
    """
    if context.expected is None or any(repeated_last_quarter(context)):
        return
    period = context.expected.period
    for line in context.lines.values():
        term = context.term(line.code)
        now, before = of_quarter(context, term, period), line.previous.get(Part.VALUE)
        counted = term.count_type in PEOPLE_AND_EVENTS
        if now and counted and now[0] == before and now[0] > SMALLEST and not is_a_new_year(context, line, period):
            yield at(
                now[1],
                f"{named(term)} is {plain(now[0])}, exactly as in {period.previous()}. Check that "
                "it is this quarter's figure.",
            )


def is_a_new_year(context: Context, line: Line, period: Period) -> bool:
    """Whether a figure since 1 April stands beside one that counted from the April before."""
    return context.term(line.code).count_type == "Y" and period.previous().year != period.year


@rule("V14", Severity.WARNING)
def accepted_figure_changed(context: Context) -> Iterator[Fault]:
    """A figure that was accepted is in reports that people have read; to change it takes a reason.

    Held against it are the earlier quarters that a workbook repeats, and what this return said before.
    """
    if context.expected is None:
        return
    yield from _repeated_otherwise(context, context.expected.period)
    for line in context.lines.values():
        for part, before in line.stated_before.items():
            now = of_quarter(context, context.term(line.code), context.expected.period, part)
            if now and now[0] != before:
                yield at(
                    now[1],
                    f"{part_named(context, line.code, part)} is {plain(now[0])}; this return said {plain(before)} "
                    "before. Say in the comment why it changed.",
                )


def _repeated_otherwise(context: Context, period: Period) -> Iterator[Fault]:
    """The figures of earlier quarters that differ, in the workbook, from what was accepted then."""
    for told in context.reading.restated:
        line = context.lines.get(told.indicator)
        known = {period.previous(): line.previous, period.year_earlier(): line.year_ago} if line else {}
        before = known.get(told.period, {}).get(told.part)
        if before is not None and before != told.value:
            message = (
                f"{part_named(context, told.indicator, told.part)} stands here as {plain(told.value)} for "
                f"{told.period}, but {plain(before)} was accepted. Nothing changes by this. If the accepted figure "
                "is wrong, say why and ask for that return to be reopened."
            )
            yield Fault(message, told.sheet, told.cell, told.indicator)
