"""An Excel workbook's bytes → its sheets of cells, and what had to be left out."""

from __future__ import annotations

from imports.sheets import Problem, Sheet, Workbook
from imports.workbook import limits
from imports.workbook.container import Container
from imports.workbook.merges import mark_under_merges
from imports.workbook.opened import Opened, cells_outside
from imports.workbook.package import Package, SheetPart, read_package
from imports.workbook.room import Room
from imports.workbook.sheet import Book, SheetReader, read_sheet
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
        problems.extend(cells_outside(part.name, reader.outside))
    return Opened(Workbook("xlsx", tuple(sheets), tuple(problems)), area)


def _book(container: Container, package: Package) -> Book:
    strings = read_strings(container.chunks(package.strings)) if package.strings else []
    styles = read_styles(container.chunks(package.styles)) if package.styles else {}
    values = Values(strings, since_1904=package.since_1904)
    return Book(values, styles, package.recalculated, Room(limits.CELLS))


def _sheet(part: SheetPart, reader: SheetReader) -> Sheet:
    mark_under_merges(reader.cells, reader.merges)
    return Sheet(part.name, reader.cells, part.hidden, tuple(reader.merges))
