"""A file of another kind as an Excel workbook: the same cells are read of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from imports.marked.converted import copy_of
from imports.reading import Cell, Kind, Sheet, Workbook
from imports.workbook import open_here


def sheet(*cells: Cell, name: str | None = "Data", **more) -> Sheet:
    return Sheet(name, {(cell.row, cell.column): cell for cell in cells}, **more)


def read_back(*sheets: Sheet) -> tuple[Sheet, ...]:
    content, _ = copy_of(Workbook("xls", sheets))
    return open_here(content, "copy.xlsx").sheets


CELLS = (
    Cell(1, 1, Kind.TEXT, "=1+1", "=1+1"),
    Cell(1, 2, Kind.NUMBER, Decimal("1234.5"), "1234.5", "#,##0.00"),
    Cell(1, 3, Kind.DATE, date(2022, 9, 30), "2022-09-30", "d mmm yyyy"),
    Cell(1, 4, Kind.BOOLEAN, True, "TRUE"),
    Cell(1, 5, Kind.ERROR, None, "#REF!"),
    Cell(1, 6, Kind.TEXT, "https://example.org {x}", "https://example.org {x}"),
)


def test_every_cell_is_read_as_it_was():
    (found,) = read_back(sheet(*CELLS))

    seen = {cell.address: (cell.kind, cell.value, cell.shown) for cell in found.cells.values()}
    assert seen == {cell.address: (cell.kind, cell.value, cell.shown) for cell in CELLS}
    assert [found.cells[1, column].number_format for column in (2, 3)] == ["#,##0.00", "d mmm yyyy"]
    assert [cell.address for cell in found.cells.values() if cell.formula] == ["E1"]


def test_a_day_without_a_format_still_shows_as_a_day():
    (found,) = read_back(sheet(Cell(1, 1, Kind.DATE, date(2022, 9, 30), "2022-09-30")))

    assert found.cells[1, 1].kind is Kind.DATE


def test_an_error_of_another_kind_and_a_formula_never_calculated_are_words():
    cells = Cell(1, 1, Kind.ERROR, None, "Err:502"), Cell(1, 2, Kind.UNCALCULATED, None, "=A1")

    (found,) = read_back(sheet(*cells))

    assert [(cell.kind, cell.shown) for cell in found.cells.values()] == [(Kind.TEXT, "Err:502"), (Kind.TEXT, "=A1")]


def test_merges_are_kept_but_for_those_that_cover_one_another():
    cells = Cell(1, 1, Kind.TEXT, "x", "x"), Cell(3, 3, Kind.TEXT, "y", "y")
    merges = ((1, 1, 1, 2), (1, 2, 2, 2), (3, 3, 3, 3))

    (found,) = read_back(sheet(*cells, merges=merges))

    assert found.merges == ((1, 1, 1, 2),)
    assert [cell.shown for cell in found.cells.values()] == ["x", "y"]


def test_hidden_rows_columns_and_sheets_are_hidden():
    cells = (
        Cell(1, 1, Kind.TEXT, "a", "a"),
        Cell(1, 2, Kind.TEXT, "b", "b", hidden=True),
        Cell(2, 1, Kind.TEXT, "c", "c", hidden=True),
        Cell(3, 2, Kind.TEXT, "d", "d", hidden=True),
        Cell(3, 1, Kind.TEXT, "e", "e"),
    )

    found = read_back(sheet(*cells, name="First", hidden=True), sheet(*cells))

    assert [one.hidden for one in found] == [True, False]
    for one in found:
        assert [cell.address for cell in one.cells.values() if cell.hidden] == ["B1", "A2", "B3"]


def test_where_every_sheet_is_hidden_they_are_shown():
    assert [one.hidden for one in read_back(sheet(*CELLS, hidden=True))] == [False]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([None], ["Sheet1"]),
        (["Apr/May: [all]?", "apr may   all"], ["Apr May   all", "apr may   all 2"]),
        (["'", "History", "x" * 40, "x" * 35], ["Sheet1", "History 2", "x" * 31, "x" * 27 + " 2"]),
    ],
)
def test_each_sheet_has_a_name_that_excel_allows(names, expected):
    content, found = copy_of(Workbook("ods", tuple(sheet(*CELLS, name=name) for name in names)))

    assert list(found.values()) == expected
    assert [one.name for one in open_here(content, "copy.xlsx").sheets] == expected


FILES = sorted((Path(__file__).parents[1] / "workbook" / "files").glob("figures.*"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.suffix)
def test_of_a_file_that_another_program_wrote_the_same_is_read(path):
    before = open_here(path.read_bytes(), path.name)

    copy, names = copy_of(before)

    after = open_here(copy, "copy.xlsx")
    assert list(names) == [one.name for one in after.sheets]
    for one, other in zip(before.sheets, after.sheets, strict=True):
        assert told(other) == told(one)
        assert (set(other.merges), other.hidden) == (set(one.merges), one.hidden)


def told(one: Sheet) -> dict[str, tuple]:
    return {cell.address: (cell.kind, cell.value, cell.hidden) for cell in one.cells.values()}


def test_every_kind_of_file_is_there():
    assert [path.suffix for path in FILES] == [".ods", ".xls"]


def test_the_same_input_gives_the_same_bytes():
    assert copy_of(Workbook("xls", (sheet(*CELLS),))) == copy_of(Workbook("xls", (sheet(*CELLS),)))
