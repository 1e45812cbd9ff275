"""What became of every number in a workbook: a figure, something else with its reason, or not understood."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from imports.cells import is_figure
from imports.reading import Reading
from imports.series import Reason
from imports.sheets import Spot


@dataclass(frozen=True, slots=True)
class Tally:
    """The cells with numbers, each in one place only, in the order of the file."""

    figures: tuple[Spot, ...]
    others: Mapping[Reason, tuple[Spot, ...]]  # known to be no figures, by reason
    unknown: tuple[Spot, ...]  # nobody understood them

    @property
    def numbers(self) -> int:
        """How many cells with numbers there are in all."""
        return len(self.figures) + sum(map(len, self.others.values())) + len(self.unknown)


def tally(reading: Reading) -> Tally:
    """What became of every cell of the reading's workbook that holds a number. What nobody accounts for is unknown."""
    read = {one.spot for one in reading.observations}
    reasons = {one.place: one.reason for one in reading.asides}
    figures: list[Spot] = []
    others: dict[Reason, list[Spot]] = {}
    for spot in _numbers(reading, reasons):
        if spot in read:
            figures.append(spot)
        else:
            others.setdefault(reasons.get(spot, Reason.UNKNOWN), []).append(spot)
    unknown = others.pop(Reason.UNKNOWN, [])
    ordered = {reason: tuple(others[reason]) for reason in Reason if reason in others}
    return Tally(tuple(figures), ordered, tuple(unknown))


def _numbers(reading: Reading, reasons: Collection[Spot]) -> Iterator[Spot]:
    """Every cell that holds a number, be it typed as text, or was taken for one. An answer in words is none."""
    words = {one.spot for one in reading.passages}
    for sheet in reading.workbook.sheets if reading.workbook else ():
        for cell in sheet.cells.values():
            spot = Spot(sheet.name, cell.address)
            if (is_figure(cell) and spot not in words) or spot in reasons:
                yield spot
