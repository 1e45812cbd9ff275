"""The summary for the command line, as the JSON that other programs read. Its fields are stable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dacommission.commissioning.models import Arrangement, Contract
from dacommission.db import db
from dacommission.summaries import narrative
from dacommission.summaries.document import Document, Figure, Paragraph, Table, from_json
from dacommission.summaries.live import live
from dacommission.summaries.models import Release, Summary
from dacommission.summaries.provenance import Traced, traced
from dacommission.summaries.quality import DISCREPANCIES
from dacommission.web.clock import today
from imports.periods import Period


class NoSummary(Exception):
    """There is nothing to print; the sentence says what is missing."""


def summary_json(period: Period, *, reader: str = "commissioner") -> dict[str, Any]:
    """`figures`, `paragraphs` and `discrepancies`: live for a commissioner, as released for the board.

    Raises NoSummary.
    """
    return _released(period) if reader == "board" else _live(period)


def _live(period: Period) -> dict[str, Any]:
    summary = db.session.scalar(_of_period(period)) or _unsaved(period)
    document = live(summary, today=today()).document
    figures = _with_counts(document.figures)
    found = traced(number for figure in figures for number in figure.sources)
    return {
        "figures": [_figure(figure, found, exact=True) for figure in figures],
        "paragraphs": _paragraphs(document),
        "discrepancies": list(_discrepancies(document)),
    }


def _released(period: Period) -> dict[str, Any]:
    query = (
        select(Release)
        .join(Summary)
        .where(Summary.period_key == period.key, Release.withdrawn_at.is_(None))
        .order_by(Release.released_at.desc(), Release.number.desc(), Release.id)
    )
    release = db.session.scalars(query).first()
    if release is None:
        raise NoSummary(f"No summary of {period.label} has been released to the Board.")
    document = from_json(release.content)
    figures = _with_counts(document.figures)
    found = traced(number for figure in figures for number in figure.sources)
    return {
        "figures": [_figure(figure, found, exact=False) for figure in figures],
        "paragraphs": _paragraphs(document),
        "discrepancies": list(_discrepancies(document)),
    }


def _discrepancies(document: Document) -> Iterator[dict[str, Any]]:
    """Stated totals that do not add up, as the document shows them; a withheld number is null."""
    tables = [b for b in document.blocks if isinstance(b, Table) and b.title == DISCREPANCIES]
    for row in (row for table in tables for row in table.rows):
        stated, computed, difference = (cell for cell in row.cells if isinstance(cell, Figure))
        yield {
            "series": row.heading.rpartition(", ")[0],
            "period": difference.period,
            "stated": _number(stated.value),
            "computed": _number(computed.value),
            "difference": _number(difference.value),
        }


def _of_period(period: Period) -> Any:
    return select(Summary).where(Summary.period_key == period.key).order_by(Summary.arrangement_id, Summary.id)


def _unsaved(period: Period) -> Summary:
    """What a summary of the arrangement that runs in the period would be, were it started now."""
    query = (
        select(Arrangement)
        .join(Contract)
        .where(Contract.starts_on <= period.start, Contract.ends_on >= period.end)
        .order_by(Arrangement.starts_on, Arrangement.id)
    )
    arrangement = db.session.scalars(query).first()
    if arrangement is None:
        raise NoSummary(f"No joint arrangement with a contract runs through {period.label}.")
    return Summary(arrangement=arrangement, period_key=period.key, narrative=narrative.default(period.kind))


def _with_counts(figures: Iterable[Figure]) -> list[Figure]:
    """Figures that are numbers, and the counts beneath the rates."""
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.part in ("change", "rating"):
            continue
        found[figure.key] = figure
        for count in figure.of if figure.kind == "rate" else ():
            found.setdefault(count.key, count)
    return list(found.values())


def _figure(figure: Figure, found: dict[int, Traced], *, exact: bool) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "part": figure.part,
        "breakdown": figure.breakdown,
        "category": figure.category,
        "period": figure.period,
        "value": _number(figure.value),
        "text": figure.text,
        "unit": figure.unit,
        "status": figure.status,
        "complete": figure.complete,
        "sources": [_source(found[number], exact=exact) for number in figure.sources if number in found],
    }


def _source(one: Traced, *, exact: bool) -> dict[str, Any]:
    value = _number(one.value) if exact else None
    return {"sha256": one.sha256, "sheet": one.sheet, "cell": one.cell, "value": value}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]
