"""Gives a workbook back with its points marked. Another process does it: this one looks at none of the bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from imports.marked.plan import GIVEN, REFUSED
from imports.marked.points import plan_of
from imports.reading import Problem, Workbook
from imports.workbook.refusal import Refusal
from imports.workbook.sandbox import BUSY, Bounds, answer_of

EXCEL = "xlsx"
BOUNDS = Bounds()
CHILD = Path(__file__).with_name("child.py")
NOT_GIVEN = Refusal(
    "not-marked",
    "The points could not be marked in this workbook. Mend it by the list on the page instead, or open it in Excel, "
    "save it as an Excel workbook (.xlsx) and upload it again.",
)


def give_back(
    content: bytes, problems: Iterable[Problem], *, workbook: Workbook, filename: str, bounds: Bounds = BOUNDS
) -> bytes | Refusal:
    """An Excel workbook: the very file with its points marked, or a copy of one of another kind that says so.

    `workbook` is what was opened of the same bytes. Never raises for what a file holds.
    """
    plan = plan_of(problems, workbook, filename, copied=workbook.format != EXCEL)
    said = answer_of(CHILD, plan.told() + content, bounds)
    if said is None:
        return BUSY
    if said.startswith(GIVEN) and len(said) <= bounds.answer:
        return said.removeprefix(GIVEN)
    return _refusal(said.removeprefix(REFUSED)) if said.startswith(REFUSED) else NOT_GIVEN


def _refusal(said: bytes) -> Refusal:
    """Why the other process refused. It is not believed more than that: it may say anything."""
    try:
        rule, message = json.loads(said)
    except (ValueError, TypeError):
        return NOT_GIVEN
    return Refusal(str(rule), str(message))
