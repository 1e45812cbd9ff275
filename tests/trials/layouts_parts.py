"""Layouts in which a figure has company: parts of a rate, targets, earlier periods, areas, adults and children."""

from __future__ import annotations

from dataclasses import replace

from tests.trials.building import PERCENT, QUARTERS, book, figure, figures, labels, layout, truth
from tests.trials.sheets import Grid, Trial, Typed
from tests.trials.words import COMMUNITY, HUB, OTHER, PERPETRATORS, QUALITY, RATES, REFUGE, SO_FAR, Row

AREAS = ("Craven", "Harrogate", "Selby")
FOREIGN_AREAS = ("Northside", "Harbour ward", "Old Town")


@layout
def numerator_denominator_and_percentage_columns() -> Trial:
    grid = Grid("Outcomes")
    grid.put(1, 1, "Outcome measures: Quarter 2 2023-24 (July - September)")
    grid.line(3, "Outcome", "Numerator", "Denominator", "%", "Commentary")
    for down, row in enumerate(RATES, 4):
        label = row.label.removeprefix("% of ").removesuffix(" %").capitalize()
        grid.put(down, 1, label)
        for column, part in enumerate(("numerator", "denominator", "percent"), 2):
            figure(grid, down, column, truth(row, "2023-Q2", part=part, label=label))
    grid.put(4, 5, "Two lines were down for 3 days in August")
    return book("numerator_denominator_and_percentage_columns", grid)


@layout
def three_rows_under_each_rate() -> Trial:
    grid = Grid("KPIs")
    grid.line(2, "KPI", *(f"Q{number} 2023/24" for number in range(1, 5)))
    at = 3
    for row in RATES:
        grid.put(at, 1, row.label)
        for text, part in (("Numerator", "numerator"), ("Denominator", "denominator"), ("Result (%)", "percent")):
            at += 1
            grid.put(at, 1, f"   {text}")
            figures(grid, at, 2, [row], QUARTERS, part=part, label=text)
        at += 2
    return book("three_rows_under_each_rate", grid)


@layout
def actual_target_and_variance() -> Trial:
    grid = Grid("Scorecard")
    grid.put(1, 1, "Performance scorecard 2023/24")
    grid.put(4, 1, "Measure")
    rows = (*HUB[:5], *COMMUNITY[1:3])
    labels(grid, 5, 1, rows)
    for number, key in enumerate(QUARTERS):
        left = 2 + number * 3
        grid.put(3, left, f"Quarter {number + 1}")
        grid.merge(3, left, 3, left + 2)
        grid.line(4, "Actual", "Target", "Variance", column=left)
        figures(grid, 5, left, rows, [key])
        for down, row in enumerate(rows, 5):
            target = 25 * round(truth(row, key).value / 25 + 1)
            grid.line(down, target, truth(row, key).value - target, column=left + 1)
    return book("actual_target_and_variance", grid)


@layout
def last_year_beside_this() -> Trial:
    grid = Grid("Compare")
    grid.line(3, "Measure", "Q1 2022/23", "Q1 2023/24", "Change", "% change")
    labels(grid, 4, 1, QUALITY)
    figures(grid, 4, 2, QUALITY, ["2022-Q1"], owed=False)
    figures(grid, 4, 3, QUALITY, ["2023-Q1"])
    for down, row in enumerate(QUALITY, 4):
        before, now = truth(row, "2022-Q1").value, truth(row, "2023-Q1").value
        grid.put(down, 4, now - before)
        grid.put(down, 5, (now - before) / before, PERCENT)
    return book("last_year_beside_this", grid)


@layout
def same_quarter_last_year() -> Trial:
    grid = Grid("Return")
    grid.put(1, 1, "Quarter 3 2023/24")
    grid.line(
        3, "Indicator", "Baseline", "This quarter", "Same quarter last year", "Direction of travel", "Annual target"
    )
    rows = (*REFUGE[:2], *REFUGE[3:6])
    labels(grid, 4, 1, rows)
    figures(grid, 4, 3, rows, ["2023-Q3"])
    figures(grid, 4, 4, rows, ["2022-Q3"], owed=False)
    for down, row in enumerate(rows, 4):
        grid.put(down, 2, 10 * round(truth(row, "2021-Q3").value / 10))
        grid.line(down, "up", 40 * round(truth(row, "2023-Q3").value / 10), column=5)
    return book("same_quarter_last_year", grid)


@layout
def areas_across_with_a_total() -> Trial:
    return book("areas_across_with_a_total", _areas("By district", AREAS, "HUB-01"))


@layout
def areas_that_are_nowhere_listed() -> Trial:
    return book("areas_that_are_nowhere_listed", _areas("By ward", FOREIGN_AREAS, None))


def _areas(name: str, areas: tuple[str, ...], code: str | None) -> Grid:
    """Referrals by area and their total; areas that no code list has are of no indicator."""
    grid = Grid(name)
    grid.put(1, 1, "Hub referrals by where the person lives, Q1 2023/24")
    grid.line(3, "Measure", *areas, "Total")
    row = Row("Total referrals into the hub", "HUB-01")
    other = Row("Outreach visits made")
    for down, one in enumerate((row, other), 4):
        grid.put(down, 1, one.label)
        parts = []
        for across, area in enumerate(areas, 2):
            where = area if code and one.code else None
            part = replace(one, code=code if one.code else None, category=where, label=f"{one.label} {area}")
            parts.append(replace(truth(part, "2023-Q1"), label=one.label))
            grid.fact(down, across, parts[-1])
        total = replace(truth(one, "2023-Q1"), value=sum(part.value for part in parts))
        grid.fact(down, 2 + len(areas), total)
    return grid


@layout
def adults_and_children_under_each_quarter() -> Trial:
    grid = Grid("Accommodation")
    grid.put(1, 1, "People in safe accommodation 2023/24 (cumulative since April)")
    grid.put(5, 1, "Refuge and dispersed")
    for number, key in enumerate(QUARTERS):
        left = 2 + 2 * number
        grid.put(3, left, f"Q{number + 1}")
        grid.merge(3, left, 3, left + 1)
        grid.line(4, "Adults", "Children", column=left)
        grid.fact(5, left, truth(SO_FAR[0], key, label="Adults"))
        grid.fact(5, left + 1, truth(SO_FAR[1], key, label="Children"))
    return book("adults_and_children_under_each_quarter", grid)


@layout
def sources_as_rows_with_a_total() -> Trial:
    grid = Grid("Referral routes")
    grid.put(1, 1, "Hub: where referrals came from")
    grid.line(3, "Referral source", "Q1 2023/24", "Q2 2023/24")
    sources = (("Police", "Police"), ("Self", "Self"), ("Probation", "Probation"), ("GP", "General practice"))
    keys = QUARTERS[:2]
    for down, (text, category) in enumerate(sources, 4):
        grid.put(down, 1, text)
        figures(grid, down, 2, [Row(text, "HUB-01", category=category)], keys)
    grid.put(8, 1, "Total referrals into the hub")
    for across, key in enumerate(keys, 2):
        total = sum(grid.facts[down, across].value for down in range(4, 8))
        grid.fact(8, across, replace(truth(HUB[0], key, label="Total referrals into the hub"), value=total))
    return book("sources_as_rows_with_a_total", grid)


@layout
def services_as_rows() -> Trial:
    grid = Grid("Safety plans")
    grid.put(1, 1, "Safety plans completed in Q2 2023/24")
    grid.line(3, "Service", "Safety plans completed", "Team meetings")
    places = {"Safe accommodation": "Safe accommodation", "Whole family": "Whole family approach"}
    for down, (text, category) in enumerate(places.items(), 4):
        grid.put(down, 1, text)
        grid.fact(down, 2, truth(Row(text, "XS-01", category=category), "2023-Q2"))
        grid.fact(down, 3, truth(Row(f"{text} team meetings"), "2023-Q2"))
    grid.put(6, 1, "All services")
    grid.fact(6, 2, _sum_of(grid, (4, 5), 2, "XS-01"))
    grid.fact(6, 3, _sum_of(grid, (4, 5), 3, None))
    return book("services_as_rows", grid)


def _sum_of(grid: Grid, rows: tuple[int, ...], column: int, code: str | None):
    return replace(
        truth(Row("All services", code), "2023-Q2"), value=sum(grid.facts[row, column].value for row in rows)
    )


@layout
def numbered_measures_with_units() -> Trial:
    grid = Grid("Schedule B")
    grid.put(1, 1, "Schedule B - quarterly measures")
    grid.put(2, 1, "Period: Quarter 4 2023/24")
    grid.line(4, "KPI no.", "Description", "Unit", "Frequency", "Q4", "RAG", "Comments")
    rows = (*HUB[:4], *RATES[:2], *PERPETRATORS, *OTHER[:3])
    for down, row in enumerate(rows, 5):
        grid.line(down, round(1 + (down - 4) / 10, 1), row.label, "%" if row.part == "percent" else "No.", "Quarterly")
        figure(grid, down, 5, truth(row, "2023-Q4"))
        grid.line(down, down % 3 + 1, f"Up on the {down + 40} we had in Q3" if down % 2 else None, column=6)
    return book("numbered_measures_with_units", grid)


@layout
def colours_and_comments_with_numbers() -> Trial:
    grid = Grid("Dashboard")
    grid.line(2, "Performance measure", "Apr-Jun 2023", "RAG rating", "Last quarter", "Provider comments")
    rows = (*COMMUNITY, *QUALITY[:3])
    labels(grid, 3, 1, rows)
    figures(grid, 3, 2, rows, ["2023-Q1"])
    for down, row in enumerate(rows, 3):
        grid.line(down, ("Green", "Amber", "Red")[down % 3], column=3)
        grid.fact(down, 4, replace(truth(row, "2022-Q4"), owed=False))
        grid.put(down, 5, f"{down} of these were repeat clients; 2 staff on leave" if down % 2 else 3)
    return book("colours_and_comments_with_numbers", grid)


@layout
def stated_as_text() -> Trial:
    grid = Grid("Finance and activity")
    grid.line(2, "Item", "Q1 2023/24", "Q2 2023/24")
    rows = (HUB[0], HUB[1], Row("Actual spend on the contract", "CON-02.a"), OTHER[3], RATES[0])
    ways = ("{:,.0f} ", " {:,.0f}", "£{:,.2f}", "£{:,.0f}", "{}%")
    for down, (row, way) in enumerate(zip(rows, ways, strict=True), 3):
        grid.put(down, 1, row.label)
        for across, key in enumerate(QUARTERS[:2], 2):
            fact = truth(row, key)
            grid.fact(down, across, fact, Typed(way.format(fact.value)))
    return book("stated_as_text", grid)


@layout
def percentages_as_they_come() -> Trial:
    grid = Grid("Rates")
    grid.put(1, 1, "October to December 2023")
    grid.line(3, "Measure", "Result")
    for down, row in enumerate(RATES, 4):
        fact = truth(row, "2023-Q3")
        grid.put(down, 1, row.label)
        share = fact.value / 100
        typed = (Typed(share, "0%"), Typed(f"{fact.value}%"), Typed(fact.value), Typed(f"{fact.value} %"))[down % 4]
        grid.fact(down, 2, fact, typed)
    return book("percentages_as_they_come", grid)
