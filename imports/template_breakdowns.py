"""The return workbook's sheet of breakdowns: one row for each category, to be filled in or pasted over.

The rows may stand in any order, and more may be pasted beneath them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from imports import template_formulas as formulas
from imports import template_layout as layout
from imports import template_style, template_typing
from imports.reading import column_letters
from imports.template_kpis import figure_format
from imports.template_splits import FIRST, Split
from imports.template_understood import FIGURE_WORDS, STATUS_WORDS

_WIDTHS = (11, 36, 30, 40, 12, 18, 34, 40)
_NAMES = ("code", "indicator", "breakdown", "category")


def breakdowns(sheet: Worksheet, splits: Sequence[Split]) -> None:
    """A row for each category of each breakdown."""
    template_style.title(
        sheet,
        "Breakdowns",
        "Give every category of a breakdown, with 0 where there were none, or leave all of it empty. "
        "The rows may stand in any order.",
        "To paste from a pivot table, show its labels in every row and paste code, indicator, breakdown, category "
        "and value, as values, beneath the list.",
    )
    template_style.header(sheet, layout.BREAKDOWN_HEADINGS)
    for split in splits:
        _split(sheet, split)
    template_style.open_beneath(sheet, len(layout.BREAKDOWN_HEADINGS))
    if splits:
        _check(sheet, splits[-1].last)
    template_style.finish(sheet, widths=_WIDTHS, freeze=f"C{FIRST}", first=_cell("value", FIRST))


def _split(sheet: Worksheet, split: Split) -> None:
    styles = [_style(sheet, split, heading.key) for heading in layout.BREAKDOWN_HEADINGS]
    check_column = layout.column(layout.BREAKDOWN_HEADINGS, "check")
    for row, category in enumerate(split.categories, start=split.first):
        given = (split.term.code, split.term.name, split.name, category)
        for column, style in enumerate(styles, start=1):
            style(sheet.cell(row, column))
        for column, text in enumerate(given, start=1):
            template_style.type_in(sheet.cell(row, column), text)
        check = formulas.breakdown_check(row, split.term, figures=FIGURE_WORDS, statuses=STATUS_WORDS)
        sheet.cell(row, check_column).value = check
    template_typing.figures(sheet, f"{_cell('value', split.first)}:{_cell('value', split.last)}", split.term)


def _style(sheet: Worksheet, split: Split, key: str) -> Callable[[Cell], None]:
    form = figure_format(split.term, "value") if key == "value" else template_style.TEXT
    return template_style.answers(sheet, locked=key in (*_NAMES, "check"), number_format=form)


def _check(sheet: Worksheet, last: int) -> None:
    """What may be typed beside the figures, and what makes a row stand out."""
    check = column_letters(layout.column(layout.BREAKDOWN_HEADINGS, "check"))
    template_typing.statuses(sheet, f"{_cell('status', FIRST)}:{_cell('status', last)}")
    template_typing.in_ranges(sheet)
    template_style.verdicts(sheet, f"{check}{FIRST}:{check}{last}", check, FIRST)
    template_style.table_names(sheet, _cell("comment", last))


def _cell(key: str, row: int) -> str:
    return formulas.at(layout.BREAKDOWN_HEADINGS, key, row)
