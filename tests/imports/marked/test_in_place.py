"""A provider's own workbook with its points marked: what is new in it, and all that stays as it was."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from imports.marked.markup import Markup
from imports.marked.ours import MARK, SAID, SHEET_NAME, is_ours
from imports.marked.plan import Row
from imports.workbook import open_here
from imports.workbook.refusal import Refused
from tests.imports import workbooks_hostile as raw
from tests.imports.marked.makers import book, comments_in, highlighted_in, mark, parts_of, rich, without_marks
from tests.imports.workbooks import saved

WORDS = {"Data": {"E2": "Not a number.", "E4": "Enter nought or more.", "G9": "Something is missing."}}
CHANGED = {
    *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/comments1.xml"),
    *("xl/worksheets/sheet1.xml", "xl/drawings/vmlDrawing1.vml"),
}


def test_each_cell_has_its_comment_and_its_highlight_and_no_other_has():
    content = mark(rich(), WORDS)

    assert highlighted_in(content) == {("Data", "E2"), ("Data", "E4"), ("Data", "G9")}
    assert comments_in(content) == {
        ("Data", "A1"): "The column for services",
        ("Data", "E2"): f"{SAID}Not a number.",
        ("Data", "E3"): "Counted by hand, I think",
        ("Data", "E4"): f"{SAID}Enter nought or more.",
        ("Data", "G9"): f"{SAID}Something is missing.",
    }


def test_every_other_part_is_byte_for_byte_what_it_was():
    before, after = parts_of(rich()), parts_of(mark(rich(), WORDS))

    assert {name for name in before if before[name] != after[name]} == CHANGED
    assert after.keys() - before.keys() == {"xl/worksheets/sheet3.xml"}


def test_the_parts_that_stay_are_not_even_packed_anew():
    before, content = rich(), mark(rich(), WORDS)

    with zipfile.ZipFile(io.BytesIO(before)) as package:
        kept = [one for one in package.infolist() if one.filename not in CHANGED]
    for one in kept:
        packed = before[one.header_offset : one.header_offset + one.compress_size]
        assert packed in content


def test_of_the_marked_sheet_only_styles_and_the_missing_row_are_new():
    before, after = (parts_of(content)["xl/worksheets/sheet1.xml"] for content in (rich(), mark(rich(), WORDS)))

    assert without_marks(after).replace(b'<row r="9"></row>', b"") == without_marks(before)


def test_the_other_shapes_of_the_drawing_stay_and_every_shape_has_its_own_number():
    before, after = (parts_of(content)["xl/drawings/vmlDrawing1.vml"] for content in (rich(), mark(rich(), WORDS)))

    assert after.startswith(before.removesuffix(b"</xml>"))
    assert after.count(b'ObjectType="Note"') == 5
    numbers = re.findall(rb'id="_x0000_s(\d+)"', after)
    assert len(numbers) == len(set(numbers))


def test_a_cell_keeps_the_rest_of_its_look():
    before, after = book(rich())["Data"]["E2"], book(mark(rich(), WORDS))["Data"]["E2"]

    for what in ("font", "border", "number_format", "protection", "alignment"):
        assert repr(getattr(after, what)) == repr(getattr(before, what))


def test_the_added_sheet_stands_last_and_lists_every_point_with_a_link():
    rows = (
        Row("Error", "Data", "E2", "=1+1", "Not a number."),
        Row("Question", "Our notes", "", "", "Is this for us?"),
        Row("Warning", "", "", "", "About the whole file."),
        Row("Warning", "Nowhere", "B2", "", "No such sheet."),
    )

    made = book(mark(rich(), WORDS, *rows))

    sheet = made.worksheets[-1]
    assert made.sheetnames == ["Data", "Our notes", SHEET_NAME]
    assert sheet["A1"].value == MARK
    told = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_col=5)]
    assert told[1] == ["Error", "Data", "E2", "=1+1", "Not a number."]
    assert told[2] == ["Question", "Our notes", None, None, "Is this for us?"]
    assert [sheet.cell(row, 3).hyperlink for row in (6, 7, 8)] == [None] * 3
    assert sheet["C5"].hyperlink.location == "'Data'!E2"
    assert sheet["D5"].data_type == "s"
    assert sheet["D5"].quotePrefix
    assert sheet.freeze_panes == "A5"
    assert sheet["E5"].alignment.wrap_text


def test_hidden_sheets_protection_names_and_rules_stay():
    before, after = book(rich()), book(mark(rich(), WORDS))

    assert after["Our notes"].sheet_state == "hidden"
    assert after["Data"].protection.sheet
    assert after.defined_names.keys() == before.defined_names.keys()
    assert len(after["Data"].conditional_formatting) == len(before["Data"].conditional_formatting)
    assert after["Data"].data_validations.count == before["Data"].data_validations.count


def test_the_reader_reads_the_same_cells_and_knows_the_added_sheet():
    before, after = (open_here(content, "return.xlsx") for content in (rich(), mark(rich(), WORDS)))

    assert after.sheets[:-1] == before.sheets
    assert [is_ours(sheet) for sheet in after.sheets] == [False, False, True]


def test_the_same_input_gives_the_same_bytes():
    assert mark(rich(), WORDS) == mark(rich(), WORDS)


def test_a_comment_of_the_providers_stays_and_ours_follows_it():
    content = mark(rich(), {"Data": {"E3": "Less than last quarter."}})

    assert comments_in(content)["Data", "E3"] == f"Counted by hand, I think\n\n{SAID}Less than last quarter."


def again(content: bytes, words, fills) -> bytes:
    return mark(content, words, ours=SHEET_NAME, fills=fills)


FILLS = {"Data": {"E2": "solid fgColor.rgb=FFD9E1F2 bgColor.indexed=64", "E4": "none", "G9": "none"}}


def test_given_back_twice_nothing_doubles():
    once = mark(rich(), WORDS)

    twice = again(once, WORDS, FILLS)

    assert comments_in(twice) == comments_in(once)
    assert highlighted_in(twice) == highlighted_in(once)
    assert parts_of(twice) == parts_of(once)


def test_what_was_mended_since_is_marked_no_more_and_looks_as_it_did():
    once = mark(rich(), WORDS | {"Our notes": {"A1": "What is this?"}})

    twice = again(once, {"Data": {"G9": "Something is missing."}}, FILLS)

    assert highlighted_in(twice) == {("Data", "G9")}
    assert set(comments_in(twice)) == {("Data", "A1"), ("Data", "E3"), ("Data", "G9")}
    assert book(twice)["Data"]["E2"].fill.fgColor.rgb == "FFD9E1F2"
    assert book(twice)["Our notes"]["A1"].fill.fill_type is None
    assert parts_of(twice)["xl/drawings/vmlDrawing1.vml"].count(b'ObjectType="Note"') == 3


def test_the_sheets_name_is_one_that_no_sheet_has():
    made = openpyxl.Workbook()
    made.active.title = SHEET_NAME.upper()
    content = saved(made)

    assert book(mark(content, {SHEET_NAME.upper(): {"A1": "x"}})).sheetnames[-1] == f"{SHEET_NAME} 2"


def test_an_apostrophe_in_a_sheets_name_is_doubled_in_the_link():
    made = openpyxl.Workbook()
    made.active.title = "Q2 'final' <1>"
    made.active["A1"] = 1

    sheet = book(mark(saved(made), {made.active.title: {"A1": "x"}})).worksheets[-1]

    assert sheet["C5"].hyperlink.location == "'Q2 ''final'' <1>'!A1"


@pytest.mark.parametrize("strict", [False, True])
def test_a_bare_workbook_gets_what_it_lacks_in_its_own_form(strict):
    namespace = raw.STRICT_MAIN if strict else raw.MAIN
    sheet = raw.worksheet(raw.row(raw.cell("A1", "7")), namespace=namespace)

    content = mark(raw.zipped(raw.parts(sheet, strict=strict)), {"Sheet1": {"A1": "x", "C3": "y"}})

    parts = parts_of(content)
    family = raw.STRICT_RELATIONSHIPS if strict else raw.RELATIONSHIPS
    other = raw.RELATIONSHIPS if strict else raw.STRICT_RELATIONSHIPS
    assert f"{family}/comments".encode() in parts["xl/worksheets/_rels/sheet1.xml.rels"]
    assert f"{family}/styles".encode() in parts["xl/_rels/workbook.xml.rels"]
    assert not any(other.encode() in part for part in parts.values())
    for name in ("xl/comments1.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"):
        assert Markup(parts[name]).namespace == namespace
    assert [one.cells.keys() for one in open_here(content, "x.xlsx").sheets[:1]] == [{(1, 1)}]


def test_prefixes_of_a_sheet_are_its_own():
    sheet = f'<x:worksheet xmlns:x="{raw.MAIN}"><x:sheetData/></x:worksheet>'

    content = mark(raw.with_sheet(sheet), {"Sheet1": {"B2": "x"}})

    written = parts_of(content)["xl/worksheets/sheet1.xml"]
    assert b'<x:sheetData><x:row r="2"><x:c r="B2" s="' in written
    assert highlighted_in(content) == {("Sheet1", "B2")}


def test_a_drawing_that_boxes_cannot_be_added_to_is_left_alone():
    made = raw.parts(
        raw.worksheet(raw.row(raw.cell("A1", "7")), after='<legacyDrawing xmlns:r="r" r:id="rId1"/>'),
        raw.worksheet(raw.row(raw.cell("A1", "7")), after='<legacyDrawing xmlns:r="r" r:id="rId9"/>'),
    )
    made["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships xmlns="{raw.PACKAGE_RELATIONSHIPS}"><Relationship Id="rId1" '
        f'Type="{raw.RELATIONSHIPS}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>'
    )
    made["xl/drawings/vmlDrawing1.vml"] = "<xml/>"

    content = mark(raw.zipped(made), {"Sheet1": {"A1": "x"}, "Sheet2": {"A1": "x"}})

    assert comments_in(content) == {}
    assert highlighted_in(content) == {("Sheet1", "A1"), ("Sheet2", "A1")}


def test_what_is_no_workbook_is_refused():
    with pytest.raises(Refused, match="its workbook is missing"):
        mark(raw.zipped({"a.txt": "words"}), {})


def test_more_points_than_are_listed_are_told():
    sheet = book(mark(rich(), WORDS, unlisted=12)).worksheets[-1]

    assert sheet.cell(sheet.max_row, 1).value.startswith("12 more points")
