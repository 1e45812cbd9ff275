"""One worksheet passed through: where its cells stand in its bytes, and the style each is to have.

Cells that are not in the file yet are put where they belong. Touches no value, no formula and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from imports.marked.markup import Attributes, Edited, feed, in_single_bytes, is_empty, number_of, parsed_by, tag_end
from imports.reading import column_letters
from imports.workbook.addresses import address, position

YES = ("1", "true")
SHEET, CHILD, ROW, CELL = 1, 2, 3, 4  # how deep each lies
# What stands before the drawing that comments need, in a worksheet's order (ECMA-376 part 1, 18.3.1.99).
BEFORE_DRAWINGS = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing"),
)

Place = tuple[int, int]  # row and column, both from 1


@dataclass(slots=True)
class Written:
    """One element as the file has it."""

    start: int
    close: int = 0


@dataclass(slots=True)
class Row(Written):
    """A row in which cells are asked for, and every cell that it has: its column, its start and its style."""

    attributes: Attributes = field(default_factory=dict)
    cells: list[tuple[int, int, int]] = field(default_factory=list)


class SheetCells(Edited):
    """A worksheet in which some cells are asked for by their places, and others by their styles."""

    def __init__(self, content: bytes, wanted: Collection[Place], styles: Collection[int] = ()) -> None:
        super().__init__(in_single_bytes(content))
        self.prefix = ""
        self.legacy: str | None = None  # by what the sheet's drawing of comments is known
        self.styled: dict[Place, int] = {}  # the cells that have one of `styles`, and which
        self._styles = frozenset(styles)
        self._starts: dict[Place, int] = {}
        self._wanted_rows = {row for row, _ in wanted}
        self._rows: dict[int, Row] = {}
        self._order: list[tuple[int, int]] = []  # every row and where it starts
        self._columns: list[tuple[int, int, int]] = []  # first, last and style
        self._sheet = self._data = Written(0)
        self._after = 0  # where the drawing of comments would go
        self._missing: dict[int, dict[int, int]] = {}
        self._last: Place = (0, 0)
        self._depth = self._child = 0
        self._names: dict[int, str] = {}
        self._read()

    def style_of(self, place: Place) -> int:
        """The style of a cell, or the one that a cell put there would show: its row's or its column's."""
        row = self._rows.get(place[0])
        if row is not None:
            for column, _, style in row.cells:
                if column == place[1]:
                    return style
            if row.attributes.get("customFormat") in YES:
                return number_of(row.attributes, "s")
        return next((style for first, last, style in self._columns if first <= place[1] <= last), 0)

    def give(self, place: Place, style: int) -> None:
        """Give a cell a style."""
        row = self._rows.get(place[0])
        cells = row.cells if row else []
        start = next((start for column, start, _ in cells if column == place[1]), self._starts.get(place))
        if start is None:
            self._missing.setdefault(place[0], {})[place[1]] = style
        else:
            self.tell(start, s=str(style))

    def tie(self, relationship: str, namespace: str) -> None:
        """Tie the sheet to a drawing of comments, by the name of their relationship."""
        added = f'<{self.prefix}legacyDrawing xmlns:r="{namespace}" r:id="{relationship}"/>'
        self.insert(self._after, added.encode("ascii"))

    def changed(self) -> bytes:
        """The worksheet with its cells in their new styles."""
        for number, cells in sorted(self._missing.items()):
            self._put(number, cells)
        self._missing = {}
        return super().changed()

    def _put(self, number: int, cells: dict[int, int]) -> None:
        row = self._rows.get(number)
        if row is None:
            inside = b"".join(self._cell(number, column, style) for column, style in sorted(cells.items()))
            added = b'<%brow r="%d">%b</%brow>' % (self._own, number, inside, self._own)
            following = next((start for other, start in self._order if other > number), None)
            if following is None:
                self.append(self._data.start, self._data.close, added)
            else:
                self.insert(following, added)
            return
        for column, style in sorted(cells.items()):
            following = next((start for other, start, _ in row.cells if other > column), None)
            if following is None:
                self.append(row.start, row.close, self._cell(number, column, style))
            else:
                self.insert(following, self._cell(number, column, style))
        self._widen(row, cells)

    def _widen(self, row: Row, cells: Collection[int]) -> None:
        """Let a row that says from where to where it has cells say so of the new ones too."""
        first, _, last = row.attributes.get("spans", "").partition(":")
        if first.isdigit() and last.isdigit():
            self.tell(row.start, spans=f"{min(int(first), *cells)}:{max(int(last), *cells)}")

    def _cell(self, row: int, column: int, style: int) -> bytes:
        return b'<%bc r="%b%d" s="%d"/>' % (self._own, column_letters(column).encode(), row, style)

    @property
    def _own(self) -> bytes:
        return self.prefix.encode("ascii")

    def _read(self) -> None:
        self._parser = parsed_by(self._start, self._end)
        feed(self._parser, self.content)
        del self._parser

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == CELL and name == self._names[CELL]:
            self._open_cell(attributes)
        elif self._depth == ROW:
            self._open_row(name, attributes)
        elif self._depth == CHILD:
            self._open_child(name, attributes)
        elif self._depth == SHEET:
            self.prefix = name[: name.find(":") + 1]
            self._names = {CELL: f"{self.prefix}c", ROW: f"{self.prefix}row", CHILD: f"{self.prefix}sheetData"}

    def _open_child(self, name: str, attributes: Attributes) -> None:
        self._child = self._parser.CurrentByteIndex
        if name == self._names[CHILD]:
            self._data = Written(self._child)
        elif name == f"{self.prefix}legacyDrawing":
            self.legacy = next((value for key, value in attributes.items() if key.endswith(":id")), None)

    def _open_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._last = place = address(reference) if reference else (self._last[0], self._last[1] + 1)
        style = number_of(attributes, "s")
        start = self._parser.CurrentByteIndex
        if place[0] in self._wanted_rows:
            self._rows[place[0]].cells.append((place[1], start, style))
        if style in self._styles:
            self.styled[place], self._starts[place] = style, start

    def _open_row(self, name: str, attributes: Attributes) -> None:
        if name == self._names[ROW]:
            number = position(attributes["r"]) if "r" in attributes else self._last[0] + 1
            start = self._parser.CurrentByteIndex
            self._last = (number, 0)
            self._order.append((number, start))
            if number in self._wanted_rows:
                before = self._rows.get(number)
                self._rows[number] = Row(start, attributes=attributes, cells=before.cells if before else [])
        elif name == f"{self.prefix}col" and "style" in attributes:
            first, last = position(attributes.get("min", "")), position(attributes.get("max", ""))
            self._columns.append((first, last, number_of(attributes, "style")))

    def _end(self, name: str) -> None:
        place = self._parser.CurrentByteIndex
        if self._depth == ROW and name == self._names[ROW] and self._last[0] in self._rows:
            self._rows[self._last[0]].close = place
        elif self._depth == CHILD:
            if name == self._names[CHILD]:
                self._data.close = place
            if name.removeprefix(self.prefix) in BEFORE_DRAWINGS:
                opened = tag_end(self.content, self._child)
                empty = is_empty(self.content[self._child : opened])
                self._after = opened if empty else tag_end(self.content, place)
        self._depth -= 1
