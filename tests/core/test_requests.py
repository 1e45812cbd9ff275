"""What a request may hold, and what every answer carries: pages, files and refusals alike."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from config import settings
from dacommission import create_app
from dacommission.roles import Role
from dacommission.web.forms import DayField, NumberField
from dacommission.web.headers import HEADERS
from tests import make


class Typed(Form):
    amount = NumberField("Amount")
    day = DayField("Day")


@pytest.mark.parametrize("address", ["/organisations?search=%00", "/audit?person=a%00b", "/indicators/%00", "/?%00=1"])
def test_an_address_with_a_nul_is_refused(app: Flask, client_for, address: str):
    assert client_for(make.user(Role.COMMISSIONER)).get(address).status_code == 400


def test_a_form_with_a_nul_is_refused_and_changes_nothing(app: Flask, client_for):
    client = client_for(None)

    response = client.send("/sign-in", {"email": "a\0b@example.org", "password": "whatever"})

    assert response.status_code == 400


def test_a_file_may_hold_a_nul(app: Flask, client_for):
    due = make.due_return(make.contract())
    manager = client_for(make.user(Role.PROVIDER_MANAGER, due.contract.provider))

    response = manager.send(f"/returns/{due.id}/upload", {"file": (BytesIO(b"\0\0"), "return.xlsx")})

    assert response.status_code == 200


@pytest.mark.parametrize("typed", ["1e400", "1000000000", "-1000000000", "9" * 40, "0.0000001"])
def test_a_number_that_no_database_keeps_exactly_is_refused(typed: str):
    form = Typed(MultiDict({"amount": typed}))

    assert not form.validate()
    assert "below a thousand million" in form.amount.errors[0]


@pytest.mark.parametrize("typed", ["999,999,999.123456", "£1,250", "1E3", "-0.5"])
def test_a_number_that_is_kept_exactly_is_taken(typed: str):
    assert Typed(MultiDict({"amount": typed})).validate()


@pytest.mark.parametrize("part", ["9" * 19, "9" * 5000])
@pytest.mark.parametrize("box", ["day", "month", "year"])
def test_a_day_of_too_many_digits_is_refused(box: str, part: str):
    typed = {"day-day": "1", "day-month": "1", "day-year": "2024", f"day-{box}": part}

    form = Typed(MultiDict(typed))

    assert not form.validate()
    assert form.day.errors == ["Day must have a day, a month and a year, like 31 3 2024."]


@pytest.mark.parametrize("address", ["/sign-in", "/static/icon.svg", "/static/none", "/none"])
def test_pages_files_and_refusals_stay_on_https_where_the_service_does(address: str):
    app = create_app(settings({"SECRET_KEY": "a" * 40, "DATABASE_URL": "sqlite://"}))

    with app.test_client().get(address, base_url="https://localhost") as response:
        assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
        assert "Access-Control-Allow-Origin" not in response.headers
