"""What Excel's older format can hold that its newer ones hold otherwise, and what breaks it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
import xlrd

from imports.reading import Cell, Kind, Severity, Workbook
from imports.workbook import Refusal, limits, open_here, open_workbook, values_only
from imports.workbook.opening import read_first
from imports.workbook.refusal import Refused
from tests.imports.workbook import old_workbooks as made
from tests.imports.workbook.old_workbooks import formula, label, number

FIGURES = (Path(__file__).parent / "files" / "figures.xls").read_bytes()
SEVEN = bytes.fromhex("1e0700")
EMPTY_TEXT = b"\x03\0\0\0\0\0\xff\xff"
OTT = Path(__file__).parents[4] / "shared" / "real" / "ott.xls"


def opened(content: bytes) -> Workbook:
    answer = open_here(content, "return.xls")
    assert isinstance(answer, Workbook), answer
    return answer


def cells(*records: bytes) -> dict[str, Cell]:
    (sheet,) = opened(made.workbook(b"".join(records))).sheets
    return {cell.address: cell for cell in sheet.cells.values()}


def refused(content: bytes) -> Refusal:
    answer = open_here(content, "return.xls")
    assert isinstance(answer, Refusal), answer
    return answer


def test_a_workbook_without_streams_is_read():
    found = cells(number(0, 0, 7), label(1, 0, "Referrals"))

    assert {address: (cell.kind, cell.shown) for address, cell in found.items()} == {
        "A1": (Kind.NUMBER, "7"),
        "A2": (Kind.TEXT, "Referrals"),
    }


@pytest.mark.parametrize("result", [bytes(8), EMPTY_TEXT])
def test_a_formula_that_waits_for_the_file_to_be_opened_was_never_calculated(result):
    found = cells(formula(0, 0, SEVEN, result=result, flags=2))["A1"]

    assert (found.kind, found.value, found.shown, found.formula) == (Kind.UNCALCULATED, None, "=7", "7")


@pytest.mark.parametrize(
    ("tokens", "result", "flags"),
    [(SEVEN, struct.pack("<d", 7), 2), (SEVEN, bytes(8), 0), (b"\x19\x01\0\0" + SEVEN, bytes(8), 2)],
)
def test_other_formulas_have_the_result_they_show(tokens, result, flags):
    found = cells(formula(0, 0, tokens, result=result, flags=flags))["A1"]

    assert (found.kind, found.value) == (Kind.NUMBER, struct.unpack("<d", result)[0])


def test_a_formula_written_once_for_several_cells_is_told_of_each():
    above = made.SUM_OF_TWO_CELLS_ABOVE
    written = made.written_at(2, 0)

    found = cells(formula(2, 0, written), made.shared(2, 3, 0, above), formula(3, 0, written))

    assert {address: cell.formula for address, cell in found.items()} == {"A3": "SUM(A1:A2)", "A4": "SUM(A2:A3)"}


@pytest.mark.parametrize("tokens", [b"", b"\x01", b"\xff\xff", made.written_at(9, 9), b"\x03"])
def test_a_formula_that_has_no_words_is_still_a_formula(tokens):
    found = cells(formula(0, 0, tokens, result=struct.pack("<d", 7)))["A1"]

    assert (found.value, found.formula) == (7, "")


def test_only_so_many_formulas_are_put_into_words(monkeypatch):
    monkeypatch.setattr(limits, "FORMULAS_IN_WORDS", 1)

    found = cells(formula(0, 0, SEVEN), formula(1, 0, SEVEN))

    assert [cell.formula for cell in found.values()] == ["7", ""]


def test_versions_that_store_formulas_otherwise_are_read_without_them(monkeypatch):
    monkeypatch.setattr("imports.workbook.xls_formulas.OLDEST", 90)

    assert cells(formula(0, 0, SEVEN, result=struct.pack("<d", 7)))["A1"].formula is None


def test_rows_without_height_and_rows_hidden_by_default_are_hidden():
    flat = made.record(0x0208, struct.pack("<HHHHHHL", 0, 0, 9, 0, 0, 0, 0))
    all_hidden = made.record(0x0225, struct.pack("<HH", 2, 255))

    assert cells(flat, number(0, 0, 7))["A1"].hidden
    assert cells(all_hidden, number(0, 0, 7))["A1"].hidden
    assert not cells(number(0, 0, 7))["A1"].hidden


def test_values_under_a_merge_are_kept_and_marked():
    found = cells(number(0, 0, 7), number(0, 1, 8), made.merges((0, 0, 0, 1)))

    assert [cell.under_merge for cell in found.values()] == [False, True]


def test_a_password_is_named():
    locked = made.record(0x002F, bytes(6))

    assert refused(made.workbook(number(0, 0, 7), before=locked)).rule == "protected"


@pytest.mark.parametrize(
    ("limit", "most", "words"),
    [
        ("SHEETS", 1, "sheets"),
        ("CELLS", 1, "cells that are not empty"),
        ("TEXT", 3, "characters"),
        ("MERGES", 1, "merged areas"),
    ],
)
def test_every_limit_of_an_older_workbook_is_kept(monkeypatch, limit, most, words):
    monkeypatch.setattr(limits, limit, most)
    sheet = made.merges((0, 0, 0, 1), (1, 1, 0, 1))
    sheet += b"" if limit == "MERGES" else label(0, 0, "long") if limit == "TEXT" else number(0, 0, 7) + number(1, 0, 8)

    assert words in refused(made.workbook(sheet, sheet)).message


def test_a_cell_at_each_end_of_the_sheet_costs_nothing():
    assert cells(number(0, 0, 7), number(65_535, 255, 8)).keys() == {"A1", "IV65536"}


STRING_TABLE, BLANKS, LABEL_OF_TABLE = 0x00FC, 0x00BE, 0x00FD
HOSTILE = {
    "a table that claims four thousand million texts": made.workbook(
        number(0, 0, 7), before=made.record(STRING_TABLE, struct.pack("<LL", 0xFFFFFFFF, 0xFFFFFFFF))
    ),
    "a text that its table does not have": made.workbook(
        made.record(LABEL_OF_TABLE, struct.pack("<HHHL", 0, 0, 0, 0xFFFFFFFF))
    ),
    "a million blanks": made.workbook(made.record(BLANKS, struct.pack("<HH", 0, 0) + bytes(8_000)) * 1_000),
    "one sheet listed a hundred times": made.same_sheet_again_and_again(100),
    "one sheet listed a thousand times": made.same_sheet_again_and_again(1_000),
    "a formula of brackets in brackets": made.workbook(formula(0, 0, SEVEN + b"\x15" * 5_000)),
    "a record that is longer than the file": made.workbook(number(0, 0, 7))[:-12] + b"\x03\x02\xff\xff",
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_a_hostile_older_workbook_costs_an_answer(fault):
    assert open_workbook(HOSTILE[fault], filename="return.xls")


def stumbling(error: BaseException):
    def stumble(**_: object) -> None:
        raise error

    return stumble


@pytest.fixture
def values(monkeypatch):
    """What is read where xlrd cannot open the file."""
    monkeypatch.setattr(xlrd, "open_workbook", stumbling(AssertionError()))
    return lambda: open_here(FIGURES, "figures.xls")


def test_what_xlrd_cannot_read_has_values_and_a_warning_of_what_is_lost(values):
    workbook = values()

    found = {cell.address: (cell.kind, cell.shown) for cell in workbook.sheets[0].cells.values()}
    assert (found["B3"], found["B4"], found["B13"]) == (
        (Kind.NUMBER, "1234"),
        (Kind.NUMBER, "0.8"),
        (Kind.TEXT, "90"),
    )
    assert (found["B6"], found["C6"]) == ((Kind.DATE, "2022-04-30"), (Kind.DATE, "2022-04-30 09:30"))
    assert (found["B7"], found["B8"]) == ((Kind.NUMBER, "07:30"), (Kind.BOOLEAN, "TRUE"))
    assert [sheet.hidden for sheet in workbook.sheets] == [False, False, True]
    assert workbook.sheets[0].merges == ((1, 1, 1, 3),)
    (lost,) = workbook.problems
    assert (lost.rule, lost.severity) == ("values-only", Severity.WARNING)


@pytest.mark.parametrize(
    ("limit", "most", "words"),
    [
        ("SHEETS", 1, "sheets"),
        ("CELLS", 1, "cells that are not empty"),
        ("MERGES", 0, "merged areas"),
        ("SECOND_OPINION_AREA", 1, "too far right"),
    ],
)
def test_so_are_the_limits_of_values_alone(monkeypatch, values, limit, most, words):
    monkeypatch.setattr(limits, limit, most)

    assert words in values().message


PanicException = type("PanicException", (BaseException,), {})


@pytest.mark.parametrize("error", [PanicException(), values_only.python_calamine.CalamineError()])
def test_a_file_that_no_reader_can_open_is_damaged(monkeypatch, values, error):
    monkeypatch.setattr(values_only.python_calamine, "load_workbook", lambda _: stumbling(error)())

    assert values().rule == "damaged"


def test_being_interrupted_is_no_damage(monkeypatch, values):
    monkeypatch.setattr(values_only.python_calamine, "load_workbook", lambda _: stumbling(KeyboardInterrupt())())

    with pytest.raises(KeyboardInterrupt):
        values()


@pytest.fixture
def by_ourselves(monkeypatch):
    """Reads without the second reader, which a spoilt file may bring down together with the process it is in."""

    def damaged(_: bytes) -> None:
        raise Refused("damaged", "")

    monkeypatch.setattr("imports.workbook.xls.read_values_only", damaged)
    return read_first


@pytest.mark.parametrize("cut", range(0, len(FIGURES), 509))
def test_an_older_workbook_cut_off_anywhere_is_an_answer(by_ourselves, cut):
    assert by_ourselves(FIGURES[:cut])


def test_a_changed_byte_in_an_older_workbook_is_an_answer(by_ourselves):
    for place in range(0, len(FIGURES), 11):
        assert by_ourselves(FIGURES[:place] + bytes([FIGURES[place] ^ 0xFF]) + FIGURES[place + 1 :])


@pytest.mark.shared
@pytest.mark.skipif(not OTT.exists(), reason="the reference folder is not beside the checkout")
def test_raised_marks_of_a_published_workbook_are_no_digits():
    months = {cell.shown for cell in opened(OTT.read_bytes()).sheets[1].cells.values() if cell.column == 2}

    assert {"Jan†", "Apr¹", "June¹"} <= months
