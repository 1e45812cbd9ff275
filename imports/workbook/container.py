"""The zip package around a workbook: which parts it has, each inflated in bounded steps.

Trusts no size, count or name the package states: everything is checked against the bytes themselves.
Writes nothing anywhere and knows nothing of spreadsheets.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from imports.workbook import limits
from imports.workbook.refusal import Refused, damaged, too_large

END = struct.Struct("<4s4H2LH")
CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
END_MARK, CENTRAL_MARK, LOCAL_MARK = b"PK\5\6", b"PK\1\2", b"PK\3\4"
ENCRYPTED = 0x1 | 0x40
UTF8_NAME = 0x800
STORED, DEFLATED = 0, 8
SYMLINK, FILE_TYPE = 0o120000, 0o170000
STEP = 256 * 1024  # bytes inflated at a time


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one part's bytes lie in the file."""

    name: str
    method: int
    check: int
    start: int
    end: int
    header: int


class Container:
    """The parts of one zip package, by name. Capitals make no difference in part names."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._entries = _entries(content)
        self._inflated = 0

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in small letters."""
        return tuple(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The inflated bytes of a part, piece by piece, checked against its checksum at the end.

        Raises Refused when the part is missing, damaged or passes a limit.
        """
        entry = self._entries.get(name.lower())
        if entry is None:
            raise damaged(f"its part {name[:80]} is missing")
        check = size = 0
        for chunk in _inflate(self._content[entry.start : entry.end], entry):
            size += len(chunk)
            self._inflated += len(chunk)
            self._bound(size, entry)
            check = zlib.crc32(chunk, check)
            yield chunk
        if check != entry.check:
            raise damaged(f"its part {entry.name} does not match its checksum")

    def _bound(self, size: int, entry: Entry) -> None:
        if size > limits.PART or self._inflated > limits.INFLATED:
            raise too_large(f"its part {entry.name} grows beyond {limits.PART // limits.MIB} MB when unpacked")
        if size > limits.RATIO_FROM and size > limits.RATIO * (entry.end - entry.start):
            raise too_large(f"its part {entry.name} grows more than {limits.RATIO} times when unpacked")


def _inflate(packed: bytes, entry: Entry) -> Iterator[bytes]:
    if entry.method == STORED:
        for start in range(0, len(packed), STEP):
            yield packed[start : start + STEP]
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not inflater.eof:
            yield inflater.decompress(packed, STEP)
            packed = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise damaged(f"its part {entry.name} cannot be unpacked") from error
    if not inflater.eof:
        raise damaged(f"its part {entry.name} is cut off")


def _entries(content: bytes) -> dict[str, Entry]:
    """Every part by its name in small letters. Raises Refused when the package is not plain and whole."""
    count, position, directory = _end_record(content)
    if count > limits.PARTS:
        raise too_large(f"it is made of {count:,} parts, and {limits.PARTS:,} is the most that is read")
    entries: dict[str, Entry] = {}
    for _ in range(count):
        entry, position = _entry(content, position)
        if entry.name.lower() in entries:
            raise damaged(f"its part {entry.name} occurs twice")
        entries[entry.name.lower()] = entry
    _refuse_overlap(entries.values(), directory)
    return entries


def _end_record(content: bytes) -> tuple[int, int, int]:
    """How many parts there are, where the list of them starts, and where their bytes must have ended."""
    place = content.rfind(END_MARK, max(0, len(content) - END.size - 0xFFFF))
    if place < 0 or place + END.size > len(content):
        raise damaged("its end is missing, as after an upload or a copy that was cut off")
    _, disk, first_disk, here, count, size, offset, comment = END.unpack_from(content, place)
    if place + END.size + comment != len(content):
        raise damaged("something else follows the workbook in the same file")
    if disk or first_disk or here != count or offset + size != place:
        raise damaged("its list of parts is not where it should be")
    return count, offset, offset


def _entry(content: bytes, position: int) -> tuple[Entry, int]:
    try:
        fields = CENTRAL.unpack_from(content, position)
    except struct.error as error:
        raise damaged("its list of parts is cut off") from error
    mark, made_by, _, flags, method, _, _, check, packed, _ = fields[:10]
    name_length, extra, comment, _, _, attributes, header = fields[10:]
    if mark != CENTRAL_MARK:
        raise damaged("its list of parts cannot be read")
    start = position + CENTRAL.size
    raw_name = content[start : start + name_length]
    name = _name(raw_name, flags)
    _refuse_unusual(name, flags=flags, method=method, made_by=made_by, attributes=attributes)
    data = _after_local_header(content, header, raw_name, method)
    return Entry(name, method, check, data, data + packed, header), start + name_length + extra + comment


def _name(raw: bytes, flags: int) -> str:
    try:
        name = raw.decode("utf-8" if flags & UTF8_NAME else "cp437")
    except UnicodeDecodeError as error:
        raise damaged("the name of one of its parts cannot be read") from error
    outside = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
    if not name or outside or not name.isprintable():
        raise Refused(
            "unsafe-part",
            "This file has a part whose name leads outside the file. "
            "Open it in Excel, save it as an Excel workbook (.xlsx) and upload it again.",
        )
    return name


def _refuse_unusual(name: str, *, flags: int, method: int, made_by: int, attributes: int) -> None:
    if flags & ENCRYPTED:
        raise Refused(
            "protected",
            "This file is packed with a password. Save it without a password and upload it again.",
        )
    if method not in (STORED, DEFLATED):
        raise Refused(
            "unusual-packing",
            f"The part {name} of this file is packed in a way that Excel does not use. "
            "Open it in Excel, save it as an Excel workbook (.xlsx) and upload it again.",
        )
    if made_by >> 8 == 3 and (attributes >> 16) & FILE_TYPE == SYMLINK:
        raise Refused(
            "unsafe-part",
            f"The part {name} of this file points to another file. "
            "Open it in Excel, save it as an Excel workbook (.xlsx) and upload it again.",
        )


def _after_local_header(content: bytes, header: int, raw_name: bytes, method: int) -> int:
    """Where a part's bytes start. Both headers of a part must agree, or two readers would read two files."""
    try:
        fields = LOCAL.unpack_from(content, header)
    except struct.error as error:
        raise damaged("one of its parts lies beyond its end") from error
    mark, local_method, name_length, extra = fields[0], fields[3], fields[9], fields[10]
    start = header + LOCAL.size
    if mark != LOCAL_MARK or local_method != method or content[start : start + name_length] != raw_name:
        raise damaged("one of its parts is described in two different ways")
    return start + name_length + extra


def _refuse_overlap(entries: Iterable[Entry], directory: int) -> None:
    """Parts lie one after another from the first byte on, so that no byte is counted as two."""
    free = 0
    for entry in sorted(entries, key=lambda entry: entry.header):
        if entry.header < free or (free == 0 and entry.header != 0):
            raise damaged("its parts overlap, or something else comes before them")
        free = entry.end
    if free > directory:
        raise damaged("one of its parts lies beyond its end")
