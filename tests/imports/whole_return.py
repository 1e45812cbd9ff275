"""A whole return of 26 KPIs with its breakdowns and its past, consistent throughout; and the same in the long form.

The figures are the demonstration's. `Typed` is one thing that somebody typed, and in which cell.
"""

import io
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import openpyxl

from dacommission.demo import figures
from dacommission.indicators.catalogue import vocabulary
from imports import template_layout as layout
from imports.periods import Period
from imports.reading import Expected, Line, Part
from imports.template import Entry, fill_template, make_template

Q2 = Period.quarter(2022, 2)
NUMERATOR, DENOMINATOR = Part.NUMERATOR, Part.DENOMINATOR
VOCABULARY = vocabulary()

# (this quarter, last quarter, the same quarter last year), numerator and denominator; None is left to its indicator
RATES = {
    "HUB-04": ((310, 330), (300, 321), (290, 318)),
    "HUB-05": ((2021, None), (1903, None), (1851, None)),
    "HUB-10": ((4402, 4650), (4187, 4480), (4115, 4390)),
    "CBS-11": ((244, None), (235, None), (229, None)),
    "CBS-12": ((140, 190), (131, 184), (128, 177)),
    "CBS-13": ((166, 188), (160, 181), (151, 176)),
    "SA-07": ((None, None), (None, None), (None, None)),
    "SA-10": ((17, None), (15, None), (21, None)),
}
COUNTS = {
    code: (now[1], now[0], before[1])
    for code, now in figures.VICTIMS_2022.items()
    for before in [figures.VICTIMS_2021[code]]
}
COUNTS |= {"SA-04.a": (42, 42, 42)}
ORDER = [code for code in VOCABULARY.terms if code in COUNTS or code in RATES]


def due() -> Expected:
    """What the return owes, everything mandatory, with its past."""
    lines = tuple(_line(code) for code in ORDER)
    return Expected("DA-2019-HUB", "Hub and community support", "IDAS", Q2, lines)


def _line(code: str) -> Line:
    if code in RATES:
        _, before, year_ago = RATES[code]
        return Line(code, True, previous=_known(before), year_ago=_known(year_ago))
    now, before, year_ago = COUNTS[code]
    since_april = VOCABULARY.terms[code].count_type == "Y"
    return Line(
        code,
        True,
        previous={Part.VALUE: Decimal(before)},
        brought_forward=Decimal(COUNTS["CBS-05"][1]) if code == "CBS-02" else None,
        year_ago={Part.VALUE: Decimal(year_ago)},
        history=tuple(map(Decimal, (year_ago, now, year_ago) if since_april else (year_ago, now, before) * 4)),
    )


def _known(counts: tuple[int | None, int | None]) -> dict[Part, Decimal]:
    both = zip((NUMERATOR, DENOMINATOR), counts, strict=True)
    return {part: Decimal(value) for part, value in both if value is not None}


def splits() -> Iterator[tuple[str, str, str, int]]:
    """Every category's figure: indicator, breakdown's key, category, how many."""
    for code, breakdowns in figures.BREAKDOWNS.items():
        for key, weights in breakdowns.items() if code in COUNTS else ():
            shares = figures.split_quarters(code, figures.VICTIMS_2022[code], weights)[1]
            for category in VOCABULARY.breakdowns[key]:
                yield code, key, category, shares.get(category, 0)


@cache
def template() -> bytes:
    """The return workbook, filled in."""
    entries = [Entry(code, value=now) for code, (now, _, _) in COUNTS.items()]
    entries += [Entry(code, part, value) for code, (now, _, _) in RATES.items() for part, value in _known(now).items()]
    entries += [Entry(code, value=value, breakdown=key, category=name) for code, key, name, value in splits()]
    return fill_template(make_template(due(), VOCABULARY), entries)


LONG = ("Code", "Measure", "Breakdown", "Category", "Period", "Value", "Numerator", "Denominator", "Comment")


def long_rows() -> list[list[object]]:
    """The same return with one row a figure, its header first."""
    rows: list[list[object]] = [list(LONG)]
    for code in ORDER:
        name = VOCABULARY.terms[code].name
        if code in COUNTS:
            rows.append([code, name, None, None, "Q2 2022-23", COUNTS[code][0], None, None, None])
            for _, key, category, value in (one for one in splits() if one[0] == code):
                known = VOCABULARY.breakdown_names[key]
                rows.append([code, name, known, category, "Q2 2022-23", value, None, None, None])
        else:
            rows.append([code, name, None, None, "Q2 2022-23", None, *_whole_counts(code), None])
    return rows


def _whole_counts(code: str) -> tuple[int, int]:
    """Both counts of a rate, each taken from the indicator that it is where it was left to it."""
    term, (few, many) = VOCABULARY.terms[code], RATES[code][0]
    above = few if few is not None else COUNTS[term.numerator_indicator or ""][0]
    return above, many if many is not None else COUNTS[term.denominator_indicator or ""][0]


def cell_of(content: bytes, sheet: str, column: str, *words: str) -> str:
    """The address, in a return workbook, of one column in the row that begins with a code and holds these words."""
    headings = layout.KPI_HEADINGS if sheet == layout.KPIS else layout.BREAKDOWN_HEADINGS
    place = layout.column(headings, column)
    for row in _rows(content, sheet):
        if {*words} <= {cell.value for cell in row if isinstance(cell.value, str)}:
            return row[place - 1].coordinate
    raise KeyError(words)


@cache
def _rows(content: bytes, sheet: str) -> list:
    return list(openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows())
