"""Figures from partners, whose stated totals are held against what their quarters come to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select

from dacommission.accounts.models import User
from dacommission.audit import AuditEvent
from dacommission.db import db
from dacommission.indicators.measures import Count, Measure
from dacommission.returns import context
from dacommission.returns.context_figures import found_discrepancies, years
from dacommission.returns.models import ContextSeries, Upload
from dacommission.returns.storing import HasErrors
from dacommission.roles import Role
from imports.periods import Period
from imports.reading import Basis, Part, Status
from tests import make
from tests.due_returns.workbooks import chosen
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
CRIMES = Measure("CTX-01", "Domestic abuse related crimes", "crimes", "F")
NOW = datetime(2023, 8, 21, 9, 0, tzinfo=UTC)
REPORTED = {2021: ((1600, 1650, 1546, 1550), 6346), 2022: ((1573, 1778, 1501, 1435), 6387)}


def counts(*, category: str | None = None) -> Iterator[Count]:
    breakdown = "police-area" if category else None
    source = 0
    for year, (quarters, stated) in REPORTED.items():
        figures = [(Period.quarter(year, number), Basis.PERIOD, value) for number, value in enumerate(quarters, 1)]
        for period, basis, value in [*figures, (Period.financial_year(year), Basis.TOTAL, stated)]:
            source += 1
            parts = (source, "CTX-01", Part.VALUE, breakdown, category, period, basis, Decimal(value))
            yield Count(*parts, Status.REPORTED)


def test_a_stated_total_that_its_quarters_do_not_make_is_found() -> None:
    found = found_discrepancies("Crimes", years(CRIMES, list(counts())))

    (only,) = found
    assert (only.series, only.period.key) == ("Crimes", "2022")
    assert (only.stated, only.computed, only.difference) == (6387, 6287, 100)


def test_the_change_is_told_both_as_stated_and_as_computed() -> None:
    first, second = years(CRIMES, list(counts()))

    assert (first.computed_change, first.stated_change) == (None, None)
    assert round(second.stated_change or 0, 2) == Decimal("0.65")
    assert round(second.computed_change or 0, 2) == Decimal("-0.93")


def test_each_police_area_has_years_of_its_own() -> None:
    found = years(CRIMES, [*counts(), *counts(category="York")])

    assert [(year.place[1], year.period.year) for year in found] == [
        (None, 2021),
        (None, 2022),
        ("York", 2021),
        ("York", 2022),
    ]


def sheet(*, measure: str = "CTX-01", stated: int = 6387) -> bytes:
    book = Workbook()
    rows = book.active
    rows.title = "Crimes"
    rows.append(["Measure", "Period", "Value"])
    for number, value in enumerate(REPORTED[2022][0], start=1):
        rows.append([measure, f"Q{number} 2022/23", value])
    rows.append([measure, "2022/23", stated])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.fixture
def commissioner(app: Flask) -> User:
    return make.user(Role.COMMISSIONER)


@pytest.fixture
def series(app: Flask) -> ContextSeries:
    make.indicator("CTX-01", unit="crimes")
    return make.context_series()


def test_a_sheet_is_kept_and_its_discrepancy_found(series: ContextSeries, commissioner: User) -> None:
    content = sheet()

    kept = context.load(series, content=content, filename="crimes.xlsx", by=commissioner, at=NOW)

    assert (kept.number, kept.content, kept.file_name) == (1, content, "crimes.xlsx")
    (only,) = context.discrepancies(series)
    assert (only.series, only.difference) == (series.name, 100)
    assert len(only.sources) == 5


def test_the_same_sheet_twice_is_one_upload(series: ContextSeries, commissioner: User) -> None:
    content = sheet()
    first = context.load(series, content=content, filename="crimes.xlsx", by=commissioner, at=NOW)
    again = context.load(series, content=content, filename="other.xlsx", by=commissioner, at=NOW)

    assert again is first
    assert db.session.scalar(select(func.count()).where(AuditEvent.action == "context-receive")) == 1


def test_the_latest_sheet_speaks_for_the_series(series: ContextSeries, commissioner: User) -> None:
    for content in (sheet(), sheet(stated=6287)):
        context.load(series, content=content, filename="crimes.xlsx", by=commissioner, at=NOW)

    assert context.discrepancies(series) == []
    assert len(series.uploads) == 2


def test_a_series_without_figures_has_no_discrepancy(series: ContextSeries) -> None:
    assert context.discrepancies(series) == []


def test_a_sheet_about_something_else_is_refused(series: ContextSeries, commissioner: User) -> None:
    make.indicator("HUB-01")

    with pytest.raises(HasErrors):
        context.load(series, content=sheet(measure="HUB-01"), filename="hub.xlsx", by=commissioner, at=NOW)


def carried(client: PageClient, path: str, content: bytes) -> dict[str, str]:
    page = client.send(f"{path}/upload", chosen(content, "crimes.xlsx")).get_data(as_text=True)
    return dict(re.findall(r'name="(\w+)" type="hidden" value="([^"]*)"', page))


def test_a_commissioner_adds_a_series_and_loads_a_sheet(
    series: ContextSeries, commissioner: User, client_for: ClientFor
) -> None:
    client = client_for(commissioner)
    form = {"name": "Crimes", "indicator": "CTX-01", "source": "Police", "scope": "North Yorkshire"}
    added = client.send("/context/new", form)
    path = added.headers["Location"]

    done = client.send(f"{path}/uploads", carried(client, path, sheet()), of=f"{path}/upload", follow_redirects=True)

    text = text_of(done)
    assert "Upload 1 is kept." in text
    assert "2022/23: the source states 6,387, but its quarters come to 6,287, a difference of +100." in text
    assert "1,573 Crimes!C2" in text
    listed = text_of(client.get("/context"))
    assert "Stated and computed differ" in listed


def test_nothing_is_stored_before_a_sheet_was_seen(
    series: ContextSeries, commissioner: User, client_for: ClientFor
) -> None:
    client = client_for(commissioner)
    events = db.session.scalar(select(func.count()).select_from(AuditEvent))

    page = client.send(f"/context/{series.id}/upload", chosen(sheet(), "crimes.xlsx"))

    assert "Crimes!C6 6387" in text_of(page)
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 0
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == events


def test_a_refused_sheet_says_what_is_missing(series: ContextSeries, commissioner: User, client_for: ClientFor) -> None:
    client = client_for(commissioner)
    path = f"/context/{series.id}"

    page = client.send(f"{path}/upload", chosen(sheet(measure="Something else"), "crimes.xlsx"))

    assert "This file holds no figure of CTX-01" in text_of(page)
    assert "Keep this upload" not in text_of(page)
    assert db.session.scalars(select(AuditEvent.action)).all() == ["upload-refused"]


def test_a_sheet_that_was_not_shown_is_not_kept(
    series: ContextSeries, commissioner: User, client_for: ClientFor
) -> None:
    client = client_for(commissioner)
    path = f"/context/{series.id}"
    form = carried(client, path, sheet())

    spoilt = client.send(f"{path}/uploads", {**form, "content": "!"}, of=f"{path}/upload", follow_redirects=True)
    changed = client.send(f"{path}/uploads", {**form, "seen": "else"}, of=f"{path}/upload")

    assert "did not come back as it was sent" in text_of(spoilt)
    assert changed.status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 0


def test_no_sheet_chosen_is_a_form_error(series: ContextSeries, commissioner: User, client_for: ClientFor) -> None:
    assert "Choose a file." in text_of(client_for(commissioner).send(f"/context/{series.id}/upload", {}))


def test_a_name_that_is_taken_is_a_form_error(series: ContextSeries, commissioner: User, client_for: ClientFor) -> None:
    form = {"name": series.name, "indicator": "CTX-01", "source": "Police", "scope": "All"}

    page = client_for(commissioner).send("/context/new", form)

    assert "There is a series of this name already." in text_of(page)


def test_two_people_who_write_down_a_resolution_lose_nothing(
    series: ContextSeries, commissioner: User, client_for: ClientFor
) -> None:
    client = client_for(commissioner)
    path = f"/context/{series.id}/resolution"
    seen = {"version": series.version}

    first = client.send(path, {**seen, "resolution": "A slip in print."}, follow_redirects=True)
    second = client.send(path, {**seen, "resolution": "Late additions."})

    assert "A slip in print." in text_of(first)
    assert second.status_code == 409
    assert "A slip in print." in text_of(second)
    assert "Late additions." in text_of(second)
    assert series.resolution == "A slip in print."


def test_an_auditor_reads_the_series_but_changes_nothing(series: ContextSeries, client_for: ClientFor) -> None:
    make.upload(series, {"CTX-01": 1573}, period=Period.quarter(2022, 1))
    auditor = client_for(make.user(Role.AUDITOR))

    text = text_of(auditor.get(f"/context/{series.id}"))

    assert "1,573 KPIs!E5" in text
    assert "Upload a sheet" not in text
    for path in ("/context/new", f"/context/{series.id}/upload", f"/context/{series.id}/resolution"):
        assert auditor.get(path).status_code == 403


def test_a_commissioner_opens_the_upload_of_a_series(
    series: ContextSeries, commissioner: User, client_for: ClientFor
) -> None:
    kept = make.upload(series, {"CTX-01": 1573}, period=Period.quarter(2022, 1))
    client = client_for(commissioner)

    assert "CTX-01" in text_of(client.get(f"/uploads/{kept.id}"))
    assert client.get(f"/uploads/{kept.id}/file").data == kept.content


@pytest.mark.parametrize("role", [Role.PROVIDER_MANAGER, Role.PROVIDER_UPLOADER])
def test_a_provider_does_not_open_the_upload_of_a_series(
    series: ContextSeries, client_for: ClientFor, role: Role
) -> None:
    kept = make.upload(series, {"CTX-01": 1573}, period=Period.quarter(2022, 1))
    client = client_for(make.user(role))

    assert client.get(f"/uploads/{kept.id}").status_code == 404
    assert client.get("/context").status_code == 403


def test_a_series_that_does_not_exist_is_not_found(commissioner: User, client_for: ClientFor) -> None:
    missing = "/context/00000000-0000-0000-0000-000000000000"

    for path in ("", "/upload", "/resolution"):
        assert client_for(commissioner).get(f"{missing}{path}").status_code == 404
