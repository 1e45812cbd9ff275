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
        """Raises Refused where so many more would be too many."""
        if count > self.cells:
            raise too_large(f"it has more than {limits.CELLS:,} cells that are not empty")

    def take(self, count: int) -> None:
        """Counts cells as read. Raises Refused where they are too many."""
        self.check(count)
        self.cells -= count
