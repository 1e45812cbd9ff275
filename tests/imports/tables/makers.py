"""Sheets in memory, written as a provider would see them, and what is understood of them.

A row is a tuple of what stands in it from column A on; None is an empty cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from imports.periods import Period
from imports.read import understand
from imports.reading import Basis, Cell, Expected, Kind, Observation, Reading, Sheet, Workbook
from imports.series import NOTHING_KNOWN, Profile, Reason, Series
from imports.tables.finding import Table, tables
from imports.tables.grid import Grid, grid_of
from tests.imports.vocabulary import VOCABULARY, expected

_KINDS = ((bool, Kind.BOOLEAN), (date, Kind.DATE), (str, Kind.TEXT))
_ERRORS = frozenset({"#REF!", "#DIV/0!"})
CALLS = "Helpline calls answered"
UNCALCULATED = object()  # a formula whose result was never stored


def at(address: str) -> tuple[int, int]:
    """Row and column of an address of one letter: (7, 5) of "E7"."""
    return int(address[1:]), ord(address[0]) - ord("A") + 1


def sheet(
    *rows: tuple,
    name: str | None = "Hub",
    merges: Iterable[str] = (),
    hidden: Collection[str] = (),
    formats: Mapping[str, str] | None = None,
) -> Sheet:
    """A sheet of rows; `merges` such as "B1:D1", `hidden` cells and `formats` by address."""
    ranges = tuple((*at(merge.split(":")[0]), *at(merge.split(":")[1])) for merge in merges)
    under = {
        (row, column)
        for top, left, bottom, right in ranges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    cells = {}
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                cell = _cell(number, column, value)
                cell = cell._replace(hidden=cell.address in hidden, under_merge=(number, column) in under)
                cells[number, column] = cell._replace(number_format=(formats or {}).get(cell.address, "General"))
    return Sheet(name, cells, merges=ranges)


def _cell(row: int, column: int, value: object) -> Cell:
    if value is UNCALCULATED:
        return Cell(row, column, Kind.UNCALCULATED, None, "=A1", formula="=A1")
    if value in _ERRORS:
        return Cell(row, column, Kind.ERROR, str(value), str(value))
    for python, kind in _KINDS:
        if isinstance(value, python):
            return Cell(row, column, kind, value, value.isoformat() if kind is Kind.DATE else str(value))
    return Cell(row, column, Kind.NUMBER, Decimal(str(value)), str(value))


def grid(*rows: tuple, **how: object) -> Grid:
    return grid_of(sheet(*rows, **how))


def found(*rows: tuple, **how: object) -> list[Table]:
    """The tables of one sheet."""
    return list(tables(grid(*rows, **how)))


def read(
    *sheets: Sheet, due: Period | None = None, profile: Profile = NOTHING_KNOWN, filename: str = "", codes: tuple = ()
) -> Reading:
    """What is understood of a workbook; `due` and `codes` make it a return for that quarter that owes them."""
    wanted: Expected | None = expected(due, codes=codes, previous={}) if due else None
    workbook = Workbook("xlsx", sheets)
    return understand(workbook, VOCABULARY, wanted, profile=profile, filename=filename)


def figures(reading: Reading) -> dict[str, Observation]:
    """The figures by address. Of one sheet only."""
    return {seen.cell: seen for seen in reading.observations}


def periods(reading: Reading) -> dict[str, str]:
    """The period of each figure, as a key; "ytd" and "total" stand beside it where it is one."""
    return {seen.cell: _said(seen.period, seen.basis) for seen in reading.observations}


def _said(period: Period | None, basis: Basis) -> str:
    key = period.key if period else "?"
    return key if basis is Basis.PERIOD else f"{key} {basis.value}"


def values(reading: Reading) -> dict[str, Decimal | None]:
    return {seen.cell: seen.value for seen in reading.observations}


def meanings(reading: Reading) -> dict[str, str | None]:
    """The indicator of each figure by address; None where nobody can be sure."""
    return {seen.cell: seen.indicator for seen in reading.observations}


def asides(reading: Reading) -> dict[str, Reason]:
    """Why each other number is none, by address."""
    return {aside.place.cell: aside.reason for aside in reading.asides}


def labels(reading: Reading) -> list[str]:
    """How each row or column of figures is called."""
    return [series.label for series in reading.series]


def rules(reading: Reading) -> list[str]:
    return [problem.rule for problem in reading.problems]


def one(reading: Reading, label: str) -> Series:
    (series,) = [series for series in reading.series if series.label == label]
    return series


def told(reading: Reading) -> tuple[str, ...]:
    """What is told of the only table."""
    (table,) = reading.tables
    return table.told


def sentence(reading: Reading, rule: str) -> str:
    """The message of the only problem of a rule."""
    (message,) = [problem.message for problem in reading.problems if problem.rule == rule]
    return message


def periods_across(*headings, above=(), how=None, **more):
    """The periods of one row of figures, from left to right."""
    figures = range(1, len(headings) + 1)
    table = sheet(*above, ("Indicator", *headings), (CALLS, *figures), **more)
    return list(periods(read(table, **(how or {}))).values())


def periods_down(*labels, corner="Period", **how):
    """The periods of one column of figures, from top to bottom."""
    rows = [(label, number) for number, label in enumerate(labels, start=1)]
    return list(periods(read(sheet((corner, CALLS), *rows), **how)).values())
