"""How long a contract runs with its options."""

from __future__ import annotations

from datetime import date

import pytest

from dacommission.commissioning.terms import decide_by, ends_with, months_later


def test_a_contract_of_four_years_and_two_options_of_two_runs_for_eight():
    assert ends_with(date(2028, 3, 31), [24, 24]) == [date(2030, 3, 31), date(2032, 3, 31)]


def test_twelve_months_of_notice_are_counted_back_from_the_end():
    assert decide_by(date(2028, 3, 31), 12) == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 6, 30), 6, date(2023, 12, 31)),
        (date(2023, 1, 30), 1, date(2023, 2, 28)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
    ],
)
def test_a_months_last_day_stays_the_last_day(day, months, later):
    assert months_later(day, months) == later
