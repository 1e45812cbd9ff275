"""A summary's figures as tidy CSV: one figure a line, for whoever takes them into other programs."""

from __future__ import annotations

from typing import Any

from dacommission.summaries.document import Document, Figure
from dacommission.summaries.exports.registry import Imprint, export, harmless
from imports.periods import Period

COLUMNS = (
    "kpi",
    "name",
    "part",
    "period_start",
    "period_end",
    "dimension",
    "category",
    "numerator",
    "denominator",
    "value",
    "shown",
    "unit",
    "status",
    "coverage",
    "source",
    "imprint",
)

WORDS = ("change", "rating")  # parts of a figure that are words


@export("csv", label="CSV", mimetype="text/csv")
def to_csv(document: Document, imprint: Imprint) -> bytes:
    """Columns as in COLUMNS; UTF-8 with a byte order mark, so that Excel reads it rightly."""
    import pandas

    lines = [_line(figure, imprint) for figure in document.figures if figure.part not in WORDS]
    frame = pandas.DataFrame(lines, columns=list(COLUMNS), dtype=object)
    return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _line(figure: Figure, imprint: Imprint) -> dict[str, Any]:
    period = Period.from_key(figure.period) if figure.period else None
    counts = [part.value for part in figure.of] if figure.kind == "rate" and len(figure.of) == 2 else []
    texts = {
        "kpi": figure.indicator,
        "name": figure.name,
        "part": figure.part,
        "dimension": figure.breakdown or "",
        "category": figure.category or "",
        "shown": figure.text,
        "unit": figure.unit,
        "status": figure.status,
        "coverage": figure.coverage,
        "source": "; ".join(imprint.places(figure)),
        "imprint": imprint.words,
    }
    return {name: harmless(text) for name, text in texts.items()} | {
        "period_start": period.start.isoformat() if period else "",
        "period_end": period.end.isoformat() if period else "",
        "numerator": counts[0] if counts else None,
        "denominator": counts[1] if counts else None,
        "value": figure.value,
    }
