"""A workbook drawn as text, with what is true of a row in its margin and of a column on the line above.

    @      |                  | 2024-Q1 | 2024-Q1 ytd |
           | Refuge           | Q1      | YTD         | Target
    SA-08  | Referrals        | #       | #           | 60

A cell is a figure where its row and its column both say something: a code or `none`, a period, `ytd` or `total`, a
part, `unowed`, `alone` (the one figure of a year), a status, `.` (nothing more), and `=Category` last of all.
In a cell: `#` an invented figure that agrees with the others, `#%` one typed as text, `12%` a fraction shown as a
percentage, `1/4/2024` a date, `<<` merged with the cell to the left, `\\n` a new line, and behind it `{…}` what is
true of it alone: the same words, `no` where it is no figure, `:34` its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tests.trials.figures import fact as invented
from tests.trials.sheets import Grid, Typed
from tests.trials.truth import Fact

_CODE = re.compile(r"[A-Z]{2,3}-\d\d(\.[a-z])?")
_PERIOD = re.compile(r"\d{4}(-(Q[1-4]|H[12]|\d\d))?|\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_PARTS = ("numerator", "denominator", "percent")
_STATUSES = ("suppressed", "not_applicable", "pending", "missing", "not_collected", "error", "provisional", "estimated")
_STATUSES += ("reported",)
_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")
_TRUTH = re.compile(r"(.*?)\s*\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of a margin come to."""

    code: str | None = None
    period: str | None = None
    part: str = "value"
    basis: str = "period"
    category: str | None = None
    statuses: tuple[str, ...] = ()
    owed: bool = True
    alone: bool = False
    value: float | None = None


def drawn(name: str | None, text: str) -> Grid:
    """The sheet of a drawing. The first lines and the last may be empty."""
    grid, above, row = Grid(name), [], 0
    for line in text.strip("\n").split("\n"):
        margin, *cells = (one.strip() for one in line.split("|"))
        if margin == "@":
            above = cells
            continue
        row += 1
        for column, cell in enumerate(cells, 1):
            over = above[column - 1] if column <= len(above) else ""
            _cell(grid, (row, column), cell, (margin, over))
    return grid


def _cell(grid: Grid, at: tuple[int, int], cell: str, around: tuple[str, str]) -> None:
    row, column = at
    if cell == "<<":
        return _merge(grid, row, column)
    found = _TRUTH.fullmatch(cell)
    text, own = (found[1], found[2]) if found else (cell, "")
    if not text:
        return None
    if not all(around) or own == "no":
        typed = _typed(text)
        return grid.put(row, column, typed.value, typed.format)
    label = next((str(grid.cells[row, one].value) for one in range(1, column) if (row, one) in grid.cells), "")
    like = label if "none" in around[0].split() else f"column {column}"
    return grid.fact(row, column, *_figure(text, (around[1], around[0], own), like))


def _merge(grid: Grid, row: int, column: int) -> None:
    last = grid.merges[-1] if grid.merges else (0, 0, 0, 0)
    if last[0] == row and last[3] == column - 1:
        grid.merges[-1] = (row, last[1], row, column)
    else:
        grid.merge(row, column - 1, row, column)


def _figure(text: str, margins: Iterable[str], like: str) -> tuple[Fact, Typed]:
    said = understood(margins)
    key = said.period or "2024-Q1"
    fact = invented(
        said.code,
        key,
        said.part,
        said.basis,
        like="" if said.code else like,
        category=said.category,
        statuses=said.statuses or ("reported",),
        owed=said.owed,
        is_year_alone=said.alone,
    )
    fact = replace(fact, period=said.period)
    if text.startswith("#"):
        return fact, _as_asked(fact, text)
    typed = _typed(text)
    value = said.value
    if value is None and not isinstance(typed.value, str):
        value = round(100 * typed.value, 6) if "%" in typed.format else typed.value
    return replace(fact, value=value), typed


def _as_asked(fact: Fact, text: str) -> Typed:
    """An invented figure, typed as the drawing asks for."""
    value = fact.value or 0
    if text == "#%":
        return Typed(f"{value:g}%")
    if fact.part == "percent":
        return Typed(round(value / 100, 4), "0.0%")
    return Typed(value)


def understood(margins: Iterable[str]) -> Said:
    """What the words of a column, a row and a cell come to, taken together; the later say more."""
    said, words = Said(), []
    for margin in margins:
        plain, _, category = margin.partition("=")
        words += plain.split()
        said = replace(said, category=category.strip() or said.category)
    for word in words:
        if word == "none" or _CODE.fullmatch(word):
            said = replace(said, code=None if word == "none" else word)
        elif _PERIOD.fullmatch(word):
            said = replace(said, period=word)
        elif word in _PARTS:
            said = replace(said, part=word)
        elif word in ("ytd", "total"):
            said = replace(said, basis=word)
        else:
            said = _more(said, word)
    return said


def _more(said: Said, word: str) -> Said:
    if word in _STATUSES:
        return replace(said, statuses=(*said.statuses, word))
    if word.startswith(":"):
        return replace(said, value=float(word[1:]))
    more = {"unowed": {"owed": False}, "alone": {"alone": True}, ".": {}}
    return replace(said, **more[word])


def _typed(text: str) -> Typed:
    if found := _DAY.fullmatch(text):
        return Typed(date(int(found[3]), int(found[2]), int(found[1])), "dd/mm/yyyy")
    money, bare = text.startswith("£"), text.strip("£%").replace(",", "")
    if re.fullmatch(r"-?\d+(\.\d+)?", bare):
        number = float(bare) if "." in bare else int(bare)
        if text.endswith("%"):
            return Typed(round(number / 100, 6), "0%" if float(number).is_integer() else "0.0%")
        return Typed(number, "£#,##0" if money else "General")
    return Typed(text.replace("\\n", "\n"))
