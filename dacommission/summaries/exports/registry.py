"""Formats by their file suffix, and what every file says of its own making.

A format reads a document's blocks and computes nothing. The time and the person are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dacommission.summaries.document import Document, Figure

# A cell that begins with one of these is run as a formula by some spreadsheet programs.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Source:
    """Where one observation stands, for whoever wants to check it."""

    file: str
    sha256: str
    upload: int  # the upload's number
    sheet: str | None
    cell: str

    @property
    def place(self) -> str:
        """ "Hub!E7 in q1.xlsx (upload 2)"."""
        return f"{self.sheet + '!' if self.sheet else ''}{self.cell} in {self.file} (upload {self.upload})"


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who took the file and when, the release it comes from, and where its figures stand."""

    made_by: str
    made_at: datetime  # aware, in UTC
    made_at_words: str  # "1 September 2023 at 10:30", in London
    origin: str  # "Live figures" or "Release 2, digest 1f3c…"
    sources: Mapping[int, Source] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return f"{self.origin}. Made for {self.made_by}, {self.made_at_words}."

    def places(self, figure: Figure) -> Iterator[str]:
        """Where a figure comes from, as far as it may be told."""
        return (self.sources[number].place for number in figure.sources if number in self.sources)


Writer = Callable[[Document, Imprint], bytes]


@dataclass(frozen=True, slots=True)
class Export:
    suffix: str
    label: str
    mimetype: str
    write: Writer


EXPORTS: dict[str, Export] = {}


def export(suffix: str, *, label: str, mimetype: str) -> Callable[[Writer], Writer]:
    """Marks the function that writes a format."""

    def mark(write: Writer) -> Writer:
        EXPORTS[suffix] = Export(suffix, label, mimetype, write)
        return write

    return mark


def harmless(text: str) -> str:
    """Text that no spreadsheet program runs: an apostrophe stands before what looks like a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
