"""What most of the invented layouts are made of: a grid of rows by periods, each figure with its truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.trials.figures import fact
from tests.trials.sheets import Grid, Trial, Typed
from tests.trials.truth import Fact
from tests.trials.words import Row

LAYOUTS: dict[str, Callable[[], Trial]] = {}
# The months and quarters of 2023/24, as they are known here.
MONTHS = [f"2023-{month:02d}" for month in range(4, 13)] + [f"2024-{month:02d}" for month in range(1, 4)]
QUARTERS = [f"2023-Q{number}" for number in range(1, 5)]
MONTH_NAMES = ["April", "May", "June", "July", "August", "September", "October", "November", "December", "January"]
MONTH_NAMES += ["February", "March"]
PERCENT = "0.0%"


def layout(maker: Callable[[], Trial]) -> Callable[[], Trial]:
    """Adds a layout under its function's name."""
    LAYOUTS[maker.__name__] = maker
    return maker


def book(name: str, *grids: Grid, filename: str = "", separator: str = "") -> Trial:
    return Trial(name, filename or f"monitoring.{'csv' if separator else 'xlsx'}", list(grids), separator)


def truth(row: Row, key: str, **more) -> Fact:
    """The fact of a row in a period. `more` may say another part or basis."""
    stated = {"part": row.part, "basis": row.basis, "category": row.category, "label": row.label} | more
    return fact(row.code, key, stated.pop("part"), stated.pop("basis"), like=row.like, **stated)


def figures(grid: Grid, top: int, left: int, rows: Sequence[Row], keys: Sequence[str], **more) -> int:
    """Fills the cells of rows by periods; percentages as fractions shown as percentages. The next free row."""
    for down, row in enumerate(rows):
        for across, key in enumerate(keys):
            figure(grid, top + down, left + across, truth(row, key, **more))
    return top + len(rows)


def figure(grid: Grid, row: int, column: int, fact: Fact) -> None:
    """One figure; a percentage as a fraction shown as a percentage."""
    percent = Typed(round(fact.value / 100, 4), PERCENT) if fact.part == "percent" and fact.value is not None else None
    grid.fact(row, column, fact, percent)


def labels(grid: Grid, top: int, column: int, rows: Sequence[Row], indent: str = "") -> None:
    for down, row in enumerate(rows):
        grid.put(top + down, column, indent + row.label)
