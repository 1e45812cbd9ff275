"""Which counts must be hidden so that no small one can be worked out. Arithmetic alone.

A cell is hidden for its own sake when it counts 1 to 4 of something sensitive, or for another's sake when
a small one would otherwise follow from the totals. Two questions are asked of everything shown together,
until neither finds anything: does a hidden count follow exactly (elimination), and is a small count known
to be small (bounds, since nobody counts fewer than nought)? An optimal pattern, and readers who know some of
the hidden counts already, are beyond what is done here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

SMALL = 4  # the largest count that is small


class CannotProtect(Exception):
    """Nothing is left to hide that would protect a small count; so nothing may be released."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count as the protection sees it."""

    value: Decimal
    sensitive: bool = True
    printed: bool = True  # False: never printed, but it could be worked out from what is
    fixed: bool = False  # readers know it from an earlier release, so hiding it protects nothing

    @property
    def small(self) -> bool:
        return self.sensitive and 1 <= self.value <= SMALL


@dataclass(frozen=True, slots=True)
class Relation:
    """Cells by their keys: the total is the sum of the parts."""

    total: str
    parts: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        return (self.total, *self.parts)

    def sign(self, key: str) -> int:
        return -1 if key == self.total else 1


def withhold(
    cells: Mapping[str, Cell], relations: Sequence[Relation], *, hide: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The keys of the printed cells to hide: those given, the small ones, and what protects them.

    The same cells give the same answer whatever their order. Raises CannotProtect.
    """
    ordered = sorted(relations, key=lambda relation: (relation.total, relation.parts))
    unknown = {key for key, cell in cells.items() if key in hide or cell.small or not cell.printed}
    guarded = {key for key in unknown if key in hide or cells[key].small}
    while exposed := _exposed(cells, ordered, unknown, guarded):
        also = _complement(cells, ordered, exposed, unknown)
        unknown.add(also)
        guarded.add(also)
    return frozenset(key for key in guarded if cells[key].printed)


def _exposed(
    cells: Mapping[str, Cell], relations: Sequence[Relation], unknown: set[str], guarded: set[str]
) -> tuple[str, list[Relation]] | None:
    """A guarded cell that can be worked out, or is known to be small, and the relations that tell."""
    telling = [relation for relation in relations if not unknown.isdisjoint(relation.members)]
    for relation in telling:
        left = unknown.intersection(relation.members)
        if len(left) == 1 and left <= guarded:
            return left.pop(), [relation]
    limits = _limits(cells, telling, unknown)
    for key in sorted(guarded):
        low, high, narrowest = limits[key]
        if narrowest and (low == high or (cells[key].small and high <= SMALL)):
            return key, [narrowest, *_nearest(key, telling)]
    for key in sorted(guarded & _determined(telling, unknown)):
        return key, _nearest(key, telling)
    return None


def _nearest(key: str, relations: list[Relation]) -> list[Relation]:
    return sorted(relations, key=lambda relation: key not in relation.members)


def _complement(
    cells: Mapping[str, Cell],
    relations: Sequence[Relation],
    exposed: tuple[str, list[Relation]],
    unknown: set[str],
) -> str:
    """The cell to hide as well: a part rather than a total, where cells are hidden already, and small."""
    key, telling = exposed
    for relation in telling:
        short = SMALL + 1 - sum(cells[part].value for part in relation.parts if part in unknown)
        choices = [
            (
                member == relation.total,
                cells[member].value < short,
                sum(member in r.members and unknown.isdisjoint(r.members) for r in relations),
                cells[member].value,
                member,
            )
            for member in relation.members
            if member not in unknown and cells[member].printed and not cells[member].fixed
        ]
        if choices:
            return min(choices)[-1]
    raise CannotProtect(f"{key} is too small to show, and nothing that would protect it is left to withhold.")


Limit = tuple[Decimal, Decimal, Relation | None]
ENDLESS = Decimal("Infinity")
SWEEPS = 50  # bounds that narrow by ever smaller steps never settle


def _limits(cells: Mapping[str, Cell], relations: Sequence[Relation], unknown: set[str]) -> dict[str, Limit]:
    """The least and most that each unknown cell can be, and the relation that last narrowed it."""
    limits: dict[str, Limit] = {key: (min(Decimal(0), cells[key].value), ENDLESS, None) for key in unknown}
    for _ in range(SWEEPS):
        before = dict(limits)
        for relation in relations:
            for key, low, high in _narrower(cells, relation, limits):
                limits[key] = (low, high, relation)
        if limits == before:
            break
    return limits


def _narrower(
    cells: Mapping[str, Cell], relation: Relation, limits: Mapping[str, Limit]
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """What one relation says more closely than was known."""

    def least(key: str) -> Decimal:
        return limits[key][0] if key in limits else cells[key].value

    def most(key: str) -> Decimal:
        return limits[key][1] if key in limits else cells[key].value

    if relation.total in limits:
        low, high = sum(map(least, relation.parts)), sum(map(most, relation.parts))
        yield from _closer(relation.total, Decimal(low), Decimal(high), limits)
    for part in relation.parts:
        if part in limits:
            others = [other for other in relation.parts if other != part]
            low = least(relation.total) - sum(map(most, others))
            high = most(relation.total) - sum(map(least, others))
            yield from _closer(part, low, high, limits)


def _closer(
    key: str, low: Decimal, high: Decimal, limits: Mapping[str, Limit]
) -> Iterator[tuple[str, Decimal, Decimal]]:
    known_low, known_high, _ = limits[key]
    if low > known_low or high < known_high:
        yield key, max(low, known_low), min(high, known_high)


def _determined(relations: Sequence[Relation], unknown: set[str]) -> set[str]:
    """The unknown cells whose value follows from all relations together (Gauss and Jordan)."""
    solved: dict[str, dict[str, Fraction]] = {}  # pivot → its equation's other unknowns, with their factors
    for relation in relations:
        row = _reduced(relation, unknown, solved)
        if not row:
            continue
        pivot = min(row)
        factor = row.pop(pivot)
        row = {key: amount / factor for key, amount in row.items()}
        for other, equation in solved.items():
            if pivot in equation:
                solved[other] = _without(equation, pivot, row)
        solved[pivot] = row
    return {pivot for pivot, others in solved.items() if not others}


def _reduced(relation: Relation, unknown: set[str], solved: Mapping[str, dict[str, Fraction]]) -> dict[str, Fraction]:
    row: dict[str, Fraction] = {}
    for key in relation.members:
        if key in unknown:
            row[key] = row.get(key, Fraction(0)) + relation.sign(key)
    for pivot in [key for key in row if key in solved]:
        row = _without(row, pivot, solved[pivot])
    return {key: amount for key, amount in row.items() if amount}


def _without(row: Mapping[str, Fraction], pivot: str, equation: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """A row with the pivot replaced by what its equation says it is."""
    factor = row[pivot]
    left = {key: amount for key, amount in row.items() if key != pivot}
    for key, amount in equation.items():
        left[key] = left.get(key, Fraction(0)) - factor * amount
    return {key: amount for key, amount in left.items() if amount}
