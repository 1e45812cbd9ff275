"""The return workbook's sheet of breakdowns: one row for each category, to be filled in or pasted over.

The rows may stand in any order, and more may be pasted beneath them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from imports import observing, template_style, template_typing
from imports import template_formulas as formulas
from imports import template_layout as layout
from imports.reading import Line, Part, Term, Vocabulary, column_letters
from imports.template_kpis import figure_format
from imports.template_layout import HEADER_ROW

FIRST = HEADER_ROW + 1
MORE_ROWS = 500  # beneath the list, that the sums of its checks take in when pasted

_WIDTHS = (11, 36, 30, 40, 12, 18, 34, 40)
_NAMES = ("code", "indicator", "breakdown", "category")


@dataclass(frozen=True, slots=True)
class Split:
    """One way in which one indicator is split, and where its rows start."""

    term: Term
    name: str
    categories: tuple[str, ...]
    adds: bool  # whether its parts come to the whole
    first: int

    @property
    def last(self) -> int:
        return self.first + len(self.categories) - 1


def breakdowns(sheet: Worksheet, lines: Sequence[Line], vocabulary: Vocabulary) -> int:
    """A row for each category of each breakdown; the last row is given back."""
    template_style.title(
        sheet,
        "Breakdowns",
        "Give every category of a breakdown, with 0 where there were none, or leave all of it empty. "
        "The rows may stand in any order.",
        "To paste from a pivot table, show its labels in every row and paste code, indicator, breakdown, category "
        "and value, as values, beneath the list.",
    )
    template_style.header(sheet, layout.BREAKDOWN_HEADINGS)
    splits = list(_splits(lines, vocabulary))
    last = splits[-1].last if splits else HEADER_ROW
    for split in splits:
        _split(sheet, split, last=last, kpis=(FIRST, HEADER_ROW + len(lines)))
    template_style.open_beneath(sheet, len(layout.BREAKDOWN_HEADINGS))
    if splits:
        _check(sheet, last)
    template_style.finish(sheet, widths=_WIDTHS, freeze=f"C{FIRST}", first=_cell("value", FIRST))
    return last


def _splits(lines: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Split]:
    """The breakdowns of what is given as one number; a rate is not split."""
    row = FIRST
    for term in (vocabulary.terms[line.code] for line in lines):
        for key in term.breakdowns if observing.parts(term) == (Part.VALUE,) else ():
            if categories := vocabulary.breakdowns[key]:
                yield Split(term, vocabulary.breakdown_names[key], categories, key not in vocabulary.multiple, row)
                row += len(categories)


def _split(sheet: Worksheet, split: Split, *, last: int, kpis: tuple[int, int]) -> None:
    for row, category in enumerate(split.categories, start=split.first):
        given = dict(zip(_NAMES, (split.term.code, split.term.name, split.name, category), strict=True))
        check = formulas.breakdown_check(
            row, last + MORE_ROWS, split.term, adds=split.adds, first=row == split.first, kpis=kpis
        )
        for column, heading in enumerate(layout.BREAKDOWN_HEADINGS, start=1):
            cell = sheet.cell(row, column)
            if heading.key == "check":
                cell.value = check
            else:
                template_style.type_in(cell, given.get(heading.key))
            form = figure_format(split.term, "value") if heading.key == "value" else template_style.TEXT
            template_style.answer(cell, locked=heading.key in (*_NAMES, "check"), number_format=form)
    template_typing.figures(sheet, f"{_cell('value', split.first)}:{_cell('value', split.last)}", split.term)


def _check(sheet: Worksheet, last: int) -> None:
    """What may be typed beside the figures, and what makes a row stand out."""
    check = column_letters(layout.column(layout.BREAKDOWN_HEADINGS, "check"))
    template_typing.statuses(sheet, f"{_cell('status', FIRST)}:{_cell('status', last)}")
    template_typing.in_ranges(sheet)
    template_style.notice(sheet, f"{check}{FIRST}:{check}{last}", formulas.is_unsettled(check, FIRST))
    template_style.table_names(sheet, _cell("comment", last))


def _cell(key: str, row: int) -> str:
    return formulas.at(layout.BREAKDOWN_HEADINGS, key, row)
