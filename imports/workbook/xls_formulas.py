"""The formulas of an .xls sheet, which xlrd reads past: what each says, and whether it was ever calculated.

Finds their tokens, which xlrd can put into words. A formula that has no words is still a formula: "".
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from xlrd.book import Book
from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, decompile_formula

from imports.workbook import limits
from imports.workbook.biff import STUMBLES, records

FORMULA, SHARED, END = (0x0006, 0x0206, 0x0406), 0x04BC, 0x000A
HEAD = struct.Struct("<HHxx8sHxxxxH")  # row, column, result, flags, length of the tokens
SHARED_LENGTH = struct.Struct("<8xH")
ELSEWHERE = struct.Struct("<BHH")  # a token that says at which cell the formula is written
VOLATILE = b"\x19\x01"  # the token of a formula that is calculated whenever anything is
ON_OPENING = 0x2  # the flag of a formula that is still to be calculated
NO_RESULT = (bytes(8), b"\x03\0\0\0\0\0\xff\xff")  # nought, or an empty text
NO_WORDS = "?"  # what xlrd says of tokens that it cannot put into words
OLDEST = 50  # xlrd's number for the first version whose records are these
WHOLE = re.compile(
    r"(?P<text>\"[^\"]*\"|'[^']*')|(?<![\w.])(?P<number>\d+)\.0(?![\d.])|!(?P<cell>[$A-Z0-9]+):(?P=cell)\b"
)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell calculates. `calculated` is False where no program has done so."""

    text: str | None  # None where a cell has none
    calculated: bool


@dataclass(slots=True)
class _Found:
    """The formulas of one sheet as its records hold them."""

    tokens: dict[Place, bytes] = field(default_factory=dict)
    shared: dict[Place, bytes] = field(default_factory=dict)  # by the first cell that uses it
    uncalculated: set[Place] = field(default_factory=set)

    def take_up(self, record: bytes) -> Place:
        """Keep one formula, and say where it is."""
        row, column, result, flags, length = HEAD.unpack_from(record)
        tokens = self.tokens[row, column] = record[HEAD.size : HEAD.size + length]
        if flags & ON_OPENING and result in NO_RESULT and not tokens.startswith(VOLATILE):
            self.uncalculated.add((row, column))
        return row, column


def read_formulas(book: Book, number: int) -> Mapping[Place, Formula]:
    """Every formula of a sheet by row and column, both from nought; none in versions that store them otherwise."""
    if book.biff_version < OLDEST:
        return {}
    found, last = _Found(), (0, 0)
    for code, record in records(book.mem, book._sh_abs_posn[number]):
        if code == END:
            break
        if code in FORMULA:
            last = found.take_up(record)
        elif code == SHARED:
            (length,) = SHARED_LENGTH.unpack_from(record)
            found.shared[last] = record[SHARED_LENGTH.size : SHARED_LENGTH.size + length]
    places = list(found.tokens)
    texts = [_text(book, found, place) for place in places[: limits.FORMULAS_IN_WORDS]]
    return {
        place: Formula(texts[order] if order < len(texts) else "", place not in found.uncalculated)
        for order, place in enumerate(places)
    }


def _text(book: Book, found: _Found, place: Place) -> str:
    tokens, kind = found.tokens[place], FMLA_TYPE_CELL
    if tokens[:1] == b"\x01" and len(tokens) >= ELSEWHERE.size:
        _, row, column = ELSEWHERE.unpack_from(tokens)
        tokens, kind = found.shared.get((row, column), b""), FMLA_TYPE_SHARED
    try:
        text = decompile_formula(book, tokens, len(tokens), kind, browx=place[0], bcolx=place[1])
    except STUMBLES:
        return ""
    return "" if text in (None, NO_WORDS) else WHOLE.sub(_plain, text)[: limits.TEXT]


def _plain(match: re.Match[str]) -> str:
    """Numbers and single cells as people write them: 2, not 2.0; Other!A1, not Other!A1:A1."""
    if match["number"]:
        return match["number"]
    return f"!{match['cell']}" if match["cell"] else match[0]
