"""Whether a return is accepted by its contract's rule, from what its funding bodies say. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

AGREEING = frozenset({"agrees", "reservations"})


@dataclass(frozen=True, slots=True)
class Position:
    """What one funding body says of one version of a return."""

    body: str  # its name
    is_lead: bool
    view: str | None  # a key of review.models.VIEWS; None while it has given none

    @property
    def agrees(self) -> bool:
        return self.view in AGREEING

    @property
    def objects(self) -> bool:
        return self.view is not None and not self.agrees


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says; the return is accepted when nothing is missing."""

    missing: tuple[str, ...]  # sentences

    @property
    def met(self) -> bool:
        return not self.missing


def verdict(rule: str, positions: Sequence[Position]) -> Verdict:
    """Whether the rule is met, and what is still missing, in words.

    Under "any" one body's agreement is enough and under "lead" that of the lead commissioner, whatever the others
    say; under "all" each body has to agree. Agreement with reservations is agreement.
    """
    match rule:
        case "any":
            met = any(one.agrees for one in positions)
            return Verdict(() if met else ("No funding body has agreed yet.",))
        case "lead":
            return _each(one for one in positions if one.is_lead)
        case "all":
            return _each(positions)
    raise ValueError(f"{rule} is no rule of acceptance.")


def _each(positions: Iterable[Position]) -> Verdict:
    return Verdict(tuple(_missing(one) for one in positions if not one.agrees))


def _missing(one: Position) -> str:
    lead = ", which leads," if one.is_lead else ""
    return f"{one.body}{lead} {'does not agree' if one.objects else 'has not given its view'}."
