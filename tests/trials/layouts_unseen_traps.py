"""Layouts with numbers that must not become figures, and figures that are nearly something else."""

from __future__ import annotations

from tests.trials.building import book, layout
from tests.trials.drawing import drawn
from tests.trials.sheets import Trial


@layout
def staff_list_and_budget_beside_the_activity() -> Trial:
    staff = """
@ | | none unowed | none unowed | none unowed | none unowed | | none unowed
  | Staff list at 30 September 2024
  | Post | Grade | Hours | FTE | Salary | Start date | Extension
  . | IDVA | 6 | 37 | 1 | £29,500 | 4/3/2019 | 2214
  . | IDVA | 6 | 22.2 | 0.6 | £17,700 | 1/9/2023 | 2215
  . | Team leader | 8 | 37 | 1 | £36,200 | 12/1/2017 | 2210
"""
    money = """
@ | | none unowed | none unowed | none unowed 2024-Q2 ytd | none unowed | none unowed
         | Income and expenditure, Quarter 2 2024/25
         | Cost line       | Annual budget | Budget to date | Actual to date | Variance | Forecast
. | Salaries        | £200,000 | £100,000 | £98,000 | £2,000 | £199,000
. | Premises        | £40,000  | £20,000  | £21,500 | -£1,500 | £42,000
"""
    activity = """
@        |                 | 2024-Q2
         | Activity, Quarter 2 2024/25
         | Measure         | Number
CBS-03   | New cases opened | 71
CBS-04   | Cases closed     | 64
"""
    return book(
        "staff_list_and_budget_beside_the_activity",
        drawn("Staff", staff),
        drawn("Finance", money),
        drawn("Activity", activity),
    )


@layout
def weeks_beside_their_month() -> Trial:
    text = """
@       |  | unowed | unowed | unowed | unowed | unowed | 2024-04
        | Helpline log
 | Measure | w/c 01/04/2024 | w/c 08/04/2024 | w/c 15/04/2024 | w/c 22/04/2024 | w/c 29/04/2024 | April 2024
HUB-09  | Calls answered by the helpline | 101 | 98 | 121 | 110 | 51 | 481
none    | Calls missed       | 11        | 9         | 12        | 14         | 3          | 49
"""
    return book("weeks_beside_their_month", drawn("Log", text))


@layout
def weeks_as_dates_down() -> Trial:
    text = """
@       |                | HUB-09 unowed | none unowed
        | Helpline log by week
        | Week beginning | Calls answered by the helpline | Calls missed
.       | 1/4/2024       | 101 | 11
.       | 8/4/2024       | 98  | 9
.       | 15/4/2024      | 121 | 12
.       | 22/4/2024      | 110 | 14
2024-04 | April total    | 430 | 46
"""
    return book("weeks_as_dates_down", drawn("Weeks", text))


@layout
def a_survey_with_answers_across() -> Trial:
    text = """
@ | | none unowed 2024-Q1 | none unowed 2024-Q1 | none unowed 2024-Q1 | none unowed 2024-Q1 | none unowed 2024-Q1
  | Exit survey, Quarter 1 2024/25 (46 forms returned)
  | Question                              | Strongly agree | Agree | Disagree | Strongly disagree | No answer
  . | I feel safer than before              | 20 | 18 | 4 | 1 | 3
  . | I feel better able to cope            | 17 | 20 | 5 | 2 | 2
  . | I am satisfied with the service       | 30 | 14 | 1 | 0 | 1
"""
    return book("a_survey_with_answers_across", drawn("Survey", text))


@layout
def front_page_full_of_numbers() -> Trial:
    front = """
@ |
  | Contract monitoring return
  | Contract reference | 2879
  | Contract value | £1,250,000
  | Contract start | 1/4/2024
  | Contract end | 31/3/2028
  | Lot | 2
  | Version | 3
  | Telephone | 1904555001
  | Reporting period | Q3 2024/25
  | Submitted on | 14/1/2025
  | Page | 1 | of | 4
"""
    figures = """
@      |                            | 2024-Q3 | 2024-Q2 unowed | 2024-Q3 ytd |
       | Measure                    | This qtr | Last qtr | YTD | Annual target | % of target
XS-01  | Safety plans completed     | 120 | 111 | 351 | 500 | 70%
XS-03  | MARAC referrals made by us | 22  | 19  | 60  | 80  | 75%
CBS-04 | Cases closed               | 88  | 92  | 260 | 360 | 72%
"""
    return book("front_page_full_of_numbers", drawn("Front page", front), drawn("Data", figures))


@layout
def hidden_detail_under_a_total() -> Trial:
    text = """
@       |                              | 2024-Q1
        | Refuge return Q1 2024/25
        | Measure                      | Total
SA-08   | Referrals for refuge         | 60
        |   House 1                    | 33
        |   House 2                    | 27
SA-09   | Households we were unable to accommodate | 14
        |   House 1                    | 9
        |   House 2                    | 5
"""
    grid = drawn("Return", text)
    grid.hidden_rows.update((4, 5, 7, 8))
    return book("hidden_detail_under_a_total", grid)


@layout
def figures_of_a_partner_under_ours() -> Trial:
    text = """
@       |                              | 2024-Q2
        | Consortium return Q2 2024/25
        | Measure                      | Number
CBS-03  | New cases opened             | 120
none    |   of which by our partner organisation | 45
CBS-04  | Cases closed                 | 99
none    |   of which by our partner organisation | 30
none    | New cases opened in our other contract area | 77
none    | Referrals we made to food banks | 14
"""
    return book("figures_of_a_partner_under_ours", drawn("Return", text))


@layout
def target_actual_and_variance_as_rows() -> Trial:
    text = """
@      |                       |          | 2024-Q1 | 2024-Q2 | 2024-Q3
       | KPI profile 2024/25
       | KPI                   |          | Q1 | Q2 | Q3 | Q4
       | New cases opened      | Target   | 80 | 80 | 80 | 80
CBS-03 |                       | Actual   | 71 | 83 | 90 |
       |                       | Variance | -9 | 3  | 10 |
       | Safety plans completed | Target  | 120 | 120 | 120 | 120
XS-01  |                       | Actual   | 118 | 131 | 140 |
       |                       | Variance | -2 | 11 | 20 |
"""
    return book("target_actual_and_variance_as_rows", drawn("Profile", text))


@layout
def rolling_years_of_a_conference() -> Trial:
    text = """
@       |                               | 2023-07-01/2024-06-30 | 2023-10-01/2024-09-30
        | MARAC data (rolling 12 months)
        | Measure                       | 12 months to June 2024 | 12 months to September 2024
MRC-01  | Number of MARAC cases discussed | 470 | 481
MRC-03 percent | MARAC repeat rate      | 31% | 30%
MRC-04  | Number of children in MARAC households | 602 | 588
MRC-05 percent | % of MARAC referrals from partner agencies | 36% | 38%
"""
    return book("rolling_years_of_a_conference", drawn("MARAC", text))


@layout
def extract_in_long_form_with_parts() -> Trial:
    text = """
@       |          |      |     | numerator | denominator | percent
        | Reporting period | KPI ref | KPI | Numerator | Denominator | Result | RAG
CBS-13 2024-Q2 | 2024/25 Qtr 2 | C4 | Clients who feel safer at exit | 34 | 40 | 85% | Green
CBS-11 2024-Q2 | 2024/25 Qtr 2 | C5 | Planned case closures          | 50 | 61 | 82% | Green
SA-07 2024-Q2  | 2024/25 Qtr 2 | S1 | Occupancy                      | 3300 | 3864 | 85.4% | Amber
"""
    return book("extract_in_long_form_with_parts", drawn("Extract", text))


@layout
def plain_text_file_with_semicolons_and_dates() -> Trial:
    text = """
@       |            |                       | .
        | Period start | Period end | Service  | Indicator | Value
.       | 01/07/2024 | 30/09/2024 | Hub        | Referrals received     | 911 {HUB-01 2024-Q2}
.       | 01/07/2024 | 30/09/2024 | Hub        | Helpline calls answered | 1402 {HUB-09 2024-Q2}
.       | 01/07/2024 | 30/09/2024 | Refuge     | Nights available       | 3864 {SA-05 2024-Q2}
.       | 01/07/2024 | 30/09/2024 | Refuge     | Nights occupied        | 3400 {SA-06 2024-Q2}
.       | 01/07/2024 | 30/09/2024 | Outreach   | Cases closed           | 155 {CBS-04 2024-Q2}
"""
    text = text.replace("| .\n", "| | | . | . | . | .\n")
    return book("plain_text_file_with_semicolons_and_dates", drawn(None, text), separator=";")


@layout
def police_crimes_by_calendar_quarter() -> Trial:
    text = """
@       |                      | 2023-Q4 | 2024-Q1 | 2024-Q2 |
        | Domestic abuse recorded by the force
        |                      | Jan-Mar 2024 | Apr-Jun 2024 | Jul-Sep 2024 | Change
CTX-01  | Domestic abuse crimes recorded by police | 1440 | 1512 | 1499 | -0.9%
none    | Domestic abuse incidents (not crimes) | 2100 | 2210 | 2188 | -1%
none    | Arrest rate          | 41% | 40% | 43% | 3
"""
    return book("police_crimes_by_calendar_quarter", drawn("Force data", text))
