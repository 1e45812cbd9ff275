"""How a workbook was read, table by table, for a person: what was understood, why, and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from imports.cells import plain
from imports.reading import Observation, Problem, Reading
from imports.series import Reason, Series, TableSeen
from imports.sheets import Spot
from imports.tally import REASONS, Tally, tally
from imports.workbook.addresses import lies_within

LAYOUTS = {
    "template": "the return workbook",
    "long": "one row a figure",
    "tables": "tables of its own",
}
MOST_CELLS = 6  # named one by one

Seen = Mapping[Spot, Observation]


def explained(reading: Reading) -> Iterator[str]:
    """What was understood of a workbook and why, in lines of text."""
    if reading.workbook is not None and reading.layout is not None:
        yield f"{reading.file}: {reading.workbook.format}, laid out as {LAYOUTS[reading.layout]}."
        seen = {one.spot: one for one in reading.observations}
        for table in reading.tables:
            yield from _table(table, [series for series in reading.series if _is_within(series, table)], seen)
        for series in reading.series if not reading.tables else ():
            yield from _series(series, seen)
        yield from _numbers(tally(reading))
    yield from _problems(reading.problems)


def _table(table: TableSeen, several: Sequence[Series], seen: Seen) -> Iterator[str]:
    where = f"{table.sheet}!{table.first}:{table.last}" if table.sheet else f"{table.first}:{table.last}"
    yield ""
    yield f"Table {where}" + (f" “{table.title}”" if table.title else "")
    for sentence in table.told:
        yield f"  {sentence}"
    for series in several:
        yield from _series(series, seen)


def _is_within(series: Series, table: TableSeen) -> bool:
    """Whether a row or column of figures belongs to a table, by its first figure."""
    first = series.cells[0]
    return first.sheet == table.sheet and lies_within(first.cell, table.first, table.last)


def _series(series: Series, seen: Seen) -> Iterator[str]:
    yield f"  {series.place.cell} “{series.label}”: {_meaning(series)}"
    if series.why:
        yield f"      {series.why}"
    if figures := ", ".join(_figures(series, seen)):
        yield f"      {figures}"


def _meaning(series: Series) -> str:
    if series.not_ours:
        return "not for this return"
    if series.sense:
        category = f", {series.sense.category}" if series.sense.category else ""
        return f"{series.sense.code} {series.sense.part}{category} ({series.match}, {series.confidence})"
    likely = [f"{one.sense.code} {one.sense.part} ({one.confidence})" for one in series.candidates[:3]]
    return f"to be asked; likely {' or '.join(likely)}" if likely else "to be asked"


def _figures(series: Series, seen: Seen) -> Iterator[str]:
    """The first figures, each with its cell, its period and what it says."""
    for place in series.cells[:MOST_CELLS]:
        if one := seen.get(place):
            period = one.period.key if one.period else "no period"
            said = plain(one.value) if one.value is not None else one.status
            yield f"{place.cell} {period} {one.basis} = {said}"
    if len(series.cells) > MOST_CELLS:
        yield f"and {len(series.cells) - MOST_CELLS} more"


def _numbers(found: Tally) -> Iterator[str]:
    """What became of every number of the workbook."""
    others = {**found.others, **({Reason.UNKNOWN: found.unknown} if found.unknown else {})}
    figures, unknown = len(found.figures), len(found.unknown)
    yield ""
    yield (
        f"{found.numbers} numbers in all: {figures} figures, {found.numbers - figures - unknown} that are no figures, "
        f"{unknown} not understood."
    )
    for reason, spots in others.items():
        cells = ", ".join(map(str, spots[:MOST_CELLS]))
        more = f" and {len(spots) - MOST_CELLS} more" if len(spots) > MOST_CELLS else ""
        yield f"  {len(spots)} {REASONS[reason]}: {cells}{more}"


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        yield ""
    for found in problems:
        where = str(found.spot)
        yield f"{found.severity}: {f'{where}: ' if where else ''}{found.message}"
