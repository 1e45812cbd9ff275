"""Guessing passwords is slowed down by address, and strangers never lock the right person out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from dacommission.accounts import throttle
from dacommission.accounts.models import FailedSignIn, User
from dacommission.accounts.passwords import hashed
from dacommission.db import db, unit_of_work
from dacommission.roles import Role
from tests import make
from tests.pages import text_of

PASSWORD = "violet ladder thunder pebble"


@pytest.fixture
def person(app: Flask) -> User:
    return make.user(Role.COMMISSIONER, email="person@example.org", password_hash=hashed(PASSWORD))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def try_to_sign_in(client: FlaskClient, email: str, password: str, *, address="127.0.0.1", **more: str):
    return client.send(
        "/sign-in",
        {"email": email, "password": password, **more},
        environ_overrides={"REMOTE_ADDR": address},
    )


def test_ten_wrong_guesses_from_one_address_are_enough(person, client):
    for _ in range(10):
        assert try_to_sign_in(client, person.email, "not the password").status_code == 200

    response = try_to_sign_in(client, person.email, PASSWORD)

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 300
    assert "Wait 5 minutes and try again" in text_of(response)


def test_the_eleventh_guess_goes_when_five_minutes_have_passed(person, client):
    for _ in range(10):
        try_to_sign_in(client, person.email, "not the password")
    with unit_of_work():
        for failed in db.session.scalars(select(FailedSignIn)):
            failed.at -= timedelta(minutes=5, seconds=1)

    assert try_to_sign_in(client, person.email, PASSWORD).status_code == 302


def test_unknown_accounts_are_throttled_alike(app, client):
    for _ in range(10):
        try_to_sign_in(client, "unknown@example.org", "not the password")

    assert try_to_sign_in(client, "unknown@example.org", "x").status_code == 429


def test_wrong_guesses_are_counted_as_was_decided():
    assert (throttle.ACCOUNT_FROM_ADDRESS, throttle.ADDRESS, throttle.EVERYWHERE) == (10, 30, 1000)
    assert timedelta(minutes=5) == throttle.WINDOW


def test_wrong_guesses_from_one_address_at_any_accounts_are_enough(app, client, monkeypatch):
    monkeypatch.setattr(throttle, "ADDRESS", 4)
    for number in range(4):
        assert try_to_sign_in(client, f"unknown{number}@example.org", "x").status_code == 200

    assert try_to_sign_in(client, "another@example.org", "x").status_code == 429


def test_another_address_is_not_held_to_account_for_it(person, client):
    for _ in range(11):
        try_to_sign_in(client, person.email, "not the password", address="192.0.2.1")

    assert try_to_sign_in(client, person.email, PASSWORD, address="192.0.2.2").status_code == 302


def test_success_forgets_ones_own_wrong_guesses(person, client, monkeypatch):
    monkeypatch.setattr(throttle, "ACCOUNT_FROM_ADDRESS", 3)
    for _ in range(3):
        for _ in range(2):
            try_to_sign_in(client, person.email, "not the password")
        assert try_to_sign_in(client, person.email, PASSWORD).status_code == 302
        client.send("/sign-out", of="/account")

    assert db.session.scalar(select(func.count(FailedSignIn.id))) == 0


def test_a_thousand_wrong_guesses_from_fifty_addresses_do_not_stop_the_right_person(app, person, client):
    now = datetime.now(UTC)
    with unit_of_work():
        db.session.add_all(
            FailedSignIn(account=throttle.account_digest(person.email), address=f"192.0.2.{number % 50}", at=now)
            for number in range(1000)
        )

    stranger = try_to_sign_in(app.test_client(), person.email, PASSWORD, address="192.0.2.7")
    right_person = try_to_sign_in(client, person.email, PASSWORD, address="198.51.100.1")

    assert (stranger.status_code, right_person.status_code) == (429, 302)


def test_when_everybody_guesses_an_address_has_one_try_not_thirty(app, person, client, monkeypatch):
    monkeypatch.setattr(throttle, "EVERYWHERE", 3)
    for number in range(3):
        try_to_sign_in(client, "unknown@example.org", "x", address=f"192.0.2.{number}")

    first = try_to_sign_in(client, person.email, "not the password", address="198.51.100.1")
    second = try_to_sign_in(client, person.email, PASSWORD, address="198.51.100.1")

    assert (first.status_code, second.status_code) == (200, 429)


def test_old_failures_are_not_kept(app, person, client):
    try_to_sign_in(client, "unknown@example.org", "x")
    with unit_of_work():
        for failed in db.session.scalars(select(FailedSignIn)):
            failed.at -= timedelta(hours=1)

    try_to_sign_in(client, "unknown@example.org", "x")

    assert db.session.scalar(select(func.count(FailedSignIn.id))) == 1


def test_failures_hold_no_address_book(person, client):
    try_to_sign_in(client, person.email, "x")

    assert db.session.scalars(select(FailedSignIn)).one().account == throttle.account_digest(person.email)
    assert "person" not in throttle.account_digest(person.email)


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_a_person_has_a_whole_ipv6_network(address, counted_as):
    assert throttle.network(address) == counted_as
