"""The sheet that is added to a workbook: every point in words, with a link to its cell. All of it is text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from imports.marked.markup import quoted
from imports.marked.ours import FIRST_ROW, MARK
from imports.marked.plan import Plan, Row
from imports.marked.styles import Styles

COPY = (
    "This workbook is a converted copy of {file}. Its words, figures, number formats, merged and hidden cells are as "
    "they were read; colours, comments, pictures, charts and formulas are not carried over."
)
WHAT_TO_DO = (
    "Errors have to be mended before the workbook can be kept. Mend the marked cells in their own sheets, save, and "
    "upload this very workbook again. This sheet may stay."
)
MORE = "{} more points are not listed here. Mend these first, and the rest are listed next time."
HEADINGS = ("Kind", "Sheet", "Cell", "What was typed", "What was found, and what to do", "Fill before")
WIDTHS = (11, 24, 11, 28, 90, 11)
HEADER_ROW = FIRST_ROW - 1
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
LINK_COLUMN = "C"

BOLD = '<{0}b/><{0}sz val="11"/><{0}name val="Arial"/>'
PLAIN = '<{0}sz val="11"/><{0}name val="Arial"/>'
LINK = '<{0}u/><{0}sz val="11"/><{0}color rgb="FF1D70B8"/><{0}name val="Arial"/>'
WRAPPED = 'vertical="top" wrapText="1"'

Fill = Callable[[str, str], str]


def points_sheet(plan: Plan, styles: Styles, *, namespace: str, names: Sequence[str], fill: Fill) -> bytes:
    """The sheet as a part. `names` are the sheets that can be linked to; `fill` tells how a cell looked before."""
    bold, plain = styles.text(BOLD), styles.text(PLAIN)
    head = styles.text(BOLD, alignment=WRAPPED)
    words = styles.text(PLAIN, alignment=WRAPPED, formulas=False)
    link = styles.text(LINK, alignment=WRAPPED, formulas=False)
    told = f"{MARK} {COPY.format(file=plan.file)}" if plan.copied else MARK
    rows = [_row(1, [(told, bold)]), _row(2, [(WHAT_TO_DO, plain)])]
    rows.append(_row(HEADER_ROW, [(heading, head) for heading in HEADINGS]))
    links = []
    for number, row in enumerate(plan.rows, start=FIRST_ROW):
        linked = bool(row.sheet in names and row.cell)
        style = (words, words, link if linked else words, words, words, words)
        said = (row.kind, row.sheet, row.cell, row.typed, row.message, fill(row.sheet, row.cell))
        rows.append(_row(number, list(zip(said, style, strict=True))))
        if linked:
            links.append(_link(number, row))
    if plan.unlisted:
        rows.append(_row(FIRST_ROW + len(plan.rows), [(MORE.format(plan.unlisted), words)]))
    return _part(namespace, rows, links)


def _part(namespace: str, rows: Sequence[bytes], links: Sequence[bytes]) -> bytes:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"{_hidden(number)}/>'
        for number, width in enumerate(WIDTHS, start=1)
    )
    pane = f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{FIRST_ROW}" activePane="bottomLeft" state="frozen"/>'
    head = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{namespace}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )
    foot = '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
    linked = b"<hyperlinks>%b</hyperlinks>" % b"".join(links) if links else b""
    return b"".join((head.encode("ascii"), *rows, b"</sheetData>", linked, foot.encode("ascii")))


def _hidden(column: int) -> str:
    return ' hidden="1"' if column == len(WIDTHS) else ""


def _row(number: int, cells: Sequence[tuple[str, int]]) -> bytes:
    told = b"".join(
        b'<c r="%c%d" s="%d" t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>'
        % (ord("A") + place, number, style, quoted(as_text(said)))
        for place, (said, style) in enumerate(cells)
        if said
    )
    return b'<row r="%d">%b</row>' % (number, told)


def _link(number: int, row: Row) -> bytes:
    place = "'{}'!{}".format(row.sheet.replace("'", "''"), row.cell)
    return b'<hyperlink ref="%b%d" location="%b" display="%b"/>' % (
        LINK_COLUMN.encode("ascii"), number, quoted(place), quoted(row.cell),
    )  # fmt: skip


def as_text(said: str) -> str:
    """Words as a spreadsheet keeps them, where _x0041_ would stand for another character."""
    return LOOKS_ESCAPED.sub("_x005F_", said)
