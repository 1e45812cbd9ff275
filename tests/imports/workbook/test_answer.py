"""The parent believes nothing a child says that is not of the agreed shape."""

from __future__ import annotations

import json

import pytest

from imports.reading import Cell, Kind, Problem, Severity, Sheet, Workbook
from imports.workbook.answer import BadAnswer, decode, encode, encode_opinion

HEAD = '["workbook","xlsx",[]]'
SHEET = '["sheet","Hub",false,[],["General"]]'
END = '["end"]'
NUMBER = {"row": 1, "column": 1, "kind": 1, "shown": "7", "place": 0, "flags": 0}


def decoded(*lines: str) -> object:
    return decode(line.encode() for line in lines)


def with_cell(*, formula: object = None, digits: object = None, **changes: object) -> object:
    columns = [[value] for value in (NUMBER | changes).values()]
    few = [{} if value is None else {"0": value} for value in (formula, digits)]
    return decoded(HEAD, SHEET, json.dumps(["cells", *columns, *few]), END)


def test_an_answer_survives_the_journey():
    cells = {(row, 1): Cell(row, 1, Kind.TEXT, str(row), str(row)) for row in range(1, 2_500)}
    problem = Problem("rule", Severity.WARNING, "Look.", "Hub", "A1")
    sent = Workbook("xlsx", (Sheet("Hub", cells, True, ((1, 1, 1, 2),)), Sheet("None", {})))

    received = decode([*encode(sent), encode_opinion([problem])])

    assert received == Workbook(sent.format, sent.sheets, (problem,))


def test_a_sound_cell_is_believed():
    assert with_cell().sheets[0].cells[1, 1].value == 7


@pytest.mark.parametrize(
    "changes",
    [
        {"row": 0}, {"row": "1"}, {"row": True}, {"row": 1.0}, {"column": 16_385}, {"column": None},
        {"kind": 99}, {"kind": "number"}, {"shown": 7}, {"shown": None}, {"shown": "NaN"}, {"shown": "1e999"},
        {"place": 9}, {"place": "General"}, {"flags": None}, {"formula": 7}, {"digits": 7}, {"digits": "x"},
        {"kind": -1}, {"place": -1}, {"kind": 3, "shown": "tomorrow"}, {"more": 1},
    ],
)  # fmt: skip
def test_a_cell_of_another_shape_is_not_believed(changes):
    with pytest.raises(BadAnswer):
        with_cell(**changes)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [HEAD],
        [HEAD, SHEET],
        ["{"],
        ["7"],
        ["[]"],
        ['["hello"]'],
        ['["refused"]'],
        ['["refused",1,2]'],
        ['["workbook"]'],
        ['["workbook",7,[]]', END],
        ['["workbook","xlsx",7]', END],
        ['["workbook","xlsx",[["rule","fatal","Look.",null,null]]]', END],
        [HEAD, '["cells",[]]', END],
        [HEAD, SHEET, '["cells",[1,2],[1],[1],["7"],[0],[0],{},{}]', END],
        [HEAD, SHEET, '["cells",[1],[1],[1],["7"],[0],[0],{"1":"A1"},{}]', END],
        [HEAD, SHEET, '["cells",[1],[1],[1],["7"],[0],[0],[],{}]', END],
        [HEAD, SHEET, '["cells",[],[],[],[],[],[],{},{}]', END],
        [HEAD, '["sheet",7,false,[],[]]', END],
        [HEAD, '["sheet","Hub",false,[[1,1,1]],[]]', END],
        [HEAD, '["sheet","Hub",false,[[1,1,1,"x"]],[]]', END],
        [HEAD, SHEET, '["hello"]', END],
        [HEAD, END, '["hello"]'],
        [HEAD, END, "7"],
        ["[" * 100_000],
    ],
)
def test_an_answer_of_another_shape_is_not_believed(lines):
    with pytest.raises(BadAnswer):
        decoded(*lines)


def test_an_opinion_broken_off_is_no_opinion():
    assert decoded(HEAD, END, '["opinion",[["rul').problems == ()
