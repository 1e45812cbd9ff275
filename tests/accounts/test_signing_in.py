"""Signing in and out: who is let in, who is told what, and how long it lasts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from dacommission.accounts import sessions
from dacommission.accounts.models import User, UserSession
from dacommission.accounts.passwords import hashed
from dacommission.audit import AuditEvent
from dacommission.db import db, unit_of_work
from dacommission.roles import Role
from tests import make
from tests.pages import text_of

PASSWORD = "violet ladder thunder pebble"
REFUSED = "The email address and the password do not belong together."


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


def test_the_right_password_opens_the_first_page(person, client):
    response = try_to_sign_in(client, "person@example.org", PASSWORD)

    assert response.status_code == 302
    assert response.location == "/"
    assert client.get("/").status_code == 200


def test_an_address_in_capitals_is_the_same_address(person, client):
    assert try_to_sign_in(client, " Person@Example.ORG ", PASSWORD).status_code == 302


def test_signing_in_is_on_record(person, client):
    try_to_sign_in(client, "person@example.org", PASSWORD)

    event = db.session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor_id, event.security) == ("signed-in", person.id, True)


def answers(app: Flask, email: str, password: str) -> tuple[int, str, set[str]]:
    response = try_to_sign_in(app.test_client(), email, password)
    return response.status_code, text_of(response).replace(email, ""), set(response.headers.keys())


def test_every_refusal_is_the_same(app, person):
    make.user(Role.AUDITOR, email="disabled@example.org", password_hash=hashed(PASSWORD), disabled_at=make.LONG_AGO)
    make.user(Role.AUDITOR, email="invited@example.org")

    wrong = answers(app, "person@example.org", "not the password")

    assert REFUSED in wrong[1]
    assert answers(app, "unknown@example.org", PASSWORD) == wrong
    assert answers(app, "disabled@example.org", PASSWORD) == wrong
    assert answers(app, "invited@example.org", PASSWORD) == wrong


def test_an_unknown_account_costs_a_password_check_too(app, monkeypatch):
    checked = []
    monkeypatch.setattr(
        "dacommission.accounts.passwords.matches", lambda stored, password: checked.append(stored) or False
    )

    try_to_sign_in(app.test_client(), "unknown@example.org", PASSWORD)

    assert checked == [None]


def test_a_refusal_is_on_record_without_an_unknown_address(app, person, client):
    try_to_sign_in(client, "person@example.org", "not the password")
    try_to_sign_in(client, "a.stranger@example.org", "not the password")

    known, unknown = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    assert (known.action, known.subject_id, known.security) == ("sign-in-failed", str(person.id), True)
    assert (unknown.action, unknown.subject_id, unknown.security) == ("sign-in-failed", "", True)
    assert "stranger" not in " ".join([unknown.subject_name, unknown.details, unknown.actor_name])


def test_nothing_typed_says_what_to_enter(app, client):
    response = try_to_sign_in(client, "", "")

    assert "Enter your email address." in text_of(response)
    assert "<title>Error: Sign in" in response.get_data(as_text=True)


def test_the_password_never_comes_back_on_the_page(person, client):
    response = try_to_sign_in(client, "person@example.org", "not the password")

    assert "not the password" not in response.get_data(as_text=True)


def test_a_digest_with_old_costs_is_made_anew(person, client):
    with unit_of_work():
        person.password_hash = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    old = person.password_hash

    try_to_sign_in(client, "person@example.org", PASSWORD)

    db.session.expire_all()
    assert person.password_hash != old
    assert try_to_sign_in(client.application.test_client(), "person@example.org", PASSWORD).status_code == 302


def test_whoever_is_signed_in_is_sent_to_the_first_page(person, client_for):
    assert client_for(person).get("/sign-in").location == "/"


def test_a_page_asked_for_before_signing_in_is_opened_after(person, client):
    asked = client.get("/account?x=1")
    response = client.send(asked.location, {"email": person.email, "password": PASSWORD, "next": "/account?x=1"})

    assert asked.location == "/sign-in?next=/account?x%3D1"
    assert 'value="/account?x=1"' in client.get(asked.location).get_data(as_text=True) or response.status_code == 302
    assert response.location == "/account?x=1"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/account\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "account",
        "/no-such-page",
        "/sign-out",
        "///evil.example",
    ],
)
def test_signing_in_never_leads_to_another_site(person, client, elsewhere):
    response = try_to_sign_in(client, person.email, PASSWORD, next=elsewhere)

    assert response.location == "/"


def test_signing_in_gives_a_new_session_and_drops_the_old_one(person, client):
    with client.session_transaction() as before:
        before[sessions.KEY] = "a token the attacker knows"
        before["planted"] = "something"

    try_to_sign_in(client, person.email, PASSWORD)

    with client.session_transaction() as after:
        assert "planted" not in after
        assert after[sessions.KEY] != "a token the attacker knows"
    thief = client.application.test_client()
    with thief.session_transaction() as old:
        old[sessions.KEY] = "a token the attacker knows"
    assert thief.get("/").location.startswith("/sign-in")


def test_only_the_digest_of_a_token_is_stored(person, client):
    try_to_sign_in(client, person.email, PASSWORD)

    with client.session_transaction() as session:
        token = session[sessions.KEY]
    stored = db.session.scalars(select(UserSession)).one()
    assert len(token) >= 43
    assert stored.token_sha256 == sessions.digest(token)


def test_a_cookie_kept_from_before_signing_out_opens_nothing(person, client):
    try_to_sign_in(client, person.email, PASSWORD)
    kept = client.get_cookie("session").value

    response = client.send("/sign-out", of="/account", follow_redirects=True)
    client.set_cookie("session", kept)

    assert "You have signed out." in text_of(response)
    assert client.get("/account").location.startswith("/sign-in")
    assert "Your session has ended" in text_of(client.get("/sign-in"))
    assert db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all() == ["signed-in", "signed-out"]


def test_signing_in_again_in_the_same_browser_ends_the_session_before(person, client_for):
    client = client_for(person)
    token = client.token("/account")
    with client.session_transaction() as session:
        old = session[sessions.KEY]

    data = {"email": person.email, "password": PASSWORD, "csrf_token": token}
    assert client.post("/sign-in", data=data).location == "/"

    db.session.rollback()
    before = db.session.scalars(select(UserSession).where(UserSession.token_sha256 == sessions.digest(old))).one()
    assert before.ended_at is not None
    assert client.get("/account").status_code == 200


def test_signing_out_is_not_a_link(person, client_for):
    assert client_for(person).get("/sign-out").status_code == 405


@pytest.mark.parametrize(
    ("role", "minutes", "opens"),
    [
        (Role.COMMISSIONER, 29, True),
        (Role.COMMISSIONER, 31, False),
        (Role.ADMINISTRATOR, 14, True),
        (Role.ADMINISTRATOR, 16, False),
    ],
)
def test_a_session_ends_when_nothing_is_done_for_a_while(app, client_for, role, minutes, opens):
    client = client_for(make.user(role))
    with unit_of_work():
        db.session.scalars(select(UserSession)).one().seen_at = datetime.now(UTC) - timedelta(minutes=minutes)

    assert (client.get("/account").status_code == 200) == opens


def test_a_session_is_kept_alive_by_use(app, client_for):
    client = client_for(make.user(Role.COMMISSIONER))
    with unit_of_work():
        db.session.scalars(select(UserSession)).one().seen_at = datetime.now(UTC) - timedelta(minutes=20)

    client.get("/account")

    db.session.rollback()
    assert datetime.now(UTC) - db.session.scalars(select(UserSession)).one().seen_at < timedelta(minutes=5)


def test_a_session_ends_after_twelve_hours_however_busy(app, client_for):
    client = client_for(make.user(Role.COMMISSIONER))
    with unit_of_work():
        db.session.scalars(select(UserSession)).one().started_at = datetime.now(UTC) - timedelta(hours=12, minutes=1)

    assert client.get("/account").location.startswith("/sign-in")


def test_somebody_disabled_while_the_password_is_checked_is_not_let_in(app, person, client, monkeypatch):
    from dacommission.accounts import passwords

    right = passwords.matches

    def disabled_meanwhile(stored, password):
        with unit_of_work():
            person.disabled_at = datetime.now(UTC)
        return right(stored, password)

    monkeypatch.setattr(passwords, "matches", disabled_meanwhile)

    assert REFUSED in text_of(try_to_sign_in(client, person.email, PASSWORD))
    assert db.session.scalar(select(func.count(UserSession.id))) == 0
