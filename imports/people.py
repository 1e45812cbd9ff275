"""The rules about people and households counted in several ways: bounds, and the stages of a pathway.

They warn and never block: somebody referred in one quarter may be assessed in the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from imports.cells import plain
from imports.reading import Severity
from imports.rules import Context, Fault, at, named, part_named, rule


@rule("V07", Severity.WARNING)
def supported_within_caseload(context: Context) -> Iterator[Fault]:
    """The different people in a caseload are no more than those it opened with and the cases added to it."""
    for caseload in context.relations.caseloads:
        for period in context.periods:
            start = context.reported(caseload.opening, period)
            added = context.reported(caseload.added, period)
            people = context.reported(caseload.supported, period)
            if start and added and people and people[0] > start[0] + added[0]:
                yield at(
                    people[1],
                    f"{named(context.term(caseload.supported))} is {plain(people[0])}, more than the "
                    f"{plain(start[0])} of {caseload.opening} and the {plain(added[0])} of {caseload.added} together. "
                    "Check all three.",
                    start[1],
                    added[1],
                )


@rule("V07", Severity.WARNING)
def households_hold_people(context: Context) -> Iterator[Fault]:
    """A household is at least one adult or child, so there are no more households than adults and children together."""
    for relation in context.relations.households:
        for period in context.periods:
            homes = context.reported(relation.households, period)
            people = [pair for code in relation.people if (pair := context.reported(code, period))]
            together = sum((value for value, _ in people), Decimal(0))
            if homes and len(people) == len(relation.people) and homes[0] > together:
                yield at(
                    homes[1],
                    f"{named(context.term(relation.households))} is {plain(homes[0])}, more than "
                    f"{' and '.join(relation.people)} together ({plain(together)}). Check all of them.",
                    *(seen for _, seen in people),
                )


@rule("V09", Severity.WARNING)
def pathway_narrows(context: Context) -> Iterator[Fault]:
    """Each stage of a pathway is reached by some of those at the one before, where both count the same cohort."""
    for pathway in context.relations.pathways:
        for earlier, later in pairwise(pathway.stages):
            for period in context.periods:
                before = context.reported(earlier[0], period, earlier[1])
                after = context.reported(later[0], period, later[1])
                if before and after and after[0] > before[0]:
                    yield at(
                        after[1],
                        f"{part_named(context, *later)} is {plain(after[0])}, more than "
                        f"{part_named(context, *earlier)} ({plain(before[0])}). Check both, or say in the "
                        "comment who was counted before.",
                        before[1],
                    )
