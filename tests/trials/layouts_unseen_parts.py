"""Layouts in which a figure has company, in words and shapes of other services: targets, colours, shares, last year."""

from __future__ import annotations

from tests.trials.building import book, layout
from tests.trials.drawing import drawn
from tests.trials.sheets import Trial


@layout
def target_actual_colour_and_arrow_for_each_quarter() -> Trial:
    text = """
@      |     |                                 |     | 2024-Q1 |   |   | 2024-Q2 |   |   |
       | Contract performance report 2024/25
       |     |                                 |        | Quarter 1 | << | << | Quarter 2 | << | << |
       | No. | Indicator                       | Target | Actual | RAG | DoT | Actual | RAG | DoT | Commentary
HUB-01 | 1.1 | Referrals to the single point of access | 900 | # | G | ↑ | # | G | ↑ | 58 more than in Q1
HUB-09 | 1.2 | Calls answered on the helpline | 1500 | # | A | ↓ | # | A | ↔ | Line down for 2 days
HUB-10 percent | 1.3 | % calls answered        | 90%    | #      | R   | ↓   | #      | R   | ↓   | See 1.2
XS-08.a percent | 1.4 | % of users satisfied with the service | 85% | # | G | ↑ | # | G | ↑ | 41 of 46 in Q2
XS-05.a | 1.5 | Serious incidents              | 0      | #      | G   | ↔   | #      | G   | ↔   |
"""
    return book("target_actual_colour_and_arrow_for_each_quarter", drawn("KPIs", text))


@layout
def achieved_out_of_and_rate_columns() -> Trial:
    text = """
@      |       | numerator | denominator | percent |
       | Outcomes for Q4 2023/24
       |
       | Outcome measure                                     | Number achieved | Out of | Rate | Target
CBS-12 2023-Q4 | Clients whose risk had reduced at case closure | # | # | # | 70%
CBS-13 2023-Q4 | Clients who felt safer at exit               | # | # | # | 85%
CBS-07 2023-Q4 | Clients who engaged with support             | # | # | # | 70%
SA-15 2023-Q4  | Households moving on to a settled home       | # | # | # | 65%
"""
    return book("achieved_out_of_and_rate_columns", drawn("Outcomes", text))


@layout
def number_and_percentage_in_one_cell() -> Trial:
    text = """
@       |                                      | 2024-Q1 | 2024-Q2
        | Service user outcomes 2024/25
        | Outcome                              | Q1 | Q2
CBS-13 numerator error | Feeling safer at exit   | 34 (71%) | 41 (77%)
CBS-11 numerator error | Planned case closures   | 46 / 58 | 50 / 61
CBS-12 numerator error | Risk reduced at exit    | 28 out of 40 | 75% (n=44)
CBS-03  | New cases opened                     | 88 | 91
"""
    return book("number_and_percentage_in_one_cell", drawn("Outcomes", text))


@layout
def words_where_numbers_should_be() -> Trial:
    text = """
@       |                                  | 2024-Q1 | 2024-Q2 | 2024-Q3 | 2024-Q4
        | Quarterly monitoring form 2024-25
        | Measure                          | Qtr 1 | Qtr 2 | Qtr 3 | Qtr 4
XS-03 | Referrals made to MARAC | <5 {suppressed} | 12 | n/k {missing error} | tbc {pending}
XS-07.a | Complaints received              | nil {error} | 0 | none {error} | 2
XS-05.a | Serious incidents                | - {missing} | 1 | * {suppressed} | N/A {not_applicable}
XS-01 | Safety plans completed | 44 | 12 (est.) {:12} | c. 50 {error} | 61
XS-09.c | Case studies supplied            | 1 | two {error} | 3* {:3} | 1
CBS-03  | New cases opened                 | 31 | 40 | ? {error missing} | 38
"""
    return book("words_where_numbers_should_be", drawn("Form", text))


@layout
def equalities_in_blocks_one_under_the_other() -> Trial:
    text = """
@      |                 | CBS-06 2024-Q3 | none 2024-Q3 percent unowed
       | Outreach: equality monitoring of clients supported, October - December 2024
       |
       | Age             | No. | %
=18 to 24 | 18 - 24      | 22  | 20%
=25 to 34 | 25 - 34      | 40  | 36%
=35 to 44 | 35 - 44      | 30  | 27%
=75 and over | 75+       | 18  | 16%
.      | Total           | 110 | 100%
       |
       | Gender          | No. | %
=Female | Female         | 101 | 92%
=Male  | Male            | 9   | 8%
.      | Total           | 110 | 100%
       |
       | Disability      | No. | %
=Disabled | Yes          | 25  | 23%
=Not disabled | No       | 70  | 64%
=Prefer not to say | Prefer not to say | 15 | 14%
.      | Total           | 110 | 100%
"""
    return book("equalities_in_blocks_one_under_the_other", drawn("Equalities", text))


@layout
def accommodation_types_indented_under_their_measure() -> Trial:
    text = """
@      |                                         | 2024-Q1 ytd | 2024-Q2 ytd
       | Safe accommodation return 2024/25 - all figures are cumulative from 1 April
       |
       | Measure                                 | Q1 | Q2
SA-03  | Households supported                    | 40 | 71
SA-03 =Refuge |    of which refuge               | 22 | 40
SA-03 =Dispersed, refuge-level support |    of which dispersed (refuge level) | 10 | 16
SA-03 =Sanctuary scheme |    of which sanctuary scheme | 8 | 15
SA-02  | Children supported                      | 31 | 50
SA-02 =Refuge |    of which refuge               | 20 | 33
"""
    return book("accommodation_types_indented_under_their_measure", drawn("SA", text))


@layout
def this_year_last_year_and_variance() -> Trial:
    text = """
@      |                               | 2024-Q2 | 2023-Q2 unowed |  | 2024-Q2 ytd | 2023-Q2 ytd unowed |
       | Helpline and hub
       |                               | Quarter 2 | << | << | Year to date | << | <<
       | Measure                       | 24/25 | 23/24 | Var | 24/25 | 23/24 | Var
HUB-01 | Referrals to hub              | 980   | 930   | 50  | 1902  | 1850  | 52
HUB-09 | Calls answered                | 1500  | 1621  | -121 | 3050 | 3111  | -61
HUB-12 | Advice to professionals       | 210   | 190   | 20  | 402   | 377   | 25
"""
    return book("this_year_last_year_and_variance", drawn("Compare", text))


@layout
def months_growing_through_the_year() -> Trial:
    text = """
@      |                               | 2024-04 ytd | 2024-05 ytd | 2024-Q1 ytd | 2024-07 ytd
       | Running totals 2024/25 (cumulative)
       | Measure                       | Apr | Apr-May | Apr-Jun | Apr-Jul
XS-01  | Safety plans                  | #   | #       | #       | #
CBS-03 | New cases                     | #   | #       | #       | #
CBS-04 | Closed cases                  | #   | #       | #       | #
"""
    return book("months_growing_through_the_year", drawn("Running", text))


@layout
def targets_inside_headings_and_labels() -> Trial:
    text = """
@      |                                               | 2024-Q1 | 2024-Q2
       | Year 2024/25
       | Indicator                                     | Q1 (target 40) | Q2 (target 45)
XS-03  | MARAC referrals made                          | 38 | 47
CBS-03 | Number of new cases opened [target: 300 p.a.] | 71 | 80
HUB-10 percent | Call answer rate (target 90%)         | 88% | 91%
WF-02 percent  | Vacancy rate (target <10%)            | 8%  | 12.5%
"""
    return book("targets_inside_headings_and_labels", drawn("Indicators", text))


@layout
def quarter_and_year_so_far_side_by_side() -> Trial:
    text = """
@      |                           | 2024-Q1 | 2024-Q1 ytd | 2024-Q2 | 2024-Q2 ytd | 2024-Q3 | 2024-Q3 ytd |
       | Community safety partnership return 2024-25
       | Measure                   | Q1 | Q1 YTD | Q2 | Q2 YTD | Q3 | Q3 YTD | Annual target
XS-01  | Safety plans undertaken   | #  | #      | #  | #      | #  | #      | 1500
XS-04.b | Adult safeguarding referrals | # | #   | #  | #      | #  | #      | 240
TRN-01.a | Training sessions delivered to professionals | # | # | # | # | # | # | 60
"""
    return book("quarter_and_year_so_far_side_by_side", drawn("CSP", text))


@layout
def adults_and_children_for_each_service() -> Trial:
    text = """
@      |                        | . | .
       | Numbers supported, April to December 2024 (year to date)
       |
       | Service                | Adults | Children
2024-Q3 ytd | Safe accommodation | 121 {SA-01} | 80 {SA-02}
2024-Q3 ytd | Whole family approach | 160 {WFA-01} | 101 {WFA-02}
2024-Q3 ytd | Respect programme (parents / young people) | 199 {RES-01} | 55 {RES-02}
"""
    return book("adults_and_children_for_each_service", drawn("Supported", text))
