"""The rules about every figure being there once, or saying why it is not: V02 of the domain's list."""

from __future__ import annotations

from collections.abc import Iterator

from imports import observing
from imports.reading import Expected, Line, Observation, Part, Severity
from imports.right_file import is_blank
from imports.rules import Context, Fault, at, borrowed, named, rule

NOTHING_FILLED_IN = "No figure was filled in."


@rule("V02", Severity.ERROR)
def mandatory_missing(context: Context) -> Iterator[Fault]:
    """A mandatory KPI has a figure, or says in so many words why it has none: blank is neither."""
    if context.expected is None:
        return
    shared = NOTHING_FILLED_IN if all(is_blank(seen) for seen in context.reading.observations) else ""
    for line in context.lines.values():
        if line.mandatory:
            yield from _missing(context, context.expected, line, shared)


def _missing(context: Context, expected: Expected, line: Line, shared: str) -> Iterator[Fault]:
    """`shared` is what is said once of all blank figures, "" where each is told by itself."""
    term = context.term(line.code)
    wanted = [part for part in observing.parts(term) if borrowed(term, part) not in context.lines]
    found = {part: _any_of_period(context, expected, line.code, part) for part in wanted}
    lacking = {part: seen for part, seen in found.items() if seen is None or is_blank(seen)}
    blank = [seen for seen in lacking.values() if seen]
    percentage = context.whole(line.code, expected.period, Part.PERCENT)
    if blank:
        what = " and the ".join(lacking)
        verb = "is" if len(lacking) == 1 else "are"
        advice = "Enter a figure, or choose a status such as “Not yet available”."
        yield at(blank[0], f"{named(term)}: the {what} {verb} blank. {advice}", *blank[1:], percentage, shared=shared)
    elif lacking and percentage:
        yield at(percentage, f"{named(term)}: a percentage alone is no figure. Give the {' and the '.join(lacking)}.")
    elif lacking:
        message = f"{named(term)} is not in the file. Add a row for it, with a figure or “not applicable”."
        yield Fault(message, code=line.code)


def _any_of_period(context: Context, expected: Expected, code: str, part: Part) -> Observation | None:
    """The whole's figure for the return's quarter, or else of a month or category within it."""
    if seen := context.whole(code, expected.period, part):
        return seen
    return context.within.get((code, part))


@rule("V02", Severity.WARNING)
def blank_in_the_workbook(context: Context) -> Iterator[Fault]:
    """Where nobody says what a contract asks for, a figure that was left blank may still have been forgotten."""
    if context.expected is not None:
        return
    told = set()
    for (code, _, period), seen in context.wholes.items():
        if is_blank(seen) and (code, period) not in told and not _is_elsewhere(context, seen):
            told.add((code, period))
            message = f"{named(context.term(code))} is blank. Enter a figure, or say why there is none."
            yield at(seen, message, shared="These figures are blank. Enter them, or say why there are none.")


def _is_elsewhere(context: Context, seen: Observation) -> bool:
    """Whether a rate's count is to be had from the indicator that it is, or its percentage stands in its place."""
    code = seen.indicator or ""
    other = borrowed(context.term(code), seen.part)
    return bool((other and context.whole(other, seen.period)) or context.whole(code, seen.period, Part.PERCENT))


@rule("duplicate-line", Severity.ERROR, code="V02", waivable=False)
def duplicate_line(context: Context) -> Iterator[Fault]:
    """Of two figures for the same thing, nobody could say which one counts."""
    first: dict[tuple, Observation] = {}
    for seen in context.reading.observations:
        if seen.indicator is None or seen.period is None:
            continue
        key = (seen.indicator, seen.part, seen.breakdown, seen.category, seen.period, seen.basis)
        if key in first:
            yield at(
                seen, f"{named(context.term(seen.indicator))} is already in {first[key].spot}. Keep one of the two."
            )
        first.setdefault(key, seen)
