"""What became of each cell of a workbook, in words and as a key of the page's styles. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from dacommission.returns.grid import Fate, href
from dacommission.returns.models import StoredObservation, StoredPassage, StoredProblem
from dacommission.returns.shown import PARTS, SEVERITIES, anchor, said
from imports.reading import Observation, Part, Passage, Problem, Severity
from imports.series import Aside, Reason
from imports.sheets import Spot

FIGURE, ASKED, OTHER, UNKNOWN, WORDS = "figure", "asked", "other", "unknown", "words"
CORRECTED = "corrected"
UNRECOGNISED = "not recognised"

# Why a number is no figure, in the word that stands in its cell.
REASONS: dict[Reason, str] = {
    Reason.LABEL: "label",
    Reason.TARGET: "target",
    Reason.EARLIER: "other period",
    Reason.CHANGE: "change",
    Reason.AVERAGE: "worked out",
    Reason.RATING: "rating",
    Reason.COMMENT: "comment",
    Reason.DETAIL: "detail",
    Reason.HIDDEN: "hidden",
    Reason.COVERED: "covered",
    Reason.CHECK: "helper",
    Reason.TEMPLATE: "workbook’s own",
    Reason.NOT_OURS: "not ours",
    Reason.UNKNOWN: "not understood",
}


class _Placed(Protocol):
    @property
    def sheet(self) -> str | None: ...
    @property
    def cell(self) -> str | None: ...


def fates(
    figures: Iterable[Observation | StoredObservation],
    problems: Iterable[Problem | StoredProblem],
    *,
    passages: Iterable[Passage | StoredPassage] = (),
    asides: Iterable[Aside] = (),
    unknown: Iterable[Spot] = (),
    corrected: Collection[Spot] = (),
) -> dict[Spot, Fate]:
    """What became of each cell that anything is known of. A problem at a cell shows before what the cell is.

    `corrected` are the cells in whose place something was typed and not kept yet.
    """
    found = dict.fromkeys(unknown, Fate(UNKNOWN, REASONS[Reason.UNKNOWN]))
    found |= {one.place: _aside(one.reason) for one in asides}
    found |= {_spot(one): Fate(WORDS, "words") for one in passages}
    for seen in figures:
        spot = _spot(seen)
        if found.get(spot, Fate("", "")).key not in (FIGURE, ASKED, CORRECTED):
            found[spot] = _figure(seen, instead=spot in corrected or getattr(seen, "corrects_id", None) is not None)
    for spot, severity in _worst(problems).items():
        found[spot] = _at_fault(found.get(spot), severity)
    return found


def _worst(problems: Iterable[Problem | StoredProblem]) -> dict[Spot, Severity]:
    """The gravest problem of each cell that has one."""
    order, worst = list(SEVERITIES), dict[Spot, Severity]()
    for problem in problems:
        if problem.cell:
            both = {Severity(problem.severity), worst.get(_spot(problem), Severity.WARNING)}
            worst[_spot(problem)] = min(both, key=order.index)
    return worst


def _spot(one: _Placed) -> Spot:
    return Spot(one.sheet, one.cell or "")


def _aside(reason: Reason) -> Fate:
    return Fate(UNKNOWN if reason is Reason.UNKNOWN else OTHER, REASONS[reason])


def _figure(seen: Observation | StoredObservation, *, instead: bool) -> Fate:
    """A figure by its indicator's code; one that counts for nothing yet by what it may be.

    `instead`: it says no more what its cell says.
    """
    link = href(anchor(seen.sheet, seen.cell))
    if isinstance(seen, StoredObservation):
        code, likely = seen.indicator_code, None
    else:
        code, likely = seen.indicator, seen.proposed
    if code is None:
        return Fate(ASKED, f"{likely.code}?" if likely else UNRECOGNISED, link)
    part = "" if seen.part == Part.VALUE else f" {PARTS[Part(seen.part)].lower()}"
    words = f"{code}{part}"
    return Fate(CORRECTED, f"{words}, corrected to {said(seen)}", link) if instead else Fate(FIGURE, words, link)


def _at_fault(before: Fate | None, severity: Severity) -> Fate:
    word = SEVERITIES[severity].lower()
    return Fate(str(severity), f"{before.word}, {word}" if before else word, before.href if before else "")
