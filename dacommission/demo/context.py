"""The police crime series of the report's paragraph 3.6, sent as a workbook with one row a figure."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime

from openpyxl import Workbook

from dacommission.accounts.models import User
from dacommission.demo.figures import CRIMES
from dacommission.returns import context
from imports.periods import Period

NAME = "Domestic abuse related crimes (North Yorkshire)"
FILE = "police-domestic-abuse-crimes.xlsx"
SENT = datetime(2023, 8, 21, 9, 0, tzinfo=UTC)


def add_crimes(*, by: User) -> None:
    """The series with its three stated totals, of which the last is not the sum of its quarters."""
    series = context.add_series(
        context.SeriesFields(
            name=NAME,
            indicator_code="CTX-01",
            source="North Yorkshire Community Safety Partnership report, September 2023, paragraph 3.6",
            scope="Headed North Yorkshire in the source. Whether York is included is not confirmed, while the "
            "services cover both, so nothing is divided by these figures.",
        ),
        by=by,
    )
    context.load(series, content=_workbook(), filename=FILE, by=by, at=SENT)


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Crimes"
    sheet.append(["Measure", "Period", "Value", "Comment"])
    for row in _rows():
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _rows() -> Iterator[list[object]]:
    for year, (quarters, stated) in CRIMES.items():
        for number, value in enumerate(quarters, start=1):
            label = f"Q{number} {Period.financial_year(year).year_label}"
            yield ["Domestic abuse related crimes", label, value, ""]
        label = Period.financial_year(year).year_label
        yield ["Domestic abuse related crimes", label, stated, "Total as printed in the report"]
