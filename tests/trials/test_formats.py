"""The same invented workbooks saved by LibreOffice in other formats are read as they were in xlsx."""

from __future__ import annotations

import pytest

from imports.sheets import Spot
from tests.office import converted
from tests.trials.asking import asked
from tests.trials.layouts import trials
from tests.trials.sheets import Trial

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("libreoffice")]

CHOSEN = ("months_under_merged_quarters", "hidden_old_figures", "actual_target_and_variance", "dates_as_headings")
TRIALS = {trial.name: trial for trial in trials() if trial.name in CHOSEN}


class Saved(Trial):
    """A trial as another program saved it."""

    saved: bytes

    @property
    def content(self) -> bytes:
        return self.saved


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Every chosen trial by its name and format."""
    files = {f"{name}.xlsx": trial.content for name, trial in TRIALS.items()}
    place = tmp_path_factory.mktemp("formats")
    made = {suffix: converted(files, suffix, place) for suffix in ("ods", "xls")}
    return {(name, suffix): (made[suffix] / f"{name}.{suffix}").read_bytes() for name in TRIALS for suffix in made}


@pytest.mark.parametrize("suffix", ["ods", "xls"])
@pytest.mark.parametrize("name", CHOSEN)
def test_another_format_is_read_as_xlsx_is(saved, name, suffix):
    trial = TRIALS[name]
    other = Saved(name, f"monitoring.{suffix}", trial.grids)
    other.saved = saved[name, suffix]

    assert figures(other) == figures(trial)


def figures(trial: Trial) -> dict[Spot, tuple]:
    return {
        Spot(seen.sheet, seen.cell): (seen.indicator, seen.part, seen.period, seen.basis, seen.value, seen.status)
        for seen in asked(trial).observations
    }
