"""Whether a file is the return it should be, and complete; and the one place where every rule is asked.

The rules about figures that must agree are in `imports.agreement`. No rule fetches or repairs anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from imports import agreement, observing
from imports import template_layout as layout
from imports.headings import folded
from imports.reading import (
    Basis,
    Expected,
    Line,
    Observation,
    Part,
    Problem,
    Reading,
    Severity,
    Status,
    Vocabulary,
)
from imports.rules import RELATIONS, RULES, Context, Fault, Relations, at, borrowed, named, rule

FEW = 5  # figures; with fewer, being the same as last quarter says nothing
SAME = 90  # percent of the figures being as last quarter

__all__ = ["RULES", "agreement", "check"]


def check(
    reading: Reading,
    vocabulary: Vocabulary,
    expected: Expected | None = None,
    relations: Relations = RELATIONS,
) -> tuple[Problem, ...]:
    """What the rules find. When it is the wrong file, only that is said: the rest would follow from it."""
    context = Context(reading, vocabulary, expected, relations)
    found = [problem for known in RULES.values() if known.first for problem in known.problems(context)]
    if any(problem.severity is Severity.ERROR for problem in found):
        return tuple(found)
    for known in RULES.values():
        if not known.first:
            found += known.problems(context)
    return tuple(found)


def _cover_fault(context: Context, key: str, message: str) -> Fault:
    sheet, cell = context.reading.cover.cells.get(key, (None, None))
    return Fault(message, sheet, cell)


@rule("old-template", Severity.ERROR, first=True)
def old_template(context: Context) -> Iterator[Fault]:
    """Another version of the return workbook may ask for other figures in other places."""
    version = context.reading.cover.template_version
    if context.reading.layout == "template" and version != layout.VERSION:
        said = f"is version {version} of the return workbook" if version else "does not say which version it is"
        yield _cover_fault(
            context,
            "template_version",
            f"This workbook {said}. Download version {layout.VERSION} and copy your figures into it.",
        )


@rule("wrong-provider", Severity.ERROR, first=True)
def wrong_provider(context: Context) -> Iterator[Fault]:
    """Another provider's figures must never be stored with this contract's."""
    cover, expected = context.reading.cover, context.expected
    if expected and cover.provider and folded(cover.provider) != folded(expected.provider):
        yield _cover_fault(
            context,
            "provider",
            f"This workbook is for {cover.provider}. Upload the one for {expected.provider}.",
        )


@rule("wrong-contract", Severity.ERROR, first=True)
def wrong_contract(context: Context) -> Iterator[Fault]:
    """The figures of another of the provider's contracts belong to another return."""
    cover, expected = context.reading.cover, context.expected
    if any(wrong_provider(context)):
        return
    if expected and cover.contract and folded(cover.contract) != folded(expected.contract):
        yield _cover_fault(
            context,
            "contract",
            f"This workbook is for the contract {cover.contract}. Upload the one for {expected.contract}.",
        )


@rule("wrong-period", Severity.ERROR, first=True)
def wrong_period(context: Context) -> Iterator[Fault]:
    """Last quarter's figures are not this quarter's."""
    expected, cover = context.expected, context.reading.cover
    if expected is None:
        return
    wanted = expected.period
    if context.reading.layout == "template" and cover.period is None:
        message = f"The cover does not say one quarter. Download the workbook for {wanted} again."
        yield _cover_fault(context, "quarter", message)
    elif cover.period is not None and cover.period != wanted:
        message = f"This workbook is for {cover.period}. Upload the one for {wanted}."
        yield _cover_fault(context, "quarter", message)
    elif cover.period is None and context.periods:
        yield from _other_periods(context, expected)


def _other_periods(context: Context, expected: Expected) -> Iterator[Fault]:
    """The figures of a sheet without a cover that are about another period than the return's."""
    wanted = expected.period
    other = [seen for seen in context.reading.observations if not _is_within(seen, expected)]
    if len(context.periods) == 1 and other:
        yield at(other[0], f"This file is for {other[0].period}. Upload the one for {wanted}.")
        return
    for seen in other:
        yield at(
            seen,
            f"This figure is about {seen.period}, and the return is for {wanted}. "
            "Correct its period or take the row out.",
        )


def _is_within(seen: Observation, expected: Expected) -> bool:
    if seen.period is None or expected.period.contains(seen.period):
        return True
    return seen.basis is Basis.TOTAL and seen.period.contains(expected.period)


@rule("V02", Severity.ERROR)
def mandatory_missing(context: Context) -> Iterator[Fault]:
    """A mandatory KPI has a figure, or says in so many words why it has none: blank is neither."""
    if context.expected is None:
        return
    for line in context.expected.lines:
        if line.mandatory and line.code in context.vocabulary.terms:
            yield from _missing(context, context.expected, line)


def _missing(context: Context, expected: Expected, line: Line) -> Iterator[Fault]:
    term = context.term(line.code)
    owed = {other.code for other in expected.lines}
    blank: list[Observation] = []
    wanted = [part for part in observing.parts(term) if borrowed(term, part) not in owed]
    lacking = []
    for part in wanted:
        seen = _any_of_period(context, expected, line.code, part)
        if seen is None or _is_blank(seen):
            lacking.append(part.value)
            blank += [seen] if seen else []
    if blank:
        what = " and the ".join(lacking)
        verb = "is" if len(lacking) == 1 else "are"
        advice = "Enter a figure, or choose a status such as “Not yet available”."
        yield at(blank[0], f"{named(term)}: the {what} {verb} blank. {advice}")
    elif lacking:
        yield Fault(f"{named(term)} is not in the file. Add a row for it, with a figure or “not applicable”.")


def _any_of_period(context: Context, expected: Expected, code: str, part: Part) -> Observation | None:
    """The whole's figure for the return's quarter, or else of a month or category within it."""
    if seen := context.whole(code, expected.period, part):
        return seen
    return context.within.get((code, part))


def _is_blank(seen: Observation) -> bool:
    return seen.status is Status.MISSING and not seen.shown.strip()


@rule("unexpected-line", Severity.WARNING)
def unexpected_line(context: Context) -> Iterator[Fault]:
    """A figure that the contract does not ask for is kept, and somebody should know why it came."""
    if context.expected is None:
        return
    told = {line.code for line in context.expected.lines}
    for seen in context.reading.observations:
        if seen.indicator and seen.indicator not in told and not _is_blank(seen):
            told.add(seen.indicator)
            term = context.term(seen.indicator)
            yield at(seen, f"{named(term)} is not one of this contract's KPIs. It is kept beside them.")


@rule("duplicate-line", Severity.ERROR)
def duplicate_line(context: Context) -> Iterator[Fault]:
    """Of two figures for the same thing, nobody could say which one counts."""
    first: dict[tuple, Observation] = {}
    for seen in context.reading.observations:
        if seen.indicator is None or seen.period is None:
            continue
        key = (seen.indicator, seen.part, seen.breakdown, seen.category, seen.period, seen.basis)
        if key in first:
            other = first[key]
            place = f"{other.sheet}!{other.cell}" if other.sheet else other.cell
            yield at(seen, f"{named(context.term(seen.indicator))} is already in {place}. Keep one of the two.")
        first.setdefault(key, seen)


@rule("repeated-last-quarter", Severity.QUESTION)
def repeated_last_quarter(context: Context) -> Iterator[Fault]:
    """A return that repeats last quarter's figures is usually last quarter's file."""
    if context.expected is None:
        return
    pairs = []
    for line in context.expected.lines:
        for part, before in line.previous.items():
            seen = context.whole(line.code, context.expected.period, part)
            if seen and seen.value is not None:
                pairs.append((seen, seen.value == before))
    same = [seen for seen, is_same in pairs if is_same]
    if len(pairs) >= FEW and len(same) * 100 > SAME * len(pairs):
        yield at(
            same[0],
            f"{len(same)} of {len(pairs)} figures are the same as in {context.expected.period.previous()}: "
            "this looks like last quarter's file. Check them, or say why they did not change.",
        )
