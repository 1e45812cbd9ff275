"""Where a sheet has one row a figure: its header, whatever the words, and the rows beneath it.

Finds only; what labels, categories and periods mean is decided in `imports.long_form`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from imports import cells, headings
from imports.headings import Heading, Page, Table
from imports.reading import Cell, Sheet
from imports.sheets import Spot

QUARTERS = ("Quarter", "Qtr", "Reporting quarter")
HEADINGS = (
    Heading("service", "Service", ("Project", "Programme", "Lot", "Service name")),
    Heading("code", "Code", ("KPI code", "KPI no", "KPI number", "Indicator code", "Ref", "Reference", "KPI ref")),
    Heading(
        "measure",
        "Measure",
        (
            *("Indicator", "KPI", "Metric", "Performance indicator", "Description", "Data item"),
            *("Indicator name", "KPI name", "Measure name", "Performance measure"),
        ),
    ),
    Heading("breakdown", "Breakdown", ("Split", "Split by", "Dimension", "Broken down by")),
    Heading("category", "Category", ("Group", "Breakdown category", "Sub-category")),
    Heading("year", "Year", ("Financial year", "FY")),
    Heading("period", "Period", (*QUARTERS, "Reporting period", "Month", "Date", "Time period")),
    Heading("start", "Period start", ("Start", "Start date", "Period from", "From")),
    Heading("end", "Period end", ("End", "End date", "Period to", "To")),
    Heading(
        "value", "Value", ("Figure", "Number", "Count", "Actual", "Result", "Total", "Amount", "Outturn", "Performance")
    ),
    Heading("numerator", "Numerator"),
    Heading("denominator", "Denominator"),
    Heading("percent", "Percentage", ("Percent", "Per cent", "%", "Rate", "Rate %", "Percentage achieved")),
    Heading("status", "Status", ("Figure status", "Data status")),
    Heading("available", "Available on", ("Expected on", "Date available")),
    Heading("comment", "Comment", ("Comments", "Note", "Notes", "Commentary")),
)
COUNTS = ("numerator", "denominator")
VALUE_ALONE = ("value",)
FIGURES = (*VALUE_ALONE, *COUNTS, "percent")  # the columns that hold figures
PERIODS = ("period", "year", "end")  # the columns of which one at least says what the figures are about
HEADER_WITHIN = headings.DEEPEST
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
    figures: tuple[str, ...]  # the columns in which a figure is typed; none where the row is left blank

    def text(self, key: str) -> str:
        return self.words.get(key, "")

    def place(self, key: str) -> Spot:
        return Spot.at(self.sheet.name, self.number, self.table.columns[key])

    def place_if(self, key: str) -> Spot | None:
        """Where a column stands in this row; None where the table has no such column."""
        return self.place(key) if key in self.table.columns else None

    @property
    def figure_place(self) -> Spot:
        """Where the row's figure stands, or should."""
        return self.place((*self.figures, *(key for key in FIGURES if key in self.table.columns))[0])

    @property
    def hidden(self) -> bool:
        """Whether somebody who looks at the sheet does not see the row's figure."""
        shown = self.cells[self.figures[0]] if self.figures else next(iter(self.cells.values()))
        return self.sheet.hidden or shown.hidden


def tables(pages: Sequence[Page]) -> list[tuple[Page, Table]]:
    """The sheets that have one row a figure. None of them when the workbook is laid out otherwise."""
    found = ((page, _table(page)) for page in pages)
    return [(page, table) for page, table in found if table]


def _table(page: Page) -> Table | None:
    for needed in product(("measure", "code"), (VALUE_ALONE, COUNTS)):
        table = headings.find(page, HEADINGS, needed=(needed[0], *needed[1]), within=HEADER_WITHIN)
        if table and not table.columns.keys().isdisjoint(PERIODS):
            return table
    return None


def rows(page: Page, table: Table) -> Iterator[Row]:
    """The rows that hold, or should hold, a figure: not blank rows and not notes.

    A label that is merged over several rows is said in each of them.
    """
    both = "category" in table.columns
    several = not table.columns.keys().isdisjoint((*COUNTS, "percent"))
    merged = _merged(page, table)
    for number, found in page.rows.items():
        if number <= table.row:
            continue
        held = {key: found[column] for key, column in table.columns.items() if column in found}
        if number in merged:
            held = {**merged[number], **held}
        words = {key: headings.text(cell) for key, cell in held.items()}
        label = words.get("measure") or words.get("code", "")
        figures = VALUE_ALONE if not several and "value" in held else tuple(key for key in FIGURES if key in held)
        if figures or (label and any(words.get(key) for key in PERIODS)):
            breakdown = words.get("breakdown", "")
            category, dimension = (words.get("category", ""), breakdown) if both else (breakdown, "")
            yield Row(page.sheet, table, number, held, words, label, category, dimension, figures)


def _merged(page: Page, table: Table) -> Mapping[int, Mapping[str, Cell]]:
    """What labels that are merged downwards say of the rows they cover: row → heading key → cell."""
    keys = {column: key for key, column in table.columns.items() if key not in FIGURES}
    numbers = list(page.rows)
    found: dict[int, dict[str, Cell]] = {}
    reached = dict.fromkeys(keys, table.row)  # merges that overlap, as no program makes them, cost nothing more
    for top, left, bottom, _ in sorted(page.sheet.merges):
        cell = page.sheet.cells.get((top, left))
        if cell and left in keys and top > table.row:
            for row in numbers[bisect_right(numbers, max(top, reached[left])) : bisect_right(numbers, bottom)]:
                found.setdefault(row, {})[keys[left]] = cell
            reached[left] = max(reached[left], bottom)
    return found


def unread(page: Page, table: Table) -> Iterator[tuple[Spot, str]]:
    """The columns that hold figures beneath a heading that says nothing of this table: where, and the heading."""
    known = {*table.columns.values(), *table.twice}
    for row, found in page.rows.items():
        for column in sorted(found.keys() - known) if row > table.row else ():
            if cells.is_figure(found[column]):
                known.add(column)
                title = headings.text(page.rows[table.row].get(column))
                yield Spot.at(page.sheet.name, row, column), title
