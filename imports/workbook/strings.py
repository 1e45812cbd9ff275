"""The texts that a workbook keeps in one list for all its sheets. Phonetic readings are left out."""

from __future__ import annotations

from collections.abc import Iterable

from imports.workbook import limits, xml
from imports.workbook.limits import DEPTH
from imports.workbook.raised import SUPERSCRIPT, raised
from imports.workbook.refusal import too_large
from imports.workbook.values import unescape


def read_strings(chunks: Iterable[bytes]) -> list[str]:
    """Every shared text in its place, the runs of rich text joined and the raised ones marked."""
    reader = _StringReader()
    xml.parse(chunks, reader)
    return reader.strings


class _StringReader(xml.Reader):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._runs: list[str] = []
        self._phonetic = self._raised = False

    def start(self, name: str, attributes: xml.Attributes) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise xml.too_deep()
        if name == "t" or name == "si":
            self.text.clear()
        elif name == "vertAlign":
            self._raised = attributes.get("val") == SUPERSCRIPT
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        self.depth -= 1
        if name == "t":
            if not self._phonetic:
                text = "".join(self.text)
                self._runs.append(raised(text) if self._raised else text)
        elif name == "si":
            self._keep()
        elif name == "r":
            self._raised = False
        elif name == "rPh":
            self._phonetic = False

    def _keep(self) -> None:
        text = unescape("".join(self._runs))
        self._runs.clear()
        if len(text) > limits.TEXT:
            raise too_large(f"one of its texts is longer than the {limits.TEXT:,} characters a cell can hold")
        if len(self.strings) >= limits.STRINGS:
            raise too_large(f"it holds more than {limits.STRINGS:,} different texts")
        self.strings.append(text)
