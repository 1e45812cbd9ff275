"""Cells of sound and of odd workbooks: what is stored, what is seen, and what nobody sees."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from imports.reading import Cell, Kind, Severity, Workbook
from imports.workbook import Refusal, limits, open_here
from tests.imports import workbooks_hostile as made
from tests.imports.workbooks_hostile import cell, row


def opened(content: bytes) -> Workbook:
    answer = open_here(content, "return.xlsx")
    assert isinstance(answer, Workbook), answer
    return answer


def only(content: bytes) -> Cell:
    """The one cell of a workbook's first sheet."""
    (found,) = opened(content).sheets[0].cells.values()
    return found


def message(content: bytes) -> str:
    answer = open_here(content, "return.xlsx")
    assert isinstance(answer, Refusal)
    return answer.message


@pytest.mark.parametrize(
    ("written", "value", "shown"),
    [
        ("9739", "9739", "9739"),
        ("0.80000000000000004", "0.8", "0.8"),
        ("0.33333333333333331", "0.333333333333333", "0.333333333333333"),
        ("21832.75", "21832.75", "21832.75"),
        ("8.0", "8", "8"),
        ("1E3", "1000", "1000"),
        ("1200", "1200", "1200"),
        ("-0", "0", "0"),
        ("0.000", "0", "0"),
        ("-1.5", "-1.5", "-1.5"),
        (" 7 ", "7", "7"),
        ("12345678901234567", "12345678901234600", "12345678901234600"),
        ("1e300", "1E+300", "1E+300"),
        ("1e-300", "1E-300", "1E-300"),
        ("0e999", "0", "0"),
    ],
)
def test_a_number_is_its_digits_without_the_noise(written, value, shown):
    found = only(made.workbook(row(cell("A1", written))))

    assert (found.kind, found.value, found.shown) == (Kind.NUMBER, Decimal(value), shown)


@pytest.mark.parametrize("written", ["NaN", "1e400", "Infinity", "1,5", "0x10", "٣", "1_000", "1e99999"])
def test_a_number_that_is_none_costs_one_cell_and_not_the_file(written):
    content = made.workbook(row(cell("A1", written), cell("B1", "7")))

    cells = opened(content).sheets[0].cells

    assert (cells[1, 1].kind, cells[1, 1].value, cells[1, 1].shown) == (Kind.ERROR, None, written)
    assert cells[1, 2].value == 7


def test_a_bad_place_in_the_list_of_texts_costs_one_cell():
    texts = made.shared_strings("<t>Referrals</t>")
    content = made.workbook(row(*(cell(f"{x}1", n, kind="s") for x, n in zip("ABC", ["0", "9", "x"], strict=True))),
                            strings=texts)  # fmt: skip

    cells = opened(content).sheets[0].cells

    assert [found.kind for found in cells.values()] == [Kind.TEXT, Kind.ERROR, Kind.ERROR]
    assert cells[1, 2].shown == "(damaged)"


def test_rich_text_is_joined_and_phonetic_text_left_out():
    texts = made.shared_strings(
        "<r><t>Refer</t></r><r><t xml:space='preserve'>rals </t></r><rPh><t>ri</t></rPh>", "<t/>"
    )
    content = made.workbook(row(cell("A1", "0", kind="s"), cell("B1", "1", kind="s")), strings=texts)

    assert only(content).value == "Referrals "


def test_text_in_the_cell_itself_is_read():
    inline = '<c r="A1" t="inlineStr"><is><r><t>Re</t></r><r><t>fuge</t></r><rPh><t>x</t></rPh></is></c>'

    assert only(made.workbook(row(inline))).shown == "Refuge"


def test_characters_that_xml_cannot_hold_are_unescaped():
    content = made.workbook(row(cell("A1", "a_x000D_b_x005F_x0041_ _xD800_", kind="str")))

    assert only(content).value == "a\rb_x0041_ _xD800_"


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("b", "1", (Kind.BOOLEAN, True, "TRUE")),
        ("b", "0", (Kind.BOOLEAN, False, "FALSE")),
        ("b", "2", (Kind.ERROR, None, "2")),
        ("e", "#REF!", (Kind.ERROR, None, "#REF!")),
        ("e", "#DIV/0!", (Kind.ERROR, None, "#DIV/0!")),
        ("d", "2022-04-01T00:00:00", (Kind.DATE, date(2022, 4, 1), "2022-04-01T00:00:00")),
        ("d", "soon", (Kind.ERROR, None, "soon")),
        ("str", "<5".replace("<", "&lt;"), (Kind.TEXT, "<5", "<5")),
        ("n", "5", (Kind.NUMBER, Decimal(5), "5")),
        ("", "5", (Kind.NUMBER, Decimal(5), "5")),
    ],
)
def test_each_kind_of_cell_is_told_apart(kind, written, expected):
    found = only(made.workbook(row(cell("A1", written, kind=kind))))

    assert (found.kind, found.value, found.shown) == expected


@pytest.mark.parametrize(
    ("code", "written", "kind", "shown"),
    [
        ("dd/mm/yyyy", "44652", Kind.DATE, "2022-04-01"),
        ("mmm\\-yy", "44652", Kind.DATE, "2022-04-01"),
        ("[$-809]dd mmmm yyyy;@", "44652.5", Kind.DATE, "2022-04-01 12:00"),
        ("yyyy", "1", Kind.DATE, "1900-01-01"),
        ("yyyy", "61", Kind.DATE, "1900-03-01"),
        ("yyyy", "-1", Kind.ERROR, "########"),
        ("yyyy", "3000000", Kind.ERROR, "########"),
        ("h:mm", "0.3125", Kind.NUMBER, "07:30"),
        ("[h]:mm:ss", "1.5", Kind.NUMBER, "36:00"),
        ("[mm]", "-0.00001157407", Kind.NUMBER, "-00:00:01"),
        ("0%", "0.8", Kind.NUMBER, "0.8"),
        ('0" days"', "8", Kind.NUMBER, "8"),
        ("[Red]0.0_m", "8", Kind.NUMBER, "8"),
        ("General", "8", Kind.NUMBER, "8"),
        ('[<5]"<5";0', "3", Kind.NUMBER, "3"),
    ],
)
def test_the_number_format_decides_what_is_a_date(code, written, kind, shown):
    found = only(made.workbook(row(cell("A1", written, style=1)), styles=made.styles(code)))

    assert (found.kind, found.shown, found.number_format) == (kind, shown, code)


def test_days_may_be_counted_from_1904():
    made_parts = made.parts(made.worksheet(row(cell("A1", "43190", style=1))), properties='<workbookPr date1904="1"/>')

    assert only(made.zipped(made_parts | {"xl/styles.xml": made.styles("d/m/y")})).value == date(2022, 4, 1)


def test_built_in_formats_have_numbers_instead_of_text():
    styles = (
        f'<styleSheet xmlns="{made.MAIN}"><cellXfs><xf/><xf numFmtId="9"/><xf numFmtId="14"/>'
        '<xf numFmtId="30"/><xf numFmtId="x"/></cellXfs></styleSheet>'
    )
    cells = [cell(f"{letter}1", "1", style=place) for place, letter in enumerate("ABCDEF")]

    found = opened(made.workbook(row(*cells), styles=styles)).sheets[0].cells.values()

    assert [one.number_format for one in found] == ["General", "0%", *["dd/mm/yyyy"] * 2, "General", "General"]


def test_a_formula_is_kept_beside_its_result():
    found = only(made.workbook(row(cell("A1", "7", formula="<f>SUM(B1:B3)</f>"))))

    assert (found.value, found.formula) == (7, "SUM(B1:B3)")


@pytest.mark.parametrize("result", ["<v></v>", "<v/>", ""])
def test_a_formula_never_calculated_is_neither_blank_nor_nought(result):
    found = only(made.workbook(row(f'<c r="A1"><f>SUM(B1:B3)</f>{result}</c>')))

    assert (found.kind, found.value, found.shown) == (Kind.UNCALCULATED, None, "=SUM(B1:B3)")


def test_a_nought_stored_by_a_program_that_does_not_calculate_is_not_believed():
    sheet = made.worksheet(row(cell("A1", "0", formula="<f>B1</f>"), cell("B1", "0")))
    content = made.zipped(made.parts(sheet, calculation='<calcPr fullCalcOnLoad="1"/>'))

    cells = opened(content).sheets[0].cells

    assert [cells[1, 1].kind, cells[1, 2].kind] == [Kind.UNCALCULATED, Kind.NUMBER]


def test_a_formula_that_shows_nothing_is_blank():
    assert not opened(made.workbook(row('<c r="A1" t="str"><f>""</f><v></v></c>'))).sheets[0].cells


def test_a_formula_written_once_for_many_cells_reads_as_it_does_in_each():
    first = '<f t="shared" ref="A1:A9" si="0">SUM($B1:C$2)+\'Q1 B1\'!D4&amp;"B1"+LOG10(A1)</f>'
    second = cell("B3", "2", formula='<f t="shared" si="0"/>')
    content = made.workbook(row(cell("A1", "1", formula=first)), row(second, number=3))

    cells = opened(content).sheets[0].cells

    assert cells[3, 2].formula == "SUM($B3:D$2)+'Q1 B1'!E6&\"B1\"+LOG10(B3)"


def test_a_shared_formula_moved_off_the_sheet_or_without_its_first_cell_is_harmless():
    first = cell("B2", "1", formula='<f t="shared" si="0">A1</f>')
    second = cell("B1", "1", formula='<f t="shared" si="0"/>')
    third = cell("C1", "1", formula='<f t="shared" si="1"/>')

    cells = opened(made.workbook(row(first, number=2), row(second, third))).sheets[0].cells

    assert [cells[1, 2].formula, cells[1, 3].formula] == ["#REF!", ""]


def test_hidden_rows_columns_and_sheets_are_read_and_marked():
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3" width="0"/><col min="4" max="4"/></cols>'
    rows = row(*(cell(f"{letter}1", "1") for letter in "ABCD")) + f'<row r="2" hidden="1">{cell("A2", "1")}</row>'
    content = made.zipped(made.parts(made.worksheet(rows, before=columns), made.worksheet(), states={2: "veryHidden"}))

    sheets = opened(content).sheets

    assert [found.hidden for found in sheets[0].cells.values()] == [False, True, True, False, True]
    assert [sheet.hidden for sheet in sheets] == [False, True]


def test_a_value_under_a_merge_is_kept_and_marked():
    merges = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C9"/></mergeCells>'
    content = made.workbook(row(*(cell(f"{letter}1", "1") for letter in "ABC")), after=merges)

    (sheet,) = opened(content).sheets

    assert [found.under_merge for found in sheet.cells.values()] == [False, True, False]
    assert sheet.merges == ((1, 1, 1, 2), (9, 3, 9, 3))


def test_a_merge_of_the_whole_sheet_is_read_without_delay():
    cells = opened(made.merge_of_everything()).sheets[0].cells

    assert [found.under_merge for found in cells.values()] == [False, True]


def test_cells_without_addresses_follow_one_another():
    content = made.workbook("<row><c><v>1</v></c><c/><c><v>3</v></c></row>", "<row><c><v>4</v></c></row>",
                            '<row r="9"><c r="D9"/><c><v>5</v></c></row>')  # fmt: skip

    assert [found.address for found in opened(content).sheets[0].cells.values()] == ["A1", "C1", "A2", "E9"]


def test_the_stated_size_of_a_sheet_is_ignored():
    content = made.workbook(row(cell("A1", "1"), cell("B1", "2")), before='<dimension ref="A1"/>')

    assert len(opened(content).sheets[0].cells) == 2


def test_one_cell_at_each_end_of_the_sheet_is_read():
    assert [found.address for found in opened(made.far_cell()).sheets[0].cells.values()] == ["A1", "XFD1048576"]


def test_a_million_empty_rows_are_passed_over():
    assert len(opened(made.million_empty_rows()).sheets[0].cells) == 1


def test_cells_beyond_the_sheet_are_left_out_and_reported():
    answer = opened(made.workbook(row(cell("A1", "7"), cell("XFE1", "8"), cell("A1048577", "9"))))

    (problem,) = answer.problems

    assert len(answer.sheets[0].cells) == 1
    assert (problem.rule, problem.severity, problem.cell) == ("cells-outside-sheet", Severity.WARNING, "XFE1")
    assert "2 cells" in problem.message


def test_both_variants_of_the_standard_are_read():
    sheet = made.worksheet(row(cell("A1", "7")), namespace=made.STRICT_MAIN)

    assert only(made.zipped(made.parts(sheet, strict=True))).value == 7


def test_prefixed_elements_are_read():
    sheet = (
        f'<x:worksheet xmlns:x="{made.MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )

    assert only(made.with_sheet(sheet)).value == 7


def test_a_chart_sheet_has_no_cells_and_is_passed_over():
    made_parts = made.parts(made.worksheet(row(cell("A1", "7"))), made.worksheet())
    related = str(made_parts["xl/_rels/workbook.xml.rels"])
    made_parts["xl/_rels/workbook.xml.rels"] = related.replace(
        'worksheet" Target="worksheets/sheet2', 'chartsheet" Target="worksheets/sheet2'
    )

    assert [sheet.name for sheet in opened(made.zipped(made_parts)).sheets] == ["Sheet1"]


def test_a_sheet_outside_the_file_is_never_fetched():
    made_parts = made.parts(made.worksheet(row(cell("A1", "7"))))
    related = str(made_parts["xl/_rels/workbook.xml.rels"])
    made_parts["xl/_rels/workbook.xml.rels"] = related.replace(
        'Target="worksheets/sheet1.xml"', 'Target="http://127.0.0.1/sheet1.xml" TargetMode="External"'
    )

    assert "is not in the file" in message(made.zipped(made_parts))


def test_a_workbook_without_sheets_is_refused():
    assert "no sheet" in message(made.zipped(made.parts()))


def test_two_sheets_of_one_name_are_refused():
    content = made.zipped(made.parts(made.worksheet(), made.worksheet(), names={1: "Hub", 2: "Hub"}))

    assert "same name" in message(content)


def test_one_cell_stored_twice_is_refused():
    assert "the cell A1 twice" in message(made.workbook(row(cell("A1", "1"), cell("A1", "2"))))


@pytest.mark.parametrize("address", ["A", "1", "A0B1", "AAAAAAAAA1", "É1", "A12345678901"])
def test_a_cell_at_no_address_is_refused(address):
    assert "is no cell" in message(made.workbook(row(cell(address, "1"))))


def test_a_row_without_a_number_is_refused():
    assert "no row or column" in message(made.workbook('<row r="x"/>'))


@pytest.mark.parametrize(
    ("limit", "most", "words"),
    [
        ("SHEETS", 1, "sheets"),
        ("MERGES", 1, "merged areas"),
        ("MERGE_STEPS", 1, "cover one another"),
        ("STRINGS", 1, "different texts"),
        ("STYLES", 1, "cell styles"),
    ],
)
def test_every_limit_of_a_workbook_is_kept(monkeypatch, limit, most, words):
    merges = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'
    sheet = made.worksheet(row(cell("A1", "1234"), cell("B1", "5")), after=merges)
    content = made.zipped(
        made.parts(sheet, made.worksheet())
        | {"xl/sharedStrings.xml": made.shared_strings("<t>a</t>", "<t>b</t>"), "xl/styles.xml": made.styles("0")}
    )
    monkeypatch.setattr(limits, limit, most)

    assert words in message(content)


def test_a_text_too_long_for_a_cell_is_refused():
    assert "32,767" in message(made.workbook(row(cell("A1", "a" * 32_768, kind="str"))))


def test_a_formula_too_long_for_a_cell_is_refused():
    assert "formulas" in message(made.workbook(row(cell("A1", "1", formula=f"<f>{'a' * 32_768}</f>"))))


def test_a_shared_text_too_long_for_a_cell_is_refused():
    assert "32,767" in message(made.with_part("xl/sharedStrings.xml", made.shared_strings(f"<t>{'a' * 32_768}</t>")))


def test_a_bomb_of_shared_texts_is_refused():
    assert "600,000" in message(made.shared_string_bomb())


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "CELLS", 2)
    sheet = made.worksheet(row(cell("A1", "1"), cell("B1", "2")))

    assert "more than 2 cells" in message(made.zipped(made.parts(sheet, sheet)))
    assert len(opened(made.zipped(made.parts(sheet, made.worksheet()))).sheets[0].cells) == 2


@pytest.mark.parametrize(
    "empty",
    [
        '<c r="XFD1048576"><v></v></c>',
        '<c r="XFD1048576" t="str"><f>""</f><v></v></c>',
        '<c r="XFD1048576" t="inlineStr"><is><t></t></is></c>',
        '<c r="XFD1048576" t="s"><v>0</v></c>',
        '<c r="XFD1048576" s="1"/>',
    ],
)
def test_a_cell_that_shows_nothing_is_blank_and_harmless_wherever_it_lies(empty):
    content = made.workbook(row(cell("A1", "7"), empty), strings=made.shared_strings("<t/>"))

    assert only(content).address == "A1"
