"""Bytes from outside are opened by a child process; whatever becomes of it, the parent has an answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from imports import child
from imports.workbook import Refusal, open_here, sandbox
from imports.workbook.sandbox import BUSY, UNSAFE, Bounds, open_workbook
from tests.imports import workbooks_hostile as made
from tests.imports.workbooks_hostile import cell, row

GREEDY = "x = []\nwhile True: x.append(bytes(10_000_000))"
ENDLESS = "while True: pass"
SILENT = "import time; time.sleep(600)"
TALKATIVE = "import sys\nwhile True: sys.stdout.write('x' * 65536)"
RUDE = "import os; os.abort()"
DEAF = 'import os; os.close(0); print(\'["refused","deaf","It heard nothing."]\')'
LYING = 'print(\'["workbook","xlsx",[]]\')'
LIMITED = f"import json, sys; sys.path.insert(0, {str(Path(child.__file__).parents[1])!r})\nfrom imports import child\n"


@pytest.fixture
def instead(monkeypatch, tmp_path):
    """Runs another program in the child's place."""

    def use(program: str) -> None:
        path = tmp_path / "child.py"
        path.write_text(program)
        monkeypatch.setattr(sandbox, "CHILD", path)

    return use


def opened(content: bytes = b"", **bounds):
    return open_workbook(content, filename="return.xlsx", bounds=Bounds(**bounds))


def test_a_sound_workbook_comes_back_whole_from_the_child():
    styles = made.styles("h:mm", "0%", "d/m/y")
    kinds = row(
        cell("A1", "0.3125", style=1), cell("B1", "0.8", style=2), cell("C1", "44652", style=3),
        cell("D1", "1", kind="b"), cell("E1", "#REF!", kind="e"), cell("F1", "£", kind="str"),
        cell("G1", "", formula="<f>SUM(A1:B1)</f>"), cell("H1", "8", formula="<f>A1</f>"), cell("XFE1", "1"),
    )  # fmt: skip
    hidden = f'<row r="2" hidden="1">{cell("A2", "1")}{cell("B2", "2")}</row>'
    content = made.workbook(kinds, hidden, styles=styles, after='<mergeCell ref="A2:B2"/>')

    answer = opened(content)

    assert answer == open_here(content, "return.xlsx")
    assert len(answer.sheets[0].cells) == 10
    assert len(answer.problems) == 1


def test_a_csv_comes_back_whole_from_the_child():
    assert opened(b"a,b\n") == open_here(b"a,b\n", "return.xlsx")


def test_a_refusal_comes_back_from_the_child():
    answer = opened(b"%PDF-1.7")

    assert answer == open_here(b"%PDF-1.7", "return.xlsx")
    assert answer.rule == "pdf"


def test_the_largest_upload_is_refused_by_the_child_and_never_in_the_parent():
    assert "10 MB" in opened(b"x" * (10 * 1024 * 1024 + 1)).message


@pytest.mark.parametrize("program", [RUDE, TALKATIVE, LYING, "", "print('{')", "print('x' * 9)"])
def test_a_child_that_dies_or_answers_badly_is_a_refusal(instead, program):
    instead(program)

    assert opened(answer=100_000) == UNSAFE


def test_a_child_that_never_answers_is_ended(instead):
    instead(SILENT)

    assert opened(wall=0.3) == UNSAFE


def test_a_child_that_does_not_listen_is_heard_all_the_same(instead):
    instead(DEAF)

    assert opened(b"x" * 5_000_000) == Refusal("deaf", "It heard nothing.")


@pytest.mark.parametrize("program", [GREEDY, ENDLESS])
def test_a_child_cannot_pass_its_bounds_of_memory_and_time(instead, program):
    instead(f"{LIMITED}child.limit(json.loads(sys.argv[1]))\n{program}")

    assert opened(processor=1, memory=300 * 1024 * 1024) == UNSAFE


def test_a_child_can_write_no_file(instead):
    writing = "import os; os.write(os.open('x', os.O_CREAT | os.O_WRONLY), b'x')"
    instead(f"{LIMITED}child.limit(json.loads(sys.argv[1]))\n{writing}\n{LYING}\nprint('[\"end\"]')")

    assert opened() == UNSAFE


def test_a_child_has_no_environment_and_a_folder_of_its_own(instead, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "secret")
    instead("import os, json; print(json.dumps(['refused', os.getcwd(), ','.join(sorted(os.environ))]))")

    answer = opened()

    assert "DATABASE_URL" not in answer.message
    assert answer.rule != os.getcwd()
    assert not Path(answer.rule).exists()


def test_a_child_ended_by_the_second_reader_has_already_answered(instead):
    instead('import os; print(\'["workbook","xlsx",[]]\\n["end"]\', flush=True); os.abort()')

    assert opened().sheets == ()


def test_a_reading_that_finds_no_place_in_time_is_asked_to_come_again(monkeypatch):
    for _ in range(sandbox.AT_ONCE):
        sandbox._places.acquire()
    try:
        assert opened(patience=0) == BUSY
    finally:
        for _ in range(sandbox.AT_ONCE):
            sandbox._places.release()


def test_a_place_is_free_again_after_a_child_has_died(instead):
    instead(RUDE)

    for _ in range(sandbox.AT_ONCE + 1):
        assert opened(patience=0) == UNSAFE


def test_the_child_also_starts_as_a_module():
    bounds = '{"memory": 805306368, "processor": 15, "files": 32}'
    root = str(Path(child.__file__).parents[1])

    answer = subprocess.run(
        [sys.executable, "-m", "imports.child", bounds], input=b"", capture_output=True, cwd=root, check=True
    )

    assert answer.stdout.startswith(b'["refused","empty"')
