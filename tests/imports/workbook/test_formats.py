"""Every format tells the same of the same workbook: values, number formats, merges, errors and what is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from imports.cells import is_percent_format
from imports.reading import Cell, Kind, Workbook
from imports.workbook import open_here, open_workbook
from tests.imports.workbook.figures import FORMULAS, FOUND, HIDDEN, OTHER, figures
from tests.office import converted

FILES = Path(__file__).parent / "files"
RETURNS = sorted((Path(__file__).parents[2] / "returns").glob("*.xlsx"))


def content(name: str) -> bytes:
    return figures() if name == "xlsx" else (FILES / f"figures.{name}").read_bytes()


def opened(content: bytes) -> Workbook:
    answer = open_here(content, "figures")
    assert isinstance(answer, Workbook), answer
    return answer


def cells(workbook: Workbook, sheet: int = 0) -> dict[str, Cell]:
    return {cell.address: cell for cell in workbook.sheets[sheet].cells.values()}


def check(workbook: Workbook, *, calculated: bool) -> None:
    """Everything that the workbook holds was found in it, and nothing else."""
    first = cells(workbook)
    for address, (kind, value, shown, number_format) in FOUND.items():
        if calculated or address not in FORMULAS:
            found = first[address]
            assert (found.kind, found.value, found.shown) == (kind, value, shown), address
            assert is_percent_format(found.number_format) == is_percent_format(number_format)
    assert {cell.address for cell in first.values() if cell.hidden} == HIDDEN
    assert [sheet.name for sheet in workbook.sheets] == ["Return", "Other", "Secret"]
    assert [sheet.hidden for sheet in workbook.sheets] == [False, False, True]
    assert workbook.sheets[0].merges == ((1, 1, 1, 3),)
    assert {address: cell.shown for address, cell in cells(workbook, 1).items()} == OTHER
    assert {address: cell.shown for address, cell in cells(workbook, 2).items()} == {"B2": "5"}
    assert workbook.problems == ()


@pytest.mark.parametrize("name", ["xlsx", "xls", "ods"])
def test_every_format_tells_the_same_of_the_same_workbook(name):
    workbook = opened(content(name))

    assert workbook.format == name
    check(workbook, calculated=name != "xlsx")


@pytest.mark.parametrize("name", ["xlsx", "xls", "ods"])
def test_every_format_survives_the_child(name):
    assert open_workbook(content(name), filename=f"figures.{name}") == opened(content(name))


@pytest.mark.parametrize("name", ["xlsx", "ods"])
def test_formulas_are_kept_as_excel_writes_them(name):
    found = cells(opened(content(name)))

    assert {address: cell.formula for address, cell in found.items() if address in FORMULAS} == FORMULAS


def test_number_formats_of_ods_read_as_excel_writes_them():
    found = cells(opened(content("ods")))

    expected = {address: number_format for address, (_, _, _, number_format) in FOUND.items()}
    expected["C5"] = "[>=0]#,##0;(#,##0)"
    assert {address: found[address].number_format for address in expected} == expected


def test_formulas_that_nobody_calculated_are_not_nought():
    found = cells(opened(content("xlsx")))

    assert {found[address].kind for address in FORMULAS} == {Kind.UNCALCULATED}


def told(workbook: Workbook) -> dict[tuple[str | None, str], tuple[object, ...]]:
    """What every cell holds and whether it is seen."""
    return {
        (sheet.name, cell.address): (
            *(cell.kind, cell.value, cell.hidden, cell.under_merge),
            *(is_percent_format(cell.number_format), cell.formula is None),
        )
        for sheet in workbook.sheets
        for cell in sheet.cells.values()
    }


@pytest.mark.libreoffice
@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("name", ["xls", "ods"])
def test_what_libreoffice_makes_of_a_workbook_reads_the_same(name, tmp_path):
    files = {"figures.xlsx": figures(), **{path.name: path.read_bytes() for path in RETURNS}}

    made = {path.stem: opened(path.read_bytes()) for path in converted(files, name, tmp_path).iterdir()}

    check(made["figures"], calculated=True)
    for path in RETURNS:
        assert told(made[path.stem]) == told(opened(path.read_bytes())), path.name
