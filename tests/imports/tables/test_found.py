"""A row or column of figures under one name: what it is called, where it stands, and by what it is known again."""

from imports.series import SeriesKey
from tests.imports.tables.makers import labels, read, sheet

YEAR = ("Our return 2022/23",)
CALLS = "Helpline calls answered"


def test_the_rows_of_one_name_in_several_columns_are_one_series():
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Q2"), (CALLS, 5, 6), ("Referrals received", 3, 4)))

    assert labels(reading) == [CALLS, "Referrals received"]
    assert [spot.cell for spot in reading.series[0].cells] == ["B3", "C3"]


def test_a_row_of_one_name_under_two_others_is_two_series():
    reading = read(sheet(YEAR, ("Indicator", "Adults", "Children"), ("Supported", 5, 6), ("Waiting", 1, 2)))

    assert labels(reading) == [
        "Supported / Adults", "Supported / Children", "Waiting / Adults", "Waiting / Children",
    ]  # fmt: skip


def test_figures_without_any_name_are_called_by_the_title_or_the_sheet():
    quarters = (("Quarter", "Number"), ("Q1 2022/23", 5), ("Q2 2022/23", 6))

    assert labels(read(sheet(("Calls to the helpline",), *quarters))) == ["Calls to the helpline"]
    assert labels(read(sheet(*quarters, name="Hub"))) == ["Hub"]


def test_a_series_stands_where_its_innermost_name_does():
    down = read(sheet(YEAR, ("Service", "Indicator", "Q1"), ("Hub", CALLS, 5)))
    across = read(sheet(("Quarter", CALLS), ("Q1 2022/23", 5), ("Q2 2022/23", 6)))
    nowhere = read(sheet(("Quarter", "Number"), ("Q1 2022/23", 5), ("Q2 2022/23", 6)))

    assert [reading.series[0].place.cell for reading in (down, across, nowhere)] == ["B3", "B1", "B1"]


def test_a_series_is_known_again_by_its_words_without_periods_capitals_and_notes():
    now = read(sheet(("Our return Q1 2022/23",), ("Indicator", "Q1 % "), (f"{CALLS} *", 5), name="KPIs 22-23"))
    later = read(sheet(("OUR RETURN Q2 2022/23",), ("Indicator", "Q2 %"), (CALLS, 6), name="KPIs 23-24"))

    key = SeriesKey("kpis", "our return", ("helpline calls answered",), ("percent",))
    assert now.series[0].key == later.series[0].key == key


def test_a_name_that_counts_since_april_is_said_to():
    reading = read(sheet(YEAR, ("Indicator", "Q1", "Q2"), ("New cases (cumulative)", 5, 6)))

    assert {seen.basis for seen in reading.observations} == {"ytd"}
