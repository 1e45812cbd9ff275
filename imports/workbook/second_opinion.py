"""A second reader's opinion of every number. Where two readers differ, somebody has to look.

Runs only after our own reader has read the file, and only over sheets small enough to be laid out in full:
the second reader takes memory for every cell of the used range, empty or not.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

import python_calamine

from imports.kinds import Severity
from imports.sheets import Problem, Sheet, Workbook
from imports.workbook import limits
from imports.workbook.opened import Opened

CLOSE = Decimal("1e-12")  # relative; both readers start from the same digits
PANIC = "PanicException"  # has no importable name, and is not an Exception
Rows = Sequence[Sequence[object]]


def second_opinion(content: bytes, opened: Opened) -> tuple[Problem, ...]:
    """A warning for each number the second reader reads otherwise; none where it cannot read the file."""
    if opened.area is None or opened.area > limits.SECOND_OPINION_AREA:
        return ()
    try:
        return tuple(islice(_differences(content, opened.workbook), limits.SECOND_OPINION_PROBLEMS))
    except python_calamine.CalamineError:
        return ()
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        return ()


def _differences(content: bytes, workbook: Workbook) -> Iterator[Problem]:
    other = python_calamine.load_workbook(io.BytesIO(content))
    for sheet in workbook.sheets:
        rows = other.get_sheet_by_name(sheet.name or "").to_python(skip_empty_area=False)
        yield from _differing(sheet, rows)


def _differing(sheet: Sheet, rows: Rows) -> Iterator[Problem]:
    numbers = [cell for cell in sheet.cells.values() if isinstance(cell.value, Decimal)]
    for cell in numbers:
        row, column = cell.row, cell.column
        line = rows[row - 1] if row <= len(rows) else ()
        found = line[column - 1] if column <= len(line) else None
        if not _agrees(cell.value, found):
            yield Problem(
                "second-opinion",
                Severity.WARNING,
                f"The cell {cell.address} of the sheet {sheet.name} was read as {cell.shown}, "
                f"but a second reader found {_words(found)}. Open the workbook and check this figure.",
                sheet.name,
                cell.address,
            )


def _agrees(value: object, found: object) -> bool:
    """Whether both are the same number. Dates and times are a matter of format, not of the number."""
    if isinstance(found, float | int) and isinstance(value, Decimal):
        return found == value or abs(Decimal(found) - value) <= CLOSE * abs(value)
    return found is not None and not isinstance(found, str)


def _words(found: object) -> str:
    return "nothing" if found in (None, "") else str(found)[:80]
