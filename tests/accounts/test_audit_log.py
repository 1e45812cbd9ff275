"""The audit log on its pages: who may read which event, in words, and whether the log is whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from dacommission import audit
from dacommission.accounts import audit_views
from dacommission.accounts.audit_log import details_in_words, sentence
from dacommission.audit import AuditEvent
from dacommission.db import db, unit_of_work
from dacommission.roles import Role
from tests import make
from tests.pages import text_of


@pytest.fixture
def world(app: Flask) -> dict:
    """A contract of one provider, led by one body, and people of these and of others; each did one thing."""
    lead, provider = make.organisation("funding-body"), make.organisation("provider")
    contract = make.contract(provider, lead=lead)
    people = {
        "administrator": make.user(Role.ADMINISTRATOR, name="Ada Min"),
        "commissioner": make.user(Role.COMMISSIONER, lead, name="Com One"),
        "another commissioner": make.user(Role.COMMISSIONER, name="Com Two"),
        "manager": make.user(Role.PROVIDER_MANAGER, provider, name="Man One"),
        "uploader": make.user(Role.PROVIDER_UPLOADER, provider, name="Upl One"),
        "another uploader": make.user(Role.PROVIDER_UPLOADER, name="Upl Two"),
        "auditor": make.user(Role.AUDITOR, name="Aud One"),
    }
    with unit_of_work():
        audit.record("signed-in", subject=people["commissioner"], by=people["commissioner"], security=True)
        audit.record("contract-edited", subject=contract, by=people["another commissioner"])
        audit.record("return-submit", subject=contract, by=people["manager"], before="due")
        audit.record("return-receive", subject=contract, by=people["uploader"])
        audit.record("return-receive", subject=object(), by=people["another uploader"])
        audit.record("user-invited", subject=people["uploader"], by=people["administrator"], security=True)
    return people


SEEN = {
    "administrator": {1, 6},
    "commissioner": {1, 2, 3, 4},
    "another commissioner": {2},
    "manager": {2, 3, 4},
    "uploader": {4},
    "another uploader": {5},
    "auditor": {1, 2, 3, 4, 5, 6},
}


@pytest.mark.parametrize("who", SEEN)
def test_each_reads_what_the_matrix_says(world, client_for, who):
    page = client_for(world[who]).get("/audit").get_data(as_text=True)

    found = {int(cell.split("<")[0]) for cell in page.split('govuk-table__cell--numeric">')[1:]}
    assert found == SEEN[who]


def test_a_board_member_does_not_read_the_log(app, client_for):
    assert client_for(make.user(Role.BOARD_MEMBER)).get("/audit").status_code == 403


def test_the_newest_comes_first_in_words(world, client_for):
    page = text_of(client_for(world["auditor"]).get("/audit"))

    assert page.index("invited Upl One") < page.index("signed in")
    assert "Ada Min Administrator invited Upl One" in page
    assert "submitted the return DA-" in page
    assert "before: due" in page


def ids(client, address):
    page = client.get(address).get_data(as_text=True)
    return [int(cell.split("<")[0]) for cell in page.split('govuk-table__cell--numeric">')[1:]]


def test_the_log_is_filtered_by_person_by_action_and_by_day(world, client_for):
    auditor = client_for(world["auditor"])
    today = datetime.now(audit_views.LONDON).date()
    day = f"start-day={today.day}&start-month={today.month}&start-year={today.year}"

    assert ids(auditor, "/audit?person=com") == [2, 1]
    assert ids(auditor, "/audit?action=return-receive") == [5, 4]
    assert ids(auditor, f"/audit?{day}&{day.replace('start', 'end')}") == [6, 5, 4, 3, 2, 1]
    assert ids(auditor, "/audit?end-day=1&end-month=1&end-year=2001") == []
    assert ids(auditor, "/audit?person=com&page=99") == [2, 1]


def test_the_list_of_actions_holds_only_those_one_may_read_of(world, client_for):
    page = client_for(world["uploader"]).get("/audit").get_data(as_text=True)

    assert "Return receive" in page
    assert "User invited" not in page


@pytest.mark.parametrize("address", ["/audit?start-day=31&start-month=2&start-year=2023", "/audit?action=no-such"])
def test_a_filter_that_cannot_be_read_says_so(world, client_for, address):
    response = client_for(world["auditor"]).get(address)

    assert "There is a problem" in text_of(response)
    assert response.status_code == 200


def test_the_log_goes_over_pages(world, client_for, monkeypatch):
    monkeypatch.setattr(audit_views, "PAGE_LENGTH", 4)
    auditor = client_for(world["auditor"])

    assert ids(auditor, "/audit") == [6, 5, 4, 3]
    assert ids(auditor, "/audit?page=2") == [2, 1]
    assert "Page 1 of 2" in text_of(auditor.get("/audit"))


def test_a_whole_log_says_so_and_gives_its_head(world, client_for):
    auditor = client_for(world["auditor"])
    number, digest = audit.head()

    page = text_of(auditor.get("/audit/chain"))
    download = auditor.get("/audit/head.txt")

    assert "The audit log is whole" in page
    assert digest in page
    assert f"Event {number}\nDigest {digest}\n" in download.get_data(as_text=True)
    assert download.headers["Content-Disposition"] == 'attachment; filename="audit-head-6.txt"'


def test_a_changed_event_is_named_first_of_all(world, client_for):
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_event_no_update"))
        else:
            connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE audit_event SET actor_name = 'x' WHERE id IN (3, 5)"))

    page = text_of(client_for(world["auditor"]).get("/audit/chain"))

    assert "The audit log is not whole" in page
    assert "Event 3 was changed after it was written." in page
    assert "Event 5" not in page


@pytest.mark.parametrize("who", ["manager", "uploader"])
def test_providers_do_not_check_the_chain(world, client_for, who):
    assert client_for(world[who]).get("/audit/chain").status_code == 403
    assert client_for(world[who]).get("/audit/head.txt").status_code == 403


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("sign-in-failed", "tried to sign in to A. Person and was refused"),
        ("user-disabled", "disabled the account of A. Person"),
        ("return-send-back", "sent back the return A. Person"),
        ("kpi-added", "added the KPI A. Person"),
        ("extension-option-removed", "removed an extension option from the contract A. Person"),
        ("contract-edited", "edited the contract A. Person"),
        ("upload-refused", "sent a workbook for A. Person, which was refused and not kept"),
        ("an-action-of-old", "An action of old: A. Person"),
    ],
)
def test_an_event_reads_as_a_sentence(app, action, words):
    assert sentence(AuditEvent(action=action, subject_name="A. Person")) == words


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ("{}", ""),
        ('{"reason": "wrong-password"}', "reason: wrong password"),
        ('{"after": "auditor", "before": "commissioner"}', "after: Auditor; before: Commissioner"),
        ('{"on_behalf": true, "rules": {"V03": 2, "V05": 1}}', "on behalf: yes; rules: V03 × 2, V05 × 1"),
        ('{"changed_fields": ["name", "note"], "others": []}', "changed fields: name, note; others: none"),
    ],
)
def test_details_read_as_words(details, words):
    assert details_in_words(AuditEvent(details=details)) == words


def test_the_command_line_and_strangers_have_words_too(app, client_for):
    with unit_of_work():
        audit.record("sign-in-failed", subject=object(), by=audit.Nobody(), security=True)
        audit.record("user-invited", subject=object(), by=audit.CommandLine(), security=True)

    page = text_of(client_for(make.user(Role.AUDITOR)).get("/audit"))

    assert "Command line on the server" in page
    assert "Not signed in" in page
    assert datetime.now(UTC).strftime("%Y") in page


def test_no_event_fits_says_what_to_do(app, client_for):
    assert "No event fits." in text_of(client_for(make.user(Role.AUDITOR)).get("/audit"))
