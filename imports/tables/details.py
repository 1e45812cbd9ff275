"""Rows above a table that say one thing of the whole sheet, which are no headings."""

from __future__ import annotations

import re

from imports.cells import tidy
from imports.reading import Cell
from imports.tables import saying
from imports.tables.grid import Look, Row

_DETAIL = re.compile(
    r".*:$|(?:provider|organisation|period|reporting period|reporting quarter|quarter|year|financial year|contract|"
    r"service|completed by|prepared by|contact|telephone|phone|tel|e-?mail|date|version|author|area|lot|return for|"
    r"date completed|signed|status|address|project|programme|month|name)\b.{0,25}$"
)


def is_detail(row: Row, below: Row) -> bool:
    """Whether it says one thing of the whole sheet: "Provider:" and its name."""
    if len(row.cells) != 2:
        return False
    label, said = row.cells.values()
    return (
        row.looks[label.column] is Look.WORDS
        and _DETAIL.match(tidy(label.shown).casefold()) is not None
        and len(row.words) == 2
        and _names_detail(label)
        and not _names_columns(label, said, below)
    )


def _names_detail(label: Cell) -> bool:
    """Whether a label names what stands beside it: "Quarter" does, "Quarter 3" and "Year to date" head columns."""
    said = saying.of_heading(label.shown)
    return not said.basis and (said.period is None or bool(said.rest))


def _names_columns(first: Cell, second: Cell, below: Row) -> bool:
    """Whether two cells name two columns: "Quarter" and "Visits", with quarters beneath the first."""
    if tidy(first.shown).endswith(":"):
        return False
    said, under = saying.of_heading(second.shown), below.cells.get(first.column)
    has_periods = under is not None and saying.of_label(under.shown).period is not None
    return said.role is not None or (has_periods and said.period is None)
