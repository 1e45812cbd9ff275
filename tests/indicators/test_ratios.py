"""Which counts can stand behind a printed percentage."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dacommission.indicators.ratios import exact_numerator, whole_numerators
from dacommission.indicators.results import result
from dacommission.indicators.units import text
from imports.reading import Part, Status
from tests.indicators.counts import YEAR, count, measure, period, quarters, rates


@pytest.mark.parametrize(
    ("numerator", "shown"), [(7742, "79%"), (7743, "80%"), (7791, "80%"), (7839, "80%"), (7840, "81%")]
)
def test_the_published_share_supported_by_the_hub_prints_as(numerator, shown):
    assert text(Decimal(numerator) * 100 / 9739, "percent", 0) == shown


def test_every_numerator_that_prints_as_80_percent_of_9739_is_known():
    found = whole_numerators(Decimal(80), 9739, decimals=0)

    assert (found[0], found[-1]) == (7743, 7839)


def test_75_percent_of_122_is_no_whole_number_of_people():
    assert exact_numerator(Decimal(75), 122) is None
    assert exact_numerator(Decimal(75), 64) == 48


def test_some_percentages_no_whole_number_can_print_as():
    assert len(whole_numerators(Decimal(75), 3, decimals=0)) == 0


def test_a_rate_whose_own_cells_are_blank_is_worked_out_from_the_indicators_it_is_made_of():
    counts = [*rates("SA-07", (None, None)), *quarters("SA-06", 3440), *quarters("SA-05", 3822)]

    found = result(measure("SA-07"), counts, period("2022-Q1"))

    assert (found.numerator, found.denominator) == (3440, 3822)


def test_own_counts_and_linked_ones_make_up_a_year_together():
    own = rates("SA-07", (90, 100), (None, None), (90, 100), (90, 100))
    linked = [*quarters("SA-06", 1, 60, 1, 1), *quarters("SA-05", 2, 100, 2, 2)]

    found = result(measure("SA-07"), own + linked, YEAR)

    assert (found.numerator, found.denominator, found.complete) == (330, 400, True)


def test_a_rate_said_to_be_not_yet_available_is_not_worked_out_from_others():
    own = [count("SA-07", "2022-Q1", None, part=Part.NUMERATOR, status=Status.PENDING)]
    linked = [*quarters("SA-06", 3440), *quarters("SA-05", 3822)]

    assert result(measure("SA-07"), own + linked, period("2022-Q1")).status == Status.PENDING
