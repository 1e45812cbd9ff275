"""What may be typed in the return workbook: a word when a cell is chosen, and another when it does not fit.

Spreadsheet programs hold these checks and show their messages; what is pasted passes them by, so the reader
checks everything again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from imports import template_layout as layout
from imports.reading import Part, Term, column_letters
from imports.template_formulas import counted_days

NO_FIGURE = "If there is no figure, leave the cell empty and choose a status."
_SINCE_APRIL = "Count everything since 1 April, not only this quarter."
_COUNTS = {Part.NUMERATOR: "Numerator", Part.DENOMINATOR: "Denominator"}
_WHOLE = ("whole", "0", "Enter a whole number, nought or more.")
_DECIMAL = ("decimal", "0", "Enter a number, nought or more.")
_MONEY = ("decimal", "-1000000000000", "Enter an amount in pounds.")


def figures(sheet: Worksheet, cells: str, term: Term, part: Part = Part.VALUE) -> None:
    """Lets only figures of the indicator's kind be typed."""
    kind, lowest, message = _WHOLE if term.whole else _MONEY if term.count_type == "L" else _DECIMAL
    so_far = f" {_SINCE_APRIL}" if term.count_type == "Y" else ""
    offered = DataValidation(
        type=kind,
        operator="greaterThanOrEqual",
        formula1=lowest,
        allow_blank=True,
        promptTitle=_COUNTS.get(part, "Value"),
        prompt=f"{message}{so_far} {NO_FIGURE}",
        errorTitle="Enter a figure",
        error=f"{message} {NO_FIGURE}",
    )
    _known(sheet, offered).add(cells)


def statuses(sheet: Worksheet, cells: str) -> None:
    """A drop-down of the statuses."""
    prompt = "Only where there is no figure: choose why. The sheet Lists says when to choose which."
    _choice(sheet, cells, "Status", layout.STATUS_WORDS, prompt, "Choose a status from the list, or leave it empty.")


def consent(sheet: Worksheet, cells: str) -> None:
    """A drop-down of yes and no."""
    prompt = "Choose Yes once the person has agreed that their story is told. Without it, take the story out."
    _choice(sheet, cells, "Consent", (layout.YES, layout.NO), prompt, "Choose Yes or No.")


def day_after(sheet: Worksheet, cells: str, last: date) -> None:
    """Lets only days after the last of the quarter be typed."""
    day = DataValidation(
        type="date",
        operator="greaterThan",
        formula1=str(counted_days(last)),
        allow_blank=True,
        promptTitle="Available on",
        prompt="Only for the status “Not yet available”: the day on which the figure will be there, as 31/01/2023.",
        errorTitle="Enter a day",
        error=f"Enter a day after {last:%d/%m/%Y}, as 31/01/2023.",
    )
    _known(sheet, day).add(cells)


def hint(sheet: Worksheet, cells: str, title: str, text: str) -> None:
    """A word when a cell is chosen in which anything may be typed."""
    _known(sheet, DataValidation(allow_blank=True, promptTitle=title, prompt=text)).add(cells)


def in_ranges(sheet: Worksheet) -> None:
    """Says of each check where it holds in as few words as possible: "E5:E40", not forty cells."""
    for check in sheet.data_validations.dataValidation:
        check.sqref = _in_ranges(check.sqref)


def _choice(sheet: Worksheet, cells: str, title: str, words: Iterable[str], prompt: str, error: str) -> None:
    offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    offered.promptTitle, offered.prompt = title, prompt
    offered.errorTitle, offered.error = title, error
    _known(sheet, offered).add(cells)


def _known(sheet: Worksheet, offered: DataValidation) -> DataValidation:
    """The sheet's one check of this kind, added where there is none yet."""
    for known in sheet.data_validations.dataValidation:
        if _what(known) == _what(offered):
            return known
    offered.showErrorMessage = offered.showInputMessage = True
    sheet.add_data_validation(offered)
    return offered


def _what(check: DataValidation) -> tuple[str | None, ...]:
    return check.type, check.formula1, check.promptTitle, check.prompt


def _in_ranges(cells: MultiCellRange) -> MultiCellRange:
    columns: dict[int, list[tuple[int, int]]] = {}
    for found in sorted(cells.ranges, key=lambda found: (found.min_col, found.min_row)):
        runs = columns.setdefault(found.min_col, [])
        if runs and runs[-1][1] + 1 == found.min_row:
            runs[-1] = (runs[-1][0], found.max_row)
        else:
            runs.append((found.min_row, found.max_row))
    return MultiCellRange(
        " ".join(
            f"{column_letters(column)}{first}:{column_letters(column)}{last}"
            for column, runs in columns.items()
            for first, last in runs
        )
    )
