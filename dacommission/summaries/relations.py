"""How the figures of a summary give each other away: which are sums of which, and which run through a year.

Pure. Protection needs all of them, shown or not; a page that only commissioners see needs none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dacommission.summaries.document import Document, Figure, Sum
from dacommission.summaries.figures import Figures
from imports.periods import Period


def related(document: Document, figures: Figures) -> Document:
    """The document with everything that protection must know."""
    return replace(document, sums=tuple(sums(figures)), running=tuple(running(figures)))


def sums(figures: Figures) -> Iterator[Sum]:
    """Which shown figures are sums of others: quarters in a year, categories in a whole."""
    years = [Period.financial_year(year) for year in figures.years()]
    for code in figures.codes():
        measure = figures.measure(code)
        for year in years:
            if measure.count_type in "FCL":
                yield figures.quarters_sum(code, year)
            elif measure.count_type in "YS":
                yield Sum(figures.figure(code, year), (figures.figure(code, year.quarters[-1]),))
            elif measure.count_type in "RM":
                quarters = [figures.figure(code, quarter) for quarter in year.quarters]
                yield from _of_rates(figures.figure(code, year), quarters)
        for key in figures.breakdowns(code):
            yield from _sums_of_categories(figures, code, key)


def _sums_of_categories(figures: Figures, code: str, key: str) -> Iterator[Sum]:
    """Categories that make a whole; of a rate, the counts beneath it do."""
    known = figures.known.breakdowns.get(key)
    count_type = figures.measure(code).count_type
    if count_type == "Q" or (known and known.overlapping):
        return
    year = figures.known.period.whole_year
    categories = figures.categories(code, key)
    for period in (year, *year.quarters):
        whole = figures.figure(code, period)
        parts = [figures.figure(code, period, (key, category)) for category in categories]
        yield from _of_rates(whole, parts) if count_type in "RM" else [Sum(whole, tuple(parts))]
    if count_type == "F":
        for category in categories:
            yield figures.quarters_sum(code, year, (key, category))


def _of_rates(whole: Figure, parts: list[Figure]) -> Iterator[Sum]:
    """The numerators of the parts add to that of the whole, and so do the denominators."""
    if len(whole.of) == 2:
        for side in (0, 1):
            yield Sum(whole.of[side], tuple(part.of[side] for part in parts if len(part.of) == 2))


def running(figures: Figures) -> Iterator[tuple[Figure, ...]]:
    """People counted since 1 April: what each quarter added follows from two of them."""
    for code in figures.codes():
        if figures.measure(code).count_type == "Y":
            for year in figures.years():
                quarters = Period.financial_year(year).quarters
                yield tuple(figures.figure(code, quarter) for quarter in quarters)
