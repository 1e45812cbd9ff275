"""How figures are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dacommission.indicators.units import UNITS, rounded, text


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "shown"),
    [
        (9739, "referrals", None, "9,739"),
        (80, "percent", None, "80%"),
        (Decimal("79.998"), "percent", 0, "80%"),
        (Decimal("89.354"), "percent", 1, "89.4%"),
        (Decimal("21832.75"), "pounds", None, "£21,832.75"),
        (Decimal("-21832.75"), "pounds", 0, "-£21,833"),
        (Decimal("1417.666"), "calls", None, "1,418"),
        (Decimal("0.5"), "people", None, "1"),
        (Decimal("-0.4"), "people", None, "0"),
        (0, "people", None, "0"),
        (Decimal("2.5"), "fte", None, "2.50"),
        (None, "people", None, ""),
    ],
)
def test_a_figure_is_written(value, unit, decimals, shown):
    assert text(value, unit, decimals) == shown


def test_halves_go_up():
    assert [rounded(Decimal(half), 0) for half in ("0.5", "1.5", "2.5")] == [1, 2, 3]


def test_one_person_and_many_people():
    assert UNITS["people"].phrase(1) == "1 person"
    assert UNITS["people"].phrase(164) == "164 people"
    assert UNITS["pounds"].phrase(1) == "£1.00"


def test_whatever_counts_people_or_what_happened_to_them_is_sensitive():
    for key in ("people", "households", "families", "referrals", "cases"):
        assert UNITS[key].sensitive


def test_capacity_and_money_are_not_sensitive():
    for key in ("nights", "bedspaces", "pounds", "fte"):
        assert not UNITS[key].sensitive
