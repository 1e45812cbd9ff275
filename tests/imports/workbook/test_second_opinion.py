"""A second reader's numbers are compared with ours, and its failures change nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import python_calamine

from imports.reading import Severity
from imports.workbook import limits, open_here
from tests.imports import workbooks_hostile as made
from tests.imports.workbooks_hostile import cell, row

FILES = Path(__file__).parent / "files"
CONTENT = made.workbook(row(cell("A1", "7"), cell("B1", "0.80000000000000004"), cell("C1", "text", kind="str")))


class OtherSheet:
    def __init__(self, rows: list[list[object]]) -> None:
        self._rows = rows

    def to_python(self, *, skip_empty_area: bool) -> list[list[object]]:
        assert skip_empty_area is False
        return self._rows


class OtherReader:
    """A second reader that finds these rows on every sheet."""

    def __init__(self, *rows: list[object]) -> None:
        self._rows = list(rows)

    def __call__(self, _: object) -> OtherReader:
        return self

    def get_sheet_by_name(self, _: str) -> OtherSheet:
        return OtherSheet(self._rows)


def problems(monkeypatch, other: object):
    monkeypatch.setattr(python_calamine, "load_workbook", other)
    return open_here(CONTENT, "return.xlsx").problems


def test_two_readers_that_agree_say_nothing():
    assert open_here(CONTENT, "return.xlsx").problems == ()


def test_a_number_read_in_two_ways_is_a_warning_at_its_cell(monkeypatch):
    (problem,) = problems(monkeypatch, OtherReader([8.0, 0.8, "text"]))

    assert (problem.rule, problem.severity) == ("second-opinion", Severity.WARNING)
    assert (problem.sheet, problem.cell) == ("Sheet1", "A1")
    assert "was read as 7, but a second reader found 8.0" in problem.message


@pytest.mark.parametrize("name", ["xls", "ods"])
def test_so_is_one_of_an_older_workbook_and_of_an_open_document(monkeypatch, name):
    monkeypatch.setattr(limits, "SECOND_OPINION_PROBLEMS", 1)
    monkeypatch.setattr(python_calamine, "load_workbook", OtherReader())

    (problem,) = open_here((FILES / f"figures.{name}").read_bytes(), "return").problems

    assert (problem.rule, problem.sheet, problem.cell) == ("second-opinion", "Return", "B3")


@pytest.mark.parametrize("rows", [[], [[]], [["", ""]], [["seven", None]]])
def test_a_number_the_other_reader_does_not_find_is_a_warning(monkeypatch, rows):
    assert [problem.cell for problem in problems(monkeypatch, OtherReader(*rows))] == ["A1", "B1"]


@pytest.mark.parametrize("found", [date(1900, 1, 7), timedelta(days=7), True, 7, 7.0])
def test_dates_and_times_are_a_matter_of_format(monkeypatch, found):
    value = 7 if found is not True else 1
    content = made.workbook(row(cell("A1", str(value))))
    monkeypatch.setattr(python_calamine, "load_workbook", OtherReader([found]))

    assert open_here(content, "return.xlsx").problems == ()


def test_a_flood_of_differences_is_cut_short(monkeypatch):
    content = made.workbook("".join(f"<row><c><v>{number}</v></c></row>" for number in range(1, 99)))
    monkeypatch.setattr(python_calamine, "load_workbook", OtherReader())

    assert len(open_here(content, "return.xlsx").problems) == limits.SECOND_OPINION_PROBLEMS


def failing(error: BaseException):
    def fail(_: object) -> None:
        raise error

    return fail


PanicException = type("PanicException", (BaseException,), {})


@pytest.mark.parametrize("error", [python_calamine.CalamineError("bad"), PanicException("index out of bounds")])
def test_a_second_reader_that_fails_does_not_lose_the_reading(monkeypatch, error):
    monkeypatch.setattr(python_calamine, "load_workbook", failing(error))

    assert open_here(CONTENT, "return.xlsx").sheets[0].cells[1, 1].value == Decimal(7)


def test_being_interrupted_is_no_failure_of_the_second_reader(monkeypatch):
    monkeypatch.setattr(python_calamine, "load_workbook", failing(KeyboardInterrupt()))

    with pytest.raises(KeyboardInterrupt):
        open_here(CONTENT, "return.xlsx")


def test_a_sheet_too_wide_to_lay_out_gets_no_second_opinion(monkeypatch):
    monkeypatch.setattr(python_calamine, "load_workbook", failing(AssertionError("must not be asked")))

    assert open_here(made.far_cell(), "return.xlsx").problems == ()
