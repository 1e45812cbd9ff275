"""A note's mark above the line is never read as a digit of the word or the figure that it stands beside."""

from __future__ import annotations

import pytest

from imports import cells
from imports.reading import Cell
from imports.workbook import open_here
from imports.workbook.raised import raised
from tests.imports import workbooks_hostile as made
from tests.imports.workbooks_hostile import cell, row


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        *(("1", "¹"), ("12", "¹²"), (" 3 ", " ³ "), ("1,2", "¹²"), ("(4)", "⁴"), ("a", "†"), ("a, b", "††")),
        *(("*", "*"), ("†", "†"), ("th", "th"), ("TM", "TM"), ("see note", "see note"), ("", ""), (" ", " ")),
    ],
)
def test_digits_and_lone_letters_become_marks_and_words_stay_words(run, shown):
    assert raised(run) == shown


def text(before: str, run: str, after: str = "") -> str:
    """A text of three runs, the second of them raised."""
    up = '<r><rPr><sz val="11"/><vertAlign val="superscript"/></rPr>'
    return f"<r><t>{before}</t></r>{up}<t>{run}</t></r><r><t>{after}</t></r>"


def shared(runs: str) -> Cell:
    content = made.workbook(row(cell("A1", "0", kind="s")), strings=made.shared_strings(runs))
    return open_here(content, "return.xlsx").sheets[0].cells[1, 1]


def inline(runs: str) -> Cell:
    content = made.workbook(row(f'<c r="A1" t="inlineStr"><is>{runs}</is></c>'))
    return open_here(content, "return.xlsx").sheets[0].cells[1, 1]


@pytest.mark.parametrize("stored", [shared, inline])
def test_raised_runs_are_marked_however_a_workbook_stores_them(stored):
    assert stored(text("Apr", "1")).shown == "Apr¹"
    assert cells.tidy(stored(text("Apr", "1", " 2022")).shown) == "Apr† 2022"
    assert stored(text("Apr", "1").replace("superscript", "subscript")).shown == "Apr1"


def test_a_figure_with_a_raised_mark_is_the_figure():
    meaning = cells.number(shared(text("12", "1")))

    assert (str(meaning.value), "note" in meaning.flags) == ("12", True)
