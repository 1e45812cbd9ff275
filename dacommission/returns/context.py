"""Context series: figures from a partner that stand beside the returns, and what can be done to them.

Each deed is one unit of work with its audit event. The latest upload speaks for a series; earlier ones stay.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import select

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.commissioning.actions import Refused
from dacommission.db import check_version, db, unit_of_work
from dacommission.indicators.measures import Count
from dacommission.indicators.store import measure_of
from dacommission.returns.accepted import count_of
from dacommission.returns.checking import Checked, check
from dacommission.returns.context_figures import Discrepancy, Year, found_discrepancies, years
from dacommission.returns.models import ContextSeries, Upload
from dacommission.returns.storing import digest, upload_of
from imports.reading import Problem, Reading, Severity

NO_FIGURES = (
    "This file holds no figure of {indicator} with a period, which is what the series is about. Name it in the "
    "column Measure, by its name or its code, and give each figure its period."
)


@dataclass(frozen=True)
class SeriesFields:
    name: str
    indicator_code: str
    source: str  # who supplied it, and the day of the extract
    scope: str  # which area it covers, and what is not known about that


def add_series(given: SeriesFields, *, by: User) -> ContextSeries:
    """A new series without figures. Raises Refused when its name is taken."""
    added = ContextSeries(**asdict(given))
    with unit_of_work():
        if db.session.scalar(select(ContextSeries.id).where(ContextSeries.name == given.name)) is not None:
            raise Refused("name", "There is a series of this name already. Choose another name.")
        db.session.add(added)
        db.session.flush()
        audit.record("context-series-added", subject=added, by=by)
    return added


def check_for(series: ContextSeries, read: Checked) -> Checked:
    """The same reading, refused when there is nothing of the series in it."""
    own = [seen for seen in read.reading.observations if seen.indicator == series.indicator_code and seen.period]
    if own or read.reading.layout is None:
        return read
    problem = Problem("no-figures", Severity.ERROR, NO_FIGURES.format(indicator=series.indicator))
    return replace(read, reading=replace(read.reading, problems=(*read.reading.problems, problem)))


def receive(
    series: ContextSeries, *, content: bytes, filename: str, reading: Reading, by: User, at: datetime
) -> Upload:
    """Keeps a sheet whole as the series' next upload; the same file again gives the one that is there.

    Raises HasErrors.
    """
    with unit_of_work():
        number = len(series.uploads) + 1
        same = next((kept for kept in series.uploads if kept.sha256 == digest(content)), None)
        if same is not None:
            return same
        upload = upload_of(reading, content=content, number=number, by=by, at=at)
        upload.file_name = filename
        audit.record("context-receive", subject=series, by=by, upload=number, sha256=upload.sha256, size=upload.size)
        series.uploads.append(upload)
        return upload


def load(series: ContextSeries, *, content: bytes, filename: str, by: User, at: datetime) -> Upload:
    """Reads and keeps a sheet in one go. Raises HasErrors."""
    read = check_for(series, check(content, filename, expected=None))
    return receive(series, content=content, filename=filename, reading=read.reading, by=by, at=at)


def resolve(series: ContextSeries, resolution: str, *, version: int, by: User) -> None:
    """Writes down what was found out about a difference. Raises Conflict when somebody else did meanwhile."""
    with unit_of_work():
        check_version(series, version)
        series.resolution = resolution
        audit.record("context-resolved", subject=series, by=by)


def counts_of(series: ContextSeries) -> list[Count]:
    """The series' own figures in its latest upload; none before the first."""
    if not series.uploads:
        return []
    return [
        count_of(seen)
        for seen in series.uploads[-1].observations
        if seen.indicator_code == series.indicator_code and seen.period_start is not None
    ]


def years_of(series: ContextSeries) -> list[Year]:
    """The years of a series, with both totals of each."""
    return years(measure_of(series.indicator), counts_of(series))


def discrepancies(series: ContextSeries) -> list[Discrepancy]:
    """The years in which the source's total is not what its parts come to."""
    return found_discrepancies(series.name, years_of(series))
