"""A summary as an Excel workbook by public-sector practice: a cover, contents, notes, one table a sheet.

Nothing in it is a formula, a link, a comment or hidden; figures that are shown are numbers, and what is not
shown is its symbol in words.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dacommission.summaries import charts
from dacommission.summaries.document import (
    Chart,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Notes,
    Paragraph,
    Row,
    Table,
)
from dacommission.summaries.exports.registry import Imprint, export, harmless

Line = Sequence[Figure | str]

SHORTHAND = (
    ("[c]", "withheld to protect people; it can be of any size"),
    ("[x]", "not available: nobody has reported it"),
    ("[z]", "not applicable"),
)
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@export("xlsx", label="Excel", mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def to_excel(document: Document, imprint: Imprint) -> bytes:
    """The document as a workbook with sheets Cover, Contents, Summary, Table 1 …, Sources and Notes."""
    buffer = io.BytesIO()
    tables = list(_tables(document))
    with xlsxwriter.Workbook(buffer, OPTIONS) as workbook:
        workbook.set_properties({"title": document.title, "created": imprint.made_at.replace(tzinfo=None)})
        pages = _Pages(workbook, document.marking)
        pages.add("Cover", document.title, [[document.subtitle], [imprint.words]])
        pages.add("Contents", "Contents", [["Sheet", "What it holds"], *_contents(tables)], header=True)
        pages.add("Summary", "Summary", [[text] for text in _sentences(document)])
        for number, table in enumerate(tables, 1):
            pages.add_table(f"Table {number}", table)
        pages.add("Sources", "Where each figure comes from", list(_sources(document, imprint)), header=True)
        pages.add("Notes", "Notes", [*_notes(document), ["Shorthand", "Meaning"], *map(list, SHORTHAND)])
    return buffer.getvalue()


class _Pages:
    """Sheets that all begin alike: what they hold, and the marking."""

    def __init__(self, workbook: Workbook, marking: str) -> None:
        self.workbook, self.marking = workbook, marking
        self.bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})

    def add(self, name: str, title: str, rows: Sequence[Line], *, header: bool = False) -> Worksheet:
        sheet = self._start(name, title)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                style = self.bold if header and number == 0 else self.wrapped
                self._write(sheet, number + 3, column, cell, style)
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, 9, 24)
        return sheet

    def add_table(self, name: str, table: Table) -> None:
        rows = [[row.heading, *row.cells] for row in table.rows]
        notes = [[note] for note in (*table.notes, *table.remarks, *_incomplete(table))]
        sheet = self.add(name, table.title, [table.columns, *rows, [], *notes], header=True)
        sheet.freeze_panes(4, 1)

    def _start(self, name: str, title: str) -> Worksheet:
        sheet = self.workbook.add_worksheet(name)
        self._write(sheet, 0, 0, title, self.bold)
        self._write(sheet, 1, 0, self.marking, self.wrapped)
        sheet.set_footer(f"&C{self.marking.replace('&', '&&')}")
        return sheet

    def _write(self, sheet: Worksheet, row: int, column: int, cell: Figure | str, style: Any) -> None:
        if isinstance(cell, Figure) and cell.value is not None:
            sheet.write_number(row, column, cell.value, self._number_format(cell))
        else:
            words = cell.words if isinstance(cell, Figure) else cell
            sheet.write_string(row, column, harmless(words), style)

    def _number_format(self, figure: Figure) -> Any:
        digits = f"#,##0{'.' + '0' * figure.decimals if figure.decimals else ''}"
        ends = '"%"' if figure.text.endswith("%") else ""
        start = '"£"' if figure.text.startswith("£") else ""
        return self.workbook.add_format({"num_format": f"{start}{digits}{ends}", "valign": "top"})


def _incomplete(table: Table) -> Iterator[str]:
    """A number in a cell cannot say that a part of it is missing, so a note does."""
    for row in table.rows:
        for column, cell in zip(table.columns[1:], row.cells, strict=False):
            if isinstance(cell, Figure) and cell.coverage:
                yield f"{row.heading}, {column}: {cell.coverage}"


def _tables(document: Document) -> Iterator[Table]:
    """Every table, key figures and charts among them: one a sheet."""
    for block in document.blocks:
        match block:
            case Table():
                yield block
            case Chart():
                yield charts.as_table(block)
            case KeyFigures():
                yield key_figures_table(block)


def key_figures_table(block: KeyFigures) -> Table:
    """Key figures as a table of name, figure and what it is compared with."""
    rows = tuple(
        Row(item.label, (item.figure, "; ".join(other.words for other in item.beside))) for item in block.items
    )
    return Table(block.title or "Key figures", ("Key figure", "Figure", "Compared"), rows)


def _contents(tables: list[Table]) -> Iterator[Line]:
    yield ["Summary", "The summary in sentences"]
    for number, table in enumerate(tables, 1):
        yield [f"Table {number}", table.title]
    yield ["Sources", "Where each figure comes from"]
    yield ["Notes", "Notes, and what the shorthand means"]


def _sentences(document: Document) -> Iterator[str]:
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text


def _notes(document: Document) -> Iterator[Line]:
    for block in document.blocks:
        if isinstance(block, Notes):
            yield [block.title]
            yield from ([item] for item in block.items)


def _sources(document: Document, imprint: Imprint) -> Iterator[Line]:
    yield ["Indicator", "Code", "Category", "Period", "Figure", "Where this comes from"]
    for figure in document.figures:
        places = "; ".join(imprint.places(figure))
        if places:
            name = figure.name or figure.indicator
            yield [name, figure.indicator, figure.category or "All", figure.period, figure, places]
