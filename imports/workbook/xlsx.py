"""An Excel workbook's bytes → its sheets of cells, and what had to be left out.

Marks cells under a merge, which nobody who looks at the sheet can see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imports.reading import Problem, Severity, Sheet, Workbook, column_letters
from imports.workbook import limits
from imports.workbook.addresses import Rectangle
from imports.workbook.container import Container
from imports.workbook.opened import Opened
from imports.workbook.package import Package, SheetPart, read_package
from imports.workbook.refusal import too_large
from imports.workbook.sheet import Book, Cells, Room, SheetReader, read_sheet
from imports.workbook.strings import read_strings
from imports.workbook.styles import read_styles
from imports.workbook.values import Values


def read_xlsx(content: bytes) -> Opened:
    """All sheets with cells, in the order of their tabs. Raises Refused for what is no sound workbook."""
    container = Container(content)
    package = read_package(container)
    book = _book(container, package)
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    area = 0
    for part in package.sheets:
        reader = read_sheet(container.chunks(part.part), book)
        sheets.append(_sheet(part, reader))
        area += reader.rows * reader.columns
        problems.extend(_outside(part, reader.outside))
    return Opened(Workbook("xlsx", tuple(sheets), tuple(problems)), area)


def _book(container: Container, package: Package) -> Book:
    strings = read_strings(container.chunks(package.strings)) if package.strings else []
    styles = read_styles(container.chunks(package.styles)) if package.styles else {}
    values = Values(strings, since_1904=package.since_1904)
    return Book(values, styles, package.recalculated, Room(limits.CELLS))


def _sheet(part: SheetPart, reader: SheetReader) -> Sheet:
    _mark_under_merges(reader.cells, reader.merges)
    return Sheet(part.name, reader.cells, part.hidden, tuple(reader.merges))


def _mark_under_merges(cells: Cells, merges: Sequence[Rectangle]) -> None:
    steps = 0
    for merge in merges:
        area = (merge[2] - merge[0] + 1) * (merge[3] - merge[1] + 1)
        steps += min(area, len(cells))
        if steps > limits.MERGE_STEPS:
            raise too_large("one of its sheets has merged areas that cover one another")
        for key in _covered(cells, merge) if area <= len(cells) else _inside(cells, merge):
            if key != merge[:2]:
                cells[key] = cells[key]._replace(under_merge=True)


def _covered(cells: Cells, merge: Rectangle) -> list[tuple[int, int]]:
    top, left, bottom, right = merge
    places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    return [place for place in places if place in cells]


def _inside(cells: Cells, merge: Rectangle) -> list[tuple[int, int]]:
    top, left, bottom, right = merge
    return [key for key in cells if top <= key[0] <= bottom and left <= key[1] <= right]


def _outside(part: SheetPart, outside: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    if outside:
        row, column = outside[0]
        address = f"{column_letters(column)}{row}"
        yield Problem(
            "cells-outside-sheet",
            Severity.WARNING,
            f"The sheet {part.name} holds {len(outside):,} cells beyond the last one a sheet can have "
            f"(XFD1048576), the first at {address}. They were left out: check that nothing is missing.",
            part.name,
            address,
        )
