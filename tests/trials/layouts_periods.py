"""Layouts that differ in where and how they say which period a figure is of."""

from __future__ import annotations

from datetime import date

from tests.trials.building import MONTH_NAMES, MONTHS, QUARTERS, book, figures, labels, layout, truth
from tests.trials.sheets import Grid, Trial
from tests.trials.words import COMMUNITY, HUB, OTHER, PERPETRATORS, QUALITY, REFUGE, SERVICES, SO_FAR, STAFF, Row


def simple(name: str, rows, headers, keys, *, title: str = "", top: int = 4, first: str = "Measure", **more) -> Grid:
    """A title, one row of headings and one row for each measure."""
    grid = Grid(name)
    grid.put(1, 1, title or None)
    grid.line(top, first, *headers)
    labels(grid, top + 1, 1, rows)
    figures(grid, top + 1, 2, rows, keys, **more)
    return grid


@layout
def months_under_merged_quarters() -> Trial:
    grid = Grid("Performance")
    grid.put(1, 1, "Single point of access - performance 2023/24")
    grid.put(5, 1, "Activity")
    labels(grid, 6, 1, HUB)
    for number, quarter in enumerate(QUARTERS):
        left = 2 + number * 4
        grid.put(4, left, f"Quarter {number + 1}")
        grid.merge(4, left, 4, left + 3)
        grid.line(5, *(name[:3] for name in MONTH_NAMES[number * 3 : number * 3 + 3]), "Total", column=left)
        figures(grid, 6, left, HUB, [*MONTHS[number * 3 : number * 3 + 3], quarter])
    return book("months_under_merged_quarters", grid)


@layout
def months_under_unmerged_quarters_with_year_to_date() -> Trial:
    grid = Grid("Sheet1")
    grid.put(1, 1, "Community outreach")
    grid.line(3, None, "Q3", None, None, "YTD")
    grid.line(4, "Indicator", "Oct 23", "Nov 23", "Dec 23", "Apr - Dec 23")
    rows = (*COMMUNITY[1:3], COMMUNITY[5])
    labels(grid, 5, 1, rows)
    figures(grid, 5, 2, rows, MONTHS[6:9])
    figures(grid, 5, 5, rows, ["2023-Q3"], basis="ytd")
    return book("months_under_unmerged_quarters_with_year_to_date", grid)


@layout
def quarters_down() -> Trial:
    grid = Grid("Summary")
    grid.put(1, 1, "Refuge contract - quarterly summary")
    grid.put(3, 2, "Nights")
    grid.put(3, 4, "Households")
    rows = (REFUGE[0], REFUGE[1], REFUGE[3], REFUGE[5])
    names = ("Unit nights available", "Unit nights filled", "Unable to accommodate", "Moving on from refuge")
    grid.line(4, "Period", *names)
    for down, (key, text) in enumerate(zip(QUARTERS, ("Q1 23/24", "Q2 23/24", "Q3 23/24", "Q4 23/24"), strict=True)):
        grid.put(5 + down, 1, text)
        for across, (row, name) in enumerate(zip(rows, names, strict=True)):
            grid.fact(5 + down, 2 + across, truth(row, key, label=name))
    return book("quarters_down", grid)


@layout
def a_sheet_for_each_month() -> Trial:
    grids = []
    for name, key in zip(("April 2023", "May 2023", "June 2023"), MONTHS, strict=False):
        grids.append(simple(name, QUALITY, ["Number"], [key], title="Monthly monitoring form"))
    return book("a_sheet_for_each_month", *grids)


@layout
def a_sheet_for_each_quarter() -> Trial:
    grids = [
        simple(f"Qtr {number} 23-24", COMMUNITY, ["Figure", "Notes"], [key], first="Description")
        for number, key in enumerate(QUARTERS, 1)
    ]
    return book("a_sheet_for_each_quarter", *grids)


@layout
def period_on_the_cover_only() -> Trial:
    cover = Grid("Front sheet")
    cover.line(2, None, "Contract monitoring workbook")
    cover.line(4, None, "Organisation", "Safe Haven Trust")
    cover.line(5, None, "Reporting period", "1 July 2023 to 30 September 2023")
    cover.line(6, None, "Date completed")
    cover.put(6, 3, date(2023, 10, 12), "dd/mm/yyyy")
    cover.line(7, None, "Contact number", "01632 960 001")
    grids = [simple(name, rows, ["Number this period"], ["2023-Q2"]) for name, rows in SERVICES.items()]
    return book("period_on_the_cover_only", cover, *grids)


@layout
def period_in_the_file_name_only() -> Trial:
    grid = simple("Return", REFUGE, ["Total"], ["2023-Q3"], title="Safe accommodation return")
    return book("period_in_the_file_name_only", grid, filename="Refuge return Q3 2023-24 FINAL v2.xlsx")


@layout
def period_in_the_title_only() -> Trial:
    grid = simple("Data", PERPETRATORS, ["No."], ["2023-Q4"], title="Behaviour change service: January to March 2024")
    return book("period_in_the_title_only", grid)


@layout
def ranges_of_months_as_headings() -> Trial:
    headers = ["Apr 22 – Jun 22", "Jul 22 – Sep 22", "Oct 22 – Dec 22", "Jan 23 – Mar 23"]
    keys = [key.replace("2023", "2022") for key in QUARTERS]
    return book("ranges_of_months_as_headings", simple("Trend", HUB, headers, keys, title="Hub activity"))


@layout
def quarters_under_a_year() -> Trial:
    grid = simple("KPI return", QUALITY, [f"Qtr {number}" for number in range(1, 5)], QUARTERS, top=5)
    grid.put(4, 2, "2023-24")
    grid.merge(4, 2, 4, 5)
    return book("quarters_under_a_year", grid)


@layout
def year_before_quarter() -> Trial:
    headers = [f"2023-24 Q{number}" for number in range(1, 5)]
    return book("year_before_quarter", simple("Figures", STAFF, headers, QUARTERS, first="What we count"))


@layout
def dates_as_headings() -> Trial:
    headers = [date(2023, month, 1) for month in range(4, 10)]
    return book("dates_as_headings", simple("Monthly", HUB, headers, MONTHS[:6], title="Hub statistics"))


@layout
def halves_of_the_year() -> Trial:
    rows = (*STAFF[2:], *PERPETRATORS)
    grid = simple("Half yearly", rows, ["H1 (Apr-Sep)", "H2 (Oct-Mar)"], ["2023-H1", "2023-H2"], title="2023/24")
    return book("halves_of_the_year", grid)


@layout
def whole_years() -> Trial:
    years = ["2021/22", "2022/23", "2023/24"]
    return book("whole_years", simple("Annual", QUALITY, years, ["2021", "2022", "2023"], is_year_alone=True))


@layout
def months_without_a_year_on_a_dated_sheet() -> Trial:
    grid = simple("2023-24", COMMUNITY, MONTH_NAMES, MONTHS, title="Outreach and IDVA", first="")
    return book("months_without_a_year_on_a_dated_sheet", grid)


@layout
def calendar_quarters_spelled_out() -> Trial:
    headers = ["Q1 (Jan-Mar 2023)", "Q2 (Apr-Jun 2023)", "Q3 (Jul-Sep 2023)", "Q4 (Oct-Dec 2023)"]
    keys = ["2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3"]
    return book("calendar_quarters_spelled_out", simple("Calendar year", HUB, headers, keys))


@layout
def year_once_and_months_down() -> Trial:
    grid = Grid("Log")
    rows = (HUB[0], HUB[1], QUALITY[0], OTHER[0])
    grid.line(2, "Year", "Month", *(row.label for row in rows))
    for down, key in enumerate(MONTHS):
        grid.line(3 + down, {0: 2023, 9: 2024}.get(down), MONTH_NAMES[down])
        for across, row in enumerate(rows):
            grid.fact(3 + down, 3 + across, truth(row, key))
    return book("year_once_and_months_down", grid)


@layout
def cumulative_beside_the_quarter() -> Trial:
    grid = Grid("Q2")
    grid.put(1, 1, "Q2 2023/24")
    grid.line(3, "Measure", "This quarter", "Cumulative (Apr-Sep)")
    rows = (*HUB[:5], *QUALITY)
    labels(grid, 4, 1, rows)
    figures(grid, 4, 2, rows, ["2023-Q2"])
    figures(grid, 4, 3, rows, ["2023-Q2"], basis="ytd")
    return book("cumulative_beside_the_quarter", grid)


@layout
def counts_since_april() -> Trial:
    headers = ["Jun-23", "Sep-23", "Dec-23", "Mar-24"]
    grid = Grid("People (cumulative)")
    grid.put(1, 1, "People supported - all figures cumulative from 1 April 2023")
    grid.line(3, "", *(f"Q{number}" for number in range(1, 5)))
    grid.line(4, "Position at end of", *headers)
    labels(grid, 5, 1, SO_FAR)
    figures(grid, 5, 2, SO_FAR, QUARTERS)
    return book("counts_since_april", grid)


@layout
def people_new_in_each_month() -> Trial:
    """New people in each month, whatever the indicator counts in the year: the three months make the quarter."""
    grid = Grid("Accommodation")
    rows = (
        Row("Adults moving into safe accommodation", "SA-01"),
        Row("Children moving into safe accommodation", "SA-02"),
    )
    grid.put(1, 1, "Safe accommodation Q2 2023/24")
    grid.line(3, "New people in the month", "Jul-23", "Aug-23", "Sep-23", "Quarter 2 total")
    labels(grid, 4, 1, rows)
    figures(grid, 4, 2, rows, [*MONTHS[3:6], "2023-Q2"])
    return book("people_new_in_each_month", grid)


@layout
def quarter_to_date_of_two_years() -> Trial:
    """Two years side by side, each with its own quarters: all of it this provider's own figures."""
    grid = Grid("Two years")
    for left, year, keys in (
        (2, "2022/23", [key.replace("2023", "2022") for key in QUARTERS]),
        (6, "2023/24", QUARTERS),
    ):
        grid.put(3, left, year)
        grid.merge(3, left, 3, left + 3)
        grid.line(4, "Q1", "Q2", "Q3", "Q4", column=left)
        figures(grid, 5, left, STAFF, keys)
    labels(grid, 5, 1, STAFF)
    return book("quarter_to_date_of_two_years", grid)


@layout
def a_form_of_one_figure_a_line() -> Trial:
    """Label, figure, label, figure: four columns of two pairs, as forms are laid out."""
    grid = Grid("Form")
    grid.put(1, 1, "Quarterly return")
    grid.line(2, "Quarter", "Q1 2023/24")
    left, right = COMMUNITY[:3], COMMUNITY[3:]
    for down, (one, other) in enumerate(zip(left, right, strict=True), 4):
        grid.put(down, 1, one.label)
        grid.fact(down, 2, truth(one, "2023-Q1"))
        grid.put(down, 4, other.label)
        grid.fact(down, 5, truth(other, "2023-Q1"))
    return book("a_form_of_one_figure_a_line", grid)


@layout
def quarter_of_a_wrapped_heading() -> Trial:
    headers = ["Quarter 1\n(Apr - Jun)\n2023/24", "Quarter 2\n(Jul - Sep)\n2023/24"]
    return book("quarter_of_a_wrapped_heading", simple("Wrapped", PERPETRATORS, headers, QUARTERS[:2]))


@layout
def month_ending_dates() -> Trial:
    headers = [date(2023, 4, 30), date(2023, 5, 31), date(2023, 6, 30)]
    return book("month_ending_dates", simple("Month ending", QUALITY, headers, MONTHS[:3], first="Month ending"))


@layout
def latest_quarter_first() -> Trial:
    headers = [f"Q{number} 2023/24" for number in (4, 3, 2, 1)]
    return book("latest_quarter_first", simple("Trend", REFUGE, headers, QUARTERS[::-1], title="Latest first"))
