"""Accounts are looked after by administrators, and uploaders by their provider's manager."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from dacommission.accounts import actions
from dacommission.accounts.passwords import hashed
from dacommission.audit import AuditEvent
from dacommission.db import db
from dacommission.roles import Role
from tests import make
from tests.pages import text_of

PASSWORD = "violet ladder thunder pebble"


def test_the_list_finds_by_name_role_and_state(admin):
    make.user(Role.COMMISSIONER, name="Active Commissioner", password_hash="x")
    make.user(Role.COMMISSIONER, name="Invited Commissioner")
    make.user(Role.AUDITOR, name="Disabled Auditor", password_hash="x", disabled_at=make.LONG_AGO)

    def names(address):
        page = text_of(admin.get(address))
        found = ("An Administrator", "Active Commissioner", "Invited Commissioner", "Disabled Auditor")
        return [name for name in found if name in page]

    assert len(names("/users")) == 4
    assert names("/users?search=invited") == ["Invited Commissioner"]
    assert names("/users?role=commissioner") == ["Active Commissioner", "Invited Commissioner"]
    assert names("/users?state=active") == ["An Administrator", "Active Commissioner"]
    assert names("/users?state=invited") == ["Invited Commissioner"]
    assert names("/users?state=disabled") == ["Disabled Auditor"]
    assert names("/users?search=nobody-of-that-name") == []
    assert "Nobody fits" in text_of(admin.get("/users?search=nobody-of-that-name"))


def test_the_list_sorts_by_organisation(admin):
    make.user(Role.AUDITOR, make.organisation("funding-body", name="Zebra"), name="Of Zebra")
    make.user(Role.AUDITOR, make.organisation("funding-body", name="Aardvark"), name="Of Aardvark")

    page = text_of(admin.get("/users?sort=organisation"))
    turned = text_of(admin.get("/users?sort=organisation&order=desc"))

    assert page.index("Of Aardvark") < page.index("Of Zebra")
    assert turned.index("Of Zebra") < turned.index("Of Aardvark")


def test_a_manager_sees_the_uploaders_of_his_own_provider_only(manager, provider):
    mine = make.user(Role.PROVIDER_UPLOADER, provider, name="My Uploader")
    make.user(Role.PROVIDER_UPLOADER, name="Their Uploader")
    make.user(Role.PROVIDER_MANAGER, provider, name="My Fellow Manager")

    page = text_of(manager.get("/users"))

    assert "My Uploader" in page
    assert "Their Uploader" not in page
    assert "My Fellow Manager" not in page
    assert manager.get(f"/users/{mine.id}").status_code == 200


@pytest.mark.parametrize("step", ["", "/edit", "/disable", "/enable", "/link", "/end-sessions"])
def test_another_providers_uploader_is_not_found(manager, step):
    theirs = make.user(Role.PROVIDER_UPLOADER)

    def answer(user_id):
        address = f"/users/{user_id}{step}"
        return manager.get(address) if step in ("", "/edit") else manager.send(address, of="/account")

    assert answer(theirs.id).status_code == answer(uuid.uuid4()).status_code == 404


def test_a_name_and_a_role_are_edited_and_a_new_role_signs_out(admin, client_for):
    person = make.user(Role.COMMISSIONER)
    client = client_for(person)

    edited = {"name": "New Name", "role": "auditor", "version": "1"}
    response = admin.send(f"/users/{person.id}/edit", edited, follow_redirects=True)

    db.session.rollback()
    assert "New Name saved." in text_of(response)
    assert (person.name, person.role, person.version) == ("New Name", "auditor", 2)
    assert client.get("/").location.startswith("/sign-in")


def test_a_new_name_alone_does_not_sign_out(admin, client_for):
    person = make.user(Role.COMMISSIONER)
    client = client_for(person)

    admin.send(f"/users/{person.id}/edit", {"name": "New Name", "role": "commissioner", "version": "1"})

    assert client.get("/").status_code == 200


def test_a_role_that_does_not_suit_the_organisation_is_refused(admin):
    person = make.user(Role.COMMISSIONER)

    edited = {"name": "New Name", "role": "provider-manager", "version": "1"}
    response = admin.send(f"/users/{person.id}/edit", edited)

    assert "Choose a role from the list." in text_of(response)
    with pytest.raises(actions.NotPossible, match="Provider manager is not a role at"):
        actions.edit(
            person, name="x", role=Role.PROVIDER_MANAGER, version=1, by=make.user(Role.ADMINISTRATOR), at=make.LONG_AGO
        )


def test_a_manager_changes_an_uploaders_name_but_not_the_role(manager, provider):
    person = make.user(Role.PROVIDER_UPLOADER, provider)

    edited = {"name": "New Name", "role": "administrator", "version": "1"}
    manager.send(f"/users/{person.id}/edit", edited)

    db.session.rollback()
    assert (person.name, person.role) == ("New Name", "provider-uploader")


def test_of_two_who_edit_one_account_the_second_sees_what_changed_and_loses_nothing(admin):
    person = make.user(Role.COMMISSIONER, name="First Name")
    admin.send(f"/users/{person.id}/edit", {"name": "Their Name", "role": "auditor", "version": "1"})

    late = {"name": "My Name", "role": "commissioner", "version": "1"}
    response = admin.send(f"/users/{person.id}/edit", late)
    page = response.get_data(as_text=True)

    assert response.status_code == 409
    assert "Their Name" in text_of(response)
    assert 'value="My Name"' in page
    assert 'name="version" type="hidden" value="2"' in page
    late["version"] = "2"
    assert admin.send(f"/users/{person.id}/edit", late).status_code == 302


def test_nobody_changes_his_own_role(admin, administrator):
    make.user(Role.ADMINISTRATOR)

    edited = {"name": "An Administrator", "role": "auditor", "version": "1"}
    response = admin.send(f"/users/{administrator.id}/edit", edited)

    assert "You cannot change your own role. Ask another administrator." in text_of(response)
    db.session.rollback()
    assert administrator.role == "administrator"
    assert administrator.version == 1


def test_ones_own_name_may_be_changed(admin, administrator):
    edited = {"name": "Another Name", "role": "administrator", "version": "1"}

    assert admin.send(f"/users/{administrator.id}/edit", edited).status_code == 302


def test_a_disabled_person_is_out_at_once_and_stays_out(admin, client_for):
    person = make.user(Role.AUDITOR, email="new@example.org", password_hash=hashed(PASSWORD))
    client = client_for(person)

    admin.send(f"/users/{person.id}/disable", of="/account")

    assert client.get("/").location.startswith("/sign-in")
    refused = client.send("/sign-in", {"email": "new@example.org", "password": PASSWORD})
    assert "do not belong together" in text_of(refused)
    assert "Disabled since" in text_of(admin.get(f"/users/{person.id}"))


def test_an_enabled_person_signs_in_again_but_old_sessions_stay_ended(admin, client_for):
    person = make.user(Role.AUDITOR, email="new@example.org", password_hash=hashed(PASSWORD))
    client = client_for(person)

    for step in ("disable", "disable", "enable", "enable"):
        assert admin.send(f"/users/{person.id}/{step}", of="/account").status_code == 302

    assert client.get("/").location.startswith("/sign-in")
    assert client.send("/sign-in", {"email": "new@example.org", "password": PASSWORD}).location == "/"
    done = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert done == ["user-disabled", "user-enabled", "signed-in"]


def test_nobody_disables_himself(admin, administrator):
    make.user(Role.ADMINISTRATOR)

    response = admin.send(f"/users/{administrator.id}/disable", of="/account", follow_redirects=True)

    assert "You cannot disable your own account." in text_of(response)
    assert administrator.is_active
    assert "another administrator can disable it" in text_of(admin.get(f"/users/{administrator.id}"))


def test_one_active_administrator_always_remains(administrator):
    """Two administrators who disable each other at the same moment: the second is refused."""
    other = make.user(Role.ADMINISTRATOR)
    actions.disable(administrator, by=other, at=make.LONG_AGO)

    with pytest.raises(actions.NotPossible, match="the last active administrator"):
        actions.disable(other, by=administrator, at=make.LONG_AGO)
    with pytest.raises(actions.NotPossible, match="the last active administrator"):
        actions.edit(other, name="x", role=Role.AUDITOR, version=other.version, by=administrator, at=make.LONG_AGO)

    assert other.is_active
    assert other.role == "administrator"


def test_an_administrator_signs_a_person_out_everywhere(admin, client_for):
    person = make.user(Role.AUDITOR)
    client = client_for(person)
    assert "Sign this person out everywhere" in text_of(admin.get(f"/users/{person.id}"))

    response = admin.send(f"/users/{person.id}/end-sessions", of="/account", follow_redirects=True)

    assert "is signed out everywhere." in text_of(response)
    assert client.get("/").location.startswith("/sign-in")
