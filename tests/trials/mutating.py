"""What becomes of a workbook between two quarters: rows, columns and sheets that move, other words for months.

Every change takes the truth of the cells with it. The same seed changes a workbook in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from random import Random

from tests.trials.sheets import At, Grid, Trial, Typed

Change = Callable[[Trial, Random], None]
CHANGES: dict[str, Change] = {}
FAR = 10_000  # a row or column beyond every trial
SHEET_NAMES = ("Sheet1", "Data (2)", "Tab A", "Return", "Figures", "Copy of return")
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
NAMES += ("November", "December")


def change(function: Change) -> Change:
    CHANGES[function.__name__] = function
    return function


def mutated(trial: Trial, seed: int) -> tuple[Trial, list[str]]:
    """A changed copy, and the changes made to it: one to four."""
    dice = Random(seed)
    copy = deepcopy(trial)
    chosen = dice.sample(sorted(CHANGES), dice.choice((1, 1, 2, 3, 4)))
    # Last of all: what is no longer merged can no longer be kept together by what moves it.
    chosen.sort(key=lambda name: name == "unmerge")
    for name in chosen:
        CHANGES[name](copy, dice)
    return copy, chosen


def moved(grid: Grid, to: Callable[[At], At | None]) -> None:
    """Every cell goes where `to` says, with its truth; None takes it away."""
    grid.cells = {at: typed for old, typed in grid.cells.items() if (at := to(old))}
    grid.facts = {at: fact for old, fact in grid.facts.items() if (at := to(old))}
    grid.hidden_rows = {at[0] for row in grid.hidden_rows if (at := to((row, FAR)))}
    grid.hidden_columns = {at[1] for column in grid.hidden_columns if (at := to((FAR, column)))}


def _insert(grid: Grid, index: int, axis: int, count: int = 1) -> None:
    """Empty rows (axis 0) or columns (axis 1) before one; merges grow or move with them."""

    def shifted(number: int) -> int:
        return number + count if number >= index else number

    moved(grid, lambda at: (shifted(at[0]), at[1]) if axis == 0 else (at[0], shifted(at[1])))
    grid.merges = [
        tuple(shifted(number) if side % 2 == axis else number for side, number in enumerate(merge))
        for merge in grid.merges
    ]


def _delete(grid: Grid, index: int, axis: int) -> None:
    def shifted(number: int) -> int:
        return number - 1 if number > index else number

    def to(at: At) -> At | None:
        if at[axis] == index:
            return None
        return (shifted(at[0]), at[1]) if axis == 0 else (at[0], shifted(at[1]))

    merges = []
    for merge in grid.merges:
        first, last = merge[axis], merge[axis + 2]
        kept = list(merge)
        kept[axis], kept[axis + 2] = shifted(first), shifted(last) if last != index else last - 1
        if kept[axis] > kept[axis + 2] or (first == index):
            continue  # the merge goes with what stood in it
        merges.append(tuple(kept))
    moved(grid, to)
    grid.merges = [one for one in merges if one[0] < one[2] or one[1] < one[3]]


def _with_facts(trial: Trial, dice: Random) -> Grid:
    return dice.choice([grid for grid in trial.grids if grid.facts])


def lines(grid: Grid, axis: int) -> list[int]:
    """The rows (or columns) in which figures stand."""
    return sorted({at[axis] for at in grid.facts})


@change
def insert_a_row(trial: Trial, dice: Random) -> None:
    grid = _with_facts(trial, dice)
    index = dice.choice(lines(grid, 0))
    _insert(grid, index, 0)
    if dice.random() < 0.4:
        grid.put(index, 1, "Please do not leave cells empty")


@change
def insert_a_column(trial: Trial, dice: Random) -> None:
    grid = _with_facts(trial, dice)
    _insert(grid, dice.choice(lines(grid, 1)), 1)


@change
def delete_a_row(trial: Trial, dice: Random) -> None:
    grid = _with_facts(trial, dice)
    rows = lines(grid, 0)
    empty = set(range(1, rows[-1])) - {row for row, _ in grid.cells}
    _delete(grid, dice.choice([*rows, *sorted(empty)]), 0)


@change
def delete_a_column(trial: Trial, dice: Random) -> None:
    grid = _with_facts(trial, dice)
    columns = lines(grid, 1)
    tops = {merge[1] for merge in grid.merges}
    if free := [column for column in columns if column not in tops and len(columns) > 1]:
        _delete(grid, dice.choice(free), 1)


@change
def reorder_rows(trial: Trial, dice: Random) -> None:
    grid = _with_facts(trial, dice)
    labelled = {row for row, column in grid.cells if (row, column) not in grid.facts and column < lines(grid, 1)[0]}
    merged = {row for first, _, last, _ in grid.merges for row in range(first, last + 1)}
    rows = [row for row in lines(grid, 0) if row in labelled - merged]
    # What is written once for several rows stays above them.
    shapes = {row: sum((row, column) in grid.cells for column in range(1, lines(grid, 1)[0])) for row in rows}
    runs = [run for shape in sorted(set(shapes.values())) for run in _runs(r for r in rows if shapes[r] == shape)]
    run = dice.choice([one for one in runs if len(one) > 1] or [[1]])
    _swap(grid, 0, dict(zip(run, dice.sample(run, len(run)), strict=True)))


@change
def reorder_columns(trial: Trial, dice: Random) -> None:
    grid = _with_facts(trial, dice)
    left = lines(grid, 1)[0]
    merged = {column for _, first, _, last in grid.merges if first >= left for column in range(first, last + 1)}
    columns = [column for column in lines(grid, 1) if column not in merged]
    rows = set(lines(grid, 0))
    words = {column for row, column in grid.cells if row in rows and (row, column) not in grid.facts}
    between = [column for column in words if column > left]  # of another table beside the first
    columns = [column for column in columns if column < min(between, default=FAR)]
    _swap(grid, 1, dict(zip(columns, dice.sample(columns, len(columns)), strict=True)))


def _swap(grid: Grid, axis: int, to: dict[int, int]) -> None:
    def swapped(at: At) -> At:
        return (to.get(at[0], at[0]), at[1]) if axis == 0 else (at[0], to.get(at[1], at[1]))

    moved(grid, swapped)


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers that follow each other without a gap, together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


@change
def rename_the_sheets(trial: Trial, dice: Random) -> None:
    if any(fact.period is None for grid in trial.grids for fact in grid.facts.values()):
        return  # nobody can say the period because of that name
    for grid, name in zip(trial.grids, dice.sample(SHEET_NAMES, len(trial.grids)), strict=True):
        grid.name = grid.name and name


@change
def shuffle_the_sheets(trial: Trial, dice: Random) -> None:
    dice.shuffle(trial.grids)


@change
def move_everything(trial: Trial, dice: Random) -> None:
    grid = _with_facts(trial, dice)
    _insert(grid, 1, 0, dice.randint(1, 5))
    if grid.name:
        _insert(grid, 1, 1, dice.randint(0, 2))


@change
def move_the_header(trial: Trial, dice: Random) -> None:
    """Empty rows above the headings, or between them and the figures."""
    grid = _with_facts(trial, dice)
    first = lines(grid, 0)[0]
    _insert(grid, dice.choice((first, max(1, first - 1), max(1, first - 2))), 0, dice.randint(1, 2))


@change
def unmerge(trial: Trial, dice: Random) -> None:
    for grid in trial.grids:
        grid.merges = []


@change
def merge_the_title(trial: Trial, dice: Random) -> None:
    grid = _with_facts(trial, dice)
    last = max(column for _, column in grid.cells)
    for row in sorted({row for row, _ in grid.cells if row < lines(grid, 0)[0]}):
        alone = [column for one, column in grid.cells if one == row]
        if len(alone) == 1 and grid.name and not any(merge[0] <= row <= merge[2] for merge in grid.merges):
            grid.merge(row, alone[0], row, max(last, alone[0] + 1))


@change
def hide_a_row(trial: Trial, dice: Random) -> None:
    grid = _with_facts(trial, dice)
    row = dice.choice(lines(grid, 0))
    if grid.name:
        grid.hidden_rows.add(row)
        grid.facts = {at: fact for at, fact in grid.facts.items() if at[0] != row}


@change
def other_words_for_periods(trial: Trial, dice: Random) -> None:
    """Months, quarters and years as somebody else writes them; the same way all over the workbook."""
    way = dice.randrange(6)
    for grid in trial.grids:
        for at, typed in grid.cells.items():
            if at not in grid.facts and isinstance(typed.value, str):
                grid.cells[at] = _reworded(typed, way)


def _reworded(typed: Typed, way: int) -> Typed:
    text = str(typed.value)
    if found := re.fullmatch(r"([A-Z][a-z]{2})-(\d\d)", text):
        return _month(typed, found[1], 2000 + int(found[2]), way)
    if found := re.fullmatch(r"Q([1-4])", text):
        number = found[1]
        return replace(
            typed, value=(text, f"Quarter {number}", f"Qtr {number}", f"QUARTER {number}", f"q{number}", text)[way]
        )
    if found := re.fullmatch(r"Q([1-4]) (\d{4})-(\d\d)", text):
        number, first, last = found[1], found[2], found[3]
        ways = (f"{first}/{last} Q{number}", f"Q{number} {first}/{last}", f"Qtr {number} {first[2:]}/{last}")
        return replace(typed, value=ways[way % 3])
    if found := re.fullmatch(r"(\d{4})/(\d\d)", text):
        first, last = found[1], found[2]
        return replace(typed, value=(f"{first}-{last}", f"FY{first[2:]}/{last}", f"{first} to 20{last}")[way % 3])
    return _range(typed, text, way)


def _range(typed: Typed, text: str, way: int) -> Typed:
    """ "Apr to Jun 2022"."""
    found = re.fullmatch(r"(\w{3}) to (\w{3}) (\d{4})", text)
    if not found:
        return typed
    first, last, year = found[1], found[2], found[3]
    ways = (
        f"{first}-{last} {year}",
        f"{_name(first)} - {_name(last)} {year}",
        f"{first} {year[2:]} – {last} {year[2:]}",
    )
    return replace(typed, value=ways[way % 3])


def _name(short: str) -> str:
    return next(name for name in NAMES if name.startswith(short))


def _month(typed: Typed, short: str, year: int, way: int) -> Typed:
    name = _name(short)
    number = NAMES.index(name) + 1
    if way == 5:
        return replace(typed, value=date(year, number, 1), format="mmm-yy")
    ways = (f"{name} {year}", f"{short} {year}", f"1 {short} {year}", f"{number:02d}/{year}", f"{year}-{number:02d}")
    return replace(typed, value=ways[way])
