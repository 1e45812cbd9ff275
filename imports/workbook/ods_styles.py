"""OpenDocument's styles: the number format of a cell, which sheets are hidden, which words are raised.

Number formats are given back as Excel writes them, so that nobody else needs to know two ways.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from imports.workbook import limits, ods_formats, xml
from imports.workbook.ods_names import NUMBER, STYLE, TABLE
from imports.workbook.refusal import damaged

GENERAL = "General"
KINDS = ("number", "percentage", "currency", "date", "time", "boolean", "text")
LITERALS = ("text", "currency-symbol")
MOST_PARENTS = 16


@dataclass(slots=True)
class NumberFormat:
    """One number format: its own pattern, and the formats that stand in for it under a condition."""

    kind: str
    pattern: str = ""
    is_length: bool = False  # hours go on beyond 24
    instead: list[tuple[str, str]] = field(default_factory=list)  # condition, and the other format's name


@dataclass(slots=True)
class Looks:
    """What the styles of one file say, by their names."""

    formats: dict[str, NumberFormat] = field(default_factory=dict)
    cells: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)  # format, style it builds on
    hidden_tables: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    _seen: dict[str, str] = field(default_factory=dict)

    def number_format(self, style: str | None) -> str:
        """The number format of a cell with this style, as Excel writes it."""
        name = style or "Default"
        if name not in self._seen:
            self._seen[name] = self._written(self._format_of(name))
        return self._seen[name]

    def _format_of(self, style: str) -> str:
        name: str | None = style
        for _ in range(MOST_PARENTS):
            found, name = self.cells.get(name or "", (None, None))
            if found is not None or name is None:
                return found or ""
        return ""

    def _written(self, name: str) -> str:
        found = self.formats.get(name)
        if found is None:
            return GENERAL
        sections = [
            when + self.formats[other].pattern
            for written, other in found.instead
            if other in self.formats and (when := ods_formats.condition(written))
        ]
        return ";".join([*sections, found.pattern or GENERAL])


class StyleReader(xml.Reader):
    """Keeps what is wanted of the styles as their elements pass."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self._format = NumberFormat("")
        self._family = self._name = ""
        for kind in KINDS:
            self.opening[f"{NUMBER}{kind}-style"] = partial(self._open_format, kind)
        for part in ods_formats.PARTS:
            self.opening[f"{NUMBER}{part}"] = partial(self._open_part, part)
        for part in LITERALS:
            self.opening[f"{NUMBER}{part}"] = self._open_literal
            self.closing[f"{NUMBER}{part}"] = self._close_literal
        self.opening |= {
            f"{STYLE}map": self._open_condition,
            f"{STYLE}style": self._open_style,
            f"{STYLE}table-properties": self._open_table_properties,
            f"{STYLE}text-properties": self._open_text_properties,
        }

    def _open_format(self, kind: str, attributes: xml.Attributes) -> None:
        _room(len(self._looks.formats))
        self._family = ""
        self._format = self._looks.formats[attributes.get(f"{STYLE}name", "")] = NumberFormat(kind)
        self._format.is_length = attributes.get(f"{NUMBER}truncate-on-overflow") == "false"

    def _open_part(self, part: str, attributes: xml.Attributes) -> None:
        pattern = ods_formats.part(part, attributes) or ("0" if self._format.kind != "number" else "")
        first_of_length = self._format.is_length and not self._format.pattern
        self._add(f"[{pattern}]" if first_of_length else pattern)

    def _open_literal(self, _: xml.Attributes) -> None:
        self.text.clear()

    def _close_literal(self) -> None:
        written = "".join(self.text)
        shown_as_percent = self._format.kind == "percentage" and written.strip() == "%"
        self._add("%" if shown_as_percent else ods_formats.literal(written))

    def _add(self, pattern: str) -> None:
        if len(self._format.pattern) < limits.TEXT:
            self._format.pattern += pattern

    def _open_condition(self, attributes: xml.Attributes) -> None:
        if not self._family and len(self._format.instead) < MOST_PARENTS:
            self._format.instead.append(
                (attributes.get(f"{STYLE}condition", ""), attributes.get(f"{STYLE}apply-style-name", ""))
            )

    def _open_style(self, attributes: xml.Attributes) -> None:
        self._family, self._name = attributes.get(f"{STYLE}family", "none"), attributes.get(f"{STYLE}name", "")
        if self._family == "table-cell":
            _room(len(self._looks.cells))
            parent = attributes.get(f"{STYLE}parent-style-name")
            self._looks.cells[self._name] = attributes.get(f"{STYLE}data-style-name"), parent

    def _open_table_properties(self, attributes: xml.Attributes) -> None:
        if self._family == "table" and attributes.get(f"{TABLE}display") == "false":
            self._looks.hidden_tables.add(self._name)

    def _open_text_properties(self, attributes: xml.Attributes) -> None:
        """Words are raised by a name, "super 58%", or by how far they stand above the line, "33% 58%"."""
        place = attributes.get(f"{STYLE}text-position", "")
        above = place.startswith("super") or (place[:1].isdigit() and not place.startswith("0%"))
        if self._family == "text" and above:
            self._looks.raised.add(self._name)


def _room(count: int) -> None:
    if count >= limits.STYLES:
        raise damaged(f"it defines more than {limits.STYLES:,} styles")
