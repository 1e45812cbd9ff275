"""Which of the things that the series of a workbook may be are taken, all of them together.

A name that any service could use is kept only where something says the service; of two series that claim the same
figure, neither is kept unless one alone fits better. What is not kept stays a proposal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from imports.field_words import EVERYWHERE
from imports.judging import Judged
from imports.matching import LABEL, NARROWED, family
from imports.meanings import said, without_periods
from imports.reading import Basis, Match, Part
from imports.series import Named, Sense
from imports.surroundings import Words

_NEIGHBOURS = 2  # series of one service that say which service a table is about
_DOUBTFUL = Decimal("0.85")  # the most that is said of what is not certain
_LIKELY = 0.5  # from here on what a row may be says something of the rows beside it
_SPLIT = 0.6  # from here on a category is as likely as the count of a share that has its name
_TWO_PLACES = Decimal("0.01")

Claim = tuple[str, Part, str | None, str | None, Basis | None]


@dataclass(slots=True)
class Case:
    """One series while it is decided about."""

    one: Named
    words: Words
    found: list[Judged]  # the certain first, then the likeliest
    chosen: Judged | None = None
    doubt: str = ""  # why none is chosen
    shared: tuple[Judged, ...] = ()  # what is certain but for the service, where that is several

    @property
    def place(self) -> tuple[object, ...]:
        """The section of the table in which it stands."""
        return (self.one.sheet, self.one.title, self.words.sections)


def choose(case: Case) -> None:
    """Takes what is certain, where only one sense is."""
    certain = [judged for judged in case.found if judged.is_certain]
    for better in (
        lambda judged: judged.match is Match.CODE,
        lambda judged: judged.is_named,
        lambda judged: judged.match is Match.ALIAS,
        lambda judged: judged.rank < LABEL,
    ):
        certain = [judged for judged in certain if better(judged)] or certain
    if len(certain) > 1:
        case.shared = tuple(certain)
        case.doubt = "it is a name of several, and nothing around it says which"
    elif certain and _may_be_count_of_share(certain[0], case):
        case.doubt = "it may be the count of a share as well"
    elif certain and (fuller := _says_more(certain[0], case)):
        case.doubt = f"“{fuller.name}” says more of that label"
    elif certain:
        case.chosen = certain[0]


def _may_be_count_of_share(judged: Judged, case: Case) -> bool:
    """Whether what was taken for a category, by words within a label, may as well be the count of a share."""
    if not judged.sense.category or case.words.is_split:
        return False
    counts = (other for other in case.found if other.sense.part in (Part.NUMERATOR, Part.DENOMINATOR))
    return any(other.sense.code != judged.sense.code and likelihood(other) == _DOUBTFUL for other in counts)


def _says_more(judged: Judged, case: Case) -> Judged | None:
    """A doubtful sense whose name explains more of the label than the count of a share that seems certain."""
    if judged.sense.part not in (Part.NUMERATOR, Part.DENOMINATOR) or judged.match is not Match.LIKENESS:
        return None
    explained = said(judged.name).words
    fuller = (
        other for other in case.found if other.doubts and explained < said(other.name).words <= case.words.said.words
    )
    return next((other for other in fuller if other.sense.code != judged.sense.code), None)


def doubt_split(cases: Sequence[Case]) -> None:
    """A share's count is doubtful where rows beside it are other categories of what it may be a category of."""
    split: dict[tuple[object, ...], set[int]] = {}
    for number, case in enumerate(cases):
        for judged in case.found:
            if judged.sense.category and judged.confidence >= _SPLIT:
                split.setdefault((case.place, judged.sense.code), set()).add(number)
    for number, case in enumerate(cases):
        if case.chosen and split.get((case.place, case.chosen.whole), set()) - {number}:
            case.chosen, case.doubt = None, "the rows beside it are categories of another indicator"


def doubt_lone_counts(cases: Sequence[Case]) -> None:
    """A count that has the name of a share's is that only where the sheet says so, or holds more of the same share."""
    parts: dict[tuple[str, str], set[Part]] = {}
    for case in cases:
        likely = [judged for judged in case.found[:1] if judged.confidence >= _LIKELY]
        for judged in [case.chosen] if case.chosen else likely:
            parts.setdefault((case.one.sheet, judged.sense.code), set()).add(judged.sense.part)
    for case in cases:
        if case.chosen and _is_lone(case, parts[case.one.sheet, case.chosen.sense.code]):
            case.chosen, case.doubt = None, "it may be a count of its own"


def _is_lone(case: Case, parts: set[Part]) -> bool:
    chosen = case.chosen
    if chosen is None or chosen.rank < LABEL or chosen.sense.part not in (Part.NUMERATOR, Part.DENOMINATOR):
        return False
    return case.one.part is not chosen.sense.part and parts == {chosen.sense.part}


def support(cases: Sequence[Case], owed: frozenset[str]) -> None:
    """Keeps a name that any service could use only where something says the service."""
    nearby = _services(cases)
    for case in cases:
        services = nearby.get(case.place) or nearby.get((case.one.sheet,)) or {}
        if case.chosen and not _stands_alone(case.chosen):
            certain = [judged for judged in case.found if judged.is_certain]
            if not _is_supported(case.chosen, services, owed) or _is_owed_too(case.chosen, certain, owed):
                case.chosen, case.doubt = None, "nothing around it says which service it is about"
        supported = [judged for judged in case.shared if _is_supported(judged, services, owed)]
        if len(supported) == 1:
            case.chosen = supported[0]._replace(confidence=float(NARROWED))


def _stands_alone(judged: Judged) -> bool:
    is_everywhere = family(judged.sense.code) in EVERYWHERE and judged.rank < LABEL
    return judged.match is Match.CODE or judged.is_named or judged.is_telling or is_everywhere


def _is_supported(judged: Judged, services: dict[str, int], owed: frozenset[str]) -> bool:
    """Whether the return owes it, or the only service nearby is its own."""
    if owed:
        return judged.sense.code in owed
    return set(services) == {family(judged.sense.code)} and sum(services.values()) >= _NEIGHBOURS


def _is_owed_too(chosen: Judged, certain: Sequence[Judged], owed: frozenset[str]) -> bool:
    return any(other.sense.code in owed for other in certain if other.sense.code != chosen.sense.code)


def _services(cases: Iterable[Case]) -> dict[tuple[object, ...], dict[str, int]]:
    """By section and by sheet: how many series there are certain to be of which service."""
    found: dict[tuple[object, ...], dict[str, int]] = {}
    for case in cases:
        if case.chosen and _stands_alone(case.chosen) and family(case.chosen.sense.code) not in EVERYWHERE:
            for place in {case.place, (case.one.sheet,)}:
                counted = found.setdefault(place, {})
                counted[family(case.chosen.sense.code)] = counted.get(family(case.chosen.sense.code), 0) + 1
    return found


def keep_apart(cases: Sequence[Case], taken: Collection[Sense]) -> None:
    """Of series that claim the same figure, only one that alone fits better may stay, and none that is `taken`."""
    claims: dict[Claim, list[Case]] = {}
    known = {_claim(sense, sense.basis) for sense in taken}
    for case in cases:
        if case.chosen:
            claims.setdefault(_claim(case.chosen.sense, _basis(case)), []).append(case)
    for claim, rivals in claims.items():
        if claim in known:
            _doubt(rivals, "somebody has said that another row or column is that")
        elif len({_identity(case.one) for case in rivals}) > 1:
            best = max(_fit(case) for case in rivals)
            fitting = {_identity(case.one) for case in rivals if _fit(case) == best}
            less = [case for case in rivals if len(fitting) > 1 or _fit(case) != best]
            _doubt(less, "another row or column claims the same figure")


def _doubt(cases: Iterable[Case], why: str) -> None:
    for case in cases:
        case.chosen, case.doubt = None, why


def _claim(sense: Sense, basis: Basis | None) -> Claim:
    return sense.code, sense.part, sense.category, sense.breakdown, basis


def _basis(case: Case) -> Basis | None:
    own = case.chosen.sense.basis if case.chosen else None
    return own or (Basis.YEAR_TO_DATE if case.words.is_so_far else case.one.basis)


def _fit(case: Case) -> tuple[bool, bool]:
    chosen = case.chosen
    return (chosen is not None and chosen.match is Match.CODE, chosen is not None and chosen.is_named)


def _identity(one: Named) -> tuple[object, ...]:
    """By what a series is itself: its words, without the periods in its sheet's name and title."""
    return (one.row, one.column, without_periods(one.title), without_periods(one.sheet), one.code)


def prefer_service(cases: Sequence[Case]) -> None:
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


def likelihood(judged: Judged) -> Decimal:
    """How likely a sense is, where it is not certain: 0 to 0.85."""
    return min(rounded(judged.confidence), _DOUBTFUL)


@lru_cache(maxsize=4096)
def rounded(confidence: float) -> Decimal:
    """A confidence to two places, as it is told."""
    return Decimal(str(confidence)).quantize(_TWO_PLACES)
