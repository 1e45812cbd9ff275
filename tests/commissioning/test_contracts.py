"""The pages of contracts: who sees which, and what can be changed."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from dacommission.audit import AuditEvent
from dacommission.commissioning.actions import OptionFields, add_option
from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.roles import Role
from tests import make
from tests.pages import text_of

TYPED = {
    "reference": "DA-2024-1",
    "title": "Support for survivors",
    "regime": "PCR2015",
    "starts_on-day": "1",
    "starts_on-month": "4",
    "starts_on-year": "2024",
    "ends_on-day": "31",
    "ends_on-month": "3",
    "ends_on-year": "2028",
    "note": "",
    "arrangement": "",
}


@pytest.fixture
def council(app):
    return make.organisation("funding-body", name="North Council", short_name="North")


@pytest.fixture
def commissioner(council):
    return make.user(Role.COMMISSIONER, council)


def typed(contract: Contract, **changes: str) -> dict[str, str]:
    """What the form to edit a contract sends when only `changes` were typed."""
    sent = {
        **TYPED,
        "reference": contract.reference,
        "title": contract.title,
        "provider": str(contract.provider_id),
        "lead_commissioner": str(contract.lead_commissioner_id),
        "version": str(contract.version),
    }
    return {**sent, **changes}


def last_event() -> AuditEvent:
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()


# Who sees which


def test_a_commissioner_sees_the_contracts_that_his_body_leads_or_pays_for(client_for, commissioner, council):
    led = make.contract(lead=council, title="Led by us")
    paid = make.contract(paid_by=(council,), title="Paid by us")
    make.contract(title="Somebody else's")

    page = text_of(client_for(commissioner).get("/contracts"))

    assert led.title in page
    assert paid.title in page
    assert "Somebody else's" not in page


@pytest.mark.parametrize("role", [Role.PROVIDER_MANAGER, Role.PROVIDER_UPLOADER])
def test_a_provider_reads_its_own_contracts_and_no_other(app, client_for, role):
    own, other = make.contract(title="Ours"), make.contract(title="Theirs")
    client = client_for(make.user(role, own.provider))

    page = client.get(f"/contracts/{own.id}")

    assert "Ours" in text_of(client.get("/contracts"))
    assert "Theirs" not in text_of(client.get("/contracts"))
    assert page.status_code == 200
    assert b"Edit the contract" not in page.data
    assert client.get(f"/contracts/{other.id}").status_code == 404


def test_an_auditor_reads_every_contract_and_changes_none(app, client_for):
    contract = make.contract()
    client = client_for(make.user(Role.AUDITOR))

    page = client.get(f"/contracts/{contract.id}")

    assert page.status_code == 200
    assert b"Edit the contract" not in page.data
    assert client.get(f"/contracts/{contract.id}/edit").status_code == 403


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOARD_MEMBER])
def test_administrators_and_board_members_see_no_contracts(app, client_for, role):
    assert client_for(make.user(role)).get("/contracts").status_code == 403


PARTS = (
    "",
    "/edit",
    "/return-rules",
    "/return-rules/edit",
    "/extension-options/new",
    "/extension-options/{option}/edit",
    "/extension-options/{option}/remove",
    "/contributions/new",
    "/contributions/{contribution}/edit",
    "/contributions/{contribution}/remove",
    "/kpis",
    "/kpis/new",
    "/kpis/{kpi}/edit",
    "/kpis/{kpi}/remove",
)


@pytest.mark.parametrize("part", PARTS)
def test_another_bodys_contract_is_not_found_and_neither_is_one_that_does_not_exist(client_for, commissioner, part):
    body = make.organisation("funding-body")
    theirs = make.contract(lead=body, paid_by=(body,))
    make.indicator()
    owner = make.user(Role.COMMISSIONER, body)
    ids = {
        "option": add_option(theirs, OptionFields(24), version=1, by=owner).id,
        "contribution": theirs.contributions[0].id,
        "kpi": make.kpi(theirs, "HUB-01").id,
    }
    address = f"/contracts/{theirs.id}" + part.format(**ids)
    nowhere = f"/contracts/{uuid.uuid4()}" + part.format(**ids)

    assert client_for(owner).get(address).status_code == 200
    hidden, missing = client_for(commissioner).get(address), client_for(commissioner).get(nowhere)
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert text_of(hidden) == text_of(missing)


@pytest.mark.parametrize("part", ["/extension-options/{}/edit", "/contributions/{}/edit", "/kpis/{}/edit"])
def test_what_belongs_to_no_contract_of_that_address_is_not_found(client_for, commissioner, council, part):
    contract = make.contract(lead=council)

    assert client_for(commissioner).get(f"/contracts/{contract.id}{part.format(uuid.uuid4())}").status_code == 404


# The list


def test_the_list_sorts_filters_and_searches(client_for, commissioner, council):
    idas = make.organisation("provider", name="IDAS", short_name="IDAS")
    old = {"starts_on": date(2015, 4, 1), "ends_on": date(2019, 3, 31)}
    make.contract(idas, lead=council, reference="B-1", title="Running one")
    make.contract(lead=council, reference="A-1", title="Ended one", **old)
    make.contract(
        lead=council, reference="C-1", title="Future one", starts_on=date(2024, 4, 1), ends_on=date(2028, 3, 31)
    )
    client = client_for(commissioner)

    def titles(query: str) -> list[str]:
        page = text_of(client.get(f"/contracts?{query}"))
        found = {name: page.find(name) for name in ("Running one", "Ended one", "Future one")}
        return sorted((name for name, at in found.items() if at >= 0), key=found.get)

    assert titles("") == ["Ended one", "Running one", "Future one"]
    assert titles("order=desc") == ["Future one", "Running one", "Ended one"]
    assert titles("sort=ends") == ["Ended one", "Running one", "Future one"]
    assert titles("search=idas") == ["Running one"]
    assert titles("state=running") == ["Running one"]
    assert titles("state=ended") == ["Ended one"]
    assert titles("state=to-come") == ["Future one"]
    assert titles("search=nothing+like+it") == []


# Adding and editing


def test_a_commissioner_adds_a_contract_that_his_body_leads(client_for, commissioner, council):
    provider, service = make.organisation("provider"), make.service()
    arrangement = make.arrangement()
    sent = {**TYPED, "provider": provider.id, "services": [str(service.id)], "arrangement": arrangement.id}

    response = client_for(commissioner).send("/contracts/new", sent)

    added = db.session.scalars(select(Contract)).one()
    assert response.location == f"/contracts/{added.id}"
    assert added.lead_commissioner_id == council.id
    assert (added.starts_on, added.ends_on) == (date(2024, 4, 1), date(2028, 3, 31))
    assert added.services == [service]
    assert added.arrangement_id == arrangement.id
    assert last_event().action == "contract-added"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reference": ""}, "Enter the contract's reference."),
        ({"provider": ""}, "Choose the provider."),
        ({"regime": ""}, "Choose how it was bought."),
        ({"regime": "barter"}, "Choose how it was bought."),
        ({"ends_on-year": "2020"}, "The end must be on or after the start."),
        ({"ends_on-day": "32"}, "Ends on must be a real date."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(client_for, commissioner, changes, message):
    sent = {**TYPED, "provider": make.organisation("provider").id, **changes}

    page = client_for(commissioner).send("/contracts/new", sent)

    assert message in text_of(page)
    assert b"<title>Error: " in page.data
    assert db.session.scalars(select(Contract)).all() == []


def test_two_contracts_cannot_have_one_reference(client_for, commissioner, council):
    held, other = make.contract(lead=council), make.contract(lead=council)

    page = client_for(commissioner).send(f"/contracts/{other.id}/edit", typed(other, reference=held.reference))

    assert f"The reference {held.reference} is taken." in text_of(page)
    db.session.expire_all()
    assert other.reference != held.reference


def test_an_edit_is_saved_and_the_audit_says_which_fields_changed(client_for, commissioner, council):
    contract, service = make.contract(lead=council), make.service()
    sent = typed(contract, title="New title", services=str(service.id))

    response = client_for(commissioner).send(f"/contracts/{contract.id}/edit", sent)

    assert response.status_code == 302
    db.session.expire_all()
    assert (contract.title, contract.version, contract.services) == ("New title", 2, [service])
    assert '"title"' in last_event().details
    assert '"services"' in last_event().details
    assert "New title" not in last_event().details


def test_the_second_of_two_editors_is_shown_what_changed_and_loses_nothing(client_for, commissioner, council):
    contract = make.contract(lead=council, title="As it was")
    first, second = client_for(commissioner), client_for(make.user(Role.COMMISSIONER, council))
    address = f"/contracts/{contract.id}/edit"
    sent = typed(contract, title="As I wish")
    first.send(address, typed(contract, title="As somebody else wished"))

    shown = second.send(address, sent)

    assert shown.status_code == 409
    assert "As somebody else wished" in text_of(shown)
    assert b'value="As I wish"' in shown.data
    assert b'name="version" type="hidden" value="2"' in shown.data or b'type="hidden" value="2"' in shown.data
    db.session.expire_all()
    assert contract.title == "As somebody else wished"

    assert second.send(address, {**sent, "version": "2"}).status_code == 302
    db.session.expire_all()
    assert (contract.title, contract.version) == ("As I wish", 3)


def test_nobody_edits_a_contract_out_of_his_own_bodys_sight(client_for, commissioner, council):
    contract = make.contract(lead=council)
    other = make.organisation("funding-body")

    page = client_for(commissioner).send(
        f"/contracts/{contract.id}/edit", typed(contract, lead_commissioner=str(other.id))
    )

    assert "Your body would then neither lead nor pay for this contract" in text_of(page)
    db.session.expire_all()
    assert contract.lead_commissioner_id == council.id


def test_the_page_says_everything_that_was_agreed(client_for, commissioner, council):
    contract = make.contract(
        lead=council,
        paid_by=(council,),
        services=[make.service(name="Refuge")],
        note="Phased in.",
        arrangement_id=make.arrangement(name="Together").id,
    )
    add_option(contract, OptionFields(24, notice_months=12), version=1, by=commissioner)
    add_option(contract, OptionFields(12, status="lapsed"), version=2, by=commissioner)

    page = text_of(client_for(commissioner).get(f"/contracts/{contract.id}"))

    for words in ("Refuge", "Phased in.", "Together", "£1,000.00", "31 March 2026", "31 March 2023", "Lapsed"):
        assert words in page
    assert "15 working days after the end of the quarter" in page
    assert "Returns of this contract" in page
    assert "Open or backfill the returns of a year" in page


def test_a_name_that_has_changed_is_shown_with_the_one_it_had_then(client_for, commissioner, council):
    from dacommission.organisations.models import OrganisationName

    provider = make.organisation(
        "provider",
        name="New Name",
        names=[OrganisationName(name="Old Name", valid_from=None, valid_to=date(2020, 1, 1))],
    )
    contract = make.contract(provider, lead=council)

    assert "Old Name (now New Name)" in text_of(client_for(commissioner).get(f"/contracts/{contract.id}"))


# Options to extend


def test_an_option_is_added_edited_and_removed(client_for, commissioner, council):
    contract = make.contract(lead=council)
    client, base = client_for(commissioner), f"/contracts/{contract.id}/extension-options"

    client.send(f"{base}/new", {"version": "1", "months": "24", "notice_months": "12", "status": "open"})
    option = contract.extension_options[0]
    client.send(f"{base}/{option.id}/edit", {"version": "2", "months": "12", "status": "exercised"})
    db.session.expire_all()

    assert (option.number, option.months, option.notice_months, option.status) == (1, 12, None, "exercised")
    client.send(f"{base}/{option.id}/remove", {"version": "3"})
    db.session.expire_all()
    assert contract.extension_options == []
    assert last_event().action == "extension-option-removed"


def test_an_option_lengthens_by_months(client_for, commissioner, council):
    contract = make.contract(lead=council)
    address = f"/contracts/{contract.id}/extension-options/new"

    page = client_for(commissioner).send(address, {"version": "1", "months": "0", "status": "open"})

    assert "An option must lengthen the contract by 1 to 120 months." in text_of(page)


@pytest.mark.parametrize("what", ["edit", "remove"])
def test_an_option_is_not_changed_when_the_contract_has_been(client_for, commissioner, council, what):
    contract = make.contract(lead=council)
    option = add_option(contract, OptionFields(24), version=1, by=commissioner)
    sent = {"version": "1", "months": "12", "status": "open"}

    shown = client_for(commissioner).send(f"/contracts/{contract.id}/extension-options/{option.id}/{what}", sent)

    assert shown.status_code == 409
    db.session.expire_all()
    assert [one.months for one in contract.extension_options] == [24]


# What each body pays


def test_a_contribution_is_added_edited_and_removed(client_for, commissioner, council):
    contract = make.contract(lead=council)
    client, base = client_for(commissioner), f"/contracts/{contract.id}/contributions"
    sent = {"body": str(council.id), "stream": "Core", "financial_year": "2022", "amount": "£261,993.00"}

    client.send(f"{base}/new", {**sent, "version": "1"})
    paid = contract.contributions[0]
    assert paid.amount == Decimal("261993.00")
    client.send(f"{base}/{paid.id}/edit", {**sent, "version": "2", "amount": ""})
    db.session.expire_all()

    assert paid.amount is None
    assert "Incomplete: an amount is not known" in text_of(client.get(f"/contracts/{contract.id}"))
    client.send(f"{base}/{paid.id}/remove", {"version": "3"})
    db.session.expire_all()
    assert contract.contributions == []
    assert last_event().action == "contribution-removed"
    assert "261993" not in "".join(db.session.scalars(select(AuditEvent.details)))


def test_contributions_of_a_year_are_totalled(client_for, commissioner, council):
    contract = make.contract(lead=council, paid_by=(council, make.organisation("funding-body")))

    assert "£2,000.00" in text_of(client_for(commissioner).get(f"/contracts/{contract.id}"))


@pytest.mark.parametrize("amount", ["-1", "1.005"])
def test_a_contribution_is_in_pounds_and_pence(client_for, commissioner, council, amount):
    contract = make.contract(lead=council)
    sent = {"version": "1", "body": str(council.id), "stream": "Core", "financial_year": "2022", "amount": amount}

    page = client_for(commissioner).send(f"/contracts/{contract.id}/contributions/new", sent)

    assert "The amount must be nought or more, in pounds and whole pence." in text_of(page)


def test_the_same_contribution_is_not_recorded_twice(client_for, commissioner, council):
    contract = make.contract(lead=council, paid_by=(council,))
    sent = {"version": "1", "body": str(council.id), "stream": "Core", "financial_year": "2022", "amount": "5"}

    page = client_for(commissioner).send(f"/contracts/{contract.id}/contributions/new", sent)

    assert "This body's contribution from this stream in this year is recorded already." in text_of(page)


def test_a_body_that_does_not_lead_keeps_its_only_contribution(client_for, commissioner, council):
    contract = make.contract(paid_by=(council,))
    paid = contract.contributions[0]

    page = client_for(commissioner).send(f"/contracts/{contract.id}/contributions/{paid.id}/remove", {"version": "1"})

    assert "could no longer see it" in text_of(page)
    db.session.expire_all()
    assert len(contract.contributions) == 1


def test_a_contribution_edited_by_two_is_shown_to_the_second(client_for, commissioner, council):
    contract = make.contract(lead=council, paid_by=(council,))
    paid = contract.contributions[0]
    address = f"/contracts/{contract.id}/contributions/{paid.id}/edit"
    sent = {"version": "1", "body": str(council.id), "stream": "Core", "financial_year": "2022"}
    client_for(commissioner).send(address, {**sent, "amount": "2000"})

    shown = client_for(commissioner).send(address, {**sent, "amount": "3000"})

    assert shown.status_code == 409
    assert "2000" in text_of(shown)
    assert b'value="3000"' in shown.data
