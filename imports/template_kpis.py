"""The return workbook's sheet of KPIs: a row for each, its definition at hand and its past beside it.

Only what is to be filled in can be typed in. The sheet of breakdowns is in `imports.template_breakdowns`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from imports import observing, template_style, template_typing
from imports import template_formulas as formulas
from imports import template_layout as layout
from imports.cells import plain
from imports.reading import Expected, Part, Term, Vocabulary, column_letters
from imports.relations import RELATIONS
from imports.template_formulas import Place
from imports.template_layout import HEADER_ROW

FIRST = HEADER_ROW + 1

_WIDTHS = (11, 22, 36, 12, 14, 11, 13, 15, 14, 14, 22, 12, 12, 13, 13, 28)
_OPENINGS = frozenset(caseload.opening for caseload in RELATIONS.caseloads)

type_in = template_style.type_in


def kpis(sheet: Worksheet, expected: Expected, vocabulary: Vocabulary, checks: tuple[str, str]) -> None:
    """A row for each KPI of the contract, with its past beside it.

    `checks` are two columns of the sheet of all checks: a line with its verdict, and what to do in a few words.
    """
    before, year_ago = expected.period.previous(), expected.period.year_earlier()
    template_style.title(
        sheet,
        "Key performance indicators",
        "Fill in the white cells. For a rate give both its counts: its value is worked out. If there is no figure, "
        "leave the cell empty and choose a status.",
        f"“Last quarter” is {before.label} and “Same quarter last year” {year_ago.label}, as they were accepted. "
        "The column “Check” says what is still to be put right; the sheet Checks lists all of it.",
    )
    template_style.header(sheet, layout.KPI_HEADINGS)
    rows = {line.code: row for row, line in enumerate(expected.lines, start=FIRST)}
    for line in expected.lines:
        _kpi(sheet, Place(line, vocabulary.terms[line.code], rows, expected.period), checks)
    if rows:
        _check_kpis(sheet, FIRST, max(rows.values()), expected.period.end)
    template_style.finish(sheet, widths=_WIDTHS, freeze=f"C{FIRST}", first=formulas.kpi_cell("value", FIRST))


def _kpi(sheet: Worksheet, place: Place, checks: tuple[str, str]) -> None:
    given = _given(place)
    given["check"] = formulas.kpi_check(place, *checks), template_style.TEXT
    open_ = {"status", "available", "comment", *(part.value for part in observing.parts(place.term))}
    for column, heading in enumerate(layout.KPI_HEADINGS, start=1):
        cell = sheet.cell(place.row, column)
        value, number_format = given.get(heading.key, (None, figure_format(place.term, heading.key)))
        if heading.key in ("check", "value") and isinstance(value, str):
            cell.value = value  # a formula of ours
        else:
            type_in(cell, value)
        template_style.answer(cell, locked=heading.key not in open_, number_format=number_format)
    for part in observing.parts(place.term):
        template_typing.figures(sheet, place.cell(part.value), place.term, part)
    sheet.row_dimensions[place.row].height = template_style.LINE_HEIGHT * template_style.LEAST_LINES


def _given(place: Place) -> dict[str, tuple[Decimal | str | None, str]]:
    """What stands in a row before anybody fills it in, by column, each with its number format."""
    line, term = place.line, place.term
    text, number = template_style.TEXT, figure_format(term, "value")
    given: dict[str, tuple[Decimal | str | None, str]] = {
        "code": (term.code, text),
        "indicator": (term.name, text),
        "definition": (_definition(place), text),
        "unit": (layout.unit(term), text),
        "basis": (layout.counted(term, place.period, opens=term.code in _OPENINGS), text),
        "last_quarter": (_shown(term, line.previous), number),
        "year_ago": (_shown(term, line.year_ago), number),
        "so_far": (_shown(term, line.so_far), number),
        "target": (line.target, text),
    }
    if term.count_type in observing.RATES:
        share = template_style.SHARE if term.unit == "percent" else template_style.ONE_PLACE
        given["value"] = formulas.rate(place), share
    elif line.brought_forward is not None:
        given["value"] = line.brought_forward, number
    return given


def figure_format(term: Term, key: str) -> str:
    """How what is typed in a column is shown."""
    if key == "available":
        return template_style.DAY
    if key in ("status", "comment"):
        return template_style.TEXT
    return template_style.WHOLE if term.whole else template_style.DECIMAL


def _check_kpis(sheet: Worksheet, first: int, last: int, quarter_end: date) -> None:
    """What may be typed beside the figures, and what makes a row stand out."""
    spans = {key: _span(key, first, last) for key in ("status", "available", "comment")}
    template_typing.statuses(sheet, spans["status"])
    template_typing.day_after(sheet, spans["available"], quarter_end)
    template_typing.hint(
        sheet, spans["comment"], "Comment", "What explains the figure, or why there is none. No names."
    )
    template_typing.in_ranges(sheet)
    check = column_letters(layout.column(layout.KPI_HEADINGS, "check"))
    template_style.verdicts(sheet, f"A{first}:B{last} {check}{first}:{check}{last}", check, first)
    template_style.table_names(sheet, formulas.kpi_cell("comment", last))


def _span(key: str, first: int, last: int) -> str:
    return f"{formulas.kpi_cell(key, first)}:{formulas.kpi_cell(key, last)}"


def _definition(place: Place) -> str:
    """What to count, with both counts of a rate, and where one may be left to another row."""
    said = [place.term.definition]
    for part in observing.parts(place.term):
        if part is not Part.VALUE:
            other = place.lender(part)
            taken = f" (leave empty to use {other})" if other else ""
            said.append(f"{part.capitalize()}: {getattr(place.term, part)}{taken}.")
    return " ".join(filter(None, said))


def _shown(term: Term, figures: Mapping[Part, Decimal]) -> Decimal | str | None:
    """Past figures, as one number or as "13 of 17"."""
    found = [figures.get(part) for part in observing.parts(term)]
    known = [value for value in found if value is not None]
    if len(known) < len(found):
        return None
    return known[0] if len(known) == 1 else layout.PAIR.join(plain(value) for value in known)
