"""Which figures of a workbook belong to the return that is due, where it repeats other periods beside it."""

import pytest

from imports.periods import Period
from imports.reading import Part
from tests.imports.tables.makers import asides, figures, periods, read, sheet

Q2 = Period.quarter(2022, 2)
CALLS = "Helpline calls answered"
CODES = ("HUB-09", "SA-01")


def due(*headings, label=CALLS, name="Hub", period=Q2):
    """What is read of one row of a return for a quarter: its figures are 1, 2, 3 …"""
    table = sheet(("Indicator", *headings), (label, *range(1, len(headings) + 1)), name=name)
    return read(table, due=period, codes=CODES)


@pytest.mark.parametrize("heading", ["Q2 2022/23", "August 2022", "H1 2022/23", "2022/23 total", "YTD Q2 2022/23"])
def test_figures_of_the_quarter_that_is_due_are_the_returns(heading):
    assert set(figures(due(heading))) == {"B2"}


@pytest.mark.parametrize("heading", ["Q1 2022/23", "Q2 2021/22", "May 2022", "2021/22", "H2 2022/23"])
def test_figures_of_other_periods_are_not(heading):
    reading = due(heading, "Q2 2022/23")

    assert set(figures(reading)) == {"C2"}
    assert asides(reading)["B2"] == "earlier"


def test_figures_of_no_known_period_are_the_returns():
    reading = read(sheet((None, "Q1 2022/23", "Q2 2022/23"), ("Q1 2022/23", 1, 2)), due=Q2, codes=CODES)

    assert periods(reading) == {"C2": "?"}


def test_the_figures_of_other_quarters_are_held_against_what_was_accepted_then():
    (restated,) = due("Q1 2022/23", "Q2 2022/23").restated

    assert (restated.sheet, restated.cell, restated.indicator, restated.part) == ("Hub", "B2", "HUB-09", Part.VALUE)
    assert (restated.period.key, restated.value) == ("2022-Q1", 1)


@pytest.mark.parametrize("heading", ["May 2022", "Q1 2022/23 target", "H2 2022/23"])
def test_only_whole_figures_of_whole_quarters_are_held_against_them(heading):
    assert due(heading, "Q2 2022/23").restated == ()


def test_a_category_is_held_against_nothing():
    table = sheet(("Indicator", "Q1 2022/23", "Q2 2022/23"), ("Referrals received", 9, 8), ("  Police", 5, 4))

    restated = read(table, due=Q2, codes=("HUB-01",)).restated

    assert [one.cell for one in restated] == ["B2"]


def test_people_of_the_year_are_held_against_what_was_counted_on_then():
    (restated,) = due(
        "Q1 2022/23", "Q2 2022/23", label="Adults supported in safe accommodation", name="Refuge"
    ).restated

    assert (restated.indicator, restated.value) == ("SA-01", 1)


def test_what_nobody_knows_is_held_against_nothing():
    reading = due("Q1 2022/23", "Q2 2022/23", label="Kettles boiled")

    assert (reading.restated, asides(reading)) == ((), {"B2": "earlier"})
