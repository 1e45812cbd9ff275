"""What the words of a heading or a label say of the figures, apart from what is counted."""

import pytest

from imports.reading import Basis, Part
from imports.tables.saying import LONGEST, Role, of_heading, of_label

HEADINGS = {
    Role.TARGET: ("Target", "Q1 target", "Agreed target for the year", "Budget", "2022/23 forecast", "Contracted"),
    Role.CHANGE: (
        "Change from last year",
        "% change",
        "Variance against target",
        "Direction of travel",
        "+/-",
        "Q1 +/-",
    ),
    Role.RATING: ("RAG", "Rating", "Target met"),
    Role.EARLIER: ("Previous quarter", "Last year", "Same quarter last year", "Last YTD", "YTD last year"),
    Role.COMMENT: ("Comments", "Commentary on performance", "Reason for this"),
    Role.AVERAGE: ("Average", "Mean per month", "Rank"),
    Role.REFERENCE: ("Ref", "Ref no.", "ID"),
    Role.UNIT: ("Unit", "Units"),
    Role.LABEL: ("Indicator", "Performance measure", "Service area"),
}


@pytest.mark.parametrize(("role", "text"), [(role, text) for role, texts in HEADINGS.items() for text in texts])
def test_a_heading_of_well_known_words_says_what_its_column_is_for(role, text):
    assert of_heading(text).role is role


@pytest.mark.parametrize("text", ["Actual", "Act", "Curr", "Value", "Number", "This quarter", "No."])
def test_words_for_the_figures_themselves_say_nothing_more(text):
    said = of_heading(text)

    assert (said.role, said.rest, said.basis, said.part) == (None, "", None, None)


@pytest.mark.parametrize(
    "text", ["Adults", "Target group referrals", "Children with a plan", "Last", "Before", "Aged 18+"]
)
def test_other_words_name_what_is_counted(text):
    said = of_heading(text)

    assert (said.role, said.rest) == (None, text)


@pytest.mark.parametrize("text", ["Travel", "Feedback", "Growth", "Action plans"])
def test_the_name_of_a_row_has_a_role_only_by_a_plain_word_for_it(text):
    assert of_label(text).role is None
    assert of_label("Target").role is Role.TARGET


@pytest.mark.parametrize(
    "text", ["Q1 (target 40)", "Q1 (last year: 45)", "Q1 [target: 40 p.a.]", "Q1 (agreed minimum 85%)"]
)
def test_another_number_in_brackets_says_nothing_of_the_figures(text):
    said = of_heading(text)

    assert (said.rest, said.role, said.period.numbered) == ("", None, ("quarter", 1))


def test_a_year_in_brackets_leaves_the_words_before_it():
    assert of_heading("Q1 (target 2024/25)").role is Role.TARGET
    assert of_heading("Referrals (previous year 2022/23)").role is Role.EARLIER


@pytest.mark.parametrize("text", ["Q2 YTD", "Q2 (YTD)", "YTD Q2", "Quarter 2 to date"])
def test_a_period_may_say_that_it_counts_since_april(text):
    said = of_heading(text)

    assert (said.basis, said.rest, said.period.numbered) == (Basis.YEAR_TO_DATE, "", ("quarter", 2))


@pytest.mark.parametrize("text", ["YTD", "Year to date", "Cumulative", "Total to date", "Running total"])
def test_words_for_so_far_in_the_year_name_nothing(text):
    said = of_heading(text)

    assert (said.basis, said.rest) == (Basis.YEAR_TO_DATE, "")


def test_a_name_may_say_that_it_counts_since_april():
    said = of_heading("Adults supported (cumulative)")

    assert (said.basis, said.rest) == (Basis.YEAR_TO_DATE, "Adults supported (cumulative)")


@pytest.mark.parametrize(
    "text", ["Total", "Grand total", "Year total", "Full year", "Q1 total", "Annual outturn", "All", "Q total"]
)
def test_words_for_totals_name_nothing(text):
    said = of_heading(text)

    assert (said.basis, said.rest) == (Basis.TOTAL, "")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Numerator", Part.NUMERATOR),
        ("Denominator", Part.DENOMINATOR),
        ("Total cohort", Part.DENOMINATOR),
        ("%", Part.PERCENT),
        ("Q1 %", Part.PERCENT),
        ("Percentage achieved", Part.PERCENT),
    ],
)
def test_words_for_the_parts_of_a_rate_say_which_part(text, part):
    assert of_heading(text).part is part


def test_a_role_may_stand_apart_from_what_is_counted():
    said = of_heading("Referrals – target")

    assert (said.role, said.rest) == (Role.TARGET, "Referrals")


@pytest.mark.parametrize("text", ["Referrals (target 80)", "Referrals – comments", "Referrals (new)"])
def test_a_number_or_a_remark_in_brackets_says_no_role(text):
    assert of_heading(text).role is None


def test_a_year_within_a_label_is_none_of_the_figures():
    assert of_label("Offences under the Act 2021").period is None
    assert of_heading("Referrals 2021").period.year == ("calendar", 2021)


def test_a_passage_names_all_that_it_says():
    text = "target " * (LONGEST // 7 + 1)

    assert of_heading(text).rest == text.strip()
    assert of_heading(text).role is None


def test_no_is_an_answer_in_a_label_and_a_number_in_a_heading():
    assert (of_label("No").rest, of_heading("No").rest, of_label("No.").rest) == ("No", "", "")


@pytest.mark.parametrize("text", ["Month 1 (Apr)", "M1 April", "Period 01 - Apr"])
def test_the_number_of_a_month_beside_its_name_names_nothing(text):
    said = of_heading(text)

    assert (said.rest, said.period.months) == ("", (4, 4))
