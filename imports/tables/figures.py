"""Takes up the figures of a workbook's tables, each with its cell, its words and its period; sets aside what is none.

What the figures are is decided afterwards, for all rows and columns together: `imports.tables.meaning`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain

from imports import cells
from imports.cells import Meaning, Unreadable, tidy
from imports.matching import Lexicon
from imports.period_part import PeriodPart
from imports.periods import Period
from imports.reading import Basis, Cell, Expected, Kind, Problem, Severity, Status
from imports.series import Aside, Profile, Reason
from imports.sheets import Spot
from imports.tables import context, lines, saying
from imports.tables.dating import Dating
from imports.tables.finding import Table
from imports.tables.found import Found, found, made_figure
from imports.tables.grid import Look, Row
from imports.tables.lines import Line
from imports.tables.saying import ASIDE, Role

_MARK, _NO_FIGURE = Look.MARK, (Look.OTHER, Look.DATE)
REASONS = {
    Role.TARGET: Reason.TARGET,
    Role.EARLIER: Reason.EARLIER,
    Role.CHANGE: Reason.CHANGE,
    Role.AVERAGE: Reason.AVERAGE,
    Role.RATING: Reason.RATING,
    Role.COMMENT: Reason.COMMENT,
}


@dataclass
class Reader:
    """Reads the tables of one workbook."""

    details: Sequence[context.Details]  # what each sheet says of the whole workbook
    lexicon: Lexicon
    expected: Expected | None
    profile: Profile
    filename: str
    role: Role | None = None  # of the whole table that is being read
    found: list[Found] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def table(self, table: Table) -> Dating:
        """Takes up the figures of one table, and sets aside its numbers that are none."""
        across, down = lines.columns(table), _with_totals(table, lines.rows(table))
        due = self.expected.period if self.expected else None
        around = context.around(table, self.details, self.filename, due)
        counted = Counter(chain.from_iterable(row.cells for row in table.rows))
        filled = {line.number: counted[line.number] for line in across}
        known = self.profile
        dating = Dating(down, across, around, known.quarters, known.year, context.is_so_far(table), filled)
        self._set_aside_labels(table)
        self.role = context.role(table)
        taking = _Taking(self, table, dating, context.title(table), due)
        for place, row in enumerate(table.rows):
            taking.row(place, row)
        if disputed := dating.against_around():
            self.problems.append(_disputed(table, dating, *disputed))
        return dating

    def reasons(self, dating: Dating) -> tuple[list[Reason | None], list[Reason | None]]:
        """Why the numbers of each row, and of each column, are no figures; None where they are."""
        named_columns = any(not line.is_unlabelled for line in dating.columns)
        named_rows = any(not line.is_unlabelled for line in dating.rows)
        return (
            [self._of_row(line, others_are_named=named_rows) for line in dating.rows],
            [self._of_column(line, others_are_named=named_columns) for line in dating.columns],
        )

    def _of_row(self, line: Line, *, others_are_named: bool) -> Reason | None:
        if line.is_aside and not self._is_name(line):
            return REASONS.get(line.role or Role.COMMENT, Reason.CHECK)
        return Reason.CHECK if line.is_unlabelled and line.basis is None and others_are_named else None

    def _of_column(self, line: Line, *, others_are_named: bool) -> Reason | None:
        role = self.role or line.role
        if role in ASIDE:
            return REASONS.get(role, Reason.CHECK)
        return Reason.CHECK if line.is_unlabelled and others_are_named else None

    def _is_name(self, line: Line) -> bool:
        """Whether a label such as "Budget profiled" is the name of an indicator, whatever its words are elsewhere."""
        return bool(line.path) and bool(self.lexicon.senses(tidy(line.path[-1].cell.shown))[1])

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
                if column not in values or not row.holds_figures:
                    self._aside(sheet, row.cells[column], outside.get(column, Reason.LABEL))

    def _aside(self, sheet: str | None, cell: Cell, reason: Reason) -> None:
        self.asides.append(Aside(Spot(sheet, cell.address), cell.shown, reason))


class _Taking:
    """Goes through the cells of one table; what is the same for a whole row or column is worked out once."""

    def __init__(self, reader: Reader, table: Table, dating: Dating, title: str, due: Period | None) -> None:
        self.reader, self.table, self.dating, self.title, self.due = reader, table, dating, title, due
        self.sheet = table.grid.sheet.name
        self.row_reasons, column_reasons = reader.reasons(dating)
        self.columns = [(line.number, reason) for line, reason in zip(dating.columns, column_reasons, strict=True)]
        self.headings = [tuple(tidy(word.cell.shown) for word in line.path) for line in dating.columns]
        self.row_names = _numbered([(line.names, line.code, line.part) for line in dating.rows])
        self.column_names = _numbered([(line.names, line.part) for line in dating.columns])
        self.found: dict[tuple[int, int], Found] = {}  # by the names of its row and of its column
        self.comments = _comments(table)

    def row(self, place: int, row: Row) -> None:
        """The cells of one row."""
        down = self.dating.rows[place]
        label = tidy(down.path[-1].cell.shown) if down.path and not down.is_unlabelled else ""
        comment = next((row.cells[column] for column in self.comments if column in row.cells), None)
        outside = self.row_reasons[place]
        for column, (number, own) in enumerate(self.columns):
            cell, reason = row.cells.get(number), outside or own
            if cell is None:
                if reason or not self._is_due(place, column):
                    continue
                cell = Cell(row.number, number, Kind.BLANK)
            look = row.looks.get(number, _MARK)
            if look in _NO_FIGURE:
                continue
            if reason:
                self._set_aside(cell, look, reason)
            else:
                self._take(cell, place, column, label, comment)

    def _is_due(self, place: int, column: int) -> bool:
        """Whether a blank cell stands where a figure of the return's own quarter should."""
        if self.due is None or self.dating.rows[place].is_unlabelled or self.dating.columns[column].is_unlabelled:
            return False
        dated = self.dating.of(place, column)
        return dated.period == self.due and dated.basis is None

    def _set_aside(self, cell: Cell, look: Look, reason: Reason) -> None:
        if look is Look.FIGURE:
            self.reader.asides.append(Aside(Spot(self.sheet, cell.address), cell.shown, reason))

    def _take(self, cell: Cell, place: int, column: int, label: str, comment: Cell | None) -> None:
        down, across = self.dating.rows[place], self.dating.columns[column]
        names = self.row_names[place], self.column_names[column]
        one = self.found.get(names)
        if one is None:
            one = self.found[names] = found(self.table, self.title, down, across)
            self.reader.found.append(one)
        dated = self.dating.of(place, column)
        part = across.part or down.part
        said_in = self.dating.said_in(place, column, dated) if dated.unsure else ""
        meaning, heading = _meaning(cell), self.headings[column]
        one.figures.append(made_figure((cell, cell.address, meaning, dated, label, heading, part, comment, said_in)))


def _numbered(names: Sequence[Hashable]) -> list[int]:
    """For each name the place at which it first stands, so that the same names have the same number."""
    first: dict[Hashable, int] = {}
    return [first.setdefault(name, place) for place, name in enumerate(names)]


def _meaning(cell: Cell) -> Meaning:
    """What a cell says, before it is known what it counts."""
    try:
        return cells.number(cell)
    except Unreadable:
        return Meaning(None, Status.ERROR)


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
    above, row = table.rows[:place], table.rows[place]
    for column in table.values:
        parts = [_meaning(one.cells[column]).value for one in above if column in one.cells]
        own = _meaning(row.cells[column]).value if column in row.cells else None
        if own is not None and len(parts) > 1 and sum((part or 0 for part in parts), Decimal(0)) == own:
            return True
    return False


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
