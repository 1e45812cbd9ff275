"""Figures and documents to test with; each maker gives something valid."""

from datetime import UTC, datetime
from decimal import Decimal

from dacommission.summaries.document import (
    Chart,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Notes,
    Paragraph,
    Row,
    Series,
    Table,
    figure_key,
)
from dacommission.summaries.exports import Imprint, Source


def figure(value, indicator="HUB-01", period="2022-Q1", part="value", **more):
    """A count, shown as it is; None is one that nobody reported."""
    exact = None if value is None else Decimal(value)
    category, breakdown = more.get("category"), more.get("breakdown")
    ways = {
        "key": figure_key(indicator, period, part, breakdown=breakdown, category=category),
        "value": exact,
        "text": "[x]" if value is None else f"{exact:,.0f}",
        "status": "missing" if value is None else "reported",
        "unit": "referrals",
        "name": "Referrals received",
        "sources": (7,),
    }
    return Figure(indicator=indicator, period=period, part=part, **ways | more)


def rate(numerator, denominator, indicator="HUB-05", period="2022", **more):
    """A rate and the two counts beneath it, which are not shown with it."""
    few = figure(numerator, indicator, period, "numerator", **more)
    of_all = figure(denominator, indicator, period, "denominator", **more)
    percent = few.value / of_all.value * 100
    return figure(
        percent, indicator, period, text=f"{percent:.0f}%", unit="percent", kind="rate", of=(few, of_all), **more
    )


def derived(text, *made_from, part="rating"):
    first = made_from[0]
    key = f"{first.indicator} {part} {first.period}"
    return Figure(
        key, first.indicator, part, period=first.period, text=text, status="reported", kind="derived", of=made_from
    )


def document(*blocks, **more):
    return Document("Joint impact summary 2022/23", "North Yorkshire and York", "OFFICIAL-SENSITIVE", blocks, **more)


def every_block():
    """One of each kind, each with something of its own to be found again."""
    quarters = tuple(
        figure(count, period=f"2022-Q{number}") for number, count in enumerate((2398, 2512, None, 2458), 1)
    )
    incomplete = figure(7368, period="2022", complete=False, coverage="3 of 4 quarters")
    return document(
        Heading("What the hub did"),
        Paragraph(("In the year ", incomplete, " referrals were received.")),
        KeyFigures("Key figures", (KeyFigure("Referrals in the spring", quarters[0], (derived("met", quarters[0]),)),)),
        Table("By quarter", ("Measure", "Q1", "Q2"), (Row("Referrals taken", quarters[:2]),), ("Counted by event.",)),
        Chart("Referrals drawn", ("Q1", "Q2", "Q3", "Q4"), (Series("2022/23", quarters),), unit="referrals"),
        Notes("Notes on quality", ("No return for quarter 3.",)),
    )


def imprint(**more):
    ways = {
        "made_by": "Commissioner One",
        "made_at": datetime(2023, 9, 1, 9, 30, tzinfo=UTC),
        "made_at_words": "1 September 2023 at 10:30",
        "origin": "Live figures",
        "sources": {7: Source("q1.xlsx", "ab" * 32, 2, "Hub", "E7")},
    }
    return Imprint(**ways | more)
