"""What day it is, and which days count: decided in London, whatever the server's clock says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from dacommission.web import clock
from dacommission.web.clock import end_of_day, london_day, working_days_after, working_days_between
from imports.periods import Period


@pytest.mark.parametrize(
    ("moment", "day", "quarter"),
    [
        (datetime(2026, 3, 31, 22, 59, tzinfo=UTC), date(2026, 3, 31), "2025-Q4"),
        (datetime(2026, 3, 31, 23, 30, tzinfo=UTC), date(2026, 4, 1), "2026-Q1"),
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30), "2026-Q1"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1), "2026-Q2"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2026, 12, 31), "2026-Q3"),
    ],
)
def test_a_moment_falls_on_its_day_in_london(moment: datetime, day: date, quarter: str):
    assert london_day(moment) == day
    assert Period.quarter_of(london_day(moment)).key == quarter


@pytest.mark.parametrize(
    ("quarter_ends", "due"),
    [
        (date(2022, 3, 31), date(2022, 4, 25)),
        (date(2023, 3, 31), date(2023, 4, 25)),
        (date(2024, 3, 31), date(2024, 4, 22)),
        (date(2023, 6, 30), date(2023, 7, 21)),
    ],
)
def test_fifteen_working_days_after_the_quarter(quarter_ends: date, due: date):
    assert working_days_after(quarter_ends, 15) == due
    assert working_days_between(quarter_ends, due) == 15


def test_a_deadline_is_the_end_of_the_day_in_london():
    assert end_of_day(date(2023, 7, 21)) == datetime(2023, 7, 21, 22, 59, 59, 999999, tzinfo=UTC)
    assert end_of_day(date(2023, 1, 21)) == datetime(2023, 1, 21, 23, 59, 59, 999999, tzinfo=UTC)


def test_the_demo_keeps_its_date_and_the_time_of_day(app: Flask):
    assert clock.today() == date(2023, 9, 1)


def test_without_the_demo_it_is_now(app: Flask):
    app.config["DEMO_DATE"] = None
    before = datetime.now(UTC)

    assert before <= clock.now() <= datetime.now(UTC)
