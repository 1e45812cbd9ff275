"""Return workbooks filled in wrongly, systematically: every way of typing something in every line, and every rule.

Each file mixes mutations, so that what follows from another fault is tried as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import openpyxl

from imports import observing
from imports import template_layout as layout
from imports.periods import Period
from imports.reading import Expected, Line, Part, Waived
from imports.template import made_book, make_template
from imports.template_layout import HEADER_ROW, column
from imports.template_splits import splits
from tests.imports.vocabulary import VOCABULARY
from tests.imports.workbooks import saved

Q1, Q2, Q4 = (Period.quarter(2022, number) for number in (1, 2, 4))
CODES = tuple(code for code in VOCABULARY.terms if code not in ("PRP-01", "CTX-01"))
# One consistent return: what each line says now. Numerator and denominator of a rate; None is left to its indicator.
NOW: Mapping[str, object] = {
    **{"HUB-01": 2512, "HUB-05": (2021, None), "HUB-09": 4402, "HUB-10": (4402, 4600), "HUB-13.b": 9},
    **{"CBS-01": 903, "CBS-02": 521, "CBS-03": 330, "CBS-04": 325, "CBS-05": 526, "CBS-10": (41, 12.5)},
    **{"CBS-06": 840, "SA-01": 164, "SA-02": 97, "SA-03": 150, "SA-04.a": 42, "SA-05": 3864, "SA-06": 3493},
    **{"WF-01.a": 12.5, "CON-02.a": 99000, "CON-02.b": 100000, "CON-02.c": 400000},
    **{"PRP-02": 66, "PRP-03": (40, 60), "PRP-06": (17, 21)},
}
CATEGORIES = {"HUB-01": {"Referral source": (1500, 1000, 12), "Risk": (2000, 500, 12), "Need": (900, 2100)}}

# What may stand in a figure's cell.
TYPED = (
    *(None, 0, 1, 19, 20, 150, -3, 1.5, 12.345, 0.29, 2512, 1e16, "#DIV/0!", 0.1 + 0.2),
    *("twelve", "4,402 ", "1,23", "£5", "nil", "n/a", "-", "*", "?", "tbc", "awaiting the register", "<5", "<50"),
    *("withheld", "Withheld – small numbers", "0", "  ", "12.50", "ok", "#REF!"),
)
# What only a KPI's cell is understood to say in the workbook; of a category it asks for a number or a word alone.
ONLY_OF_KPIS = ("4,402 ", "0", "12.50", "awaiting the register", "Withheld – small numbers", "<5", "-", "  ")
DAY, EARLY = date(2023, 1, 31), date(2022, 9, 30)
# What may stand beside: status, day, comment.
BESIDE = (
    *((word, None, None) for word in layout.STATUS_WORDS),
    *((word, DAY, "Because.") for word in layout.STATUS_WORDS),
    *(
        ("Not yet available", EARLY, None),
        ("Not yet available", "soon", None),
        ("Not yet available", "31/01/2023", None),
    ),
    *((None, DAY, None), (None, "soon", None), ("maybe", None, None), ("Reported", None, None), ("n/a", None, None)),
    *(("Missing", None, None), ("awaiting the register", None, None), ("withheld", None, "A court order.")),
)


@dataclass(frozen=True)
class Mutated:
    """A workbook that somebody filled in, and what the return should have been."""

    content: bytes
    expected: Expected


def due(period: Period = Q2, *, waived: Sequence[str] = ()) -> Expected:
    """A return of which everything is known: its past, its range, what it said before, what funders pay."""
    lines = tuple(_line(code, place) for place, code in enumerate(CODES))
    allowed = tuple(Waived(rule, None, "The old system cannot tell.", date(2024, 6, 30)) for rule in waived)
    return Expected("DA-2019-HUB", "Hub", "IDAS", period, lines, waived=allowed, contributions=Decimal(400000))


def _line(code: str, place: int) -> Line:
    now = NOW[code]
    before, year_ago = _scaled(code, Decimal("0.97")), _scaled(code, Decimal("1.04"))
    whole = None if isinstance(now, tuple) else Decimal(str(now))
    history = tuple(round(whole * percent / 100, 2) for percent in range(90, 114, 2)) if whole and place % 2 else ()
    return Line(
        code,
        place % 5 != 4,
        before,
        Decimal(521) if code == "CBS-02" else None,
        year_ago,
        history,
        {Part.VALUE: whole} if whole and place % 3 == 0 else {},
        {Part.VALUE: Decimal(100000)} if code == "CON-02.b" else {},
    )


def _scaled(code: str, by: Decimal) -> dict[Part, Decimal]:
    """Figures near to those of now, of an earlier quarter."""
    parts = observing.parts(VOCABULARY.terms[code])
    values = NOW[code] if isinstance(NOW[code], tuple) else (NOW[code],)
    return {
        part: Decimal(round(Decimal(str(value)) * by))
        for part, value in zip(parts, values, strict=True)
        if value is not None
    }


def _filled(expected: Expected, changes: Mapping[tuple[str, str], object]) -> Mutated:
    """The consistent return, but for some cells: by sheet and address."""
    book = made_book(expected, VOCABULARY)
    for (sheet, cell), value in (_consistent(expected) | changes).items():
        book[sheet][cell].value = value
    return Mutated(saved(book), expected)


def kpi(code: str, key: str = "value") -> tuple[str, str]:
    """Where a line's column is."""
    row = HEADER_ROW + 1 + CODES.index(code)
    return layout.KPIS, f"{openpyxl.utils.get_column_letter(column(layout.KPI_HEADINGS, key))}{row}"


def _category(expected: Expected, key: str = "value") -> dict[tuple[str, str, int], tuple[str, str]]:
    """Where each category's column is, by code, breakdown and the category's number."""
    letters = openpyxl.utils.get_column_letter(column(layout.BREAKDOWN_HEADINGS, key))
    return {
        (split.term.code, split.name, place): (layout.BREAKDOWNS, f"{letters}{split.first + place}")
        for split in splits(expected.lines, VOCABULARY)
        for place in range(len(split.categories))
    }


def _consistent(expected: Expected) -> dict[tuple[str, str], object]:
    cells: dict[tuple[str, str], object] = {}
    for code, now in NOW.items():
        values = dict(zip(("numerator", "denominator"), now, strict=True)) if isinstance(now, tuple) else {"value": now}
        cells |= {kpi(code, key): value for key, value in values.items()}
    for (code, name, place), where in _category(expected).items():
        if name in CATEGORIES.get(code, {}):
            cells[where] = CATEGORIES[code][name][place]
    return cells


def everything_typed() -> Iterator[Mutated]:
    """In each file every line has another of what may be typed; after all files, each kind of line had each."""
    for turn in range(8):
        changes: dict[tuple[str, str], object] = {}
        for place, code in enumerate(CODES):
            for part in observing.parts(VOCABULARY.terms[code]):
                offset = 4 * turn + place + (7 if part is Part.DENOMINATOR else 0)
                changes[kpi(code, part.value)] = TYPED[offset % len(TYPED)]
        yield _filled(due(), changes)


def everything_beside() -> Iterator[Mutated]:
    """The same of what stands beside a figure, now with the figure and now without."""
    for turn in range(0, len(BESIDE), 3):
        changes: dict[tuple[str, str], object] = {}
        for place, code in enumerate(CODES):
            beside = BESIDE[(turn + place) % len(BESIDE)]
            changes |= {
                kpi(code, key): value for key, value in zip(("status", "available", "comment"), beside, strict=True)
            }
            if (turn + place) % 3:
                changes |= {kpi(code, part.value): None for part in observing.parts(VOCABULARY.terms[code])}
        yield _filled(due(), changes)


def every_category() -> Iterator[Mutated]:
    """The same of the categories."""
    expected, typed = due(), [value for value in TYPED if value not in ONLY_OF_KPIS]
    values, statuses = _category(expected), _category(expected, "status")
    for turn in range(0, len(typed), 5):
        changes: dict[tuple[str, str], object] = {}
        for place, key in enumerate(values):
            if place % 4 == turn % 4 or turn % 2:
                changes[values[key]] = typed[(turn + place) % len(typed)]
            if place % 7 == turn % 7:
                changes[statuses[key]] = ("Not collected", "Withheld", "maybe")[place % 3]
        yield _filled(expected, changes)


def every_rule() -> Iterator[Mutated]:
    """Returns that break one rule each, or several at once."""
    broken: tuple[Mapping[tuple[str, str], object], ...] = (
        {},
        {kpi("CBS-02"): 520, kpi("CBS-05"): 525, kpi("SA-06"): 3900, kpi("CBS-01"): 400},
        {kpi("CBS-05"): 527, kpi("SA-05"): 3865, kpi("HUB-05", "denominator"): 2500},
        {kpi("CBS-06"): 852, kpi("SA-03"): 262, kpi("PRP-03", "denominator"): 70, kpi("CON-02.a"): 105001},
        {kpi("PRP-03", "numerator"): 61, kpi("HUB-10", "denominator"): 4000, kpi("HUB-05", "numerator"): 2600},
        {kpi("CON-02.b"): 310000, kpi("CON-02.c"): 405000, kpi("CON-02.a"): 325500.5},
        {kpi("HUB-10", "denominator"): 0, kpi("HUB-10", "numerator"): 0, kpi("CBS-10", "denominator"): 0},
        {kpi("HUB-01"): 1700, kpi("HUB-10", "numerator"): 3000, kpi("SA-01"): 250, kpi("CON-02.a"): 60000},
        _as_before(),
        {kpi(code): 50 * round(now / 50 + 1) for code, now in NOW.items() if not isinstance(now, tuple) and now > 90},
        {kpi("HUB-09"): 4270, kpi("CBS-03"): 320},
        {(layout.BREAKDOWNS, "E8"): 1999, (layout.BREAKDOWNS, "E5"): 1400, (layout.BREAKDOWNS, "E11"): 2600},
        {(layout.BREAKDOWNS, "E8"): 1999, (layout.BREAKDOWNS, "E5"): 1499},
        {(layout.BREAKDOWNS, "E9"): None, (layout.BREAKDOWNS, "E10"): None, (layout.BREAKDOWNS, "E6"): None},
        {(layout.BREAKDOWNS, "E9"): None, (layout.BREAKDOWNS, "F9"): "Not collected", kpi("HUB-01"): 2400},
        {kpi("HUB-01"): None, kpi("HUB-05", "denominator"): 2500},
        _rounded(),
    )
    for changes in broken:
        yield _filled(due(), changes)
    for changes in (broken[1], broken[3], broken[-1]):
        yield _filled(due(Q1, waived=("caseload-carries-on", "mandatory-missing", "large-change")), changes)
    for changes in ({kpi("CON-02.b"): 310000}, {kpi("CON-02.b"): 200000, kpi("CON-02.c"): 404000}):
        yield _filled(due(Q4), changes)


def _unsplit() -> dict[tuple[str, str], object]:
    """No breakdowns, so that no total is held against its categories."""
    return dict.fromkeys(_category(due()).values())


def _as_before() -> dict[tuple[str, str], object]:
    """Every figure as it was last quarter."""
    by = Decimal("0.97")
    before = {kpi(code, part.value): value for code in CODES for part, value in _scaled(code, by).items()}
    return _unsplit() | before


def _rounded() -> dict[tuple[str, str], object]:
    """Every count of 100 and more as a multiple of 50, and nothing else wrong with any."""
    few = {"HUB-01": 2500, "HUB-09": 4400, "CBS-01": 900, "CBS-03": 350, "CBS-04": 350, "CBS-05": 521, "CBS-06": 850}
    cells = {kpi(code): value for code, value in (few | {"SA-01": 200, "SA-03": 150}).items()}
    rates: dict[tuple[str, str], object] = {kpi("HUB-05", "numerator"): 2000, kpi("HUB-10", "numerator"): 4400}
    return _unsplit() | cells | rates


def stories() -> Mutated:
    """Case studies that lack something."""
    cells: dict[tuple[str, str], object] = {
        (layout.CASE_STUDIES, cell): words
        for cell, words in {
            **{"A5": "A new start", "A6": "Another", "B6": "She stayed.", "B7": "No title", "C7": "No"},
            **{"A8": "Told", "B8": "With consent.", "C8": "yes", "C9": "Yes"},
        }.items()
    }
    return _filled(due(), cells)


def mutated() -> dict[str, Mutated]:
    """Every file, by a name."""
    found: dict[str, Mutated] = {"stories": stories(), "blank": Mutated(make_template(due(), VOCABULARY), due())}
    for kind in (everything_typed, everything_beside, every_category, every_rule):
        found |= {f"{kind.__name__}-{number}": one for number, one in enumerate(kind())}
    return found
