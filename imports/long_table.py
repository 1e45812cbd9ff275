"""Where a sheet has one row a figure: its header, whatever the words, and the rows beneath it.

Finds only; what labels, categories and periods mean is decided in `imports.long_form`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from imports import headings
from imports.headings import Heading, Page, Table
from imports.observing import Place
from imports.reading import Cell, Sheet

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


class Row(NamedTuple):
    """One row beneath the header, by the keys of its columns."""

    sheet: Sheet
    table: Table
    number: int
    cells: Mapping[str, Cell]
    words: Mapping[str, str]  # what the cells say
    label: str
    category: str  # as written
    dimension: str  # the breakdown's name, where the sheet has a column for it beside the category's

    def text(self, key: str) -> str:
        return self.words.get(key, "")

    def place(self, key: str) -> Place:
        return Place(self.sheet.name, self.number, self.table.columns[key])

    @property
    def hidden(self) -> bool:
        """Whether somebody who looks at the sheet does not see the row's figure."""
        value = self.cells.get("value")
        return self.sheet.hidden or (value or next(iter(self.cells.values()))).hidden


def tables(pages: Sequence[Page]) -> list[tuple[Page, Table]]:
    """The sheets that have one row a figure. None of them when the workbook is laid out otherwise."""
    found = []
    for page in pages:
        for measure in ("measure", "code"):
            table = headings.find(page, HEADINGS, needed=(measure, "value"), within=HEADER_WITHIN)
            if table and table.columns.keys() & {"period", "year"}:
                found.append((page, table))
                break
    return found


def rows(page: Page, table: Table) -> Iterator[Row]:
    """The rows that hold, or should hold, a figure: not blank rows and not notes."""
    both = "category" in table.columns
    for number, found in page.rows.items():
        if number <= table.row:
            continue
        held = {key: found[column] for key, column in table.columns.items() if column in found}
        words = {key: headings.text(cell) for key, cell in held.items()}
        label = words.get("measure") or words.get("code", "")
        if "value" in held or (label and (words.get("period") or words.get("year"))):
            breakdown = words.get("breakdown", "")
            category, dimension = (words.get("category", ""), breakdown) if both else (breakdown, "")
            yield Row(page.sheet, table, number, held, words, label, category, dimension)
