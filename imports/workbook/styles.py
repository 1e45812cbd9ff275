"""Number formats: which one a cell has, and whether it makes its number a date or a time.

Reads styles.xml as far as the cells' formats and no further. Colours, fonts and borders mean nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from imports.workbook import limits, xml
from imports.workbook.refusal import damaged

# The formats that have a number and no text of their own in the file (ECMA-376 part 1, 18.8.30).
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
    37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
LOCAL_DATES = (*range(27, 37), *range(50, 59))  # dates in the language of the computer

# What a format shows as it stands, with colours and conditions; lengths of time such as [h] are kept.
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """How a number is displayed. `dated` holds a day; `timed` a time of day or a length of time."""

    number_format: str
    dated: bool = False
    timed: bool = False


GENERAL = Style("General")


@lru_cache(maxsize=1024)
def style(number_format: str) -> Style:
    """What a number format makes of a number."""
    first = LITERAL.sub("", number_format.split(";")[0]).lower().replace("general", "")
    letters = set(first)
    timed = bool(letters & set("hs")) or "[m" in first
    dated = bool(letters & set("dy")) or ("m" in letters and not timed)
    return Style(number_format, dated, timed)


def read_styles(chunks: Iterable[bytes]) -> Mapping[str, Style]:
    """The style of each index that a cell may name, by that index as the cell writes it: "3"."""
    reader = _StyleReader()
    xml.parse(chunks, reader)
    return reader.styles


class _StyleReader(xml.Reader):
    def __init__(self) -> None:
        super().__init__()
        self.styles: dict[str, Style] = {}
        self._formats = dict(BUILT_IN) | dict.fromkeys(LOCAL_DATES, "dd/mm/yyyy")
        self._among_cells = False
        self.opening = {"numFmt": self._format, "cellXfs": self._cells, "xf": self._cell}
        self.closing = {"cellXfs": self._finish}

    def _format(self, attributes: xml.Attributes) -> None:
        if not self._among_cells and len(self._formats) < limits.STYLES:
            self._formats[_index(attributes.get("numFmtId"))] = attributes.get("formatCode", "General")

    def _cells(self, _: xml.Attributes) -> None:
        self._among_cells = True

    def _cell(self, attributes: xml.Attributes) -> None:
        if not self._among_cells:
            return
        if len(self.styles) >= limits.STYLES:
            raise damaged(f"it defines more than {limits.STYLES:,} cell styles")
        number_format = self._formats.get(_index(attributes.get("numFmtId", "0")), "General")
        self.styles[str(len(self.styles))] = style(number_format)

    def _finish(self) -> None:
        self.finished = True


def _index(written: str | None) -> int:
    """A format's number; -1, which no format has, where it is none."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 10 else -1
