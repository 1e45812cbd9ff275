"""What somebody says in the page in place of what a cell says, put there before the rules are asked.

The file stays as it is: a corrected figure keeps its cell and what was typed in it, and the figure that it replaces
is kept beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from string import ascii_uppercase

from imports import observing
from imports.periods import Period
from imports.reading import (
    Cell,
    Corrected,
    Kind,
    Match,
    Observation,
    Part,
    Problem,
    Reading,
    Severity,
    Status,
    Vocabulary,
)
from imports.rules import named
from imports.sheets import Spot

BESIDE = frozenset({"status-day", "status-reason"})  # the reader's rules about what stands beside a row's figures
ABSENT = ", not in the file"
NOT_READ = "No figure of an indicator was read from this cell, so what was typed in its place was not used."
AS_IT_IS = "What was typed in this figure’s place is what the file says already, so nothing is corrected."


@dataclass(frozen=True, slots=True)
class Correction:
    """What a figure says from now on, and why. `value` is None unless the status is "reported"."""

    sheet: str | None
    cell: str
    status: Status
    value: Decimal | None
    reason: str
    expected_on: date | None = None  # when a figure that is not yet available will be

    @property
    def spot(self) -> Spot:
        """The cell in whose place it is typed."""
        return Spot(self.sheet, self.cell)


def absent_cell(code: str, part: Part) -> str:
    """What stands for the cell of a figure that the file has not: "HUB-05 numerator, not in the file"."""
    return f"{code}{'' if part is Part.VALUE else f' {part}'}{ABSENT}"


def is_absent(cell: str) -> bool:
    """Whether it stands for a cell that is not there."""
    return cell.endswith(ABSENT)


def corrected(
    reading: Reading, corrections: Sequence[Correction], vocabulary: Vocabulary, period: Period | None = None
) -> Reading:
    """The reading with each corrected figure in the place of the file's, and without the problems that this mends.

    A figure of `period` may be given that the file has not. One that is no figure of its kind is an error at its
    cell; one that changes nothing, or whose cell holds no figure, is told and left.
    """
    if not corrections:
        return reading
    wanted = {one.spot: one for one in corrections}
    page = _Page(vocabulary)
    for seen in reading.observations:
        page.keep(seen, wanted.pop(seen.spot, None) if seen.indicator else None)
    for new in wanted.values():
        page.add(_absent(new, reading, vocabulary, period), new)
    still = _still(reading.problems, {one.replaced.spot for one in page.replaced}, page.observations)
    return replace(
        reading,
        observations=tuple(page.observations),
        problems=(*still, *page.problems),
        corrected=tuple(page.replaced),
    )


@dataclass
class _Page:
    """The figures as they stand on the page, the file's and those that were typed in their place."""

    vocabulary: Vocabulary
    observations: list[Observation] = field(default_factory=list)
    replaced: list[Corrected] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def keep(self, seen: Observation, new: Correction | None) -> None:
        """A figure of the file; `new` is what was typed in its place."""
        if new is None:
            self.observations.append(seen)
        elif (seen.value, seen.status, seen.expected_on) == (new.value, new.status, new.expected_on):
            self.observations.append(seen)
            self.problems.append(_unused(new, AS_IT_IS))
        else:
            self._replace(seen, new)

    def add(self, absent: Observation | None, new: Correction) -> None:
        """A figure that the file has not; None where what was typed is for no such figure."""
        if absent is None:
            self.problems.append(_unused(new, NOT_READ))
        else:
            self._replace(absent, new)

    def _replace(self, seen: Observation, new: Correction) -> None:
        now, fault = _replaced(seen, new, self.vocabulary)
        self.observations.append(now)
        self.replaced.append(Corrected(seen, new.reason))
        self.problems += fault


def key(seen: Observation) -> tuple[object, ...]:
    """What a figure is of and where: the same before and after it is corrected."""
    return seen.sheet, seen.cell, seen.indicator, seen.part, seen.breakdown, seen.category, seen.period, seen.basis


def as_typed(value: Decimal, part: Part) -> Cell:
    """The figure as if it stood in a workbook, a percentage with its sign."""
    if part is Part.PERCENT:
        return Cell(1, 1, Kind.TEXT, f"{value:f}%", f"{value:f}%")
    return Cell(1, 1, Kind.NUMBER, value, f"{value:f}")


def _absent(new: Correction, reading: Reading, vocabulary: Vocabulary, period: Period | None) -> Observation | None:
    """The figure that the file has not, as if it were blank; None where the file has it, or nothing of its period."""
    code, _, part = new.cell.removesuffix(ABSENT).partition(" ")
    term = vocabulary.terms.get(code) if is_absent(new.cell) and new.sheet is None else None
    if term is None or period is None or (part or Part.VALUE) not in observing.parts(term):
        return None
    seen = [one for one in reading.observations if one.period and period.contains(one.period)]
    if not seen or any((one.indicator, one.part) == (code, part or Part.VALUE) for one in seen):
        return None
    return Observation(
        sheet=None,
        cell=new.cell,
        label=term.name,
        heading=(),
        indicator=code,
        part=Part(part or Part.VALUE),
        category=None,
        period=period,
        basis=observing.basis(term, period),
        value=None,
        status=Status.MISSING,
        shown="",
        match=Match.CODE,
        confidence=Decimal(1),
    )


def _replaced(seen: Observation, new: Correction, vocabulary: Vocabulary) -> tuple[Observation, list[Problem]]:
    """The figure as it stands now, and what is wrong with it."""
    term = vocabulary.terms[seen.indicator or ""]
    now = seen._replace(value=new.value, status=new.status, expected_on=new.expected_on)
    if new.value is None:
        return now, []
    meaning = observing.meaning(as_typed(new.value, seen.part), term, seen.part)
    if not meaning.fault:
        return now, []
    fault = Problem("V03", Severity.ERROR, f"{named(term)}: {meaning.fault}", seen.sheet, seen.cell, meaning.fault)
    return now._replace(value=None, status=Status.ERROR), [fault]


def _unused(new: Correction, message: str) -> Problem:
    return Problem("correction-unused", Severity.WARNING, message, new.sheet, new.cell)


def _still(problems: Iterable[Problem], mended: Collection[Spot], observations: Sequence[Observation]) -> list[Problem]:
    """The reader's problems but for those at a corrected figure, or beside figures that no longer lack anything."""
    rows = set(map(_row, mended))
    lacking = {_row(seen.spot) for seen in observations if _lacks(seen) and seen.spot not in mended}
    return [
        problem
        for problem in problems
        if problem.spot not in mended and not (problem.rule in BESIDE and _row(problem.spot) in rows - lacking)
    ]


def _lacks(seen: Observation) -> bool:
    """Whether something has to stand beside a figure: its day or its reason."""
    return seen.status in (Status.PENDING, Status.WITHHELD)


def _row(spot: Spot) -> tuple[str | None, str]:
    return spot.sheet, spot.cell.lstrip(ascii_uppercase)
