"""A workbook given back by way of another process, mended and sent again: it passes, and nothing doubles."""

from __future__ import annotations

import io
import json
import resource
from collections.abc import Mapping
from pathlib import Path
from threading import BoundedSemaphore
from types import SimpleNamespace

import pytest
from openpyxl import Workbook as Book

from imports import template_layout as layout
from imports.marked import child, giving
from imports.marked.giving import NOT_GIVEN, give_back
from imports.marked.ours import MARK, SAID
from imports.marked.plan import GIVEN, REFUSED, Plan
from imports.read import read
from imports.reading import Reading
from imports.series import Reason
from imports.workbook import open_here, sandbox
from imports.workbook.refusal import Refusal
from imports.workbook.sandbox import BUSY, Bounds
from tests.imports import workbooks_hostile as raw
from tests.imports.marked.makers import book, comments_in, highlighted_in, parts_of, rich
from tests.imports.vocabulary import VOCABULARY, expected
from tests.imports.workbooks import changed, good_return, saved

SEEDED: Mapping[str, object] = {"F7": "about four thousand", "F5": -3, "G8": 4700, "F9": None}
MENDED: Mapping[str, object] = {"F7": 4402, "F5": 2512, "G8": 4402, "F9": 903}


def typed(content: bytes, cells: Mapping[str, object], sheet: str = layout.KPIS) -> bytes:
    def change(made) -> None:
        for cell, value in cells.items():
            made[sheet][cell].value = value

    return changed(content, change)


def reading_of(content: bytes, due=None) -> Reading:
    return read(content, filename="return.xlsx", vocabulary=VOCABULARY, expected=due)


def given(content: bytes, due=None, filename: str = "return.xlsx", **bounds) -> bytes:
    reading = reading_of(content, due)
    back = give_back(content, reading.problems, workbook=reading.workbook, filename=filename, **bounds)
    assert isinstance(back, bytes), back
    return back


def cells_with_points(reading: Reading) -> set[tuple[str | None, str | None]]:
    return {(found.sheet, found.cell) for found in reading.problems if found.cell}


def test_a_return_workbook_with_defects_is_marked_at_each_and_passes_once_mended():
    content = typed(good_return(), SEEDED)
    reading = reading_of(content, expected())

    back = given(content, expected())

    assert cells_with_points(reading) >= {(layout.KPIS, cell) for cell in SEEDED}
    assert highlighted_in(back) == set(comments_in(back)) == cells_with_points(reading)
    after = reading_of(back, expected())
    assert (after.problems, after.observations) == (reading.problems, reading.observations)
    mended = reading_of(typed(back, MENDED), expected())
    assert mended.problems == reading_of(good_return(), expected()).problems
    assert not mended.blocked


def test_a_providers_own_sheet_is_marked_and_passes_once_mended():
    back = given(rich())

    assert highlighted_in(back) == {("Data", "E2"), ("Data", "E4")}
    mended = reading_of(typed(back, {"E2": 12, "E4": 3}, "Data"))
    assert [seen.value for seen in mended.observations] == [12, 4402, 3]
    assert not mended.blocked


def test_given_back_again_without_a_change_it_is_the_same_to_the_byte():
    content = typed(good_return(), SEEDED)
    once = given(content, expected())

    assert given(once, expected()) == once


def test_given_back_again_half_mended_only_what_is_left_is_marked():
    once = given(typed(good_return(), SEEDED), expected())
    half = typed(once, dict(list(MENDED.items())[:2]))

    twice = given(half, expected())

    assert highlighted_in(twice) == set(comments_in(twice)) == cells_with_points(reading_of(half, expected()))
    assert all(text.count(SAID) == 1 for text in comments_in(twice).values())
    assert book(twice).sheetnames == book(once).sheetnames
    before = book(good_return())[layout.KPIS]["F7"].fill
    assert repr(book(twice)[layout.KPIS]["F7"].fill.fgColor.rgb) == repr(before.fgColor.rgb)


def test_a_file_of_another_kind_comes_back_as_a_copy_that_says_so():
    content = b"Service,Measure,Breakdown,Period,Value,Comment\nHub,HUB-01,All,Q2 2022-23,twelve,=1+1\n"

    back = given(content, filename="ours.csv")

    first = book(back).worksheets[-1]["A1"].value
    assert first.startswith(f"{MARK} This workbook is a converted copy of ours.csv. ")
    assert "charts and formulas are not carried over" in first
    assert highlighted_in(back) == {("Sheet1", "E2")}
    assert book(back).worksheets[-1]["C5"].hyperlink.location == "'Sheet1'!E2"
    assert book(back)["Sheet1"]["F2"].data_type == "s"
    assert not reading_of(typed(back, {"E2": 12}, "Sheet1")).blocked


def test_nothing_that_was_typed_becomes_a_formula():
    formula = '=HYPERLINK("https://example.org",A1)'

    sheet = book(given(typed(good_return(), {"F7": formula}), expected())).worksheets[-1]

    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert sheet["D5"].value == formula


def answered(program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> bytes | Refusal:
    """What is given back where another program runs in the child's place."""
    path = tmp_path / "child.py"
    path.write_text(program)
    monkeypatch.setattr(giving, "CHILD", path)
    workbook = open_here(raw.sound(), "x.xlsx")
    return give_back(raw.sound(), (), workbook=workbook, filename="x.xlsx", bounds=Bounds(answer=100, wall=5))


@pytest.mark.parametrize(
    ("program", "answer"),
    [
        ("", NOT_GIVEN),
        ("print('nonsense')", NOT_GIVEN),
        ("print('refused\\nnonsense')", NOT_GIVEN),
        ("print('refused\\n[\"a\"]')", NOT_GIVEN),
        ('print(\'refused\\n["damaged", "It broke."]\')', Refusal("damaged", "It broke.")),
        ("print('given\\n' + 'x' * 200)", NOT_GIVEN),
    ],
)
def test_whatever_becomes_of_the_other_process_there_is_an_answer(program, answer, monkeypatch, tmp_path):
    assert answered(program, monkeypatch, tmp_path) == answer


def test_when_others_are_served_it_is_asked_for_again(monkeypatch):
    monkeypatch.setattr(sandbox, "_places", BoundedSemaphore(1))
    sandbox._places.acquire()
    workbook = open_here(raw.sound(), "x.xlsx")

    answer = give_back(raw.sound(), (), workbook=workbook, filename="x.xlsx", bounds=Bounds(patience=0.01))

    assert answer == BUSY


def plan(**more) -> Plan:
    return Plan("x", (), {}, **more)


def test_the_process_bounds_itself_before_it_looks_at_anything(monkeypatch):
    bounds: dict[int, object] = {}
    out = io.BytesIO()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (0, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", bounds.__setitem__)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(plan().told() + raw.sound())))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=out))

    child.main([json.dumps({"memory": 5, "processor": 6, "files": 7})])

    assert bounds[resource.RLIMIT_AS] == (5, 5)
    assert "Points to mend" in book(out.getvalue().removeprefix(GIVEN)).sheetnames


def test_a_file_that_can_not_be_read_is_refused_with_its_reason():
    assert child.answer(b"%PDF", plan(copied=True)).startswith(REFUSED + b'["pdf", ')
    assert child.answer(b"PK\3\4", plan()).startswith(REFUSED + b'["damaged", ')


def test_points_of_a_copy_are_told_of_its_sheets():
    answer = child.answer(b"a,b\n1,2\n", Plan("x.csv", (), {"": {"B2": "Why?"}}, copied=True, ours="nobody"))

    assert set(comments_in(answer.removeprefix(GIVEN))) == {("Sheet1", "B2")}


def test_a_large_workbook_is_given_back_within_the_bounds():
    rows = "".join(
        f'<row r="{number}">{"".join(f"<c><v>{number}</v></c>" for _ in range(30))}</row>' for number in range(1, 5_001)
    )
    content = raw.workbook(rows)
    workbook = open_here(content, "x.xlsx")

    back = give_back(content, (), workbook=workbook, filename="x.xlsx")

    assert isinstance(back, bytes)
    assert parts_of(back)[raw.FIRST_SHEET] == parts_of(content)[raw.FIRST_SHEET]


LAYOUT = {
    **{"A1": "Quarterly figures for the hub", "A3": "Measure", "B3": "Q2 2022-23", "A4": "HUB-01 Referrals received"},
    **{"B4": -12, "A5": "HUB-09 Helpline calls answered", "B5": 4402, "A6": "Head count", "B6": 7},
}


def own_layout() -> bytes:
    made = Book()
    made.active.title = "Our figures"
    for address, value in LAYOUT.items():
        made.active[address] = value
    return saved(made)


def test_a_workbook_in_a_layout_of_the_providers_own_is_read_as_before_and_passes_once_mended():
    content = own_layout()
    before = reading_of(content)

    back = given(content)

    after = reading_of(back)
    assert before.layout == "tables"
    assert (after.observations, after.series, after.tables) == (before.observations, before.series, before.tables)
    assert after.problems == before.problems
    assert highlighted_in(back) == cells_with_points(before) != set()
    mended = reading_of(typed(back, {"B4": 12}, "Our figures"))
    assert not mended.blocked


def test_numbers_on_the_added_sheet_are_part_of_our_own_sheet():
    content = own_layout()

    back = typed(given(content), {"A30": 5}, "Points to mend")

    reading = reading_of(back)
    ours = [(aside.place.cell, aside.reason) for aside in reading.asides if aside.place.sheet == "Points to mend"]
    assert ("A30", Reason.TEMPLATE) in ours
    assert {reason for _, reason in ours} == {Reason.TEMPLATE}
    assert reading.problems == reading_of(content).problems


def test_a_number_typed_on_the_added_sheet_of_a_return_is_not_asked_about():
    back = given(typed(good_return(), SEEDED), expected())

    noted = reading_of(typed(back, {"H20": 5}, "Points to mend"), expected())

    assert noted.problems == reading_of(back, expected()).problems
