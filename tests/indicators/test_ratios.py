"""Which counts can stand behind a printed percentage."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dacommission.indicators.ratios import exact_numerator, whole_numerators
from dacommission.indicators.units import text


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
