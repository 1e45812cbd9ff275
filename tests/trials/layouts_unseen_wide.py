"""More layouts with headings and labels that are nearly those of figures, and periods that are nearly others."""

from __future__ import annotations

from tests.trials.building import book, layout
from tests.trials.drawing import drawn
from tests.trials.sheets import Trial


@layout
def standards_and_weights_beside_results() -> Trial:
    text = """
@       |                              |          |        | 2024-Q2 |       |
        | Contract scorecard, July to September 2024
        | Measure                      | SLA      | Weight | Achieved | RAG   | Rank
HUB-09  | Helpline calls answered      | 1500     | 20     | 1402     | 3     | 2
XS-01   | Safety plans undertaken      | 300      | 30     | 331      | 5     | 1
XS-07.a | Complaints received          | 5        | 10     | 2        | 5     | 1
"""
    return book("standards_and_weights_beside_results", drawn("Scorecard", text))


@layout
def service_levels_as_targets() -> Trial:
    text = """
@       |                              |     | 2024-Q1 | 2024-Q2
        | Year 2024/25
        | KPI                          | SLA | Q1  | Q2
HUB-10 percent | Call answer rate      | 90% | 88% | 91%
XS-03   | Referrals made to MARAC      | 40  | 38  | 47
XS-05.a | Serious incidents            | 0   | 1   | 0
"""
    return book("service_levels_as_targets", drawn("KPIs", text))


@layout
def this_period_and_last_and_both_years_so_far() -> Trial:
    text = """
@       |                    | 2024-Q3 | 2024-Q2 unowed | 2023-Q3 unowed | 2024-Q3 ytd | 2023-Q3 ytd unowed
        | Quarter 3 2024/25
        |                    | This period | Last period | Same period last year | YTD | Last YTD
XS-01   | Safety plans undertaken | 120 | 111 | 99 | 351 | 310
XS-07.a | Complaints received     | 4   | 2   | 6  | 11  | 13
XS-03   | Referrals made to MARAC | 31  | 28  | 22 | 90  | 71
"""
    return book("this_period_and_last_and_both_years_so_far", drawn("Data", text))


@layout
def four_quarters_of_two_years_and_their_total() -> Trial:
    text = """
@       |                         | 2023-Q4 | 2024-Q1 | 2024-Q2 | 2024-Q3 | 2024-01-01/2024-12-31 total
        | Rolling year
        | Measure                 | Q4 23/24 | Q1 24/25 | Q2 24/25 | Q3 24/25 | Total
XS-01   | Safety plans undertaken | 100 | 110 | 120 | 130 | 460
XS-07.a | Complaints received     | 1   | 2   | 3   | 4   | 10
"""
    return book("four_quarters_of_two_years_and_their_total", drawn("Rolling", text))


@layout
def halves_and_nine_months() -> Trial:
    text = """
@       |                         | 2024-H1 | 2024-Q3 ytd | 2023 alone
        | Board report
        | Measure                 | H1 2024/25 | 9 months to Dec 2024 | 2023/24 outturn
XS-01   | Safety plans undertaken | 230 | 360 | 410
XS-03   | Referrals made to MARAC | 70  | 101 | 133
"""
    return book("halves_and_nine_months", drawn("Board", text))


@layout
def counts_that_are_not_the_whole() -> Trial:
    text = """
@       |                                        | 2024-Q2
        | Refuge return for Quarter 2 2024/25
        | Measure                                | Number
SA-08   | Referrals received                     | 60
none    | Inappropriate referrals                | 9
none    | Referrals withdrawn                    | 4
none    | Referrals not accepted                 | 21
none    | Average referrals per week             | 5
none    | Highest number of referrals in a day   | 6
SA-06   | Nights occupied                        | 3300
none    | Nights occupied by emergency placements | 120
none    | Nights lost to repairs                 | 44
SA-14.a | Households leaving                     | 22
none    | Households leaving in the first week   | 3
none    | Staff leaving                          | 1
"""
    return book("counts_that_are_not_the_whole", drawn("Refuge", text))


@layout
def headcounts_and_hours_of_staff() -> Trial:
    text = """
@        |                               | 2024-Q1 | 2024-Q2
         | Workforce 2024/25
         | Item                          | Q1   | Q2
WF-01.a  | Funded posts (FTE)            | 14.5 | 14.5
WF-01.b  | Staff in post (FTE)           | 13.2 | 12.8
none     | Staff in post (headcount)     | 17   | 16
WF-02 numerator | Vacancies (FTE)        | 1.3  | 1.7
WF-02 percent | Vacancy rate             | 9%   | 11.7%
none     | Agency hours used             | 120  | 96
none     | Volunteers                    | 12   | 14
none     | Volunteer hours               | 210  | 260
none     | Staff trained in first aid    | 6    | 7
"""
    return book("headcounts_and_hours_of_staff", drawn("Workforce", text))


@layout
def waits_and_lengths() -> Trial:
    text = """
@        |                               | 2024-Q1 | 2024-Q2
         | Waiting times 2024/25 - hub
         | Measure                       | Q1 | Q2
HUB-13.a | People waiting for allocation | 14 | 9
HUB-13.b | Longest wait for allocation (working days) | 22 | 18
none     | Average wait for allocation (working days) | 6 | 5
none     | People who left the waiting list | 3 | 2
"""
    return book("waits_and_lengths", drawn("Waits", text))


@layout
def open_cases_on_a_day() -> Trial:
    text = """
@       |                                         | .
        | Community outreach: position statement
        | Measure                                 | Number
CBS-05  | Open cases as at 30 June 2024           | 166
CBS-05  | Open cases as at 30 September 2024      | 171
"""
    return book("open_cases_on_a_day", drawn("Position", text))


@layout
def a_note_below_says_so_far() -> Trial:
    text = """
@       |                              | 2024-Q1 ytd | 2024-Q2 ytd | 2024-Q3 ytd
        | Whole family approach 2024/25
        | Measure                      | Q1* | Q2* | Q3*
WFA-01  | Adults supported             | 60  | 110 | 140
WFA-02  | Children supported           | 30  | 71  | 99
        |
        | * All figures are cumulative from 1 April.
"""
    return book("a_note_below_says_so_far", drawn("WFA", text))


@layout
def two_lots_side_by_side() -> Trial:
    text = """
@       |                         | none 2024-Q1 | none 2024-Q1 | 2024-Q1
        | Return Q1 2024/25
        | Measure                 | Lot 1 | Lot 2 | Both lots
.       | Complaints received     | 1     | 2     | 3 {XS-07.a}
.       | Serious incidents       | 0     | 1     | 1 {XS-05.a}
.       | Safety plans undertaken | 50    | 70    | 120 {XS-01}
"""
    return book("two_lots_side_by_side", drawn("Lots", text))


@layout
def rates_without_a_sign() -> Trial:
    text = """
@       |                               | 2024-Q1 percent | 2024-Q2 percent
        | Outcomes 2024/25 (%)
        | Measure                       | Q1 | Q2
CBS-13  | % feeling safer at exit       | 82 | 85
HUB-10  | % of calls answered           | 91 | 88.5
SA-07   | Occupancy (%)                 | 92 | 95
"""
    return book("rates_without_a_sign", drawn("Outcomes", text))


@layout
def quarters_joined() -> Trial:
    text = """
@       |                         | 2024-H1 | 2024-Q3
        | Return 2024/25
        | Measure                 | Q1 & Q2 | Q3
XS-01   | Safety plans undertaken | 230 | 120
XS-07.a | Complaints received     | 5   | 2
"""
    return book("quarters_joined", drawn("Return", text))


@layout
def earlier_years_at_the_left() -> Trial:
    text = """
@       |                         | 2021 alone | 2022 alone | 2023 alone | 2024-Q1 | 2024-Q2
        | Trend since the contract began
        | Measure                 | 21/22 | 22/23 | 23/24 | Q1 24/25 | Q2 24/25
XS-01   | Safety plans undertaken | 400 | 420 | 431 | 111 | 120
XS-03   | Referrals made to MARAC | 90  | 101 | 99  | 20  | 31
"""
    return book("earlier_years_at_the_left", drawn("Trend", text))
