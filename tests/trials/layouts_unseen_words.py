"""Layouts whose difficulty is their words: short forms, misspellings, two languages, odd ways to say a period."""

from __future__ import annotations

from tests.trials.building import book, layout
from tests.trials.drawing import drawn
from tests.trials.sheets import Trial


@layout
def short_forms_of_a_young_peoples_service() -> Trial:
    text = """
@       |                               | 2024-Q2 | 2024-Q3
        | CYP & parents - DA prog. (Respect) monitoring
        | KPI                           | Jul-Sept 24 | Oct-Dec 24
RES-03  | No. refs to Respect prog.     | #  | #
RES-02  | No. CYP supported by Respect prog. | 34 | 29
RES-01  | No. parents/carers supported by Respect prog. | 71 | 58
none    | DNAs                          | #  | #
none    | No. of 1:1s                   | #  | #
XS-04.a | S/guarding refs - children    | #  | #
"""
    return book("short_forms_of_a_young_peoples_service", drawn("CYP", text))


@layout
def misspelt_labels() -> Trial:
    text = """
@       |                                 | 2024-Q1 | 2024-Q2
        | Quartely Monitorring Return
        | Measure                         | Quater 1 24/25 | Quater 2 24/25
SA-08   | Referals to safe accomodation   | #  | #
SA-09   | Housholds unable to be suported | #  | #
XS-07.a | Complaints recieved             | #  | #
XS-01   | Saftey plans completed          | #  | #
CBS-04  | Cases closd                     | #  | #
"""
    return book("misspelt_labels", drawn("Return", text))


@layout
def in_two_languages() -> Trial:
    text = """
@       |                                  | 2024-Q1 | 2024-Q2
        | Ffurflen fonitro / Monitoring form 2024/25
        | Mesur / Measure                  | Ch1 (Q1) | Ch2 (Q2)
HUB-01  | Atgyfeiriadau a dderbyniwyd / Referrals received by the hub | # | #
CBS-03  | Achosion newydd / New cases opened | # | #
CBS-04  | Achosion wedi cau / Cases closed | #  | #
XS-07.a | Cwynion / Complaints received    | #  | #
"""
    return book("in_two_languages", drawn("Ffurflen", text))


@layout
def caseload_as_a_sum() -> Trial:
    text = """
@       |                                    | 2024-10 | 2024-11 | 2024-12 | 2024-Q3
        | IDVA caseload
        |                                    | Oct 2024 | Nov 2024 | Dec 2024 | Quarter 3
CBS-02  | Caseload at start of period        | #  | #  | #  | #
CBS-03  | + New cases                        | #  | #  | #  | #
CBS-04  | - Cases closed                     | #  | #  | #  | #
CBS-05  | = Caseload at end of period        | #  | #  | #  | #
none    | Cases transferred between workers  | #  | #  | #  | #
"""
    return book("caseload_as_a_sum", drawn("Caseload", text))


@layout
def financial_years_by_their_last_year() -> Trial:
    text = """
@       |                             | 2024-Q1 | 2024-Q2 | 2024-Q3
        | Return for commissioners
        | Measure                     | Q1 FY2024-25 | Q2 FY2024-25 | Q3 FY2024-25
XS-01   | Safety plans written        | #  | #  | #
HUB-09  | Helpline calls taken        | #  | #  | #
HUB-07  | Referrals closed, no support given | # | # | #
"""
    return book("financial_years_by_their_last_year", drawn("Return", text))


@layout
def quarters_as_ended_on_a_day() -> Trial:
    text = """
@       |                               | 2024-Q1 | 2024-Q2
        | Waiting list and caseload
        | Measure                       | Quarter ended 30 June 2024 | Quarter ended 30 September 2024
HUB-13.a | People waiting for a worker  | 14 | 21
CBS-03  | New cases opened              | 90 | 101
CBS-05  | Cases open at quarter end     | 166 | 171
"""
    return book("quarters_as_ended_on_a_day", drawn("List", text))


@layout
def three_months_to_a_date() -> Trial:
    text = """
@       |                               | 2024-Q2 |
        | 3 months to 30/09/2024
        | Indicator                     | Number | Narrative
SA-08   | Referrals into refuge         | 31     | 4 from out of county
SA-14.a | Households leaving refuge     | 12     |
SA-16   | Households ready to move for over 28 days | 2 | waiting for council flats since 2023
"""
    return book("three_months_to_a_date", drawn("Sheet1", text), filename="refuge.xlsx")


@layout
def ordinal_quarters_under_a_tab_named_by_its_year() -> Trial:
    text = """
@       |                         | 2023-Q1 | 2023-Q2 | 2023-Q3 | 2023-Q4 | 2023 total
        | Stats for the Council
        | What we did             | 1st Qtr | 2nd Qtr | 3rd Qtr | 4th Qtr | Year
TRN-01.a | Training sessions for professionals | # | # | # | # | #
TRN-01.b | Professionals trained  | # | # | # | # | #
XS-09.c | Case studies supplied   | # | # | # | # | #
none    | Leaflets given out      | # | # | # | # | #
"""
    return book("ordinal_quarters_under_a_tab_named_by_its_year", drawn("2023-24", text))


@layout
def month_numbers_of_the_financial_year() -> Trial:
    text = """
@       |                         | 2024-04 | 2024-05 | 2024-06
        | Performance 2024/25
        | Measure                 | Month 1 (Apr) | Month 2 (May) | Month 3 (Jun)
HUB-09  | Calls answered by helpline | #  | #  | #
XS-01   | Safety plans            | #  | #  | #
XS-05.a | Serious incidents       | #  | #  | #
"""
    return book("month_numbers_of_the_financial_year", drawn("Months", text))


@layout
def quarter_and_span_in_two_header_rows() -> Trial:
    text = """
@       |                         | 2025-Q1 | 2025-Q2 | 2025-Q3
        | Women's Aid outreach contract
        |                         | Q1 | Q2 | Q3
        | Measure                 | (Apr - Jun '25) | (Jul - Sep '25) | (Oct - Dec '25)
CBS-03  | New survivors supported by outreach | 60 | 66 | 71
CBS-04  | Survivor cases closed   | 50 | 57 | 63
XS-03   | Survivors referred into MARAC by us | 9 | 11 | 8
"""
    return book("quarter_and_span_in_two_header_rows", drawn("Outreach", text))


@layout
def perpetrator_routes_by_sex() -> Trial:
    text = """
@       |              | PRP-02 | PRP-04 | PRP-05.a
        | Behaviour change programme 1 April 2024 - 30 June 2024
        |              | Referrals to programme | Started programme | Completed programme
2024-Q1 =Self | Self-referred    | 9  | 6  | 4
2024-Q1 =Agency | Agency referred | 31 | 14 | 7
2024-Q1 | Total                | 40 | 20 | 11
"""
    return book("perpetrator_routes_by_sex", drawn("Programme", text))


@layout
def households_refused_by_reason() -> Trial:
    text = """
@       |                              | SA-09 2024-Q4 | SA-09 2024-Q4 =With children
        | Households we could not support, January to March 2025
        | Main reason                  | Households | Of which with children
.       | No space                     | 20 {=Capacity or no space} | 8 {none unowed}
.       | Mental health support needs too high | 6 {=Mental health need} | 1 {none unowed}
.       | No recourse to public funds  | 3 {=No recourse or no funding} | 2 {none unowed}
.       | Total                        | 29 | 11
"""
    return book("households_refused_by_reason", drawn("Unmet need", text))
