"""Reading the words of a return workbook: the answers of its narrative, and its case studies.

Words are kept as they were written, line breaks included. A story is told only with consent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imports import headings, template_rows
from imports import template_layout as layout
from imports.headings import Page, folded
from imports.reading import Cell, Passage, Problem, Severity
from imports.template_rows import Row

LONGEST_TITLE = 60  # characters, in a message

_CONSENT = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def passages(pages: Sequence[Page]) -> Iterator[Passage | Problem]:
    """The answers and the stories, and what stands in the way of a story."""
    if narrative := template_rows.find(pages, layout.NARRATIVE_HEADINGS, layout.NARRATIVE_NEEDED):
        for row in narrative.rows():
            if text := _words(row.cells.get("answer")):
                place = row.place("answer")
                yield Passage(layout.ANSWER, place.sheet, place.cell, row.text("question"), text)
    if stories := template_rows.find(pages, layout.CASE_STUDY_HEADINGS, layout.CASE_STUDY_NEEDED):
        for row in stories.rows():
            yield from _story(row)


def _story(row: Row) -> Iterator[Passage | Problem]:
    place, title, text = row.place("text"), row.text("title"), _words(row.cells.get("text"))
    if not text:
        if title:
            message = f"The case study “{_short(title)}” has a title and no text, so nothing was kept of it."
            yield Problem("case-study", Severity.WARNING, message, place.sheet, place.cell)
        return
    consent = _CONSENT.get(folded(row.text("consent")))
    yield Passage(layout.STORY, place.sheet, place.cell, title, text, consent)
    if consent is not True:
        at = row.place("consent")
        named = f"The case study “{_short(title)}”" if title else f"The case study in {place.cell}"
        message = (
            f"{named} does not say that the person has agreed to it. Choose Yes in {at.cell} once the person "
            "has, or take the case study out."
        )
        yield Problem("consent", Severity.ERROR, message, at.sheet, at.cell)


def _words(cell: Cell | None) -> str:
    """What was written, with its line breaks."""
    if cell is None or not isinstance(cell.value, str):
        return headings.text(cell)
    return "\n".join(line.rstrip() for line in cell.value.splitlines()).strip()


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE]}…"
