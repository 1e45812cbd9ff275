"""The pages of indicators and of the KPIs of a contract."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from dacommission.audit import AuditEvent, CommandLine
from dacommission.db import db
from dacommission.indicators.installing import install_catalogue
from dacommission.indicators.models import ContractKpi, Indicator
from dacommission.roles import Role
from tests import make
from tests.pages import text_of

EDITED = {
    "version": "1",
    "name": "Referrals in",
    "definition": "Every referral.",
    "direction": "volume",
    "decimals": "0",
    "numerator_label": "",
    "denominator_label": "",
    "typical_target": "",
}
ADDED = {**EDITED, "code": "HUB-14", "unit": "referrals", "count_type": "F"}


@pytest.fixture
def commissioner(app):
    return make.user(Role.COMMISSIONER)


@pytest.fixture
def contract(commissioner):
    return make.contract(lead=commissioner.organisation)


def last_event() -> AuditEvent:
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()


# Indicators


@pytest.mark.parametrize("role", [Role.PROVIDER_MANAGER, Role.PROVIDER_UPLOADER, Role.AUDITOR])
def test_providers_and_auditors_read_indicators_and_change_none(app, client_for, role):
    make.indicator("HUB-01")
    client = client_for(make.user(role))

    page = client.get("/indicators/HUB-01")

    assert page.status_code == 200
    assert b"Edit the indicator" not in page.data
    for address in ("/indicators/new", "/indicators/HUB-01/edit", "/indicators/HUB-01/aliases/new"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOARD_MEMBER])
def test_administrators_and_board_members_see_no_indicators(app, client_for, role):
    assert client_for(make.user(role)).get("/indicators").status_code == 403


def test_the_list_of_the_whole_catalogue_pages_filters_and_searches(client_for, commissioner):
    install_catalogue(by=CommandLine())
    client = client_for(commissioner)

    assert "Page 1 of 6" in text_of(client.get("/indicators"))
    assert "14 found" in text_of(client.get("/indicators?family=HUB"))
    assert "9 found" in text_of(client.get("/indicators?family=HUB&core=y"))
    assert "1 found" in text_of(client.get("/indicators?search=helpline+calls+answered"))
    assert text_of(client.get("/indicators?sort=name")).find("Abusive") < text_of(
        client.get("/indicators?sort=name")
    ).find("Accepted")
    assert "There are no indicators to show." in text_of(client.get("/indicators?search=unicorns"))


def test_every_shipped_indicator_has_a_page(client_for, commissioner):
    install_catalogue(by=CommandLine())
    client = client_for(commissioner)

    for code in ("SA-01", "HUB-05", "CBS-02", "SA-13.b", "XS-01", "CTX-01"):
        assert client.get(f"/indicators/{code}").status_code == 200


def test_the_page_says_why_people_are_not_added(client_for, commissioner):
    install_catalogue(by=CommandLine())

    page = text_of(client_for(commissioner).get("/indicators/SA-01"))

    assert "It is not added over services, because the same person may use more than one service." in page
    assert "Area of residence" in page
    assert "It may be added over" in text_of(client_for(commissioner).get("/indicators/HUB-05"))
    assert "Adults in safe accommodation" in page


def test_an_unknown_indicator_is_not_found(client_for, commissioner):
    make.indicator("HUB-01")
    client = client_for(commissioner)

    for part in ("", "/edit", "/aliases/new"):
        assert client.get(f"/indicators/HUB-99{part}").status_code == 404


def test_an_indicator_is_added_after_those_there_are(client_for, commissioner):
    held = make.indicator("HUB-01")

    response = client_for(commissioner).send("/indicators/new", ADDED)

    added = db.session.get(Indicator, "HUB-14")
    assert response.location == "/indicators/HUB-14"
    assert (added.family, added.count_type, added.position) == ("HUB", "F", held.position + 1)
    assert last_event().action == "indicator-added"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"code": "hub 14"}, "The code must look like HUB-14 or HUB-14.a."),
        ({"code": "HUB-01"}, "The code HUB-01 is taken. Choose another."),
        ({"unit": "unicorns"}, "Choose what it is counted in."),
        ({"count_type": ""}, "Choose how it is counted."),
        ({"direction": ""}, "Choose which way is better."),
        ({"decimals": "9"}, "At most 4 decimals can be shown."),
        ({"definition": ""}, "Say what exactly is counted."),
    ],
)
def test_what_is_wrong_with_an_indicator_is_said(client_for, commissioner, changes, message):
    make.indicator("HUB-01")

    page = client_for(commissioner).send("/indicators/new", {**ADDED, **changes})

    assert message in text_of(page)
    assert db.session.get(Indicator, "HUB-14") is None


def test_an_indicator_is_in_use_until_after_it_began(client_for, commissioner):
    indicator = make.indicator("HUB-01", valid_from=date(2023, 4, 1))
    days = {
        "valid_from-day": "1",
        "valid_from-month": "4",
        "valid_from-year": "2023",
        "valid_to-day": "1",
        "valid_to-month": "4",
        "valid_to-year": "2022",
    }
    client = client_for(commissioner)

    page = client.send("/indicators/HUB-01/edit", {**EDITED, **days})

    assert "It must be in use until a day after the day it is in use from." in text_of(page)
    client.send("/indicators/HUB-01/edit", {**EDITED, **days, "valid_to-year": "2024"})
    db.session.expire_all()
    assert indicator.valid_to == date(2024, 4, 1)
    assert "In use until" in text_of(client.get("/indicators/HUB-01"))


def test_an_indicator_is_edited_by_one_person_at_a_time(client_for, commissioner):
    indicator = make.indicator("HUB-01")
    client = client_for(commissioner)

    assert client.send("/indicators/HUB-01/edit", {**EDITED, "core": "y"}).status_code == 302
    shown = client.send("/indicators/HUB-01/edit", {**EDITED, "name": "Mine"})

    assert shown.status_code == 409
    assert "Referrals in" in text_of(shown)
    assert b'value="Mine"' in shown.data
    db.session.expire_all()
    assert (indicator.name, indicator.core) == ("Referrals in", True)


def test_words_are_added_once_and_removed(client_for, commissioner):
    indicator = make.indicator("HUB-01")
    client = client_for(commissioner)
    sent = {"text": "Referrals logged", "part": "value", "category": "", "basis": "ytd"}

    client.send("/indicators/HUB-01/aliases/new", sent)
    again = client.send("/indicators/HUB-01/aliases/new", {**sent, "text": "referrals LOGGED"})
    alias = indicator.aliases[0]

    assert (alias.text, alias.part, alias.category, alias.basis) == ("Referrals logged", "value", None, "ytd")
    assert "This indicator is known by these words already." in text_of(again)
    page = "/indicators/HUB-01"
    client.send(f"{page}/aliases/{alias.id}/remove", of=page)
    db.session.expire_all()
    assert indicator.aliases == []
    assert client.send(f"{page}/aliases/{uuid.uuid4()}/remove", of=f"{page}/edit").status_code == 404


# KPIs


def kpi_of(contract) -> ContractKpi:
    return db.session.scalars(select(ContractKpi).where(ContractKpi.contract_id == contract.id)).one()


def test_a_kpi_is_added_edited_and_removed(client_for, commissioner, contract):
    make.indicator("HUB-05", unit="percent", count_type="R", direction="higher")
    client, base = client_for(commissioner), f"/contracts/{contract.id}/kpis"
    sent = {"indicator": "HUB-05", "target": "80%", "tolerance": "5", "minimum_denominator": "10", "mandatory": "y"}

    client.send(f"{base}/new?year=2022", sent)
    kpi = kpi_of(contract)
    assert (kpi.target, kpi.tolerance, kpi.mandatory, kpi.financial_year) == (80, 5, True, 2022)
    assert "at least 80%" in text_of(client.get(f"{base}?year=2022"))

    client.send(f"{base}/{kpi.id}/edit", {"version": "1", "target": "82.5", "minimum_denominator": "20"})
    db.session.expire_all()
    assert (kpi.target, kpi.tolerance, kpi.minimum_denominator, kpi.mandatory) == (Decimal("82.5"), None, 20, False)
    assert "82" not in last_event().details
    assert "A tenth of the target" in text_of(client.get(f"{base}?year=2022"))

    client.send(f"{base}/{kpi.id}/remove", {"version": "2"})
    assert db.session.scalar(select(func.count()).select_from(ContractKpi)) == 0
    assert "There are no KPIs to show for this year." in text_of(client.get(f"{base}?year=2022"))


def test_an_indicator_is_a_kpi_of_a_year_once(client_for, commissioner, contract):
    make.indicator("HUB-01")
    make.kpi(contract, "HUB-01")
    sent = {"indicator": "HUB-01", "minimum_denominator": "10"}

    page = client_for(commissioner).send(f"/contracts/{contract.id}/kpis/new?year=2022", sent)

    assert "It is a KPI of this contract in this year already." in text_of(page)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"indicator": ""}, "Choose an indicator."),
        ({"target": "many"}, "Target must be a number, like 1,250 or 79.5."),
        ({"target": "1.23456"}, "Give at most 12 digits before the point and 4 after it."),
        ({"tolerance": "-1"}, "The tolerance must be nought or more."),
        ({"range_low": "85"}, "A range needs both its ends."),
        ({"range_low": "95", "range_high": "85"}, "The range must not end below where it begins."),
        ({"range_low": "85", "range_high": "95", "target": "90"}, "Give a target or a range, not both."),
    ],
)
def test_what_is_wrong_with_a_kpi_is_said(client_for, commissioner, contract, changes, message):
    make.indicator("HUB-01")
    sent = {"indicator": "HUB-01", "minimum_denominator": "10", **changes}

    page = client_for(commissioner).send(f"/contracts/{contract.id}/kpis/new?year=2022", sent)

    assert message in text_of(page)
    assert db.session.scalar(select(func.count()).select_from(ContractKpi)) == 0


@pytest.mark.parametrize("what", ["edit", "remove"])
def test_a_kpi_is_changed_by_one_person_at_a_time(client_for, commissioner, contract, what):
    make.indicator("HUB-01")
    kpi = make.kpi(contract, "HUB-01")
    client, address = client_for(commissioner), f"/contracts/{contract.id}/kpis/{kpi.id}"
    client.send(f"{address}/edit", {"version": "1", "target": "70", "minimum_denominator": "10"})

    shown = client.send(f"{address}/{what}", {"version": "1", "target": "90", "minimum_denominator": "10"})

    assert shown.status_code == 409
    db.session.expire_all()
    assert kpi.target == 70


def test_the_suggested_set_follows_the_services_of_the_contract(client_for, commissioner):
    install_catalogue(by=CommandLine())
    services = [make.service(indicator_family="PRP", kind="perpetrator")]
    contract = make.contract(lead=commissioner.organisation, services=services)
    client, base = client_for(commissioner), f"/contracts/{contract.id}/kpis"

    client.send(f"{base}/suggested?year=2022", of=f"{base}?year=2022")
    client.send(f"{base}/suggested?year=2022", of=f"{base}?year=2022")

    families = set(db.session.scalars(select(Indicator.family).join(ContractKpi)))
    assert families == {"PRP", "XS"}
    assert "0 suggested KPIs were added" in text_of(client.get(f"{base}?year=2022"))


def test_a_years_kpis_are_copied_with_their_targets(client_for, commissioner, contract):
    make.indicator("HUB-01")
    make.kpi(contract, "HUB-01", 2021, target=Decimal("9500"), mandatory=False)
    client, base = client_for(commissioner), f"/contracts/{contract.id}/kpis"

    client.send(f"{base}/copied?year=2022", of=f"{base}?year=2022")

    copied = db.session.scalars(select(ContractKpi).where(ContractKpi.financial_year == 2022)).one()
    assert (copied.target, copied.mandatory) == (9500, False)


def test_the_year_that_is_running_is_shown_first(client_for, commissioner):
    now = make.contract(lead=commissioner.organisation)
    ended = make.contract(
        lead=commissioner.organisation, starts_on=date(2015, 4, 1), ends_on=date(2019, 3, 31), reference="OLD"
    )
    client = client_for(commissioner)

    assert "KPIs for 2023/24" in text_of(client.get(f"/contracts/{now.id}/kpis"))
    assert "KPIs for 2018/19" in text_of(client.get(f"/contracts/{ended.id}/kpis"))


def test_a_year_that_the_contract_does_not_have_is_not_found(client_for, commissioner, contract):
    assert client_for(commissioner).get(f"/contracts/{contract.id}/kpis?year=1999").status_code == 404


def test_a_provider_reads_the_kpis_of_its_contract_and_changes_none(app, client_for, contract):
    make.indicator("HUB-01")
    make.kpi(contract, "HUB-01", mandatory=False)
    client = client_for(make.user(Role.PROVIDER_MANAGER, contract.provider))

    page = client.get(f"/contracts/{contract.id}/kpis?year=2022")

    assert "HUB-01" in text_of(page)
    assert "Add a KPI" not in text_of(page)
    assert client.get(f"/contracts/{contract.id}/kpis/new").status_code == 403
