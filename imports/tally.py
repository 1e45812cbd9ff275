"""What became of every number in a workbook, counted: a figure, something else with its reason, or not understood.

Who sets a number aside gives the reason; what no reader set aside gets its own in `imports.accounting`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from imports.cells import is_figure
from imports.reading import Reading
from imports.series import Reason
from imports.sheets import Spot

# What the numbers are that are no figures, by why they are none. Follows their count.
REASONS: Mapping[Reason, str] = {
    Reason.LABEL: "part of a label or heading: a year, or the number of a row, column or table",
    Reason.TARGET: "targets, baselines, plans, budgets and forecasts",
    Reason.EARLIER: "figures of other periods",
    Reason.CHANGE: "changes and differences",
    Reason.AVERAGE: "worked out from other cells: averages, shares and ranks",
    Reason.RATING: "ratings",
    Reason.COMMENT: "in a column or row of words",
    Reason.DETAIL: "beside a label outside every table",
    Reason.HIDDEN: "in hidden rows, columns or sheets",
    Reason.COVERED: "under merged cells, where nobody sees them",
    Reason.CHECK: "in helper cells without a label",
    Reason.TEMPLATE: "part of the return workbook itself",
    Reason.NOT_OURS: "said not to be for this return",
    Reason.UNKNOWN: "not understood",
}


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
