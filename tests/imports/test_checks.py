"""Every rule about a whole return, seen to pass and seen to fail."""

from dataclasses import replace
from decimal import Decimal

import pytest

from imports.checks import RULES, check
from imports.periods import Period
from imports.reading import (
    Basis,
    Cover,
    Line,
    Match,
    Observation,
    Part,
    Reading,
    Severity,
    Status,
)
from imports.rules import Context
from tests.imports.vocabulary import Q1, Q2, VOCABULARY, expected

Q3 = Period.quarter(2022, 3)
NUMERATOR, DENOMINATOR, PERCENT = Part.NUMERATOR, Part.DENOMINATOR, Part.PERCENT
BLANK, NOT_APPLICABLE, BROKEN = Status.MISSING, Status.NOT_APPLICABLE, Status.ERROR


def seen(code, value=None, *, cell="F5", part=Part.VALUE, status=None, period=Q2, split=None, **other):
    """An observation. `split` is a breakdown's key and a category; a value of None is blank."""
    breakdown, category = split or (None, None)
    status = status or (Status.MISSING if value is None else Status.REPORTED)
    values = {
        "sheet": "KPIs",
        "cell": cell,
        "label": code,
        "heading": ("Value",),
        "indicator": code,
        "part": part,
        "category": category,
        "period": period,
        "basis": Basis.PERIOD,
        "value": None if value is None else Decimal(str(value)),
        "status": status,
        "shown": "" if status is Status.MISSING else str(value),
        "match": Match.CODE,
        "confidence": Decimal(1),
        "breakdown": breakdown,
    }
    return Observation(**values | other)


def rate(code, few, many, *, cell="G8"):
    return seen(code, few, part=NUMERATOR, cell=cell), seen(code, many, part=DENOMINATOR, cell="H8")


def read(*observations, **cover):
    said = {"template_version": "1", "contract": "DA-2019-HUB", "provider": "IDAS", "period": Q2}
    return Reading("", "", "template", observations, cover=Cover(**said | cover))


def long(*observations):
    return Reading("", "", "long", observations)


def owing(*codes, mandatory=True, **previous):
    """The expected return of these lines; `previous` figures by code, with _ for -."""
    before = {code.replace("_", "-"): Decimal(value) for code, value in previous.items()}
    lines = tuple(
        Line(code, mandatory, {Part.VALUE: before[code]} if code in before else {}) for code in codes or before
    )
    return replace(expected(), lines=lines)


FIVE = {"HUB_01": 10, "HUB_09": 20, "CBS_03": 30, "CBS_04": 40, "SA_05": 50}
AS_BEFORE = tuple(seen(code.replace("_", "-"), value) for code, value in FIVE.items())
RISK = tuple(("risk", category) for category in ("High", "Standard", "Unknown"))
HIGH, STANDARD, UNKNOWN = RISK
HOUSING = ("need", "Housing")
CASES = ("CBS-02", "CBS-03", "CBS-04", "CBS-05")


def caseload(*values, period=Q2):
    return tuple(seen(code, value, period=period) for code, value in zip(CASES, values, strict=True))


# rule → (reading, what is expected of it, whether it passes)
EXAMPLES = {
    "old-template": [
        (read(), None, True),
        (long(), None, True),
        (read(template_version="0.9"), None, False),
        (read(template_version=None), None, False),
    ],
    "wrong-provider": [
        (read(provider=" idas "), expected(), True),
        (read(provider="Foundation"), None, True),
        (read(provider="Foundation"), expected(), False),
    ],
    "wrong-contract": [
        (read(), expected(), True),
        (read(contract="OTHER", provider="Foundation"), expected(), True),  # said already
        (read(contract="OTHER"), expected(), False),
    ],
    "wrong-period": [
        (read(), expected(), True),
        (read(period=Q1), None, True),
        (read(period=Q1), expected(), False),
        (read(period=None), expected(), False),
        (long(), expected(), True),
        (long(seen("HUB-01", 5), seen("HUB-01", 5, period=None)), expected(), True),
        (long(seen("HUB-01", 5, period=Period.month(2022, 8))), expected(), True),
        (long(seen("HUB-01", 5, period=Q2.whole_year, basis=Basis.TOTAL)), expected(), True),
        (long(seen("HUB-01", 5, period=Q1)), expected(), False),
        (long(seen("HUB-01", 5), seen("HUB-01", 5, period=Q1)), expected(), False),
    ],
    "counts-agree-with-their-indicator": [
        (read(*rate("HUB-05", 5, 9), seen("HUB-01", 9)), None, True),
        (read(seen("HUB-05", 5, part=NUMERATOR), seen("HUB-01", 9)), None, True),
        (read(*rate("HUB-05", 5, 9), seen("HUB-01", None)), None, True),
        (read(*rate("HUB-10", 5, 9), seen("HUB-01", 7)), None, True),
        (read(*rate("HUB-05", 5, 8), seen("HUB-01", 9)), None, False),
    ],
    "mandatory-missing": [
        (read(), None, True),
        (read(seen("HUB-01", 0)), owing("HUB-01"), True),
        (read(seen("HUB-01", status=NOT_APPLICABLE)), owing("HUB-01"), True),
        (read(seen("HUB-01", status=BROKEN)), owing("HUB-01"), True),  # said already
        (read(seen("HUB-01", shown="-")), owing("HUB-01"), True),
        (read(seen("HUB-01")), owing("HUB-01", mandatory=False), True),
        (read(), owing("NEW-01"), True),  # an indicator that this reader does not know
        (long(seen("HUB-01", 5, split=HIGH)), owing("HUB-01"), True),
        (long(seen("HUB-01", 5, period=Period.month(2022, 8))), owing("HUB-01"), True),
        (read(seen("HUB-05", 5, part=NUMERATOR), seen("HUB-01", 9)), owing("HUB-01", "HUB-05"), True),
        (read(seen("HUB-01")), owing("HUB-01"), False),
        (read(*rate("HUB-10", None, None)), owing("HUB-10"), False),
        (read(*rate("HUB-10", 5, None)), owing("HUB-10"), False),
        (read(seen("HUB-05", 5, part=NUMERATOR)), owing("HUB-05"), False),
        (long(seen("HUB-09", 5), seen(None, 5)), owing("HUB-01"), False),
    ],
    "unexpected-line": [
        (read(seen("HUB-01", 5)), None, True),
        (read(seen("HUB-01", 5), seen("HUB-09")), owing("HUB-01"), True),
        (long(seen(None, 5, label="Waiting")), owing("HUB-01"), True),
        (read(seen("HUB-09", 5), seen("HUB-09", 5, split=HIGH)), owing("HUB-01"), False),
    ],
    "duplicate-line": [
        (read(seen("HUB-01", 5), seen("HUB-01", 5, split=HIGH), seen("HUB-01", 5, period=Q1)), None, True),
        (long(seen(None, 5), seen(None, 5)), None, True),
        (read(seen("HUB-01", 5), seen("HUB-01", 6)), None, False),
        (long(seen("HUB-01", 5, sheet=None), seen("HUB-01", 6, sheet=None)), None, False),
    ],
    "repeated-last-quarter": [
        (read(*AS_BEFORE), None, True),
        (read(*AS_BEFORE[:4], seen("SA-05", 51)), owing(**FIVE), True),
        (read(*AS_BEFORE[:4]), owing(**FIVE), True),  # too few to say
        (read(*AS_BEFORE), owing(**FIVE), False),
    ],
    "numerator-within-denominator": [
        (read(*rate("HUB-10", 9, 9)), None, True),
        (read(*rate("HUB-10", 9, None)), None, True),
        (read(*rate("CBS-10", 90, 4)), None, True),  # cases for each adviser: no part of a whole
        (read(*rate("HUB-10", 10, 9)), None, False),
        (read(seen("HUB-05", 10, part=NUMERATOR), seen("HUB-01", 9)), None, False),
    ],
    "denominator-nought": [
        (read(*rate("HUB-10", 0, 4)), None, True),
        (read(*rate("HUB-10", 4, 0)), None, True),  # said by the rule above
        (read(*rate("HUB-10", 0, 0)), None, False),
        (read(*rate("CBS-10", 3, 0)), None, False),
    ],
    "percentage-without-counts": [
        (read(*rate("HUB-10", 3, 4), seen("HUB-10", 75, part=PERCENT)), None, True),
        (read(seen("HUB-10", part=PERCENT)), None, True),
        (read(seen("HUB-10", 75, part=PERCENT)), None, False),
    ],
    "breakdown-sums-to-total": [
        (read(seen("HUB-01", 9), *(seen("HUB-01", 3, split=split) for split in RISK)), None, True),
        (read(*(seen("HUB-01", 3, split=split) for split in RISK)), None, True),  # no total
        (read(seen("HUB-01", 9), seen("HUB-01", split=HIGH)), None, True),
        (read(seen("HUB-01", 9), seen("HUB-01", 3, split=HIGH), seen("HUB-01", split=STANDARD)), None, True),
        (
            read(seen("HUB-01", 9), seen("HUB-01", 10, split=HIGH), seen("HUB-01", split=STANDARD, status=BROKEN)),
            None,
            True,
        ),
        (
            read(seen("HUB-01", 9), seen("HUB-01", 9, split=HOUSING), seen("HUB-01", 9, split=("need", "Money"))),
            None,
            True,
        ),
        (read(seen("HUB-01", 8), *(seen("HUB-01", 3, split=split) for split in RISK)), None, False),
        (read(seen("HUB-01", 10), *(seen("HUB-01", 3, split=split) for split in RISK)), None, False),
        (long(seen("HUB-01", 2, sheet=None), seen("HUB-01", 3, split=HIGH, sheet=None)), None, False),
        (read(seen("HUB-01", 8), seen("HUB-01", 9, split=HOUSING)), None, False),
    ],
    "breakdown-unfinished": [
        (read(seen("HUB-01", 9), *(seen("HUB-01", 3, split=split) for split in RISK)), None, True),
        (read(seen("HUB-01", 3), seen("HUB-01", 3, split=HIGH), seen("HUB-01", split=STANDARD)), None, True),
        (
            read(seen("HUB-01", 3), seen("HUB-01", 1, split=HOUSING), seen("HUB-01", split=("need", "Money"))),
            None,
            True,
        ),
        (read(seen("HUB-01", 9), seen("HUB-01", 3, split=HIGH), seen("HUB-01", split=STANDARD)), None, False),
    ],
    "breakdown-without-total": [
        (long(seen("HUB-01", 5, split=HIGH)), None, True),
        (long(seen("HUB-01", 9), seen("HUB-01", 5, split=HIGH)), owing("HUB-01"), True),
        (long(seen("HUB-01", 5, split=HIGH)), owing("CBS-01"), True),
        (long(seen("HUB-01", 5, split=HIGH)), owing("HUB-01"), False),
    ],
    "caseload-adds-up": [
        (read(*caseload(521, 330, 325, 526)), None, True),
        (read(*caseload(521, 330, None, 526)), None, True),
        (read(*caseload(521, 330, 325, 520)), None, False),
    ],
    "caseload-carries-on": [
        (read(seen("CBS-02", 521)), expected(), True),
        (read(seen("CBS-02", 520)), None, True),
        (read(seen("CBS-02", 520)), owing("HUB-01"), True),
        (read(seen("CBS-02", 520, period=Q3)), expected(), True),
        (long(*caseload(1, 2, 0, 3, period=Q1), *caseload(3, 2, 0, 5)), None, True),
        (read(seen("CBS-02", 520)), expected(), False),
        (read(seen("CBS-02", 520)), owing("CBS-02", "CBS-05", CBS_05=521), False),
        (long(*caseload(1, 2, 0, 3, period=Q1), *caseload(4, 2, 0, 6)), None, False),
    ],
    "year-to-date-never-falls": [
        (read(seen("CBS-01", 446)), expected(), True),
        (read(seen("HUB-09", 1)), expected(), True),  # not counted since 1 April
        (read(seen("CBS-01", 3, period=Q1)), expected(period=Q1), True),  # a new year
        (read(seen("CBS-01", 3)), None, True),
        (read(seen("CBS-01", 3, period=Q3)), expected(), True),
        (read(seen("CBS-01", 445)), expected(), False),
        (long(seen("CBS-01", 9, period=Q1), seen("CBS-01", 8)), None, False),
    ],
    "occupied-within-available": [
        (read(seen("SA-06", 3864), seen("SA-05", 3864), seen("SA-04.a", 42)), None, True),  # 42 units, 92 days
        (read(seen("SA-06", 3864), seen("SA-04.a", 1)), None, True),
        (read(seen("SA-06", 3900, period=Q1), seen("SA-05", 3822, period=Q1)), None, False),
        (read(seen("SA-05", 3865), seen("SA-04.a", 42)), None, False),
    ],
}

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
        ["HUB-01 is 8, but one category of Need (KPIs!E9 to E9) is 9."],
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
            "Quarter 1 2022/23 and is 445 now."
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
    assert RULES[key].find.__doc__.endswith(".")


def test_rules_of_the_domains_list_keep_its_codes():
    assert {rule.name for rule in RULES.values()} >= {"V02", "V03", "V04", "V05", "V06", "V08", "V12"}


def test_a_fault_stands_at_its_cell():
    (problem,) = found("caseload-adds-up", read(*caseload(1, 2, 3, 4)[:3], seen("CBS-05", 4, cell="F13")), None)

    assert (problem.rule, problem.sheet, problem.cell) == ("V05", "KPIs", "F13")


def test_of_the_wrong_file_only_that_is_said():
    problems = check(read(seen("HUB-01"), period=Q1), VOCABULARY, expected())

    assert [problem.rule for problem in problems] == ["wrong-period"]


def test_of_the_right_file_every_rule_is_asked():
    problems = check(read(seen("HUB-01"), seen("HUB-01", 6)), VOCABULARY, owing("HUB-01"))

    assert {problem.rule for problem in problems} == {"V02", "duplicate-line"}
    assert {problem.severity for problem in problems} == {Severity.ERROR}
