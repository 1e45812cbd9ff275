"""A formula written once for many cells → what it says in one of them. Calculates nothing."""

from __future__ import annotations

import re
from functools import partial

from imports.sheets import column_letters
from imports.workbook.addresses import address

# Texts and quoted sheet names are stepped over; names and functions never match.
REFERENCE = re.compile(
    r"(?P<quoted>\"[^\"]*\"|'[^']*')"
    r"|(?<![A-Za-z0-9_.$])(?P<left>\$?)(?P<letters>[A-Z]{1,3})(?P<top>\$?)(?P<digits>\d{1,7})(?![A-Za-z0-9_.(])"
)


def moved(formula: str, *, rows: int, columns: int) -> str:
    """The formula as it reads so many rows further down and columns further right. $ holds a reference."""
    return REFERENCE.sub(partial(_moved, rows=rows, columns=columns), formula)


def _moved(match: re.Match[str], *, rows: int, columns: int) -> str:
    if match["quoted"]:
        return match[0]
    row, column = address(match["letters"] + match["digits"])
    row += 0 if match["top"] else rows
    column += 0 if match["left"] else columns
    if row < 1 or column < 1:
        return "#REF!"
    return f"{match['left']}{column_letters(column)}{match['top']}{row}"
