"""The numbers of a return workbook that are no figures of the return, each with what it is instead.

Known by the sheets' and columns' headings, in every version; nothing here decides what a figure is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from imports import template_cover, template_rows
from imports import template_layout as layout
from imports.cells import is_figure
from imports.headings import Heading, Page
from imports.reading import Cell
from imports.series import Aside, Reason
from imports.sheets import Spot
from imports.template_rows import Found

_WORDS: Mapping[str, Reason] = {"comment": Reason.COMMENT, "title": Reason.COMMENT, "text": Reason.COMMENT}
_PAST = dict.fromkeys(("last_quarter", "year_ago", "so_far"), Reason.EARLIER)
# Where a figure may stand: what is there and was not read is not understood.
_FIGURES = dict.fromkeys(("value", "numerator", "denominator", "answer"), Reason.UNKNOWN)
_COLUMNS: Mapping[str, Reason] = {**_WORDS, **_PAST, **_FIGURES, "target": Reason.TARGET}
_TABLES: tuple[tuple[tuple[Heading, ...], frozenset[str]], ...] = (
    (layout.KPI_HEADINGS, layout.KPI_NEEDED),
    (layout.BREAKDOWN_HEADINGS, layout.BREAKDOWN_NEEDED),
    (layout.NARRATIVE_HEADINGS, layout.NARRATIVE_NEEDED),
    (layout.CASE_STUDY_HEADINGS, layout.CASE_STUDY_NEEDED),
)
# Sheets in which there is nothing to fill in.
_OURS = (
    (layout.LIST_HEADINGS, layout.LIST_NEEDED),
    (layout.CHECK_HEADINGS, layout.CHECK_NEEDED),
    (layout.ALL_CHECK_HEADINGS, layout.ALL_CHECK_NEEDED),
)


def asides(pages: Sequence[Page], told: Collection[Spot]) -> Iterator[Aside]:
    """Every number of a return workbook that is not among the figures and words that were `told`, and why."""
    tables = {id(found.page): found for found in _found(pages, _TABLES)}
    ours = {id(found.page) for found in _found(pages, _OURS)}
    cover = template_cover.find(pages)
    for page in pages:
        for cell in page.sheet.cells.values():
            place = Spot(page.sheet.name, cell.address)
            if not is_figure(cell) or place in told:
                continue
            if cell.under_merge:
                reason = Reason.COVERED
            elif id(page) in tables:
                reason = _of_table(tables[id(page)], cell)
            elif id(page) in ours:
                reason = Reason.TEMPLATE
            elif cover and page.sheet is cover[0]:
                reason = _of_cover(cover[1].cells, place)
            else:
                reason = Reason.UNKNOWN
            yield Aside(place, cell.shown, reason)


def _found(pages: Sequence[Page], wanted: Sequence[tuple[tuple[Heading, ...], frozenset[str]]]) -> Iterator[Found]:
    for headings, needed in wanted:
        if found := template_rows.find(pages, headings, needed):
            yield found


def _of_table(found: Found, cell: Cell) -> Reason:
    """What a number is by its column, in a sheet that is filled in."""
    if cell.row <= found.table.row:
        return Reason.LABEL
    key = next((key for key, column in found.table.columns.items() if column == cell.column), None)
    if key is None:
        return Reason.UNKNOWN
    if key == "value" and cell.formula is not None:
        return Reason.AVERAGE  # a rate, worked out from its counts
    return _COLUMNS.get(key, Reason.TEMPLATE)


def _of_cover(said: Mapping[str, Spot], place: Spot) -> Reason:
    return Reason.TEMPLATE if place in said.values() else Reason.DETAIL
