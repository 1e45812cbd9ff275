"""Finds the tables on a sheet: the rows with headings, the columns with labels, and the figures between them.

Goes by where words and figures stand, never by what is counted. Several tables may follow one another or stand
side by side; a blank row or column alone does not end one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from imports.cells import LONGEST_FIGURE, tidy
from imports.tables import saying
from imports.tables.details import is_detail
from imports.tables.grid import Grid, Look, Row
from imports.tables.saying import ASIDE, Role

MOST_HEADINGS = 6  # rows
MOST_LOOKED_AT = 12  # rows beneath a heading, to know which columns hold figures
LONGEST_HEADING = 160  # characters
GAP = 1  # blank rows between the headings and the figures
FAR_ABOVE = 5  # blank rows between figures and headings that stand over most of their columns
FAR = 2  # blank rows after which other columns are another table


@dataclass(frozen=True)
class Table:
    """A table of a sheet. Columns and rows are numbered from 1."""

    grid: Grid
    headings: tuple[Row, ...]  # outermost first
    body: tuple[Row, ...]  # rows with figures, and the rows of words between them
    labels: tuple[int, ...]  # columns that say what a row is
    values: tuple[int, ...]  # columns with figures
    above: tuple[Row, ...]  # rows of words over the headings, nearest first, since the table before
    far: tuple[Row, ...] = ()  # rows of words over the tables before it, nearest first

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows with figures, and those in which words stand where figures should: "twelve"."""
        return tuple(row for row in self.body if self._has_own_figures(row) or self._holds_words_instead(row))

    def _has_own_figures(self, row: Row) -> bool:
        wanted = (Look.FIGURE, Look.MARK)
        return row.holds_figures and any(row.looks.get(column) in wanted for column in self.values)

    def _holds_words_instead(self, row: Row) -> bool:
        instead = [column for column in row.words if column in self.values and _is_for_figures(self.heading_of(column))]
        named = any(column in row.words for column in self.labels)
        return named and bool(instead) and all(len(row.cells[column].shown) <= LONGEST_FIGURE for column in instead)

    @cached_property
    def first(self) -> tuple[int, int]:
        """The row and column in which it begins, headings and labels included."""
        rows = (*self.headings, *self.body)
        return rows[0].number, min((*self.labels, *self.values))

    @property
    def last(self) -> tuple[int, int]:
        """The row and column in which it ends."""
        return self.body[-1].number, max((*self.labels, *self.values))

    def heading_of(self, column: int) -> str:
        """The words right above a column, innermost; "" without any."""
        for row in reversed(self.headings):
            if column in row.cells and not row.has_column_numbers:
                return tidy(row.cells[column].shown)
        return ""


def tables(grid: Grid) -> Iterator[Table]:
    """The tables of a sheet, from top to bottom and from left to right."""
    done = 0
    far: tuple[Row, ...] = ()
    for headings, body in _blocks(grid.rows):
        first = (headings or body)[0].number
        above = tuple(row for row in reversed(grid.rows) if done < row.number < first)
        done = body[-1].number
        for table in _side_by_side(grid, headings, body, above):
            yield replace(table, far=far)
        far = (*above, *far)


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[tuple[Row, ...], tuple[Row, ...]]]:
    """Heading rows and the rows beneath them, down to the next table's headings."""
    starts: list[int] = []
    for index, row in enumerate(rows):
        if row.holds_figures and _begins(rows, index, starts):
            starts.append(index)
    found = [(start, _headings(rows, start)) for start in starts]
    edges = [rows.index(headings[0]) if headings else start for start, headings in found]
    for (start, headings), after in zip(found, [*edges[1:], len(rows)], strict=True) if found else ():
        body = list(rows[rows.index(headings[-1]) + 1 if headings else start : after])
        while body and not body[-1].holds_figures and not _follows(body):
            body.pop()
        yield tuple(headings), tuple(body)


def _follows(body: Sequence[Row]) -> bool:
    """Whether the last of some rows has words in several columns right beneath a row with figures."""
    if len(body) < 2 or len(body[-1].words) < 2:
        return False
    return body[-2].holds_figures and body[-1].number == body[-2].number + 1


def _begins(rows: Sequence[Row], index: int, starts: Sequence[int]) -> bool:
    """Whether a row with figures is the first of a table; `starts` are those of the tables above it."""
    row = rows[index]
    far = index > 0 and row.number - rows[index - 1].number > FAR
    if index and rows[index - 1].holds_figures and not far:
        return False
    if not starts or (_headings(rows, index) and not _is_below_words(rows, index, starts[-1])):
        return True
    return far and set(row.figures).isdisjoint(_columns_around(rows, index))


def _is_below_words(rows: Sequence[Row], index: int, start: int) -> bool:
    """Whether right above a row, amid others, words stand where figures should: they are no headings of its own."""
    above, headings = _headings(rows, index), _headings(rows, start)
    before = rows[index - len(above) - 1]
    if not before.holds_figures or rows[index].number - before.number > len(above) + 1:
        return False
    texts = [(_name(headings, column), row.cells[column].shown) for row in above for column in row.words[1:]]
    return bool(texts) and all(
        len(text) <= LONGEST_FIGURE and _is_for_figures(heading) and _names_something(text) for heading, text in texts
    )


def _is_for_figures(heading: str) -> bool:
    """Whether a heading says that figures stand beneath it: a period, a total, "actual"."""
    said = saying.of_heading(heading)
    return said.role is None and (said.period is not None or (heading != "" and said.rest == ""))


def _names_something(text: str) -> bool:
    """Whether a text is words of no other meaning in a heading."""
    said = saying.of_heading(text)
    return said.rest != "" and (said.period, said.role, said.basis, said.part) == (None, None, None, None)


def _columns_around(rows: Sequence[Row], index: int) -> set[int]:
    return {column for row in rows[max(0, index - MOST_LOOKED_AT) : index] for column in (*row.figures, *row.marks)}


def _headings(rows: Sequence[Row], start: int) -> list[Row]:
    """The rows of headings above a row with figures, outermost first; names of sections may stand between."""
    values = _value_columns(rows, start)
    found: list[Row] = []
    below, far = rows[start], False
    for row in reversed(rows[max(0, start - MOST_HEADINGS) : start]):
        gap = below.number - row.number - 1
        far = far or gap > GAP
        if row.holds_figures or gap > FAR_ABOVE or (gap and found):
            break
        if _is_heading(row, values, rows[start]) and (not far or _heads_figures(row, values)):
            found.insert(0, row)
        elif found or (values and max(row.cells) >= min(values)) or is_detail(row, rows[start]):
            break
        below = row
    return found


def _heads_figures(row: Row, values: set[int]) -> bool:
    """Whether a row stands over the columns with figures, however far above: over several, and over half of them."""
    over = values.intersection(row.heads)
    return len(over) > 1 and 2 * len(over) >= len(values)


def _value_columns(rows: Sequence[Row], start: int) -> set[int]:
    """The columns in which the rows from here on hold figures, right of what labels the rows."""
    looked_at: list[Row] = []
    for row in rows[start : start + MOST_LOOKED_AT]:
        if row.holds_figures:
            looked_at.append(row)
    label = _principal(looked_at)
    return {column for row in looked_at for column in (*row.figures, *row.marks) if column > label}


def _principal(rows: Sequence[Row]) -> int:
    """The leftmost column with words in half of the rows or more; the first with anything where none has."""
    counts: dict[int, int] = {}
    for row in rows:
        for column in row.words:
            counts[column] = counts.get(column, 0) + 1
    usual = [column for column, count in counts.items() if 2 * count >= len(rows)]
    if usual:
        return min(usual)
    return min(min(row.cells) for row in rows) if _years_in_front(rows) or counts else 0


def _years_in_front(rows: Sequence[Row]) -> bool:
    """Whether the rows are labelled by years alone: 2010, 2011, 2012."""
    first = min(min(row.cells) for row in rows)
    found = [row.cells[first].shown for row in rows if first in row.cells]
    return len(found) == len(rows) > 1 and len(set(found)) == len(found) and all(_is_year(text) for text in found)


def _is_year(text: str) -> bool:
    said = saying.of_heading(text)
    return said.period is not None and said.period.is_year and not said.rest


def _is_heading(row: Row, values: set[int], first: Row) -> bool:
    """Whether a row names columns of figures; `first` is the first row with figures beneath it."""
    if not values:
        return False
    if row.has_column_numbers:
        return True
    heads = [column for column in row.heads if min(values) <= column <= max(values)]
    if not heads or any(len(row.cells[column].shown) > LONGEST_HEADING for column in heads):
        return False
    return not is_detail(row, first) and (not values.isdisjoint(heads) or len(heads) > 1)


def _side_by_side(
    grid: Grid, headings: tuple[Row, ...], body: tuple[Row, ...], above: tuple[Row, ...]
) -> Iterator[Table]:
    """The tables that stand next to one another in the same rows."""
    columns = sorted({column for row in (*headings, *body) for column in row.cells})
    starts = _starts(headings, body, columns)
    for first, after in zip(starts, [*starts[1:], columns[-1] + 1], strict=True):
        table = _table(grid, headings, body, above, [column for column in columns if first <= column < after])
        if table.values and (headings or any(row.figures for row in table.body)):
            yield table


def _starts(headings: Sequence[Row], body: Sequence[Row], columns: Sequence[int]) -> list[int]:
    """The first column of each table: the first of all, and each column of labels that has figures on both sides."""
    rows = [row for row in body if row.holds_figures]
    starts, figures_before = [columns[0]], False
    names = {column: _name(headings, column) for column in columns}
    figures: set[int] = set().union(*(row.figures for row in rows))
    for column in columns[1:]:
        if column in figures:
            figures_before = True
            continue
        words = sum(row.looks.get(column) is Look.WORDS for row in rows)
        own = names[column]
        repeated = own and own == names[starts[-1]]
        apart = column - 1 not in columns
        labels = 2 * words > len(rows) and saying.of_heading(own).role not in ASIDE
        if labels and figures_before and (repeated or apart) and column < max(figures):
            starts.append(column)
            figures_before = False
    return starts


def _name(headings: Sequence[Row], column: int) -> str:
    return next((tidy(row.cells[column].shown) for row in reversed(headings) if column in row.cells), "")


def _table(
    grid: Grid, headings: tuple[Row, ...], body: tuple[Row, ...], above: tuple[Row, ...], columns: list[int]
) -> Table:
    rows = [row for row in body if row.holds_figures and not row.cells.keys().isdisjoint(columns)]
    own = [narrowed(row, columns) for row in rows]
    label = _principal([row for row in own if row.cells]) if own else columns[0]
    labels = [column for column in columns if column <= label or _labels_too(headings, own, column, label)]
    first = min((column for column in columns if column not in labels and _has_figures(own, column)), default=0)
    labels = [column for column in labels if column < first]
    values = [column for column in columns if column >= first > 0 and _may_hold_figures(headings, own, column)]
    kept = tuple(narrowed(row, columns) for row in body if not row.cells.keys().isdisjoint(columns))
    return Table(grid, headings, kept or body, tuple(labels), tuple(values), above)


def narrowed(row: Row, columns: Collection[int]) -> Row:
    """What of a row stands in some columns."""
    if row.cells.keys() <= set(columns):
        return row
    cells = {column: cell for column, cell in row.cells.items() if column in columns}
    return Row(row.number, cells, {column: row.looks[column] for column in cells}, row.wide)


def _labels_too(headings: Sequence[Row], rows: Sequence[Row], column: int, label: int) -> bool:
    """Whether a column right of the labels says more of its row: a definition, a unit, a month."""
    if column <= label or not any(column in row.words for row in rows):
        return False
    numbers = saying.of_heading(_name(headings, column)).role in (Role.REFERENCE, Role.UNIT, Role.LABEL)
    return numbers or not any(column in row.figures for row in rows)


def _has_figures(rows: Sequence[Row], column: int) -> bool:
    return any(column in row.figures or column in row.marks for row in rows)


def _may_hold_figures(headings: Sequence[Row], rows: Sequence[Row], column: int) -> bool:
    """Whether a column holds figures, or would where they are all missing; not one of words or single marks."""
    if any(column in row.figures for row in rows):
        return True
    name = _name(headings, column)
    has_words = any(column in row.words for row in rows)
    says_period = saying.of_heading(name).period is not None
    return bool(name) and (says_period or not has_words) and any(column in row.marks for row in rows)
