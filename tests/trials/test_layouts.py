"""The invented layouts, and what the reader makes of them. The shares are what it reaches; silence has no share."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.trials.asking import as_it_is, catalogue, learned, scored
from tests.trials.layouts import trials
from tests.trials.truth import Score, table

TRIALS = {trial.name: trial for trial in trials()}
LEAST = {
    "recall": 0.98,
    "precision": 0.99,
    "value": 0.99,
    "period": 0.99,
    "basis": 0.99,
    "status": 0.99,
    "label": 0.99,
    "indicator": 0.75,
}

# One answer is for all rows or columns of one name: the same total under each block, three columns of a long row.
NOT_TOLD_APART = ("equalities_in_blocks_one_under_the_other", "extract_in_long_form_with_parts")


@cache
def all_scored() -> dict[str, Score]:
    return {name: scored(trial) for name, trial in TRIALS.items()}


def together() -> Score:
    scores = all_scored()
    whole = sum(scores.values(), Score())
    print(table([*scores.items(), ("together", whole)]))
    return whole


@pytest.mark.parametrize("share", LEAST)
def test_other_layouts_are_read(share):
    assert together().shares[share] >= LEAST[share]


def test_nothing_is_wrong_in_silence():
    assert together().silent == ()


def test_nothing_is_wrong_in_silence_without_any_alias():
    terms = {code: replace(term, aliases=()) for code, term in catalogue().terms.items()}
    words = replace(catalogue(), terms=terms)

    assert [one for trial in TRIALS.values() for one in scored(trial, words).silent] == []


@pytest.mark.parametrize("name", [name for name in TRIALS if name not in NOT_TOLD_APART])
def test_a_confirmed_layout_reads_by_itself(name):
    trial = TRIALS[name]

    found = scored(trial, profile=learned(as_it_is(trial), trial.facts))

    assert found.silent == ()
    assert found.indicators == found.coded


def test_an_empty_template_has_no_figures():
    observations = as_it_is(TRIALS["nothing_filled_in"]).observations

    assert [one for one in observations if one.value is not None] == []
