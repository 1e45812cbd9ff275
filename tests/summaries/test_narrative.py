"""Sentences hold tokens, and tokens become figures."""

import pytest
from summary_makers import figure, rate

from dacommission.summaries.narrative import Known, Token, default, parse, problems, write
from imports.reading import Severity

CODES = frozenset(
    ("HUB-01", "HUB-05", "HUB-09", "CBS-01", "SA-01", "SA-02", "XS-01", "WFA-01", "WFA-02", "RES-01", "RES-02")
    + ("PRP-01", "PRP-06", "HUB-13.a")
)


def annual():
    """The published figures of 2022/23."""
    counts = {
        "HUB-01": 9739,
        "HUB-09": 17012,
        "CBS-01": 1784,
        "SA-01": 164,
        "SA-02": 97,
        "XS-01": 8389,
        "WFA-01": 210,
        "WFA-02": 132,
        "RES-01": 264,
        "RES-02": 76,
        "PRP-01": 122,
    }
    figures = {(code, "value"): figure(count, code, "2022") for code, count in counts.items()}
    figures["HUB-09", "per-month"] = figure(1418, "HUB-09", "2022", "per-month")
    figures["HUB-05", "value"] = rate(7791, 9739)
    figures["HUB-05", "numerator"] = figures["HUB-05", "value"].of[0]
    figures["PRP-06", "value"] = rate(48, 64, "PRP-06")
    return known(figures, providers={"HUB-01": "IDAS", "PRP-01": "Foundation"})


def known(figures=None, **more):
    ways = {"period": "2022/23", "dates": "April 2022 to March 2023", "indicators": CODES}
    return Known(figures or {}, **ways | more)


def test_the_annual_summary_states_the_published_facts():
    text = " ".join(paragraph.text for paragraph in write(default("year"), annual()))

    for fact in (
        "IDAS received 9,739 referrals",
        "17,012 helpline calls, an average of 1,418 per month",
        "80% were supported by the hub",
        "1,784 people were referred to the community-based service",
        "safe accommodation to 164 adults and 97 children",
        "8,389 safety plans",
        "whole family approach supported 210 adults and 132 children",
        "Respect service supported 264 parents and 76 children",
        "Foundation supported 122 service users through the +Choices programme",
        "At exit, 75% of those assessed showed evidence of reduced risk",
    ):
        assert fact in text


@pytest.mark.parametrize("kind", ["year", "quarter"])
def test_the_sentences_a_summary_starts_with_have_no_fault(kind):
    assert problems(default(kind), annual()) == ()


def test_a_quarter_says_from_when_people_are_counted():
    quarter = known(period="Quarter 2 2022/23", dates="July to September 2022")

    text = " ".join(paragraph.text for paragraph in write(default("quarter"), quarter))

    assert "From 1 April to the end of Quarter 2 2022/23 [x] people" in text


def test_a_missing_figure_is_never_nought():
    (paragraph,) = write("There were {{ HUB-01 }} referrals, from {{ provider HUB-01 }}.", known())

    assert paragraph.text == "There were [x] referrals, from [x]."
    assert paragraph.pieces[1].status == "missing"
    assert paragraph.pieces[1].value is None


def test_an_incomplete_total_says_so_in_the_sentence():
    partial = figure(7281, "HUB-01", "2022", coverage="3 of 4 quarters", complete=False)

    (paragraph,) = write("{{ HUB-01 }} referrals", known({("HUB-01", "value"): partial}))

    assert paragraph.text == "7,281 (3 of 4 quarters) referrals"


def test_parts_names_and_dates_are_tokens_too():
    (paragraph,) = write("{{ HUB-05 numerator }} in {{ dates }} ({{period}}) by {{ provider PRP-01 }}", annual())

    assert paragraph.text == "7,791 in April 2022 to March 2023 (2022/23) by Foundation"


def test_empty_lines_part_paragraphs_and_other_line_breaks_do_not():
    first, second = parse("One\r\nline {{ HUB-13.a }}\r\n\r\n\r\nTwo")

    assert first == ("One line ", Token("HUB-13.a", "value", "HUB-13.a"))
    assert second == ("Two",)


def test_nothing_written_is_no_paragraph():
    assert parse(" \n\n ") == ()


def test_a_token_that_means_nothing_stays_as_typed_and_is_named():
    text = "We saw {{ hub 1 }} people."

    (paragraph,), (problem,) = write(text, known()), problems(text, known())

    assert paragraph.text == "We saw {{ hub 1 }} people."
    assert problem.severity is Severity.ERROR
    assert problem.message.startswith("{{ hub 1 }} is not a figure or a name. Write {{ HUB-01 }},")


@pytest.mark.parametrize(
    ("text", "rule", "sentence"),
    [
        ("{{ HUB-99 }}", "unknown-indicator", "names HUB-99, which is no indicator"),
        ("{{ provider HUB-01 }}", "no-provider", "no provider reports HUB-01 in 2022/23"),
        ("{{ HUB-01 per month }}", "no-such-part", "HUB-01 has no per month. Write {{ HUB-01 }} instead."),
        ("{{ HUB-01 sideways }}", "unknown-token", "is not a figure or a name"),
    ],
)
def test_each_faulty_token_has_its_own_sentence(text, rule, sentence):
    (problem,) = problems(text, known())

    assert problem.rule == rule
    assert sentence in problem.message


@pytest.mark.parametrize("text", ["We saw {HUB-01} people.", "We saw {{ HUB-01 people.", "HUB-01 }} people."])
def test_a_token_that_lost_a_brace_is_not_printed_as_it_stands(text):
    (problem,) = problems(text, known())

    assert problem.severity is Severity.ERROR
    assert problem.message.endswith("Write two on each side: {{ HUB-01 }}.")


def test_a_number_typed_by_hand_is_questioned():
    (problem,) = problems("We received 9,739 referrals in {{ period }}.", known())

    assert problem.severity is Severity.QUESTION
    assert problem.message.startswith("9,739 is typed by hand and has no source.")


@pytest.mark.parametrize("text", ["Since 2019 or 2022/23.", "From 1 April on.", "A 24-hour line.", "HUB-01 rose."])
def test_years_dates_and_names_are_not_questioned(text):
    assert problems(text, known()) == ()
