"""The rules about whether a file is the return that it should be: V01 of the domain's list."""

from __future__ import annotations

from collections.abc import Iterator

from imports import template_layout as layout
from imports.headings import folded
from imports.reading import Basis, Expected, Observation, Severity, Status
from imports.rules import Context, Fault, at, named, rule

FEW = 5  # figures; with fewer, being the same as last quarter says nothing
SAME = 90  # percent of the figures being as last quarter


def _cover_fault(context: Context, key: str, message: str) -> Fault:
    sheet, cell = context.reading.cover.cells.get(key, (None, None))
    return Fault(message, sheet, cell)


@rule("old-template", Severity.ERROR, code="V01", first=True)
def old_template(context: Context) -> Iterator[Fault]:
    """A version of the return workbook that is not known may ask for other figures in other places."""
    version = context.reading.cover.template_version
    if context.reading.layout == "template" and version not in layout.READABLE_VERSIONS:
        said = f"is version {version} of the return workbook" if version else "does not say which version it is"
        yield _cover_fault(
            context,
            "template_version",
            f"This workbook {said}. Download version {layout.VERSION} and copy your figures into it.",
        )


@rule("wrong-provider", Severity.ERROR, code="V01", first=True)
def wrong_provider(context: Context) -> Iterator[Fault]:
    """Another provider's figures must never be stored with this contract's."""
    cover, expected = context.reading.cover, context.expected
    if expected and cover.provider and folded(cover.provider) != folded(expected.provider):
        yield _cover_fault(
            context,
            "provider",
            f"This workbook is for {cover.provider}. Upload the one for {expected.provider}.",
        )


@rule("wrong-contract", Severity.ERROR, code="V01", first=True)
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


@rule("wrong-period", Severity.ERROR, code="V01", first=True)
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
    elif cover.period is None and context.reading.restated:
        first = context.reading.restated[0]
        message = f"This file says nothing of {wanted}; it is about {first.period}. Upload the one for {wanted}."
        yield Fault(message, first.sheet, first.cell, first.indicator)


def _other_periods(context: Context, expected: Expected) -> Iterator[Fault]:
    """The figures of a sheet without a cover that are about another period than the return's."""
    wanted = expected.period
    other = [seen for seen in context.reading.observations if not _is_within(seen, expected)]
    if len(context.periods) == 1 and other:
        yield at(other[0], f"This file is for {other[0].period}. Upload the one for {wanted}.")
        return
    for seen in other:
        message = (
            f"This figure is about {seen.period}, and the return is for {wanted}. "
            "Correct its period or take the row out."
        )
        shared = (
            f"These figures are about {seen.period}, and the return is for {wanted}. "
            "Correct their period or take their rows out."
        )
        yield at(seen, message, shared=shared)


def _is_within(seen: Observation, expected: Expected) -> bool:
    if seen.period is None or expected.period.contains(seen.period):
        return True
    return seen.basis is Basis.TOTAL and seen.period.contains(expected.period)


@rule("unexpected-line", Severity.WARNING, code="V01")
def unexpected_line(context: Context) -> Iterator[Fault]:
    """A figure that the contract does not ask for is kept, and somebody should know why it came."""
    if context.expected is None:
        return
    told = {line.code for line in context.expected.lines}
    for seen in context.reading.observations:
        if seen.indicator and seen.indicator not in told and not is_blank(seen):
            told.add(seen.indicator)
            term = context.term(seen.indicator)
            yield at(seen, f"{named(term)} is not one of this contract's KPIs. It is kept beside them.")


def is_blank(seen: Observation) -> bool:
    """Whether nothing at all was typed where a figure belongs."""
    return seen.status is Status.MISSING and not seen.shown.strip()


@rule("repeated-last-quarter", Severity.QUESTION, code="V01")
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
