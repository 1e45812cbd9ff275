"""Layouts of published workbooks and council returns: markers, cut headings, forecasts, helpers, repeated figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.trials.building import MONTHS, PERCENT, QUARTERS, book, figures, labels, layout, truth
from tests.trials.layouts_periods import simple
from tests.trials.sheets import Grid, Trial
from tests.trials.words import COMMUNITY, HUB, OTHER, PERPETRATORS, QUALITY, REFUGE, STAFF, Row

Q_HEADERS = [f"Q{number} 2023/24" for number in range(1, 5)]
CRIMES = Row("Domestic abuse crimes recorded by police", "CTX-01")


@layout
def column_numbers_under_the_headings() -> Trial:
    grid = simple("Table 3", HUB, Q_HEADERS, QUARTERS, top=3, title="Table 3: hub activity")
    shifted = {(row + (row > 3), column): typed for (row, column), typed in grid.cells.items()}
    facts = {(row + 1, column): fact for (row, column), fact in grid.facts.items()}
    grid.cells, grid.facts = shifted, facts
    grid.line(4, 1, 2, 3, 4, 5)
    return book("column_numbers_under_the_headings", grid)


@layout
def markers_beside_the_figures() -> Trial:
    grid = Grid("Activity")
    grid.put(3, 1, "Measure")
    labels(grid, 4, 1, REFUGE)
    for number, (text, key) in enumerate(zip(Q_HEADERS, QUARTERS, strict=True)):
        grid.put(3, 2 + 2 * number, text)
        figures(grid, 4, 2 + 2 * number, REFUGE, [key])
        grid.put(4 + number, 3 + 2 * number, ("r", "p", "e", "u")[number])
    return book("markers_beside_the_figures", grid)


@layout
def headings_cut_over_three_rows() -> Trial:
    grid = Grid("Cut")
    columns = (
        ("Safety", "plans", "completed"),
        ("MARAC", "referrals", "made by us"),
        ("Complaints", "received", "in period"),
    )
    rows = (QUALITY[0], QUALITY[2], QUALITY[6])
    for across, (words, row) in enumerate(zip(columns, rows, strict=True), 2):
        for down, word in enumerate(words, 2):
            grid.put(down, across, word)
        for down, key in enumerate(QUARTERS, 5):
            grid.fact(down, across, truth(row, key, label=" ".join(words)))
    grid.put(4, 1, "Quarter")
    for down, text in enumerate(Q_HEADERS, 5):
        grid.put(down, 1, text)
    return book("headings_cut_over_three_rows", grid)


@layout
def of_which_rows() -> Trial:
    grid = simple("Hub", HUB[:1], Q_HEADERS[:2], QUARTERS[:2], title="Hub referrals")
    grid.put(6, 1, "Of which:")
    for down, (text, category) in enumerate((("Police", "Police"), ("Probation", "Probation"), ("Self", "Self")), 7):
        grid.put(down, 1, f"   from {text.lower()}" if text == "Self" else f"   {text}")
        figures(grid, down, 2, [Row(text, "HUB-01", category=category)], QUARTERS[:2])
    return book("of_which_rows", grid)


@layout
def two_years_in_two_tables() -> Trial:
    grid = Grid("History")
    at = 1
    for year, keys in (("2022/23", [key.replace("2023", "2022") for key in QUARTERS]), ("2023/24", QUARTERS)):
        grid.put(at, 1, f"Staffing and training {year}")
        grid.line(at + 1, "Measure", "Qtr 1", "Qtr 2", "Qtr 3", "Qtr 4")
        labels(grid, at + 2, 1, STAFF)
        at = figures(grid, at + 2, 2, STAFF, keys) + 2
    return book("two_years_in_two_tables", grid)


@layout
def quarter_and_year_in_two_cells() -> Trial:
    grid = simple("Return", COMMUNITY, ["Total for quarter"], ["2023-Q3"], top=6)
    grid.line(1, "Provider monitoring return")
    grid.line(2, "Financial year", "2023-24")
    grid.line(3, "Quarter", "Q3")
    return book("quarter_and_year_in_two_cells", grid)


@layout
def year_on_the_cover_and_quarter_on_the_tab() -> Trial:
    cover = Grid("Cover")
    cover.line(2, "Monitoring workbook for")
    cover.line(3, "Year", "2023/24")
    tabs = [simple(f"Quarter {number}", PERPETRATORS, ["Number"], [key]) for number, key in enumerate(QUARTERS, 1)]
    return book("year_on_the_cover_and_quarter_on_the_tab", cover, *tabs)


@layout
def title_and_tab_disagree() -> Trial:
    """The quarter is copied from the one before; the tab was forgotten. Nobody can say which is right."""
    grid = simple("Q1 2023-24", REFUGE, ["Number"], ["2023-Q2"], title="Refuge return: Q2 2023/24")
    grid.facts = {at: replace(fact, period=None) for at, fact in grid.facts.items()}
    return book("title_and_tab_disagree", grid)


@layout
def actual_quarters_and_forecast_quarters() -> Trial:
    headers = ["Annual target", "Q1 actual", "Q2 actual", "Q3 forecast", "Q4 forecast", "Full year forecast"]
    grid = Grid("Forecast")
    grid.put(1, 1, "2023/24")
    grid.line(3, "Measure", *headers)
    rows = (*HUB[:5], QUALITY[0])
    labels(grid, 4, 1, rows)
    figures(grid, 4, 3, rows, QUARTERS[:2])
    for down, row in enumerate(rows, 4):
        expected = [round(truth(row, key).value * 1.1) for key in QUARTERS[2:]]
        grid.put(down, 2, sum(expected) * 2)
        grid.line(down, *expected, sum(expected) + 700, column=5)
    return book("actual_quarters_and_forecast_quarters", grid)


@layout
def average_beside_the_months() -> Trial:
    grid = simple("Calls", HUB[:5], ["Apr-23", "May-23", "Jun-23"], MONTHS[:3], title="Hub calls")
    grid.put(4, 5, "Monthly average")
    for down in range(5, 10):
        grid.put(down, 5, sum(grid.facts[down, column].value for column in (2, 3, 4)) / 3, "0.0")
    grid.put(10, 1, "% change on month before")
    grid.put(10, 3, 0.04, PERCENT)
    grid.put(10, 4, -0.07, PERCENT)
    return book("average_beside_the_months", grid)


@layout
def helper_cells_far_to_the_right() -> Trial:
    grid = simple("Charts", QUALITY, Q_HEADERS[:3], QUARTERS[:3], title="With chart data")
    for down in range(5, 12):
        grid.put(down, 20, 1.5 * down)
        grid.put(down, 21, True)
    return book("helper_cells_far_to_the_right", grid)


@layout
def grand_total_of_unlike_rows() -> Trial:
    grid = simple("Everything", (*QUALITY[:4], *OTHER[:2]), Q_HEADERS, QUARTERS, title="All activity")
    grid.put(11, 1, "TOTAL")
    for column, key in enumerate(QUARTERS, 2):
        total = sum(grid.facts[row, column].value for row in range(5, 11))
        grid.fact(11, column, replace(truth(Row("TOTAL"), key), value=total))
    return book("grand_total_of_unlike_rows", grid)


@layout
def years_down_and_quarters_across() -> Trial:
    grid = Grid("Crimes")
    grid.put(1, 1, "Domestic abuse crimes recorded by police")
    grid.line(3, "Year", "Q1", "Q2", "Q3", "Q4", "Year total")
    for down, year in enumerate((2021, 2022, 2023), 4):
        grid.put(down, 1, f"{year}/{year % 100 + 1}")
        for column in range(1, 5):
            grid.fact(down, column + 1, truth(CRIMES, f"{year}-Q{column}", label=""))
        grid.fact(down, 6, truth(CRIMES, str(year), basis="total", label=""))
    return book("years_down_and_quarters_across", grid)


@layout
def extract_with_a_date_for_each_month() -> Trial:
    grid = Grid("Export")
    grid.line(1, "Service", "KPI", "Month", "Count", "Comment")
    at = 2
    for row in (QUALITY[0], QUALITY[2], OTHER[0]):
        for number, key in enumerate(MONTHS[:4], 4):
            grid.line(at, "Outreach", row.label, date(2023, number, 1))
            grid.fact(at, 4, truth(row, key))
            at += 1
    return book("extract_with_a_date_for_each_month", grid)


@layout
def age_bands_as_rows() -> Trial:
    grid = Grid("Ages")
    grid.put(1, 1, "Clients receiving support in Q1 2023/24 by age")
    grid.line(3, "Age", "Number", "%")
    bands = (("18-24", "18 to 24"), ("25-34", "25 to 34"), ("35-44", "35 to 44"), ("45-54", "45 to 54"))
    for down, (text, category) in enumerate(bands, 4):
        grid.put(down, 1, text)
        grid.fact(down, 2, truth(Row(text, "CBS-06", category=category), "2023-Q1"))
        grid.put(down, 3, 0.25, "0%")
    return book("age_bands_as_rows", grid)


@layout
def summary_that_repeats_the_detail() -> Trial:
    detail = simple("Detail", QUALITY[:3], ["Oct-23", "Nov-23", "Dec-23"], MONTHS[6:9], title="By month")
    summary = simple("Summary", QUALITY[:3], ["Q3 2023/24"], ["2023-Q3"], title="At a glance")
    return book("summary_that_repeats_the_detail", summary, detail)


@layout
def quarter_with_prior_year_and_full_year() -> Trial:
    grid = Grid("Year end")
    grid.put(1, 1, "Year end position 2023/24")
    grid.line(3, "Measure", "Q1", "Q2", "Q3", "Q4", "Full year", "Prior year", "Target", "R/A/G")
    rows = (*HUB[:2], QUALITY[0], QUALITY[2])
    labels(grid, 4, 1, rows)
    figures(grid, 4, 2, rows, QUARTERS)
    figures(grid, 4, 6, rows, ["2023"], basis="total")
    figures(grid, 4, 7, rows, ["2022"], is_year_alone=True, owed=False)
    for down, row in enumerate(rows, 4):
        grid.line(down, 10 * round(truth(row, "2023").value / 10), "RAG"[down % 3], column=8)
    return book("quarter_with_prior_year_and_full_year", grid)
