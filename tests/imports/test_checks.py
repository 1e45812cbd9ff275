"""Every rule about a whole return, seen to pass and seen to fail; and what follows from a fault is not said again."""

from dataclasses import replace

import pytest

from imports.checks import RULES, check
from imports.reading import Line, Part, Problem, Severity
from imports.rules import ORDER, Context, in_order
from imports.series import Sense
from tests.imports.rule_examples import (
    AS_BEFORE,
    EXAMPLES,
    FIVE,
    HIGH,
    HOUSING,
    NUMERATOR,
    PERCENT,
    RISK,
    STANDARD,
    THREE_YEARS,
    caseload,
    counts,
    long,
    owed,
    owing,
    paying,
    rate,
    read,
    seen,
    told,
    waived,
    written,
    year,
)
from tests.imports.vocabulary import Q1, VOCABULARY, expected

MESSAGES = [
    (
        "wrong-period",
        long(seen("HUB-01", 5, period=Q1), seen("HUB-09", 5, period=Q1)),
        expected(),
        ["This file is for Quarter 1 2022/23. Upload the one for Quarter 2 2022/23."],
    ),
    (
        "wrong-period",
        long(seen("HUB-01", 5), seen("HUB-09", 5, period=Q1)),
        expected(),
        [
            "This figure is about Quarter 1 2022/23, and the return is for Quarter 2 2022/23. "
            "Correct its period or take the row out."
        ],
    ),
    (
        "mandatory-missing",
        read(*rate("HUB-10", None, None)),
        owing("HUB-10"),
        [
            "HUB-10 Call answer rate: the numerator and the denominator are blank. "
            "Enter a figure, or choose a status such as “Not yet available”."
        ],
    ),
    (
        "mandatory-missing",
        long(),
        owing("HUB-01"),
        ["HUB-01 Referrals received is not in the file. Add a row for it, with a figure or “not applicable”."],
    ),
    (
        "mandatory-missing",
        long(seen("HUB-01", 5, period=Q1)),
        owing("HUB-01"),
        [
            "HUB-01 Referrals received has no figure for Quarter 2 2022/23: what stands in KPIs!F5 is not known to be "
            "for that quarter. Enter the figure of the quarter, or say why there is none."
        ],
    ),
    (
        "mandatory-missing",
        long(seen("HUB-10", 5, part=Part.NUMERATOR)),
        owing("HUB-10"),
        [
            "HUB-10 Call answer rate: the denominator is not in the file, only what stands in KPIs!F5. Add it.",
        ],
    ),
    (
        "mandatory-missing",
        long(seen(None, 5, label="Newcomers", proposed=Sense("HUB-01"))),
        owing("HUB-01"),
        [
            "HUB-01 Referrals received is not in the file for certain: “Newcomers” may be it. Say what that row is, or "
            "add one."
        ],
    ),
    (
        "unexpected-line",
        read(seen("HUB-09", 5), seen("HUB-09", 6, period=Q1)),
        owing("HUB-01"),
        ["HUB-09 Helpline calls answered is not one of this contract's KPIs. It is kept beside them."],
    ),
    (
        "repeated-last-quarter",
        read(*AS_BEFORE),
        owing(**FIVE),
        [
            "5 of 5 figures are the same as in Quarter 1 2022/23: this looks like last quarter's file. "
            "Check them, or say why they did not change."
        ],
    ),
    (
        "denominator-nought",
        read(*rate("HUB-10", 0, 0)),
        None,
        [
            "HUB-10 Call answer rate: the denominator is 0, so there is no rate. "
            "Choose “Not applicable” if there was nobody to count."
        ],
    ),
    (
        "percentage-without-counts",
        read(seen("HUB-10", 75, part=PERCENT)),
        None,
        ["HUB-10 Call answer rate: give the numerator and the denominator beside the percentage."],
    ),
    (
        "breakdown-sums-to-total",
        read(seen("HUB-01", 10), *(seen("HUB-01", 3, split=s, cell=f"E{n}") for n, s in enumerate(RISK, 5))),
        None,
        ["HUB-01 is 10, but the categories of Risk (KPIs!E5 to E7) add up to 9. Correct the total or the categories."],
    ),
    (
        "breakdown-sums-to-total",
        read(seen("HUB-01", 8), seen("HUB-01", 9, split=HOUSING, cell="E9")),
        None,
        ["HUB-01 is 8, but one category of Need (KPIs!E9 to E9) is 9. Correct one of the two."],
    ),
    (
        "breakdown-unfinished",
        read(seen("HUB-01", 9), seen("HUB-01", 3, split=HIGH), seen("HUB-01", split=STANDARD)),
        None,
        [
            "HUB-01 is 9, but the categories of Risk given so far add up to 3. "
            "Fill in the blank ones, with 0 where there were none."
        ],
    ),
    (
        "caseload-adds-up",
        read(*caseload(521, 330, 325, 520)),
        None,
        ["CBS-02 + CBS-03 − CBS-04 is 521 + 330 − 325 = 526, but CBS-05 is 520. Correct the one that is wrong."],
    ),
    (
        "caseload-carries-on",
        read(seen("CBS-02", 520)),
        expected(),
        [
            "CBS-02 Cases open at the start (brought forward) is 520, but Quarter 1 2022/23 closed with 521. "
            "Use that figure, or ask for last quarter's to be corrected."
        ],
    ),
    (
        "year-to-date-never-falls",
        read(seen("CBS-01", 445)),
        expected(),
        [
            "CBS-01 Individuals referred counts since 1 April, so it cannot fall: it was 446 at the end of "
            "Quarter 1 2022/23 and is 445 now. Correct it, or ask for last quarter's to be corrected."
        ],
    ),
    (
        "occupied-within-available",
        read(seen("SA-06", 3900, period=Q1), seen("SA-05", 3823, period=Q1), seen("SA-04.a", 42, period=Q1)),
        None,
        [
            "SA-06 Nights occupied is 3900, more than the 3823 nights available. Check both.",
            "SA-05 Nights available is 3823, more than 42 units have in 91 days (3822). Check both.",
        ],
    ),
    (
        "mandatory-missing",
        long(seen("HUB-10", 75, part=PERCENT)),
        owing("HUB-10"),
        ["HUB-10 Call answer rate: a percentage alone is no figure. Give the numerator and the denominator."],
    ),
    (
        "large-change",
        read(seen("HUB-01", 1200)),
        owed("HUB-01", previous=1600, year_ago=900),
        [
            "HUB-01 Referrals received is 1200: 33% more than the 900 in Quarter 2 2021/22. "
            "Check it, or say in the comment why it changed."
        ],
    ),
    (
        "large-change",
        read(seen("HUB-01", 500)),
        owed("HUB-01", previous=1000, year_ago=900),
        [
            "HUB-01 Referrals received is 500: 50% less than the 1000 in Quarter 1 2022/23, and 44% less than the 900 "
            "in Quarter 2 2021/22. Check it, or say in the comment why it changed."
        ],
    ),
    (
        "large-change",
        read(seen("HUB-01", 800)),
        owed("HUB-01", previous=900, history=THREE_YEARS),
        [
            "HUB-01 Referrals received is 800: less than in any quarter of the last three years (900 to 1000). "
            "Check it, or say in the comment why it changed."
        ],
    ),
    (
        "large-change",
        read(*rate("HUB-10", 60, 100)),
        owed("HUB-10", previous=counts(81, 100)),
        [
            "HUB-10 Call answer rate is 60%: down from 81% in Quarter 1 2022/23. "
            "Check it, or say in the comment why it changed."
        ],
    ),
    (
        "large-change",
        read(*rate("CBS-10", 80, 20)),
        owed("CBS-10", year_ago=counts(50, 20)),
        [
            "CBS-10 Open high-risk cases for each IDVA is 4: up from 2.5 in Quarter 2 2021/22. "
            "Check it, or say in the comment why it changed."
        ],
    ),
    (
        "accepted-figure-changed",
        told("HUB-05", 1900, part=NUMERATOR),
        owed("HUB-05", previous=counts(1903, 2398)),
        [
            "HUB-05 Referrals supported by the hub, the numerator, stands here as 1900 for Quarter 1 2022/23, but 1903 "
            "was accepted. Nothing changes by this. If the accepted figure is wrong, say why and ask for that return "
            "to be reopened."
        ],
    ),
    (
        "stated-total-agrees",
        long(*year("CTX-01", 1573, 1778, 1501, 1435, 6387)),
        None,
        [
            "CTX-01 Domestic abuse related crimes recorded by the police: the total of 2022/23 is given as 6387, but "
            "its quarters add up to 6287, a difference of 100. Both are kept. Find out which is right."
        ],
    ),
    (
        "stated-total-agrees",
        long(*year("HUB-01", 1, 2, 3, 4, 11, split=HIGH)),
        None,
        [
            "HUB-01 Referrals received, High: the total of 2022/23 is given as 11, but its quarters add up to 10, "
            "a difference of 1. Both are kept. Find out which is right."
        ],
    ),
    (
        "percentage-agrees-with-counts",
        read(*rate("HUB-10", 91, 122), seen("HUB-10", 80, part=PERCENT)),
        None,
        [
            "HUB-10 Call answer rate: 80% was typed, but 91 of 122 is 74.6%. Both are kept, and the counts are used. "
            "Check which is right."
        ],
    ),
    (
        "personal-data",
        written("Call 07700 900123 or write to YO1 7HH."),
        None,
        [
            "This cell seems to hold a telephone number and a full postcode. Take it out: a return names nobody, "
            "and nothing that leads to a person."
        ],
    ),
    (
        "budget-is-what-funders-pay",
        read(seen("CON-02.b", 400000)),
        paying("785982.75", so_far=410000),
        [
            "CON-02.b Budget profiled comes to £810,000 in 2022/23 so far, but the funding bodies pay £785,982.75. "
            "Check the profile, or ask for the contributions to be corrected."
        ],
    ),
    (
        "pathway-narrows",
        read(seen("PRP-02", 50), *rate("PRP-03", 40, 60)),
        None,
        [
            "PRP-03 Accepted as suitable, the denominator, is 60, more than PRP-02 Referrals to the perpetrator "
            "programme (50). Check both, or say in the comment who was counted before."
        ],
    ),
]


def found(key, reading, due):
    return RULES[key].problems(Context(reading, VOCABULARY, due))


@pytest.mark.parametrize("key", RULES)
def test_every_rule_has_a_passing_and_a_failing_example(key):
    assert {passes for _, _, passes in EXAMPLES[key]} == {True, False}


@pytest.mark.parametrize(
    ("key", "reading", "due", "passes"), [(key, *example) for key, examples in EXAMPLES.items() for example in examples]
)
def test_a_rule_finds_what_it_should_and_nothing_else(key, reading, due, passes):
    assert (found(key, reading, due) == []) is passes


@pytest.mark.parametrize(("key", "reading", "due", "messages"), MESSAGES)
def test_a_rules_sentence_says_what_where_and_what_to_do(key, reading, due, messages):
    problems = found(key, reading, due)

    assert [problem.message for problem in problems] == messages
    assert {problem.severity for problem in problems} == {RULES[key].severity}


@pytest.mark.parametrize("key", RULES)
def test_every_rule_says_why_it_is_one(key):
    assert RULES[key].find.__doc__.strip().endswith(".")


def test_every_rule_of_the_domains_list_is_kept():
    assert {rule.code for rule in RULES.values()} == {f"V{number:02d}" for number in range(1, 17)} == set(ORDER)


def test_rules_are_asked_of_the_whole_file_first_then_by_gravity():
    severities = [rule.severity for rule in in_order() if not rule.first]

    assert [rule.first for rule in in_order()] == sorted((rule.first for rule in RULES.values()), reverse=True)
    assert severities == sorted(severities, key=[Severity.ERROR, Severity.QUESTION, Severity.WARNING].index)


def test_a_fault_stands_at_its_cell():
    (problem,) = found("caseload-adds-up", read(*caseload(1, 2, 3, 4)[:3], seen("CBS-05", 4, cell="F13")), None)

    assert (problem.rule, problem.sheet, problem.cell) == ("V05", "KPIs", "F13")


def test_of_the_wrong_file_only_that_is_said():
    problems = check(read(seen("HUB-01"), period=Q1), VOCABULARY, expected())

    assert [problem.rule for problem in problems] == ["wrong-period"]


def test_of_the_right_file_every_rule_is_asked():
    problems = check(read(seen("HUB-01"), seen("HUB-01", 6, cell="F6")), VOCABULARY, owing("HUB-01"))

    assert {problem.rule for problem in problems} == {"V02", "duplicate-line"}
    assert {problem.severity for problem in problems} == {Severity.ERROR}


RATE = rate("HUB-05", 9999, 2512)
HUB = seen("HUB-01", 2512, cell="F5")
SPLIT = tuple(seen("HUB-01", 3, split=split, sheet="Breakdowns", cell=f"E{n}") for n, split in enumerate(RISK, 5))

# What is wrong → the rules that say so, each once; what follows from it is not said.
CONSEQUENCES = {
    "a numerator over its denominator, which a typed percentage repeats": (
        (HUB, *RATE, seen("HUB-05", 398, part=PERCENT, cell="F8")),
        owed("HUB-05", previous=counts(1903, 2398)),
        [("V03", "G8")],
    ),
    "a denominator that is not its indicator's": (
        (HUB, *rate("HUB-05", 2021, 1000)),
        None,
        [("V03", "G8")],
    ),
    "a percentage over 100 whose counts are right": (
        (HUB, *rate("HUB-05", 2021, 2512), seen("HUB-05", 130, part=PERCENT, cell="F8")),
        None,
        [("V03", "F8")],
    ),
    "a percentage over 100 whose counts are blank": (
        (*rate("HUB-10", None, None), seen("HUB-10", 130, part=PERCENT, cell="F8")),
        owing("HUB-10"),
        [("V03", "F8")],
    ),
    "a percentage alone": ((seen("HUB-10", 75, part=PERCENT, cell="F8"),), owing("HUB-10"), [("V02", "F8")]),
    "an opening figure that is not last quarter's closing one": (
        tuple(one._replace(cell=f"F{n}") for n, one in enumerate(caseload(520, 330, 325, 526), 10)),
        owing("CBS-02", "CBS-05", CBS_05=521),
        [("V05", "F10")],
    ),
    "nights occupied over those available, which is the occupancy too": (
        (seen("SA-06", 3900, cell="F12"), seen("SA-05", 3864, cell="F11"), seen("SA-04.a", 42, cell="F10")),
        None,
        [("V08", "F12")],
    ),
    "a total that no breakdown comes to": (
        (
            seen("HUB-01", 8, cell="F5"),
            *SPLIT,
            *(
                seen("HUB-01", 3, split=("referral-source", name), sheet="Breakdowns", cell=f"E{n}")
                for n, name in enumerate(("Police", "Self", "Unknown"), 9)
            ),
        ),
        owed("HUB-01", previous=9),
        [("V04", "F5")],
    ),
    "nothing": ((HUB, *rate("HUB-05", 2021, 2512)), owed("HUB-01", previous=2398), []),
}


@pytest.mark.parametrize("wrong", CONSEQUENCES)
def test_what_follows_from_a_fault_is_not_said_again(wrong):
    figures, due, said = CONSEQUENCES[wrong]

    problems = check(read(*figures), VOCABULARY, due)

    assert [(one.rule, one.cell) for one in problems if one.rule != "unexpected-line"] == said


def test_a_figure_that_its_reader_found_in_error_is_left_alone():
    refused = Problem("V03", Severity.ERROR, "Enter nought or more.", "KPIs", "G8")
    reading = replace(read(HUB, *RATE), problems=(refused,))

    assert check(reading, VOCABULARY) == ()


def test_a_readers_warning_is_no_reason_to_leave_a_figure_alone():
    hidden = Problem("hidden", Severity.WARNING, "The row is hidden.", "KPIs", "G8")
    reading = replace(read(HUB, *RATE), problems=(hidden,))

    assert [problem.rule for problem in check(reading, VOCABULARY)] == ["V03"]


def test_a_waived_rule_warns_and_says_why_and_until_when():
    due = replace(owing("HUB-01"), waived=waived("mandatory-missing", "HUB-01"))

    (problem,) = check(read(seen("HUB-01")), VOCABULARY, due)

    assert problem.severity is Severity.WARNING
    assert problem.message.endswith("Waived until 30 June 2024: The old system cannot tell.")


def test_a_waiver_for_one_indicator_is_none_for_another():
    due = replace(owing("HUB-01", "HUB-09"), waived=waived("mandatory-missing", "HUB-09"))

    problems = check(read(seen("HUB-01"), seen("HUB-09", cell="F6")), VOCABULARY, due)

    assert [(one.cell, one.severity) for one in problems] == [("F5", Severity.ERROR), ("F6", Severity.WARNING)]


def test_a_waiver_without_an_indicator_is_for_all():
    due = replace(owing("HUB-01", "HUB-09"), waived=waived("mandatory-missing"))

    problems = check(read(seen("HUB-01"), seen("HUB-09", cell="F6")), VOCABULARY, due)

    assert {one.severity for one in problems} == {Severity.WARNING}


def test_what_follows_from_a_waived_fault_is_said():
    figures = [one._replace(cell=f"F{n}") for n, one in enumerate(caseload(520, 330, 325, 526), 10)]
    due = replace(expected(), lines=(Line("CBS-02", True, {Part.VALUE: 521}, brought_forward=521),))

    strict = check(read(*figures), VOCABULARY, due)
    waiving = check(read(*figures), VOCABULARY, replace(due, waived=waived("caseload-carries-on")))

    assert [one.cell for one in strict if one.rule == "V05"] == ["F10"]
    assert {one.cell: one.severity for one in waiving if one.rule == "V05"} == {
        "F10": Severity.WARNING,
        "F13": Severity.ERROR,
    }


@pytest.mark.parametrize("key", ["personal-data", "duplicate-line", "wrong-period", "old-template"])
def test_some_rules_are_waived_by_nobody(key):
    assert not RULES[key].waivable
