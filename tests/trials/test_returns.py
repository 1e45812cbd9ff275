"""The return workbooks of tests/returns, cell by cell against their truth: the thresholds of the issue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from imports.series import Profile
from imports.sheets import Spot
from tests.trials.asking import as_it_is, learned, scored, without_words_of
from tests.trials.sheets import Trial, opened
from tests.trials.truth import Score, facts_of, table

FOLDER = Path(__file__).parents[1] / "returns"
TRIALS = {path.name: opened(path) for path in sorted(FOLDER.iterdir()) if path.suffix in (".xlsx", ".csv")}
NEXT_TO = {"Q1": "Q2", "Q2": "Q3", "Q3": "Q4", "Q4": "Q1"}


class AsItIs(Trial):
    """The file itself, not a copy made from its cells."""

    @property
    def content(self) -> bytes:
        return (FOLDER / self.filename).read_bytes()

    @property
    def facts(self):
        return facts_of((FOLDER / self.filename).with_suffix(".truth.json"))


FILES = {name: AsItIs(name, name, trial.grids) for name, trial in TRIALS.items()}


@cache
def all_scored(how: str) -> dict[str, Score]:
    """Each file's score by its name: "plain", "fewer words" or "profile"."""
    if how == "profile":
        return {name: scored(file, profile=_profile_for(name)) for name, file in FILES.items()}
    words = without_words_of(FILES.values()) if how == "fewer words" else None
    return {name: scored(file, words) for name, file in FILES.items()}


def _profile_for(name: str) -> Profile:
    """What was learned from the same layout's file of another quarter; from the file itself where it has none."""
    quarter = name.split("-")[2][:2]
    teacher = FILES.get(name.replace(quarter, NEXT_TO.get(quarter, quarter)), FILES[name])
    return learned(as_it_is(teacher), teacher.facts)


def together(how: str) -> Score:
    scores = all_scored(how)
    print(table([*scores.items(), ("together", sum(scores.values(), Score()))]))
    return sum(scores.values(), Score())


@pytest.mark.parametrize(
    ("share", "least"),
    [
        ("recall", 0.99),
        ("precision", 0.99),
        ("value", 0.99),
        ("period", 0.99),
        ("basis", 0.99),
        ("status", 0.98),
        ("label", 0.99),
    ],
)
def test_every_figure_is_read_as_it_stands(share, least):
    assert together("plain").shares[share] >= least


@pytest.mark.parametrize(("how", "least"), [("plain", 0.95), ("fewer words", 0.90), ("profile", 1.0)])
def test_figures_are_matched_with_their_indicators(how, least):
    assert together(how).shares["indicator"] >= least


def test_with_a_profile_nobody_is_asked_anything():
    assert together("profile").shares["accepted"] == 1


@pytest.mark.parametrize("how", ["plain", "fewer words", "profile"])
def test_nothing_is_wrong_in_silence(how):
    assert together(how).silent == ()


def test_the_copies_that_are_changed_in_trials_hold_every_fact():
    for name, trial in TRIALS.items():
        facts = FILES[name].facts
        assert {place: trial.facts.get(place) for place in facts} == facts, name
        assert all(isinstance(place, Spot) for place in facts)
