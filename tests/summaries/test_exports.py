"""No format leaves a block out, and none runs what somebody typed."""

import csv
import io
from zipfile import ZipFile

import openpyxl
import pytest
from pypdf import PdfReader
from summary_makers import derived, document, every_block, figure, imprint, rate

from dacommission.summaries.disclosure import protect
from dacommission.summaries.document import (
    CLASSES,
    Block,
    Chart,
    Heading,
    KeyFigures,
    Notes,
    Paragraph,
    Row,
    Series,
    Sum,
    Table,
)
from dacommission.summaries.exports import EXPORTS
from dacommission.summaries.exports.registry import harmless

# What of every_block() must be found again in a format that holds sentences, and in one that holds figures.
WORDS = {
    Heading: ["What the hub did"],
    Paragraph: ["referrals were received"],
    KeyFigures: ["Referrals in the spring", "met"],
    Table: ["By quarter", "Referrals taken", "Counted by event."],
    Chart: ["Referrals drawn"],
    Notes: ["Notes on quality", "No return for quarter 3."],
}
FIGURES = ["2398", "2512", "2458", "7368", "[x]"]


def read_pdf(content):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", " ")


def read_excel(content):
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(cell.value) for sheet in workbook for row in sheet for cell in row if cell.value is not None)


def read_csv(content):
    return content.decode("utf-8-sig")


READ_BACK = {"pdf": read_pdf, "xlsx": read_excel, "csv": read_csv}


def written(suffix, made=None, **more):
    return EXPORTS[suffix].write(made or every_block(), imprint(**more))


def test_every_format_is_read_back_here():
    assert EXPORTS.keys() == READ_BACK.keys()


def test_every_kind_of_block_is_tried():
    assert set(Block.__args__) == WORDS.keys() == {type(block) for block in every_block().blocks}
    assert WORDS.keys() < set(CLASSES.values())


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("suffix", ["pdf", "xlsx"])
def test_no_export_leaves_a_block_out(suffix, kind):
    text = READ_BACK[suffix](written(suffix))

    for words in WORDS[kind]:
        assert words in text


@pytest.mark.parametrize("suffix", READ_BACK)
def test_every_figure_is_in_every_format(suffix):
    text = READ_BACK[suffix](written(suffix)).replace(",", "")

    for shown in FIGURES:
        assert shown in text


@pytest.mark.parametrize("suffix", READ_BACK)
def test_the_same_document_and_time_give_the_same_bytes(suffix):
    assert written(suffix) == written(suffix)


@pytest.mark.parametrize("suffix", READ_BACK)
def test_a_file_says_what_it_is_and_who_took_it_when(suffix):
    text = READ_BACK[suffix](written(suffix))

    assert "Live figures. Made for Commissioner One, 1 September 2023 at 10:30." in text
    assert suffix == "csv" or "OFFICIAL-SENSITIVE" in text


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_figure_says_where_it_comes_from(suffix):
    assert "Hub!E7 in q1.xlsx (upload 2)" in READ_BACK[suffix](written(suffix))
    assert "q1.xlsx" not in READ_BACK[suffix](written(suffix, sources={}))


@pytest.mark.parametrize("suffix", READ_BACK)
def test_no_format_holds_a_withheld_count(suffix):
    parts = tuple(figure(n, category=name, breakdown="source") for name, n in (("Self", 3), ("Police", 6173)))
    whole = figure(6176 + 5821)
    rest = figure(5821, category="GP", breakdown="source")
    table = Table(
        "By source", ("Source", "Count"), tuple(Row(f.category or "All", (f,)) for f in (*parts, rest, whole))
    )
    chart = Chart("Sources", ("Self", "Police", "GP"), (Series("2022/23", (*parts, rest)),))
    live = document(table, chart, sums=(Sum(whole, (*parts, rest)),))

    content = written(suffix, protect(live).document)
    text = READ_BACK[suffix](content).replace(",", "")

    assert "5821" not in text
    assert "6173" in text
    assert "[c]" in text
    if suffix == "xlsx":
        assert all(
            b"5821" not in ZipFile(io.BytesIO(content)).read(name) for name in ZipFile(io.BytesIO(content)).namelist()
        )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1"])
def test_what_looks_like_a_formula_is_text(text):
    named = document(
        Paragraph((text,)),
        Table(
            "Shown", (text, "Count"), (Row(text, (figure(5, name=text, category=text, breakdown="source"),)),), (text,)
        ),
    )
    workbook = openpyxl.load_workbook(io.BytesIO(written("xlsx", named)))
    cells = [cell for sheet in workbook for row in sheet for cell in row]

    assert all(cell.data_type != "f" for cell in cells)
    assert all(not str(cell.value).startswith(text) for cell in cells if cell.value)
    (line,) = csv.DictReader(io.StringIO(written("csv", named).decode("utf-8-sig"), newline=""))
    assert line["name"] == line["category"] == harmless(text) == f"'{text}"


def test_text_in_a_pdf_is_printed_and_never_run():
    text = '#panic() *x* $y$ \\# <label> "quoted" #image("/etc/passwd")'

    assert text.replace(" ", "") in read_pdf(written("pdf", document(Paragraph((text,))))).replace(" ", "")


def test_a_pdf_claims_to_be_accessible_and_has_a_title_and_a_language():
    reader = PdfReader(io.BytesIO(written("pdf")))

    assert reader.metadata.title == "Joint impact summary 2022/23"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert b"SourceSansPro" in written("pdf")


def test_a_drawing_in_a_pdf_is_described():
    reader = PdfReader(io.BytesIO(written("pdf")))

    described = [
        str(o.get_object()["/Alt"]) for o in map(reader.get_object, range(1, len(reader.xref[0]) + 1)) if _alt(o)
    ]

    assert any("Columns by period. 2022/23: Q1 2,398" in text for text in described)


def _alt(found):
    return isinstance(found, dict) and "/Alt" in found


def test_a_workbook_has_one_table_a_sheet_and_nothing_hidden():
    workbook = openpyxl.load_workbook(io.BytesIO(written("xlsx")))

    assert workbook.sheetnames == ["Cover", "Contents", "Summary", "Table 1", "Table 2", "Table 3", "Sources", "Notes"]
    assert all(sheet.sheet_state == "visible" and not sheet.merged_cells.ranges for sheet in workbook)
    assert [workbook[name]["A1"].value for name in ("Table 2", "Notes")] == ["By quarter", "Notes"]
    assert workbook.properties.creator in (None, "")


def test_a_shown_figure_is_a_number_and_one_that_is_not_is_its_symbol():
    workbook = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    quarters = [row[1].value for row in workbook["Table 3"].iter_rows(min_row=5, max_row=8)]

    assert quarters == [2398, 2512, "[x]", 2458]


def test_a_number_keeps_its_unit_in_its_format():
    table = Table("Shown", ("What", "Count"), (Row("Share", (rate(48, 64),)), Row("Price", (_pounds(),))))
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx", document(table))))["Table 1"]

    assert (sheet["B5"].value, sheet["B5"].number_format) == (75, '#,##0"%"')
    assert (sheet["B6"].value, sheet["B6"].number_format) == (21832.75, '"£"#,##0.00')


def _pounds():
    return figure("21832.75", "CON-01", text="£21,832.75", decimals=2, unit="pounds", sensitive=False)


def test_an_incomplete_figure_in_a_workbook_has_a_note():
    partial = figure(7368, period="2022", coverage="3 of 4 quarters", complete=False)
    table = Table("Shown", ("What", "2022/23"), (Row("Referrals", (partial,)),))

    assert "Referrals, 2022/23: 3 of 4 quarters" in read_excel(written("xlsx", document(table)))


def test_shorthand_is_explained():
    text = read_excel(written("xlsx"))

    for symbol in ("[c]", "[x]", "[z]"):
        assert symbol in text


def test_tidy_lines_hold_the_counts_beneath_a_rate_and_leave_out_words():
    share = rate(48, 64, "PRP-06")
    made = document(Paragraph((share, derived("met", share), figure(None, period=""))))

    content = written("csv", made)
    first, second = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))

    assert content.startswith(b"\xef\xbb\xbf")
    assert (first["numerator"], first["denominator"], first["value"], first["shown"]) == ("48", "64", "75.00", "75%")
    assert (first["period_start"], first["period_end"]) == ("2022-04-01", "2023-03-31")
    assert (second["value"], second["period_start"], second["numerator"]) == ("", "", "")
