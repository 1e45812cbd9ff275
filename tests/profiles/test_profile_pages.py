"""What is known of a contract's own workbooks: seen, corrected, forgotten, and tried on an old upload."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission.audit import AuditEvent
from dacommission.db import db, unit_of_work
from dacommission.indicators.models import Breakdown, Category, Indicator
from dacommission.indicators.store import kpis_of
from dacommission.profiles.knowing import known, profile_of
from dacommission.profiles.models import KnownSeries
from dacommission.returns.checking import check
from dacommission.returns.expected import expected
from dacommission.returns.models import Upload
from dacommission.submission import actions
from imports.reading import Part
from imports.series import Sense
from tests import make
from tests.due_returns.workbooks import Case
from tests.pages import PageClient, text_of
from tests.profiles.own import NEWCOMERS, own_workbook
from tests.profiles.test_knowing import NOW

ClientFor = Callable[[Any], PageClient]
HUB_01 = '["HUB-01", "value", null, null, null]'
NUMERATOR = '["HUB-05", "numerator", null, null, null]'


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


@pytest.fixture
def row(case: Case) -> KnownSeries:
    return make.known_row(case.contract, confirmed_by_id=case.uploader.id)


def layout(case: Case) -> str:
    return f"/contracts/{case.contract.id}/layout"


def senses(case: Case) -> list[Sense | None]:
    return [one.sense for one in known(case.contract).series.values()]


def last_event() -> AuditEvent:
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()  # type: ignore[return-value]


def test_every_known_row_is_seen_with_its_meaning_and_who_said_so(
    case: Case, row: KnownSeries, client_for: ClientFor
) -> None:
    make.known_row(case.contract, "Budget", meaning="not-ours", code=None, cell="A6")
    make.known_row(case.contract, "Calls", meaning="unknown", code=None, confirmed_at=None, confirmed_by_id=None)
    make.known_row(case.contract, "Referrals received", confirmed_at=None, confirmed_by_id=None)

    text = text_of(client_for(case.uploader).get(layout(case)))

    assert f"New people Quarter!A5 HUB-01 Referrals received {case.uploader.name}, Saturday 1 January 2022" in text
    assert "Budget Quarter!A6 Not for this return" in text
    assert "Calls Quarter!A5 Nobody has said Nobody" in text
    assert "Nobody: its words are those of the catalogue" in text
    assert "Forget" not in text
    assert "Forget everything" in text_of(client_for(case.manager).get(layout(case)))


def test_a_contract_leads_to_what_is_known_of_its_workbooks_and_so_does_its_return(
    case: Case, client_for: ClientFor
) -> None:
    client, link = client_for(case.manager), f'href="{layout(case)}"'

    assert link in client.get(f"/contracts/{case.contract.id}").get_data(as_text=True)
    assert link not in client.get(case.path).get_data(as_text=True)
    assert "Nothing is known yet." in text_of(client.get(layout(case)))
    make.known_row(case.contract)
    assert link in client.get(case.path).get_data(as_text=True)
    assert "1 row or column of figures is known by name." in text_of(client.get(f"/contracts/{case.contract.id}"))


@pytest.mark.parametrize("who", ["manager", "commissioner"])
def test_what_a_row_means_is_corrected(case: Case, row: KnownSeries, client_for: ClientFor, who: str) -> None:
    path, client = f"/layout-rows/{row.id}/correct", client_for(getattr(case, who))
    assert "HUB-05 Supported by the hub, denominator" in text_of(client.get(path))

    done = client.send(path, {"version": 1, "meaning": NUMERATOR, "category": "", "basis": "ytd"})

    assert done.location == layout(case)
    assert [(sense.code, sense.part, sense.basis) for sense in senses(case) if sense] == [
        ("HUB-05", Part.NUMERATOR, "ytd")
    ]
    assert row.confirmed_by == getattr(case, who)
    event = last_event()
    assert (event.action, event.contract_id) == ("profile-corrected", case.contract.id)
    assert "New people" not in event.details + event.subject_name


def test_a_row_is_said_to_be_not_for_the_return(case: Case, row: KnownSeries, client_for: ClientFor) -> None:
    form = {"version": 1, "meaning": "not-ours", "category": "", "basis": ""}

    client_for(case.manager).send(f"/layout-rows/{row.id}/correct", form)

    assert senses(case) == [None]


@pytest.mark.parametrize(
    "meaning", ["", "nonsense", '["PRP-01", "value", null, null, null]', '["HUB-01", "numerator", null, null, null]']
)
def test_a_row_means_nothing_but_a_kpi_of_its_contract(
    case: Case, row: KnownSeries, client_for: ClientFor, meaning: str
) -> None:
    make.indicator("PRP-01")
    make.kpi(make.contract(), "PRP-01")

    page = client_for(case.manager).send(f"/layout-rows/{row.id}/correct", {"version": 1, "meaning": meaning})

    assert "There is a problem" in text_of(page)
    assert senses(case) == [Sense("HUB-01")]


def test_a_category_that_the_kpi_is_not_counted_by_is_refused(
    case: Case, row: KnownSeries, client_for: ClientFor
) -> None:
    breakdown()
    form = {"version": 1, "meaning": HUB_01, "category": '["risk", "High"]', "basis": ""}

    page = client_for(case.manager).send(f"/layout-rows/{row.id}/correct", form)

    assert "HUB-01 is not counted by this. Choose another category, or none." in text_of(page)
    form["meaning"] = NUMERATOR
    client_for(case.manager).send(f"/layout-rows/{row.id}/correct", form)
    assert senses(case) == [Sense("HUB-05", Part.NUMERATOR, "High", None, "risk")]
    assert "Risk: High" in text_of(client_for(case.manager).get(layout(case)))


def breakdown() -> None:
    """HUB-05 is counted by risk."""
    with unit_of_work():
        risk = Breakdown(key="risk", name="Risk", position=1, categories=[Category(name="High", position=1)])
        db.session.add(risk)
        db.session.get_one(Indicator, "HUB-05").breakdowns = ["risk"]


def test_a_row_that_somebody_else_changed_meanwhile_is_shown_first(
    case: Case, row: KnownSeries, client_for: ClientFor
) -> None:
    path = f"/layout-rows/{row.id}/correct"
    form = {"version": 1, "meaning": NUMERATOR, "category": "", "basis": ""}
    client_for(case.commissioner).send(path, form | {"meaning": "not-ours"})

    page = client_for(case.manager).send(path, form)

    assert page.status_code == 409
    assert "Not for this return" in text_of(page)
    assert senses(case) == [None]


def test_a_row_is_forgotten_after_asking(case: Case, row: KnownSeries, client_for: ClientFor) -> None:
    client, path = client_for(case.manager), f"/layout-rows/{row.id}/forget"
    assert "Forget “New people”?" in text_of(client.get(path))
    assert client.send(path, {"version": 7}).status_code == 409

    client.send(path, {"version": 1})

    assert senses(case) == []
    assert last_event().action == "profile-row-forgotten"


def test_everything_is_forgotten_after_asking(case: Case, row: KnownSeries, client_for: ClientFor) -> None:
    client, path = client_for(case.commissioner), f"{layout(case)}/forget"
    assert "The next workbook is asked about as if it were the first." in text_of(client.get(path))
    assert client.send(path, {"version": 7}).status_code == 409

    client.send(path, {"version": 1})

    assert profile_of(case.contract) is None
    assert db.session.scalar(select(func.count()).select_from(KnownSeries)) == 0
    assert last_event().action == "profile-forgotten"


def test_which_year_the_quarters_are_of_is_said(case: Case, row: KnownSeries, client_for: ClientFor) -> None:
    client = client_for(case.manager)

    client.send(f"{layout(case)}/quarters", {"version": 1, "quarters": "calendar"})

    assert known(case.contract).quarters == "calendar"
    assert "of the calendar year: January to March" in text_of(client.get(layout(case)))
    assert json.loads(last_event().details)["quarters"] == "calendar"


def own_upload(case: Case, content: bytes | None = None) -> Upload:
    """A kept workbook of the provider's own layout, read without knowing anything."""
    content = content or own_workbook([(NEWCOMERS, 2398)])
    with unit_of_work():
        for kpi in kpis_of(case.contract.id, 2022):
            kpi.mandatory = False
    reading = check(content, "own.xlsx", expected=expected(case.due)).reading
    return actions.receive(case.due, content=content, filename="own.xlsx", reading=reading, by=case.uploader, at=NOW)


def test_what_is_known_is_tried_on_an_old_upload_and_changes_nothing(case: Case, client_for: ClientFor) -> None:
    upload, client = own_upload(case), client_for(case.manager)
    row = db.session.scalars(select(KnownSeries)).one()
    form = {"version": row.version, "meaning": HUB_01, "category": "", "basis": ""}
    client.send(f"/layout-rows/{row.id}/correct", form)
    assert "own.xlsx" in text_of(client.get(f"{layout(case)}/try"))
    events = last_event().id

    page = client.get(f"{layout(case)}/try?upload={upload.id}")

    text = text_of(page)
    assert "0 figures would be read as they were kept, 1 otherwise. Nothing was changed." in text
    assert (
        f"Numbers!B2 {NEWCOMERS} No indicator: 2,398; Quarter 1 2022/23, in the period "
        "HUB-01 Referrals received: 2,398; Quarter 1 2022/23, in the period" in text
    )
    assert last_event().id == events
    assert [one.indicator_code for one in upload.observations] == [None]


def test_trying_names_what_would_still_be_asked(case: Case, client_for: ClientFor) -> None:
    upload = own_upload(case)

    text = text_of(client_for(case.commissioner).get(f"{layout(case)}/try?upload={upload.id}"))

    assert "1 figure would be read as it was kept, 0 otherwise." in text
    assert f"Somebody would be asked about: {NEWCOMERS}." in text


def test_nothing_is_tried_on_another_contracts_upload_or_on_a_file_that_holds_one(
    case: Case, client_for: ClientFor
) -> None:
    upload = own_upload(case)
    other = make.contract(case.contract.provider)
    client = client_for(case.manager)
    assert "No workbook in the provider’s own layout is kept." in text_of(
        client.get(f"/contracts/{other.id}/layout/try?upload={upload.id}")
    )

    make.upload(make.due_return(other), {}, sha256=upload.sha256)

    assert "No workbook" in text_of(client.get(f"{layout(case)}/try?upload={upload.id}"))


def test_another_providers_manager_finds_none_of_it(case: Case, row: KnownSeries, client_for: ClientFor) -> None:
    stranger = client_for(make.user("provider-manager"))

    for path in (layout(case), f"{layout(case)}/try", f"{layout(case)}/forget", f"/layout-rows/{row.id}/correct"):
        assert stranger.get(path).status_code == 404


def test_an_uploader_corrects_and_forgets_nothing(case: Case, row: KnownSeries, client_for: ClientFor) -> None:
    client = client_for(case.uploader)

    for path in (f"{layout(case)}/forget", f"{layout(case)}/quarters", f"/layout-rows/{row.id}/forget"):
        assert client.get(path).status_code == 403
