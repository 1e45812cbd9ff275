"""Layouts with what else a workbook holds: gaps, marks, notes, hidden and covered cells, targets, old figures."""

from __future__ import annotations

from dataclasses import replace

from tests.trials.building import MONTHS, QUARTERS, book, figures, labels, layout, truth
from tests.trials.layouts_periods import simple
from tests.trials.sheets import Grid, Trial, Typed
from tests.trials.truth import Fact
from tests.trials.words import COMMUNITY, HUB, OTHER, PERPETRATORS, QUALITY, REFUGE, SERVICES, STAFF, Row

Q_HEADERS = [f"Q{number} 2023/24" for number in range(1, 5)]
GAPS: tuple[tuple[Typed, tuple[str, ...]], ...] = (
    (Typed("<5"), ("suppressed",)),
    (Typed("*"), ("suppressed",)),
    (Typed("n/a"), ("not_applicable",)),
    (Typed("TBC"), ("pending",)),
    (Typed("-"), ("missing",)),
    (Typed("Not collected"), ("not_collected", "missing")),
    (Typed("#DIV/0!", formula="=1/0"), ("error", "not_applicable")),
    (Typed(None, formula="=SUM(Z1:Z9)"), ("error", "missing", "pending")),
    (Typed("see note"), ("error", "missing")),
)


@layout
def tables_one_under_the_other() -> Trial:
    grid = Grid("All services")
    grid.put(1, 1, "Monitoring return 2023/24")
    at = 3
    for title, rows in SERVICES.items():
        grid.put(at, 1, title)
        grid.line(at + 1, "Measure", *(f"Q{number}" for number in range(1, 5)))
        labels(grid, at + 2, 1, rows)
        at = figures(grid, at + 2, 2, rows, QUARTERS) + 2
    return book("tables_one_under_the_other", grid)


@layout
def tables_side_by_side() -> Trial:
    grid = Grid("Page 1")
    for left, title, rows in ((1, "Hub", HUB), (5, "Outreach", COMMUNITY)):
        grid.put(2, left, title)
        grid.line(3, "Measure", "Q1 23/24", "Q2 23/24", column=left)
        labels(grid, 4, left, rows)
        figures(grid, 4, left + 1, rows, QUARTERS[:2])
    return book("tables_side_by_side", grid)


@layout
def sections_in_capitals_and_by_indent() -> Trial:
    grid = Grid("KPI")
    grid.line(2, "KEY PERFORMANCE INDICATOR", *Q_HEADERS)
    at = 3
    for title, rows in SERVICES.items():
        grid.put(at, 1, title.upper())
        if title == "Refuge":
            grid.merge(at, 1, at, 5)
        labels(grid, at + 1, 1, rows, indent="    ")
        at = figures(grid, at + 1, 2, rows, QUARTERS)
    return book("sections_in_capitals_and_by_indent", grid)


@layout
def people_by_service_under_the_same_words() -> Trial:
    """Only the title above each table says whose adults and children they are."""
    grid = Grid("People")
    grid.put(1, 1, "People supported, cumulative from April 2023")
    tables = (("Safe accommodation", "SA-01", "SA-02"), ("Whole family approach", "WFA-01", "WFA-02"))
    at = 3
    for title, adults, children in tables:
        rows = (Row("Adults supported", adults, basis="ytd"), Row("Children supported", children, basis="ytd"))
        grid.put(at, 1, title)
        grid.line(at + 1, "", *Q_HEADERS)
        labels(grid, at + 2, 1, rows)
        at = figures(grid, at + 2, 2, rows, QUARTERS) + 1
    return book("people_by_service_under_the_same_words", grid)


@layout
def targets_and_actuals_in_twin_tables() -> Trial:
    grid = Grid("Profile")
    grid.put(1, 1, "Targets 2023/24")
    grid.line(2, "Measure", "Q1", "Q2", "Q3", "Q4")
    labels(grid, 3, 1, HUB)
    for down, row in enumerate(HUB, 3):
        grid.line(down, *(5 * round(truth(row, key).value / 5 + 2) for key in QUARTERS), column=2)
    grid.put(13, 1, "Actuals 2023/24")
    grid.line(14, "Measure", "Q1", "Q2", "Q3", "Q4")
    labels(grid, 15, 1, HUB)
    figures(grid, 15, 2, HUB, QUARTERS)
    return book("targets_and_actuals_in_twin_tables", grid)


@layout
def gaps_of_every_kind() -> Trial:
    grid = simple("Gaps", QUALITY[:9], Q_HEADERS[:2], QUARTERS[:2], title="With gaps")
    for down, (typed, statuses) in enumerate(GAPS, 5):
        fact = replace(grid.facts[down, 3], value=None, statuses=statuses)
        grid.fact(down, 3, fact, typed)
    return book("gaps_of_every_kind", grid)


@layout
def footnote_marks() -> Trial:
    rows = tuple(replace(row, label=f"{row.label}{mark}") for row, mark in zip(HUB[:4], "*¹†²", strict=True))
    grid = simple("Notes", rows, ["Q1 2023/24", "Q2 2023/24 (p)", "Q3 2023/24*"], QUARTERS[:3], title="Hub [note 1]")
    first, second = grid.facts[5, 2], grid.facts[6, 3]
    grid.fact(5, 2, first, Typed(f"{first.value:,}*"))
    grid.fact(6, 3, second, Typed(f"{second.value} (p)"))
    grid.line(11, "* Includes 14 referrals carried over from 2022/23.")
    grid.line(12, "¹ Calls between 9 and 17 only; 2 lines.")
    return book("footnote_marks", grid)


@layout
def numbered_notes_and_contact_details() -> Trial:
    grid = simple("Monitoring", COMMUNITY, Q_HEADERS, QUARTERS, title="Contract monitoring", top=9)
    grid.line(2, "Version", 3)
    grid.line(3, "Contact telephone", 1632960002)
    grid.line(4, "Contract value", 250000)
    grid.line(5, "Page", 1, "of", 3)
    grid.line(6, "Number of staff completing this form", 2)
    grid.line(18, "Notes")
    grid.line(19, 1, "Figures were taken from the case system on 5 April 2024.")
    grid.line(20, 2, "Of the 12 cases re-opened, 3 were in Q4.")
    return book("numbered_notes_and_contact_details", grid)


@layout
def hidden_old_figures() -> Trial:
    old = simple("Q3 2022-23", HUB, ["Number"], ["2022-Q3"])
    old.facts, old.hidden = {}, True
    grid = simple("Q3 2023-24", HUB, ["Number", "Old number"], ["2023-Q3"])
    for down, row in enumerate(HUB, 5):
        grid.put(down, 3, truth(row, "2022-Q3").value)
    grid.put(14, 1, "Cases re-opened")
    grid.put(14, 2, 31)
    grid.hidden_columns.add(3)
    grid.hidden_rows.add(14)
    return book("hidden_old_figures", old, grid)


@layout
def stale_cells_under_merges() -> Trial:
    grid = Grid("Q2")
    grid.put(1, 1, "Return for Q2 2023/24: Jul 2023 - Sep 2023")
    grid.put(1, 2, "Q1 2023/24: Apr 2023 - Jun 2023")
    grid.merge(1, 1, 1, 3)
    grid.line(3, "Measure", "Number", 77)
    grid.merge(3, 2, 3, 3)
    labels(grid, 4, 1, QUALITY)
    figures(grid, 4, 2, QUALITY, ["2023-Q2"])
    for down in range(4, 4 + len(QUALITY)):
        grid.put(down, 3, 999)
        grid.merge(down, 2, down, 3)
    return book("stale_cells_under_merges", grid)


@layout
def nothing_filled_in() -> Trial:
    grid = simple("To complete", QUALITY, Q_HEADERS, QUARTERS, title="Please complete the white cells")
    for at in list(grid.facts):
        del grid.facts[at], grid.cells[at]
    return book("nothing_filled_in", grid)


@layout
def spacer_columns_and_rows() -> Trial:
    grid = Grid("Spaced out")
    grid.put(1, 1, "Staffing and training")
    for number, text in enumerate(Q_HEADERS):
        grid.put(3, 3 + 2 * number, text)
    for number, row in enumerate(STAFF):
        grid.put(5 + 2 * number, 1, row.label)
        for across, key in enumerate(QUARTERS):
            grid.fact(5 + 2 * number, 3 + 2 * across, truth(row, key))
    return book("spacer_columns_and_rows", grid)


@layout
def semicolons_and_no_sheet() -> Trial:
    grid = simple(None, REFUGE, Q_HEADERS, QUARTERS, title="Refuge monitoring", top=3, first="Measure")
    return book("semicolons_and_no_sheet", grid, separator=";")


@layout
def long_form_in_other_words() -> Trial:
    grid = Grid("Extract")
    grid.line(1, "Team", "Measure name", "Financial year", "Qtr", "Figure")
    at = 2
    for row in (*HUB, *PERPETRATORS):
        for number, key in enumerate(QUARTERS[:2], 1):
            grid.line(at, "DA team", row.label, "2023/24", f"Q{number}")
            grid.fact(at, 5, truth(row, key))
            at += 1
    return book("long_form_in_other_words", grid)


@layout
def nothing_that_is_an_indicator() -> Trial:
    grid = simple("Extras", OTHER, Q_HEADERS, QUARTERS, title="Other activity we would like to share")
    return book("nothing_that_is_an_indicator", grid)


@layout
def totals_under_calculated_columns() -> Trial:
    grid = Grid("Teams")
    grid.put(1, 1, "New cases started, by team, 2023/24")
    grid.line(3, "Team", "Apr", "May", "Jun", "Q1 total")
    for down, team in enumerate(("Coast team", "Moors team"), 4):
        row = Row(team)
        grid.put(down, 1, team)
        figures(grid, down, 2, [row], MONTHS[:3])
        total = truth(row, "2023-Q1")
        grid.fact(down, 5, total, Typed(total.value, formula=f"=SUM(B{down}:D{down})"))
    grid.put(6, 1, "All teams - new cases started")
    for column, key in enumerate([*MONTHS[:3], "2023-Q1"], 2):
        value = grid.facts[4, column].value + grid.facts[5, column].value
        letter = " ABCDE"[column]
        grid.fact(6, column, Fact("CBS-03", key, value), Typed(value, formula=f"=SUM({letter}4:{letter}5)"))
    return book("totals_under_calculated_columns", grid)
