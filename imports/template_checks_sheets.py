"""The return workbook's two sheets of checks: what is still to be mended, and every check with its verdict.

The first is for people: a live list with links, which empties itself. The second is what it is made from.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from imports import template_layout as layout
from imports import template_style
from imports.reading import column_letters
from imports.template_checks import span
from imports.template_formulas import VERDICTS
from imports.template_layout import HEADER_ROW
from imports.template_typed import Row

FIRST = HEADER_ROW + 1
ALL_WELL = "Nothing to mend. Upload this workbook."
_WIDTHS = (8, 12, 18, 104, 8)
_ALL_WIDTHS = (16, 52, 8, 18, 16, 16, 16, 11, 34, 90, 8, 22, 12, 14, 8)
_LINES = 2  # of a point, so that the longest sentence can be read
_FORMULAS = ("typed", "understood", "counts", "verdict", "short", "message", "doubt", "same", "round", "where")


def column(key: str, rows: int) -> str:
    """A column of the sheet of all checks, as other sheets' formulas name it."""
    return f"'{layout.ALL_CHECKS}'!{span(key, FIRST, max(FIRST, FIRST + rows - 1))}"


def checks(sheet: Worksheet, rows: int) -> None:
    """The points that are still to be mended, errors first, each with its place; empty when all is well."""
    template_style.title(sheet, layout.CHECKS, "", _introduction())
    sheet["A2"].value = _counts(rows)
    sheet["A2"].style = template_style.HEADLINE
    template_style.header(sheet, layout.CHECK_HEADINGS)
    last = HEADER_ROW + min(layout.LISTED, max(rows, 1))
    total = f"COUNT({column('order', rows)})"
    for row in range(FIRST, last + 1):
        number = f"ROWS(A${FIRST}:A{row})"
        place = f"MATCH($A{row},{column('order', rows)},0)"
        found = {key: f"INDEX({column(key, rows)},{place})" for key in ("verdict", "where", "message", "rule")}
        found["where"] = f'HYPERLINK("#\'"&SUBSTITUTE({found["where"]},"!","\'!"),{found["where"]})'
        found |= {key: f'{found[key]}&""' for key in ("message", "rule")}
        formulas = {key: f'=IF($A{row}="","",{formula})' for key, formula in found.items()}
        formulas["number"] = f'=IF({number}<={total},{number},"")'
        for index, heading in enumerate(layout.CHECK_HEADINGS, start=1):
            cell = sheet.cell(row, index, formulas[heading.key])
            cell.style = template_style.LINK if heading.key == "where" else template_style.POINT
        sheet.row_dimensions[row].height = template_style.LINE_HEIGHT * _LINES
    letters = column_letters(layout.column(layout.CHECK_HEADINGS, "verdict"))
    template_style.verdicts(sheet, f"{letters}{FIRST}:{letters}{last}", letters, FIRST)
    template_style.table_names(sheet, f"E{last}")
    template_style.finish(sheet, widths=_WIDTHS, freeze=f"A{FIRST}", first=f"C{FIRST}")


def _introduction() -> str:
    return (
        "Choose a place to go there. An error stands in the way of uploading; a question asks for a comment; a "
        f"warning may stand. The first {layout.LISTED} points are listed. The page asks a little more when you upload."
    )


def _counts(rows: int) -> str:
    """How many of each there are, in words: "3 errors, 1 question"."""
    pieces, held = [], ""
    for verdict in VERDICTS.values():
        count = f'COUNTIF({column("verdict", rows)},"{verdict}")'
        pieces.append(f'IF({count}=0,"",", "&{count}&" {verdict.lower()}"&IF({count}=1,"","s"))')
    held = "&".join(pieces)
    return f'=IF(COUNT({column("order", rows)})=0,"{ALL_WELL}",MID({held},3,99)&".")'


def counted() -> str:
    """The same, for the cover."""
    return f"={layout.CHECKS}!$A$2"


def all_checks(sheet: Worksheet, rows: Sequence[Row]) -> None:
    """Every check with its verdict, in the order in which they are asked."""
    template_style.title(
        sheet,
        layout.ALL_CHECKS,
        "What this workbook checks by itself, in the order in which it is checked. There is nothing to fill in here.",
    )
    template_style.header(sheet, layout.ALL_CHECK_HEADINGS)
    style = template_style.quick(sheet, template_style.CHECK)
    for number, row in enumerate(rows, start=FIRST):
        for index, value in enumerate(_cells(row, number, HEADER_ROW + len(rows)), start=1):
            if value:
                style(sheet.cell(number, index, value))
    template_style.finish(sheet, widths=_ALL_WIDTHS, freeze=f"B{FIRST}", first=f"A{FIRST}", fitted=False)


def _cells(row: Row, number: int, last: int) -> list[str]:
    """The row's cells in the order of the headings; "" for none."""
    verdict = f"$H{number}"
    said = {key: f"={getattr(row, key).removeprefix('=')}" if getattr(row, key) else "" for key in _FORMULAS}
    for key in ("short", "message"):
        said[key] = said[key] and f'=IF({verdict}="","",{said[key][1:]})'
    said |= {"line": row.line, "checked": row.checked, "rule": row.rule}
    said["order"] = _order(number, last)
    said["key"] = f'=IF({verdict}="","",$A{number}&" "&{verdict})'
    return [said[heading.key] for heading in layout.ALL_CHECK_HEADINGS]


def _order(number: int, last: int) -> str:
    """Which point of the list a failing check is: errors first, then questions, then warnings."""
    every, before, formula = f"$H${FIRST}:$H${last}", "", '""'
    cases = []
    for verdict in VERDICTS.values():
        cases.append((verdict, f'{before}COUNTIF($H${FIRST}:$H{number},"{verdict}")'))
        before += f'COUNTIF({every},"{verdict}")+'
    for verdict, place in reversed(cases):
        formula = f'IF($H{number}="{verdict}",{place},{formula})'
    return f'=IF($H{number}="","",{formula})'
