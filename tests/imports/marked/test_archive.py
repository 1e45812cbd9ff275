"""A package with some of its parts exchanged, and every other one left as it was packed."""

from __future__ import annotations

import io
import zipfile

import pytest

from imports.marked.archive import Archive
from imports.workbook.refusal import Refused
from tests.imports import workbooks_hostile as raw
from tests.imports.marked.makers import parts_of


class Pipe(io.RawIOBase):
    """Takes bytes and cannot go back, so that sizes are written after each part."""

    def __init__(self) -> None:
        self.taken = b""

    def writable(self) -> bool:
        return True

    def write(self, given) -> int:
        self.taken += bytes(given)
        return len(given)


def test_parts_are_exchanged_and_added_and_the_others_kept():
    archive = Archive(raw.zipped({"a.xml": "<a/>", "B.xml": "<b/>", "c.xml": "<c/>"}))

    archive.put("b.XML", b"<new/>")
    archive.put("d.xml", b"<d/>")

    assert "D.xml" in archive
    assert "e.xml" not in archive
    assert archive.part("B.xml") == b"<new/>"
    assert archive.part("a.xml") == b"<a/>"
    assert parts_of(archive.packed()) == {"a.xml": b"<a/>", "B.xml": b"<new/>", "c.xml": b"<c/>", "d.xml": b"<d/>"}


def test_parts_whose_sizes_follow_them_and_whose_names_are_foreign_stay_whole():
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("één.xml", "<a/>" * 100)
        package.writestr("b.xml", "<b/>")
    archive = Archive(pipe.taken)

    archive.put("één.xml", b"<new/>")

    assert parts_of(archive.packed()) == {"één.xml": b"<new/>", "b.xml": b"<b/>"}
    assert parts_of(Archive(pipe.taken).packed()) == {"één.xml": b"<a/>" * 100, "b.xml": b"<b/>"}


def test_what_is_no_archive_is_refused():
    with pytest.raises(Refused):
        Archive(b"PK\3\4 and nothing else")
