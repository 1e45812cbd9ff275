"""A document as the templates read it, and the imprint of files that are taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Response
from markupsafe import Markup

from dacommission.accounts.models import User
from dacommission.summaries import charts
from dacommission.summaries.document import NAMES, Block, Chart, Document, Table
from dacommission.summaries.exports import EXPORTS, Imprint, Source
from dacommission.web.words import moment


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with the name of its macro; a chart also drawn and as a table."""

    kind: str
    block: Block
    anchor: str
    drawing: Markup = Markup()
    table: Table | None = None


def shown(document: Document) -> tuple[Shown, ...]:
    """The blocks in order, charts drawn."""
    return tuple(_shown(block, f"part-{number}") for number, block in enumerate(document.blocks, 1))


def _shown(block: Block, anchor: str) -> Shown:
    if isinstance(block, Chart):
        drawing = Markup(charts.draw(block, anchor=anchor))  # noqa: S704 - every text in it is escaped
        return Shown("chart", block, anchor, drawing, charts.as_table(block))
    return Shown(NAMES[type(block)], block, anchor)


def imprint(user: User, at: datetime, origin: str, sources: Mapping[int, Source]) -> Imprint:
    """Who takes a file away, when, and what it is made from."""
    return Imprint(f"{user.name}, {user.organisation.short_name}", at, moment(at), origin, sources)


def file_answer(document: Document, suffix: str, made: Imprint, name: str) -> Response:
    """The document as a file to keep."""
    export = EXPORTS[suffix]
    return Response(
        export.write(document, made),
        mimetype=export.mimetype,
        headers={"Content-Disposition": f'attachment; filename="{name}.{suffix}"'},
    )
