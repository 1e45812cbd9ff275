"""A quarter of which only the months are given is held against other quarters as one figure."""

from decimal import Decimal

from imports.change import of_quarter
from imports.reading import Part
from imports.rules import Context
from tests.imports.rule_examples import Q2, VOCABULARY, owed, read, seen

CELLS = "CDE"


def months(code, *values, **other):
    """A figure in each month of the second quarter."""
    placed = zip(values, Q2.calendar_months, CELLS, strict=False)
    return [seen(code, value, period=month, cell=f"{column}5", **other) for value, month, column in placed]


def taken(*observations, code="HUB-01", part=Part.VALUE):
    """What the quarter comes to, and the cell at which it is told."""
    context = Context(read(*observations), VOCABULARY, owed(code))
    found = of_quarter(context, VOCABULARY.terms[code], Q2, part)
    return found and (found[0], found[1].cell)


def test_three_months_make_the_quarter_and_are_told_at_the_last():
    assert taken(*months("HUB-01", 900, 800, 812)) == (2512, "E5")


def test_a_stated_total_is_where_a_quarter_of_three_months_is_told():
    assert taken(*months("HUB-01", 900, 800, 812), seen("HUB-01", 2521, cell="F5")) == (2512, "F5")


def test_two_months_make_no_quarter():
    assert taken(*months("HUB-01", 900, 800)) is None
    assert taken(*months("HUB-01", 900, 800), seen("HUB-01", 2521, cell="F5")) == (2521, "F5")


def test_what_is_counted_on_a_day_or_by_heads_is_never_added():
    assert taken(*months("CBS-05", 500, 510, 521), code="CBS-05") is None
    assert taken(*months("CBS-06", 300, 310, 321), code="CBS-06") is None


def test_both_counts_of_a_rate_are_added():
    few = months("HUB-10", 90, 80, 70, part=Part.NUMERATOR)

    assert taken(*few, code="HUB-10", part=Part.NUMERATOR) == (Decimal(240), "E5")
