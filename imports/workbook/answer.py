"""What the child says to its parent: lines of JSON, and nothing that runs when it is read.

Cells go a column of the answer at a time, all their rows, all their columns and so on, which costs a fraction
of what cell by cell does. The parent believes none of it: a child that has been taken over may say anything,
so every line is checked for its shape before it becomes cells.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from imports.kinds import Kind, Severity
from imports.sheets import Cell, Problem, Sheet, Workbook, made_cell
from imports.workbook import limits, values
from imports.workbook.refusal import Refusal

KINDS = tuple(Kind)
HIDDEN, UNDER_MERGE = 1, 2
BATCH = 1_000  # cells in one line
REFUSED, WORKBOOK, SHEET, CELLS, END, OPINION = "refused", "workbook", "sheet", "cells", "end", "opinion"
Cells = dict[tuple[int, int], Cell]


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
        cells = iter(sheet.cells.values())
        while batch := list(islice(cells, BATCH)):
            yield _line(CELLS, *_plain_cells(batch, places))
    yield _line(END)


def encode_opinion(problems: Iterable[Problem]) -> bytes:
    """What a second reader found, sent after the answer is whole so that it can never be lost with it."""
    return _line(OPINION, _plain_problems(problems))


def decode(lines: Iterable[bytes]) -> Workbook | Refusal:
    """The answer a child sent. Raises BadAnswer when it is not whole or not of the agreed shape."""
    try:
        return _decode(json.loads(line) for line in lines)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError) as error:
        raise BadAnswer from error


def _line(*words: object) -> bytes:
    return json.dumps(words, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _plain_problems(problems: Iterable[Problem]) -> list[tuple[str | None, ...]]:
    return [(found.rule, found.severity.value, found.message, found.sheet, found.cell) for found in problems]


def _plain_cells(batch: Sequence[Cell], places: Mapping[str, int]) -> tuple[object, ...]:
    """Rows, columns, kinds, what is shown, formats, flags; then the formulas and digits of the few that have any.

    Numbers are sent as the digits shown, and beside them only where something else is shown: 07:30.
    """
    rows, columns, kinds, found, shown, formats, formulas, hidden, under_merge = zip(*batch, strict=True)
    flags = [HIDDEN * one + UNDER_MERGE * other for one, other in zip(hidden, under_merge, strict=True)]
    numbers = [place for place, kind in enumerate(kinds) if kind is Kind.NUMBER]
    return (
        *(rows, columns, list(map(KINDS.index, kinds)), shown, [places[name] for name in formats], flags),
        {place: formula for place, formula in enumerate(formulas) if formula is not None},
        {place: str(found[place]) for place in numbers if not _shows_itself(shown[place], found[place])},
    )


def _shows_itself(shown: str, value: object) -> bool:
    return str(value) == shown or values.number(shown) == value


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
    cells: Cells = {}
    for head, *rest in words:
        if head == SHEET:
            name, hidden, merges, formats = rest
            cells = {}
            sheets.append(Sheet(_text_or_none(name), cells, hidden is True, tuple(map(_merge, merges))))
        elif head == CELLS and sheets:
            _take_up(cells, formats, *rest)
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


def _take_up(cells: Cells, formats: list[str], *plain: Any) -> None:
    """Make cells of a batch's columns, once every one of them holds what it should and as much as the others."""
    rows, columns, kind_numbers, shown, places, flags, formulas, digits = plain
    _only_whole(rows, most=limits.ROWS)
    _only_whole(columns, most=limits.COLUMNS)
    _only_texts(shown)
    _only_texts(formats)
    if min(kind_numbers) < 0 or min(places) < 0:
        raise BadAnswer
    kinds = [KINDS[number] for number in kind_numbers]
    once: dict[str, str] = {}  # of what is shown in many cells one copy is kept
    shown = [once.setdefault(text, text) for text in shown]
    made = zip(
        *(rows, columns, kinds, _values(kinds, shown, _sparse(digits, len(rows))), shown),
        [formats[place] for place in places],
        _sparse(formulas, len(rows)),
        [flag & HIDDEN != 0 for flag in flags],
        [flag & UNDER_MERGE != 0 for flag in flags],
        strict=True,
    )
    cells.update(zip(zip(rows, columns, strict=True), map(made_cell, made), strict=True))


def _values(kinds: Sequence[Kind], shown: Sequence[str], digits: Sequence[str | None]) -> list[values.Value]:
    return [
        text if kind is Kind.TEXT else _value(kind, text, written)
        for kind, text, written in zip(kinds, shown, digits, strict=True)
    ]


def _value(kind: Kind, shown: str, digits: str | None) -> values.Value:
    if kind is Kind.NUMBER:
        value = values.number(shown if digits is None else digits)
        if value is None:
            raise BadAnswer
        return value
    if kind is Kind.DATE:
        return date.fromisoformat(shown[:10])
    return shown == "TRUE" if kind is Kind.BOOLEAN else None


def _only_whole(numbers: list, *, most: int) -> None:
    if set(map(type, numbers)) != {int} or min(numbers) < 1 or max(numbers) > most:
        raise BadAnswer


def _only_texts(words: list) -> None:
    if set(map(type, words)) != {str}:
        raise BadAnswer


def _sparse(some: dict[str, object], count: int) -> list[str | None]:
    """One text or None for each of so many places, of which only some were sent."""
    whole: list[str | None] = [None] * count
    for place, word in some.items():
        whole[int(place)] = _text(word)
    return whole


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
