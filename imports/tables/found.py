"""A row or column of figures under one name, as a table shows it, before anybody knows what it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from imports import period_parts
from imports.cells import Meaning
from imports.matching import normalised
from imports.reading import Basis, Cell, Part
from imports.series import Named, SeriesKey
from imports.sheets import Spot
from imports.tables import saying
from imports.tables.dating import Dated
from imports.tables.details import is_detail
from imports.tables.finding import Table
from imports.tables.lines import Line


class Figure(NamedTuple):
    """A cell that holds a figure, or stands where one might. A tuple, because a workbook has thousands."""

    cell: Cell
    address: str
    meaning: Meaning  # what it says, before it is known what it counts
    dated: Dated
    label: str
    heading: tuple[str, ...]
    part: Part | None
    comment: Cell | None
    said_in: str = ""  # the address of the heading or label that says its period


made_figure = partial(tuple.__new__, Figure)  # of all nine values in their order: what Figure() does, in half the time


@dataclass
class Found:
    """A row or column of figures and every word that stands for it."""

    key: SeriesKey
    label: str
    place: Spot
    named: Named
    has_headings: bool = True
    is_unheaded: bool = False  # whether nothing says what the column it stands in is for
    figures: list[Figure] = field(default_factory=list)


def found(table: Table, title: str, down: Line, across: Line) -> Found:
    """What stands in a row and a column of a table, by their words; without figures yet."""
    sheet = table.grid.sheet.name
    part = across.part or down.part
    named = Named(
        row=down.names,
        column=across.names,
        title=title,
        sheet=sheet or "",
        code=down.code,
        part=part,
        basis=Basis.YEAR_TO_DATE if _is_so_far(down, across) else None,
        unit=down.unit,
    )
    return Found(
        key=_key(named),
        label=" / ".join([*down.names, *across.names]) or title or sheet or "",
        place=_place(sheet, down, across),
        named=named,
        has_headings=bool(table.headings),
        is_unheaded=not table.headings and (len(table.values) > 1 or _has_words_above(table)),
    )


def _has_words_above(table: Table) -> bool:
    """Whether words stand over the figures of a table without headings, too far above to be known as theirs."""
    rows = [row for row in table.above if not is_detail(row, table.body[0])]
    over = [row.cells[column].shown for row in rows for column in table.values if column in row.words]
    return any(saying.of_heading(text).rest for text in over)


def _is_so_far(down: Line, across: Line) -> bool:
    """Whether a name itself says that its figures are so far in the year: "Visits (cumulative)"."""
    words = [word.said for word in (*down.path, *across.path)]
    return any(one.basis is Basis.YEAR_TO_DATE and one.rest for one in words)


def _key(named: Named) -> SeriesKey:
    return SeriesKey(
        normalised(period_parts.without(named.sheet)),
        normalised(period_parts.without(named.title)),
        tuple(map(normalised, named.row)),
        (*map(normalised, named.column), *([named.part.value] if named.part else [])),
    )


def _place(sheet: str | None, down: Line, across: Line) -> Spot:
    """Where the innermost word stands that names what is counted."""
    naming_words = [word for word in down.path if word.said.rest] or [word for word in across.path if word.said.rest]
    words = naming_words or [*down.path, *across.path]
    return Spot(sheet, words[-1].cell.address if words else "A1")
