"""Our reader beside openpyxl, on workbooks that nobody wrote for this test."""

from __future__ import annotations

import warnings
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from imports.reading import Cell, Kind
from imports.workbook import open_here, open_workbook

ROOT = Path(__file__).parents[3]
RETURNS = sorted((ROOT / "tests" / "returns").glob("*.xlsx"))
REAL = sorted((ROOT.parent / "shared" / "real").glob("*.xlsx"))


def compare(path: Path) -> None:
    """Every cell that openpyxl finds is found, with the same value, format and place."""
    sheets = {sheet.name: sheet for sheet in open_here(path.read_bytes(), path.name).sheets}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = openpyxl.load_workbook(path, data_only=True)
    assert list(sheets) == [sheet.title for sheet in other.worksheets]
    for sheet in other.worksheets:
        assert sheets[sheet.title].hidden == (sheet.sheet_state != "visible")
        found = sheets[sheet.title].cells
        expected = dict(_cells(sheet))
        # Formulas never calculated are nothing to openpyxl, as are values under merges.
        seen = {key for key, cell in found.items() if cell.kind is not Kind.UNCALCULATED and not cell.under_merge}
        assert seen == set(expected)
        for key, cell in expected.items():
            assert same(found[key], cell.value), f"{sheet.title}!{cell.coordinate}"
            assert found[key].hidden == _hidden(sheet, cell)
            if cell.number_format == "General":
                assert found[key].number_format == "General"


def _cells(sheet):
    for line in sheet.iter_rows():
        for cell in line:
            if not isinstance(cell, MergedCell) and cell.value not in (None, ""):
                yield (cell.row, cell.column), cell


def _hidden(sheet, cell) -> bool:
    columns = [
        dimension
        for dimension in sheet.column_dimensions.values()
        if (dimension.min or 0) <= cell.column <= (dimension.max or 0)
    ]
    return bool(sheet.row_dimensions[cell.row].hidden or any(dimension.hidden for dimension in columns))


def same(cell: Cell, value: object) -> bool:
    if isinstance(value, datetime):
        return cell.value == value.date()
    if isinstance(value, date | time | timedelta | bool):
        return cell.kind in (Kind.DATE, Kind.NUMBER, Kind.BOOLEAN)
    if isinstance(value, int | float):
        return abs(Decimal(value) - cell.value) <= Decimal("1e-14") * abs(cell.value)
    return cell.shown == value


@pytest.mark.parametrize("path", RETURNS, ids=lambda path: path.name)
def test_returns_are_read_as_openpyxl_reads_them(path):
    compare(path)


@pytest.mark.shared
@pytest.mark.skipif(not REAL, reason="the reference folder is not beside the checkout")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_published_workbooks_are_read_as_openpyxl_reads_them(path):
    compare(path)


@pytest.mark.shared
@pytest.mark.skipif(not REAL, reason="the reference folder is not beside the checkout")
def test_a_published_workbook_survives_the_child():
    content = REAL[0].read_bytes()

    assert open_workbook(content, filename=REAL[0].name) == open_here(content, REAL[0].name)
