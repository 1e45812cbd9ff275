"""A form that was being filled in when the session ended: nothing typed is lost, and nothing can be planted."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from dacommission.accounts.models import User, UserSession
from dacommission.accounts.passwords import hashed
from dacommission.db import db, unit_of_work
from dacommission.organisations.models import Organisation
from dacommission.returns.models import Return
from dacommission.roles import Role
from dacommission.web import unsent
from dacommission.web.unsent import UnsentForm, in_words
from tests import make
from tests.pages import text_of

PASSWORD = "violet ladder thunder pebble"
REASON = "Cell F5 does not agree with last quarter.\r\n<script>alert(1)</script> & so on."
KEPT = "Nothing of what you typed is lost"
OURS = {"Origin": "http://localhost"}


class Case:
    """A submitted return, and a commissioner who was about to send it back."""

    def __init__(self) -> None:
        contract = make.contract()
        make.indicator("HUB-01")
        self.due = make.due_return(contract)
        self.upload = make.submitted(self.due, {"HUB-01": 7})
        self.person = make.user(Role.COMMISSIONER, contract.lead_commissioner, password_hash=hashed(PASSWORD))

    @property
    def path(self) -> str:
        return f"/returns/{self.due.id}/send-back"

    @property
    def page(self) -> str:
        return f"http://localhost/returns/{self.due.id}/review"

    @property
    def typed(self) -> dict[str, str]:
        seen = {"version": str(self.due.version), "upload": str(self.upload.id), "revision": "0", "views": "0"}
        return {"reason": REASON, **seen}


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def end_sessions() -> None:
    with unit_of_work():
        db.session.execute(update(UserSession).values(ended_at=datetime.now(UTC)))


def send(client: FlaskClient, case: Case, token: str, **headers: str) -> TestResponse:
    return client.post(case.path, data={**case.typed, "csrf_token": token}, headers={"Referer": case.page, **headers})


def interrupted(client: FlaskClient, case: Case) -> TestResponse:
    """The answer to a form filled in on a page that was opened before the session ended."""
    token = client.token("/account")
    end_sessions()
    return send(client, case, token)


def form_on(response: TestResponse, button: str) -> tuple[str, MultiDict[str, str]]:
    """Where the form with this button goes, and what stands in it, as a browser reads it."""
    document = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    (form,) = [form for form in document.iter("form") if button in "".join(form.itertext())]
    fields = [(field.get("name"), field.get("value", "")) for field in form.iter("input") if field.get("name")]
    return form.get("action"), MultiDict(fields)


def press(client: FlaskClient, response: TestResponse, button: str, **typed: Any) -> TestResponse:
    action, fields = form_on(response, button)
    for name, value in typed.items():
        fields.setlist(name, [value])
    return client.post(action, data=fields)


def sign_in(client: FlaskClient, response: TestResponse, person: User, password: str = PASSWORD) -> TestResponse:
    return press(client, response, "Sign in", email=person.email, password=password)


def has_button(response: TestResponse, text: str) -> bool:
    return f">{text}<" in "".join(response.get_data(as_text=True).split("\n")).replace("  ", "")


def test_what_was_typed_when_the_session_ended_is_sent_after_signing_in(case: Case, client_for):
    client = client_for(case.person)

    asked = interrupted(client, case)
    wrong = sign_in(client, asked, case.person, "not the password")
    going_on = sign_in(client, wrong, case.person)
    sent = press(client, going_on, "Send it now")

    assert asked.status_code == 401
    assert KEPT in text_of(asked)
    assert KEPT in text_of(wrong)
    assert "do not belong together" in text_of(wrong)
    assert " ".join(REASON.split()) in text_of(going_on)
    assert sent.status_code == 302
    assert "The return was sent back" in text_of(client.get(sent.location))
    due = db.session.get(Return, case.due.id, populate_existing=True)
    assert (due.status, due.decided_by_id, due.reason.split()) == ("sent-back", case.person.id, REASON.split())


def test_nothing_is_sent_before_the_button_is_pressed(case: Case, client_for):
    client = client_for(case.person)

    sign_in(client, interrupted(client, case), case.person)

    assert db.session.get(Return, case.due.id, populate_existing=True).status == "submitted"


def test_what_was_typed_is_shown_as_text_and_never_as_markup(case: Case, client_for):
    client = client_for(case.person)

    going_on = sign_in(client, interrupted(client, case), case.person)

    assert "<script>alert" not in going_on.get_data(as_text=True)


def test_somebody_else_who_signs_in_may_do_only_what_is_his_to_do(case: Case, client_for):
    client = client_for(case.person)
    other = make.user(Role.PROVIDER_MANAGER, case.due.contract.provider, password_hash=hashed(PASSWORD))

    going_on = sign_in(client, interrupted(client, case), other)

    assert "may not send this" in text_of(going_on)
    assert not has_button(going_on, "Send it now")
    assert send(client, case, client.token("/account")).status_code == 403


def test_an_older_version_sent_after_signing_in_is_told_what_changed_and_keeps_its_text(case: Case, client_for):
    client = client_for(case.person)
    going_on = sign_in(client, interrupted(client, case), case.person)
    with unit_of_work():
        case.due.version += 1

    answer = press(client, going_on, "Send it now")

    assert answer.status_code == 409
    assert "This return changed since you looked" in text_of(answer)
    assert " ".join(REASON.split()) in text_of(answer)


@pytest.mark.parametrize("versions_later", [0, 1])
def test_a_form_sent_again_after_going_back_changes_nothing_and_keeps_its_text(
    case: Case, client_for, versions_later: int
):
    client = client_for(case.person)
    token = client.token("/account")
    first = send(client, case, token)
    typed = {**case.typed, "reason": "Something else altogether.", "csrf_token": token}
    typed["version"] = str(case.due.version - 1 + versions_later)

    answer = client.post(case.path, data=typed)

    assert (first.status_code, answer.status_code) == (302, 409)
    assert "The return is now: Sent back" in text_of(answer)
    assert "Something else altogether." in text_of(answer)
    assert db.session.get(Return, case.due.id, populate_existing=True).reason == REASON


def test_a_form_whose_token_grew_too_old_is_sent_again_with_one_press(case: Case, client_for):
    client = client_for(case.person)

    again = send(client, case, "of a session before this one", **OURS)
    sent = press(client, again, "Send it now")

    assert again.status_code == 400
    assert "Send again" in text_of(again)
    assert sent.status_code == 302
    assert db.session.get(Return, case.due.id, populate_existing=True).status == "sent-back"


def test_a_cookie_that_is_gone_loses_nothing_either(case: Case, client_for):
    client = client_for(None)

    asked = send(client, case, "of a cookie that is gone", **OURS)
    going_on = sign_in(client, asked, case.person)

    assert asked.status_code == 401
    assert press(client, going_on, "Send it now").status_code == 302


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {}])
def test_another_sites_form_is_not_carried(case: Case, client_for, headers: dict[str, str]):
    for person in (None, case.person):
        response = send(client_for(person), case, "guessed", **headers)

        assert response.status_code == 400
        assert REASON[:20] not in response.get_data(as_text=True)
        assert not has_button(response, "Send it now")


def test_a_form_carried_in_one_browser_is_nothing_in_another(case: Case, client_for):
    _, fields = form_on(interrupted(client_for(case.person), case), "Sign in")
    other = client_for(None)
    asked = send(other, case, "of a cookie that is gone", **OURS)

    planted = press(other, asked, "Sign in", email=case.person.email, password=PASSWORD, unsent=fields["unsent"])

    assert planted.status_code == 302


@pytest.mark.parametrize("spoil", [lambda text: text[:-1], lambda text: "x" + text, lambda text: "nonsense"])
def test_a_carried_form_that_was_changed_is_dropped(case: Case, client_for, spoil):
    client = client_for(case.person)
    asked = interrupted(client, case)
    _, fields = form_on(asked, "Sign in")

    answer = press(client, asked, "Sign in", email=case.person.email, password=PASSWORD, unsent=spoil(fields["unsent"]))

    assert answer.status_code == 302


def test_a_carried_form_is_dropped_when_it_is_too_old(case: Case, client_for, monkeypatch: pytest.MonkeyPatch):
    client = client_for(case.person)
    asked = interrupted(client, case)
    monkeypatch.setattr(unsent, "KEPT_SECONDS", -1)

    assert sign_in(client, asked, case.person).status_code == 302


def test_a_carried_form_goes_to_an_address_of_ours_only(app: Flask):
    with app.test_request_context("/sign-in"):
        for address in ("https://elsewhere.example/returns", "//elsewhere.example", "/no/such/page", "/returns"):
            assert unsent.opened(unsent.sealed(UnsentForm(address, "", [("reason", "x")], []))) is None


def test_a_page_of_another_site_is_not_offered_to_be_opened_again(case: Case, client_for):
    client = client_for(case.person)
    token = client.token("/account")
    end_sessions()

    asked = send(client, case, token, Referer="https://elsewhere.example/returns")

    assert "elsewhere" not in asked.get_data(as_text=True)
    assert "elsewhere" not in sign_in(client, asked, case.person).get_data(as_text=True)


def test_an_old_tab_whose_form_waits_goes_on_when_another_tab_signed_in(case: Case, client_for):
    client = client_for(case.person)
    first = interrupted(client, case)
    second = send(client, case, form_on(first, "Sign in")[1]["csrf_token"])

    sign_in(client, first, case.person)
    going_on = sign_in(client, second, case.person)

    assert press(client, going_on, "Send it now").status_code == 302


def test_too_many_wrong_passwords_lose_nothing(case: Case, client_for):
    client = client_for(case.person)
    answer = interrupted(client, case)

    for _ in range(30):
        answer = sign_in(client, answer, case.person, "not the password")
        if answer.status_code == 429:
            break

    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert form_on(answer, "Sign in")[1]["unsent"]


def test_passwords_are_never_carried(case: Case, client_for):
    secret = {"current": "an old secret", "password": "a new secret", "again": "a new secret", "csrf_token": "x"}

    response = client_for(None).post("/account", data=secret, headers=OURS)

    assert response.status_code == 400
    assert "secret" not in response.get_data(as_text=True)


def test_a_file_is_to_be_chosen_again_on_the_page_it_was_chosen_on(case: Case, client_for):
    due = make.due_return(case.due.contract, quarter=2)
    client = client_for(case.person)
    token, path = client.token("/account"), f"/returns/{due.id}/upload"
    end_sessions()

    asked = client.post(
        path,
        data={"csrf_token": token, "file": (BytesIO(b"a workbook"), "second quarter.xlsx")},
        headers={"Referer": f"http://localhost{path}"},
    )
    going_on = sign_in(client, asked, case.person)

    assert "Not carried over: second quarter.xlsx" in text_of(going_on)
    assert f'href="{path}">Open the page again' in going_on.get_data(as_text=True)
    assert not has_button(going_on, "Send it now")


def test_a_checked_workbook_of_ordinary_size_travels_with_its_form(case: Case, client_for):
    client = client_for(case.person)
    token = client.token("/account")
    end_sessions()
    data = {"csrf_token": token, "content": "A" * 120_000, "file_name": "second quarter.xlsx"}

    asked = client.post(f"/returns/{case.due.id}/uploads", data=data)
    going_on = sign_in(client, asked, case.person)

    assert form_on(going_on, "Send it now")[1]["content"] == data["content"]
    assert "120000 characters" in text_of(going_on)


def test_what_is_too_large_to_be_carried_is_named_and_the_rest_is_kept(case: Case, client_for):
    client = client_for(case.person)
    token = client.token("/account")
    end_sessions()
    data = {"csrf_token": token, "content": "A" * 300_000, "file_name": "second quarter.xlsx"}

    asked = client.post(f"/returns/{case.due.id}/uploads", data=data)
    going_on = sign_in(client, asked, case.person)

    assert "Not carried over: Content" in text_of(going_on)
    assert "second quarter.xlsx" in text_of(going_on)


def test_a_button_alone_leads_back_to_its_page_after_signing_in(case: Case, client_for):
    client = client_for(case.person)
    token = client.token("/account")
    end_sessions()

    response = client.post(f"/returns/{case.due.id}/accept", data={"csrf_token": token}, headers={"Referer": case.page})

    assert response.location == f"/sign-in?next=/returns/{case.due.id}/review"


def test_a_form_sent_twice_makes_one_record(app: Flask, client_for):
    client = client_for(make.user(Role.ADMINISTRATOR))
    typed = {"kind": "provider", "name": "A new provider", "short_name": "New"}

    first = client.send("/organisations/add", typed)
    second = client.send("/organisations/add", typed)

    assert (first.status_code, second.status_code) == (302, 200)
    assert db.session.query(Organisation).filter_by(name="A new provider").count() == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("HUB-09-what", "HUB-09, what happened"),
        ("HUB-09-by_when-day", "HUB-09, by when day"),
        ("due_on-day", "Due on day"),
    ],
)
def test_a_field_is_named_in_words(name: str, words: str):
    assert in_words(name) == words
