"""A small vocabulary, and the return of an invented contract, for tests of the reader."""

from decimal import Decimal

from imports.periods import Period
from imports.reading import Alias, Expected, Line, Part, Term, Vocabulary

Q1 = Period.quarter(2022, 1)
Q2 = Period.quarter(2022, 2)

TERMS = (
    Term(
        "HUB-01",
        "Referrals received",
        "referrals",
        "F",
        breakdowns=("referral-source", "risk", "need"),
        aliases=(Alias("Referrals"), Alias("Total referrals received")),
        definition="Referrals logged by the hub in the period.",
    ),
    Term(
        "HUB-05",
        "Referrals supported by the hub",
        "percent",
        "R",
        numerator="Referrals given support by the hub",
        denominator="Referrals received",
        denominator_indicator="HUB-01",
        breakdowns=("risk",),
        aliases=(Alias("Referrals supported by the hub", Part.NUMERATOR),),
    ),
    Term("HUB-09", "Helpline calls answered", "calls", "F"),
    Term("HUB-10", "Call answer rate", "percent", "R", numerator="Calls answered", denominator="Calls offered"),
    Term("HUB-13.b", "Longest wait for allocation", "working-days", "Q"),
    Term("CBS-01", "Individuals referred", "people", "Y"),
    Term("CBS-02", "Cases open at the start (brought forward)", "people", "S"),
    Term("CBS-03", "New cases opened", "cases", "F"),
    Term("CBS-04", "Cases closed", "cases", "F"),
    Term("CBS-05", "Cases open at the end (carried forward)", "people", "S"),
    Term(
        "CBS-10",
        "Open high-risk cases for each IDVA",
        "ratio",
        "R",
        numerator="High-risk cases open at the end",
        denominator="IDVAs in post",
        whole=False,
        part_of_whole=False,
    ),
    Term("CBS-06", "People supported in the period", "people", "P"),
    Term("SA-01", "Adults supported in safe accommodation", "people", "Y"),
    Term("SA-02", "Children supported in safe accommodation", "people", "Y"),
    Term("SA-03", "Households supported in safe accommodation", "households", "Y"),
    Term("SA-04.a", "Units commissioned", "units", "S"),
    Term("SA-05", "Nights available", "nights", "C"),
    Term("SA-06", "Nights occupied", "nights", "C"),
    Term("WF-01.a", "Funded posts", "fte", "S", whole=False, decimals=2),
    Term("CON-02.a", "Spend", "pounds", "L", whole=False, decimals=2),
    Term("CON-02.b", "Budget profiled", "pounds", "L", whole=False, decimals=2),
    Term("CON-02.c", "Forecast spend for the year", "pounds", "S", whole=False, decimals=2),
    Term(
        "PRP-01",
        "Service users supported by the perpetrator programme",
        "people",
        "Y",
        aliases=(Alias("Service users supported"),),
    ),
    Term(
        "PRP-02",
        "Referrals to the perpetrator programme",
        "referrals",
        "F",
        breakdowns=("self-or-agency", "referral-source"),
        aliases=(Alias("Referrals"), Alias("Self-referrals to the programme", category="Self")),
    ),
    Term(
        "PRP-03",
        "Accepted as suitable",
        "percent",
        "R",
        numerator="People accepted as suitable",
        denominator="People assessed",
    ),
    Term(
        "PRP-06",
        "Evidenced reduced risk at exit",
        "percent",
        "R",
        numerator="Exits with evidenced reduced risk",
        denominator="Exits with a risk assessment",
    ),
    Term(
        "CTX-01",
        "Domestic abuse related crimes recorded by the police",
        "crimes",
        "F",
        aliases=(Alias("Domestic abuse related crimes"),),
    ),
)

VOCABULARY = Vocabulary(
    terms={term.code: term for term in TERMS},
    breakdowns={
        "referral-source": ("Police", "Self", "Unknown"),
        "risk": ("High", "Standard", "Unknown"),
        "need": ("Housing", "Money"),
        "self-or-agency": ("Self", "Agency"),
    },
    breakdown_names={
        "referral-source": "Referral source",
        "risk": "Risk",
        "need": "Need",
        "self-or-agency": "Self or agency referral",
    },
    multiple=frozenset({"need"}),
)

CODES = ("HUB-01", "HUB-05", "HUB-09", "HUB-10", "CBS-01", "CBS-02", "CBS-03", "CBS-04", "CBS-05", "SA-04.a")
CODES += ("SA-05", "SA-06", "WF-01.a", "CON-02.a")
BEFORE = {
    "HUB-01": {Part.VALUE: Decimal(2398)},
    "HUB-09": {Part.VALUE: Decimal(4187)},
    "HUB-10": {Part.NUMERATOR: Decimal(4187), Part.DENOMINATOR: Decimal(4500)},
    "CBS-01": {Part.VALUE: Decimal(446)},
    "CBS-05": {Part.VALUE: Decimal(521)},
}


def expected(period=Q2, *, contract="DA-2019-HUB", provider="IDAS", codes=CODES, previous=BEFORE):
    """What the return of an invented contract should hold, everything mandatory."""
    lines = tuple(
        Line(code, True, previous.get(code, {}), Decimal(521) if code == "CBS-02" else None) for code in codes
    )
    return Expected(contract, "Hub and community support", provider, period, lines)
