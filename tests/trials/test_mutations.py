"""Changed return workbooks: a figure may be asked about or left out, but never be misread in silence."""

from __future__ import annotations

from functools import cache

from tests.trials.asking import printed
from tests.trials.layouts import trials
from tests.trials.mutating import CHANGES, mutated
from tests.trials.test_returns import TRIALS
from tests.trials.truth import Score, names_line, score

MUTANTS = 150
LEAST_RECALL = 0.9


def judged(trial, seed: int) -> tuple[str, Score]:
    copy, chosen = mutated(trial, seed)
    return f"{trial.name} {seed} {chosen}", score(copy.facts, printed(copy), names_line, lenient=True)


@cache
def all_judged() -> dict[str, Score]:
    """The mutants of the return workbooks, each workbook in turn."""
    files = list(TRIALS.values())
    return dict(judged(files[seed % len(files)], seed) for seed in range(MUTANTS))


def misread(scores: dict[str, Score]) -> dict[str, tuple[str, ...]]:
    return {name: found.silent for name, found in scores.items() if found.silent}


def test_no_mutant_is_misread_in_silence():
    assert misread(all_judged()) == {}


def test_mutants_are_still_read():
    assert sum(all_judged().values(), Score()).shares["recall"] >= LEAST_RECALL


def test_no_changed_layout_is_misread_in_silence():
    filled = [trial for trial in trials() if trial.facts]

    assert misread(dict(judged(trial, seed) for seed, trial in enumerate(filled, 1000))) == {}


def test_every_change_is_made_to_some_mutant():
    files = list(TRIALS.values())
    made = {name for seed in range(MUTANTS) for name in mutated(files[seed % len(files)], seed)[1]}

    assert made == set(CHANGES)


def test_the_same_seed_makes_the_same_mutant():
    trial = TRIALS["police-da-crimes.xlsx"]

    assert mutated(trial, 7)[0].content == mutated(trial, 7)[0].content


def test_a_mutant_keeps_the_truth_with_its_cells():
    for seed in range(12):
        for trial in TRIALS.values():
            copy, chosen = mutated(trial, seed)
            for grid in copy.grids:
                assert grid.facts.keys() <= grid.cells.keys(), chosen
