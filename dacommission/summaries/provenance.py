"""Where a figure comes from: its definition, the rule it was worked out by, and every cell it rests on."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.indicators.models import Breakdown, Indicator
from dacommission.indicators.worked_out import worked_out
from dacommission.organisations.models import Organisation
from dacommission.returns.corrected import in_file
from dacommission.returns.models import ContextSeries, Return, StoredObservation, Upload
from dacommission.returns.shown import anchor, correction_told, place
from dacommission.summaries.document import Document, Figure
from dacommission.summaries.exports.registry import Source
from imports.periods import Period

# Part of a figure → how it was worked out; the count type says so of the others.
PARTS = {
    "per-month": "The figure divided by the number of months in the period.",
    "numerator": "The count on top of the rate.",
    "denominator": "The count beneath the rate.",
    "change": "The figure compared with that of the same period a year before.",
    "rating": "The figure held against the contract's target and tolerance.",
    "stated": "The total as its source states it.",
    "difference": "The stated total less the sum of its parts.",
    "sum": "The categories are added.",
}


@dataclass(frozen=True, slots=True)
class Traced:
    """One observation that a figure rests on, with the file it was read from."""

    source: int
    part: str
    category: str | None
    period: Period | None
    basis: str
    shown: str  # as typed
    value: Any
    status: str
    sheet: str | None
    cell: str
    upload: int
    upload_id: uuid.UUID
    return_id: uuid.UUID | None
    file: str
    sha256: str
    of: str  # the contract's reference and provider, or the series
    correction: str = ""  # why it is not what was typed; never for a release

    @property
    def place(self) -> str:
        return place(self.sheet, self.cell)

    @property
    def anchor(self) -> str:
        """Where the cell stands on the upload's page."""
        return anchor(self.sheet, self.cell)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything there is to say about one figure."""

    figure: Figure
    name: str
    definition: str
    period: str
    breakdown: str  # its name, or ""
    rule: str
    made_from: tuple[tuple[str, Figure], ...]  # what it was worked out from, in words
    observations: tuple[Traced, ...]


def find_figure(document: Document, key: str) -> Figure | None:
    """A shown figure, or one that a shown figure was worked out from."""
    return _all_figures(document.figures).get(key)


def _all_figures(figures: Iterable[Figure]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for figure in figures:
        found[figure.key] = figure
        found |= {key: other for key, other in _all_figures(figure.of).items() if key not in found}
    return found


def provenance(figure: Figure) -> Provenance:
    indicator = db.session.get_one(Indicator, figure.indicator)
    breakdown = db.session.get(Breakdown, figure.breakdown) if figure.breakdown else None
    return Provenance(
        figure=figure,
        name=f"{indicator.name} ({indicator.code})",
        definition=indicator.definition,
        period=Period.from_key(figure.period).label,
        breakdown=breakdown.name if breakdown else figure.breakdown or "",
        rule=rule_of(figure, indicator.count_type),
        made_from=tuple((_in_words(other), other) for other in figure.of),
        observations=tuple(traced(figure.sources).values()),
    )


def _in_words(figure: Figure) -> str:
    named = f"{figure.name or figure.indicator}, {Period.from_key(figure.period).label}"
    return f"{named}, {figure.category}" if figure.category else named


def rule_of(figure: Figure, count_type: str) -> str:
    """In words, how the figure was worked out."""
    return PARTS.get(figure.part) or worked_out(count_type, Period.from_key(figure.period).kind)


def traced(ids: Iterable[int]) -> dict[int, Traced]:
    """Observations by their numbers, with the upload each was read from."""
    wanted = sorted(set(ids))
    found = {one.source: one for start in range(0, len(wanted), 500) for one in _read(wanted[start : start + 500])}
    corrected = select(StoredObservation).where(
        StoredObservation.id.in_(wanted), StoredObservation.corrects_id.is_not(None)
    )
    for one in db.session.scalars(corrected):
        found[one.id] = replace(found[one.id], shown=in_file(one).shown, correction=correction_told(one))
    return found


def _read(ids: list[int]) -> Iterator[Traced]:
    seen, came = StoredObservation, Upload
    query = (
        select(
            *(seen.id, seen.part, seen.category, seen.period_start, seen.period_end, seen.basis, seen.shown),
            *(seen.value, seen.status, seen.sheet, seen.cell, came.number, came.id, came.return_id),
            *(came.file_name, came.sha256, Contract.reference, Organisation.short_name, ContextSeries.name),
        )
        .join(came, seen.upload_id == came.id)
        .outerjoin(Return, came.return_id == Return.id)
        .outerjoin(Contract, Return.contract_id == Contract.id)
        .outerjoin(Organisation, Contract.provider_id == Organisation.id)
        .outerjoin(ContextSeries, came.series_id == ContextSeries.id)
        .where(seen.id.in_(ids))
        .order_by(seen.period_start, seen.id)
    )
    rows: Iterable[Any] = db.session.execute(query)
    for source, part, category, start, end, *rest, reference, provider, series in rows:
        period = Period(start, end) if start else None
        of = f"{provider}, {reference}" if reference else series
        yield Traced(*[source, part, category, period, *rest, of])


def sources(figures: Iterable[Figure]) -> Mapping[int, Source]:
    """Where each observation beneath some figures stands, for files that are taken away."""
    found = traced(number for figure in figures for number in figure.sources)
    return {number: Source(one.file, one.sha256, one.upload, one.sheet, one.cell) for number, one in found.items()}
