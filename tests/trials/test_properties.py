"""For any workbook: the same bytes give the same reading, and every number is accounted for exactly once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from imports.reading import Kind, Reading
from imports.sheets import Spot
from imports.template import fill_template, make_template
from tests.imports.test_template import ENTRIES
from tests.imports.vocabulary import VOCABULARY, expected
from tests.trials.asking import as_it_is, asked
from tests.trials.layouts import trials
from tests.trials.sheets import Grid, Trial
from tests.trials.test_returns import TRIALS

EXAMPLES = 25
LAYOUTS = {trial.name: trial for trial in trials()}
CODE = """
import sys
from tests.trials.asking import as_it_is, asked
from tests.trials.test_properties import whole
for reading in whole():
    sys.stdout.write(repr(reading))
"""


def whole() -> list[Reading]:
    """Every fourth layout, and every return."""
    return [as_it_is(trial) for trial in (*list(LAYOUTS.values())[::4], *TRIALS.values())]


def unaccounted(reading: Reading) -> dict[Spot, int]:
    """The cells with a number that are not told of exactly once, and how often they are."""
    assert reading.workbook is not None
    told = Counter((seen.sheet, seen.cell) for seen in reading.observations)
    told.update((aside.place.sheet, aside.place.cell) for aside in reading.asides)
    numbers = [
        Spot(sheet.name, cell.address)
        for sheet in reading.workbook.sheets
        for cell in sheet.cells.values()
        if cell.kind is Kind.NUMBER
    ]
    return {place: told[place] for place in numbers if told[place] != 1}


WORDS = st.sampled_from(
    ["Q1", "Q2 2022/23", "Apr-22", "2022/23", "Total", "Referrals received", "Target", "RAG", "%", "YTD", "n/a", "<5"]
    + ["Adults", "Children", "Notes: 3 staff", "*", "Numerator", "Denominator", "Open at start", "12", "1,204 ", "Code"]
)
NUMBERS = st.one_of(st.integers(-5, 3000), st.sampled_from([0.8, 12.5, 2022, 1e9]))
VALUES = st.one_of(WORDS, NUMBERS, NUMBERS, st.just(date(2022, 4, 1)))
CELLS = st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 8)), VALUES, min_size=1, max_size=60)
SHEETS = st.lists(CELLS, min_size=1, max_size=3)


def workbook_of(sheets: list[dict]) -> Trial:
    grids = []
    for number, cells in enumerate(sheets, 1):
        grid = Grid(f"Sheet {number}")
        for (row, column), value in cells.items():
            grid.put(row, column, value)
        grids.append(grid)
    return Trial("any", "any.xlsx", grids)


few = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # a grid found is small enough; shrinking it takes minutes
)


@few
@given(SHEETS)
def test_any_grid_is_accounted_for(sheets):
    assert unaccounted(asked(workbook_of(sheets))) == {}


@few
@given(SHEETS)
def test_any_grid_is_read_the_same_twice(sheets):
    trial = workbook_of(sheets)

    assert asked(trial) == asked(trial)


def test_a_workbook_of_several_sheets_is_read_the_same_however_often():
    trial = TRIALS["idas-2022-Q1-months-by-service.xlsx"]

    assert {repr(asked(trial)) for _ in range(8)} == {repr(asked(trial))}


@pytest.mark.parametrize("name", [*LAYOUTS, *TRIALS])
def test_every_layout_is_accounted_for(name):
    assert unaccounted(as_it_is({**LAYOUTS, **TRIALS}[name])) == {}


def test_the_return_workbook_is_accounted_for():
    filled = fill_template(make_template(expected(), VOCABULARY), ENTRIES)
    reading = asked(_File(filled))

    assert reading.layout == "template"
    assert unaccounted(reading) == {}


class _File(Trial):
    def __init__(self, content: bytes) -> None:
        super().__init__("return", "return.xlsx", [])
        self.bytes = content

    @property
    def content(self) -> bytes:
        return self.bytes


def test_another_process_with_other_hashes_reads_the_same():
    here = "".join(repr(reading) for reading in whole())
    said = subprocess.run(
        [sys.executable, "-c", CODE],
        env={**os.environ, "PYTHONHASHSEED": "4242"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == here
