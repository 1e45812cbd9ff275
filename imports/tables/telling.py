"""How a table was understood, in sentences for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sized

from imports.reading import column_letters
from imports.series import TableSeen
from imports.sheets import Spot
from imports.tables import context
from imports.tables.dating import Dating
from imports.tables.finding import Table
from imports.tables.lines import Line

MOST_NAMED = 4


def told(table: Table, dating: Dating) -> TableSeen:
    """Where a table stands and what was understood of it."""
    sheet, (top, left), (bottom, right) = table.grid.sheet.name, table.first, table.last
    return TableSeen(
        sheet=sheet,
        title=context.title(table),
        first=Spot.at(sheet, top, left).cell,
        last=Spot.at(sheet, bottom, right).cell,
        headings=tuple(row.number for row in table.headings),
        labels=tuple(map(column_letters, table.labels)),
        told=tuple(_sentences(table, dating)),
    )


def _sentences(table: Table, dating: Dating) -> Iterator[str]:
    headings = _listed([str(row.number) for row in table.headings])
    where = f"Headings stand in {_plural('row', table.headings)} {headings}" if headings else "It has no headings"
    labels = _listed([column_letters(column) for column in table.labels])
    yield f"{where}; labels in {_plural('column', table.labels)} {labels}." if labels else f"{where}."
    yield from _periods(dating)
    yield from _kept_out(dating)


def _periods(dating: Dating) -> Iterator[str]:
    """Where the figures' periods come from, and which they are."""
    across = any(line.parts for line in dating.columns if not line.is_aside)
    down = any(line.parts for line in dating.rows if not line.is_aside)
    places = [name for name, said in (("headings", across), ("labels", down)) if said]
    around = dating.around
    if not places:
        yield f"The period, {around[0]}, is that of {around[1].where}." if around else "Nothing says its period."
        return
    yield f"The periods stand in its {' and its '.join(places)}{_year_from(dating)}: {_known(dating)}."


def _year_from(dating: Dating) -> str:
    """From where the year comes, where the headings and labels name none."""
    parts = [part for line in (*dating.rows, *dating.columns) for part in line.parts]
    if any(part.period or part.year for part in parts):
        return ""
    around = (*dating.surroundings.found, *dating.surroundings.headings)
    source = next((one for one in around if one.part.period or one.part.year), None)
    return f", the year in {source.where}" if source else ""


def _known(dating: Dating) -> str:
    known = sorted({dated.period for dated in dating.told(with_asides=True) if dated.period})
    if not known:
        return "no year is said"
    return str(known[0]) if len(known) == 1 else f"from {known[0]} to {known[-1]}"


def _kept_out(dating: Dating) -> Iterator[str]:
    """The columns and rows that hold no figures of the return."""
    for what, several in (("column", dating.columns), ("row", dating.rows)):
        asides = [line for line in several if line.is_aside]
        if asides:
            names = _listed([f"“{_name(line)}”" for line in asides[:MOST_NAMED]])
            more = f" and {len(asides) - MOST_NAMED} more" if len(asides) > MOST_NAMED else ""
            yield f"Not figures of the return: the {_plural(what, asides)} {names}{more}."


def _name(line: Line) -> str:
    return " ".join(line.path[-1].said.text.split())[:60] if line.path else str(line.number)


def _plural(word: str, several: Sized) -> str:
    return word if len(several) == 1 else f"{word}s"


def _listed(words: list[str]) -> str:
    """ "A", "A and B", "A, B and C"; "" for none."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
