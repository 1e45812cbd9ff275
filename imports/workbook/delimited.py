"""Text in columns (CSV or tab-separated) → one sheet of texts, as typed. Interprets nothing."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from imports.kinds import Kind
from imports.sheets import Cell, Sheet, Workbook
from imports.workbook import limits
from imports.workbook.opened import Opened
from imports.workbook.refusal import Refused, too_large
from imports.workbook.room import Room

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
DELIMITERS = ",;\t|"
SAMPLE_BYTES = 4096  # looked at to find the encoding
MOST_ARE_NOUGHT = 0.7
SAMPLE = 50  # lines looked at to find the delimiter
STATED = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)  # Excel's own first line, which it does not show
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_delimited(content: bytes) -> Opened:
    """The fields that are not empty, each at the row and column where Excel would show it."""
    text = _decode(content)
    stated = STATED.match(text)
    delimiter = stated[1] if stated else _delimiter(text)
    cells: dict[tuple[int, int], Cell] = {}
    room = Room(limits.CELLS)
    for row, fields in _records(text[stated.end() :] if stated else text, delimiter):
        if len(fields) > limits.COLUMNS or row > limits.ROWS:
            raise too_large(f"row {row:,} has more than {limits.COLUMNS:,} columns, or lies too far down")
        for column, field in enumerate(fields, start=1):
            if field:
                cells[row, column] = _cell(row, column, field)
        room.check(len(cells))
    return Opened(Workbook("csv", (Sheet(None, cells),)))


def _cell(row: int, column: int, field: str) -> Cell:
    if len(field) > limits.TEXT:
        raise too_large(f"row {row:,} has a field of more than {limits.TEXT:,} characters")
    return Cell(row, column, Kind.TEXT, field, field)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        raise Refused(
            "unreadable-text",
            f"Line {reader.line_num:,} of this file has quotation marks that do not match. "
            "Mend the line, or open the file in Excel and save it as an Excel workbook (.xlsx), "
            "and upload it again.",
        ) from error


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > limits.LINE:
            raise too_large(f"line {number:,} is longer than {limits.LINE:,} characters")
        yield line


def _delimiter(text: str) -> str:
    """The character that cuts most of the first lines into the same number of columns."""
    lines = [line for _, line in zip(range(SAMPLE), _lines(text), strict=False)]
    best = max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))
    if _evenness(lines, best) == (0, 0):
        raise Refused(
            "plain-text",
            "This is a text without columns, not a workbook. Put the figures into the return workbook and upload that.",
        )
    return best


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many lines share the commonest number of columns, and that number; nought for one column."""
    widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=delimiter) if len(fields) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _decode(content: bytes) -> str:
    text = _characters(content)
    if CONTROL.search(text):
        raise not_text()
    return text


def _characters(content: bytes) -> str:
    encodings = [(mark, name) for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)]
    for mark, encoding in encodings or [(b"", name) for name in _without_mark(content)]:
        try:
            return content[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
    raise not_text()


def _without_mark(content: bytes) -> tuple[str, ...]:
    """The encodings to try: in two bytes a character, one of them is nought in almost every letter and digit."""
    start = content[:SAMPLE_BYTES]
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start[place::2].count(0) > len(start) * MOST_ARE_NOUGHT / 2 and not start[1 - place :: 2].count(0):
            return (encoding,)
    return ("utf-8", "cp1252")


def not_text() -> Refused:
    """The bytes are neither a workbook nor readable text."""
    return Refused(
        "unknown-type",
        "This file is neither an Excel workbook nor readable text. Open it in the program it comes from, "
        "save it as an Excel workbook (.xlsx) and upload that.",
    )
