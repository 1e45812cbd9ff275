"""Cell addresses as files write them: "E7" → row 7, column 5. Never works an address out from a position."""

from __future__ import annotations

from functools import lru_cache

from imports.workbook import limits
from imports.workbook.refusal import damaged

DIGITS = "0123456789"
Rectangle = tuple[int, int, int, int]  # first row, first column, last row, last column


@lru_cache(maxsize=65_536)
def address(reference: str) -> tuple[int, int]:
    """Row and column, both from 1. Raises Refused for what is no address."""
    letters = reference.rstrip(DIGITS)
    digits = reference[len(letters) :]
    if not digits or len(digits) > 10 or not 0 < len(letters) < 8 or not (letters.isascii() and letters.isalpha()):
        raise damaged(f"{reference[:20]!r} is no cell")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def position(written: str) -> int:
    """The number of a row or column. Raises Refused for what is none."""
    if not (written.isascii() and written.isdigit() and len(written) <= 10):
        raise damaged(f"{written[:20]!r} is no row or column")
    return int(written)


def rectangle(reference: str) -> Rectangle:
    """The cells of "B5:C6", or of one cell. Raises Refused for what is neither."""
    first, _, last = reference.replace("$", "").partition(":")
    top, left = address(first)
    bottom, right = address(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def lies_within(cell: str, first: str, last: str) -> bool:
    """Whether a cell lies in the rectangle from one cell to another, both included. Raises Refused for no address."""
    (row, column), (top, left), (bottom, right) = map(address, (cell, first, last))
    return top <= row <= bottom and left <= column <= right


def on_sheet(row: int, column: int) -> bool:
    """Whether a sheet has such a cell: the last one is XFD1048576."""
    return 0 < row <= limits.ROWS and 0 < column <= limits.COLUMNS
