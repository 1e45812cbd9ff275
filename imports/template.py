"""The return workbook that a provider downloads. Writes only.

What the sheets and headings are called is in `imports.template_layout`; what was typed into them is read by
`imports.template_answers`. This module and the others named template alone of the package use openpyxl.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from openpyxl import Workbook as Book

from imports import (
    template_breakdowns,
    template_checklist,
    template_kpis,
    template_splits,
    template_style,
    template_words,
)
from imports import template_checks_sheets as sheets_of_checks
from imports import template_layout as layout
from imports.reading import Expected, Passage, Status, Vocabulary
from imports.template_filled import Entry, fill_in, fill_template
from imports.template_saving import saved

__all__ = ["Entry", "fill_template", "filled_template", "made_book", "make_template", "nil_workbook"]


def make_template(expected: Expected, vocabulary: Vocabulary) -> bytes:
    """The workbook for one contract and quarter, with brought-forward figures and the past beside."""
    return saved(made_book(expected, vocabulary))


def filled_template(
    expected: Expected, vocabulary: Vocabulary, entries: Sequence[Entry], passages: Sequence[Passage] = ()
) -> bytes:
    """The same workbook filled in as a provider would fill it. Raises KeyError for what has no row."""
    book = made_book(expected, vocabulary)
    fill_in(book, entries, passages)
    return saved(book)


def made_book(expected: Expected, vocabulary: Vocabulary) -> Book:
    """The workbook before it is saved, to be filled in."""
    book = Book()
    book.properties.title = f"{expected.contract} return, {expected.period.label}"
    book.properties.creator = ""
    book.properties.created = datetime.combine(expected.period.start, time())
    book.properties.language = "en-GB"
    template_style.prepare(book)
    cover, *sheets = book.active, *(book.create_sheet(name) for name in _SHEETS)
    kpis, breakdowns, narrative, case_studies, checks, lists, all_checks = sheets
    splits = list(template_splits.splits(expected.lines, vocabulary))
    rows = template_checklist.checklist(expected, vocabulary, splits)
    said = (sheets_of_checks.column("key", len(rows)), sheets_of_checks.column("short", len(rows)))
    template_kpis.kpis(kpis, expected, vocabulary, said)
    template_breakdowns.breakdowns(breakdowns, splits)
    template_words.narrative(narrative)
    template_words.case_studies(case_studies)
    sheets_of_checks.checks(checks, len(rows))
    template_words.lists(lists, vocabulary)
    sheets_of_checks.all_checks(all_checks, rows)
    template_words.cover(cover, expected, sheets_of_checks.counted())
    for sheet in book.worksheets:
        template_style.to_print(sheet, f"{expected.contract}, {expected.period.label}")
    return book


_SHEETS = (
    *(layout.KPIS, layout.BREAKDOWNS, layout.NARRATIVE, layout.CASE_STUDIES),
    *(layout.CHECKS, layout.LISTS, layout.ALL_CHECKS),
)


def nil_workbook(expected: Expected, vocabulary: Vocabulary, *, reason: str) -> bytes:
    """The return workbook of a quarter in which there was nothing to count: each figure not applicable, and why."""
    nothing = replace(expected, lines=tuple(replace(line, brought_forward=None) for line in expected.lines))
    entries = [Entry(line.code, status=Status.NOT_APPLICABLE, comment=reason) for line in expected.lines]
    return filled_template(nothing, vocabulary, entries)
