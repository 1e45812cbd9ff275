"""Protects a whole summary once, before anyone outside the commissioners can see it.

Works on figures by their keys, so that one count is shown or hidden alike in a sentence, a table and a
chart. What is left holds no hidden count: not as a value, not in what a figure was computed from, and not in
anything derived from it. The marker is the same for every hidden figure and says nothing about its size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from dacommission.summaries.document import (
    WITHHELD,
    Block,
    Chart,
    Document,
    Figure,
    KeyFigures,
    Notes,
    Paragraph,
    Row,
    Series,
    Sum,
    Table,
    shown_in,
    with_figures,
)
from dacommission.summaries.suppression import SMALL, Cell, Relation, withhold

FEW_FOR_A_RATE = 20  # below this, 0% and 100% say something about each person
FEW_FOR_A_MEAN = 10
MARKER_NOTE = f"{WITHHELD} marks a figure withheld to protect people. It can be of any size."
PEOPLE = (
    "person|people|adults?|child|children|wom[ae]n|m[ae]n|parents?|carers?|famil(?:y|ies)|households?|"
    "victims?|survivors?|perpetrators?|users?|clients?|referrals?|cases?|individuals?"
)
SMALL_COUNT_OF_PEOPLE = re.compile(
    rf"\b(?:one|two|three|four|[1-{SMALL}])\s+(?:[a-z-]+\s+){{0,2}}(?:{PEOPLE})\b", re.IGNORECASE
)
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w)")


@dataclass(frozen=True, slots=True)
class Protected:
    """A document fit for release, and what became of its figures."""

    document: Document
    withheld: frozenset[str]  # keys of figures shown as [c]
    shown: frozenset[str]


def protect(document: Document, *, before: Mapping[str, bool] | None = None) -> Protected:
    """The document as others than the commissioners may see it.

    `before` says of figures in earlier releases whether they were shown; what was withheld stays so, and
    what was shown counts as known. Raises CannotProtect, and then nothing may be released.
    """
    before = before or {}
    everything = _everything(document)
    printed = _everything_shown(document)
    hide = _hidden_from_the_start(everything, before)
    cells = {
        key: Cell(figure.value, figure.sensitive, key in printed or before.get(key) is True, before.get(key) is True)
        for key, figure in everything.items()
        if figure.kind == "count" and figure.value is not None
    }
    relations = [*_sums(document.sums, cells), *_running(document.running, cells)]
    relations += _complements(everything.values(), cells)
    withheld = withhold(cells, relations, hide=hide & cells.keys()) | hide
    blocks = tuple(block for block in map(_without_parts, document.blocks) if block is not None)
    hidden = {figure.key for figure in shown_in(blocks) if _must_hide(figure, withheld)}
    return _rendered(replace(document, blocks=blocks, sums=(), running=()), frozenset(hidden))


def typed_leaks(live: Document, protected: Protected) -> tuple[str, ...]:
    """Sentences about numbers that somebody typed and that may give a withheld figure away."""
    hidden = _with_origins(f for f in live.figures if f.key in protected.withheld)
    values = {f.value for f in hidden.values() if f.key not in protected.shown}
    return tuple(
        sentence
        for block in protected.document.blocks
        if isinstance(block, Paragraph)
        for piece in block.pieces
        if isinstance(piece, str)
        for sentence in _leaks_in(piece, values)
    )


def _leaks_in(text: str, withheld: set[Decimal | None]) -> Iterator[str]:
    for match in SMALL_COUNT_OF_PEOPLE.finditer(text):
        yield f"“{match[0]}” counts very few people. Take the number out of the text before releasing it."
    for match in NUMBER.finditer(text):
        if Decimal(match[0].replace(",", "")) in withheld:
            yield f"“{match[0]}” in the text equals a withheld figure. Write the figure's token instead."


def _everything(document: Document) -> dict[str, Figure]:
    inside = [f for total in document.sums for f in (total.total, *total.parts)]
    inside += [figure for series in document.running for figure in series]
    return _everything_shown(document) | _with_origins(inside)


def _everything_shown(document: Document) -> dict[str, Figure]:
    """Shown figures and what they were computed from: a reader may well work the latter out."""
    return _with_origins(document.figures)


def _with_origins(figures: Iterable[Figure]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for figure in figures:
        found |= {figure.key: figure} | _with_origins(figure.of)
    return found


def _hidden_from_the_start(figures: Mapping[str, Figure], before: Mapping[str, bool]) -> frozenset[str]:
    """Withheld once before, below the partnership where that is forbidden, or true of everyone in a few."""
    found = {key for key, figure in figures.items() if before.get(key) is False or _below_whole(figure)}
    for figure in figures.values():
        if figure.kind == "rate" and _says_it_of_all(figure):
            found.add(figure.of[0].key)
    return frozenset(found)


def _below_whole(figure: Figure) -> bool:
    return figure.whole_only and figure.category is not None


def _says_it_of_all(rate: Figure) -> bool:
    if len(rate.of) != 2 or not rate.of[0].sensitive:
        return False
    few, of_all = rate.of[0].value, rate.of[1].value
    return few is not None and of_all is not None and of_all < FEW_FOR_A_RATE and few in (0, of_all)


def _sums(sums: Iterable[Sum], cells: dict[str, Cell]) -> Iterator[Relation]:
    """Each sum, with what its parts leave unexplained as a part that is never printed."""
    for each in sums:
        parts = tuple(part.key for part in each.parts if part.key in cells)
        if each.total.key not in cells or not parts:
            continue
        rest = cells[each.total.key].value - sum(cells[part].value for part in parts)
        key = f"rest of {each.total.key}: {', '.join(parts)}"
        if rest:
            cells[key] = Cell(rest, each.total.sensitive, printed=False)
        yield Relation(each.total.key, (*parts, key) if rest else parts)


def _running(running: Iterable[tuple[Figure, ...]], cells: dict[str, Cell]) -> Iterator[Relation]:
    """From a year-to-date series, what each step added: never printed, but any two points give it away."""
    for series in running:
        points = [figure for figure in series if figure.key in cells]
        for index in range(1, len(points)):
            added = cells[points[index].key].value - cells[points[index - 1].key].value
            step = f"added by {points[index].key}"
            cells[step] = Cell(added, points[index].sensitive, printed=False)
            for first in range(index):
                steps = tuple(f"added by {figure.key}" for figure in points[first + 1 : index + 1])
                yield Relation(points[index].key, (points[first].key, *steps))


def _complements(figures: Iterable[Figure], cells: dict[str, Cell]) -> Iterator[Relation]:
    """For a rate, those below and not above the line: never printed, but only a subtraction away."""
    for figure in list(figures):
        keys = [part.key for part in figure.of if part.key in cells]
        if figure.kind != "rate" or len(keys) != 2:
            continue
        few, of_all = keys
        rest = f"not in {few} of {of_all}"
        cells[rest] = Cell(cells[of_all].value - cells[few].value, cells[few].sensitive, printed=False)
        yield Relation(of_all, (few, rest))


def _must_hide(figure: Figure, withheld: frozenset[str]) -> bool:
    """A missing figure stays missing; a word derived from a hidden one is hidden with it."""
    if figure.value is None and figure.kind != "derived":
        return False
    if figure.key in withheld or any(_must_hide(origin, withheld) for origin in figure.of):
        return True
    if figure.kind == "rate":
        return _rate_must_hide(figure)
    return figure.kind == "mean" and figure.sensitive and not _enough_for_a_mean(figure)


def _rate_must_hide(rate: Figure) -> bool:
    """A rate whose counts are unknown cannot be checked, so it is hidden too."""
    if not rate.sensitive:
        return False
    if len(rate.of) != 2 or rate.of[0].value is None or rate.of[1].value is None:
        return True
    few, of_all = rate.of[0].value, rate.of[1].value
    return any(1 <= count <= SMALL for count in (few, of_all, of_all - few)) or _says_it_of_all(rate)


def _enough_for_a_mean(mean: Figure) -> bool:
    return len(mean.of) == 2 and mean.of[1].value is not None and mean.of[1].value >= FEW_FOR_A_MEAN


def _without_parts(block: Block) -> Block | None:
    """The block without what is never released; None when nothing is left."""
    match block:
        case Table():
            rows = tuple(row for row in block.rows if not _any_below_whole(row))
            return replace(block, rows=rows, remarks=()) if rows or not block.rows else None
        case Chart():
            kept = tuple(series for series in block.series if not _any_below_whole(series))
            return replace(block, series=kept) if kept or not block.series else None
        case KeyFigures():
            items = tuple(item for item in block.items if not _below_whole(item.figure))
            return replace(block, items=items) if items or not block.items else None
    return block


def _any_below_whole(part: Row | Series) -> bool:
    return any(_below_whole(figure) for figure in shown_in(part))


def _rendered(document: Document, hidden: frozenset[str]) -> Protected:
    def safe(figure: Figure) -> Figure:
        if figure.key in hidden:
            return replace(figure, value=None, text=WITHHELD, status="suppressed", coverage="", exactly="", of=())
        return replace(figure, value=_as_shown(figure), exactly="", of=())

    blocks = with_figures(document.blocks, safe)
    if hidden:
        blocks = (*blocks, Notes("Withheld figures", (MARKER_NOTE,)))
    shown = frozenset(figure.key for figure in shown_in(blocks)) - hidden
    return Protected(replace(document, blocks=blocks), hidden, shown)


def _as_shown(figure: Figure) -> Decimal | None:
    """The value with no more digits than its text: the rest of a rate's digits give its counts away."""
    if figure.value is None:
        return None
    return figure.value.quantize(Decimal(1).scaleb(-figure.decimals), rounding=ROUND_HALF_UP)
