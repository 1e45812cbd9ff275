"""What a text says of a period, also where it says only a part of it, and also in the midst of other words."""

from datetime import date

import pytest

from imports.period_part import CALENDAR, FINANCIAL
from imports.period_parts import of_date, said, within, without, year_of

WHOLE = [
    ("Q1 2022/23", "2022-Q1"),
    ("Quarter 1 2022/23 to date", "2022-Q1"),
    ("Q2 Apr-Jun 2022", "2022-Q1"),  # the months say that it is the calendar's
    ("Q1 (Jan-Mar 2023)", "2022-Q4"),
    ("1st Qtr 2022/23", "2022-Q1"),
    ("Quater 2 22/23", "2022-Q2"),
    ("Qtr. 3 2022-23", "2022-Q3"),
    ("2022/23", "2022"),
    ("FY 22/23", "2022"),
    ("04/05", "2004"),
    ("80/81", "1980"),
    ("2022-04", "2022-04"),
    ("2003-04", "2003"),  # years that follow each other
    ("Apr 2022", "2022-04"),
    ("30 June 2022", "2022-06"),
    ("Year ending March 2023", "2022"),
    ("quarter to 30 June 2022", "2022-Q1"),
    ("Half-year ended 30 September 2022", "2022-H1"),
    ("three months to June 2022", "2022-Q1"),
    ("12 months to June 2022", "2021-07-01/2022-06-30"),
    ("May 2022 to July 2022", "2022-05-01/2022-07-31"),
    ("May to July 2022", "2022-05-01/2022-07-31"),
    ("November 2022 to January", "2022-11-01/2023-01-31"),
    ("1 November to 31 January 2023", "2022-11-01/2023-01-31"),
    ("January to December 2022", "2022-01-01/2022-12-31"),
]


@pytest.mark.parametrize(("text", "key"), WHOLE)
def test_a_text_may_say_a_whole_period(text, key):
    part = said(text)

    assert part.within(None).key == key
    assert part.size == part.within(None).months


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "- 22",
        "Referrals",
        "x" * 130,
        "15/17",  # no years that follow each other
        "2022/24",
        "12/22",
        "H3 2022",
        "15 April 2022",  # a day in the midst of a month
        "30 April",
        "32 May 2022",
        "Apr May Jun 2022",
        "July 2022 to May 2022",
        "1 May 2022 to 15 July 2022",
        "15 May 2022 to 31 July 2022",
        "Nov 1899 to Jan",
        "Quarter 1 May 2022 to July 2022",
        "Year ending March",  # of which year?
        "Quarter ending May 2022 to July 2022",
    ],
)
def test_other_texts_say_no_period(text):
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "year", "key"),
    [
        ("Q1", (FINANCIAL, 2022), "2022-Q1"),
        ("Q4", (FINANCIAL, 2022), "2022-Q4"),
        ("H2", (FINANCIAL, 2022), "2022-H2"),
        ("April", (FINANCIAL, 2022), "2022-04"),
        ("January", (FINANCIAL, 2022), "2023-01"),
        ("Oct-Dec", (FINANCIAL, 2022), "2022-Q3"),
        ("Oct to Mar", (FINANCIAL, 2022), "2022-H2"),
        ("January", (CALENDAR, 2022), "2022-01"),
        ("Q1 Apr-Jun", (FINANCIAL, 2022), "2022-Q1"),
        ("Q1", (CALENDAR, 2022), "2021-Q4"),
        ("H2", (CALENDAR, 2022), "2022-07-01/2022-12-31"),
        ("2022", None, "2022-01-01/2022-12-31"),
    ],
)
def test_a_part_is_completed_by_the_year_around_it(text, year, key):
    assert said(text).within(year).key == key


@pytest.mark.parametrize("text", ["Q1", "April", "latest 12 months"])
def test_a_part_without_a_year_is_no_period(text):
    assert said(text).within(None) is None


def test_a_year_that_cannot_be_makes_no_period():
    assert said("Q1").within((FINANCIAL, 22)) is None


@pytest.mark.parametrize(
    ("text", "quarters", "key"),
    [
        ("Q1 2022", "", "2022-Q1"),
        ("2022 Q1", "", "2021-Q4"),  # the year first, as in published statistics
        ("Q1 2022", "calendar", "2021-Q4"),
        ("2022 Q1", "financial", "2022-Q1"),
    ],
)
def test_a_quarter_of_a_single_year_is_of_the_year_that_somebody_said(text, quarters, key):
    assert said(text).within(None, quarters).key == key


def test_only_a_quarter_of_a_single_year_may_be_of_either_kind_of_year():
    texts = ["Q1 2022", "Q1 2022/23", "Q1", "Apr-Jun 2022", "2022"]

    assert [text for text in texts if said(text).is_unsure()] == ["Q1 2022"]
    assert [text for text in texts if said(text).is_year] == ["2022"]


def test_a_quarter_beside_a_single_year_may_be_of_either_kind_too():
    assert said("Q1").is_unsure((CALENDAR, 2022))
    assert not said("Q1").is_unsure((FINANCIAL, 2022))


@pytest.mark.parametrize(
    ("text", "months"), [("latest 12 months", 12), ("Last six months", 6), ("the past 3 months", 3)]
)
def test_the_latest_months_are_counted_back_from_what_stands_around_them(text, months):
    assert said(text).rolling == months


@pytest.mark.parametrize(("text", "size"), [("Q1", 3), ("H1", 6), ("May", 1), ("Nov-Jan", 3), ("2022", 12)])
def test_a_part_has_a_length_before_its_year_is_known(text, size):
    assert said(text).size == size


@pytest.mark.parametrize(
    ("text", "key", "rest"),
    [
        ("Q1 2022/23 actual", "2022-Q1", "actual"),
        ("Referrals Q1 (2022/23)", "2022-Q1", "referrals"),
        ("Summary 22-23", "2022", "summary"),
        ("Return for April 2022", "2022-04", "return for"),
        ("Return for January 2022/23", "2023-01", "return for"),
        ("Return for Oct-Dec 2022/23", "2022-Q3", "return for"),
        ("Referrals Apr 22 and 2022/23", "2022-04", "referrals and"),
        ("Programme 1 April 2022 - 30 June 2022", "2022-Q1", "programme"),
        ("Figures from 1st July to 30th September 2022", "2022-Q2", "figures from"),
        ("Return 01/07/2022 – 30/09/2022", "2022-Q2", "return"),
        ("Referrals (previous year 2022/23)", "2022", "referrals (previous year)"),
        ("July to September, Q2 2023/24 return", "2023-Q2", "july to september, return"),
    ],
)
def test_a_period_is_found_in_the_midst_of_other_words(text, key, rest):
    part, without_it = within(text)

    assert (part.within(None).key, without_it) == (key, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Domestic Abuse Act 2021",
        "Cases open at 31 March 2023",
        "Referrals since April 2022",
        "Q1 2022 and Q2 2022",  # two of one length
        "w" * 130,
    ],
)
def test_words_that_only_have_a_date_in_them_say_no_period(text):
    assert within(text) == (None, text)


def test_a_text_that_is_a_period_leaves_no_other_words():
    assert within("Q1 2022/23") == (said("Q1 2022/23"), "")


def test_a_year_or_month_alone_counts_only_in_a_heading():
    assert within("Referrals April") == (None, "Referrals April")
    assert within("Referrals April", alone=True)[0].months == (4, 4)
    assert within("Referrals 2022", alone=True)[0].year == (CALENDAR, 2022)
    assert within("Cases open at 31 March 2023", alone=True)[0] is None


def test_two_months_in_one_heading_are_no_one_period():
    assert within("April and May", alone=True)[0] is None


def test_a_month_takes_the_year_said_beside_it():
    part = within("2022/23 report, April", alone=True)[0]

    assert part.within(None).key == "2022-04"


@pytest.mark.parametrize("text", ["Quarter 2 2023-24 (July, August and September)", "Q2 2023/24 – July, August"])
def test_months_listed_within_their_quarter_are_the_quarter(text):
    assert within(text, alone=True)[0].within(None).key == "2023-Q2"


@pytest.mark.parametrize("alone", [True, False])
def test_months_listed_within_a_quarter_without_a_year_are_the_quarter_too(alone):
    part = within("Quarter 2 (July, August and September)", alone=alone)[0]

    assert part.within((FINANCIAL, 2023)).key == "2023-Q2"


def test_the_words_without_their_period_are_the_same_next_quarter():
    assert without("Return Q1 2022/23") == without("Return Q2 2022/23") == "return"
    assert without("Hub") == "Hub"


def test_the_year_is_that_of_the_first_that_says_one():
    assert year_of([said("Q1"), said("April 2022"), said("2024/25")]) == (FINANCIAL, 2022)
    assert year_of([said("Q1 2022"), said("2024/25")]) == (CALENDAR, 2022)
    assert year_of([said("Q1")]) is None


def test_a_date_stands_for_its_month_only_on_its_first_or_last_day():
    assert of_date(date(2022, 4, 1)).period.key == of_date(date(2022, 4, 30)).period.key == "2022-04"
    assert of_date(date(2022, 4, 15)) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Q1 & Q2 2022/23", "2022-H1"),
        ("Q1, Q2 and Q3 2022/23", "2022-04-01/2022-12-31"),
        ("Q1 - Q3 2022/23", "2022-04-01/2022-12-31"),
        ("Return Quarter 4 22/23", "2022-Q4"),
        ("Quarter 3 and Quarter 4 22/23", "2022-H2"),
    ],
)
def test_quarters_that_follow_one_another_are_one_period(text, key):
    assert within(text)[0].within(None).key == key


@pytest.mark.parametrize("text", ["Q1 and Q3", "Q2 & Q1", "Q1 22/23 and Q2 22/23", "May and June"])
def test_other_quarters_together_are_none(text):
    assert within(text)[0] is None
