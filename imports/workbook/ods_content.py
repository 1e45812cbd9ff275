"""OpenDocument's content.xml → its tables, element by element. What a table makes of its rows is `ods_sheet`'s."""

from __future__ import annotations

from imports.workbook import limits, xml
from imports.workbook.ods_names import TABLE
from imports.workbook.ods_sheet import Found, Row, Table
from imports.workbook.ods_styles import Looks, StyleReader
from imports.workbook.ods_text import TextReader
from imports.workbook.ods_values import FORMULA, TYPE, stored
from imports.workbook.refusal import damaged, too_many_sheets
from imports.workbook.room import Room

TABLE_DEPTH = 4  # document, body, spreadsheet, table
HIDDEN = ("collapse", "filter")
CELL, COVERED = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
STYLE_NAME, DEFAULT_STYLE = f"{TABLE}style-name", f"{TABLE}default-cell-style-name"
VISIBILITY = f"{TABLE}visibility"
ROWS_REPEATED, COLUMNS_REPEATED = f"{TABLE}number-rows-repeated", f"{TABLE}number-columns-repeated"
ROWS_SPANNED, COLUMNS_SPANNED = f"{TABLE}number-rows-spanned", f"{TABLE}number-columns-spanned"
COPY = "'file:"  # how the name of a copy of another file's sheet begins


class ContentReader(StyleReader):
    """Keeps the tables of a document; the styles that only they use stand before them."""

    def __init__(self, looks: Looks, room: Room) -> None:
        super().__init__(looks)
        self.tables: list[Table] = []
        self._room = room
        self._words = TextReader(self, looks)
        self._table: Table | None = None
        self._nested = 0  # tables inside others and copies of other files' sheets: nobody sees them
        self._groups: list[bool] = []  # whether each group of rows or columns around this place is folded away
        self._row = Row()
        self._cell: xml.Attributes = {}
        self.opening |= {
            f"{TABLE}table": self._open_table,
            f"{TABLE}table-column": self._open_column,
            f"{TABLE}table-row": self._open_row,
            CELL: self._open_cell,
            COVERED: self._open_cell,
        }
        self.closing |= {
            f"{TABLE}table": self._close_table,
            f"{TABLE}table-row": self._close_row,
            CELL: self._close_seen,
            COVERED: self._close_covered,
        }
        for group in ("table-row-group", "table-column-group"):
            self.opening[f"{TABLE}{group}"] = self._open_group
            self.closing[f"{TABLE}{group}"] = self._close_group

    def _open_table(self, attributes: xml.Attributes) -> None:
        name = attributes.get(f"{TABLE}name", "")
        if self._table or self.depth != TABLE_DEPTH or name.startswith(COPY):
            self._nested += 1
            return
        if len(self.tables) >= limits.SHEETS:
            raise too_many_sheets()
        if any(table.name == name for table in self.tables):
            raise damaged("two of its sheets have the same name")
        self._table = Table(name, attributes.get(STYLE_NAME) in self._looks.hidden_tables)
        self.tables.append(self._table)

    def _close_table(self) -> None:
        if self._nested:
            self._nested -= 1
        elif self._table:
            self._room.take(len(self._table.cells))
            self._table = None

    def _open_group(self, attributes: xml.Attributes) -> None:
        self._groups.append(attributes.get(f"{TABLE}display") == "false")

    def _close_group(self) -> None:
        self._groups.pop()

    def _hidden(self, attributes: xml.Attributes) -> bool:
        return attributes.get(VISIBILITY) in HIDDEN or any(self._groups)

    def _open_column(self, attributes: xml.Attributes) -> None:
        if self._table and not self._nested:
            count = _count(attributes, COLUMNS_REPEATED)
            self._table.add_columns(count, attributes.get(DEFAULT_STYLE), hidden=self._hidden(attributes))

    def _open_row(self, attributes: xml.Attributes) -> None:
        if not self._nested:
            count = _count(attributes, ROWS_REPEATED)
            self._row = Row(count, self._hidden(attributes), attributes.get(DEFAULT_STYLE))

    def _close_row(self) -> None:
        if self._table and not self._nested:
            self._table.add(self._row, self._room)

    def _open_cell(self, attributes: xml.Attributes) -> None:
        if not self._nested:
            self._cell = attributes
            self._words.open()

    def _close_seen(self) -> None:
        self._close_cell(covered=False)

    def _close_covered(self) -> None:
        self._close_cell(covered=True)

    def _close_cell(self, *, covered: bool) -> None:
        if self._nested or not self._table:
            return
        attributes, row = self._cell, self._row
        count = _count(attributes, COLUMNS_REPEATED) if COLUMNS_REPEATED in attributes else 1
        first, row.column = row.column + 1, row.column + count
        if ROWS_SPANNED in attributes or COLUMNS_SPANNED in attributes:
            row.spans.append((first, _count(attributes, ROWS_SPANNED), _count(attributes, COLUMNS_SPANNED)))
        words = self._words.close()
        if words is None and TYPE not in attributes and FORMULA not in attributes:
            return
        style = attributes.get(STYLE_NAME) or row.style or self._table.look(first).style
        held = stored(attributes, words, self._looks.number_format(style))
        if held.read[2]:
            row.cells.append(Found(first, row.column, held, covered))


def _count(attributes: xml.Attributes, name: str) -> int:
    """How often something is repeated, or how far it reaches; once where the file does not say."""
    written = attributes.get(name, "1")
    if not (written.isascii() and written.isdigit() and len(written) <= 10):
        raise damaged(f"{written[:20]!r} is no number of rows or columns")
    return max(1, int(written))
