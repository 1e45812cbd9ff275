"""Which stored figures count: those of accepted returns, about their own quarter."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask

from dacommission.db import unit_of_work
from dacommission.indicators.measures import Measure
from dacommission.indicators.results import result
from dacommission.returns import accepted
from dacommission.returns.models import StoredObservation
from imports.periods import Period
from tests import make


def test_a_quarter_repeated_in_a_later_workbook_counts_from_its_own_return(app: Flask) -> None:
    make.indicator("HUB-01")
    contract = make.contract()
    make.accepted(make.due_return(contract, 2022, 1), {"HUB-01": 2398})
    later = make.accepted(make.due_return(contract, 2022, 2), {"HUB-01": 2512, ("HUB-01", "area", "York"): 9})
    first = Period.quarter(2022, 1)
    with unit_of_work():
        repeated = later.observations[1]
        repeated.breakdown = repeated.category = None
        repeated.value, repeated.period_start, repeated.period_end = Decimal(2400), first.start, first.end

    found = accepted.counts(contract, [2022])

    assert sorted(count.value for count in found if count.value) == [2398, 2512]
    assert accepted.quarters_of(contract, [first.year])[first] == {"HUB-01": {"value": Decimal(2398)}}


def test_a_total_of_the_year_counts_from_whichever_return_states_it(app: Flask) -> None:
    make.indicator("CBS-06", count_type="P", unit="people")
    contract = make.contract()
    make.accepted(make.due_return(contract, 2022, 1), {"CBS-06": 830})
    early = make.accepted(make.due_return(contract, 2022, 3), {"CBS-06": 830})
    year = Period.financial_year(2022)
    with unit_of_work():
        stated = early.observations[0]
        stated.basis, stated.period_start, stated.period_end = "total", year.start, year.end

    found = result(Measure("CBS-06", "People", "people", "P"), accepted.counts(contract, [2022]), year)

    assert found.value == 830


def test_figures_without_an_indicator_or_a_period_count_towards_nothing(app: Flask) -> None:
    make.indicator("HUB-01")
    contract = make.contract()
    kept = make.accepted(make.due_return(contract), {"HUB-01": 1, ("HUB-01", "area", "York"): 2})
    with unit_of_work():
        kept.observations[0].indicator_code = None
        kept.observations[1].period_start = kept.observations[1].period_end = None

    assert accepted.counts(contract, [2022]) == []


def test_a_figure_without_a_period_has_none() -> None:
    with pytest.raises(ValueError, match="has no period"):
        accepted.period_of(StoredObservation(id=1))
