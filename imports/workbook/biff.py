"""The records of Excel's older format, one by one, and whether a password protects them. Reads no cell."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import xlrd
from xlrd.compdoc import CompDoc, CompDocError
from xlrd.formula import FormulaError

from imports.workbook.compound import OLE, WORKBOOK_STREAMS
from imports.workbook.refusal import PROTECTED, Refused

RECORD = struct.Struct("<HH")
FILEPASS, END = 0x002F, 0x000A
# Whatever a broken file makes xlrd stumble over.
STUMBLES = (
    *(xlrd.XLRDError, CompDocError, FormulaError, struct.error, AssertionError, ArithmeticError, AttributeError),
    *(LookupError, NameError, RuntimeError, TypeError, ValueError, EOFError),
)


class NoWords:
    """Where xlrd's remarks go. They must not mix with the child's answer."""

    def write(self, _: str) -> None:
        """Keep nothing."""


def refuse_protected(content: bytes) -> None:
    """Raises Refused for a workbook that only a password opens."""
    for code, _ in records(workbook_stream(content)):
        if code == END:
            return
        if code == FILEPASS:
            raise Refused(*PROTECTED)


def workbook_stream(content: bytes) -> bytes:
    """The workbook's own records, without the file around them; nothing where they cannot be found."""
    if not content.startswith(OLE):
        return content
    try:
        document = CompDoc(content, logfile=NoWords())
        return next((found for name in WORKBOOK_STREAMS if (found := document.get_named_stream(name))), b"")
    except STUMBLES:
        return b""


def records(stream: bytes, place: int = 0) -> Iterator[tuple[int, bytes]]:
    """The number and content of each record from a place on."""
    while place + RECORD.size <= len(stream):
        code, length = RECORD.unpack_from(stream, place)
        place += RECORD.size
        yield code, stream[place : place + length]
        place += length
