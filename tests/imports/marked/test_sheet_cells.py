"""Cells of a worksheet found in its bytes, given other styles, and put where they belong when they are missing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.marked.sheet_cells import SheetCells
from imports.workbook.refusal import Refused

SHEET = '<worksheet xmlns="m">{}<sheetData>{}</sheetData>{}</worksheet>'


def restyled(content: str | bytes, *places: tuple[int, int], style: int = 9) -> str:
    written = content if isinstance(content, bytes) else content.encode()
    cells = SheetCells(written, places)
    for place in places:
        cells.give(place, style)
    return cells.changed().decode()


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    return SHEET.format(before, rows, after)


@pytest.mark.parametrize(
    ("rows", "place", "expected"),
    [
        ('<row r="1"><c r="A1" s="2"><v>1</v></c></row>', (1, 1), '<row r="1"><c r="A1" s="9"><v>1</v></c></row>'),
        ("<row r='1'><c s='2' r='A1'/></row>", (1, 1), "<row r='1'><c s=\"9\" r='A1'/></row>"),
        ('<row r="1"><c r="A1"/></row>', (1, 1), '<row r="1"><c s="9" r="A1"/></row>'),
        ("<row><c/><c><v>2</v></c></row>", (1, 2), '<row><c/><c s="9"><v>2</v></c></row>'),
        ('<row r="1"><c r="C1"/></row>', (1, 2), '<row r="1"><c r="B1" s="9"/><c r="C1"/></row>'),
        ('<row r="1"><c r="A1"/></row>', (1, 2), '<row r="1"><c r="A1"/><c r="B1" s="9"/></row>'),
        ('<row r="1" ht="0" />', (1, 2), '<row r="1" ht="0"><c r="B1" s="9"/></row>'),
        ('<row r="5"/>', (2, 2), '<row r="2"><c r="B2" s="9"/></row><row r="5"/>'),
        ('<row r="1"/>', (2, 2), '<row r="1"/><row r="2"><c r="B2" s="9"/></row>'),
        ("", (2, 2), '<row r="2"><c r="B2" s="9"/></row>'),
        ('<row r="1" spans="2:3"/>', (1, 5), '<row r="1" spans="2:5"><c r="E1" s="9"/></row>'),
        ('<row r="1"/><row r="1"><c r="A1"/></row>', (1, 1), '<row r="1"/><row r="1"><c s="9" r="A1"/></row>'),
        ('<row r="1"><c r="A1"/></row><row r="1"/>', (1, 1), '<row r="1"><c s="9" r="A1"/></row><row r="1"/>'),
    ],
)
def test_a_cell_gets_its_style_where_it_stands_or_belongs(rows, place, expected):
    assert restyled(sheet(rows), place) == sheet(expected)


def test_an_empty_sheet_is_opened():
    assert restyled("<worksheet><sheetData/></worksheet>", (1, 1)) == (
        '<worksheet><sheetData><row r="1"><c r="A1" s="9"/></row></sheetData></worksheet>'
    )


def test_a_sheet_in_two_bytes_a_character_is_written_in_one():
    content = '<?xml version="1.0" encoding="UTF-16"?>' + sheet('<row r="1"><c r="A1" t="str"><v>é</v></c></row>')

    found = restyled(content.encode("utf-16"), (1, 1))

    assert found == '<?xml version="1.0"?>' + sheet('<row r="1"><c s="9" r="A1" t="str"><v>é</v></c></row>')


def test_a_sheet_that_is_not_in_the_characters_it_names_is_refused():
    with pytest.raises(Refused, match="characters"):
        SheetCells(b"\xff\xfe<", ())


def test_xml_that_breaks_off_is_refused():
    with pytest.raises(Refused, match="breaks off"):
        SheetCells(b"<worksheet><sheetData>", ())


def test_a_document_type_is_refused():
    with pytest.raises(Refused, match="document type"):
        SheetCells(b"<!DOCTYPE a><worksheet/>", ())


def test_a_missing_cell_would_look_as_its_row_or_its_column_does():
    rows = '<row r="1" s="4" customFormat="1"/><row r="2" s="4"/>'
    content = sheet(rows, before='<cols><col min="2" max="3" style="7"/><col min="9" max="9" width="1"/></cols>')

    cells = SheetCells(content.encode(), [(1, 2), (2, 2)])

    assert [cells.style_of(place) for place in ((1, 2), (2, 2), (3, 3), (3, 4))] == [4, 7, 7, 0]


def test_cells_are_found_by_their_styles_too():
    content = sheet('<row r="1"><c r="A1" s="4"/><c r="B1" s="5"/><c r="C1" s="x"/></row>')

    cells = SheetCells(content.encode(), (), styles=[5])
    cells.give((1, 2), 0)

    assert cells.styled == {(1, 2): 5}
    assert cells.changed().decode() == content.replace('s="5"', 's="0"')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("<mergeCells/><pageMargins left='1>0'/>", "<tableParts/>"),
        ("<drawing id='1'></drawing>", "<legacyDrawingHF/><extLst/>"),
        ("", "<AlternateContent><Choice><controls/></Choice></AlternateContent>"),
    ],
)
def test_the_drawing_of_comments_stands_where_the_standard_has_it(before, after):
    cells = SheetCells(sheet("", after=before + after).encode(), ())

    cells.tie("rId7", "urn:r")

    added = '<legacyDrawing xmlns:r="urn:r" r:id="rId7"/>'
    assert cells.changed().decode() == sheet("", after=before + added + after)
    assert cells.legacy is None


def test_a_drawing_of_comments_that_is_there_is_found():
    assert SheetCells(sheet("", after='<legacyDrawing r:id="rId3"/>').encode(), ()).legacy == "rId3"
    assert SheetCells(sheet("", after="<legacyDrawing/>").encode(), ()).legacy is None


PLACES = st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)))


@given(there=PLACES, wanted=PLACES, marked_rows=st.sets(st.integers(1, 6)))
def test_whatever_is_there_and_wanted_every_cell_stands_once_and_in_order(there, wanted, marked_rows):
    rows = sorted({row for row, _ in there} | marked_rows)
    written = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{chr(64 + column)}{row}"><v>{column}</v></c>' for at, column in sorted(there) if at == row)
        + "</row>"
        for row in rows
    )

    found = restyled(sheet(written), *wanted)

    cells = [(int(row), ord(letter) - 64) for letter, row in re.findall(r'<c [^>]*?r="([A-F])(\d)"', found)]
    assert cells == sorted(there | wanted)
    assert [int(row) for row in re.findall(r'<row r="(\d)"', found)] == sorted({row for row, _ in wanted} | set(rows))
    assert found.count('s="9"') == len(wanted)
    assert found.count("<v>") == len(there)
