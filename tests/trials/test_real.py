"""Published workbooks that are nobody's return: values, periods and what must not become a figure."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import pytest

from imports.read import read, to_json
from imports.series import NOTHING_KNOWN, Profile
from tests.trials.asking import catalogue
from tests.trials.truth import ACCEPTED, same_value

REAL = Path(__file__).parents[3] / "shared" / "real"
TRUTHS = sorted(REAL.glob("*.truth.json"))
# What a sheet works out from its own figures may be read or be put aside.
WORKED_OUT = ("derived", "summary", "baseline")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not TRUTHS, reason="the reference folder is not beside the checkout"),
]


class Judged(NamedTuple):
    f1: float
    dated: float  # the share of figures with a stated period that were given it
    taken: list[str]  # decoys that were read as figures
    filled: list[str]  # missing values that became numbers
    matched: list[str]  # cells accepted as an indicator, of which there is none


@cache
def printed(workbook: str, quarters: str) -> dict[str, Any]:
    profile = Profile(quarters=quarters) if quarters else NOTHING_KNOWN
    content = (REAL / workbook).read_bytes()
    return to_json(read(content, filename=workbook, vocabulary=catalogue(), profile=profile))


@cache
def judged(path: Path, quarters: str = "") -> Judged:
    """One sheet. `quarters`: whose quarters these are, where somebody has said so."""
    truth = json.loads(path.read_text(encoding="utf-8"))
    told = {
        one["cell"]: one
        for one in printed(truth["workbook"], quarters)["observations"]
        if one["sheet"] == truth["sheet"]
    }
    true = {cell["cell"]: cell for cell in truth["cells"]}
    wanted = {cell: one for cell, one in true.items() if "value" in one and one["role"] not in WORKED_OUT}
    read_there = {cell for cell, one in told.items() if one["value"] is not None}
    extra = {cell for cell in read_there if true.get(cell, {}).get("role") not in WORKED_OUT} - wanted.keys()
    right = {cell for cell in wanted if cell in told and same_value(told[cell]["value"], wanted[cell]["value"])}
    dated = {cell: one for cell, one in wanted.items() if "start" in one and cell in read_there}
    dates = [(told[cell]["period_start"], told[cell]["period_end"]) for cell in dated]
    return Judged(
        2 * len(right) / (len(wanted) + len(wanted.keys() & read_there) + len(extra)),
        fmean(had == (one["start"], one["end"]) for had, one in zip(dates, dated.values(), strict=True))
        if dated
        else 1,
        sorted(read_there & set(truth["decoys"])),
        sorted(cell for cell in read_there if "missing" in true.get(cell, {})),
        sorted(cell for cell, one in told.items() if one["indicator"] and one["confidence"] >= ACCEPTED),
    )


def all_judged() -> dict[str, Judged]:
    found = {path.name.removesuffix(".truth.json"): judged(path) for path in TRUTHS}
    for name, one in found.items():
        print(f"{name:<24} F1 {one.f1:.3f}  periods {one.dated:.3f}  {one[2:]}")
    return found


def test_the_figures_of_published_sheets_are_read():
    assert fmean(one.f1 for one in all_judged().values()) >= 0.97


def test_the_periods_of_published_sheets_are_read():
    assert fmean(one.dated for one in all_judged().values()) >= 0.97


def test_no_decoy_is_taken():
    assert {name: one.taken for name, one in all_judged().items() if one.taken} == {}


def test_nothing_missing_becomes_a_number():
    assert {name: one.filled for name, one in all_judged().items() if one.filled} == {}


def test_nothing_published_is_taken_for_an_indicator():
    assert {name: one.matched for name, one in all_judged().items() if one.matched} == {}
