"""How many cells may still be read of one workbook, whatever its format. Counts, and knows nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from imports.workbook import limits
from imports.workbook.refusal import too_large


@dataclass(slots=True)
class Room:
    """How many more cells may be read from the whole workbook."""

    cells: int

    def check(self, count: int) -> None:
        if count > self.cells:
            raise too_large(f"it has more than {limits.CELLS:,} cells that are not empty")

    def take(self, count: int) -> None:
        self.check(count)
        self.cells -= count
