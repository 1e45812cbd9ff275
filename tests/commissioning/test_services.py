"""The pages of services and of joint arrangements."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from dacommission.commissioning.models import Arrangement, Service
from dacommission.db import db
from dacommission.roles import Role
from tests import make
from tests.pages import text_of

SERVICE = {
    "name": "Outreach",
    "kind": "community",
    "duty": "community",
    "indicator_family": "cbs",
    "description": "In people's homes.",
}
ARRANGEMENT = {
    "name": "Together",
    "starts_on-day": "1",
    "starts_on-month": "4",
    "starts_on-year": "2019",
    "ends_on-day": "31",
    "ends_on-month": "3",
    "ends_on-year": "2024",
    "description": "",
}


@pytest.fixture
def commissioner(app):
    return make.user(Role.COMMISSIONER)


def test_a_service_is_added_and_read(client_for, commissioner):
    client = client_for(commissioner)

    response = client.send("/services/new", SERVICE)

    added = db.session.scalars(select(Service)).one()
    page = text_of(client.get(response.location))
    assert added.indicator_family == "CBS"
    assert "Support other than accommodation-based" in page
    assert "In people's homes." in page
    assert "Outreach" in text_of(client.get("/services?search=outr&sort=kind"))


def test_a_service_needs_a_name_a_kind_and_a_duty(client_for, commissioner):
    page = text_of(client_for(commissioner).send("/services/new", {"name": " "}))

    for message in ("Enter a name for the service.", "Choose a kind of service.", "Choose a duty."):
        assert message in page


def test_two_services_cannot_have_one_name(client_for, commissioner):
    make.service(name="Outreach")

    assert "There is one called Outreach already." in text_of(client_for(commissioner).send("/services/new", SERVICE))


def test_a_service_is_edited_by_one_person_at_a_time(client_for, commissioner):
    service = make.service(name="Outreach")
    client, address = client_for(commissioner), f"/services/{service.id}/edit"

    assert client.send(address, {**SERVICE, "name": "Home visits", "version": "1"}).status_code == 302
    shown = client.send(address, {**SERVICE, "version": "1"})

    assert shown.status_code == 409
    assert "Home visits" in text_of(shown)


def test_a_service_lists_only_the_contracts_that_its_reader_may_see(app, client_for):
    service = make.service()
    own, other = make.contract(services=[service], title="Ours"), make.contract(services=[service], title="Theirs")
    client = client_for(make.user(Role.PROVIDER_MANAGER, own.provider))

    page = text_of(client.get(f"/services/{service.id}"))

    assert own.title in page
    assert other.title not in page
    assert "Edit the service" not in page


def test_a_service_that_does_not_exist_is_not_found(client_for, commissioner):
    for part in ("", "/edit"):
        assert client_for(commissioner).get(f"/services/{uuid.uuid4()}{part}").status_code == 404


def test_lists_with_nothing_in_them_say_so(client_for, commissioner):
    client = client_for(commissioner)

    assert "There are no services to show." in text_of(client.get("/services"))
    assert "There are no joint arrangements to show." in text_of(client.get("/arrangements"))


def test_an_arrangement_is_added_and_read_before_it_has_a_contract(client_for, commissioner):
    client = client_for(commissioner)

    response = client.send("/arrangements/new", ARRANGEMENT)

    added = db.session.scalars(select(Arrangement)).one()
    assert (added.starts_on, added.ends_on) == (date(2019, 4, 1), date(2024, 3, 31))
    assert "No contract that you can see is part of it yet." in text_of(client.get(response.location))
    assert "Together" in text_of(client.get("/arrangements"))


def test_an_arrangement_ends_after_it_starts(client_for, commissioner):
    page = client_for(commissioner).send("/arrangements/new", {**ARRANGEMENT, "ends_on-year": "2018"})

    assert "The end must be on or after the start." in text_of(page)


def test_an_arrangement_is_edited_by_one_person_at_a_time(client_for, commissioner):
    arrangement = make.arrangement()
    client, address = client_for(commissioner), f"/arrangements/{arrangement.id}/edit"

    assert client.send(address, {**ARRANGEMENT, "version": "1"}).status_code == 302
    shown = client.send(address, {**ARRANGEMENT, "name": "Apart", "version": "1"})

    assert shown.status_code == 409
    assert "Together" in text_of(shown)


def test_two_arrangements_cannot_have_one_name(client_for, commissioner):
    make.arrangement(name="Together")

    page = client_for(commissioner).send("/arrangements/new", ARRANGEMENT)

    assert "There is one called Together already." in text_of(page)


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.PROVIDER_MANAGER])
@pytest.mark.parametrize("part", ["", "/edit"])
def test_an_arrangement_of_others_contracts_is_not_found(app, client_for, role, part):
    arrangement = make.arrangement()
    make.contract(arrangement_id=arrangement.id)

    answer = client_for(make.user(role)).get(f"/arrangements/{arrangement.id}{part}")

    assert answer.status_code == (403 if role is Role.PROVIDER_MANAGER and part else 404)


def test_a_provider_reads_the_arrangement_of_its_contract(app, client_for):
    contract = make.contract(arrangement_id=make.arrangement(name="Together").id)
    client = client_for(make.user(Role.PROVIDER_UPLOADER, contract.provider))

    page = text_of(client.get(f"/arrangements/{contract.arrangement_id}"))

    assert contract.title in page
    assert "Edit the joint arrangement" not in page
