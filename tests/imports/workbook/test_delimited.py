"""Text in columns: any usual encoding and delimiter, every field as typed, nothing interpreted."""

from __future__ import annotations

import pytest

from imports.reading import Kind, Workbook
from imports.workbook import Refusal, limits, open_here


def cells(content: bytes) -> dict[str, str]:
    """What stands where."""
    answer = open_here(content, "return.csv")
    assert isinstance(answer, Workbook), answer
    (sheet,) = answer.sheets
    assert sheet.name is None
    assert {cell.kind for cell in sheet.cells.values()} <= {Kind.TEXT}
    return {cell.address: cell.shown for cell in sheet.cells.values()}


def message(content: bytes) -> str:
    answer = open_here(content, "return.csv")
    assert isinstance(answer, Refusal)
    return answer.message


TEXT = "Service,£,Value\nRefuge,5,8\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding):
    assert cells(TEXT.encode(encoding))["B1"] == "£"


def test_big_endian_text_is_read():
    assert cells(b"\xfe\xff" + TEXT.encode("utf-16-be"))["B1"] == "£"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_in_two_bytes_a_character_needs_no_mark(encoding):
    assert cells(TEXT.encode(encoding))["B1"] == "£"


def test_text_that_breaks_its_own_encoding_is_refused():
    assert "readable text" in message(b"\xff\xfea")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_found(delimiter):
    assert cells(TEXT.replace(",", delimiter).encode())["C2"] == "8"


def test_decimal_commas_do_not_make_columns():
    assert cells(b"a;1,5;x\nb;2,5;x\nc;3;x\n")["B2"] == "2,5"


def test_the_delimiter_a_file_states_is_believed_and_not_counted_as_a_row():
    assert cells(b"sep=;\r\na,b;c\r\n") == {"A1": "a,b", "B1": "c"}


def test_quoted_line_breaks_stay_in_one_row_and_blank_lines_count():
    assert cells(b'a,"b\nc"\n\n,d\n') == {"A1": "a", "B1": "b\nc", "B3": "d"}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(ending):
    content = f"a,b{ending}c,d{ending}".encode()

    assert cells(content) == {"A1": "a", "B1": "b", "A2": "c", "B2": "d"}


def test_formulas_stay_text():
    assert cells(b"a,=1+1\n")["B1"] == "=1+1"


@pytest.mark.parametrize(
    ("limit", "most", "words"),
    [
        ("COLUMNS", 2, "columns"),
        ("ROWS", 1, "too far down"),
        ("CELLS", 5, "cells that are not empty"),
        ("TEXT", 3, "characters"),
        ("LINE", 3, "longer than"),
    ],
)
def test_every_limit_of_a_text_is_kept(monkeypatch, limit, most, words):
    monkeypatch.setattr(limits, limit, most)

    assert words in message(TEXT.encode())


def test_a_field_without_end_is_refused():
    assert "quotation marks" in message(b'a,b\n"' + b"x\n" * 100_000)
