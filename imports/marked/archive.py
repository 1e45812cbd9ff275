"""A zip package with a few of its parts exchanged: every other part stays byte for byte as it was packed.

Reads through the same checks as every upload, and knows nothing of spreadsheets.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from imports.workbook.container import (
    CENTRAL,
    CENTRAL_MARK,
    DEFLATED,
    END,
    END_MARK,
    LOCAL,
    LOCAL_MARK,
    UTF8_NAME,
    Container,
)

MIDNIGHT, NEW_YEAR_1980 = 0, 0x21  # the oldest moment an archive can tell: the same input, the same bytes
VERSION = 20


@dataclass(slots=True)
class Listed:
    """One part as the archive's own list has it."""

    name: bytes
    record: bytes  # its line of the list, whole
    header: int  # where it starts


@dataclass(slots=True)
class Archive:
    """A package's parts; what is put in shows in `packed` alone."""

    content: bytes
    container: Container = field(init=False)
    _put: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.container = Container(self.content)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._put or name in self.container

    def part(self, name: str) -> bytes:
        """A part's bytes as they are now. Raises Refused where it is missing or damaged."""
        put = self._put.get(name.lower())
        return put[1] if put else b"".join(self.container.chunks(name))

    def put(self, name: str, content: bytes) -> None:
        """Exchange a part, or add one."""
        self._put[name.lower()] = (name, content)

    def packed(self) -> bytes:
        """The package: kept parts in their order and as they were packed, new ones at the end."""
        listed, directory = _listed(self.content)
        starts = sorted(one.header for one in listed) + [directory]
        pieces: list[bytes] = []
        lines: list[bytes] = []
        place, left = 0, dict(self._put)
        for one in listed:
            name = _plain(one)
            if name in left:
                piece, line = _new(one.name, left.pop(name)[1], place, _flags(one) & UTF8_NAME)
            else:
                following = next(start for start in starts if start > one.header)
                piece, line = self.content[one.header : following], _moved(one.record, place)
            pieces.append(piece)
            lines.append(line)
            place += len(piece)
        for written, content in left.values():
            piece, line = _new(written.encode("ascii"), content, place)
            pieces.append(piece)
            lines.append(line)
            place += len(piece)
        size = sum(map(len, lines))
        return b"".join((*pieces, *lines, END.pack(END_MARK, 0, 0, len(lines), len(lines), size, place, 0)))


def _listed(content: bytes) -> tuple[list[Listed], int]:
    """The archive's list, which `Container` has already found sound, and where it starts."""
    end = content.rfind(END_MARK)
    _, _, _, _, count, _, place, _ = END.unpack_from(content, end)
    directory, found = place, []
    for _ in range(count):
        fields = CENTRAL.unpack_from(content, place)
        name_length, extra, comment = fields[10:13]
        stop = place + CENTRAL.size + name_length + extra + comment
        start = place + CENTRAL.size
        found.append(Listed(content[start : start + name_length], content[place:stop], fields[16]))
        place = stop
    return found, directory


def _plain(one: Listed) -> str:
    """A part's name in small letters, as `Container` has it."""
    return one.name.decode("utf-8" if _flags(one) & UTF8_NAME else "cp437").lower()


def _flags(one: Listed) -> int:
    return CENTRAL.unpack_from(one.record)[3]


def _moved(record: bytes, place: int) -> bytes:
    fields = list(CENTRAL.unpack_from(record))
    fields[16] = place
    return CENTRAL.pack(*fields) + record[CENTRAL.size :]


def _new(name: bytes, content: bytes, place: int, flags: int = 0) -> tuple[bytes, bytes]:
    """A part packed afresh, and its line of the list."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    told = (VERSION, flags, DEFLATED, MIDNIGHT, NEW_YEAR_1980, zlib.crc32(content), len(packed), len(content))
    header = LOCAL.pack(LOCAL_MARK, *told, len(name), 0)
    line = CENTRAL.pack(CENTRAL_MARK, VERSION, *told, len(name), 0, 0, 0, 0, 0, place)
    return header + name + packed, line + name
