"""What the cover of a return workbook says: whose it is, for which quarter, in which version.

Its labels are found wherever they stand; whether what they say is right is for `imports.checks`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from imports import headings, period_words
from imports import template_layout as layout
from imports.headings import Page, folded
from imports.periods import Period
from imports.reading import Cell, Cover, Sheet
from imports.sheets import Spot

_LABELS = {folded(label): key for key, label in layout.COVER_FIELDS.items()}


def find(pages: Sequence[Page]) -> tuple[Sheet, Cover] | None:
    """The sheet that is the cover, whatever it is called, and what it says. None when there is none."""
    for page in pages:
        found = _answers(page)
        if found.keys() >= layout.COVER_NEEDED:
            return page.sheet, _cover(page.sheet, found)
    return None


def _answers(page: Page) -> dict[str, Cell]:
    """The cell to the right of each of the cover's labels."""
    found: dict[str, Cell] = {}
    for row, words in page.words.items():
        if _LABELS.keys().isdisjoint(words.values()):
            continue
        filled = list(page.rows[row].items())
        for (column, _), (_, after) in pairwise(filled):
            key = _LABELS.get(words.get(column, ""))
            if key and key not in found:
                found[key] = after
    return found


def _cover(sheet: Sheet, found: Mapping[str, Cell]) -> Cover:
    said = {key: headings.text(cell) for key, cell in found.items()}
    return Cover(
        template_version=said["template_version"],
        contract=said["contract"],
        provider=said.get("provider"),
        period=_cover_period(said),
        cells={key: Spot(sheet.name, cell.address) for key, cell in found.items()},
    )


def _cover_period(said: Mapping[str, str]) -> Period | None:
    """The quarter; None when the cover does not say it, or says two."""
    by_number = period_words.parse(f"{said.get('quarter', '')} {said.get('year', '')}")
    by_months = period_words.parse(said.get("period", ""))
    if by_number and by_months:
        return by_number if by_number == by_months else None
    return by_number or by_months
