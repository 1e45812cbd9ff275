"""Every count type says in words how its figures are worked out."""

from __future__ import annotations

import pytest

from dacommission.indicators.count_types import COUNT_TYPES
from dacommission.indicators.worked_out import worked_out


@pytest.mark.parametrize("letter", COUNT_TYPES)
def test_a_year_is_worked_out_otherwise_than_a_quarter(letter: str):
    assert worked_out(letter, "quarter") != worked_out(letter, "year")
    assert worked_out(letter, "month") == worked_out(letter, "quarter")


@pytest.mark.parametrize("letter", [letter for letter, kind in COUNT_TYPES.items() if kind.year_rule == "sum"])
def test_what_adds_up_says_so(letter: str):
    assert "were added up" in worked_out(letter, "year")


@pytest.mark.parametrize("letter", [letter for letter, kind in COUNT_TYPES.items() if kind.year_rule == "stated"])
def test_what_does_not_add_up_says_so(letter: str):
    assert "cannot be added up" in worked_out(letter, "year")
