"""The columns that may say which period a row is about."""

from datetime import datetime

import pytest

from imports.read import understand
from imports.workbook import open_here
from tests.imports.vocabulary import VOCABULARY
from tests.imports.workbooks import table


def periods_of(*rows, header):
    reading = understand(open_here(table(*rows, header=header), "return.xlsx"), VOCABULARY)
    return [seen.period and seen.period.key for seen in reading.observations], reading.problems


@pytest.mark.parametrize("written", [1, "1", "Q1", "First quarter"])
def test_a_quarter_may_be_a_bare_number_in_a_column_of_quarters(written):
    found, problems = periods_of(("HUB-01", "2022/23", written, 5), header=("KPI", "Year", "Quarter", "Value"))

    assert found == ["2022-Q1"]
    assert problems == ()


@pytest.mark.parametrize("day", [datetime(2022, 4, 1), datetime(2022, 6, 30), "30/06/2022", "Jun-22"])  # noqa: DTZ001
def test_a_month_in_a_column_of_quarters_is_the_quarter_that_it_begins_or_ends(day):
    found, problems = periods_of(("HUB-01", day, 5), header=("KPI", "Quarter", "Value"))

    assert found == ["2022-Q1"]
    assert problems == ()


def test_a_month_within_a_quarter_is_asked_about_in_a_column_of_quarters():
    found, (problem,) = periods_of(("HUB-01", "May 2022", 5), header=("KPI", "Quarter", "Value"))

    assert found == [None]
    assert (problem.rule, problem.cell) == ("period", "B2")
    assert problem.message == (
        "“May 2022” is a month within a quarter, in a column of quarters. Write it as, for example, Q1 2022/23."
    )


def test_the_first_and_last_day_may_stand_in_two_columns():
    header = ("KPI", "Period start", "Period end", "Value")
    first, last = datetime(2022, 4, 1), datetime(2022, 6, 30)  # noqa: DTZ001

    found, problems = periods_of(("HUB-01", first, last, 5), ("HUB-09", "1/4/2022", "31/3/2023", 5), header=header)

    assert found == ["2022-Q1", "2022"]
    assert problems == ()


def test_a_last_day_without_its_first_is_no_period():
    header = ("KPI", "Period start", "Period end", "Value")

    found, (problem,) = periods_of(("HUB-01", None, datetime(2022, 6, 30), 5), header=header)  # noqa: DTZ001

    assert found == [None]
    assert (problem.rule, problem.cell) == ("period", "C2")
    assert problem.message.startswith("“2022-06-30” is not a period we can read.")


def test_the_word_year_beside_a_year_is_the_whole_of_it():
    found, problems = periods_of(("HUB-01", "2022/23", "Full year", 5), header=("KPI", "FY", "Quarter", "Value"))

    assert found == ["2022"]
    assert problems == ()


def test_two_figures_of_unsure_periods_are_not_called_the_same():
    rows = [("HUB-01", "Q3 2022", 5), ("HUB-01", "Q4 2022", 6)]

    _, problems = periods_of(*rows, header=("KPI", "Quarter", "Value"))

    assert [(problem.rule, problem.cell) for problem in problems] == [("period", "B2"), ("period", "B3")]
