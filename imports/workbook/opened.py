"""What opening a file gives besides its cells. Stays inside this package."""

from __future__ import annotations

from dataclasses import dataclass

from imports.reading import Workbook


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook, and how much a reader would need that lays its sheets out in full.

    `area` counts rows × columns of all sheets, also of cells that show nothing or lie beyond the sheet;
    None for files that have no second reader.
    """

    workbook: Workbook
    area: int | None = None
