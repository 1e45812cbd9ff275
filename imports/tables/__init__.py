"""Any layout of tables read as a careful colleague would: found, understood, asked about, never guessed.

`read_tables` is the whole of it. Which way data flows: `grid` (what cells look like) → `finding` (where the tables
are) → `paths` and `lines` (which words stand for a row or column; what words mean is in `saying`) → `context` and
`dating` (which period) → `figures` (each figure with its words, as `found` has them) → `meaning` (what all of them
are; what has to be asked is in `asking`). `belonging` then leaves out what is another quarter's, and `telling` says in
sentences how each table was understood. `details` and `stretches` are parts of `finding` and of `dating`.
"""

from __future__ import annotations

from collections.abc import Sequence

from imports.matching import Lexicon
from imports.reading import Expected, Problem, Reading, Severity, Sheet, Workbook
from imports.series import Profile
from imports.tables import belonging
from imports.tables.context import details
from imports.tables.figures import Reader
from imports.tables.finding import tables
from imports.tables.grid import grid_of
from imports.tables.meaning import meant
from imports.tables.telling import told

__all__ = ["TABLES", "read_tables"]

TABLES = "tables"  # the layout of a workbook that is read so
MOST_CELLS = 40_000  # that are looked at for tables; a large return has 5,000


def read_tables(
    workbook: Workbook, lexicon: Lexicon, expected: Expected | None, profile: Profile, filename: str
) -> Reading | None:
    """The figures of a workbook's tables, whatever their layout. None where it has no table."""
    looked_at, large = _within_bounds([sheet for sheet in workbook.sheets if profile.with_hidden or not sheet.hidden])
    grids = [grid_of(sheet, with_hidden=profile.with_hidden) for sheet in looked_at]
    reader = Reader([details(grid) for grid in grids], lexicon, expected, profile, filename)
    seen_tables = [told(table, reader.table(table)) for grid in grids for table in tables(grid)]
    order = {sheet.name: place for place, sheet in enumerate(workbook.sheets)}
    result = meant(reader.found, lexicon, expected, profile, order)
    if not result.series and not large:
        return None
    seen = result.observations
    other = belonging.others(seen, expected.period) if expected else ()
    return Reading(
        "",
        "",
        TABLES,
        tuple(one for one in seen if expected is None or belonging.belongs(one, expected.period)),
        (*map(_too_large, large), *reader.problems, *result.problems),
        restated=belonging.restated(other, lexicon.vocabulary),
        series=tuple(result.series),
        asides=(*reader.asides, *result.asides, *belonging.asides(other)),
        tables=tuple(seen_tables),
    )


def _within_bounds(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Sheet]]:
    """The sheets that are looked at, and those that are not: together no more than many returns would hold."""
    seen: list[Sheet] = []
    large: list[Sheet] = []
    room = MOST_CELLS
    for sheet in sheets:
        fits = len(sheet.cells) <= room
        (seen if fits else large).append(sheet)
        room -= len(sheet.cells) if fits else 0
    return seen, large


def _too_large(sheet: Sheet) -> Problem:
    message = (
        f"This sheet holds {len(sheet.cells):,} cells. A workbook is read up to {MOST_CELLS:,}, many times what a "
        "return has, so nothing was read from it. Upload a workbook with the sheets of the return alone."
    )
    return Problem("sheet-too-large", Severity.QUESTION, message, sheet.name)
