"""Months, quarters, halves and years of the financial year."""

from datetime import date

import pytest

from imports.periods import Period

Q1, Q4 = Period.quarter(2022, 1), Period.quarter(2022, 4)


@pytest.mark.parametrize(
    ("key", "kind", "start", "end", "label", "span", "days"),
    [
        ("2022-Q1", "quarter", date(2022, 4, 1), date(2022, 6, 30), "Quarter 1 2022/23", "April to June 2022", 91),
        ("2022-Q4", "quarter", date(2023, 1, 1), date(2023, 3, 31), "Quarter 4 2022/23", "January to March 2023", 90),
        ("2023-Q4", "quarter", date(2024, 1, 1), date(2024, 3, 31), "Quarter 4 2023/24", "January to March 2024", 91),
        ("2022-H2", "half", date(2022, 10, 1), date(2023, 3, 31), "Half 2 2022/23", "October 2022 to March 2023", 182),
        ("2022", "year", date(2022, 4, 1), date(2023, 3, 31), "2022/23", "April 2022 to March 2023", 365),
        ("2023-02", "month", date(2023, 2, 1), date(2023, 2, 28), "February 2023", "February 2023", 28),
        ("1999", "year", date(1999, 4, 1), date(2000, 3, 31), "1999/00", "April 1999 to March 2000", 366),
    ],
)
def test_a_period_knows_its_days_and_its_names(key, kind, start, end, label, span, days):
    period = Period.from_key(key)

    assert (period.key, period.kind, period.start, period.end) == (key, kind, start, end)
    assert (period.label, str(period), period.span, period.days) == (label, label, span, days)


@pytest.mark.parametrize("key", ["2022-Q5", "2022-13", "22", "2022-H3", "soon", ""])
def test_what_is_no_key_is_refused(key):
    with pytest.raises(ValueError, match="is no period"):
        Period.from_key(key)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2022, 4, 1), "2022-Q1"),
        (date(2022, 6, 30), "2022-Q1"),
        (date(2022, 12, 31), "2022-Q3"),
        (date(2023, 3, 31), "2022-Q4"),
    ],
)
def test_every_day_falls_in_one_quarter(day, key):
    assert Period.quarter_of(day).key == key


def test_periods_follow_each_other():
    assert Q1.previous().key == "2021-Q4"
    assert Q4.next().key == "2023-Q1"
    assert Q4.year_earlier().key == "2021-Q4"
    assert Period.month(2023, 1).previous() == Period.month(2022, 12)


def test_a_year_is_made_of_four_quarters():
    assert [quarter.number for quarter in Q1.whole_year.quarters] == [1, 2, 3, 4]
    assert Period.half(2022, 2).quarters == (Period.quarter(2022, 3), Q4)
    assert Q1.quarters == (Q1,)
    assert Period.month(2022, 4).quarters == ()
    assert Q1.whole_year.contains(Q4)
    assert not Q1.contains(Q4)


def test_a_period_counts_its_months_and_its_place_in_the_year():
    assert (Q4.months, Q4.number, Q4.year, Q4.year_label) == (3, 4, 2022, "2022/23")
    assert Period.month(2023, 3).number == 12


def test_a_whole_is_made_of_its_months_in_order():
    assert [month.key for month in Period.quarter(2022, 4).calendar_months] == ["2023-01", "2023-02", "2023-03"]
    assert len(Period.financial_year(2022).calendar_months) == 12
    assert Period.month(2022, 5).calendar_months == (Period.month(2022, 5),)
