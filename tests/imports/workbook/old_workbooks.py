"""Makes workbooks in Excel's older format record by record, sound and spoilt: the version of 1997, without a file
of streams around it."""

from __future__ import annotations

import struct

GLOBALS, WORKSHEET = 5, 0x10
SUM_OF_TWO_CELLS_ABOVE = bytes.fromhex("2d feff ffff 00c0 00c0 22 01 0400".replace(" ", ""))


def record(code: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(content)) + content


def begin(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHLL", 0x0600, kind, 0, 0, 0, 0))


def end() -> bytes:
    return record(0x000A)


def words(text: str, *, long: bool = False) -> bytes:
    """A text with its length before it, in one byte a character."""
    return struct.pack("<HB" if long else "<BB", len(text), 0) + text.encode("latin-1")


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHH", row, column, 0) + words(text, long=True))


def formula(row: int, column: int, tokens: bytes, *, result: bytes = bytes(8), flags: int = 0) -> bytes:
    head = struct.pack("<HHH8sHLH", row, column, 0, result, flags, 0, len(tokens))
    return record(0x0006, head + tokens)


def written_at(row: int, column: int) -> bytes:
    """The tokens of a formula that another cell holds."""
    return struct.pack("<BHH", 1, row, column)


def shared(first_row: int, last_row: int, column: int, tokens: bytes) -> bytes:
    users = last_row - first_row + 1
    return record(0x04BC, struct.pack("<HHBBBBH", first_row, last_row, column, column, 0, users, len(tokens)) + tokens)


def row(number: int, *, height: int = 255, hidden: bool = False) -> bytes:
    return record(0x0208, struct.pack("<HHHHHHL", number, 0, 9, height, 0, 0, 0x20 if hidden else 0))


def merges(*areas: tuple[int, int, int, int]) -> bytes:
    """Merged areas: first and last row, first and last column."""
    return record(0x00E5, struct.pack("<H", len(areas)) + b"".join(struct.pack("<HHHH", *area) for area in areas))


def workbook(*sheets: bytes, before: bytes = b"") -> bytes:
    """A workbook whose sheets hold these records; `before` stands among those of the whole workbook."""
    font = record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0) + words("Arial"))
    head = begin(GLOBALS) + before + font + record(0x00E0, bytes(20))
    names = [f"Sheet{place}" for place in range(1, len(sheets) + 1)]
    place = len(head) + sum(len(record(0x0085, bytes(6) + words(name))) for name in names) + len(end())
    listed, bodies = b"", b""
    for name, sheet in zip(names, sheets, strict=True):
        listed += record(0x0085, struct.pack("<LBB", place + len(bodies), 0, 0) + words(name))
        bodies += begin(WORKSHEET) + sheet + end()
    return head + listed + end() + bodies


def same_sheet_again_and_again(count: int) -> bytes:
    """A workbook that lists the one sheet it has so many times, under as many names."""
    sheet = begin(WORKSHEET) + b"".join(number(place, 0, 7) for place in range(1_000)) + end()
    names = [f"S{place:04}" for place in range(count)]
    head = begin(GLOBALS) + record(0x00E0, bytes(20))
    place = len(head) + sum(len(record(0x0085, bytes(6) + words(name))) for name in names) + len(end())
    listed = b"".join(record(0x0085, struct.pack("<LBB", place, 0, 0) + words(name)) for name in names)
    return head + listed + end() + sheet
