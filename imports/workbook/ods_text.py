"""The words of one OpenDocument cell: paragraphs, raised runs, spaces. Notes and drawings in it are no part of them."""

from __future__ import annotations

import re

from imports.workbook import limits, xml
from imports.workbook.ods_names import DRAWING, OFFICE, TEXT
from imports.workbook.ods_styles import Looks
from imports.workbook.raised import raised
from imports.workbook.refusal import too_much_text

LINE_BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
ASIDES = (
    f"{OFFICE}annotation",
    *(f"{TEXT}{name}" for name in ("note", "ruby-text", "tracked-changes")),
    *(f"{DRAWING}{name}" for name in ("frame", "custom-shape", "g", "control", "a")),
)


class TextReader:
    """Gathers the words of a cell for the reader whose elements it listens to."""

    def __init__(self, reader: xml.Reader, looks: Looks) -> None:
        self._reader = reader
        self._looks = looks
        self._paragraphs: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._depth = 0  # of the cell; nought outside of one
        self._inside = False  # a paragraph of the cell
        self._asides = 0
        self._raised: list[bool] = []
        reader.opening |= {
            f"{TEXT}p": self._open_paragraph,
            f"{TEXT}span": self._open_span,
            f"{TEXT}s": self._spaces,
            f"{TEXT}tab": self._tab,
            f"{TEXT}line-break": self._break,
        } | dict.fromkeys(ASIDES, self._open_aside)
        reader.closing |= {
            f"{TEXT}p": self._close_paragraph,
            f"{TEXT}span": self._close_span,
        } | dict.fromkeys(ASIDES, self._close_aside)

    def open(self) -> None:
        """A cell begins."""
        self._depth = self._reader.depth
        self._paragraphs.clear()
        self._length = self._asides = 0

    def close(self) -> str | None:
        """A cell ends: its words; None where it has no paragraph."""
        self._depth = 0
        return "\n".join(self._paragraphs) if self._paragraphs else None

    def _open_paragraph(self, _: xml.Attributes) -> None:
        if self._depth and self._reader.depth == self._depth + 1:
            self._inside = True
            self._reader.text.clear()
            self._pieces.clear()
            self._raised.clear()

    def _close_paragraph(self) -> None:
        if self._inside and self._reader.depth == self._depth:
            self._flush()
            self._inside = False
            self._paragraphs.append("".join(self._pieces))

    def _open_span(self, attributes: xml.Attributes) -> None:
        if self._inside:
            self._flush()
            self._raised.append(attributes.get(f"{TEXT}style-name") in self._looks.raised)

    def _close_span(self) -> None:
        if self._inside and self._raised:
            self._flush()
            self._raised.pop()

    def _spaces(self, attributes: xml.Attributes) -> None:
        count = attributes.get(f"{TEXT}c", "1")
        if not (count.isascii() and count.isdigit() and len(count) < 6 and int(count) <= limits.TEXT):
            raise too_much_text()
        self._put(" " * int(count))

    def _tab(self, _: xml.Attributes) -> None:
        self._put("\t")

    def _break(self, _: xml.Attributes) -> None:
        self._put("\n")

    def _put(self, white: str) -> None:
        if self._inside:
            self._flush()
            self._add(white)

    def _open_aside(self, _: xml.Attributes) -> None:
        if self._inside:
            self._flush()
            self._asides += 1

    def _close_aside(self) -> None:
        if self._inside and self._asides:
            self._flush()
            self._asides -= 1

    def _flush(self) -> None:
        """Take up the text since the last mark; a file may break its lines anywhere."""
        text = LINE_BREAK.sub(" ", "".join(self._reader.text))
        self._reader.text.clear()
        if text:
            self._add(raised(text) if any(self._raised) else text)

    def _add(self, text: str) -> None:
        if not self._asides:
            self._length += len(text)
            if self._length > limits.TEXT:
                raise too_much_text()
            self._pieces.append(text)
