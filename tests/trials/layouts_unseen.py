"""Layouts that differ in how a sheet is arranged: turned, stacked, side by side, on many tabs, as a dashboard."""

from __future__ import annotations

from tests.trials.building import book, layout
from tests.trials.drawing import drawn
from tests.trials.sheets import Trial


@layout
def months_down_with_quarter_rows_between() -> Trial:
    text = """
@ | | SA-08 | none | SA-09 | SA-05 | SA-06 | SA-07 percent
            | Women's refuge - activity log 2024/25
            |
 | Month | Refs\\nrecd | Room\\nmoves | HH turned\\naway | Nights\\navail. | Nights\\nocc. | Occupancy
2024-04     | April      | #          | #            | #                | #               | #               | #
2024-05     | May        | #          | #            | #                | #               | #               | #
2024-06     | June       | #          | #            | #                | #               | #               | #
2024-Q1     | Qtr 1      | #          | #            | #                | #               | #               | #
2024-07     | July       | #          | #            | #                | #               | #               | #
2024-08     | August     | #          | #            | #                | #               | #               | #
2024-09     | September  | #          | #            | #                | #               | #               | #
2024-Q2     | Qtr 2      | #          | #            | #                | #               | #               | #
2024-Q2 ytd | YTD        | #          | #            | #                | #               | #               | #
"""
    return book("months_down_with_quarter_rows_between", drawn("Log", text))


@layout
def quarters_one_above_the_other() -> Trial:
    block = """
@       | | 2024-Q{number}
        | QUARTER {number}: {months}
        | Performance measure                     | Number | Comments
CBS-03  | New clients taken on by outreach        | #      | 2 staff off sick
CBS-04  | Clients closed                          | #      |
XS-03   | Clients referred by outreach to MARAC   | #      | incl. 3 out of area
XS-04.a | Child safeguarding referrals            | #      |
none    | Drop-ins held                           | #      |
        |
"""
    months = ("APRIL – JUNE 2024", "JULY – SEPTEMBER 2024", "OCTOBER – DECEMBER 2024")
    text = "".join(block.format(number=number, months=span).lstrip("\n") for number, span in enumerate(months, 1))
    return book("quarters_one_above_the_other", drawn("Outreach", text))


@layout
def a_tab_for_each_month_with_the_total_first() -> Trial:
    text = """
@      |                              | {key} | {key} =Craven | {key} =Hambleton | {key} =Selby | {key} =City of York
       | Monthly data - hub and IDVA  |
       | Activity                     | All   | Craven        | Hambleton        | Selby        | York
HUB-01 | Number of referrals to hub   | 300   | 60            | 90               | 50           | 100
CBS-03 | Cases opened by the IDVAs    | 41    | 10            | 12               | 4            | 15
none   | Home visits made             | 22    | 5             | 6                | 4            | 7
"""
    tabs = (("Oct 24", "2024-10"), ("Nov 24", "2024-11"), ("Dec 24", "2024-12"))
    grids = [drawn(tab, text.format(key=key)) for tab, key in tabs]
    return book("a_tab_for_each_month_with_the_total_first", *grids)


@layout
def dashboard_of_cards() -> Trial:
    text = """
@ |  | none     |   |   | none      |    |   | none    |
  |  | DOMESTIC ABUSE SERVICES DASHBOARD - QUARTER 2 2024/25 | << | << | << | << | << | << | <<
  |
  |  | Helpline calls answered | << |  | Safety plans completed | << |  | Complaints received | <<
. |  | 1403 {HUB-09 2024-Q2} | ▲ 4% | | 388 {XS-01 2024-Q2} | ▼ 2% |  | 3 {XS-07.a 2024-Q2} | ▬
  |
  |  | New cases opened | << |  | Cases closed | << |  | Serious incidents | <<
. |  | 212 {CBS-03 2024-Q2} | ▲ 11% |  | 198 {CBS-04 2024-Q2} | ▲ 1% |  | 1 {XS-05.a 2024-Q2} | ▬
"""
    return book("dashboard_of_cards", drawn("Dashboard", text))


@layout
def two_tables_side_by_side() -> Trial:
    text = """
@        |                          | 2023-Q4 |  |                      | 2023-Q4 |
         | Quarterly return: Jan - Mar 2024
         |
         | HUB                      |      |  | REFUGE                        |
         | Measure                  | No.  |  | Measure                       | No.
.        | Referrals received       | 912 {HUB-01} |  | Referrals for a refuge place  | 74 {SA-08}
.        | Helpline calls answered  | 1288 {HUB-09} |  | Nights available              | 3822 {SA-05}
.        | Email enquiries          | 71 {none} |  | Nights occupied               | 3390 {SA-06}
.        |                          |      |  | Households unable to be housed by us | 31 {SA-09}
"""
    return book("two_tables_side_by_side", drawn("Return", text))


@layout
def services_across_and_measures_down() -> Trial:
    text = """
@       |                               | 2024-Q3 =Safe accommodation | 2024-Q3 =Community-based support | 2024-Q3
        | All services: October to December 2024
        |
        | Measure                       | Refuge | Community outreach | Total
XS-01   | Safety plans done             | 40     | 310                | 350
XS-07.a | Complaints received           | 1      | 2                  | 3
XS-03   | Referrals made to MARAC       | 6      | 44                 | 50
none    | Group sessions                | 12     | 18                 | 30
"""
    return book("services_across_and_measures_down", drawn("Services", text))


@layout
def a_tab_for_each_service() -> Trial:
    tabs = {
        "Refuge": """
@       |  |                        | 2025-Q1 | 2025-Q1 ytd
        | Ref | KPI                 | Qtr 1 25/26 | Year to date
SA-08   | R1 | Referrals received   | # | #
SA-09   | R2 | Households not able to be supported | # | #
SA-14.a | R3 | Households leaving the service      | # | #
""",
        "Perpetrator": """
@       |  |                        | 2025-Q1 | 2025-Q1 ytd
        | Ref | KPI                 | Qtr 1 25/26 | Year to date
PRP-02  | P1 | Referrals received   | # | #
PRP-04  | P2 | Men starting the programme   | # | #
PRP-05.a | P3 | Men completing the programme | # | #
""",
        "Hub": """
@       |  |                        | 2025-Q1 | 2025-Q1 ytd
        | Ref | KPI                 | Qtr 1 25/26 | Year to date
HUB-01  | H1 | Referrals received   | # | #
HUB-07  | H2 | Referrals closed with no support given | # | #
HUB-11  | H3 | Web chats, emails and texts            | # | #
""",
    }
    return book("a_tab_for_each_service", *(drawn(name, text) for name, text in tabs.items()))


@layout
def merged_kpi_over_three_lines() -> Trial:
    text = """
@   |    |                         |        | 2024-Q1 | 2024-Q2
    | Outcomes 2024-25
    | KPI | Outcome                | Basis  | Q1      | Q2
CBS-11 numerator   | 1 | Planned case closures | Number achieved | # | #
CBS-11 denominator |   |                       | Number of closures | # | #
CBS-11 percent     |   |                       | % achieved | # | #
CBS-13 numerator   | 2 | Clients who feel safer when they leave | Number achieved | # | #
CBS-13 denominator |   |                       | Number asked | # | #
CBS-13 percent     |   |                       | % achieved | # | #
"""
    grid = drawn("Outcomes", text)
    for first in (3, 6):
        grid.merge(first, 1, first + 2, 1)
        grid.merge(first, 2, first + 2, 2)
    return book("merged_kpi_over_three_lines", grid)


@layout
def sites_down_with_a_total() -> Trial:
    text = """
@             |          | SA-04.a | SA-05  | SA-06  | SA-07 percent
              | Safe accommodation by site, Quarter 3 2024/25
              |
              | Site     | Units | Nights available | Nights occupied | Occupancy
none 2024-Q3  | Site A   | 12    | 1104             | 990             | 90%
none 2024-Q3  | Site B   | 9     | 828              | 700             | 85%
none 2024-Q3  | Dispersed flats | 7 | 644           | 610             | 95%
2024-Q3       | Total    | 28    | 2576             | 2300            | 89.3%
"""
    return book("sites_down_with_a_total", drawn("Bed spaces", text))


@layout
def summary_with_years_down_and_no_quarters() -> Trial:
    text = """
@            |             | MRC-01 | MRC-03 percent | MRC-04 | none
             | MARAC: five year summary
             | Year        | Cases discussed | Repeats % | Children in the household | Meetings held
2020 alone   | 2020-21     | 410   | 28%  | 520  | 26
2021 alone   | 2021-22     | 455   | 31%  | 588  | 26
2022 alone   | 2022-23     | 472   | 30%  | 601  | 25
2023 alone   | 2023-24     | 498   | 33%  | 640  | 26
"""
    return book("summary_with_years_down_and_no_quarters", drawn("MARAC", text))
