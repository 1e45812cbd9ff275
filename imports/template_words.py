"""The sheets of the return workbook that hold words: cover, narrative, case studies and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from imports import template_formulas as formulas
from imports import template_layout as layout
from imports import template_style, template_typing, template_understood
from imports.reading import Expected, Vocabulary, column_letters
from imports.template_layout import HEADER_ROW

FIRST = HEADER_ROW + 1
_ANSWER_HEIGHT = 90  # points
_NO_NAMES = "Name no person and no address, and nothing by which somebody could be known."
_HOW_TO = {
    "How to fill it in": (
        "1. KPIs: give each figure in its white cell. What was reported before stands beside it.",
        "2. If there is no figure, leave the cell empty and choose a status: not collected, not applicable, not yet "
        "available (with the day) or withheld (with the reason as comment). Nought is a figure: type 0.",
        "3. Breakdowns: give every category, or none.",
        "4. Narrative and Case studies: " + _NO_NAMES[0].lower() + _NO_NAMES[1:],
        "5. Checks: mend what the list says, until there is nothing to mend.",
        "Grey cells are locked, without a password.",
    ),
    "How to send it": (
        "Save the file as .xlsx and upload it on the page of this return, from which it was downloaded. "
        "You will see every figure that was read before anything is kept.",
        "Do not send it by e-mail.",
    ),
}

type_in = template_style.type_in


def cover(sheet: Worksheet, expected: Expected, still: str) -> None:
    """Whose return it is, for when, and how to fill it in and send it.

    `still` is the formula that says what is still to be mended.
    """
    sheet.title = layout.COVER
    template_style.title(sheet, f"Return for {expected.period.label}", expected.contract_title)
    values: dict[str, str | date | None] = {
        "template_version": layout.VERSION,
        "contract": expected.contract,
        "contract_title": expected.contract_title,
        "provider": expected.provider,
        "due_on": expected.due_on,
        **layout.cover_period(expected.period),
    }
    for row, (key, label) in enumerate(layout.COVER_FIELDS.items(), start=HEADER_ROW):
        template_style.label(sheet.cell(row, 1), label)
        type_in(sheet.cell(row, 2), values.get(key))
        number_format = template_style.DAY if key == "due_on" else template_style.TEXT
        template_style.answer(sheet.cell(row, 2), locked=key not in layout.COVER_OPEN, number_format=number_format)
    _hints(sheet)
    row = HEADER_ROW + len(layout.COVER_FIELDS) + 1
    template_style.label(sheet.cell(row, 1), "Still to mend")
    sheet.cell(row, 2).value, sheet.cell(row, 2).style = still, template_style.PARAGRAPH
    row += 2
    _how_to(sheet, row, _HOW_TO)
    first = HEADER_ROW + list(layout.COVER_FIELDS).index("prepared_by")
    template_style.finish(sheet, widths=(28, 92), first=f"B{first}")


def _hints(sheet: Worksheet) -> None:
    texts = {
        "prepared_by": "Who filled this workbook in: a role, such as data officer.",
        "approved_by": "Who checked it and stands by it: a role, such as service manager.",
        "scope": "What these figures cover, where it is not the whole contract: for example, one area only.",
    }
    for row, (key, label) in enumerate(layout.COVER_FIELDS.items(), start=HEADER_ROW):
        if key in texts:
            template_typing.hint(sheet, f"B{row}", label, texts[key])


def _how_to(sheet: Worksheet, row: int, said: Mapping[str, Sequence[str]]) -> int:
    """Paragraphs with a word before the first of each kind; the row after them is given back."""
    for label, lines in said.items():
        template_style.label(sheet.cell(row, 1), label)
        for line in lines:
            cell = sheet.cell(row, 2)
            type_in(cell, line)
            cell.style = template_style.PARAGRAPH
            row += 1
        row += 1
    return row


def narrative(sheet: Worksheet) -> None:
    """The questions of the return, each with room for its answer."""
    template_style.title(sheet, "Narrative", _NO_NAMES)
    template_style.header(sheet, layout.NARRATIVE_HEADINGS)
    last = HEADER_ROW + len(layout.NARRATIVE_QUESTIONS)
    for row, question in enumerate(layout.NARRATIVE_QUESTIONS, start=FIRST):
        template_style.label(sheet.cell(row, 1), question)
        template_style.answer(sheet.cell(row, 2), locked=False)
        sheet.row_dimensions[row].height = _ANSWER_HEIGHT
    template_typing.hint(sheet, f"B{FIRST}:B{last}", "Answer", f"As much as is useful. {_NO_NAMES}")
    template_style.table_names(sheet, f"B{last}")
    template_style.finish(sheet, widths=(40, 100), freeze=f"A{FIRST}", first=f"B{FIRST}")


def case_studies(sheet: Worksheet) -> None:
    """Room for stories, with what makes them safe to tell."""
    template_style.title(
        sheet,
        "Case studies",
        "Tell a story only with the person’s agreement. Change or leave out names, ages, places, dates, "
        "nationality, work and children, so that neither the person nor the perpetrator could know it.",
        "A story without “Yes” beside it is not accepted: ask for the person’s agreement, or take the story out.",
    )
    template_style.header(sheet, layout.CASE_STUDY_HEADINGS)
    last = HEADER_ROW + layout.CASE_STUDY_ROWS
    for row in range(FIRST, last + 1):
        for column, heading in enumerate(layout.CASE_STUDY_HEADINGS, start=1):
            template_style.answer(sheet.cell(row, column), locked=heading.key == "check")
        sheet.cell(row, len(layout.CASE_STUDY_HEADINGS)).value = formulas.case_study_check(row)
        sheet.row_dimensions[row].height = _ANSWER_HEIGHT
    spans = [f"{letters}{FIRST}:{letters}{last}" for letters in map(column_letters, range(1, 5))]
    template_typing.hint(sheet, spans[0], "Title", "A few words, without a name.")
    template_typing.hint(sheet, spans[1], "What happened, and what changed", _NO_NAMES)
    template_typing.consent(sheet, spans[2])
    template_style.verdicts(sheet, spans[3], "D", FIRST)
    template_style.table_names(sheet, f"D{last}")
    template_style.finish(sheet, widths=(28, 84, 16, 28), freeze=f"A{FIRST}", first=f"A{FIRST}")


def lists(sheet: Worksheet, vocabulary: Vocabulary) -> None:
    """The words that the other sheets use."""
    template_style.title(
        sheet, "Lists", "The words that the other sheets use, and what they mean. There is nothing to fill in here."
    )
    template_style.header(sheet, layout.LIST_HEADINGS)
    meanings = [layout.STATUS_MEANINGS[status] for status in layout.STATUS_WORDS.values()]
    understood = (zip(*words, strict=True) for words in (template_understood.WORDS, template_understood.BEGINNINGS))
    names = (vocabulary.breakdown_names.values(), vocabulary.breakdown_names)
    columns = (layout.STATUS_WORDS, meanings, *names, *(column for pair in understood for column in pair))
    for column, words in enumerate(columns, start=1):
        for row, word in enumerate(words, start=FIRST):
            type_in(sheet.cell(row, column), word)
            sheet.cell(row, column).style = template_style.PARAGRAPH
    template_style.finish(sheet, widths=(22, 60, 40, 30, 24, 18, 24, 18), freeze=f"A{FIRST}")
