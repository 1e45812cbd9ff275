"""The return workbook that a provider downloads, and one filled in as a provider would fill it.

Writes only. What the sheets and headings are called is in `imports.template_layout`; what was typed into
them is read by `imports.template_answers`. This module alone of the package writes with openpyxl.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from imports import observing, template_style
from imports import template_layout as layout
from imports.cells import plain, tidy
from imports.headings import Heading, folded
from imports.reading import Expected, Line, Part, Status, Term, Vocabulary, column_letters
from imports.rules import RELATIONS, borrowed

Figures = Mapping[str, Mapping[Part, Decimal]]  # by indicator's code

HEADER_ROW = 4

_OPENINGS = frozenset(caseload.opening for caseload in RELATIONS.caseloads)


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


def make_template(
    expected: Expected,
    vocabulary: Vocabulary,
    *,
    previous: Figures | None = None,
    year_ago: Figures | None = None,
) -> bytes:
    """The workbook for one contract and quarter, with brought-forward figures and the past beside.

    `previous` are last quarter's figures by code, by default those of the expected lines; `year_ago`
    are those of the same quarter last year.
    """
    previous = {line.code: line.previous for line in expected.lines} if previous is None else previous
    book = Book()
    book.properties.title = f"{expected.contract} return, {expected.period.label}"
    book.properties.creator = ""
    book.properties.language = "en-GB"
    terms = [(line, vocabulary.terms[line.code]) for line in expected.lines]
    _cover(book.active, expected)
    _kpis(book.create_sheet(layout.KPIS), terms, previous, year_ago or {})
    _breakdowns(book.create_sheet(layout.BREAKDOWNS), [term for _, term in terms], vocabulary)
    _narrative(book.create_sheet(layout.NARRATIVE))
    _lists(book.create_sheet(layout.LISTS), vocabulary)
    return _saved(book)


def fill_template(content: bytes, entries: Sequence[Entry]) -> bytes:
    """A copy of the workbook with figures typed in. Raises KeyError for an entry that has no row."""
    book = load_workbook(io.BytesIO(content))
    kpis, breakdowns = book[layout.KPIS], book[layout.BREAKDOWNS]
    keys = _breakdown_keys(book[layout.LISTS])
    rows = _rows_by_code(kpis)
    categories = _rows_by_category(breakdowns, keys)
    for entry in entries:
        if entry.category is None:
            _fill_kpi(kpis, rows[entry.code], entry)
        else:
            breakdown = keys.get(folded(entry.breakdown or ""), entry.breakdown)
            row = categories[entry.code, breakdown, folded(entry.category)]
            template_style.type_in(breakdowns.cell(row, _column(layout.BREAKDOWN_HEADINGS, "value")), entry.value)
    return _saved(book)


def _cover(sheet: Worksheet, expected: Expected) -> None:
    sheet.title = layout.COVER
    template_style.title(sheet, f"Return for {expected.period.label}")
    template_style.introduction(
        sheet,
        "Fill in the cells with a border on the sheets KPIs, Breakdowns and Narrative. The other cells are "
        "locked. If there is no figure, leave its cell empty and choose a status.",
    )
    values = {
        "template_version": layout.VERSION,
        "contract": expected.contract,
        "contract_title": expected.contract_title,
        "provider": expected.provider,
        **layout.cover_period(expected.period),
    }
    for row, (key, label) in enumerate(layout.COVER_FIELDS.items(), start=HEADER_ROW):
        template_style.label(sheet.cell(row, 1), label)
        template_style.type_in(sheet.cell(row, 2), values.get(key))
        template_style.answer(sheet.cell(row, 2), locked=key not in layout.COVER_OPEN)
    template_style.finish(sheet, widths=(28, 60))


def _kpis(sheet: Worksheet, terms: Sequence[tuple[Line, Term]], previous: Figures, year_ago: Figures) -> None:
    template_style.title(sheet, "Key performance indicators")
    template_style.introduction(sheet, "Give the numerator and the denominator of a rate; its value is worked out.")
    template_style.header(sheet, HEADER_ROW, layout.KPI_HEADINGS)
    rows = {term.code: row for row, (_, term) in enumerate(terms, start=HEADER_ROW + 1)}
    for row, (line, term) in enumerate(terms, start=HEADER_ROW + 1):
        texts = {
            "code": term.code,
            "indicator": term.name,
            "definition": _definition(term, rows),
            "unit": layout.unit(term),
            "basis": layout.counted(term, opens=term.code in _OPENINGS),
            "last_quarter": _shown(term, previous.get(term.code, {})),
            "year_ago": _shown(term, year_ago.get(term.code, {})),
        }
        for column, heading in enumerate(layout.KPI_HEADINGS, start=1):
            template_style.type_in(sheet.cell(row, column), texts.get(heading.key))
            template_style.answer(sheet.cell(row, column), locked=heading.key not in _open(term))
        _prefill(sheet, rows, line, term)
        template_style.check_figures(sheet, row, [_column(layout.KPI_HEADINGS, k) for k in _parts(term)], term)
    template_style.offer(
        sheet, _column(layout.KPI_HEADINGS, "status"), HEADER_ROW + 1, HEADER_ROW + len(terms), _status_range()
    )
    template_style.finish(sheet, widths=(10, 32, 54, 14, 16, 13, 13, 13, 19, 16, 16, 40), freeze=f"C{HEADER_ROW + 1}")


def _prefill(sheet: Worksheet, rows: Mapping[str, int], line: Line, term: Term) -> None:
    """Works out a rate, and carries the last quarter's closing figure forward."""
    value = sheet.cell(rows[term.code], _column(layout.KPI_HEADINGS, "value"))
    if term.count_type in observing.RATES:
        above, below = (_count_cell(term, part, rows) for part in observing.parts(term))
        value.value = f'=IFERROR({above}/{below},"")'
        value.number_format = "0.0%" if term.unit == "percent" else "0.0"
    elif line.brought_forward is not None:
        template_style.type_in(value, line.brought_forward)


def _count_cell(term: Term, part: Part, rows: Mapping[str, int]) -> str:
    """The cell of a rate's count or, while that is empty, of the indicator that it is."""
    own = f"{column_letters(_column(layout.KPI_HEADINGS, part.value))}{rows[term.code]}"
    other = borrowed(term, part)
    if other is None or other not in rows:
        return own
    return f'IF({own}="",{column_letters(_column(layout.KPI_HEADINGS, "value"))}{rows[other]},{own})'


def _breakdowns(sheet: Worksheet, terms: Iterable[Term], vocabulary: Vocabulary) -> None:
    template_style.title(sheet, "Breakdowns")
    template_style.introduction(
        sheet, "Give every category of a breakdown, with 0 where there were none, or leave all of it empty."
    )
    template_style.header(sheet, HEADER_ROW, layout.BREAKDOWN_HEADINGS)
    row = HEADER_ROW
    for term in terms:
        for key in term.breakdowns if observing.parts(term) == (Part.VALUE,) else ():
            for category in vocabulary.breakdowns[key]:
                row += 1
                texts = (term.code, term.name, vocabulary.breakdown_names[key], category, None)
                for column, text in enumerate(texts, start=1):
                    template_style.type_in(sheet.cell(row, column), text)
                    template_style.answer(sheet.cell(row, column), locked=column < len(texts))
                template_style.check_figures(sheet, row, [len(texts)], term)
    template_style.finish(sheet, widths=(10, 40, 34, 44, 13), freeze=f"C{HEADER_ROW + 1}")


def _narrative(sheet: Worksheet) -> None:
    template_style.title(sheet, "Narrative")
    template_style.introduction(sheet, "Name no person and no address, and nothing by which one could be known.")
    template_style.header(sheet, HEADER_ROW, (Heading("question", "Question"), Heading("answer", "Answer")))
    for row, question in enumerate(layout.NARRATIVE_QUESTIONS, start=HEADER_ROW + 1):
        template_style.label(sheet.cell(row, 1), question)
        template_style.answer(sheet.cell(row, 2), locked=False)
        sheet.row_dimensions[row].height = 90
    template_style.finish(sheet, widths=(40, 90))


def _lists(sheet: Worksheet, vocabulary: Vocabulary) -> None:
    template_style.title(sheet, "Lists")
    template_style.introduction(sheet, "The words that the other sheets use. There is nothing to fill in here.")
    template_style.header(sheet, HEADER_ROW, layout.LIST_HEADINGS)
    lists = (layout.STATUS_WORDS, vocabulary.breakdown_names.values(), vocabulary.breakdown_names)
    for column, words in enumerate(lists, start=1):
        for row, word in enumerate(words, start=HEADER_ROW + 1):
            template_style.type_in(sheet.cell(row, column), word)
    template_style.finish(sheet, widths=(24, 40, 30))


def _definition(term: Term, rows: Mapping[str, int]) -> str:
    """What to count, with both counts of a rate, and where one may be left to another row."""
    said = [term.definition]
    for part in observing.parts(term):
        if part is not Part.VALUE:
            other = borrowed(term, part)
            taken = f" (leave empty to use {other})" if other in rows else ""
            said.append(f"{part.capitalize()}: {getattr(term, part)}{taken}.")
    return " ".join(filter(None, said))


def _shown(term: Term, figures: Mapping[Part, Decimal]) -> Decimal | str | None:
    """Past figures, as one number or as "13 of 17"."""
    found = [figures.get(part) for part in observing.parts(term)]
    known = [value for value in found if value is not None]
    if len(known) < len(found):
        return None
    return known[0] if len(known) == 1 else " of ".join(plain(value) for value in known)


def _parts(term: Term) -> list[str]:
    return [part.value for part in observing.parts(term)]


def _open(term: Term) -> set[str]:
    return {"status", "comment", *_parts(term)}


def _column(headings: Sequence[Heading], key: str) -> int:
    return [heading.key for heading in headings].index(key) + 1


def _status_range() -> str:
    first = HEADER_ROW + 1
    return f"{layout.LISTS}!$A${first}:$A${first + len(layout.STATUS_WORDS) - 1}"


def _rows_by_code(sheet: Worksheet) -> dict[str, int]:
    code = _column(layout.KPI_HEADINGS, "code")
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
    for name, key in sheet.iter_rows(min_row=HEADER_ROW + 1, min_col=2, max_col=3, values_only=True):
        if name and key:
            keys[folded(str(name))] = keys[folded(str(key))] = tidy(str(key))
    return keys


def _fill_kpi(sheet: Worksheet, row: int, entry: Entry) -> None:
    words = {status: word for word, status in layout.STATUS_WORDS.items()}
    if entry.value is not None:
        template_style.type_in(sheet.cell(row, _column(layout.KPI_HEADINGS, entry.part.value)), entry.value)
    if entry.status is not None:
        template_style.type_in(sheet.cell(row, _column(layout.KPI_HEADINGS, "status")), words[entry.status])
    if entry.comment:
        template_style.type_in(sheet.cell(row, _column(layout.KPI_HEADINGS, "comment")), entry.comment)


def _saved(book: Book) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
