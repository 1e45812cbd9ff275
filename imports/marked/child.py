"""The process in which a workbook from outside is marked: a plan and the file come in, the marked one goes out.

Started by `imports.marked.giving` under the same bounds as the process that reads.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

if __name__ == "__main__":  # pragma: no cover - the child itself
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from imports.child import limit
from imports.marked.in_place import marked
from imports.marked.plan import GIVEN, REFUSED, Plan, heard
from imports.workbook.opening import read_first
from imports.workbook.refusal import Refusal, Refused


def main(arguments: list[str]) -> None:
    """Answer standard input on standard output."""
    limit(json.loads(arguments[0]))
    plan = heard(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), plan))


def answer(content: bytes, plan: Plan) -> bytes:
    """The marked workbook, or why there is none."""
    try:
        if plan.copied:
            content, plan = _copied(content, plan)
        return GIVEN + marked(content, plan)
    except Refused as refused:
        return REFUSED + json.dumps([refused.refusal.rule, refused.refusal.message]).encode("ascii")


def _copied(content: bytes, plan: Plan) -> tuple[bytes, Plan]:
    """An Excel copy of a file of another kind, and the plan in the words of its sheets."""
    from imports.marked.converted import copy_of

    opened = read_first(content)
    if isinstance(opened, Refusal):
        raise Refused(opened.rule, opened.message)
    copy, names = copy_of(opened.workbook)
    rows = tuple(replace(row, sheet=names.get(row.sheet, row.sheet) if row.cell else row.sheet) for row in plan.rows)
    comments = {names[sheet]: said for sheet, said in plan.comments.items()}
    return copy, replace(plan, rows=rows, comments=comments, ours=names.get(plan.ours or "no sheet"))


if __name__ == "__main__":  # pragma: no cover - the child itself
    main(sys.argv[1:])
