"""Where a sheet has one row a figure: its header, whatever the words, and the rows beneath it.

Finds only; what labels, categories and periods mean is decided in `imports.long_form`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from imports import headings
from imports.headings import Grid, Heading, Table
from imports.observing import Place
from imports.reading import Cell, Sheet, Workbook

HEADINGS = (
    Heading("service", "Service", ("Project", "Programme", "Lot", "Service name")),
    Heading("code", "Code", ("KPI code", "Indicator code", "Ref", "Reference", "KPI ref")),
    Heading(
        "measure",
        "Measure",
        ("Indicator", "KPI", "Metric", "Performance indicator", "Description", "Data item", "Indicator name"),
    ),
    Heading("breakdown", "Breakdown", ("Split", "Split by", "Dimension", "Broken down by")),
    Heading("category", "Category", ("Group", "Breakdown category", "Sub-category")),
    Heading("year", "Year", ("Financial year", "FY")),
    Heading("period", "Period", ("Quarter", "Reporting period", "Qtr", "Month", "Date", "Time period")),
    Heading("value", "Value", ("Figure", "Number", "Count", "Actual", "Result", "Total", "Amount")),
    Heading("comment", "Comment", ("Comments", "Note", "Notes", "Commentary")),
)
HEADER_WITHIN = 20
COLUMNS_WANTED = "Measure, Breakdown, Period and Value"


@dataclass(frozen=True, slots=True)
class Row:
    """One row beneath the header, by the keys of its columns."""

    sheet: Sheet
    table: Table
    number: int
    cells: Mapping[str, Cell]
    words: Mapping[str, str]  # what the cells say

    def text(self, key: str) -> str:
        return self.words.get(key, "")

    def place(self, key: str) -> Place:
        return Place(self.sheet.name, self.number, self.table.columns[key])

    @property
    def label(self) -> str:
        return self.text("measure") or self.text("code")

    @property
    def hidden(self) -> bool:
        """Whether somebody who looks at the sheet does not see the row's figure."""
        value = self.cells.get("value")
        return self.sheet.hidden or (value or next(iter(self.cells.values()))).hidden

    @property
    def category(self) -> str:
        return self.text("category") if "category" in self.table.columns else self.text("breakdown")

    @property
    def dimension(self) -> str:
        """The breakdown's name, where the sheet has a column for it beside the category's."""
        return self.text("breakdown") if "category" in self.table.columns else ""


def tables(workbook: Workbook) -> list[tuple[Sheet, Grid, Table]]:
    """The sheets that have one row a figure. None of them when the workbook is laid out otherwise."""
    found = []
    for sheet in workbook.sheets:
        rows = headings.grid(sheet)
        for measure in ("measure", "code"):
            table = headings.find(rows, HEADINGS, needed=(measure, "value"), within=HEADER_WITHIN)
            if table and table.columns.keys() & {"period", "year"}:
                found.append((sheet, rows, table))
                break
    return found


def rows(sheet: Sheet, found_rows: Grid, table: Table) -> Iterator[Row]:
    """The rows that hold, or should hold, a figure: not blank rows and not notes."""
    for number, found in found_rows.items():
        if number <= table.row:
            continue
        held = {key: found[column] for key, column in table.columns.items() if column in found}
        row = Row(sheet, table, number, held, {key: headings.text(cell) for key, cell in held.items()})
        if "value" in row.cells or (row.label and (row.text("period") or row.text("year"))):
            yield row
