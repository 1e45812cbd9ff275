"""An invited person chooses a password by a one-time link, which works once, for a while, for one account."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from dacommission.accounts import links
from dacommission.accounts.models import OneTimeLink, User
from dacommission.accounts.passwords import hashed, matches
from dacommission.accounts.sessions import digest
from dacommission.audit import AuditEvent
from dacommission.db import db, unit_of_work
from dacommission.roles import Role
from tests import make
from tests.pages import text_of

PASSWORD = "violet ladder thunder pebble"
NEW = "copper window april tango"
LINK = re.compile(r"http://localhost(/one-time/([\w-]+))")


def invite(client, organisation=None, role="auditor", email="new@example.org", name="New Person"):
    chosen = {"role": role, "organisation": str(organisation.id)} if organisation else {}
    return client.send("/users/invite", {"email": email, "name": name, **chosen})


def link_in(response) -> str:
    return LINK.search(response.get_data(as_text=True))[1]


def take_up(client, link, password=NEW):
    assert client.get(link).location == "/choose-password"
    return client.send("/choose-password", {"password": password, "again": password})


def saved(email="new@example.org") -> User:
    db.session.rollback()
    return db.session.scalars(select(User).where(User.email == email)).one()


def test_an_invited_person_chooses_a_password_and_signs_in(app, admin, administrator):
    response = invite(admin, administrator.organisation)
    stranger = app.test_client()

    done = take_up(stranger, link_in(response))

    assert done.location == "/sign-in"
    assert "Your password is set." in text_of(stranger.get("/sign-in"))
    signed_in = stranger.send("/sign-in", {"email": "new@example.org", "password": NEW})
    assert signed_in.location == "/"


def test_an_invited_account_has_no_password_until_then(admin, administrator):
    invite(admin, administrator.organisation)

    assert saved().password_hash is None
    assert saved().role == "auditor"
    events = db.session.scalars(select(AuditEvent)).all()
    assert [(event.action, event.security) for event in events] == [("user-invited", True)]


def test_the_link_is_shown_once_and_only_its_digest_is_kept(admin, administrator):
    response = invite(admin, administrator.organisation)
    token = link_in(response).rsplit("/", 1)[1]

    assert "shown once and kept nowhere" in text_of(response)
    assert len(token) >= 43
    assert db.session.scalars(select(OneTimeLink)).one().token_sha256 == digest(token)
    assert token not in admin.get(f"/users/{saved().id}").get_data(as_text=True)
    assert token not in " ".join(db.session.scalars(select(AuditEvent.details)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": ""}, "Enter the person's email address."),
        ({"email": "not an address"}, "Enter an email address in the form name@example.org."),
        ({"email": "a@b"}, "Enter an email address in the form name@example.org."),
        ({"email": "a b@example.org"}, "Enter an email address in the form name@example.org."),
        ({"name": " "}, "Enter the person's name."),
        ({"name": "x" * 121}, "Enter at most 120 characters."),
        ({"role": ""}, "Choose the person's role."),
        ({"role": "provider-manager"}, "Provider manager is not a role at "),
    ],
)
def test_an_invitation_that_cannot_be_made_says_why(admin, administrator, change, sentence):
    response = invite(admin, administrator.organisation, **change)

    assert sentence in text_of(response)
    assert "Error: Invite a person" in response.get_data(as_text=True)
    assert db.session.scalar(select(func.count(User.id))) == 1


def test_an_empty_address_is_told_once(admin, administrator):
    text = text_of(invite(admin, administrator.organisation, email=""))

    assert "Enter an email address in the form" not in text


def test_an_organisation_must_be_chosen(admin):
    response = admin.send("/users/invite", {"email": "a@example.org", "name": "A", "role": "auditor"})

    assert "Choose the person's organisation." in text_of(response)


def test_the_same_address_cannot_be_invited_twice(admin, administrator):
    invite(admin, administrator.organisation)

    again = invite(admin, administrator.organisation, email=" NEW@example.org")

    assert "There is an account for new@example.org already." in text_of(again)
    assert db.session.scalar(select(func.count(User.id))) == 2


def test_a_manager_invites_uploaders_of_his_own_provider_whatever_is_sent(app, manager, provider):
    other = make.organisation("funding-body")

    invite(manager, other, role="administrator")

    assert (saved().role, saved().organisation_id) == ("provider-uploader", provider.id)
    assert "Role" not in text_of(manager.get("/users/invite"))


def test_looking_at_a_link_does_not_use_it_up(app, admin, administrator):
    link = link_in(invite(admin, administrator.organisation))
    for _ in range(3):
        app.test_client().get(link)

    assert take_up(app.test_client(), link).status_code == 302


def test_a_link_does_not_travel_as_a_referrer(app, admin, administrator):
    link = link_in(invite(admin, administrator.organisation))
    client = app.test_client()

    assert client.get(link).headers["Referrer-Policy"] == "no-referrer"
    page = client.get("/choose-password").get_data(as_text=True)
    assert link.rsplit("/", 1)[1] not in page
    assert app.test_client().get("/one-time/unknown").headers["Referrer-Policy"] == "no-referrer"


def test_a_used_an_old_a_replaced_and_an_unknown_link_say_the_same(app, admin, administrator):
    used = link_in(invite(admin, administrator.organisation, email="used@example.org"))
    take_up(app.test_client(), used)
    old = link_in(invite(admin, administrator.organisation, email="old@example.org"))
    replaced = link_in(invite(admin, administrator.organisation, email="replaced@example.org"))
    admin.send(f"/users/{saved('replaced@example.org').id}/link", of="/account")
    disabled = link_in(invite(admin, administrator.organisation, email="disabled@example.org"))
    with unit_of_work():
        find_link(old).expires_at = datetime.now(UTC)
        find_link(disabled).user.disabled_at = datetime.now(UTC)

    pages = [app.test_client().get(link) for link in (used, old, replaced, disabled, "/one-time/unknown")]

    assert {page.status_code for page in pages} == {404}
    assert len({page.get_data() for page in pages}) == 1
    assert "ask the person who gave you the link for a new one" in text_of(pages[0])


def find_link(address: str) -> OneTimeLink:
    token = address.rsplit("/", 1)[1]
    return db.session.scalars(select(OneTimeLink).where(OneTimeLink.token_sha256 == digest(token))).one()


def test_a_link_used_up_while_the_form_was_open_sets_no_password(app, admin, administrator):
    link = link_in(invite(admin, administrator.organisation))
    first, second = app.test_client(), app.test_client()
    second.get(link)
    data = {"password": "another quite good phrase", "again": "another quite good phrase"}
    data["csrf_token"] = second.token("/choose-password")

    take_up(first, link)
    late = second.post("/choose-password", data=data)

    assert late.status_code == 404
    assert matches(saved().password_hash, NEW)


def test_a_link_used_up_while_the_password_was_hashed_sets_no_password(app, admin, administrator, monkeypatch):
    from dacommission.accounts import signing_in

    link = link_in(invite(admin, administrator.organisation))
    usable, answers = links.usable, []

    def usable_once(token, *, at):
        answers.append(usable(token, at=at))
        return answers[-1] if len(answers) < 4 else None  # followed, shown, sent, checked; then used elsewhere

    monkeypatch.setattr(signing_in.links, "usable", usable_once)
    client = app.test_client()
    client.get(link)

    late = client.send("/choose-password", {"password": NEW, "again": NEW})

    assert late.status_code == 404
    assert saved().password_hash is None


def test_a_guessable_password_does_not_use_the_link_up(app, admin, administrator):
    link = link_in(invite(admin, administrator.organisation, name="Chrysanthemum Person"))

    refused = take_up(app.test_client(), link, "Chrysanthemum1")

    assert "names that belong to this service" in text_of(refused)
    assert take_up(app.test_client(), link).status_code == 302


def test_an_invitation_works_for_48_hours_and_a_reset_for_60_minutes(app, admin, administrator):
    invite(admin, administrator.organisation)
    invited = db.session.scalars(select(OneTimeLink)).one()
    holder = make.user(Role.AUDITOR, password_hash=hashed(PASSWORD))
    admin.send(f"/users/{holder.id}/link", of="/account")
    db.session.rollback()
    reset = db.session.scalars(select(OneTimeLink).where(OneTimeLink.user_id == holder.id)).one()

    assert (invited.purpose, invited.expires_at - invited.issued_at) == ("invitation", timedelta(hours=48))
    assert (reset.purpose, reset.expires_at - reset.issued_at) == ("reset", timedelta(minutes=60))


def test_a_reset_ends_every_session_and_sets_the_new_password(app, admin, client_for):
    person = make.user(Role.AUDITOR, email="new@example.org", password_hash=hashed(PASSWORD))
    signed_in = client_for(person)
    response = admin.send(f"/users/{person.id}/link", of="/account")

    take_up(app.test_client(), link_in(response))

    assert signed_in.get("/account").location.startswith("/sign-in")
    assert matches(saved().password_hash, NEW)
    assert not matches(saved().password_hash, PASSWORD)


def test_changing_the_password_oneself_cancels_a_reset_link(app, admin, client_for):
    person = make.user(Role.AUDITOR, password_hash=hashed(PASSWORD))
    response = admin.send(f"/users/{person.id}/link", of="/account")

    client_for(person).send("/account", {"current": PASSWORD, "password": NEW, "again": NEW})

    assert app.test_client().get(link_in(response)).status_code == 404


def test_a_disabled_account_gets_no_link(admin):
    person = make.user(Role.AUDITOR, disabled_at=make.LONG_AGO)

    response = admin.send(f"/users/{person.id}/link", of="/account", follow_redirects=True)

    assert "account is disabled. Enable it before you issue a link." in text_of(response)


def test_nobody_issues_a_link_for_oneself(admin, administrator):
    response = admin.send(f"/users/{administrator.id}/link", of="/account", follow_redirects=True)

    assert "You cannot issue a link for yourself." in text_of(response)
    assert db.session.scalars(select(OneTimeLink)).all() == []
