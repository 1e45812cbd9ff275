"""The first administrator is made on the command line, with a link and never with a known password."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from dacommission.accounts.commands import AccountProblem, add_user
from dacommission.accounts.models import User
from dacommission.audit import AuditEvent
from dacommission.db import db
from dacommission.organisations.models import Organisation
from tests import make

FIRST = {
    "email": "First@example.org",
    "name": "First Administrator",
    "role": "administrator",
    "organisation": "A Council",
    "address": "https://commissioning.example/",
}


def test_the_first_administrator_gets_a_link_and_no_password(app):
    link = add_user(**FIRST)

    user = db.session.scalars(select(User)).one()
    assert link.startswith("https://commissioning.example/one-time/")
    assert (user.email, user.role, user.password_hash) == ("first@example.org", "administrator", None)
    assert (user.organisation.name, user.organisation.kind) == ("A Council", "funding-body")
    assert app.test_client().get(link.removeprefix("https://commissioning.example")).location == "/choose-password"
    actors = db.session.scalars(select(AuditEvent.actor_role).order_by(AuditEvent.id)).all()
    assert actors == ["command-line", "command-line"]


def test_an_organisation_that_is_there_is_used(app):
    body = make.organisation("provider", name="A Provider", short_name="AP")

    add_user(**{**FIRST, "role": "provider-manager", "organisation": "AP"})

    assert db.session.scalars(select(User)).one().organisation_id == body.id
    assert db.session.scalar(select(func.count(Organisation.id))) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "first"}, "first is not an e-mail address"),
        ({"role": "boss"}, "There is no role boss. Choose one of administrator, auditor"),
        ({"name": " "}, "The name is empty"),
        ({"organisation": " "}, "The organisation is empty"),
        ({"role": "provider-manager"}, "There is no organisation named A Council. Sign in as an administrator"),
    ],
)
def test_what_cannot_be_made_says_why_and_makes_nothing(app, change, sentence):
    with pytest.raises(AccountProblem, match=sentence):
        add_user(**{**FIRST, **change})

    assert db.session.scalar(select(func.count(User.id))) == 0
    assert db.session.scalar(select(func.count(Organisation.id))) == 0


def test_the_same_person_twice_is_refused(app):
    add_user(**FIRST)

    with pytest.raises(AccountProblem, match="There is an account for first@example.org already"):
        add_user(**FIRST)


def test_a_role_must_suit_the_organisation(app):
    make.organisation("provider", name="A Provider")

    with pytest.raises(AccountProblem, match="Administrator is not a role at A Provider"):
        add_user(**{**FIRST, "organisation": "A Provider"})
