"""The rows of a long sheet by what they name: what each label may be, beside what it is certain to be.

A label by its code needs no asking. Of every other, all rows of one label and category are one series, which
somebody can say the meaning of once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from imports import cells
from imports.cells import PERCENT, Meaning, Unreadable
from imports.long_table import Row
from imports.matching import CERTAIN, UNKNOWN, WHOLE, Lexicon, Matched, normalised
from imports.naming import Naming, confirmed, named
from imports.reading import Cell, Expected, Match, Observation, Part, Problem, Severity
from imports.series import Aside, Candidate, Named, Profile, Reason, Sense, Series, SeriesKey
from imports.sheets import Spot

AGREED = Decimal("0.75")  # from here on a candidate agrees with a name that is known


class Label(NamedTuple):
    """What names the rows of one series."""

    service: str
    label: str
    category: str
    dimension: str


@dataclass(frozen=True)
class Recognised:
    """What a series of a long sheet is, or likely is."""

    matched: Matched
    likely: Sense | None = None
    naming: Naming | None = None
    not_ours: bool = False

    @property
    def confidence(self) -> Decimal:
        """How sure it is, or the likeliest of what it may be."""
        if self.matched.sense:
            return self.matched.confidence
        return self.naming.confidence if self.naming and self.likely else UNKNOWN


@dataclass
class LongSeries:
    """The series of a workbook's long sheets."""

    lexicon: Lexicon
    profile: Profile
    rows: dict[Label, list[Row]] = field(default_factory=dict)
    _named: Mapping[Label, Naming] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Row], lexicon: Lexicon, expected: Expected | None, profile: Profile) -> LongSeries:
        """The series of rows that no code names, each with what it may be, decided together."""
        made = cls(lexicon, profile)
        for row in rows:
            if row.label and not row.hidden and not made._has_code(row):
                made.rows.setdefault(label_of(row), []).append(row)
        keys = {label: key_of(found[0]) for label, found in made.rows.items()}
        asked = [label for label, key in keys.items() if key not in profile.series]
        told = [profile.series[key].sense for key in keys.values() if key in profile.series]
        taken = [sense for sense in told if sense]
        answers = named([_named_of(made.rows[label]) for label in asked], lexicon, expected, taken)
        made._named = dict(zip(asked, answers, strict=True))
        return made

    def known(self, row: Row, matched: Matched) -> Recognised:
        """What a row is, where its label by itself is `matched`."""
        label = label_of(row)
        if label not in self.rows:
            return Recognised(matched)
        if (told := self.profile.series.get(key_of(row))) is not None:
            how = Matched(told.sense, Match.PROFILE, CERTAIN)
            return Recognised(how, naming=confirmed(told.sense), not_ours=told.sense is None)
        naming = self._named[label]
        if matched.sense and _agrees(naming, matched.sense):
            return Recognised(matched, naming=naming)
        if matched.sense is None and naming.sense:
            return Recognised(Matched(naming.sense, naming.match, naming.confidence), naming=naming)
        possible = matched.possible or ((matched.sense,) if matched.sense else ())
        return Recognised(Matched(None, Match.NONE, UNKNOWN, possible), naming.likely, naming)

    def series(self, known: Mapping[Label, Recognised], observations: Iterable[Observation]) -> Iterator[Series]:
        """Each series with what it was taken for, in the order of the sheets."""
        seen = {one.spot for one in observations}
        for label, rows in self.rows.items():
            told, first = known[label], rows[0]
            spots = [row.place(column) for row in rows for column in row.figures]
            yield Series(
                key=key_of(first),
                label=" / ".join(filter(None, (label.label, label.category))),
                place=_place(first),
                cells=tuple(spot for spot in spots if told.not_ours or spot in seen),
                match=told.matched.match,
                confidence=told.confidence,
                sense=told.matched.sense,
                candidates=_candidates(told),
                not_ours=told.not_ours,
                why=told.naming.why if told.naming else "",
            )

    def _has_code(self, row: Row) -> bool:
        return self.lexicon.senses(row.text("code") or row.label)[0] is Match.CODE


def label_of(row: Row) -> Label:
    """What names a row's series."""
    return Label(row.text("service"), row.text("code") or row.label, row.category, row.dimension)


def key_of(row: Row) -> SeriesKey:
    """By what a row's series is known again: its words, wherever they stand."""
    label = label_of(row)
    split = tuple(word for word in map(normalised, (label.dimension, label.category)) if word not in WHOLE)
    return SeriesKey("", normalised(label.service), (normalised(label.label),), split)


def asked(row: Row, known: Recognised, lexicon: Lexicon) -> Iterator[Problem]:
    """What is said of a label that is not certain to be an indicator's name."""
    matched, terms = known.matched, lexicon.vocabulary.terms
    if matched.match is not Match.NONE:
        return
    sheet, cell = _place(row)
    if matched.possible:
        names = " or ".join(dict.fromkeys(f"{sense.code} {terms[sense.code].name}" for sense in matched.possible))
        message = f"“{row.label}” could be {names}. Put the code in front of the name."
        yield Problem("ambiguous-label", Severity.QUESTION, message, sheet, cell)
        return
    likely = known.likely
    like = f"{likely.code} {terms[likely.code].name}" if likely else lexicon.suggestion(row.label)
    advice = f"Did you mean {like}?" if like else "If it belongs to the contract, put its code in front."
    message = f"“{row.label}” is not the name of an indicator, so its figures count towards nothing. {advice}"
    yield Problem("unmatched-label", Severity.WARNING, message, sheet, cell)


def not_ours(row: Row) -> Iterator[Aside]:
    """The numbers of a row that somebody has said is not for this return."""
    for column in row.figures:
        cell = row.cells[column]
        if cells.is_figure(cell):
            yield Aside(Spot(row.sheet.name, cell.address), cell.shown, Reason.NOT_OURS)


def _named_of(rows: list[Row]) -> Named:
    first, meanings = rows[0], [meaning for row in rows for meaning in _meanings(row)]
    label = label_of(first)
    known = [meaning for meaning in meanings if meaning.value is not None]
    return Named(
        row=tuple(filter(None, (label.service, first.label))),
        column=tuple(filter(None, (label.category,))),
        sheet=first.sheet.name or "",
        code=first.text("code"),
        part=Part.NUMERATOR if "numerator" in first.figures else None,
        percent=bool(known) and all(PERCENT in meaning.flags for meaning in known),
        values=tuple(meaning.value for meaning in known if meaning.value is not None),
    )


def _meanings(row: Row) -> Iterator[Meaning]:
    for column in row.figures:
        if column in ("value", "numerator"):
            yield _any(row.cells[column])


def _any(cell: Cell) -> Meaning:
    """What a cell says, before it is known what it counts."""
    try:
        return cells.number(cell)
    except Unreadable:
        return cells.BLANK


def _agrees(naming: Naming, sense: Sense) -> bool:
    """Whether what stands around a name that is known speaks of nothing else."""
    if naming.sense:
        return naming.sense.code == sense.code
    first = next(iter(naming.candidates), None)
    return first is not None and first.sense.code == sense.code and first.confidence >= AGREED


def _candidates(told: Recognised) -> tuple[Candidate, ...]:
    return told.naming.candidates if told.naming and told.matched.sense is None else ()


def _place(row: Row) -> Spot:
    column = "measure" if "measure" in row.cells else "code"
    return row.place(column)
