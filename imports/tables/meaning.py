"""What the rows and columns of figures are, all of them together, and what each figure therefore says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import itemgetter

from imports import cells, naming, observing
from imports.cells import PERCENT, Meaning, tidy
from imports.matching import Lexicon
from imports.naming import Naming
from imports.periods import Period
from imports.reading import (
    Basis,
    Expected,
    Kind,
    Observation,
    Part,
    Problem,
    Severity,
    Term,
    made_observation,
)
from imports.series import Aside, Candidate, Known, Profile, Reason, Sense, Series, SeriesKey
from imports.sheets import Spot
from imports.tables import asking
from imports.tables.found import Figure, Found

MOST_ASKED = 300  # rows and columns that are asked about one by one; a return has some dozens
DOUBTED = Decimal("0.8")  # what a name is worth where no heading says what stands beneath


class Bases(dict[Period | None, Basis]):
    """What stretch of time figures cover where the table does not say, by their period: first the name says it."""

    def __init__(self, term: Term | None, wanted: Basis | None, *, so_far: bool) -> None:
        super().__init__()
        self.term, self.wanted = term, wanted
        self.so_far = so_far  # whether people of the year are counted on from quarter to quarter

    def __missing__(self, period: Period | None) -> Basis:
        self[period] = self._of(period)
        return self[period]

    def _of(self, period: Period | None) -> Basis:
        usual = observing.basis(self.term, period)
        if usual is Basis.TOTAL:
            return usual
        wanted = self.wanted or usual
        return wanted if wanted is not Basis.YEAR_TO_DATE or self.so_far else Basis.PERIOD


@dataclass
class Meant:
    """What was made of all rows and columns."""

    order: Mapping[str | None, int]  # the place of each sheet in the workbook
    forms: Collection[Hashable] = ()  # the tables without headings in which some row seems to be an indicator
    series: list[Series] = field(default_factory=list)
    placed: list[tuple[int, int, int, Observation]] = field(default_factory=list)  # sheet, row and column of each
    problems: list[Problem] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    asked: int = 0  # how many rows and columns nobody knows
    bases: dict[tuple, Bases] = field(default_factory=dict)  # of what is counted alike
    undated: set[tuple[str | None, str]] = field(default_factory=set)  # the tables of which nothing says the period

    def add(self, found: Found, known: Known | None, answer: Naming, lexicon: Lexicon) -> None:
        """Takes up one row or column, or sets its numbers aside."""
        if answer.sense and not known and found.is_unheaded:
            answer = _doubted(answer, answer.sense)
        if not found.has_headings and _table(found) not in self.forms:
            self.asides += _aside(found, Reason.DETAIL)
            return
        series = _series(found, known, answer)
        self.series.append(series)
        if series.not_ours:
            self.asides += _aside(found, Reason.NOT_OURS)
            return
        sheet = self.order[found.place.sheet]
        seen = list(self._observations(found, answer, lexicon))
        self.placed += [(sheet, figure.cell.row, figure.cell.column, one) for figure, one in seen]
        self.asked += series.is_asked
        if self.asked <= MOST_ASKED:
            self.problems += asking.asked(series, lexicon)
        self.problems += asking.unsure(found, self.undated)
        if answer.sense:
            self.problems += asking.assumed(found, known, seen)

    def _observations(self, found: Found, answer: Naming, lexicon: Lexicon) -> Iterator[tuple[Figure, Observation]]:
        """What each figure says, its cell being read as the indicator's where that is certain."""
        sense = answer.sense or answer.likely
        # A proposal decides nothing about what a figure's words leave open.
        term = lexicon.vocabulary.terms[answer.sense.code] if answer.sense else None
        bases = _bases(found, term, answer.sense, self.bases)
        blank = Kind.BLANK
        for figure in found.figures:
            if term is None and figure.cell.kind is blank:
                continue
            part, meaning = sense.part if sense else figure.part or Part.VALUE, figure.meaning
            if term is not None:
                meaning = observing.meaning(figure.cell, term, part)
                if meaning.fault:
                    self.problems.append(_fault(found, figure, meaning))
            basis = figure.dated.basis or bases[figure.dated.period]
            yield figure, _observation(found, figure, answer, sense, part, meaning, basis)

    @property
    def observations(self) -> list[Observation]:
        """The figures in the order in which somebody reads them."""
        return [placed[3] for placed in sorted(self.placed, key=itemgetter(0, 1, 2))]


def meant(
    found: Sequence[Found],
    lexicon: Lexicon,
    expected: Expected | None,
    profile: Profile,
    order: Mapping[str | None, int],
) -> Meant:
    """Decides about every row and column; `order` gives the place of each sheet in the workbook."""
    named = [replace(one.named, values=_values(one), percent=_is_percent(one)) for one in found]
    rivals = _rivals(found)
    known = [None if one.key in rivals else _known(one.key, profile) for one in found]
    unknown = [name for name, told in zip(named, known, strict=True) if told is None]
    taken = [told.sense for told in known if told and told.sense]
    others = iter(naming.named(unknown, lexicon, expected, taken))
    answers = [naming.confirmed(told.sense) if told else next(others) for told in known]
    named_ones = zip(found, known, answers, strict=True)
    forms = {
        _table(one)
        for one, told, answer in named_ones
        if not one.has_headings and (told or answer.sense or answer.likely)
    }
    result = Meant(order, forms)
    for one, told, answer in zip(found, known, answers, strict=True):
        result.add(one, told, answer, lexicon)
    if result.asked > MOST_ASKED:
        more = result.asked - MOST_ASKED
        message = f"{more:,} more rows and columns are not known as indicators, so their figures count towards nothing."
        result.problems.append(Problem("unmatched-label", Severity.WARNING, message))
    result.problems = list(dict.fromkeys(result.problems))
    return result


def _table(found: Found) -> Hashable:
    return found.named.sheet, found.named.title


def _rivals(found: Sequence[Found]) -> set[SeriesKey]:
    """The names under which two rows or columns speak of the same period, so that no answer can be for both."""
    told: dict[tuple, Found] = {}
    rivals = set()
    often = Counter(one.key for one in found)
    for one in (one for one in found if often[one.key] > 1):
        for figure in one.figures:
            if told.setdefault((one.key, figure.dated.period, figure.dated.basis), one) is not one:
                rivals.add(one.key)
    return rivals


def _values(found: Found) -> tuple[Decimal, ...]:
    known = [(one.dated.period, one.meaning.value) for one in found.figures if one.dated.basis is None]
    told = [(period, value) for period, value in known if value is not None]
    dated = sorted([(period.start, value) for period, value in told if period])
    return tuple([value for _, value in dated or told])


def _is_percent(found: Found) -> bool:
    known = (figure.meaning for figure in found.figures if figure.meaning.value is not None)
    first = next(known, None)
    return first is not None and PERCENT in first.flags and all(PERCENT in meaning.flags for meaning in known)


def _known(key: SeriesKey, profile: Profile) -> Known | None:
    """What somebody confirmed of it: under the same words, or where only the title or the sheet's name is new."""
    if key in profile.series:
        return profile.series[key]
    same = [known for other, known in profile.series.items() if (other.row, other.column) == (key.row, key.column)]
    near = [known for other, known in profile.series.items() if replace(other, title="") == replace(key, title="")]
    for several in (near, same if key.row or key.column else []):
        if several and len({known.sense for known in several}) == 1:
            return several[0]
    return None


def _series(found: Found, known: Known | None, answer: Naming) -> Series:
    sheet = found.place.sheet
    return Series(
        key=found.key,
        label=found.label,
        place=found.place,
        cells=tuple([Spot(sheet, figure.address) for figure in found.figures]),
        match=answer.match,
        confidence=answer.confidence,
        sense=answer.sense,
        candidates=answer.candidates,
        not_ours=known is not None and known.sense is None,
        why=answer.why,
    )


def _aside(found: Found, reason: Reason) -> Iterator[Aside]:
    for figure in found.figures:
        if cells.is_figure(figure.cell):
            yield Aside(Spot(found.place.sheet, figure.address), figure.cell.shown, reason)


def _doubted(answer: Naming, sense: Sense) -> Naming:
    """What was certain by its words is only proposed: nothing says what the column it stands in is for."""
    why = "No heading says what its columns are."
    return Naming(None, answer.match, DOUBTED, (Candidate(sense, DOUBTED), *answer.candidates), why)


def _fault(found: Found, figure: Figure, meaning: Meaning) -> Problem:
    message = f"{figure.label or found.label}: {meaning.fault}"
    return Problem("V03", Severity.ERROR, message, found.place.sheet, figure.address, meaning.fault)


def _observation(
    found: Found, figure: Figure, answer: Naming, sense: Sense | None, part: Part, meaning: Meaning, basis: Basis
) -> Observation:
    comment = tidy(figure.comment.shown) if figure.comment else ""
    accepted = answer.sense
    return made_observation(
        (
            found.place.sheet,
            figure.address,
            figure.label,
            figure.heading,
            accepted.code if accepted else None,
            part,
            sense.category if sense else None,
            figure.dated.period,
            basis,
            meaning.value,
            meaning.status,
            figure.cell.shown,
            answer.match,
            answer.confidence,
            sense.breakdown if sense else None,
            comment,
            figure.comment.address if figure.comment and comment else "",
            None,  # nobody knows on which day it is expected
            None if accepted else sense,
        )
    )


def _bases(found: Found, term: Term | None, sense: Sense | None, known: dict[tuple, Bases]) -> Bases:
    """What stretch of time the figures of a row or column cover, of those with the same meaning once."""
    wanted = sense.basis if sense else None
    counts_on = Basis.YEAR_TO_DATE in (wanted, observing.basis(term, None))
    key = (term.count_type if term else "", wanted, counts_on and _is_so_far(found))
    if key not in known:
        known[key] = Bases(term, wanted, so_far=key[2])
    return known[key]


def _is_so_far(found: Found) -> bool:
    """Whether people of the year are counted on from quarter to quarter here: no other column does, and none falls."""
    if any(figure.dated.basis is Basis.YEAR_TO_DATE for figure in found.figures):
        return False
    by_year: dict[int, list[tuple]] = {}
    for figure in found.figures:
        value, period = figure.meaning.value, figure.dated.period
        if period and value is not None and figure.dated.basis is None:
            by_year.setdefault(period.year, []).append((period, value))
    totals = {
        figure.dated.period.year: figure.meaning.value
        for figure in found.figures
        if figure.dated.basis is Basis.TOTAL and figure.dated.period
    }
    for year, dated in by_year.items():
        values = [value for _, value in sorted(dated)]
        if len(values) > 1 and totals.get(year) == sum(values) != values[-1]:
            return False
        if any(later < earlier for earlier, later in zip(values, values[1:], strict=False)):
            return False
    return True
