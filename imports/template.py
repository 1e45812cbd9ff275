"""The return workbook that a provider downloads. Writes only.

What the sheets and headings are called is in `imports.template_layout`; what was typed into them is read by
`imports.template_answers`. This module and the others named template alone of the package use openpyxl.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from openpyxl import Workbook as Book

from imports import template_breakdowns, template_kpis, template_style, template_words
from imports import template_layout as layout
from imports.reading import Expected, Passage, Status, Vocabulary, column_letters
from imports.template_filled import Entry, fill_in, fill_template, saved

__all__ = ["Entry", "fill_template", "filled_template", "make_template", "nil_workbook"]


def make_template(expected: Expected, vocabulary: Vocabulary) -> bytes:
    """The workbook for one contract and quarter, with brought-forward figures and the past beside."""
    return saved(_book(expected, vocabulary))


def filled_template(
    expected: Expected, vocabulary: Vocabulary, entries: Sequence[Entry], passages: Sequence[Passage] = ()
) -> bytes:
    """The same workbook filled in as a provider would fill it. Raises KeyError for what has no row."""
    book = _book(expected, vocabulary)
    fill_in(book, entries, passages)
    return saved(book)


def _book(expected: Expected, vocabulary: Vocabulary) -> Book:
    book = Book()
    book.properties.title = f"{expected.contract} return, {expected.period.label}"
    book.properties.creator = ""
    book.properties.created = datetime.combine(expected.period.start, time())
    book.properties.language = "en-GB"
    template_style.prepare(book)
    cover, *sheets = book.active, *(book.create_sheet(name) for name in _SHEETS)
    kpis, breakdowns, narrative, case_studies, lists = sheets
    template_kpis.kpis(kpis, expected, vocabulary)
    last = template_breakdowns.breakdowns(breakdowns, expected.lines, vocabulary)
    template_words.narrative(narrative)
    template_words.case_studies(case_studies)
    template_words.lists(lists, vocabulary)
    template_words.cover(cover, expected, _checks(len(expected.lines), last))
    for sheet in book.worksheets:
        template_style.to_print(sheet, f"{expected.contract}, {expected.period.label}")
    return book


_SHEETS = (layout.KPIS, layout.BREAKDOWNS, layout.NARRATIVE, layout.CASE_STUDIES, layout.LISTS)


def _checks(lines: int, last_category: int) -> dict[str, tuple[str, int]]:
    """The sheets that check themselves, each with the column of its checks and its last row; empty ones left out."""
    found = {
        layout.KPIS: (layout.KPI_HEADINGS, layout.HEADER_ROW + lines),
        layout.BREAKDOWNS: (layout.BREAKDOWN_HEADINGS, last_category),
        layout.CASE_STUDIES: (layout.CASE_STUDY_HEADINGS, layout.HEADER_ROW + layout.CASE_STUDY_ROWS),
    }
    return {
        sheet: (column_letters(layout.column(headings, "check")), last)
        for sheet, (headings, last) in found.items()
        if last > layout.HEADER_ROW
    }


def nil_workbook(expected: Expected, vocabulary: Vocabulary, *, reason: str) -> bytes:
    """The return workbook of a quarter in which there was nothing to count: each figure not applicable, and why."""
    nothing = replace(expected, lines=tuple(replace(line, brought_forward=None) for line in expected.lines))
    entries = [Entry(line.code, status=Status.NOT_APPLICABLE, comment=reason) for line in expected.lines]
    return filled_template(nothing, vocabulary, entries)
