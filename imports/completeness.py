"""The rules about every figure being there once, or saying why it is not: V02 of the domain's list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from imports import observing
from imports.periods import Period
from imports.reading import Expected, Observation, Part, Severity
from imports.right_file import is_blank
from imports.rules import RULES, Context, Fault, at, borrowed, named, rule, waiver
from imports.sheets import Spot

NOTHING_FILLED_IN = "No figure was filled in."
BLANK = "These {count} KPIs are blank: {all}. Enter their figures, or choose a status such as “Not yet available”."
TOLD_SINGLY = 5  # blank KPIs; more are told in one line


# Why a KPI has no figure at all for the quarter: what is said of one, and what is said once of several.
ABSENT = (
    "{named} is not in the file. Add a row for it, with a figure or “not applicable”.",
    "These {count} KPIs are not in the file: {all}. Add a row for each, with a figure or “not applicable”.",
)
LIKELY = (
    "{named} is not in the file for certain: “{label}” may be it. Say what that row is, or add one.",
    "These {count} KPIs are not in the file for certain, as nobody has said what the rows are that may be them: {all}. "
    "Say what those rows are, or add others.",
)
ANOTHER_PERIOD = (
    "{named} has no figure for {period}: what stands in {spot} is not known to be for that quarter. Enter the figure "
    "of the quarter, or say why there is none.",
    "These {count} KPIs have no figure for {period}, though the file has them with another period or none: {all}. "
    "Enter the figures of the quarter, or say why there are none.",
)


@rule("V02", Severity.ERROR)
def mandatory_missing(context: Context) -> Iterator[Fault]:
    """A mandatory KPI has a figure, or says in so many words why it has none: blank is neither."""
    if context.expected is None:
        return
    owed = [line.code for line in context.lines.values() if line.mandatory]
    lacking = {code: _lacking(context, context.expected.period, code) for code in owed}
    nowhere = _nowhere(context, context.expected, [code for code in owed if _is_nowhere(context, lacking[code], code)])
    shared = _blank_together(context, context.expected, [code for code in owed if any(lacking[code].values())])
    for code in owed:
        if code in nowhere:
            yield nowhere[code]
        elif lacking[code]:
            yield _missing(context, code, lacking[code], shared)


def _lacking(context: Context, period: Period, code: str) -> dict[Part, Observation | None]:
    """The counts of a KPI that the file does not give for the quarter, each with its blank cell where it has one."""
    term = context.term(code)
    wanted = [part for part in observing.parts(term) if borrowed(term, part) not in context.lines]
    found = {part: context.whole(code, period, part) or _within(context, period, code, part) for part in wanted}
    return {part: seen for part, seen in found.items() if seen is None or is_blank(seen)}


def _within(context: Context, period: Period, code: str, part: Part) -> Observation | None:
    """The first figure of a month or a category of the quarter."""
    alike = context.within.get((code, part), ())
    return next((seen for seen in alike if seen.period and period.contains(seen.period)), None)


def _is_nowhere(context: Context, lacking: Mapping[Part, Observation | None], code: str) -> bool:
    return bool(lacking) and not any(lacking.values()) and _beside(context, code) is None


def _beside(context: Context, code: str) -> Observation | None:
    """What the file gives of a KPI for the quarter, whatever part it is; its percentage before all."""
    period = context.expected.period if context.expected else None
    found = (period and _within(context, period, code, part) for part in (Part.PERCENT, *Part))
    return _percentage(context, code) or next(filter(None, found), None)


def _percentage(context: Context, code: str) -> Observation | None:
    return context.whole(code, context.expected.period, Part.PERCENT) if context.expected else None


def _missing(context: Context, code: str, lacking: Mapping[Part, Observation | None], shared: str) -> Fault:
    """`shared` is what is said once of all blank figures, "" where each is told by itself."""
    name, what = named(context.term(code)), " and the ".join(lacking)
    percentage, blank = _percentage(context, code), [seen for seen in lacking.values() if seen]
    if percentage and not blank:
        return at(percentage, f"{name}: a percentage alone is no figure. Give the {what}.")
    if not blank and (other := _beside(context, code)):
        return Fault(f"{name}: the {what} is not in the file, only what stands in {other.spot}. Add it.", code=code)
    verb = "is" if len(lacking) == 1 else "are"
    advice = "Enter a figure, or choose a status such as “Not yet available”."
    return at(blank[0], f"{name}: the {what} {verb} blank. {advice}", *blank[1:], percentage, shared=shared)


def _blank_together(context: Context, expected: Expected, codes: Sequence[str]) -> str:
    """What is said once of all KPIs that are blank; "" where each is told by itself."""
    if all(is_blank(seen) for seen in context.reading.observations):
        return NOTHING_FILLED_IN
    told = _not_waived(expected, codes)
    return BLANK.format(count=len(told), all=_names(context, told)) if len(told) > TOLD_SINGLY else ""


def _not_waived(expected: Expected, codes: Sequence[str]) -> list[str]:
    return [code for code in codes if waiver(RULES["mandatory-missing"], code, expected.waived) is None]


def _names(context: Context, codes: Sequence[str]) -> str:
    return "; ".join(named(context.term(code)) for code in codes)


def _nowhere(context: Context, expected: Expected, codes: Sequence[str]) -> dict[str, Fault]:
    """What is said of KPIs without any figure for the quarter, by code; the same of all that lack it for one reason."""
    reading = context.reading
    known = {one.indicator: Spot(one.sheet, one.cell) for one in reversed(reading.restated)}
    known |= {seen.indicator: seen.spot for seen in reversed(reading.observations) if seen.indicator}
    likely = {seen.proposed.code: seen.label for seen in reversed(reading.observations) if seen.proposed}
    found: dict[str, Fault] = {}
    for (one, several), alike in _by_reason(codes, known, likely).items():
        told = _not_waived(expected, alike)
        shared = several.format(count=len(told), all=_names(context, told), period=expected.period.label)
        for code in alike:
            words = {"label": likely.get(code), "spot": known.get(code), "period": expected.period.label}
            found[code] = Fault(one.format(named=named(context.term(code)), **words), code=code, shared=shared)
    return found


def _by_reason(
    codes: Sequence[str], known: Collection[str], likely: Collection[str]
) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for code in codes:
        reason = ANOTHER_PERIOD if code in known else LIKELY if code in likely else ABSENT
        found.setdefault(reason, []).append(code)
    return found


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
