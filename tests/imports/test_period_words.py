"""The many ways in which people write periods, and the ones that nobody can be sure of."""

from datetime import date, datetime

import pytest

from imports.period_words import parse, why_unsure
from imports.periods import Period

SAID_IN_FULL = [
    ("Q1 2022-23", "2022-Q1"),
    ("Q1 2022/23", "2022-Q1"),
    ("2022/23 Q1", "2022-Q1"),
    ("Qtr 2 2022/23", "2022-Q2"),
    ("Qtr3 2022/23", "2022-Q3"),
    ("Quarter 4 (January - March) 2022/23", "2022-Q4"),
    ("Q4 2022/23", "2022-Q4"),
    ("Q4 2024/25: Jan 2025 - Mar 2025", "2024-Q4"),
    ("First quarter 2022/23", "2022-Q1"),
    ("4th quarter of 2022/23", "2022-Q4"),
    ("Q1 FY22/23", "2022-Q1"),
    ("Q1 22-23", "2022-Q1"),
    ("2022-Q1", "2022-Q1"),
    ("2022-q4", "2022-Q4"),
    ("Apr-Jun 22", "2022-Q1"),
    ("Apr–Jun ’22".replace("’", "'"), "2022-Q1"),
    ("April to June 2022", "2022-Q1"),
    ("April until June 2022", "2022-Q1"),
    ("April\u00a0to\u00a0June 2022", "2022-Q1"),
    ("Jan to Mar 2023", "2022-Q4"),
    ("Oct - Dec 2022", "2022-Q3"),
    ("Q1 2022 (Apr-Jun)", "2022-Q1"),
    ("Q1 (Apr-Jun 2022)", "2022-Q1"),
    ("1 April 2022 to 30 June 2022", "2022-Q1"),
    ("1st April - 30th June 2022", "2022-Q1"),
    ("1 January 2023 - 31st March", "2022-Q4"),
    ("01/04/2022 - 30/06/2022", "2022-Q1"),
    ("2022-04-01 to 2022-06-30", "2022-Q1"),
    ("H1 2022/23", "2022-H1"),
    ("H2 (Oct-Mar) 2022/23", "2022-H2"),
    ("Second half 2022/23", "2022-H2"),
    ("2022-H1", "2022-H1"),
    ("Oct-Mar 2023", "2022-H2"),
    ("October 2022 to March", "2022-H2"),
    ("Apr-22", "2022-04"),
    ("Apr 22", "2022-04"),
    ("April 2022", "2022-04"),
    ("2022 April", "2022-04"),
    ("Sept 2022", "2022-09"),
    ("Sep. 2022", "2022-09"),
    ("Mar-23*", "2023-03"),
    ("January (2022/23)", "2023-01"),
    ("2022-04", "2022-04"),
    ("1 April 2022", "2022-04"),
    ("30/06/2022", "2022-06"),
    (date(2022, 4, 1), "2022-04"),
    (datetime(2022, 4, 1), "2022-04"),  # noqa: DTZ001 - spreadsheets know no time zone
    (date(2023, 2, 28), "2023-02"),
    ("2022/23", "2022"),
    ("2022-23", "2022"),
    ("2022–23", "2022"),
    ("2022-2023", "2022"),
    ("2022 to 2023", "2022"),
    ("FY22/23", "2022"),
    ("FY 2022/23", "2022"),
    ("22/23", "2022"),
    ("1999-00", "1999"),
    ("Financial year 2022 to 2023", "2022"),
    ("Full year 2022/23", "2022"),
    ("April 2022 - March 2023", "2022"),
]

WITH_THE_YEAR_AROUND = [
    ("Q1", "2022-Q1"),
    ("Q4", "2022-Q4"),
    ("Quarter 1 (April - June)", "2022-Q1"),
    ("Apr to Jun", "2022-Q1"),
    ("H2", "2022-H2"),
    ("April", "2022-04"),
    ("Jan", "2023-01"),
    ("March", "2023-03"),
    ("Q1 2021/22", "2021-Q1"),
    ("June 2021", "2021-06"),
]

UNSURE = [
    *(
        "Q4 2023",
        "Q1 2022",
        "2019 Q1",
        "Q4 2023 (Jan-Mar)",
        "2022",
        "2003-04",
        "04/05",
        "FY22",
        "22",
        "2022-H3",
    ),
    *("Q5 2022/23", "Q1 2022/24", "2022-2024", "2022/2123", "Q1 Q2 2022/23", "2021/22 2022/23", "2021 2022"),
    *("Quarter 1 (January - March) 2022/23", "Q1 (Jan-Mar 2022)", "Q2 (Apr-Jun 2022)", "June 2021 2022/23"),
    *("Dec-Feb 2022/23", "April, May and June 2022", "Apr May Jun 2022", "May-June 2022", "May-Jul 2022"),
    *("2 April 2022 to 30 June 2022", "1 April 2022 to 29 June 2022", "15 April 2022", "31/02/2022"),
    *("", "   ", "TBC", "Q1 2022/23 forecast", "1572", "two years", "Q", "-", "2022-00", "Apr Jun 22 23"),
    *(date(2022, 4, 15), date(9999, 12, 31), date(1, 1, 1), "0001-01-01", "31/12/9999", "9999-12"),
]


@pytest.mark.parametrize(("written", "key"), SAID_IN_FULL)
def test_a_period_said_in_full_is_read(written, key):
    assert parse(written) == Period.from_key(key)


@pytest.mark.parametrize("written", [written for written, _ in SAID_IN_FULL])
def test_the_year_around_never_overrides_what_the_text_says(written):
    assert parse(written, year=1990) == parse(written)


@pytest.mark.parametrize(("written", "key"), WITH_THE_YEAR_AROUND)
def test_a_period_without_its_year_takes_the_year_around(written, key):
    assert parse(written, year=2022) == Period.from_key(key)


@pytest.mark.parametrize("written", ["Q1", "April", "Apr to Jun", "H2", "Quarter 1 (April - June)"])
def test_a_period_without_any_year_is_not_guessed(written):
    assert parse(written) is None
    assert "which year" in why_unsure(written)


@pytest.mark.parametrize("written", UNSURE)
def test_what_nobody_can_be_sure_of_is_no_period(written):
    assert parse(written, year=2022) is None


def test_a_quarter_of_a_year_that_may_be_either_says_so():
    assert why_unsure("Q4 2023") == (
        "“Q4 2023” could be a quarter of 2023/24 or of the calendar year 2023. "
        "Write it as Q4 2023/24, or with its months."
    )


def test_what_is_no_period_says_how_to_write_one():
    assert why_unsure("soon") == ("“soon” is not a period we can read. Write it as, for example, Q1 2022/23.")
