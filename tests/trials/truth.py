"""The truth of every figure of a workbook, and how far a reading is from it.

Judges what `dacommission read FILE --json` prints and nothing else: no rule of the reader is known here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from imports.periods import Period
from imports.sheets import Spot

ACCEPTED = 0.9  # from this confidence on nobody is asked
Told = Mapping[str, Any]  # an observation or a problem, as printed
_ADDRESS = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class Fact:
    """What one cell says. `statuses` has more than one where both are right, such as for a blank."""

    code: str | None  # None: no indicator of the catalogue
    period: str | None  # the key of the period, such as "2022-Q1"; None where the workbook does not say
    value: float | None
    part: str = "value"
    category: str | None = None
    basis: str = "period"
    statuses: tuple[str, ...] = ("reported",)
    owed: bool = True  # False: need not be read, as a repeated earlier figure; if read, it must be right
    is_year_alone: bool = False
    label: str = ""

    @property
    def bases(self) -> tuple[str, ...]:
        """The basis, or both words for it: the one figure of a whole year is also its stated total."""
        return ("period", "total") if self.is_year_alone else (self.basis,)

    @property
    def meaning(self) -> tuple[str | None, str, str | None]:
        return self.code, self.part, self.category

    @property
    def dates(self) -> tuple[str | None, str | None]:
        """The first and last day counted, as printed; a figure so far in the year starts on 1 April."""
        if self.period is None:
            return None, None
        period = Period.from_key(self.period)
        start = period.whole_year.start if self.basis == "ytd" else period.start
        return start.isoformat(), period.end.isoformat()


@dataclass(slots=True)
class Score:
    """Counts of one reading, or of several together; `silent` names every cell that was misread in silence."""

    facts: int = 0
    found: int = 0
    extra: int = 0
    values: int = 0
    periods: int = 0
    bases: int = 0
    statuses: int = 0
    labels: int = 0  # those whose name was read, in the row's label or in a heading
    coded: int = 0  # facts found that are of an indicator
    indicators: int = 0
    accepted: int = 0  # of those, the ones nobody has to be asked about
    silent: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def shares(self) -> dict[str, float]:
        """What was got right, 0 to 1: of the facts, of what was read, and of the facts that were found."""
        return {
            "recall": _share(self.found, self.facts),
            "precision": _share(self.found, self.found + self.extra),
            "value": _share(self.values, self.found),
            "period": _share(self.periods, self.found),
            "basis": _share(self.bases, self.found),
            "status": _share(self.statuses, self.found),
            "label": _share(self.labels, self.found),
            "indicator": _share(self.indicators, self.coded),
            "accepted": _share(self.accepted, self.coded),
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def facts_of(path: Path) -> dict[Spot, Fact]:
    """The facts of a NAME.truth.json by their place."""
    stated = json.loads(path.read_text(encoding="utf-8"))["facts"]
    return {
        Spot(one["sheet"], one["cell"]): Fact(
            one["code"],
            one["period"],
            one["value"],
            one["part"],
            one["category"],
            one["basis"],
            (one["status"],),
            label=one["label"] or "",
        )
        for one in stated
    }


# Whether a problem asks about a place, so that whatever is wrong there is not silent.
Names = Callable[[Told, Spot], bool]


def names_cell(problem: Told, place: Spot) -> bool:
    """Whether a problem names the very cell."""
    return problem["sheet"] == place.sheet and place.cell in _ADDRESS.findall(problem["cell"] or "")


def names_line(problem: Told, place: Spot) -> bool:
    """Whether a problem names the cell, its row or its column, or the whole sheet."""
    if problem["sheet"] != place.sheet:
        return False
    if problem["cell"] is None:
        return True
    letters, digits = _split(place.cell)
    return any(_split(one)[0] == letters or _split(one)[1] == digits for one in _ADDRESS.findall(problem["cell"]))


def _split(cell: str) -> tuple[str, str]:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return cell.removesuffix(digits), digits


def score(facts: Mapping[Spot, Fact], printed: Told, names: Names = names_cell, *, lenient: bool = False) -> Score:
    """How far a printed reading is from the truth.

    Silent is: a match of 0.9 or more with another indicator, part or category; a number where there is none; another
    value, period or basis with no problem that names the place. `lenient`: the last of these only where the match is
    0.9 or more, because of everything else somebody is asked.
    """
    found = Score(facts=sum(fact.owed for fact in facts.values()))
    seen: set[Spot] = set()
    for told in printed["observations"]:
        place = Spot(told["sheet"], told["cell"])
        fact = None if place in seen else facts.get(place)
        seen.add(place)
        if fact is None:
            _extra(found, told, place)
            continue
        named = any(names(problem, place) for problem in printed["problems"])
        _compare(found, fact, told, place, silent=not named and not (lenient and not _is_accepted(told)))
    found.missed = tuple(_at(place) for place, fact in facts.items() if fact.owed and place not in seen)
    return found


def _extra(found: Score, told: Told, place: Spot) -> None:
    """A cell of which the truth says nothing: a target, a note, or the same cell twice."""
    if told["value"] is None and told["status"] == "missing":
        return
    found.extra += 1
    if _is_accepted(told):
        found.silent += (f"{_at(place)}: {_meaning(told)} {told['shown']!r} is no figure",)


def _compare(found: Score, fact: Fact, told: Told, place: Spot, *, silent: bool) -> None:
    is_value = same_value(told["value"], fact.value)
    is_period = (told["period_start"], told["period_end"]) == fact.dates
    is_basis = told["basis"] in fact.bases
    is_named = (told["indicator"], told["part"], told["category"]) == fact.meaning
    if fact.owed:
        found.found += 1
        found.values += is_value
        found.periods += is_period
        found.bases += is_basis
        found.statuses += told["status"] in fact.statuses
        found.labels += _is_labelled(told, fact)
        found.coded += fact.code is not None
        found.indicators += is_named and fact.code is not None
        found.accepted += is_named and fact.code is not None and _is_accepted(told)
    wrong = [f"is {fact.meaning}, read as {_meaning(told)}"] if _is_accepted(told) and not is_named else []
    if silent:
        wrong += [f"is {fact.value}, read as {told['value']}"] if not is_value else []
        wrong += [f"is of {fact.dates}, read as {_dates(told)}"] if not is_period and told["period"] else []
        wrong += [f"is {fact.basis}, read as {told['basis']}"] if is_period and not is_basis else []
    found.silent += tuple(f"{_at(place)}: {one}" for one in wrong)


def _is_labelled(told: Told, fact: Fact) -> bool:
    said = _words(" ".join([told["label"] or "", *told["heading"]]))
    return all(_words(part) in said for part in fact.label.split(" / "))


def _words(text: str) -> str:
    """Without capitals, punctuation and marks such as "*" and "¹"."""
    return " ".join(re.findall(r"[a-z0-9%]+", text.casefold()))


def same_value(read: float | None, true: float | None) -> bool:
    """Whether two figures are the same but for rounding in the sixth place; missing is not nought."""
    if read is None or true is None:
        return read is true
    return abs(read - true) <= 1e-6 * max(1.0, abs(true))


def _is_accepted(told: Told) -> bool:
    return told["indicator"] is not None and told["confidence"] >= ACCEPTED


def _meaning(told: Told) -> str:
    return f"{told['indicator']} {told['part']} {told['category'] or ''} ({told['confidence']})"


def _dates(told: Told) -> str:
    return f"{told['period_start']} to {told['period_end']}"


def _at(place: Spot) -> str:
    return f"{place.sheet}!{place.cell}" if place.sheet else place.cell


def table(scores: Iterable[tuple[str, Score]]) -> str:
    """The shares of each reading on a line of its own, for a person."""
    columns = list(Score().shares)
    lines = [" ".join([f"{'':<42}", *(f"{one[:9]:>9}" for one in columns), f"{'silent':>7}"])]
    for name, found in scores:
        shares = (f"{found.shares[one]:>9.3f}" for one in columns)
        lines.append(" ".join([f"{name[:42]:<42}", *shares, f"{len(found.silent):>7}"]))
    return "\n".join(lines)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
