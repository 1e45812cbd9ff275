"""What the child says to its parent: lines of JSON, and nothing that runs when it is read.

The parent believes none of it: a child that has been taken over may say anything, so every line is checked
for its shape before it becomes a cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from imports.reading import Cell, Kind, Problem, Severity, Sheet, Workbook
from imports.workbook import values
from imports.workbook.addresses import on_sheet
from imports.workbook.refusal import Refusal

KINDS = tuple(Kind)
HIDDEN, UNDER_MERGE = 1, 2
BATCH = 1_000  # cells in one line
REFUSED, WORKBOOK, SHEET, CELLS, END, OPINION = "refused", "workbook", "sheet", "cells", "end", "opinion"


class BadAnswer(Exception):
    """The child said something that no sound child says."""


def encode(answer: Workbook | Refusal) -> Iterator[bytes]:
    """The answer line by line. It is whole once its end has been sent."""
    if isinstance(answer, Refusal):
        yield _line(REFUSED, answer.rule, answer.message)
        return
    yield _line(WORKBOOK, answer.format, _plain_problems(answer.problems))
    for sheet in answer.sheets:
        formats = {cell.number_format: None for cell in sheet.cells.values()}
        places = {number_format: place for place, number_format in enumerate(formats)}
        yield _line(SHEET, sheet.name, sheet.hidden, sheet.merges, list(formats))
        plain = (_plain_cell(cell, places) for cell in sheet.cells.values())
        while batch := list(islice(plain, BATCH)):
            yield _line(CELLS, batch)
    yield _line(END)


def encode_opinion(problems: Iterable[Problem]) -> bytes:
    """What a second reader found, sent after the answer is whole so that it can never be lost with it."""
    return _line(OPINION, _plain_problems(problems))


def decode(lines: Iterable[bytes]) -> Workbook | Refusal:
    """The answer a child sent. Raises BadAnswer when it is not whole or not of the agreed shape."""
    try:
        return _decode(json.loads(line) for line in lines)
    except (ValueError, TypeError, LookupError, RecursionError, OverflowError) as error:
        raise BadAnswer from error


def _line(*words: object) -> bytes:
    return json.dumps(words, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _plain_problems(problems: Iterable[Problem]) -> list[tuple[str | None, ...]]:
    return [(found.rule, found.severity.value, found.message, found.sheet, found.cell) for found in problems]


def _plain_cell(cell: Cell, places: dict[str, int]) -> tuple[object, ...]:
    """Numbers are sent as the digits shown, and beside them only where something else is shown: 07:30."""
    flags = HIDDEN * cell.hidden + UNDER_MERGE * cell.under_merge
    shows_itself = cell.kind is not Kind.NUMBER or values.number(cell.shown) == cell.value
    digits = None if shows_itself else str(cell.value)
    kind, place = KINDS.index(cell.kind), places[cell.number_format]
    return cell.row, cell.column, kind, cell.shown, place, flags, cell.formula, digits


def _decode(words: Iterator[list]) -> Workbook | Refusal:
    head, *rest = next(words, [END])
    if head == REFUSED:
        return Refusal(*map(_text, rest))
    if head != WORKBOOK:
        raise BadAnswer
    workbook_format, problems = rest
    sheets, opinion = _decode_sheets(words)
    found = tuple(_problem(*plain) for plain in [*problems, *opinion])
    return Workbook(_text(workbook_format), sheets, found)


def _decode_sheets(words: Iterator[list]) -> tuple[tuple[Sheet, ...], list]:
    sheets: list[Sheet] = []
    formats: list[str] = []
    cells: dict[tuple[int, int], Cell] = {}
    for head, *rest in words:
        if head == SHEET:
            name, hidden, merges, formats = rest
            cells = {}
            sheets.append(Sheet(_text_or_none(name), cells, hidden is True, tuple(map(_merge, merges))))
        elif head == CELLS and sheets:
            for plain in rest[0]:
                cell = _cell(plain, formats)
                cells[cell.row, cell.column] = cell
        elif head == END:
            return tuple(sheets), _decode_opinion(words)
        else:
            raise BadAnswer
    raise BadAnswer


def _decode_opinion(words: Iterator[list]) -> list:
    """The second opinion, or none: that reader may have ended the child before it said anything."""
    try:
        head, *rest = next(words, [OPINION, []])
    except ValueError:
        return []
    if head != OPINION:
        raise BadAnswer
    return list(rest[0])


def _cell(plain: list, formats: list[str]) -> Cell:
    row, column, kind_number, shown, place, flags, formula, digits = plain
    kind = KINDS[kind_number]
    if not (type(row) is int and type(column) is int and on_sheet(row, column) and type(flags) is int):
        raise BadAnswer
    value = _value(kind, _text(shown), digits)
    number_format, hidden, under_merge = (
        _text(formats[place]),
        bool(flags & HIDDEN),
        bool(flags & UNDER_MERGE),
    )
    return Cell(row, column, kind, value, shown, number_format, _text_or_none(formula), hidden, under_merge)


def _value(kind: Kind, shown: str, digits: object) -> values.Value:
    if kind is Kind.TEXT:
        return shown
    if kind is Kind.NUMBER:
        value = values.number(shown if digits is None else _text(digits))
        if value is None:
            raise BadAnswer
        return value
    if kind is Kind.DATE:
        return date.fromisoformat(shown[:10])
    return shown == "TRUE" if kind is Kind.BOOLEAN else None


def _problem(rule: object, severity: object, message: object, sheet: object, cell: object) -> Problem:
    found = Severity(_text(severity))
    return Problem(_text(rule), found, _text(message), _text_or_none(sheet), _text_or_none(cell))


def _merge(plain: list) -> tuple[int, int, int, int]:
    top, left, bottom, right = plain
    if not all(type(place) is int for place in plain):
        raise BadAnswer
    return top, left, bottom, right


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise BadAnswer
    return found


def _text_or_none(found: object) -> str | None:
    return None if found is None else _text(found)
