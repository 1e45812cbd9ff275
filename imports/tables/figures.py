"""Takes up the figures of a workbook's tables, each with its cell, its words and its period; sets aside what is none.

What the figures are is decided afterwards, for all rows and columns together: `imports.tables.meaning`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from imports import cells, period_parts
from imports.cells import Unreadable, tidy
from imports.matching import Lexicon, normalised
from imports.period_parts import PeriodPart
from imports.periods import Period
from imports.reading import Basis, Cell, Expected, Kind, Part, Problem, Severity
from imports.series import Aside, Named, Profile, Reason, SeriesKey, Spot
from imports.tables import context, lines, saying
from imports.tables.dating import Dated, Dating
from imports.tables.finding import Table
from imports.tables.grid import Grid, Look
from imports.tables.lines import Line
from imports.tables.saying import Role

REASONS = {
    Role.TARGET: Reason.TARGET,
    Role.EARLIER: Reason.EARLIER,
    Role.CHANGE: Reason.CHANGE,
    Role.AVERAGE: Reason.AVERAGE,
    Role.RATING: Reason.RATING,
    Role.COMMENT: Reason.COMMENT,
}


@dataclass
class Found:
    """A row or column of figures under one name, before anybody knows what it is."""

    key: SeriesKey
    label: str
    place: Spot
    named: Named
    has_headings: bool = True
    figures: list[Figure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell that holds a figure, or stands where one might."""

    cell: Cell
    dated: Dated
    label: str
    heading: tuple[str, ...]
    part: Part | None
    comment: Cell | None
    said_in: str = ""  # the address of the heading or label that says its period


@dataclass
class Reader:
    """Reads the tables of one workbook."""

    grids: Sequence[Grid]
    lexicon: Lexicon
    expected: Expected | None
    profile: Profile
    filename: str
    role: Role | None = None  # of the whole table that is being read
    found: dict[tuple, Found] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def table(self, table: Table) -> Dating:
        """Takes up the figures of one table, and sets aside its numbers that are none."""
        across, down = lines.columns(table), _with_totals(table, lines.rows(table))
        due = self.expected.period if self.expected else None
        around = context.around(table, self.grids, self.filename, due)
        filled = {line.number: sum(line.number in row.figures for row in table.data) for line in across}
        known = self.profile
        dating = Dating(down, across, around, known.quarters, known.year, context.is_so_far(table), filled)
        self._set_aside_labels(table)
        self.role = context.role(table)
        beside = _comments(table)
        title = context.title(table)
        for place, row in enumerate(table.data):
            comment = next((row.cells[column] for column in beside if column in row.cells), None)
            for column_place, line in enumerate(across):
                if cell := row.cells.get(line.number):
                    self._cell(table, title, dating, (place, column_place), cell, comment)
                elif due and not (line.is_aside or line.is_unlabelled):
                    self._blank(table, title, dating, (place, column_place), row.number, due)
        if disputed := dating.against_around():
            self.problems.append(_disputed(table, dating, *disputed))
        return dating

    def _cell(
        self, table: Table, title: str, dating: Dating, at: tuple[int, int], cell: Cell, comment: Cell | None
    ) -> None:
        down, across = dating.rows[at[0]], dating.columns[at[1]]
        sheet = table.grid.sheet.name
        look = table.grid.by_number[cell.row].looks[cell.column]
        if look in (Look.OTHER, Look.DATE):
            return
        if reason := self._reason(down, across, dating):
            if look is Look.FIGURE:
                self.asides.append(Aside(Spot(sheet, cell.address), cell.shown, reason))
            return
        dated = dating.of(*at)
        found = self._series(table, title, down, across)
        found.figures.append(_figure(cell, dated, down, across, comment))

    def _blank(self, table: Table, title: str, dating: Dating, at: tuple[int, int], row: int, due: Period) -> None:
        """A cell left blank where the return's own quarter should stand."""
        down, across = dating.rows[at[0]], dating.columns[at[1]]
        if down.is_unlabelled or self._reason(down, across, dating):
            return
        dated = dating.of(*at)
        if dated.period == due and dated.basis is None:
            blank = Cell(row, across.number, Kind.BLANK)
            self._series(table, title, down, across).figures.append(_figure(blank, dated, down, across, None))

    def _reason(self, down: Line, across: Line, dating: Dating) -> Reason | None:
        """Why the numbers of a row and column are no figures; None where they are."""
        if self.role:
            return REASONS.get(self.role, Reason.CHECK)
        if across.is_aside:
            return REASONS.get(across.role or Role.COMMENT, Reason.CHECK)
        if down.is_aside and not self._is_name(down):
            return REASONS.get(down.role or Role.COMMENT, Reason.CHECK)
        if across.is_unlabelled and any(not other.is_unlabelled for other in dating.columns):
            return Reason.CHECK
        if down.is_unlabelled and down.basis is None and any(not other.is_unlabelled for other in dating.rows):
            return Reason.CHECK
        return None

    def _is_name(self, line: Line) -> bool:
        """Whether a label such as "Budget profiled" is the name of an indicator, whatever its words are elsewhere."""
        return bool(line.path) and bool(self.lexicon.senses(tidy(line.path[-1].cell.shown))[1])

    def _series(self, table: Table, title: str, down: Line, across: Line) -> Found:
        sheet = table.grid.sheet.name
        names = down.names
        identity = (sheet, table.first, down.names, across.names, down.code, across.part or down.part)
        if identity not in self.found:
            named = Named(
                row=names,
                column=across.names,
                title=title,
                sheet=sheet or "",
                code=down.code,
                part=across.part or down.part,
                basis=Basis.YEAR_TO_DATE if _is_so_far(down, across) else None,
                unit=down.unit,
            )
            self.found[identity] = Found(
                key=_key(named, table),
                label=" / ".join([*names, *across.names]) or title or sheet or "",
                place=_place(sheet, down, across),
                named=named,
                has_headings=bool(table.headings),
            )
        return self.found[identity]

    def _set_aside_labels(self, table: Table) -> None:
        """The numbers in headings and labels: years, numbers of rows and of columns."""
        sheet = table.grid.sheet.name
        for row in table.headings:
            for column in row.figures:
                self._aside(sheet, row.cells[column], Reason.LABEL)
        outside = _reasons_outside(table)
        values = set(table.values)
        for row in table.body:
            for column in row.figures:
                if column not in values or not row.is_data:
                    self._aside(sheet, row.cells[column], outside.get(column, Reason.LABEL))

    def _aside(self, sheet: str | None, cell: Cell, reason: Reason) -> None:
        self.asides.append(Aside(Spot(sheet, cell.address), cell.shown, reason))


def _figure(cell: Cell, dated: Dated, down: Line, across: Line, comment: Cell | None) -> Figure:
    said_in = next((w.cell.address for w in (*across.path, *down.path) if w.said.period is dated.part), "")
    return Figure(
        cell=cell,
        dated=dated,
        label=tidy(down.path[-1].cell.shown) if down.path and not down.is_unlabelled else "",
        heading=tuple(tidy(word.cell.shown) for word in across.path),
        part=across.part or down.part,
        comment=comment,
        said_in=said_in if dated.part else "",
    )


def _disputed(table: Table, dating: Dating, part: PeriodPart, period: Period) -> Problem:
    """That a table says other periods than what stands around it."""
    words = [word for line in (*dating.columns, *dating.rows) for word in line.path if word.said.period is part]
    outside = f"{dating.around[1].where} says {dating.around[0]}" if dating.around else ""
    message = (
        f"The table is about {period}, as “{' '.join(part.text.split())}” says, but {outside}. "
        "The table was believed. Correct the one that is wrong."
    )
    cell = words[0].cell.address if words else None
    return Problem("periods-disagree", Severity.QUESTION, message, table.grid.sheet.name, cell)


def _with_totals(table: Table, rows: list[Line]) -> list[Line]:
    """The rows, an unlabelled one beneath periods being their total where it is so in one column at least."""
    return [
        replace(line, basis=Basis.TOTAL)
        if line.is_unlabelled and any(one.parts for one in rows[:place]) and _is_sum(table, place)
        else line
        for place, line in enumerate(rows)
    ]


def _is_sum(table: Table, place: int) -> bool:
    above, row = table.data[:place], table.data[place]
    for column in table.values:
        parts = [_value(one.cells[column]) for one in above if column in one.cells]
        own = _value(row.cells[column]) if column in row.cells else None
        if own is not None and len(parts) > 1 and sum((part or 0 for part in parts), Decimal(0)) == own:
            return True
    return False


def _value(cell: Cell) -> Decimal | None:
    try:
        return cells.number(cell).value
    except Unreadable:
        return None


def _is_so_far(down: Line, across: Line) -> bool:
    """Whether a name itself says that its figures are so far in the year: "Adults (cumulative)"."""
    words = [word.said for word in (*down.path, *across.path)]
    return any(one.basis is Basis.YEAR_TO_DATE and one.rest for one in words)


def _key(named: Named, table: Table) -> SeriesKey:
    return SeriesKey(
        normalised(period_parts.without(named.sheet)),
        normalised(period_parts.without(named.title)),
        tuple(map(normalised, named.row)),
        (*map(normalised, named.column), *([named.part.value] if named.part else [])),
    )


def _place(sheet: str | None, down: Line, across: Line) -> Spot:
    """Where the innermost word stands that names what is counted."""
    naming_words = [word for word in down.path if word.said.rest] or [word for word in across.path if word.said.rest]
    words = naming_words or [*down.path, *across.path]
    return Spot(sheet, words[-1].cell.address if words else "A1")


def _comments(table: Table) -> list[int]:
    """The columns of words that comment on the row's figures."""
    columns = sorted({column for row in table.headings for column in row.cells})
    return [
        column
        for column in columns
        if column not in table.labels and saying.of_heading(table.heading_of(column)).role is Role.COMMENT
    ]


def _reasons_outside(table: Table) -> Mapping[int, Reason]:
    """Why numbers in columns that hold no figures are none."""
    last = max(table.labels, default=0)
    found = {}
    for column in {column for row in table.body for column in row.figures} - set(table.values):
        role = saying.of_heading(table.heading_of(column)).role
        found[column] = REASONS.get(role, Reason.CHECK) if role and column > last else Reason.LABEL
    return found
