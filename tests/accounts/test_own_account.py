"""One's own account: the password, and where one is signed in."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.accounts.models import User, UserSession
from dacommission.accounts.passwords import hashed, matches
from dacommission.accounts.sessions import browser_in_words
from dacommission.audit import AuditEvent
from dacommission.db import db
from dacommission.roles import Role
from tests import make
from tests.pages import text_of

PASSWORD = "violet ladder thunder pebble"
NEW = "copper window april tango"


@pytest.fixture
def person(app: Flask) -> User:
    return make.user(Role.AUDITOR, name="A. Person", password_hash=hashed(PASSWORD))


def change(client, current=PASSWORD, new=NEW, again=NEW):
    return client.send("/account", {"current": current, "password": new, "again": again})


def test_the_page_says_who_one_is(person, client_for):
    page = text_of(client_for(person).get("/account"))

    assert "A. Person" in page
    assert "Auditor" in page
    assert "This one" in page


def test_a_changed_password_is_the_one_that_counts(person, client_for):
    response = change(client_for(person))

    db.session.rollback()
    assert response.location == "/account"
    assert matches(person.password_hash, NEW)
    assert db.session.scalars(select(AuditEvent.action)).all() == ["password-changed"]


def test_changing_it_ends_every_other_session_and_keeps_this_one(person, client_for):
    here, elsewhere = client_for(person), client_for(person)

    change(here)

    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").location.startswith("/sign-in")


def test_the_current_password_is_needed(person, client_for):
    response = change(client_for(person), current="not the password")

    assert "This is not your current password" in text_of(response)
    assert "Error: Your account" in response.get_data(as_text=True)
    assert matches(person.password_hash, PASSWORD)


def test_guessing_the_current_password_is_throttled(person, client_for):
    client = client_for(person)
    for _ in range(10):
        change(client, current="not the password")

    assert change(client).status_code == 429


@pytest.mark.parametrize(
    ("new", "again", "sentence"),
    [
        ("", "", "Enter a new password."),
        (NEW, NEW + "x", "The two passwords are not the same."),
        ("short", "short", "The password has 5 characters."),
        ("DomesticAbuse2024", "DomesticAbuse2024", "names that belong to this service"),
    ],
)
def test_a_new_password_that_will_not_do_changes_nothing(person, client_for, new, again, sentence):
    response = change(client_for(person), new=new, again=again)

    assert sentence in text_of(response)
    assert matches(person.password_hash, PASSWORD)


def test_ones_organisation_is_no_password(app, client_for):
    body = make.organisation("funding-body", name="Chrysanthemum Borough", short_name="CB")
    person = make.user(Role.COMMISSIONER, body, password_hash=hashed(PASSWORD))

    response = change(client_for(person), new="Chrysanthemum 2024", again="Chrysanthemum 2024")

    assert "names that belong to this service" in text_of(response)


@pytest.mark.parametrize(
    ("browser", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
            "Safari/537.36 Edg/126.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
            "Safari/605.1.15",
            "Safari on a Mac",
        ),
        ("curl/8.0", "Another browser"),
    ],
)
def test_a_browser_is_called_what_people_call_it(browser, words):
    assert browser_in_words(browser) == words


def test_another_session_of_ones_own_can_be_ended(person, client_for):
    elsewhere, here = client_for(person), client_for(person)
    first = db.session.scalars(select(UserSession).order_by(UserSession.started_at)).first()

    response = here.send(f"/account/sessions/{first.id}/end", of="/account", follow_redirects=True)

    assert "That session is ended." in text_of(response)
    assert elsewhere.get("/account").location.startswith("/sign-in")
    assert here.get("/account").status_code == 200


def test_ending_a_session_twice_is_harmless(person, client_for):
    client_for(person)
    here = client_for(person)
    first = db.session.scalars(select(UserSession).order_by(UserSession.started_at)).first().id

    for _ in range(2):
        assert here.send(f"/account/sessions/{first}/end", of="/account").status_code == 302

    assert db.session.scalars(select(AuditEvent.action)).all() == ["session-ended"]


def test_another_persons_session_is_not_found(person, client_for):
    other = client_for(make.user(Role.AUDITOR))
    theirs = db.session.scalars(select(UserSession)).one().id
    here = client_for(person)

    found = here.send(f"/account/sessions/{theirs}/end", of="/account")
    missing = here.send(f"/account/sessions/{uuid.uuid4()}/end", of="/account")

    assert found.status_code == missing.status_code == 404
    assert other.get("/account").status_code == 200
