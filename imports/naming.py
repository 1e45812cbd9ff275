"""Which indicators the rows and columns of a provider's own workbook are, all of them together.

One series is never judged alone: two that claim the same figure are both doubtful. What is certain is accepted,
what is likely is proposed, and the rest is asked. Never guesses in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from imports.field_words import EVERYWHERE
from imports.judging import Judge, Judged
from imports.matching import LABEL, Lexicon, family
from imports.meanings import without_periods
from imports.reading import Basis, Expected, Match, Part
from imports.series import Candidate, Named, Sense
from imports.surroundings import Divisions, Words, siblings, words_of

MOST_CANDIDATES = 5
_NARROWED = 0.9  # a name of several indicators, decided by what stands around it
_NEIGHBOURS = 2  # series of one service that say which service a table is about
_DOUBTFUL = Decimal("0.85")  # the most that is said of what is not certain
_SPLIT = 0.6  # from here on a category is as likely as the count of a share that has its name
_TWO_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a series was taken to be; `sense` is None unless that is certain."""

    sense: Sense | None
    match: Match
    confidence: Decimal  # of `sense`, or of the likeliest candidate; 0 without one
    candidates: tuple[Candidate, ...] = ()  # the likeliest first
    why: str = ""  # a sentence


UNNAMED = Naming(None, Match.NONE, Decimal(0), why="It is not like the name of any indicator.")


@dataclass(slots=True)
class _Case:
    """One series while it is decided about."""

    one: Named
    words: Words
    found: list[Judged]  # the certain first, then the likeliest
    chosen: Judged | None = None
    doubt: str = ""  # why none is chosen

    @property
    def place(self) -> tuple[object, ...]:
        return (self.one.sheet, self.one.title, self.words.sections)


def named(series: Sequence[Named], lexicon: Lexicon, expected: Expected | None = None) -> list[Naming]:
    """What each series is, in their order."""
    divisions = Divisions(lexicon)
    judge = Judge(lexicon, expected, divisions)
    owed = frozenset(line.code for line in expected.lines) if expected else frozenset()
    cases = []
    for one, beside in zip(series, siblings(series, divisions), strict=True):
        words = words_of(one, divisions)
        cases.append(_Case(one, words, judge.judge(one, words, beside)))
    for case in cases:
        _choose(case)
    _support(cases, owed)
    _doubt_split(cases)
    _keep_apart(cases)
    _prefer_service(cases)
    return [_naming(case, lexicon) for case in cases]


def _choose(case: _Case) -> None:
    """Takes what is certain, where only one sense is."""
    certain = [judged for judged in case.found if judged.is_certain]
    for better in (
        lambda judged: judged.match is Match.CODE,
        lambda judged: judged.is_named,
        lambda judged: judged.match is Match.ALIAS,
        lambda judged: judged.rank < LABEL,
    ):
        certain = [judged for judged in certain if better(judged)] or certain
    if len(certain) == 1 and not _may_be_count_of_share(certain[0], case):
        case.chosen = certain[0]
    elif certain:
        case.doubt = "it is a name of several, and nothing around it says which"


def _may_be_count_of_share(judged: Judged, case: _Case) -> bool:
    """Whether what was taken for a category, by words within a label, may as well be the count of a share."""
    if not judged.sense.category or case.words.is_split:
        return False
    counts = (other for other in case.found if other.sense.part in (Part.NUMERATOR, Part.DENOMINATOR))
    return any(other.sense.code != judged.sense.code and _likelihood(other) == _DOUBTFUL for other in counts)


def _splits(judged: Judged, case: _Case) -> Iterator[tuple[str, str | None]]:
    """The indicators and breakdowns of which a share's count may be one category: high-risk referrals, of referrals."""
    if judged.sense.part in (Part.NUMERATOR, Part.DENOMINATOR):
        for other in case.found:
            if other.sense.category and other.sense.code != judged.sense.code and other.confidence >= _SPLIT:
                yield other.sense.code, other.sense.breakdown


def _doubt_split(cases: Sequence[_Case]) -> None:
    """A share's count is doubtful where rows beside it are other categories of what it may be a category of."""
    places: dict[tuple[object, ...], int] = {}
    for case in cases:
        for split in {
            (j.sense.code, j.sense.breakdown) for j in case.found if j.sense.category and j.confidence >= _SPLIT
        }:
            places[(case.place, split)] = places.get((case.place, split), 0) + 1
    for case in cases:
        if case.chosen and any(places[(case.place, split)] > 1 for split in set(_splits(case.chosen, case))):
            case.chosen, case.doubt = None, "the rows beside it are categories of another indicator"


def _support(cases: Sequence[_Case], owed: frozenset[str]) -> None:
    """Keeps a name that any service could use only where something says the service."""
    nearby = _services(cases)
    for case in cases:
        certain = [judged for judged in case.found if judged.is_certain]
        if not certain or (case.chosen and _stands_alone(case.chosen)):
            continue
        services = nearby.get(case.place) or nearby.get((case.one.sheet,)) or {}
        supported = [judged for judged in certain if _is_supported(judged, services, owed)]
        codes = {judged.sense.code for judged in supported}
        if len(codes) == 1 and (case.chosen is None or case.chosen in supported):
            case.chosen = case.chosen or supported[0]._replace(confidence=_NARROWED)
        elif case.chosen:
            case.chosen, case.doubt = None, "nothing around it says which service it is about"


def _stands_alone(judged: Judged) -> bool:
    is_everywhere = family(judged.sense.code) in EVERYWHERE and judged.rank < LABEL
    return judged.match is Match.CODE or judged.is_named or judged.is_telling or is_everywhere


def _is_supported(judged: Judged, services: dict[str, int], owed: frozenset[str]) -> bool:
    """Whether the return owes it, or the only service nearby is its own."""
    if owed:
        return judged.sense.code in owed
    return set(services) == {family(judged.sense.code)} and sum(services.values()) >= _NEIGHBOURS


def _services(cases: Iterable[_Case]) -> dict[tuple[object, ...], dict[str, int]]:
    """By section and by sheet: how many series there are certain to be of which service."""
    found: dict[tuple[object, ...], dict[str, int]] = {}
    for case in cases:
        if case.chosen and _stands_alone(case.chosen) and family(case.chosen.sense.code) not in EVERYWHERE:
            for place in {case.place, (case.one.sheet,)}:
                counted = found.setdefault(place, {})
                counted[family(case.chosen.sense.code)] = counted.get(family(case.chosen.sense.code), 0) + 1
    return found


def _keep_apart(cases: Sequence[_Case]) -> None:
    """Of series that claim the same figure, only one that alone fits better may stay."""
    claims: dict[tuple[object, ...], list[_Case]] = {}
    for case in cases:
        if case.chosen:
            sense = case.chosen.sense
            basis = sense.basis or case.one.basis
            claims.setdefault((sense.code, sense.part, sense.category, sense.breakdown, basis), []).append(case)
    for rivals in claims.values():
        if len({_identity(case.one) for case in rivals}) > 1:
            best = max(_fit(case) for case in rivals)
            fitting = {_identity(case.one) for case in rivals if _fit(case) == best}
            for case in rivals:
                if len(fitting) > 1 or _fit(case) != best:
                    case.chosen, case.doubt = None, "another row or column claims the same figure"


def _fit(case: _Case) -> tuple[bool, bool]:
    chosen = case.chosen
    return (chosen is not None and chosen.match is Match.CODE, chosen is not None and chosen.is_named)


def _identity(one: Named) -> tuple[object, ...]:
    """By what a series is itself: its words, without the periods in its sheet's name and title."""
    return (one.row, one.column, without_periods(one.title), without_periods(one.sheet), one.code)


def _prefer_service(cases: Sequence[_Case]) -> None:
    """What a series may be is likelier where the likeliest of most others beside it is of the same service."""
    leading: dict[tuple[object, ...], dict[str, int]] = {}
    for case in cases:
        likely = case.chosen or next(iter(case.found), None)
        if likely and family(likely.sense.code) not in EVERYWHERE:
            counted = leading.setdefault(case.place, {})
            counted[family(likely.sense.code)] = counted.get(family(likely.sense.code), 0) + 1
    for case in cases:
        counted = leading.get(case.place, {})
        service = max(sorted(counted), key=lambda family: counted[family], default="")
        if counted.get(service, 0) >= _NEIGHBOURS and not case.chosen:
            case.found = [judged if family(judged.sense.code) == service else _less(judged) for judged in case.found]


def _less(judged: Judged) -> Judged:
    return judged._replace(confidence=min(judged.confidence, float(_DOUBTFUL)) * 0.9)


def _naming(case: _Case, lexicon: Lexicon) -> Naming:
    if case.chosen:
        chosen = case.chosen
        sense = _with_basis(chosen.sense, case.words)
        why = _why(chosen, lexicon)
        return Naming(sense, chosen.match, _rounded(chosen.confidence), (), why)
    candidates = _candidates(case)
    if not candidates:
        return UNNAMED
    first = candidates[0]
    return Naming(None, Match.NONE, first.confidence, tuple(candidates), _why_unsure(case, lexicon))


def _candidates(case: _Case) -> list[Candidate]:
    """What a series may be, the likeliest first, none of it certain."""
    shown = sorted(case.found, key=_likelihood, reverse=True)[:MOST_CANDIDATES]
    return [Candidate(_with_basis(judged.sense, case.words), _likelihood(judged)) for judged in shown]


def _likelihood(judged: Judged) -> Decimal:
    return min(_rounded(judged.confidence), _DOUBTFUL)


def _with_basis(sense: Sense, words: Words) -> Sense:
    return replace(sense, basis=Basis.YEAR_TO_DATE) if words.is_so_far and sense.basis is None else sense


def _rounded(confidence: float) -> Decimal:
    return Decimal(str(confidence)).quantize(_TWO_PLACES)


def _called(judged: Judged, lexicon: Lexicon) -> str:
    return f"{judged.sense.code} {lexicon.vocabulary.terms[judged.sense.code].name}"


def _why(chosen: Judged, lexicon: Lexicon) -> str:
    called = _called(chosen, lexicon)
    split = f", and “{chosen.sense.category}” is one of its categories" if chosen.sense.category else ""
    if chosen.match is Match.CODE:
        return f"The code stands beside it: {called}{split}."
    if chosen.match is Match.ALIAS:
        around = "" if chosen.is_telling else ", by what stands around it"
        return f"The label is a name of {called}{around}{split}."
    return f"The label means the same as “{chosen.name}”, a name of {called}{split}."


def _why_unsure(case: _Case, lexicon: Lexicon) -> str:
    first = max(case.found, key=_likelihood)
    reason = case.doubt or (first.doubts[0].told if first.doubts else "its words are only alike")
    return f"It is most like {_called(first, lexicon)}, but {reason}."
