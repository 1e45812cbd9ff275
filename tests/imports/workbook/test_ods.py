"""What an OpenDocument spreadsheet can say in its own way, and what a hostile one costs: a sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from imports.reading import Cell, Kind, Workbook
from imports.workbook import Refusal, open_here
from tests.imports.workbook import open_documents as made
from tests.imports.workbook.open_documents import cell, number, row, sheet, table
from tests.imports.workbooks_hostile import open_document, zipped

RAISED = (
    '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="{}"/></style:style>'
)


def opened(content: bytes) -> Workbook:
    answer = open_here(content, "return.ods")
    assert isinstance(answer, Workbook), answer
    return answer


def cells(*rows: str, styles: str = "", columns: str = "") -> dict[str, Cell]:
    (found,) = opened(sheet(*rows, styles=styles, columns=columns)).sheets
    return {cell.address: cell for cell in found.cells.values()}


def only(*content: str, styles: str = "") -> Cell:
    return cells(row(*content), styles=styles)["A1"]


def refused(content: bytes) -> Refusal:
    answer = open_here(content, "return.ods")
    assert isinstance(answer, Refusal), answer
    return answer


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("float", "0.80000000000000004", (Kind.NUMBER, Decimal("0.8"), "0.8")),
        ("percentage", "0.8", (Kind.NUMBER, Decimal("0.8"), "0.8")),
        ("currency", "1200", (Kind.NUMBER, Decimal(1200), "1200")),
        ("float", "many", (Kind.ERROR, None, "many")),
        ("boolean", "true", (Kind.BOOLEAN, True, "TRUE")),
        ("boolean", "false", (Kind.BOOLEAN, False, "FALSE")),
        ("boolean", "perhaps", (Kind.ERROR, None, "perhaps")),
        ("date", "tomorrow", (Kind.ERROR, None, "tomorrow")),
        ("time", "PT07H30M00S", (Kind.NUMBER, Decimal("0.3125"), "07:30")),
        ("time", "-P1DT6H", (Kind.NUMBER, Decimal("-1.25"), "-30:00")),
        ("time", "soon", (Kind.ERROR, None, "soon")),
        ("string", "typed", (Kind.TEXT, "typed", "typed")),
        ("void", "typed", (Kind.TEXT, "x", "x")),
    ],
)
def test_a_value_is_of_the_kind_it_says(kind, value, expected):
    found = only(cell("x" if kind == "void" else "", kind=kind, value=value))

    assert (found.kind, found.value, found.shown) == expected


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2022-04-30", "2022-04-30"),
        ("2022-04-30T00:00:00", "2022-04-30"),
        ("2022-04-30T09:30:00.000000000", "2022-04-30 09:30"),
        ("2022-04-30T09:30:15", "2022-04-30 09:30:15"),
    ],
)
def test_a_date_has_its_time_only_where_there_is_one(written, shown):
    assert only(cell(kind="date", value=written)).shown == shown


def test_a_cell_with_nothing_in_it_is_no_cell():
    assert cells(row(cell(kind="")), row(cell(kind="string"))) == {}


def test_a_percentage_without_a_format_is_still_one():
    assert only(cell(kind="percentage", value="0.8")).number_format == "0.00%"


@pytest.mark.parametrize(("code", "number_format"), [("GBP", '"£"#,##0.00'), ("CHF", '"CHF"#,##0.00')])
def test_so_is_money(code, number_format):
    assert only(cell(kind="currency", value="1", more=f'office:currency="{code}"')).number_format == number_format


def number_format(kind: str, parts: str, more: str = "") -> str:
    """How a number shows whose format is made of these parts."""
    styles = (
        f'<number:{kind}-style style:name="N1" {more}>{parts}</number:{kind}-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    return only(number("1", more='table:style-name="ce1"'), styles=styles).number_format


@pytest.mark.parametrize(
    ("kind", "parts", "written"),
    [
        ("number", '<number:number number:min-integer-digits="1"/>', "General"),
        ("number", '<number:number number:decimal-places="2" number:min-integer-digits="1"/>', "0.00"),
        ("number", '<number:number number:decimal-places="0" number:grouping="true"/>', "#,##0"),
        ("number", '<number:number number:decimal-places="0" number:min-integer-digits="3"/>', "000"),
        ("number", '<number:number number:decimal-places="many"/>', "0"),
        ("number", '<number:scientific-number number:decimal-places="2"/>', "0.00E+00"),
        ("number", "<number:fraction/>", "# ?/?"),
        ("number", '<number:number number:decimal-places="0"/><number:text> "people"%</number:text>', '0" people%"'),
        ("percentage", "<number:number/><number:text>%</number:text>", "0%"),
        ("text", "<number:text-content/>", "@"),
        ("date", '<number:month number:textual="true"/><number:text>-</number:text><number:year/>', "mmm-yy"),
        ("date", '<number:month number:textual="true" number:style="long"/>', "mmmm"),
        ("date", '<number:day-of-week/><number:text> </number:text><number:day number:style="long"/>', "ddd dd"),
        ("time", "<number:hours/><number:text>:</number:text><number:minutes number:style='long'/>", "h:mm"),
    ],
)
def test_a_number_format_reads_as_excel_writes_it(kind, parts, written):
    assert number_format(kind, parts) == written


def test_a_length_of_time_goes_on_beyond_a_day():
    parts = "<number:hours/><number:text>:</number:text><number:minutes number:style='long'/>"

    assert number_format("time", parts, 'number:truncate-on-overflow="false"') == "[h]:mm"


@pytest.mark.parametrize(
    ("condition", "other", "written"),
    [
        ("value()<5", "N1", '[<5]"<5";0'),
        ("value()!=0", "N1", '[<>0]"<5";0'),
        ("value()<5", "N9", "0"),
        ("is-true", "N1", "0"),
    ],
)
def test_what_is_shown_instead_of_a_number_is_part_of_its_format(condition, other, written):
    styles = (
        '<number:number-style style:name="N1"><number:text>&lt;5</number:text></number:number-style>'
        '<number:number-style style:name="N2"><number:number number:decimal-places="0"/>'
        f'<style:map style:condition="{condition.replace("<", "&lt;")}" style:apply-style-name="{other}"/>'
        "</number:number-style>"
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N2">'
        '<style:map style:condition="value()&lt;1" style:apply-style-name="N1"/></style:style>'
    )

    assert only(number("3", more='table:style-name="ce1"'), styles=styles).number_format == written


PERCENT = (
    '<number:percentage-style style:name="N1"><number:number/><number:text>%</number:text></number:percentage-style>'
    '<style:style style:name="percent" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="bold" style:family="table-cell" style:parent-style-name="percent"/>'
    '<style:style style:name="circle" style:family="table-cell" style:parent-style-name="circle"/>'
)


@pytest.mark.parametrize(
    ("style", "written"), [("percent", "0%"), ("bold", "0%"), ("circle", "General"), ("none", "General")]
)
def test_a_style_has_the_format_of_the_style_it_builds_on(style, written):
    assert only(number("1", more=f'table:style-name="{style}"'), styles=PERCENT).number_format == written


def test_cells_look_as_their_row_or_column_does_where_they_do_not_say():
    columns = '<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="percent"/>'

    found = cells(
        row(number("1"), number("2"), number("3")),
        row(number("1", more='table:style-name="none"'), more='table:default-cell-style-name="none"'),
        styles=PERCENT,
        columns=columns,
    )

    formats = {address: cell.number_format for address, cell in found.items()}
    assert formats == {"A1": "0%", "B1": "0%", "C1": "General", "A2": "General"}


def test_styles_may_stand_in_a_part_of_their_own():
    part = f"<office:document-styles {made.DECLARED}>{PERCENT}</office:document-styles>"
    body = made.document(table(row(number("1", more='table:style-name="percent"'))))

    (found,) = opened(open_document("spreadsheet", content=body, styles=part)).sheets
    assert found.cells[1, 1].number_format == "0%"


def test_hidden_rows_columns_and_filtered_rows_are_read_and_marked():
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        '<table:table-column-group table:display="false"><table:table-column/></table:table-column-group>'
    )
    folded = f'<table:table-row-group table:display="false">{row(number("5"))}</table:table-row-group>'

    found = cells(
        row(number("1"), number("2"), number("3"), number("4")),
        row(number("1"), more='table:visibility="filter"'),
        row(number("1"), more='table:visibility="collapse"'),
        folded,
        row(number("1")),
        columns=columns,
    )

    assert {address for address, cell in found.items() if cell.hidden} == {"B1", "C1", "A2", "A3", "A4"}


def test_a_sheet_is_hidden_by_its_style():
    hidden = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta1" style:family="table">{hidden}</style:style>'
    book = made.workbook(table(name="Seen"), table(name="Hidden", style="ta1"), styles=style)

    assert [sheet.hidden for sheet in opened(book).sheets] == [False, True]


def test_what_a_merge_covers_is_kept_and_marked():
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    (found,) = opened(
        sheet(row(number("1", more=spanned), cell("under", covered=True)), row(cell("too", covered=True)))
    ).sheets

    assert found.merges == ((1, 1, 2, 2),)
    assert {cell.address: cell.under_merge for cell in found.cells.values()} == {"A1": False, "B1": True, "A2": True}


def test_repeated_values_stand_in_every_place_and_blanks_in_none():
    repeated = 'table:number-columns-repeated="2"'
    found = cells(
        row(cell(kind="", more='table:number-columns-repeated="3"'), number("7", more=repeated)),
        row(cell(kind=""), repeated=1_000_000),
        row(number("8"), repeated=2),
    )

    assert {address: cell.shown for address, cell in found.items()} == {
        **{"D1": "7", "E1": "7"},
        **{"A1000002": "8", "A1000003": "8"},
    }


def test_cells_beyond_the_sheet_are_left_out_and_reported():
    workbook = opened(sheet(row(cell(kind="", more='table:number-columns-repeated="16384"'), number("7"))))

    assert workbook.sheets[0].cells == {}
    assert [(problem.rule, problem.cell) for problem in workbook.problems] == [("cells-outside-sheet", "XFE1")]


def test_formulas_keep_their_result_and_read_as_excel_writes_them():
    written = 'table:formula="of:=SUM([.B2:.B5];[$Other.$A$1];[&apos;My sheet&apos;.A1])&amp;&quot;a;[b]&quot;"'

    found = only(number("7", more=written))

    assert (found.shown, found.formula) == ("7", "SUM(B2:B5,Other!$A$1,'My sheet'!A1)&\"a;[b]\"")


def test_a_formula_without_a_result_was_never_calculated():
    found = only(cell(kind="", more='table:formula="of:=[.A2]"'))

    assert (found.kind, found.value, found.shown) == (Kind.UNCALCULATED, None, "=A2")


def test_a_formula_that_gives_yes_or_no_gives_no_number():
    found = only(number("1", more='table:formula="of:=TRUE()"'))

    assert (found.kind, found.value, found.shown) == (Kind.BOOLEAN, True, "TRUE")


def test_a_formula_whose_result_is_no_text_is_no_cell():
    assert cells(row(cell(kind="string", more='table:formula="of:=&quot;&quot;"'))) == {}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (cell("#DIV/0!", more='table:formula="of:=1/0"'), "#DIV/0!"),
        (cell("Err:502", kind="float", value="0", more='table:formula="of:=LARGE(1;9)"'), "Err:502"),
        (cell("#N/A", more='calcext:value-type="error"'), "#N/A"),
        (cell(kind="string", more='calcext:value-type="error"'), "#VALUE!"),
    ],
)
def test_an_error_is_an_error_and_not_nought(written, shown):
    found = only(written)

    assert (found.kind, found.value, found.shown) == (Kind.ERROR, None, shown)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<text:p>one</text:p><text:p>two</text:p>", "one\ntwo"),
        ("<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d<text:s/></text:p>", "a   b\tc\nd "),
        ("<text:p>one\n   line</text:p>", "one line"),
        ("<text:p>a <text:a>link</text:a></text:p>", "a link"),
        ("<text:p>Apr<text:span text:style-name='T1'>1</text:span></text:p>", "Apr¹"),
        ("<text:p>Apr<text:span text:style-name='T2'>1</text:span></text:p>", "Apr1"),
        ("<text:p>7<draw:frame><draw:text-box><text:p>8</text:p></draw:text-box></draw:frame></text:p>", "7"),
        ("<text:p>7<text:note><text:note-body><text:p>8</text:p></text:note-body></text:note>9</text:p>", "79"),
    ],
)
def test_the_words_of_a_cell_are_its_own(written, shown):
    assert only(cell(written), styles=RAISED.format("super 58%")).shown == shown


@pytest.mark.parametrize(("place", "shown"), [("33% 58%", "Apr¹"), ("0% 100%", "Apr1"), ("-33% 58%", "Apr1")])
def test_words_are_raised_by_how_far_they_stand_above_the_line(place, shown):
    written = "<text:p>Apr<text:span text:style-name='T1'>1</text:span></text:p>"

    assert only(cell(written), styles=RAISED.format(place)).shown == shown


def test_a_note_on_a_cell_is_no_part_of_it():
    note = "<office:annotation><text:p>8</text:p></office:annotation>"

    assert (
        only(f'<table:table-cell office:value-type="string">{note}<text:p>7</text:p></table:table-cell>').shown == "7"
    )


def test_words_outside_cells_are_no_cells():
    loose = "<text:p>loose<text:span>words</text:span><text:s/></text:p><draw:frame/>"

    assert cells(f"<table:shapes>{loose}</table:shapes>", row(number("7"))).keys() == {"A1"}


def test_tables_inside_cells_and_copies_of_other_files_are_left_out():
    inner = table(row(number("8")), columns="<table:table-column/>", name="Inner")
    outer = f'<table:table-cell office:value-type="string">{inner}<text:p>7</text:p></table:table-cell>'
    copy = table(row(number("9")), name="'file:///a.ods'#$Sheet1")

    book = opened(made.workbook(table(row(outer, number("1"))), copy, f"<table:dde-link>{table()}</table:dde-link>"))

    (found,) = book.sheets
    assert {cell.address: cell.shown for cell in found.cells.values()} == {"A1": "7", "B1": "1"}


def test_other_prefixes_than_the_usual_mean_the_same():
    content = made.document(table(row(number("7")))).replace("xmlns:table=", "xmlns:t=")
    for before in ("<", "</", " "):
        content = content.replace(f"{before}table:", f"{before}t:")

    (found,) = opened(open_document("spreadsheet", content=content)).sheets
    assert found.cells[1, 1].value == 7


def test_the_kind_of_file_may_stand_anywhere_in_the_package():
    parts = {
        "content.xml": made.document(table(row(number("7")))),
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
    }

    assert opened(zipped(parts)).format == "ods"
