"""A return workbook filled in as a provider would fill it, for demonstrations, nil returns and tests."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from imports import template_layout as layout
from imports.cells import tidy
from imports.headings import Heading, folded
from imports.reading import Part, Passage, Status
from imports.template_layout import HEADER_ROW
from imports.template_saving import saved
from imports.template_style import type_in

_WORDS = {status: word for word, status in layout.STATUS_WORDS.items()}
_CONSENT = {True: layout.YES, False: layout.NO, None: None}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a provider types: a figure or a status for one part or one category of an indicator."""

    code: str
    part: Part = Part.VALUE
    value: Decimal | int | str | None = None
    breakdown: str | None = None  # key or name
    category: str | None = None
    status: Status | None = None
    comment: str = ""
    expected_on: date | None = None


def fill_template(content: bytes, entries: Sequence[Entry], passages: Sequence[Passage] = ()) -> bytes:
    """A copy of the workbook with figures and words typed in, as this version of the workbook has its cells.

    Of a passage only its kind, heading, text and consent are used. Raises KeyError for what has no row.
    """
    book = load_workbook(io.BytesIO(content))
    fill_in(book, entries, passages)
    return saved(book)


def fill_in(book: Book, entries: Sequence[Entry], passages: Sequence[Passage]) -> None:
    """Types figures and words into an open workbook. Raises KeyError for what has no row."""
    kpis, breakdowns = book[layout.KPIS], book[layout.BREAKDOWNS]
    keys = _breakdown_keys(book[layout.LISTS])
    rows = _rows_by_code(kpis)
    categories = _rows_by_category(breakdowns, keys)
    for entry in entries:
        if entry.category is None:
            _fill(kpis, layout.KPI_HEADINGS, rows[entry.code], entry)
        else:
            breakdown = keys.get(folded(entry.breakdown or ""), entry.breakdown)
            row = categories[entry.code, breakdown, folded(entry.category)]
            _fill(breakdowns, layout.BREAKDOWN_HEADINGS, row, entry)
    _fill_words(book, passages)


def _fill(sheet: Worksheet, headings: tuple[Heading, ...], row: int, entry: Entry) -> None:
    said = {
        entry.part.value: entry.value,
        "status": _WORDS[entry.status] if entry.status else None,
        "available": entry.expected_on,
        "comment": entry.comment or None,
    }
    for key, value in said.items():
        if value is not None:
            type_in(sheet.cell(row, layout.column(headings, key)), value)


def _fill_words(book: Book, passages: Sequence[Passage]) -> None:
    """Raises KeyError for an answer whose question is not asked, and for more stories than there is room for."""
    questions = {question: row for row, question in enumerate(layout.NARRATIVE_QUESTIONS, start=HEADER_ROW + 1)}
    room = dict(enumerate(range(HEADER_ROW + 1, HEADER_ROW + 1 + layout.CASE_STUDY_ROWS)))
    stories = 0
    for passage in passages:
        if passage.kind == layout.ANSWER:
            type_in(book[layout.NARRATIVE].cell(questions[passage.heading], 2), passage.text)
        else:
            told = (passage.heading, passage.text, _CONSENT[passage.consent])
            for column, value in enumerate(told, start=1):
                type_in(book[layout.CASE_STUDIES].cell(room[stories], column), value)
            stories += 1


def _rows_by_code(sheet: Worksheet) -> dict[str, int]:
    code = layout.column(layout.KPI_HEADINGS, "code")
    return {str(sheet.cell(row, code).value): row for row in range(HEADER_ROW + 1, sheet.max_row + 1)}


def _rows_by_category(sheet: Worksheet, keys: Mapping[str, str]) -> dict[tuple[str, str | None, str], int]:
    rows = {}
    for row in range(HEADER_ROW + 1, sheet.max_row + 1):
        code, _, breakdown, category = (str(sheet.cell(row, column).value) for column in (1, 2, 3, 4))
        rows[code, keys.get(folded(breakdown)), folded(category)] = row
    return rows


def _breakdown_keys(sheet: Worksheet) -> dict[str, str]:
    """Breakdowns' keys by their keys and by their names."""
    keys = {}
    first, last = (layout.column(layout.LIST_HEADINGS, key) for key in ("breakdown", "key"))
    for name, key in sheet.iter_rows(min_row=HEADER_ROW + 1, min_col=first, max_col=last, values_only=True):
        if name and key:
            keys[folded(str(name))] = keys[folded(str(key))] = tidy(str(key))
    return keys
