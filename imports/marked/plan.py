"""What is to be marked in a workbook, as plain values that one process can tell another."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

GIVEN, REFUSED = b"given\n", b"refused\n"  # what an answer begins with


@dataclass(frozen=True, slots=True)
class Row:
    """One point of the added sheet, in words."""

    kind: str  # "Error"
    sheet: str  # "" where the file has no sheets, or it is about the whole file
    cell: str  # "" where it is about a whole sheet or file
    typed: str
    message: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The words for each cell's comment, by sheet ("" for CSV) and address, and every point."""

    file: str
    rows: tuple[Row, ...]
    comments: dict[str, dict[str, str]]
    ours: str | None = None  # the sheet that we added when the workbook was given back before
    fills: dict[str, dict[str, str]] = field(default_factory=dict)  # what the cells marked then had looked like
    copied: bool = False  # whether the file is of another kind, so that a copy of it is given back
    unlisted: int = 0  # points that are too many to list

    def told(self) -> bytes:
        """On one line."""
        return json.dumps(asdict(self), ensure_ascii=True).encode("ascii") + b"\n"


def heard(line: bytes) -> Plan:
    """The plan that was told."""
    plain = json.loads(line)
    return Plan(**{**plain, "rows": tuple(Row(**row) for row in plain["rows"])})
