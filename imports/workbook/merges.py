"""Cells that lie under a merge, which nobody who looks at the sheet can see: marks them, keeps them."""

from __future__ import annotations

from collections.abc import Sequence

from imports.sheets import Cell
from imports.workbook import limits
from imports.workbook.addresses import Rectangle
from imports.workbook.refusal import Refused, too_large

Cells = dict[tuple[int, int], Cell]


def mark_under_merges(cells: Cells, merges: Sequence[Rectangle]) -> None:
    """Mark every cell but the first of each merged area. Raises Refused where areas cover one another endlessly."""
    steps = 0
    for merge in merges:
        area = (merge[2] - merge[0] + 1) * (merge[3] - merge[1] + 1)
        steps += min(area, len(cells))
        if steps > limits.MERGE_STEPS:
            raise too_large("one of its sheets has merged areas that cover one another")
        for key in _covered(cells, merge) if area <= len(cells) else _inside(cells, merge):
            if key != merge[:2]:
                cells[key] = cells[key]._replace(under_merge=True)


def too_many() -> Refused:
    """A sheet has more merged areas than are looked at."""
    return too_large(f"one of its sheets has more than {limits.MERGES:,} merged areas")


def _covered(cells: Cells, merge: Rectangle) -> list[tuple[int, int]]:
    top, left, bottom, right = merge
    places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    return [place for place in places if place in cells]


def _inside(cells: Cells, merge: Rectangle) -> list[tuple[int, int]]:
    top, left, bottom, right = merge
    return [key for key in cells if top <= key[0] <= bottom and left <= key[1] <= right]
