"""A summary as PDF/UA: its blocks as the template summary.typ reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dacommission.summaries import charts
from dacommission.summaries.document import (
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Notes,
    Paragraph,
    Table,
)
from dacommission.summaries.exports.registry import Imprint, export
from dacommission.web import printing

TEMPLATE = Path(__file__).with_name("summary.typ")


@export("pdf", label="PDF", mimetype="application/pdf")
def to_pdf(document: Document, imprint: Imprint) -> bytes:
    """The document as PDF/UA-1, marked on every page. typst refuses what a screen reader could not read."""
    moment = imprint.made_at
    content = {
        "title": document.title,
        "subtitle": document.subtitle,
        "marking": document.marking,
        "imprint": imprint.words,
        "date": [moment.year, moment.month, moment.day],
        "blocks": [_plain(number, block) for number, block in enumerate(document.blocks)],
    }
    return printing.to_pdf(TEMPLATE, content, moment)


def _plain(number: int, block: Block) -> dict[str, Any]:
    """A block as the template reads it."""
    match block:
        case Heading():
            return {"is": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"is": "paragraph", "pieces": [_words(piece) for piece in block.pieces]}
        case KeyFigures():
            items = [[i.label, i.figure.words, [f.words for f in i.beside]] for i in block.items]
            return {"is": "key-figures", "title": block.title, "items": items}
        case Table():
            return _table(block)
        case Chart():
            drawing = charts.draw(block, anchor=f"chart-{number}")
            alt = f"{block.title}. {charts.describe(block)}"
            return {"is": "chart", "title": block.title, "svg": drawing, "alt": alt} | {
                "table": _table(charts.as_table(block))
            }
        case Notes():
            return {"is": "notes", "title": block.title, "items": list(block.items)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "is": "table",
        "title": table.title,
        "columns": list(table.columns),
        "rows": [[row.heading, *map(_words, row.cells)] for row in table.rows],
        "notes": [*table.notes, *table.remarks],
    }


def _words(piece: Figure | str) -> str:
    return piece.words if isinstance(piece, Figure) else piece
