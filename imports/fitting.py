"""Whether the figures of a row or column can be those of an indicator: by their size, unit and kind. Knows no words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from imports.doubts import Doubt
from imports.matching import normalised
from imports.meanings import said
from imports.observing import RATES
from imports.reading import Line, Part, Term
from imports.series import Named
from imports.surroundings import Words

FURTHEST = 6  # times last quarter's figure; what lies beyond is another figure, also of a month or of a year
NEARBY = Decimal(20)  # figures no further apart than this are alike, however small
_ALL = Decimal(100)
_PER_HEAD = frozenset({"average", "each"})  # words of a label whose figures are divided by something
_ANY_COUNT = frozenset(
    {"no", "nos", "n", "num", "qty", "quantity", "integer", "numeric", "whole number", "figure", "each"}
)


class Fitting(NamedTuple):
    """The part of an indicator that figures are, and whether anything else could be meant."""

    part: Part
    is_sure: bool = True


def part_of(named: Part, term: Term, one: Named, words: Words) -> Fitting | None:
    """The part that figures are, of the indicator whose part is named; None when they cannot be of it."""
    hinted = one.part if one.part in (Part.NUMERATOR, Part.DENOMINATOR) else None
    if hinted and not one.percent:
        return Fitting(hinted, is_sure=_is_rate(term))
    if words.is_share:
        is_possible = _is_rate(term) and term.unit == "percent" and named is not Part.DENOMINATOR
        return Fitting(Part.PERCENT, is_sure=hinted is None) if is_possible else None
    if named is Part.PERCENT:
        return Fitting(Part.PERCENT if one.has_fractions else Part.NUMERATOR, is_sure=False)
    if named is Part.VALUE and _is_rate(term):
        return Fitting(named, is_sure=one.has_fractions or not _PER_HEAD.isdisjoint(words.said.words))
    return Fitting(named)


def _is_rate(term: Term) -> bool:
    return term.count_type in RATES


def doubts_of_figures(fitting: Fitting, term: Term, one: Named, line: Line | None) -> Iterator[Doubt]:
    """What speaks against figures being an indicator's."""
    if not fitting.is_sure:
        yield Doubt("its figures may be a count, or one count divided by another", 0.9)
    if fitting.part is not Part.PERCENT and term.whole and one.has_fractions:
        yield Doubt("its figures are not whole numbers", 0.5)
    if fitting.part is Part.PERCENT and one.largest > _ALL and term.part_of_whole:
        yield Doubt("its figures are too large for a percentage", 0.5)
    if term.count_type != "L" and one.least < 0:
        yield Doubt("some of its figures are below nought", 0.4)
    if _is_in_another_unit(term, one):
        yield Doubt(f"it is counted in “{one.unit}”", 0.5)
    if line is not None and not _is_as_large(fitting.part, line, one):
        yield Doubt("its figures are far from last quarter's", 0.5)


def _is_in_another_unit(term: Term, one: Named) -> bool:
    counted_in = said(one.unit).words if one.unit else None
    if not counted_in or _is_rate(term) or normalised(one.unit) in _ANY_COUNT:
        return False
    return counted_in.isdisjoint(said(term.unit).words)


def _is_as_large(part: Part, line: Line, one: Named) -> bool:
    """Whether any figure is about as large as one that is known of the quarters before."""
    known = [figures[part] for figures in (line.previous, line.year_ago) if part in figures]
    known += line.history if part is Part.VALUE else ()
    pairs = [(value, before) for value in one.values for before in known]
    return not pairs or any(
        abs(value - before) <= NEARBY or before <= value * FURTHEST <= before * FURTHEST**2 for value, before in pairs
    )
