"""One worksheet's XML → its cells, each with address, kind, value, format, formula and whether it is seen.

Never uses <dimension>. Decides nothing about meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from imports.kinds import Kind
from imports.sheets import column_letters, made_cell
from imports.workbook import limits, xml
from imports.workbook.addresses import DIGITS, Rectangle, address, position, rectangle
from imports.workbook.formulas import moved
from imports.workbook.limits import COLUMNS, DEPTH, ROWS
from imports.workbook.merges import Cells, too_many
from imports.workbook.raised import SUPERSCRIPT, raised
from imports.workbook.refusal import damaged, too_large
from imports.workbook.room import Room
from imports.workbook.styles import GENERAL, Style
from imports.workbook.values import Read, Values

HIDDEN = ("1", "true")
NO_SIZE = ("0", "0.0")
BLANK: Read = (Kind.BLANK, None, "")


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of one workbook share."""

    values: Values
    styles: Mapping[str, Style]
    recalculated: bool  # asks for every formula to be calculated afresh when it is opened
    room: Room


class SheetReader(xml.Reader):
    """Keeps the cells of one sheet as its elements pass."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.cells: Cells = {}
        self.outside: list[tuple[int, int]] = []
        self.merges: list[Rectangle] = []
        self.rows = self.columns = 0  # the last ones with anything stored in them
        self._book = book
        self._read_value = book.values.read
        self._styles = book.styles
        self._attributes: xml.Attributes = {}
        self._last: str | tuple[int, int] = (0, 0)  # the cell before; its place is worked out only if needed
        self._row, self._row_written = 0, "0"
        self._letters: dict[str, int] = {}
        self._value: str | None = None
        self._formula: str | None = None
        self._formula_attributes: xml.Attributes = {}
        self._shared: dict[str, tuple[str, int, int]] = {}
        self._row_hidden = self._phonetic = self._raised = False
        self._hidden_columns: set[int] = set()
        self.opening = {
            "row": self._open_row,
            "f": self._open_formula,
            "col": self._open_columns,
            "mergeCell": self._open_merge,
            "rPh": self._open_phonetic,
            "vertAlign": self._open_raised,
        }
        self.closing = {
            "t": self._close_text,
            "f": self._close_formula,
            "rPh": self._close_phonetic,
            "r": self._close_run,
        }

    def start(self, name: str, attributes: xml.Attributes) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise xml.too_deep()
        if name == "c":
            self._attributes = attributes
            self._value = self._formula = None
        elif name == "v" or name == "t":
            self.text.clear()
        elif name in self.opening:
            self.opening[name](attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        if name == "v":
            self._value = "".join(self.text)
        elif name == "c":
            if self._value is not None or self._formula is not None:
                self._keep()
            else:
                self._last = self._attributes.get("r") or self._next()
        elif name in self.closing:
            self.closing[name]()

    def _next(self) -> tuple[int, int]:
        """Where a cell without an address lies: to the right of the cell before."""
        row, column = address(self._last) if isinstance(self._last, str) else self._last
        return row, column + 1

    def _keep(self) -> None:
        attributes = self._attributes
        reference = attributes.get("r")
        self._last = key = self._place(reference) if reference else self._next()
        row, column = key
        if row > self.rows:
            self.rows = row
        if column > self.columns:
            self.columns = column
        if row > ROWS or column > COLUMNS:
            self.outside.append(key)
            return
        style = self._styles.get(attributes.get("s", "0"), GENERAL)
        formula, written, stored_as = self._formula, self._value, attributes.get("t")
        if formula is None and written:
            kind, value, shown = self._read_value(written, stored_as, style)
        else:
            formula = None if formula is None else self._own_formula(row, column)
            kind, value, shown = self._calculated(stored_as, style, formula)
        if not shown:
            return
        if key in self.cells:
            raise damaged(f"it holds the cell {column_letters(column)}{row} twice")
        hidden = self._row_hidden or column in self._hidden_columns
        self.cells[key] = made_cell((row, column, kind, value, shown, style.number_format, formula, hidden, False))

    def _place(self, reference: str) -> tuple[int, int]:
        """The address in "E7": almost always letters seen before, and the number of the row it stands in."""
        written = self._row_written
        column = self._letters.get(reference[: -len(written)]) if reference.endswith(written) else None
        if column is not None:
            return self._row, column
        key = address(reference)
        self._letters[reference.rstrip(DIGITS)] = key[1]
        return key

    def _calculated(self, stored_as: str | None, style: Style, formula: str | None) -> Read:
        """The stored result of a formula, where it has one; nothing for an empty cell."""
        written = self._value
        if written and (written != "0" or not self._book.recalculated):
            return self._read_value(written, stored_as, style)
        if formula is None or (not written and stored_as == "str"):
            return BLANK
        return Kind.UNCALCULATED, None, f"={formula}"

    def _own_formula(self, row: int, column: int) -> str:
        """The formula of this cell, also where the file writes it once for several."""
        formula, number = self._formula or "", self._formula_attributes.get("si")
        if number is None:
            return formula
        if formula:
            self._shared[number] = (formula, row, column)
        if number not in self._shared:
            return formula
        written, first_row, first_column = self._shared[number]
        return moved(written, rows=row - first_row, columns=column - first_column)

    def _open_row(self, attributes: xml.Attributes) -> None:
        self._book.room.check(len(self.cells))
        row = attributes.get("r")
        number = self._next()[0] + 1 if row is None else position(row)
        self._row, self._row_written, self._last = number, str(number), (number, 0)
        self._row_hidden = attributes.get("hidden") in HIDDEN or attributes.get("ht") in NO_SIZE

    def _open_formula(self, attributes: xml.Attributes) -> None:
        self.text.clear()
        self._formula_attributes = attributes

    def _close_formula(self) -> None:
        self._formula = "".join(self.text)
        if len(self._formula) > limits.TEXT:
            raise too_large(f"one of its formulas is longer than {limits.TEXT:,} characters")

    def _close_text(self) -> None:
        if not self._phonetic:
            text = "".join(self.text)
            self._value = (self._value or "") + (raised(text) if self._raised else text)

    def _open_raised(self, attributes: xml.Attributes) -> None:
        self._raised = attributes.get("val") == SUPERSCRIPT

    def _close_run(self) -> None:
        self._raised = False

    def _open_phonetic(self, _: xml.Attributes) -> None:
        self._phonetic = True

    def _close_phonetic(self) -> None:
        self._phonetic = False

    def _open_columns(self, attributes: xml.Attributes) -> None:
        if attributes.get("hidden") in HIDDEN or attributes.get("width") in NO_SIZE:
            first, last = position(attributes.get("min", "")), position(attributes.get("max", ""))
            self._hidden_columns.update(range(first, min(last, limits.COLUMNS) + 1))

    def _open_merge(self, attributes: xml.Attributes) -> None:
        if len(self.merges) >= limits.MERGES:
            raise too_many()
        self.merges.append(rectangle(attributes.get("ref", "")))


def read_sheet(chunks: Iterable[bytes], book: Book) -> SheetReader:
    """The cells of one sheet, with the merges that cover them and what lay outside the sheet."""
    reader = SheetReader(book)
    xml.parse(chunks, reader)
    book.room.take(len(reader.cells))
    return reader
