"""The words by which what we added to a provider's workbook is known again when it comes back."""

from __future__ import annotations

from imports.reading import Sheet

AUTHOR = "Domestic Abuse Commissioning"
SHEET_NAME = "Points to mend"
MARK = f"Points to mend. {AUTHOR} added this sheet: nothing on it is read."
FIRST_ROW = 5  # of our sheet, below its headings
SAID = f"{AUTHOR}: "  # how every comment of ours begins, also where it follows somebody else's


def is_ours(sheet: Sheet) -> bool:
    """Whether we added this sheet when the workbook was given back, so that nothing on it is a figure."""
    first = sheet.cells.get((1, 1))
    return first is not None and first.shown.startswith(MARK)
