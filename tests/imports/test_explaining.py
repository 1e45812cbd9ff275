"""How a workbook was read, in lines of text for a person."""

from dataclasses import replace

from imports.explaining import explained
from imports.read import read as read_file
from imports.series import Known, Profile, Sense
from tests.imports.tables.makers import read, sheet
from tests.imports.vocabulary import VOCABULARY
from tests.imports.workbooks import table

YEAR = ("Our return 2022/23",)
CALLS = "Helpline calls answered"


def lines(*rows, profile=None, **how):
    reading = read(sheet(*rows, **how), profile=profile) if profile else read(sheet(*rows, **how))
    return list(explained(reading))


def test_a_workbook_is_explained_table_by_table():
    assert lines(YEAR, ("Indicator", "Q1", "Q2", "Target"), (CALLS, 5, "n/a", 9)) == [
        ": xlsx, laid out as tables of its own.",
        "",
        "Table Hub!A2:D3 “Our return 2022/23”",
        "  Headings stand in row 2; labels in column A.",
        "  The periods stand in its headings, the year in “Our return 2022/23” in A1: from Quarter 1 2022/23 to "
        "Quarter 2 2022/23.",
        "  Not figures of the return: the column “Target”.",
        "  A3 “Helpline calls answered”: HUB-09 value (alias, 1.00)",
        "      The label is a name of HUB-09 Helpline calls answered.",
        "      B3 2022-Q1 period = 5, C3 2022-Q2 period = not_applicable",
        "",
        "2 numbers in all: 1 figures, 1 that are no figures, 0 not understood.",
        "  1 targets, baselines, plans, budgets and forecasts: Hub!D3",
    ]


def test_what_has_to_be_asked_is_said_with_what_it_likely_is():
    told = lines(YEAR, ("Indicator", "Q1"), ("Helpline calls", 5), ("Kettles boiled", 6))

    assert any(line.startswith("  A3 “Helpline calls”: to be asked; likely HUB-09 value (0.") for line in told)
    assert "  A4 “Kettles boiled”: to be asked" in told
    assert any(line.startswith("warning: Hub!A4: “Kettles boiled” is not known") for line in told)


def test_a_category_is_said():
    told = lines(YEAR, ("Indicator", "Q1"), ("Referrals received", 9), ("  Police", 5), name="Helpline hub")

    assert any("HUB-01 value, Police (" in line for line in told)


def test_what_is_not_for_the_return_is_said():
    rows = (YEAR, ("Indicator", "Q1"), ("Kettles boiled", 6))
    profile = Profile({read(sheet(*rows)).series[0].key: Known(None)})

    assert "  A3 “Kettles boiled”: not for this return" in lines(*rows, profile=profile)


def test_of_many_figures_only_the_first_are_named():
    months = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")
    told = lines(YEAR, ("Indicator", *months, "Target", "Target"), *[(CALLS, *range(1, 11))])

    figures = next(line for line in told if line.startswith("      B3"))
    assert figures.endswith("G3 2022-09 period = 6, and 2 more")


def test_of_many_numbers_of_one_kind_only_the_first_are_named():
    told = lines(YEAR, ("Indicator", "Q1", *["Target"] * 8), (CALLS, *range(1, 10)))

    cells = "Hub!C3, Hub!D3, Hub!E3, Hub!F3, Hub!G3, Hub!H3 and 2 more"
    assert f"  8 targets, baselines, plans, budgets and forecasts: {cells}" in told


def test_figures_of_no_period_are_said_to_have_none():
    assert "      B2 no period period = 5" in lines(("Indicator", "Q1"), (CALLS, 5))


def test_each_series_stands_with_its_own_table():
    told = lines(("Indicator", "Q1 22/23"), (CALLS, 5), (), ("Indicator", "Q1 22/23", None, "Q2 22/23"), ("Spend", 6))

    assert told.index("  A2 “Helpline calls answered”: HUB-09 value (alias, 1.00)") < told.index("Table Hub!A4:B5")


def test_tables_side_by_side_each_have_their_own():
    told = lines(YEAR, ("Indicator", "Q1", "Indicator", "Q1"), (CALLS, 5, "Spend", 6), ("Kettles", 5, "Teapots", 6))

    right = told.index(next(line for line in told if line.startswith("Table Hub!C2:D4")))
    assert [line[:4] for line in told[right:] if "”: " in line][:2] == ["  C3", "  C4"]


def test_a_csv_has_cells_without_a_sheet():
    told = lines(YEAR, ("Indicator", "Q1"), (CALLS, 5), ("Kettles boiled", 6), ("Target", 9), name=None)

    assert "Table A2:B5 “Our return 2022/23”" in told
    assert "  1 targets, baselines, plans, budgets and forecasts: B5" in told
    assert any(line.startswith("warning: A4: “Kettles boiled”") for line in told)


def test_two_sheets_are_told_apart():
    reading = read(
        sheet(("Indicator", "Q1 22/23"), (CALLS, 5)), sheet(("Indicator", "Q1 22/23"), ("Spend", 5), name="B")
    )

    told = [line for line in explained(reading) if line.startswith(("Table", "  A2"))]

    assert told == [
        "Table Hub!A1:B2",
        "  A2 “Helpline calls answered”: HUB-09 value (alias, 1.00)",
        "Table B!A1:B2",
        "  A2 “Spend”: CON-02.a value (alias, 1.00)",
    ]


def test_a_long_file_is_explained_without_tables():
    content = table(("Hub", "HUB-01", "All", "Q1 2022/23", 5, None), ("Hub", "Kettles", "All", "Q1 2022/23", 6, None))

    told = list(explained(read_file(content, filename="long.xlsx", vocabulary=VOCABULARY)))

    assert told[0] == "long.xlsx: xlsx, laid out as one row a figure."
    assert not any(line.startswith("Table") for line in told)
    assert "2 numbers in all: 2 figures, 0 that are no figures, 0 not understood." in told


def test_a_file_that_could_not_be_read_is_explained_by_its_problem():
    (told,) = [line for line in explained(read_file(b"%PDF-1.7", filename="x.xlsx", vocabulary=VOCABULARY)) if line]

    assert told.startswith("error: ")


def test_a_row_that_is_known_for_no_reason_has_none():
    reading = read(sheet(YEAR, ("Indicator", "Q1"), (CALLS, 5)))
    (series,) = reading.series

    told = list(explained(replace(reading, series=(replace(series, why=""),))))

    assert told[told.index("  A3 “Helpline calls answered”: HUB-09 value (alias, 1.00)") + 1].startswith("      B3")


def test_a_profile_is_named_as_the_reason():
    rows = (YEAR, ("Indicator", "Q1"), ("Kettles boiled", 6))
    profile = Profile({read(sheet(*rows)).series[0].key: Known(Sense("HUB-09"))})

    assert "      Somebody has confirmed this for this provider’s workbook." in lines(*rows, profile=profile)
