"""The file of streams around an older workbook or document: known by its first bytes, and which streams it lists.

Opens no stream and needs no library, so that every process can ask what a file is.
"""

from __future__ import annotations

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how such a file begins
WORKBOOK_STREAMS = ("Workbook", "Book")  # in which a workbook's own records stand, by its version
ENTRY = 128  # bytes of one entry of the directory, which begins with the stream's name


def has_stream(content: bytes, stream: str) -> bool:
    """Whether the file's directory lists a stream."""
    name = f"{stream}\0".encode("utf-16-le")
    place = content.find(name)
    while place >= 0:
        if place % ENTRY == 0:
            return True
        place = content.find(name, place + 1)
    return False
