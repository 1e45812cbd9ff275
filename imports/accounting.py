"""Every number of a workbook accounted for: each that no reader took up is set aside with its reason.

Also those that are hidden or lie under a merge. They are counted in `imports.tally`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from imports.cells import is_figure
from imports.marked import is_ours
from imports.reading import Cell, Observation, Passage, Problem, Severity, Sheet, Workbook
from imports.series import Aside, Reason
from imports.sheets import Spot

HIDDEN_FIGURES = "hidden-figures"
FEW = 3  # cells that are named one by one


def accounted(
    workbook: Workbook, observations: Iterable[Observation], passages: Iterable[Passage], asides: Iterable[Aside]
) -> tuple[Aside, ...]:
    """The asides, and one for each number besides that became no figure; each number has one at most."""
    taken = {(seen.sheet, seen.cell) for seen in observations} | {(said.sheet, said.cell) for said in passages}
    known: dict[tuple[str | None, str], Aside] = {}
    for aside in asides:
        if aside.place not in taken:
            known.setdefault(aside.place, aside)
    taken.update(known)
    return (*known.values(), *_others(workbook, taken))


def _others(workbook: Workbook, taken: Collection[tuple[str | None, str]]) -> Iterator[Aside]:
    """The numbers that stand nowhere else, one after the other: of a large workbook that may be nearly all."""
    for sheet in workbook.sheets:
        ours = is_ours(sheet)
        for cell in filter(is_figure, sheet.cells.values()):
            place = Spot(sheet.name, cell.address)
            if place not in taken:
                yield Aside(place, cell.shown, Reason.TEMPLATE if ours else _reason(sheet, cell))


def _reason(sheet: Sheet, cell: Cell) -> Reason:
    """Why a number that no table has is no figure."""
    if cell.under_merge:
        return Reason.COVERED
    if cell.hidden or sheet.hidden:
        return Reason.HIDDEN
    before = sheet.cells.get((cell.row, cell.column - 1))
    return Reason.DETAIL if before is not None and not is_figure(before) else Reason.UNKNOWN


def hidden(asides: Iterable[Aside]) -> Iterator[Problem]:
    """One question a sheet about its hidden numbers, which are not read unless somebody says so."""
    advice = (
        "If they belong to the return, unhide them and upload the file again, or say that hidden cells are to be read."
    )
    for first, numbers, cells in _by_sheet(asides, Reason.HIDDEN, "hidden number"):
        message = f"{numbers} not read ({cells}). {advice}"
        yield Problem(HIDDEN_FIGURES, Severity.QUESTION, message, *first)


def not_understood(asides: Iterable[Aside]) -> Iterator[Problem]:
    """One warning a sheet about the numbers that nobody understood."""
    advice = "Put a heading above and a label beside what belongs to the return."
    for first, numbers, cells in _by_sheet(asides, Reason.UNKNOWN, "number"):
        message = f"{numbers} not understood ({cells}), so nothing was read from there. {advice}"
        yield Problem("not-understood", Severity.WARNING, message, *first)


def _by_sheet(asides: Iterable[Aside], reason: Reason, what: str) -> Iterator[tuple[Spot, str, str]]:
    """Of each sheet the first number set aside for a reason, how many there are, and some of their cells."""
    by_sheet: dict[str | None, list[Spot]] = {}
    for aside in asides:
        if aside.reason is reason:
            by_sheet.setdefault(aside.place.sheet, []).append(aside.place)
    for found in by_sheet.values():
        cells = ", ".join(spot.cell for spot in found[:FEW]) + (" …" if len(found) > FEW else "")
        yield found[0], f"1 {what} was" if len(found) == 1 else f"{len(found)} {what}s were", cells
