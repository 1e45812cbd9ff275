"""From the bytes of an upload to a Reading: the pipeline from top to bottom, and nothing else.

Never raises for what a file holds: whatever is wrong with it is a Problem.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from imports import accounting, headings
from imports.cells import is_figure
from imports.checks import check, said_of_figures
from imports.corrections import Correction, corrected
from imports.headings import Page
from imports.long_form import read_long
from imports.long_table import COLUMNS_WANTED
from imports.marked import is_ours
from imports.matching import Lexicon, lexicon_of
from imports.periods import Period
from imports.reading import (
    Basis,
    Expected,
    Kind,
    Observation,
    Problem,
    Reading,
    Severity,
    Vocabulary,
    Workbook,
)
from imports.series import NOTHING_KNOWN, Aside, Profile, Reason
from imports.sweeping import sweeping_later
from imports.tables import TABLES, read_tables
from imports.tables.grid import is_year
from imports.template_answers import read_template
from imports.workbook import Refusal, open_workbook

MOST_SHEETS_NAMED = 5


@sweeping_later
def read(
    content: bytes,
    *,
    filename: str,
    vocabulary: Vocabulary,
    expected: Expected | None = None,
    profile: Profile = NOTHING_KNOWN,
    corrections: Sequence[Correction] = (),
) -> Reading:
    """What one file says: its figures with their cells, and every problem with its cell.

    The layout is None when the file could not be read; then one error says why. `profile` is what is known of the
    provider's own layout, `corrections` are what somebody typed in the place of figures.
    """
    digest = hashlib.sha256(content).hexdigest()
    opened = open_workbook(content, filename=filename)
    if isinstance(opened, Refusal):
        return Reading(filename, digest, None, problems=(Problem(opened.rule, Severity.ERROR, opened.message),))
    known = understand(opened, vocabulary, expected, profile=profile, corrections=corrections, filename=filename)
    return replace(known, file=filename, sha256=digest)


@sweeping_later
def understand(
    workbook: Workbook,
    vocabulary: Vocabulary,
    expected: Expected | None = None,
    *,
    profile: Profile = NOTHING_KNOWN,
    corrections: Sequence[Correction] = (),
    filename: str = "",
) -> Reading:
    """A Reading of an opened workbook, without its file name and digest; the name may still say the period."""
    lexicon = lexicon_of(vocabulary)
    reading = _laid_out(workbook, lexicon, expected, profile, filename)
    if reading is None:
        asides = accounting.accounted(workbook, (), (), ())
        problems = (*workbook.problems, _unknown_layout(workbook), *accounting.hidden(asides))
        return Reading("", "", None, problems=problems, asides=asides, workbook=workbook)
    asides = accounting.accounted(workbook, reading.observations, reading.passages, reading.asides)
    noticed = _noticed(workbook, reading, asides)
    reading = corrected(replace(reading, asides=asides), corrections, vocabulary, expected.period if expected else None)
    found = check(reading, vocabulary, expected)
    said = said_of_figures((*reading.problems, *noticed), found)
    return replace(reading, problems=(*workbook.problems, *said, *found), workbook=workbook)


def _laid_out(
    workbook: Workbook, lexicon: Lexicon, expected: Expected | None, profile: Profile, filename: str
) -> Reading | None:
    """The figures of the first layout that the workbook has: the return workbook, one row a figure, or any other."""
    theirs = replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if not is_ours(sheet)))
    known = _of_known_layout(theirs, lexicon, expected, profile)
    return known or read_tables(theirs, lexicon, expected, profile, filename)


def _of_known_layout(
    workbook: Workbook, lexicon: Lexicon, expected: Expected | None, profile: Profile
) -> Reading | None:
    """The figures of a workbook whose headings are ones that we give out."""
    pages = [Page(sheet) for sheet in workbook.sheets]
    return read_template(pages, lexicon) or read_long(pages, lexicon, expected, profile)


def _noticed(workbook: Workbook, reading: Reading, asides: Sequence[Aside]) -> Iterator[Problem]:
    """What is said of the numbers that became no figures."""
    if reading.layout == TABLES:
        yield from accounting.hidden(asides)
        yield from accounting.not_understood(asides)
    else:
        yield from _unread_sheets(workbook, reading)


def to_json(reading: Reading) -> dict[str, object]:
    """The reading as plain values: the stable contract of `dacommission read --json`."""
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "observations": [_observation(seen) for seen in reading.observations],
        "problems": [
            {
                "rule": problem.rule,
                "severity": problem.severity.value,
                "sheet": problem.sheet,
                "cell": problem.cell,
                "message": problem.message,
            }
            for problem in reading.problems
        ],
    }


def _observation(seen: Observation) -> dict[str, object]:
    start, end = _dates(seen.period, seen.basis)
    return {
        "sheet": seen.sheet,
        "cell": seen.cell,
        "label": seen.label,
        "heading": list(seen.heading),
        "indicator": seen.indicator or (seen.proposed.code if seen.proposed else None),
        "part": seen.part.value,
        "category": seen.category,
        "period": seen.period.key if seen.period else None,
        "period_start": start.isoformat() if start else None,
        "period_end": end.isoformat() if end else None,
        "basis": seen.basis.value,
        "value": None if seen.value is None else _number(seen.value),
        "status": seen.status.value,
        "shown": seen.shown,
        "match": seen.match.value,
        "confidence": _number(seen.confidence),
    }


def to_lines(reading: Reading) -> Iterator[str]:
    """Each figure and each problem on a line of its own, with its cell."""
    for observation in reading.observations:
        meaning = f"{observation.indicator or '(not recognised)'} {observation.part}"
        period = observation.period.key if observation.period else "no period"
        shown = observation.value if observation.value is not None else observation.status
        yield f"{observation.spot!s:<20} {meaning:<24} {observation.category or '':<16} {period:<8} {shown}"
    for found in reading.problems:
        yield f"{found.severity}: {f'{found.spot}: ' if found.cell else ''}{found.message}"


def _dates(period: Period | None, basis: Basis) -> tuple[date | None, date | None]:
    """The first and last day counted; a figure so far in the year starts on 1 April."""
    if period is None:
        return None, None
    return (period.whole_year.start if basis is Basis.YEAR_TO_DATE else period.start), period.end


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _unread_sheets(workbook: Workbook, reading: Reading) -> Iterator[Problem]:
    """A warning for every sheet that holds numbers of which none was read, where nothing else says why."""
    told = {seen.sheet for seen in reading.observations} | {problem.sheet for problem in reading.problems}
    told |= {passage.sheet for passage in reading.passages}
    told |= {aside.place.sheet for aside in reading.asides if aside.reason is Reason.TEMPLATE}
    for sheet in workbook.sheets:
        numbers = [cell for cell in sheet.cells.values() if cell.kind is Kind.NUMBER]
        if numbers and sheet.name not in told and not is_ours(sheet):
            message = (
                f"The sheet “{sheet.name}” holds numbers ({len(numbers)}) that were not read, because it has no "
                "table of the return. Move what belongs to the return to the other sheets."
            )
            yield Problem("unread-sheet", Severity.WARNING, message, sheet.name, numbers[0].address)


def _unknown_layout(workbook: Workbook) -> Problem:
    """What was found instead of a layout that we know, and what to do."""
    if workbook.sheets and not _has_numbers(workbook):
        message = (
            "This workbook holds no figures: nothing is filled in. Fill it in and upload it again, or send a nil "
            "return if there is nothing to report."
        )
        return Problem("empty-return", Severity.ERROR, message)
    figures = sum(is_figure(cell) for sheet in workbook.sheets for cell in sheet.cells.values())
    numbers = "1 number" if figures == 1 else f"{figures} numbers"
    found = "; ".join(_described(workbook)) or "nothing at all"
    message = (
        f"This file is not laid out in a way that can be read. It holds {found}, and {numbers} in all. "
        "Download the return workbook and copy your figures into it, or send one row a figure with the columns "
        f"{COLUMNS_WANTED}."
    )
    return Problem("unknown-layout", Severity.ERROR, message)


def _has_numbers(workbook: Workbook) -> bool:
    """Whether there is any number besides the names of years."""
    cells = (cell for sheet in workbook.sheets for cell in sheet.cells.values())
    return any(is_figure(cell) and not is_year(cell) for cell in cells)


def _described(workbook: Workbook) -> Iterator[str]:
    """The first sheets, each with the words of its first row of several."""
    for sheet in workbook.sheets[:MOST_SHEETS_NAMED]:
        rows = Page(sheet).rows.values()
        header = next((row for row in rows if len(row) > 1), {})
        words = ", ".join(f"“{headings.text(cell)[:30]}”" for cell in list(header.values())[:MOST_SHEETS_NAMED])
        name = f"the sheet “{sheet.name}”" if sheet.name else "one table"
        yield f"{name} with the headings {words}" if words else f"{name} without headings"
    if len(workbook.sheets) > MOST_SHEETS_NAMED:
        yield f"{len(workbook.sheets) - MOST_SHEETS_NAMED} more sheets"
