"""For every rule, readings that pass and readings that fail: what the tests and `docs/rules.md` are made of."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from imports.periods import Period
from imports.reading import (
    Basis,
    Cover,
    Line,
    Match,
    Observation,
    Part,
    Passage,
    Reading,
    Restated,
    Status,
    Waived,
)
from tests.imports.vocabulary import Q1, Q2, VOCABULARY, expected

Q3 = Period.quarter(2022, 3)
Q4 = Period.quarter(2022, 4)
MARCH = Period(date(2023, 3, 1), date(2023, 3, 31))
WINTER = Period(date(2022, 10, 1), date(2023, 3, 31))
YEAR = Q2.whole_year
QUARTERS = YEAR.quarters
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
        "basis": Basis.YEAR_TO_DATE if code and VOCABULARY.terms[code].count_type == "Y" else Basis.PERIOD,
        "value": None if value is None else Decimal(str(value)),
        "status": status,
        "shown": "" if status is Status.MISSING else str(value),
        "match": Match.CODE,
        "confidence": Decimal(1),
        "breakdown": breakdown,
    }
    return Observation(**values | other)


def rate(code, few, many, *, cell="G8", **other):
    above = seen(code, few, part=NUMERATOR, cell=cell, **other)
    return above, seen(code, many, part=DENOMINATOR, cell=cell.replace("G", "H"), **other)


def year(code, *values, period=YEAR, cell="I5", **other):
    """Four quarters' figures and the total of the year that somebody typed."""
    quarters = (seen(code, one, period=when, **other) for one, when in zip(values[:-1], QUARTERS, strict=True))
    return *quarters, seen(code, values[-1], period=period, basis=Basis.TOTAL, cell=cell, **other)


def read(*observations, **cover):
    said = {"template_version": "1", "contract": "DA-2019-HUB", "provider": "IDAS", "period": Q2}
    return Reading("", "", "template", observations, cover=Cover(**said | cover))


def long(*observations):
    return Reading("", "", "long", observations)


def owed(code, period=Q2, *, mandatory=True, contributions=None, waived=(), **line):
    """The expected return of one line, about which this is known: `previous=900`, `history=(900, 950)`."""
    known = {key: _known(key, value) for key, value in line.items()}
    lines = (Line(code, mandatory, **known),)
    return replace(expected(period=period), lines=lines, contributions=contributions, waived=waived)


def _known(key, value):
    if key == "history":
        return tuple(Decimal(one) for one in value)
    parts = value if isinstance(value, dict) else {Part.VALUE: value}
    return {part: Decimal(str(one)) for part, one in parts.items()}


def counts(few, many):
    return {NUMERATOR: few, DENOMINATOR: many}


def told(code, value, *, period=Q1, part=Part.VALUE):
    """A reading that repeats an earlier quarter's figure."""
    return replace(read(), restated=(Restated("KPIs", "J5", code, part, period, Decimal(value)),))


def written(text):
    """A reading whose narrative says this."""
    return replace(read(), passages=(Passage("narrative", "Narrative", "B5", "What went well?", text),))


def waived(rule, code=None):
    return (Waived(rule, code, "The old system cannot tell.", date(2024, 6, 30)),)


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
SO_FAR = Basis.YEAR_TO_DATE
PLAIN = ("HUB-01", "HUB-09", "CBS-03", "CBS-04", "CBS-06")
THREE_YEARS = (900, 950, 1000) * 4
CASES = ("CBS-02", "CBS-03", "CBS-04", "CBS-05")


def risks(value):
    """A figure for each category of risk."""
    return (seen("HUB-01", value, split=split, sheet="Breakdowns", cell=f"E{row}") for row, split in enumerate(RISK, 5))


def caseload(*values, period=Q2):
    return tuple(seen(code, value, period=period) for code, value in zip(CASES, values, strict=True))


# The share's denominator was left to the indicator that it is.
HUB_AND_ITS_SHARE = replace(
    expected(),
    lines=(Line("HUB-05", True, _known("previous", {NUMERATOR: 1903})), *owed("HUB-01", previous=2398).lines),
)


def paying(amount, period=Q2, **line):
    """The expected return of a budget, and what the funding bodies pay in the year."""
    return owed("CON-02.b", period, contributions=Decimal(amount), **line)


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
        (long(seen("HUB-10", 75, part=PERCENT)), owing("HUB-10"), False),
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
        (read(seen("HUB-01", 9), *risks(3)), None, True),
        (read(*risks(3)), None, True),  # no total
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
        (read(seen("HUB-01", 8), *risks(3)), None, False),
        (read(seen("HUB-01", 10), *risks(3)), None, False),
        (long(seen("HUB-01", 2, sheet=None), seen("HUB-01", 3, split=HIGH, sheet=None)), None, False),
        (read(seen("HUB-01", 8), seen("HUB-01", 9, split=HOUSING)), None, False),
    ],
    "breakdown-unfinished": [
        (read(seen("HUB-01", 9), *risks(3)), None, True),
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
    "blank-in-the-workbook": [
        (read(seen("HUB-01", 5)), None, True),
        (read(seen("HUB-01")), owing("HUB-01"), True),  # said by another rule
        (read(seen("HUB-05", 5, part=NUMERATOR), seen("HUB-05", part=DENOMINATOR), seen("HUB-01", 9)), None, True),
        (read(*rate("HUB-10", None, None), seen("HUB-10", 75, part=PERCENT)), None, True),
        (read(seen("HUB-01")), None, False),
    ],
    "share-within-hundred": [
        (read(seen("HUB-10", 100, part=PERCENT)), None, True),
        (read(seen("CBS-10", 130, part=PERCENT)), None, True),  # no share of a whole
        (long(seen(None, 130, part=PERCENT)), None, True),
        (read(seen("HUB-10", 130, part=PERCENT)), None, False),
        (read(seen("HUB-10", 130, part=PERCENT, split=HIGH)), None, False),
    ],
    "percentage-agrees-with-counts": [
        (read(*rate("HUB-10", 91, 122), seen("HUB-10", 75, part=PERCENT)), None, True),
        (read(*rate("HUB-10", 91, 122), seen("HUB-10", "74.6", part=PERCENT)), None, True),
        (read(*rate("HUB-10", 0, 0), seen("HUB-10", 75, part=PERCENT)), None, True),
        (read(*rate("HUB-10", 91, 122), seen("HUB-10", part=PERCENT, status=BROKEN)), None, True),
        (read(*rate("HUB-10", 91, 122), seen("HUB-10", "74.7", part=PERCENT)), None, False),
    ],
    "only-round-numbers": [
        (read(*(seen(code, 100) for code in PLAIN[:-1]), seen(PLAIN[-1], 105)), None, True),
        (read(*(seen(code, 100) for code in PLAIN[:-1]), seen("SA-05", 3850)), None, True),  # nights
        (read(*(seen(code, 50) for code in PLAIN)), None, True),  # too small to say
        (read(*(seen(code, 150) for code in PLAIN)), None, False),
    ],
    "stated-total-agrees": [
        (long(*year("HUB-01", 1, 2, 3, 4, 10)), None, True),
        (long(*year("SA-04.a", 42, 42, 42, 42, 42)), None, True),  # a stock does not add up
        (long(*year("HUB-01", 1, 2, 3, None, 11)), None, True),
        (long(*year("HUB-01", 10, 20, 30, 40, 110)), None, True),  # as rounding each to ten may come to
        (read(seen("HUB-01", 10), seen("HUB-01", 5, period=Q1)), None, True),
        (long(seen("HUB-01", 4, period=Q4), year("HUB-01", 1, 1, 1, 1, 10)[-1]), owed("HUB-01", Q4, so_far=6), True),
        (long(seen("HUB-01", 4, period=Q4), year("HUB-01", 1, 1, 1, 1, 11)[-1]), owed("HUB-01", Q4), True),
        (long(year("HUB-01", 1, 1, 1, 1, 11)[-1]), owed("HUB-01", Q4, so_far=6), True),
        # neither the quarter's last month nor its half year is all that is so far in the year
        (long(seen("HUB-01", 4, period=Q4), seen("HUB-01", 1, period=MARCH)), owed("HUB-01", Q4, so_far=6), True),
        (long(seen("HUB-01", 4, period=Q4), seen("HUB-01", 7, period=WINTER)), owed("HUB-01", Q4, so_far=6), True),
        (long(*year("CTX-01", 1573, 1778, 1501, 1435, 6387)), None, False),
        (long(*year("HUB-10", 1, 2, 3, 4, 11, part=NUMERATOR)), None, False),
        (long(*(seen("HUB-01", 3, period=month) for month in Q2.calendar_months), seen("HUB-01", 8)), None, False),
        (long(seen("HUB-01", 4, period=Q4), year("HUB-01", 1, 1, 1, 1, 11)[-1]), owed("HUB-01", Q4, so_far=6), False),
    ],
    "people-of-the-year-agree": [
        (long(*year("CBS-01", 446, 903, 1331, 1784, 1784)), None, True),
        (long(*year("CBS-01", 446, 903, 1331, None, 1784)), None, True),
        (long(*year("HUB-01", 1, 2, 3, 4, 12)), None, True),  # held against the sum
        (long(year("CBS-01", 1, 1, 1, 1, 5, period=Period.month(2022, 4))[-1]), None, True),
        (long(*year("CBS-01", 446, 903, 1331, 1784, 1748)), None, False),
    ],
    "people-of-the-year-within-bounds": [
        (long(*year("CBS-06", 70, 67, 72, 67, 158)), None, True),
        (long(*year("CBS-06", 70, 67, 72, None, 20)), None, True),
        (long(*year("CBS-06", 70, 67, 72, 67, 71)), None, False),
        (long(*year("CBS-06", 70, 67, 72, 67, 277)), None, False),
    ],
    "so-far-adds-up": [
        (long(seen("HUB-01", 5, period=Q1), seen("HUB-01", 6), seen("HUB-01", 11, basis=SO_FAR)), None, True),
        (long(seen("HUB-01", 6), seen("HUB-01", 12, basis=SO_FAR)), None, True),  # last quarter's is not known
        (long(seen("HUB-01", 6), seen("HUB-01", 11, basis=SO_FAR)), owed("HUB-01", so_far=5), True),
        (long(seen("CBS-01", 6, basis=SO_FAR), seen("CBS-01", 5, period=Q1, basis=SO_FAR)), None, True),
        (long(seen("HUB-01", 5, period=Q1), seen("HUB-01", 6), seen("HUB-01", 12, basis=SO_FAR)), None, False),
        (long(seen("HUB-01", 12, basis=SO_FAR), seen("HUB-01", 6)), owed("HUB-01", so_far=5), False),
        (
            long(
                *(seen("HUB-01", 2, period=month) for month in Q1.calendar_months),
                seen("HUB-01", 7, period=Q1.calendar_months[2], basis=SO_FAR),
            ),
            None,
            False,
        ),
    ],
    "supported-within-caseload": [
        (read(seen("CBS-02", 521), seen("CBS-03", 330), seen("CBS-06", 851)), None, True),
        (read(seen("CBS-02", 521), seen("CBS-06", 900)), None, True),
        (read(seen("CBS-02", 521), seen("CBS-03", 330), seen("CBS-06", 852)), None, False),
    ],
    "households-hold-people": [
        (read(seen("SA-01", 264), seen("SA-02", 76), seen("SA-03", 340)), None, True),
        (read(seen("SA-01", 264), seen("SA-03", 300)), None, True),
        (read(seen("SA-01", 164), seen("SA-02", 97), seen("SA-03", 262)), None, False),
    ],
    "pathway-narrows": [
        (read(seen("PRP-02", 66), *rate("PRP-03", 40, 60)), None, True),
        (read(seen("PRP-02"), *rate("PRP-03", 40, 60)), None, True),
        (read(seen("PRP-02", 50), *rate("PRP-03", 40, 60)), None, False),
    ],
    "spend-within-budget": [
        (read(seen("CON-02.a", 105000), seen("CON-02.b", 100000)), None, True),
        (read(seen("CON-02.a", 105000)), None, True),
        (read(seen("CON-02.a", 105001), seen("CON-02.b", 100000)), None, False),
    ],
    "budget-is-what-funders-pay": [
        (read(seen("CON-02.b", 900000)), None, True),
        (read(seen("CON-02.b", 900000)), owed("CON-02.b", so_far=1), True),  # a contribution is not known
        (read(seen("CON-02.b", 900000)), paying(800000), True),  # the first quarter's budget is not known
        (read(seen("CON-02.b", 400000)), paying(800000, so_far=400000), True),
        (read(seen("CON-02.b", 200000, period=Q4)), paying(800000, Q4, so_far=606000), True),
        (read(seen("CON-02.c", 808000)), paying(800000), True),
        (read(seen("CON-02.b", 400000)), paying(800000, so_far=410000), False),
        (read(seen("CON-02.b", 200000, period=Q4)), paying(800000, Q4, so_far=590000), False),
        (read(seen("CON-02.b", 900000, period=Q1)), paying(800000, Q1), False),
        (read(seen("CON-02.c", 808001)), paying(800000), False),
    ],
    "personal-data": [
        (read(seen("HUB-01", 2512, comment="Calls to 0808 2000 247 rose by 12.5% in Q1 2024 near YO24.")), None, True),
        (written("Two units were closed from 12 March 2022. Ring 116 123 or 0300 123 4567."), None, True),
        (read(seen("HUB-01", 1234567890)), None, True),  # no check digit of an NHS number
        (written("Ring her on 07700 900123."), None, False),
        (read(seen("HUB-01", 5, comment="see jo.bloggs@example.org")), None, False),
        (long(seen(None, 5, label="YO1 7HH")), None, False),
        (long(seen("HUB-01", 5, category="Jo, born 12/3/1985")), None, False),
        (read(seen("HUB-01", 9990000018)), None, False),
        (read(seen("HUB-01", 7700900123)), None, False),
    ],
    "accepted-figure-changed": [
        (told("HUB-01", 2398), owed("HUB-01", previous=2398), True),
        (told("HUB-01", 2389), None, True),
        (told("HUB-01", 2389), owed("HUB-09", previous=2398), True),
        (told("HUB-01", 2389), owed("HUB-01"), True),
        (read(seen("HUB-01", 2512)), owed("HUB-01", stated_before=2512), True),
        (read(seen("HUB-01")), owed("HUB-01", stated_before=2512), True),
        (told("HUB-01", 2389), owed("HUB-01", previous=2398), False),
        (told("HUB-01", 2389, period=Q2.year_earlier()), owed("HUB-01", year_ago=2398), False),
        (told("HUB-05", 1900, part=NUMERATOR), owed("HUB-05", previous=counts(1903, 2398)), False),
        (read(seen("HUB-01", 2512)), owed("HUB-01", stated_before=2521), False),
    ],
    "large-change": [
        (read(seen("HUB-01", 2512)), owed("HUB-01", previous=2398, year_ago=2388), True),
        (read(seen("HUB-01", 2512)), None, True),
        (read(seen("HUB-01", 2512)), owed("HUB-01"), True),
        (read(seen("HUB-01")), owed("HUB-01", previous=2398), True),
        (read(seen("HUB-01", 125)), owed("HUB-01", previous=100), True),
        (read(seen("HUB-01", 30)), owed("HUB-01", previous=19), True),  # from fewer than 20
        (read(seen("HUB-01", 3)), owed("HUB-01", previous=26), True),  # to fewer than 20: as if to 20
        (read(seen("CBS-01", 903)), owed("CBS-01", previous=446, year_ago=832), True),  # since 1 April
        (read(seen("HUB-13.b", 40)), owed("HUB-13.b", previous=20), True),  # a wait, no count
        (read(seen("HUB-01", 1100)), owed("HUB-01", history=THREE_YEARS), True),
        (read(seen("HUB-01", 1200)), owed("HUB-01", history=THREE_YEARS[1:]), True),  # not three whole years
        (read(seen("HUB-01", 22)), owed("HUB-01", history=(21,) * 12), True),
        (read(*rate("HUB-10", 60, 100)), owed("HUB-10", previous=counts(75, 100)), True),
        (read(*rate("HUB-10", 5, 100)), owed("HUB-10", previous=counts(1, 100)), True),  # four points
        (read(*rate("HUB-10", 1, 19)), owed("HUB-10", previous=counts(100, 100)), True),
        (read(*rate("HUB-10", 1, 20)), owed("HUB-10", previous=counts(19, 19)), True),
        (read(*rate("HUB-10", 1, None)), owed("HUB-10", previous=counts(100, 100)), True),
        (read(seen("HUB-01", 1790)), owed("HUB-01", previous=2398), False),
        (read(seen("HUB-01", 126)), owed("HUB-01", previous=120, year_ago=100), False),
        (read(seen("HUB-01", 0)), owed("HUB-01", previous=27), False),
        (read(seen("CBS-01", 903)), owed("CBS-01", previous=446, year_ago=700), False),
        (read(seen("HUB-01", 1101)), owed("HUB-01", history=THREE_YEARS), False),
        (read(seen("HUB-01", 800)), owed("HUB-01", history=THREE_YEARS), False),
        (read(seen("CBS-01", 40)), owed("CBS-01", history=(20, 25, 30)), False),
        (read(*rate("HUB-10", 60, 100)), owed("HUB-10", previous=counts(81, 100)), False),
        (read(*rate("CBS-10", 80, 20)), owed("CBS-10", year_ago=counts(50, 20)), False),
        (read(*rate("HUB-05", 1000, 2512)), HUB_AND_ITS_SHARE, False),
    ],
    "same-as-last-quarter": [
        (read(seen("HUB-01", 2399)), owed("HUB-01", previous=2398), True),
        (read(seen("HUB-01", 20)), owed("HUB-01", previous=20), True),
        (read(seen("HUB-01", 2398)), None, True),
        (read(seen("SA-05", 3864)), owed("SA-05", previous=3864), True),  # nights
        (read(seen("CBS-01", 446, period=Q1)), owed("CBS-01", Q1, previous=446), True),  # a new year
        (read(*AS_BEFORE), owing(**FIVE), True),  # said of the whole file
        (read(seen("HUB-01", 2398)), owed("HUB-01", previous=2398), False),
        (read(seen("CBS-01", 446)), owed("CBS-01", previous=446), False),
    ],
}
