"""What changed in the layout of a workbook since it was last read: what moved, is new, is missing or has other words.

Pure. Rows and columns are known again by their words; where they stand is only told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from imports.series import Known, Series, SeriesKey
from imports.sheets import Spot

FEW = 2  # that moved alike are told one by one; more are told together
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")

Neighbours = tuple[SeriesKey | None, SeriesKey | None]


class ChangeKind(StrEnum):
    """What happened to a row or column of figures."""

    MOVED = "moved"
    NEW = "new"
    MISSING = "missing"
    RENAMED = "renamed"  # perhaps: another name where one is missing


@dataclass(frozen=True, slots=True)
class Change:
    """One row or column of figures that is not where, or not what, it was."""

    kind: ChangeKind
    label: str  # as it is written now; as it was, where it is missing
    now: Spot | None = None  # None where it is missing
    before: Spot | None = None  # None where it is new
    key: SeriesKey | None = None  # as it is known now; None where it is missing
    was: SeriesKey | None = None  # the missing one that may have this name now
    was_label: str = ""
    is_column: bool = False


def drift(before: Mapping[SeriesKey, Known], series: Iterable[Series]) -> tuple[Change, ...]:
    """Every change since the workbook before: first what is there, as it stands there, then what is missing.

    `before` is in the order of that workbook. Nothing where it is empty: then all is new, which is no news.
    """
    if not before:
        return ()
    present = {one.key: one for one in series}
    same = followed(before, present)
    renamed = _renamed(before, present, same)
    found = [change for one in present.values() if (change := _change(one, before, same, renamed))]
    taken = {*same.values(), *renamed.values()}
    missing = [
        Change(ChangeKind.MISSING, known.label, before=known.place) for key, known in before.items() if key not in taken
    ]
    return (*found, *missing)


def followed(before: Collection[SeriesKey], present: Collection[SeriesKey]) -> dict[SeriesKey, SeriesKey]:
    """Each row or column that was there before → its words then: the same, but for a title's or a sheet's name."""
    same = {key: key for key in present if key in before}
    gone = _by_words(key for key in before if key not in same)
    new = _by_words(key for key in present if key not in same)
    alone = ((new[words], gone[words]) for words in new if words in gone and any(words))
    return same | {now[0]: was[0] for now, was in alone if len(now) == len(was) == 1}


def _by_words(keys: Iterable[SeriesKey]) -> dict[tuple[tuple[str, ...], ...], list[SeriesKey]]:
    found: dict[tuple[tuple[str, ...], ...], list[SeriesKey]] = {}
    for key in keys:
        found.setdefault((key.row, key.column), []).append(key)
    return found


def _change(
    one: Series,
    before: Mapping[SeriesKey, Known],
    same: Mapping[SeriesKey, SeriesKey],
    renamed: Mapping[SeriesKey, SeriesKey],
) -> Change | None:
    is_column = not one.key.row
    if was := renamed.get(one.key):
        known = before[was]
        return Change(ChangeKind.RENAMED, one.label, one.place, known.place, one.key, was, known.label, is_column)
    if one.key not in same:
        return Change(ChangeKind.NEW, one.label, one.place, key=one.key, is_column=is_column)
    place = before[same[one.key]].place
    if place is None or place == one.place:
        return None
    return Change(ChangeKind.MOVED, one.label, one.place, place, one.key, is_column=is_column)


def _renamed(
    before: Mapping[SeriesKey, Known], present: Mapping[SeriesKey, Series], same: Mapping[SeriesKey, SeriesKey]
) -> dict[SeriesKey, SeriesKey]:
    """Each new name → the missing one at whose very place it stands, or between whose neighbours."""
    gone = [key for key in before if key not in same.values()]
    places = {before[key].place: key for key in gone if before[key].place}
    around = _neighbours(list(before))
    between = {around[key]: key for key in gone if None not in around[key]}
    now = _neighbours([same.get(key, key) for key in present])
    found: dict[SeriesKey, SeriesKey] = {}
    for key, one in present.items():
        was = places.get(one.place) or between.get(now.get(key, (None, None)))
        if key not in same and was is not None and was not in found.values():
            found[key] = was
    return found


def _neighbours(keys: Sequence[SeriesKey]) -> dict[SeriesKey, Neighbours]:
    """The keys before and after each."""
    return dict(zip(keys, zip([None, *keys], [*keys[1:], None], strict=False), strict=True))


def sentences(changes: Iterable[Change]) -> list[str]:
    """The changes in words: "Row 14 is now row 16: “Refuge”". Many that moved alike are one sentence."""
    return [sentence for alike, group in groupby(changes, _alike) for sentence in _told(alike, list(group))]


def _alike(change: Change) -> tuple[object, ...]:
    """The same for neighbours that moved by as much."""
    if change.kind is not ChangeKind.MOVED or change.now is None or change.before is None:
        return ()
    (column, row), (column_before, row_before) = _parts(change.now.cell), _parts(change.before.cell)
    sheets = change.before.sheet, change.now.sheet
    if change.is_column:
        return ("columns", *sheets) if row == row_before else ()
    return ("rows", *sheets, row - row_before) if column == column_before else ()


def _told(alike: tuple[object, ...], group: Sequence[Change]) -> Iterator[str]:
    if len(group) <= FEW or alike[:1] != ("rows",):
        yield from map(_sentence, group)
        return
    first, last = group[0], group[-1]
    before = f"Rows {_row(first.before)} to {_row(last.before)}{_of(first.before)}"
    yield f"{before} are now rows {_row(first.now)} to {_row(last.now)}{_of(first.now, first.before)}."


def _sentence(change: Change) -> str:
    match change.kind:
        case ChangeKind.MISSING:
            there = f": it stood at {_cell(change.before)}" if change.before else ""
            return f"“{change.label}” is missing{there}."
        case ChangeKind.NEW:
            return f"{_begun(_line(change, change.now))}{_of(change.now)} is new: “{change.label}”."
        case ChangeKind.RENAMED:
            line = f"{_begun(_line(change, change.now))}{_of(change.now)}"
            return f"{line}, “{change.label}”, may be what was “{change.was_label}”."
    there, here = _line(change, change.before), _line(change, change.now)
    if there == here and _of(change.before) == _of(change.now):
        return f"{_cell(change.before)} is now {_cell(change.now)}: “{change.label}”."
    where = f"{_begun(there)}{_of(change.before)} is now {here}{_of(change.now, change.before)}"
    return f"{where}: “{change.label}”."


def _begun(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _line(change: Change, spot: Spot | None) -> str:
    """ "row 14", or "column E" where the figures stand beneath the name."""
    column, row = _parts(spot.cell if spot else "")
    return f"column {column}" if change.is_column else f"row {row}"


def _of(spot: Spot | None, unless: Spot | None = None) -> str:
    """ " of “Refuge”"; "" where there are no sheets, or it was named already."""
    if spot is None or spot.sheet is None or (unless is not None and unless.sheet == spot.sheet):
        return ""
    return f" of “{spot.sheet}”"


def _row(spot: Spot | None) -> int:
    return _parts(spot.cell if spot else "")[1]


def _cell(spot: Spot | None) -> str:
    return str(spot or "")


def _parts(address: str) -> tuple[str, int]:
    """ "E7" → ("E", 7)."""
    match = _ADDRESS.fullmatch(address)
    return (match[1], int(match[2])) if match else ("", 0)
