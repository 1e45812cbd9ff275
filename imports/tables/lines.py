"""A row or a column of a table with all that its words say of it, whichever way the table is laid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from imports.period_part import PeriodPart
from imports.reading import Basis, Part
from imports.tables.finding import Table
from imports.tables.paths import Path, RowWords, column_words, corner_words, row_words
from imports.tables.saying import ASIDE, Role, Said


@dataclass(frozen=True)
class Line:
    """One row or column of figures."""

    number: int  # of the row or column
    path: Path  # its words, outermost first
    parts: tuple[PeriodPart, ...]  # the periods they say, outermost first
    names: tuple[str, ...]  # what they say is counted, outermost first
    sections: int = 0  # how many of the names are of sections, or of labels above
    role: Role | None = None
    basis: Basis | None = None
    part: Part | None = None
    code: str = ""
    unit: str = ""
    is_last_day: bool = False  # whether its month is the last of a longer period: "Quarter end"
    is_unlabelled: bool = False

    @property
    def is_aside(self) -> bool:
        """Whether its numbers are no figures: targets, changes, comments."""
        return self.role in ASIDE

    @property
    def finest(self) -> PeriodPart | None:
        """The shortest period its words say."""
        return min(self.parts, key=lambda part: part.size, default=None)

    @property
    def has_own_period(self) -> bool:
        """Whether its words say a period in which something was counted, and not over several of which."""
        return bool(self.parts) and not self.is_aside and self.basis is None

    @property
    def adds_up(self) -> bool:
        """Whether it stands for several others: a total, or all so far in the year."""
        return self.basis is not None


def columns(table: Table) -> list[Line]:
    """The columns of figures, from left to right."""
    return _with_numerators([_column(column, path) for column, path in column_words(table).items()])


def _with_numerators(several: list[Line]) -> list[Line]:
    """The lines, those that name nothing beside a denominator of the same name being its numerator."""
    whole = {line.names for line in several if line.part is Part.DENOMINATOR}
    return [replace(line, part=Part.NUMERATOR) if _may_be_numerator(line, whole) else line for line in several]


def _may_be_numerator(line: Line, whole: set[tuple[str, ...]]) -> bool:
    if line.names not in whole or line.part or line.is_aside or line.adds_up or not line.path:
        return False
    return not line.path[-1].said.rest and line.path[-1].said.period is None


def _column(column: int, path: Path) -> Line:
    said = [word.said for word in path]
    return Line(
        number=column,
        path=path,
        parts=tuple(one.period for one in said if one.period),
        names=tuple(one.rest for one in said if one.rest),
        role=next((one.role for one in reversed(said) if one.role in ASIDE), None),
        basis=_basis(said),
        part=next((one.part for one in reversed(said) if one.part), None),
        is_unlabelled=not path,
    )


def rows(table: Table) -> list[Line]:
    """The rows of figures, from top to bottom."""
    several = row_words(table)
    ends = {column for column, corner in corner_words(table).items() if "end" in corner.text.casefold().split()}
    ends = {column for column in ends if _ends_quarters(column, several)}
    return _with_numerators([_row(found, ends) for found in several])


def _ends_quarters(column: int, several: Sequence[RowWords]) -> bool:
    """Whether every month in a column of labels is the last of a quarter."""
    said = [word.said.period for row in several for word in row.labels if word.cell.column == column]
    return all(part.last_month % 3 == 0 for part in said if part)


def _row(found: RowWords, ends: set[int]) -> Line:
    sections, labels = [word.said for word in found.sections], [word.said for word in found.labels]
    said = [*sections, *labels]
    names = [one.rest for one in said if one.rest]
    own = labels[-1:] if found.own else []
    return Line(
        number=found.row.number,
        path=found.words,
        parts=tuple(one.period for one in said if one.period),
        names=tuple(names),
        sections=len([one for one in said[: -len(own) or None] if one.rest]),
        role=next((one.role for one in own if one.role in ASIDE), None),
        basis=_basis(said),
        part=next((one.part for one in reversed(labels) if one.part), None),
        code=found.code,
        unit=found.unit,
        is_last_day=any(word.cell.column in ends for word in found.labels if word.said.period),
        is_unlabelled=not found.own,
    )


def _basis(said: Sequence[Said]) -> Basis | None:
    """So far in the year where any of its words say so; a total only where the innermost do."""
    if any(one.basis is Basis.YEAR_TO_DATE for one in said):
        return Basis.YEAR_TO_DATE
    totals = [one for one in said if one.basis is Basis.TOTAL]
    inner = said[-1] if said else None
    is_total = bool(totals) and inner is not None and (inner.basis is Basis.TOTAL or not inner.rest)
    return Basis.TOTAL if is_total else None
