"""A workbook as a plain grid with the truth of its cells, so that whatever is moved takes its truth with it."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import MergedCell

from imports.reading import column_letters
from imports.sheets import Spot
from tests.trials.truth import Fact, facts_of

At = tuple[int, int]  # row and column, from 1
MADE_ON = datetime(2024, 1, 15, 9, 0)  # noqa: DTZ001 - a spreadsheet's dates know no zone


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a cell. A formula without a value was never calculated."""

    value: str | float | date | bool | None
    format: str = "General"
    formula: str | None = None


@dataclass
class Grid:
    """One sheet."""

    name: str | None
    cells: dict[At, Typed] = field(default_factory=dict)
    facts: dict[At, Fact] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # first and last row, then column: r c r c
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False

    def put(self, row: int, column: int, value: object, form: str = "General", formula: str | None = None) -> None:
        """Types a value; None and "" type nothing."""
        if value not in (None, "") or formula:
            self.cells[row, column] = Typed(value, form, formula)  # type: ignore[arg-type]

    def line(self, row: int, *values: object, column: int = 1) -> None:
        """Types values side by side."""
        for index, value in enumerate(values):
            self.put(row, column + index, value)

    def fact(self, row: int, column: int, fact: Fact, typed: Typed | None = None) -> None:
        """Types a figure and notes its truth; `typed` where it does not stand there as a plain number."""
        self.cells[row, column] = typed or Typed(fact.value)
        self.facts[row, column] = fact

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        self.merges.append((row, column, last_row, last_column))


@dataclass(eq=False)
class Trial:
    """A workbook, its file name and, sheet by sheet, its truth."""

    name: str
    filename: str
    grids: list[Grid]
    separator: str = ""  # of a CSV

    @property
    def facts(self) -> dict[Spot, Fact]:
        return {Spot(grid.name, address(*at)): fact for grid in self.grids for at, fact in sorted(grid.facts.items())}

    @property
    def content(self) -> bytes:
        return as_csv(self.grids[0], self.separator) if self.separator else as_xlsx(self.grids)


def address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


def as_csv(grid: Grid, separator: str) -> bytes:
    """The cells as text, with a byte order mark, as Excel writes them."""
    last_row = max(row for row, _ in grid.cells)
    last_column = max(column for _, column in grid.cells)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in range(1, last_row + 1):
        typed = (grid.cells.get((row, column)) for column in range(1, last_column + 1))
        writer.writerow(["" if one is None or one.value is None else one.value for one in typed])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(grids: Sequence[Grid]) -> bytes:
    """The same bytes for the same grids."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE_ON})
    for grid in grids:
        sheet = book.add_worksheet(grid.name)
        if grid.hidden:
            sheet.hide()
        elif not any(one.hidden is False for one in grids[: grids.index(grid)]):
            sheet.activate()  # a book must open on a sheet that can be seen
        for at, typed in sorted(grid.cells.items()):
            _write(book, sheet, at, typed)
        for row in sorted(grid.hidden_rows):
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for column in sorted(grid.hidden_columns):
            sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
        # By hand, because what stands under a merge shall stay there.
        sheet.merge = [[row - 1, column - 1, last - 1, end - 1] for row, column, last, end in grid.merges]
    book.close()
    return out.getvalue()


def _write(book: xlsxwriter.Workbook, sheet, at: At, typed: Typed) -> None:
    row, column = at[0] - 1, at[1] - 1
    form = book.add_format({"num_format": typed.format}) if typed.format != "General" else None
    if typed.formula:
        sheet.write_formula(row, column, typed.formula, form, "" if typed.value is None else typed.value)
    elif isinstance(typed.value, bool):
        sheet.write_boolean(row, column, typed.value, form)
    elif isinstance(typed.value, date):
        sheet.write_datetime(row, column, typed.value, form or book.add_format({"num_format": "mmm-yy"}))
    elif isinstance(typed.value, str):
        sheet.write_string(row, column, typed.value, form)
    else:
        sheet.write_number(row, column, typed.value, form)


def opened(path: Path) -> Trial:
    """A workbook of tests/returns and its truth, to be changed."""
    facts = facts_of(path.with_suffix(".truth.json"))
    if path.suffix == ".csv":
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        grid = Grid(None)
        for row, values in enumerate(rows, 1):
            grid.line(row, *(value or None for value in values))
        return Trial(path.name, path.name, [_with_truth(grid, facts)], ",")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    return Trial(path.name, path.name, [_with_truth(_grid(sheet), facts) for sheet in book.worksheets])


def _grid(sheet) -> Grid:
    grid = Grid(sheet.title)
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell):
                grid.put(cell.row, cell.column, cell.value, cell.number_format)
    grid.merges = [(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges]
    return grid


def _with_truth(grid: Grid, facts: Mapping[Spot, Fact]) -> Grid:
    grid.facts = {at: facts[place] for at in grid.cells if (place := Spot(grid.name, address(*at))) in facts}
    return grid
