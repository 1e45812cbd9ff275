"""What opening a file gives besides its cells. Stays inside this package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imports.kinds import Severity
from imports.sheets import Problem, Spot, Workbook


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook, and how much a reader would need that lays its sheets out in full.

    `area` counts rows × columns of all sheets, also of cells that show nothing or lie beyond the sheet;
    None for files that have no second reader.
    """

    workbook: Workbook
    area: int | None = None


def cells_outside(sheet: str, outside: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """A warning where a file holds cells that no sheet can have."""
    if outside:
        address = Spot.at(sheet, *outside[0]).cell
        yield Problem(
            "cells-outside-sheet",
            Severity.WARNING,
            f"The sheet {sheet} holds {len(outside):,} cells beyond the last one a sheet can have "
            f"(XFD1048576), the first at {address}. They were left out: check that nothing is missing.",
            sheet,
            address,
        )
