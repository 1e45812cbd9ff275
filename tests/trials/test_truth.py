"""The measures themselves: what counts as found, as wrong, and as wrong in silence."""

from __future__ import annotations

import pytest

from imports.sheets import Spot
from tests.trials.truth import Fact, names_cell, names_line, same_value, score

HERE = Spot("Hub", "B7")
FACTS = {HERE: Fact("HUB-01", "2022-Q1", 2398, label="Referrals received / Q1")}


def told(**changed):
    """An observation as printed, right but for what is changed."""
    return {
        "sheet": "Hub",
        "cell": "B7",
        "label": "Referrals received*",
        "heading": ["Quarter 1", "Q1"],
        "indicator": "HUB-01",
        "part": "value",
        "category": None,
        "period": "2022-Q1",
        "period_start": "2022-04-01",
        "period_end": "2022-06-30",
        "basis": "period",
        "value": 2398,
        "status": "reported",
        "shown": "2398",
        "confidence": 1,
    } | changed


def problem(cell, sheet="Hub"):
    return {"sheet": sheet, "cell": cell, "rule": "any", "severity": "warning", "message": ""}


def judged(*observations, problems=(), **how):
    return score(FACTS, {"observations": observations, "problems": problems}, **how)


def test_a_right_figure_is_right_in_everything():
    assert set(judged(told()).shares.values()) == {1.0}
    assert judged(told()).silent == ()


def test_a_figure_under_another_name_is_not_labelled():
    assert judged(told(label="Quarterly")).shares["label"] == 0


def test_a_figure_that_was_not_read_is_missed():
    assert judged().shares["recall"] == 0
    assert judged().missed == ("Hub!B7",)


@pytest.mark.parametrize(
    "changed",
    [
        {"indicator": "HUB-02"},
        {"part": "numerator"},
        {"category": "Self"},
        {"value": 2399},
        {"value": 0},
        {"period": "2022-Q2", "period_end": "2022-09-30"},
        {"basis": "ytd"},
        {"cell": "H7"},
    ],
)
def test_what_is_wrong_without_a_word_is_silent(changed):
    assert judged(told(**changed)).silent


@pytest.mark.parametrize(
    "changed", [{"indicator": "HUB-02", "confidence": 0.89}, {"indicator": None}, {"period": None}]
)
def test_what_somebody_is_asked_about_is_not_silent(changed):
    assert judged(told(**changed)).silent == ()


def test_a_problem_that_names_the_cell_breaks_the_silence_about_its_value():
    assert judged(told(value=1), problems=[problem("B7")]).silent == ()
    assert judged(told(value=1), problems=[problem("B8")]).silent
    assert judged(told(indicator="HUB-02"), problems=[problem("B7")]).silent


def test_a_cell_read_twice_is_one_too_many():
    assert judged(told(), told()).extra == 1


def test_an_empty_cell_that_is_said_to_be_missing_is_not_one_too_many():
    assert judged(told(), told(cell="C7", value=None, status="missing", indicator=None)).extra == 0


def test_a_problem_names_cells_in_lists_and_ranges():
    assert names_cell(problem("A1, B7"), HERE)
    assert not names_cell(problem("B7", sheet="Refuge"), HERE)
    assert not names_cell(problem("AB7"), HERE)


@pytest.mark.parametrize(("cell", "is_named"), [("B1", True), ("F7", True), (None, True), ("C8", False)])
def test_a_problem_of_the_row_the_column_or_the_sheet_names_the_line(cell, is_named):
    assert names_line(problem(cell), HERE) is is_named


def test_missing_is_not_nought():
    assert not same_value(0, None)
    assert same_value(79.3577982, 79.357798)
