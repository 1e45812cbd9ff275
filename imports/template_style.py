"""How the return workbook looks: readable on a screen, printable, usable by keyboard and by screen reader.

Knows cells and columns, not what they mean. Colour never says anything that a border, a lock or a word does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from textwrap import wrap

from openpyxl import Workbook as Book
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from imports.headings import Heading
from imports.reading import column_letters
from imports.template_layout import HEADER_ROW

FONT = "Arial"
_INK = "0B0C0C"
_PAPER = "FFFFFF"
_HEADER = "1D3557"
_LOCKED = "F3F2F1"
_VERDICTS = {"Error": "F9DCD9", "Question": "FFF3CD", "Warning": "DCE6F2"}  # the word stands in the cell too
_LINK = "1D3557"
_EDGE = Side(style="thin", color="505A5F")
_FAINT = Side(style="hair", color="B1B4B6")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_LINE = Border(left=_FAINT, right=_FAINT, top=_FAINT, bottom=_FAINT)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_INSET = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
_RIGHT = Alignment(wrap_text=True, vertical="top", horizontal="right", indent=1)

WHOLE, DECIMAL, SHARE, DAY, TEXT = "#,##0", "#,##0.00", "0.0%", "d mmmm yyyy", "General"
ONE_PLACE = "0.0"
_KINDS = {
    WHOLE: "whole number",
    DECIMAL: "number",
    SHARE: "percentage",
    ONE_PLACE: "ratio",
    DAY: "day",
    TEXT: "text",
}
LINE_HEIGHT = 15  # points
TALLEST = 409  # points, of a row in any spreadsheet program
LEAST_LINES = 3  # of a row to be filled in, so that what its check says can be read

TITLE, INTRODUCTION, LABEL, HEADER = "Return title", "Return introduction", "Return label", "Return header"
PARAGRAPH, LINK, CHECK, HEADLINE = "Return paragraph", "Return link", "Return check", "Return headline"
POINT = "Return point"


def prepare(book: Book) -> None:
    """Gives a new workbook its named styles. Must come before anything is typed in it."""
    plain = Font(name=FONT, size=11, color=_INK)
    bold = Font(name=FONT, size=11, bold=True, color=_INK)
    for style in (
        NamedStyle(TITLE, font=Font(name=FONT, size=16, bold=True, color=_INK)),
        NamedStyle(INTRODUCTION, font=plain, alignment=Alignment(vertical="top")),
        NamedStyle(LABEL, font=bold, alignment=_WRAPPED),
        NamedStyle(PARAGRAPH, font=plain, alignment=_WRAPPED),
        NamedStyle(LINK, font=Font(name=FONT, size=11, underline="single", color=_LINK), alignment=_WRAPPED),
        NamedStyle(POINT, font=plain, alignment=Alignment(wrap_text=True, vertical="top", horizontal="left")),
        NamedStyle(HEADLINE, font=Font(name=FONT, size=13, bold=True, color=_INK)),
        NamedStyle(CHECK, font=plain, alignment=Alignment(vertical="top")),
        NamedStyle(
            HEADER,
            font=Font(name=FONT, size=11, bold=True, color=_PAPER),
            fill=PatternFill("solid", fgColor=_HEADER),
            border=_BOX,
            alignment=_INSET,
        ),
    ):
        book.add_named_style(style)
    for locked in (True, False):
        for number_format in _KINDS:
            book.add_named_style(_answer(plain, locked=locked, number_format=number_format))


def _answer(font: Font, *, locked: bool, number_format: str) -> NamedStyle:
    return NamedStyle(
        _answer_name(number_format, locked=locked),
        font=font,
        fill=PatternFill("solid", fgColor=_LOCKED if locked else _PAPER),
        border=_LINE if locked else _BOX,
        alignment=_INSET if number_format in (TEXT, DAY) else _RIGHT,
        protection=Protection(locked=locked),
        number_format=number_format,
    )


def _answer_name(number_format: str, *, locked: bool) -> str:
    return f"Return {'locked' if locked else 'open'} {_KINDS[number_format]}"


def title(sheet: Worksheet, text: str, *introduction: str) -> None:
    """The sheet's title, and what to know before its table, a line each."""
    type_in(sheet["A1"], text)
    sheet["A1"].style = TITLE
    for row, line in enumerate(introduction, start=2):
        type_in(sheet.cell(row, 1), line)
        sheet.cell(row, 1).style = INTRODUCTION


def label(cell: Cell, text: str) -> None:
    type_in(cell, text)
    cell.style = LABEL


def header(sheet: Worksheet, headings: Sequence[Heading]) -> None:
    """The header row of the sheet's table, repeated on every printed page."""
    for column, heading in enumerate(headings, start=1):
        cell = sheet.cell(HEADER_ROW, column, heading.title)
        cell.style = HEADER
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def answer(cell: Cell, *, locked: bool, number_format: str = TEXT) -> None:
    """A cell of a table: open ones have a strong border and can be typed in, locked ones are grey."""
    cell.style = _answer_name(number_format, locked=locked)


def answers(sheet: Worksheet, *, locked: bool, number_format: str = TEXT) -> Callable[[Cell], None]:
    """The same for many cells."""
    return quick(sheet, _answer_name(number_format, locked=locked))


def quick(sheet: Worksheet, name: str) -> Callable[[Cell], None]:
    """Gives many cells one style without looking it up each time."""
    first = sheet.parent.worksheets[0]["A1"]
    before, first.style = first._style, name
    known, first._style = first._style, before

    def style(cell: Cell) -> None:
        cell._style = copy(known)

    return style


def verdicts(sheet: Worksheet, cells: str, column: str, row: int) -> None:
    """Makes cells stand out by the word with which a column's cell begins, one colour a word."""
    for word, colour in _VERDICTS.items():
        begins = f'LEFT(${column}{row},{len(word)})="{word}"'
        found = FormulaRule([begins], fill=PatternFill("solid", bgColor=colour), font=Font(bold=True))
        sheet.conditional_formatting.add(cells, found)


def open_beneath(sheet: Worksheet, columns: int) -> None:
    """Lets rows be pasted beneath the table: cells that were never written may be typed in."""
    for column in range(1, columns + 1):
        sheet.column_dimensions[column_letters(column)].protection = Protection(locked=False)


def table_names(sheet: Worksheet, last: str) -> None:
    """Tells screen readers where a sheet's table and its headings are, by the name that they look for."""
    number = sheet.parent.worksheets.index(sheet) + 1
    name = f"TitleRegion1.A{HEADER_ROW}.{last}.{number}"
    sheet.defined_names.add(DefinedName(name, attr_text=f"'{sheet.title}'!$A${HEADER_ROW}"))


def finish(
    sheet: Worksheet, *, widths: Sequence[int], freeze: str | None = None, first: str = "A1", fitted: bool = True
) -> None:
    """Widths, heights, frozen header, printing on one page's width, and protection without a password.

    `first` is the cell that is chosen when the sheet is opened; `fitted`: rows are as high as their texts.
    """
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[column_letters(column)].width = width
    if fitted:
        _fit_rows(sheet, widths)
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = first
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: people may change them


def to_print(sheet: Worksheet, footer: str) -> None:
    """On A4 across, as wide as the page, with what it is and the page's number at its foot."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    sheet.oddFooter.left.text = ILLEGAL_CHARACTERS_RE.sub("", footer).replace("&", "&&")
    sheet.oddFooter.right.text = "&A, page &P of &N"


def _fit_rows(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Makes each row as high as its longest wrapped text: not every program does so by itself."""
    for row in sheet.iter_rows(min_row=HEADER_ROW):
        written = [(cell.value, widths[cell.column - 1]) for cell in row if isinstance(cell.value, str)]
        texts = [(text, width) for text, width in written if len(text) >= width and not text.startswith("=")]
        lines = max((len(wrap(text, width * 8 // 7 - 1)) for text, width in texts), default=1)
        known = sheet.row_dimensions[row[0].row]
        if lines > 1 or known.height:
            known.height = min(max(known.height or 0, LINE_HEIGHT * lines), TALLEST)


def type_in(cell: Cell, value: Decimal | int | str | date | None) -> None:
    """Types a value. Text is stored as text, so that "=1+1" is never a formula."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value
