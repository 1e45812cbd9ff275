"""Saving the return workbook: the same bytes whenever it is made, and its many cells quickly.

The library writes a cell as a tree of elements; here each is a line of text. Everything else is the library's.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook as Book
from openpyxl.cell.cell import Cell
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that an archive can say
_READABLE = 0o600 << 16
_NO_ROWS = b"<sheetData />"


def saved(book: Book) -> bytes:
    """The workbook's bytes: always the same for the same sheets, whenever they are made."""
    content = io.BytesIO()
    book.properties.modified = book.properties.created
    _Writer(book, _Archive(content, "w", ZIP_DEFLATED)).save()
    return content.getvalue()


class _Archive(ZipFile):
    """An archive that says of no file when it was written."""

    def writestr(self, zinfo_or_arcname, data, compress_type=None, compresslevel=None):  # type: ignore[no-untyped-def]
        member = ZipInfo(zinfo_or_arcname, _EARLIEST)
        member.compress_type, member.external_attr = ZIP_DEFLATED, _READABLE
        super().writestr(member, data)


class _Writer(ExcelWriter):
    def write_worksheet(self, ws: Worksheet) -> None:
        ws._drawing = SpreadsheetDrawing()
        writer = _SheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read().replace(_NO_ROWS, writer.sheet_rows()))
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    def write_rows(self) -> None:
        self.xf.send(Element("sheetData"))

    def sheet_rows(self) -> bytes:
        """All rows with their cells."""
        return f"<sheetData>{''.join(self._rows())}</sheetData>".encode()

    def _rows(self) -> Iterator[str]:
        for number, cells in self.rows():
            known = {"r": str(number), **dict(self.ws.row_dimensions.get(number, {}))}
            attributes = " ".join(f"{name}={quoteattr(value)}" for name, value in known.items())
            yield f"<row {attributes}>{''.join(map(_cell, cells))}</row>"


def _cell(cell: Cell) -> str:
    value, kind = cell.value, cell.data_type
    begin = f'<c r="{cell.coordinate}" s="{cell.style_id}"'
    if value is None or value == "":
        return f"{begin} />"
    if kind == "f":
        return f"{begin}><f>{escape(value[1:])}</f><v /></c>"
    if kind == "s":
        return f'{begin} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, date):
        return f'{begin} t="n"><v>{to_excel(value)}</v></c>'
    return f'{begin} t="{kind}"><v>{escape(safe_string(value))}</v></c>'
