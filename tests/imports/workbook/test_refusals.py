"""Every kind of file that is no sound workbook costs its sender one sentence, and nobody else anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from imports.workbook import Refusal, limits, open_here
from tests.imports import workbooks_hostile as made

EXCEL = "application/vnd.ms-excel"
OFFICE = "application/vnd.openxmlformats-officedocument"

OTHER_KINDS = {
    "a protected workbook": (made.compound("EncryptionInfo", "EncryptedPackage"), "protected", "password"),
    "a ppt": (made.compound("PowerPoint Document"), "presentation", "PowerPoint"),
    "a doc": (made.compound("WordDocument"), "word-document", "Word document"),
    "an unknown compound file": (made.compound("x", "Nothing"), "unknown-type", "not a workbook"),
    "a mention of a stream": (made.OLE + "?Workbook\0".encode("utf-16-le"), "unknown-type", "not a workbook"),
    "a workbook with macros": (
        made.of_content_type(f"{EXCEL}.sheet.macroEnabled.main+xml"),
        "macros",
        "without macros",
    ),
    "hidden macros": (made.with_part("xl/vbaProject.bin", b"x"), "macros", "without macros"),
    "an xlsb": (made.of_content_type(f"{EXCEL}.sheet.binary.macroEnabled.main"), "binary-workbook", ".xlsb"),
    "a template": (
        made.of_content_type(f"{OFFICE}.spreadsheetml.template.main+xml"),
        "template-file",
        ".xltx",
    ),
    "a docx": (
        made.of_content_type(f"{OFFICE}.wordprocessingml.document.main+xml"),
        "word-document",
        "Word document",
    ),
    "a pptx": (
        made.of_content_type(f"{OFFICE}.presentationml.presentation.main+xml"),
        "presentation",
        "PowerPoint",
    ),
    "an unknown package": (made.of_content_type("application/xml"), "no-workbook", "zip archive"),
    "a zip of anything": (made.zipped({"notes.txt": "hello"}), "no-workbook", "zip archive"),
    "an Apple file": (made.zipped({"Index/Document.iwa": "x"}), "numbers-file", "Export To, Excel"),
    "a protected ods": (made.protected_open_document(), "protected", "password"),
    "an ods packed with a password": (made.wholly_protected_open_document(), "protected", "password"),
    "an odt": (made.open_document("text"), "word-document", "not a spreadsheet"),
    "an empty zip": (made.zipped({}), "damaged", "nothing in it"),
    "a pdf": (b"%PDF-1.7\n", "pdf", "PDF"),
    "a png": (b"\x89PNG\r\n\x1a\n", "image", "picture"),
    "a bitmap": (b"BM\x46\0\0\0\0\0\0\0\x36", "image", "picture"),
    "a webp": (b"RIFF\x24\0\0\0WEBPVP8 ", "image", "picture"),
    "a photo of a telephone": (b"\0\0\0\x18ftypheic\0\0", "image", "picture"),
    "a link to an online workbook": (b'{"url": "https://example.org/sheet", "doc": "x"}', "link", "download it"),
    "a word document with a workbook in it": (made.compound("Workbook", "WordDocument"), "word-document", "Word"),
    "an ods in one piece": (
        b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        "xml-spreadsheet",
        ".fods",
    ),
    "html in two bytes without a mark": ("<table>".encode("utf-16-le"), "web-page", "web page"),
    "an rtf": (b"{\\rtf1 hello}", "word-document", "text document"),
    "a gzip": (b"\x1f\x8b\x08", "archive", "compressed archive"),
    "an mhtml": (b"MIME-Version: 1.0\n", "web-page", "web page"),
    "html": (b"<html><table><tr><td>7</td></tr></table></html>", "web-page", "web page"),
    "html in two bytes": ("<table>".encode("utf-16"), "web-page", "web page"),
    "a table after a mark": (b"\xef\xbb\xbf  <table border=1>", "web-page", "web page"),
    "an xml spreadsheet": (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "xml-spreadsheet",
        "2003",
    ),
    "xml": (b'<?xml version="1.0"?><return/>', "xml", "XML file"),
    "nothing": (b"", "empty", "empty"),
    "nothing but noughts": (b"\0" * 512, "empty", "empty"),
    "noise": (bytes(range(129, 160)), "unknown-type", "neither an Excel workbook nor readable text"),
    "text with noughts": (b"a,b\n\x00,1\n", "unknown-type", "neither an Excel workbook nor readable text"),
    "a letter": (b"Dear commissioner\nhere are our figures\n", "plain-text", "text without columns"),
    "an open quotation": (b'a,b\n"x,1\n', "unreadable-text", "Line 2"),
}

FAULTS = {
    "a zip bomb": (made.zip_bomb(), "too-large", "more than 200 times"),
    "a cut-off file": (made.cut_off(), "damaged", "cut off"),
    "a bad checksum": (made.bad_checksum(), "damaged", "checksum"),
    "two parts of one name": (made.duplicate_parts(), "damaged", "occurs twice"),
    "a name that leads out": (
        made.renamed(made.with_part("xx/worksheets", "x"), "xx/worksheets", "../worksheets"),
        "unsafe-part",
        "outside the file",
    ),
    "an absolute name": (
        made.renamed(made.with_part("xx/a", "x"), "xx/a", "/etc"),
        "unsafe-part",
        "outside the file",
    ),
    "a backslash": (made.renamed(made.with_part("xx/a", "x"), "xx/a", "xx\\a"), "unsafe-part", "outside"),
    "a drive": (made.renamed(made.with_part("xx/a", "x"), "xx/a", "C:/a"), "unsafe-part", "outside"),
    "a line break in a name": (made.renamed(made.with_part("xx/a", "x"), "xx/a", "xx\na"), "unsafe-part", ""),
    "a name that is no text": (
        made.with_part("xx/\u00e9", "x").replace("xx/\u00e9".encode(), b"xx/\xff\xff"),
        "damaged",
        "name of one of its parts",
    ),
    "a packed password": (made.encrypted_entries(), "protected", "password"),
    "unusual packing": (made.unusual_packing(), "unusual-packing", "Excel does not use"),
    "a symbolic link": (made.symbolic_link(), "unsafe-part", "points to another file"),
    "a lying size": (made.lying_size(), "damaged", "cut off"),
    "overlapping parts": (made.overlapping_parts(), "damaged", ""),
    "something after its end": (made.polyglot(), "damaged", "something else follows"),
    "entities": (made.document_type(), "document-type", "document type"),
    "entities in two bytes": (made.document_type("utf-16"), "document-type", "document type"),
    "deep xml": (made.deep_xml(), "damaged", "64 deep"),
    "deep strings": (
        made.with_part("xl/sharedStrings.xml", "<a>" * 70 + "</a>" * 70),
        "damaged",
        "64 deep",
    ),
    "a deep workbook": (made.with_part("xl/workbook.xml", "<a>" * 70 + "</a>" * 70), "damaged", "64 deep"),
    "a tag without an end": (made.endless_tag(), "damaged", "never ends"),
    "xml that breaks off": (made.with_sheet("<worksheet><sheetData>"), "damaged", "breaks off"),
    "an xls with nothing in it": (made.compound("Workbook"), "damaged", "do not fit together"),
    "a very old xls with nothing in it": (made.compound("Book"), "damaged", "do not fit together"),
    "an ods with nothing in it": (made.open_document("spreadsheet"), "damaged", "no sheet"),
    "a missing workbook": (made.zipped({"[Content_Types].xml": "<Types/>"}), "damaged", "is missing"),
}


def refused(content: bytes, filename: str = "return.xlsx") -> Refusal:
    answer = open_here(content, filename)
    assert isinstance(answer, Refusal), answer
    return answer


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_file_of_another_kind_is_named_for_what_it_is(kind):
    content, rule, words = OTHER_KINDS[kind]

    answer = refused(content)

    assert answer.rule == rule
    assert words in answer.message


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_or_hostile_workbook_is_refused_with_a_sentence(fault):
    content, rule, words = FAULTS[fault]

    answer = refused(content)

    assert answer.rule == rule
    assert words in answer.message


@pytest.mark.parametrize("kind", [*OTHER_KINDS, *FAULTS])
def test_every_refusal_says_what_to_do(kind):
    content, _, _ = (OTHER_KINDS | FAULTS)[kind]

    assert "pload" in refused(content).message


def test_a_refusal_mentions_the_name_only_where_the_name_misleads():
    assert "name in .xlsx" in refused(b"%PDF-1.7", "return.XLSX").message
    assert "name in .xlsx" not in refused(b"%PDF-1.7", "return.pdf").message
    assert "name in .xlsx" not in refused(b"", "return.xlsx").message


def test_a_workbook_is_a_workbook_whatever_its_name():
    assert open_here(made.sound(), "holiday.png").format == "xlsx"


def test_letters_that_begin_a_picture_may_begin_a_text():
    assert open_here(b"BMI,2022\nOver 30,7\n", "return.csv").format == "csv"


def test_a_workbook_with_a_document_in_it_is_a_workbook():
    content = (Path(__file__).parent / "files" / "figures.xls").read_bytes()
    held = "\5SummaryInformation\0".encode("utf-16-le")
    assert held in content

    changed = content.replace(held, "WordDocument\0".encode("utf-16-le").ljust(len(held), b"\0"))

    assert open_here(changed, "return.xls").format == "xls"


def test_an_upload_of_more_than_ten_megabytes_is_not_looked_at():
    assert "10 MB" in refused(b"%PDF" + b"x" * limits.UPLOAD).message


@pytest.mark.parametrize("cut", range(0, len(made.sound()), 97))
def test_a_file_cut_off_anywhere_is_refused(cut):
    assert refused(made.sound()[:cut]).message


def test_a_changed_byte_never_raises():
    content = made.sound()

    for place in range(len(content)):
        changed = made.patched(content, place, bytes([content[place] ^ 0xFF]))
        open_here(changed, "return.xlsx")


def test_too_many_parts_are_refused():
    crowded = {f"part{number}": "" for number in range(limits.PARTS + 1)}

    assert "1,001 parts" in refused(made.zipped(crowded)).message


def test_parts_are_counted_as_they_unpack_and_not_as_they_claim(monkeypatch):
    monkeypatch.setattr(limits, "PART", 100)

    assert "when unpacked" in refused(made.sound()).message


def test_all_parts_together_are_bounded(monkeypatch):
    monkeypatch.setattr(limits, "INFLATED", 1_000)

    assert "when unpacked" in refused(made.sound()).message


def test_a_file_that_needs_too_much_memory_is_refused(monkeypatch):
    def no_memory(_: bytes) -> None:
        raise MemoryError

    monkeypatch.setattr("imports.workbook.opening.read_any", no_memory)

    assert refused(made.sound()).rule == "too-large"


def test_parts_may_be_stored_without_packing():
    content = made.zipped(made.parts(made.worksheet(made.row(made.cell("A1", "7")))), method=0)

    assert open_here(content, "return.xlsx").sheets[0].cells[1, 1].shown == "7"
