"""What the rows and columns of figures are, all of them together, and what each figure therefore says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import itemgetter

from imports import cells, naming, observing
from imports.cells import PERCENT, Meaning, tidy
from imports.matching import Lexicon
from imports.naming import Naming
from imports.reading import Basis, Expected, Kind, Match, Observation, Part, Problem, Severity, Term
from imports.series import Aside, Candidate, Known, Profile, Reason, Sense, Series, SeriesKey, Spot
from imports.tables.found import Figure, Found

FIRST_MONTH = 4  # of the financial year
MOST_ASKED = 300  # rows and columns that are asked about one by one; a return has some dozens
DOUBTED = Decimal("0.8")  # what a name is worth where no heading says what stands beneath
LIKELY = Decimal("0.5")  # from here on a candidate is proposed
UNDATED = (
    "Nothing says which period these figures are about. Write it above the table, as in Quarter 1 2022/23, and upload "
    "the file again."
)
# What is asked about a period that was not found, about one that was, and what is said once for all cells alike.
UNSURE = {
    "year-missing": (
        "“{said}” does not say which year, and nothing around it does. Write the year beside it, as in Q1 2022/23.",
        "“{said}” does not say which year. It was taken to be {period}, as the return is for that year. Is it?",
        "These periods do not say which year. Write the year beside them, as in Q1 2022/23, or confirm it.",
    ),
    "which-quarters": (
        "“{said}” may be a quarter of the financial year or of the calendar year. Say which.",
        "“{said}” may be a quarter of the financial year or of the calendar year. It was taken to be {period}. Is it?",
        "These quarters may be of the financial year or of the calendar year. Say which.",
    ),
    "periods-disagree": (
        "The headings and labels of this figure name different periods, so its period is not known. Correct them.",
        "“{said}” stands under or beside another period. It was taken to be {period}. Correct the one that is wrong.",
        "These figures stand under or beside words for two different periods. Correct the ones that are wrong.",
    ),
}


@dataclass
class Meant:
    """What was made of all rows and columns."""

    order: Mapping[str | None, int]  # the place of each sheet in the workbook
    series: list[Series] = field(default_factory=list)
    placed: list[tuple[int, int, int, Observation]] = field(default_factory=list)  # sheet, row and column of each
    problems: list[Problem] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    asked: int = 0  # how many rows and columns nobody knows
    bases: dict[tuple, Basis] = field(default_factory=dict)  # of figures whose words and periods are the same
    undated: set[tuple[str | None, str]] = field(default_factory=set)  # the tables of which nothing says the period

    def add(self, found: Found, known: Known | None, answer: Naming, lexicon: Lexicon) -> None:
        """Takes up one row or column, or sets its numbers aside."""
        if answer.sense and not known and found.is_unheaded:
            answer = _doubted(answer, answer.sense)
        if not (found.has_headings or known or answer.sense or _likely(answer)):
            self.asides += _aside(found, Reason.DETAIL)
            return
        series = _series(found, known, answer)
        self.series.append(series)
        if series.not_ours:
            self.asides += _aside(found, Reason.NOT_OURS)
            return
        sheet = self.order[found.place.sheet]
        seen = list(_observations(found, answer, lexicon, self.bases))
        self.placed += [(sheet, figure.cell.row, figure.cell.column, one) for figure, one, _ in seen]
        self.problems += [problem for _, _, problem in seen if problem]
        self.asked += series.is_asked
        if self.asked <= MOST_ASKED:
            self.problems += _asked(series, lexicon)
        self.problems += _unsure(found, self.undated)
        self.problems += _assumed(found, known, [(figure, observation) for figure, observation, _ in seen])

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
    answers = iter(naming.named(unknown, lexicon, expected, taken))
    result = Meant(order)
    for one, told in zip(found, known, strict=True):
        result.add(one, told, _of_known(told) if told else next(answers), lexicon)
    if result.asked > MOST_ASKED:
        more = result.asked - MOST_ASKED
        message = f"{more:,} more rows and columns are not known as indicators, so their figures count towards nothing."
        result.problems.append(Problem("unmatched-label", Severity.WARNING, message))
    result.problems = list(dict.fromkeys(result.problems))
    return result


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
    dated = [(figure.dated.period, figure.meaning.value) for figure in found.figures if figure.dated.basis is None]
    known = [(period.start, value) for period, value in dated if period and value is not None]
    return tuple(value for _, value in sorted(known)) or tuple(value for _, value in dated if value is not None)


def _is_percent(found: Found) -> bool:
    meanings = [figure.meaning for figure in found.figures]
    known = [meaning for meaning in meanings if meaning.value is not None]
    return bool(known) and all(PERCENT in meaning.flags for meaning in known)


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


def _of_known(known: Known) -> Naming:
    return Naming(
        known.sense, Match.PROFILE, Decimal(1), why="Somebody has confirmed this for this provider’s workbook."
    )


def _series(found: Found, known: Known | None, answer: Naming) -> Series:
    return Series(
        key=found.key,
        label=found.label,
        place=found.place,
        cells=tuple(Spot(found.place.sheet, figure.address) for figure in found.figures),
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


def _likely(answer: Naming) -> Sense | None:
    """What a row or column likely is, where nobody can be certain."""
    return next((one.sense for one in answer.candidates if one.confidence >= LIKELY), None)


def _observations(
    found: Found, answer: Naming, lexicon: Lexicon, bases: dict[tuple, Basis]
) -> Iterator[tuple[Figure, Observation, Problem | None]]:
    sense = answer.sense or _likely(answer)
    term = lexicon.vocabulary.terms[sense.code] if sense else None
    accepted = answer.sense is not None
    counted = term if accepted else None  # a proposal decides nothing about what a figure's words leave open
    so_far = _is_so_far(found, counted)
    for figure in found.figures:
        if figure.cell.kind is Kind.BLANK and not accepted:
            continue
        part = sense.part if sense else figure.part or Part.VALUE
        meaning = observing.meaning(figure.cell, term, part) if accepted else figure.meaning
        problem = None
        if accepted and meaning.fault:
            message = f"{figure.label or found.label}: {meaning.fault}"
            problem = Problem("V03", Severity.ERROR, message, found.place.sheet, figure.address, meaning.fault)
        shared = id(figure.dated), counted and counted.count_type, answer.sense and answer.sense.basis, so_far
        if shared not in bases:
            bases[shared] = _basis(figure, counted, answer.sense, so_far)
        yield figure, _observation(found, figure, answer, sense, part, meaning, bases[shared]), problem


def _observation(
    found: Found, figure: Figure, answer: Naming, sense: Sense | None, part: Part, meaning: Meaning, basis: Basis
) -> Observation:
    comment = tidy(figure.comment.shown) if figure.comment else ""
    return Observation(
        sheet=found.place.sheet,
        cell=figure.address,
        label=figure.label,
        heading=figure.heading,
        indicator=answer.sense.code if answer.sense else None,
        part=part,
        category=sense.category if sense else None,
        period=figure.dated.period,
        basis=basis,
        value=meaning.value,
        status=meaning.status,
        shown=figure.cell.shown,
        match=answer.match,
        confidence=answer.confidence,
        breakdown=sense.breakdown if sense else None,
        comment=comment,
        comment_cell=figure.comment.address if figure.comment and comment else "",
        proposed=sense if answer.sense is None else None,
    )


def _basis(figure: Figure, term: Term | None, sense: Sense | None, so_far: bool) -> Basis:
    """What the table says, then what the name says, then what the indicator counts."""
    if figure.dated.basis:
        return figure.dated.basis
    usual = observing.basis(term, figure.dated.period)
    if usual is Basis.TOTAL:
        return usual
    wanted = sense.basis if sense and sense.basis else usual
    return wanted if wanted is not Basis.YEAR_TO_DATE or so_far else Basis.PERIOD


def _is_so_far(found: Found, term: Term | None) -> bool:
    """Whether people of the year are counted on from quarter to quarter here: no other column does, and none falls."""
    if term is None:
        return False
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


def _asked(series: Series, lexicon: Lexicon) -> Iterator[Problem]:
    """What somebody has to say: which indicator a row or column is."""
    if not series.is_asked:
        return
    likely = [one for one in series.candidates if one.confidence >= LIKELY]
    terms = lexicon.vocabulary.terms
    if likely:
        names = " or ".join(dict.fromkeys(f"{one.sense.code} {terms[one.sense.code].name}" for one in likely[:3]))
        message = (
            f"“{series.label}” may be {names}. Confirm it, or say what it is; until then it counts towards nothing."
        )
        yield Problem("likely-indicator", Severity.QUESTION, message, series.place.sheet, series.place.cell)
        return
    message = (
        f"“{series.label}” is not known as an indicator, so its figures count towards nothing. Say what it is, or that "
        "it is not for this return."
    )
    shared = (
        "These rows or columns are not known as indicators. Say what they are, or that they are not for this return."
    )
    yield Problem("unmatched-label", Severity.WARNING, message, series.place.sheet, series.place.cell, shared)


def _assumed(found: Found, told: Known | None, seen: Sequence[tuple[Figure, Observation]]) -> Iterator[Problem]:
    """That figures were taken as counted since 1 April though no word says so, unless somebody has confirmed them."""
    named = [one for figure, one in seen if figure.dated.basis is None]
    taken = [one for one in named if one.indicator and one.basis is Basis.YEAR_TO_DATE and one.period]
    later = [one for one in taken if one.period and one.period.start.month != FIRST_MONTH and one.value is not None]
    if later and not told and found.named.basis is None:
        message = (
            f"“{found.label}” was read as counted since 1 April, as {later[0].indicator} is. "
            "If it counts each quarter by itself, say so in the heading."
        )
        shared = (
            "These were read as counted since 1 April, as their indicators are. If they are not, say so in the label."
        )
        yield Problem("counted-since", Severity.WARNING, message, found.place.sheet, found.place.cell, shared)


def _unsure(found: Found, undated: set[tuple[str | None, str]]) -> Iterator[Problem]:
    """What has to be asked about periods, once for each heading; once a table where nothing says any."""
    told = set()
    for figure in found.figures:
        rule, part = figure.dated.unsure, figure.dated.part
        said = " ".join(part.text.split()) if part else ""
        if not rule or (rule, said, figure.said_in) in told:
            continue
        if part is None and (found.place.sheet, found.named.title) in undated:
            continue
        undated |= {(found.place.sheet, found.named.title)} if part is None else set()
        told.add((rule, said, figure.said_in))
        period = figure.dated.period
        without, taken, shared = UNSURE[rule]
        message = (taken if period else without).format(said=said, period=period) if part else UNDATED
        spot = figure.said_in or figure.address
        yield Problem(rule, Severity.QUESTION, message, found.place.sheet, spot, shared if part else UNDATED)
