"""From a chosen file to a kept upload, through the pages."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission.audit import AuditEvent, CommandLine
from dacommission.db import db, unit_of_work
from dacommission.indicators.installing import install_catalogue
from dacommission.returns.models import StoredObservation, StoredProblem, Upload
from dacommission.roles import Role
from tests import make
from tests.due_returns.workbooks import Case, chosen, large_request
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
SHEETS = Path(__file__).parent.parent / "returns"
MEGABYTE = 1024 * 1024


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def rows() -> tuple[int, ...]:
    """How many rows there are of all that an upload could leave behind."""
    tables = (Upload, StoredObservation, StoredProblem, AuditEvent)
    return tuple(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def hidden(page: str) -> dict[str, str]:
    """The form that carries a checked workbook, with the declaration ticked."""
    form = page[page.index('enctype="multipart/form-data"') :]
    form = form[: form.index("</form>")]
    return {**dict(re.findall(r'name="(\w+)" type="hidden" value="([^"]*)"', form)), "declared": "y"}


def checked(client: PageClient, case: Case, content: bytes, name: str = "return.xlsx") -> dict[str, str]:
    """What the page carries after a workbook was checked."""
    return hidden(client.send(f"{case.path}/upload", chosen(content, name)).get_data(as_text=True))


def test_every_figure_is_shown_with_its_cell_before_anything_is_stored(case: Case, client_for: ClientFor) -> None:
    before = rows()

    page = client_for(case.manager).send(f"{case.path}/upload", chosen(case.workbook()))

    assert page.status_code == 200
    text = text_of(page)
    assert "3 figures read, with no errors, no questions and no warnings" in text
    assert "KPIs!F5 2398 Referrals received HUB-01 Referrals received Value, all Quarter 1 2022/23" in text
    assert "KPIs!G6 1903" in text
    assert "KPIs!H6 2398" in text
    assert rows() == before


@pytest.mark.parametrize(
    ("who", "button"),
    [
        ("uploader", "Keep this upload for your manager to submit"),
        ("manager", "Submit this return"),
        ("commissioner", "Load on the provider’s behalf and submit"),
    ],
)
def test_the_button_says_what_each_person_may_do(case: Case, client_for: ClientFor, who: str, button: str) -> None:
    page = client_for(getattr(case, who)).send(f"{case.path}/upload", chosen(case.workbook()))

    assert button in text_of(page)


def test_an_error_is_shown_with_its_cell_and_there_is_no_button(case: Case, client_for: ClientFor) -> None:
    before = rows()

    page = client_for(case.manager).send(f"{case.path}/upload", chosen(case.workbook(referrals="1.5")))

    text = text_of(page)
    assert "Errors (1) HUB-01 Referrals received: Enter a whole number, not 1.5. KPIs!F5" in text
    assert "This workbook has errors, so it cannot be kept. Put right what is listed below" in text
    assert "Submit this return" not in text
    assert rows() == (*before[:3], before[3] + 1)
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.action == "upload-refused"
    assert "1.5" not in event.details


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Dear colleague, please find our return.", "return.xlsx"),
        (b"", "return.xlsx"),
        (b"PK\x03\x04 broken", "return.xlsx"),
    ],
    ids=["text named xlsx", "empty", "broken"],
)
def test_a_bad_file_costs_a_sentence(case: Case, client_for: ClientFor, content: bytes, said: str) -> None:
    page = client_for(case.manager).send(f"{case.path}/upload", chosen(content, said))

    assert page.status_code == 200
    assert "1 error" in text_of(page)
    assert "This file could not be read, so it cannot be kept." in text_of(page)
    assert "Submit this return" not in text_of(page)


def test_no_file_chosen_is_a_form_error(case: Case, client_for: ClientFor) -> None:
    page = client_for(case.manager).send(f"{case.path}/upload", {})

    assert page.status_code == 200
    assert "Choose a file." in text_of(page)
    assert "<title>Error: " in page.get_data(as_text=True)


def test_a_file_over_the_limit_is_refused_whole(case: Case, client_for: ClientFor) -> None:
    before = rows()

    client = client_for(case.manager)
    request = large_request(b"x" * (11 * MEGABYTE), client.token(f"{case.path}/upload"))

    page = client.post(f"{case.path}/upload", **request)

    assert page.status_code == 413
    assert "A workbook may be up to 10 MB" in text_of(page)
    assert rows() == before


def test_a_file_never_touches_a_disk(case: Case, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a temporary file was made")

    client = client_for(case.manager)
    token = client.token(f"{case.path}/upload")
    for name in ("TemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
        monkeypatch.setattr(f"werkzeug.formparser.{name}", refuse, raising=False)

    page = client.post(f"{case.path}/upload", **large_request(b"x" * MEGABYTE, token))

    assert page.status_code == 200


def test_only_pages_for_files_take_large_requests(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)
    request = large_request(b"x" * (2 * MEGABYTE), client.token(f"{case.path}/upload"))

    page = client.post(f"{case.path}/submit", **request)

    assert page.status_code == 413


def test_a_manager_submits_in_one_go(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)
    content = case.workbook()

    done = client.send(
        f"{case.path}/uploads", checked(client, case, content), of=f"{case.path}/upload", follow_redirects=True
    )

    assert "The return was submitted with upload 1." in text_of(done)
    kept = db.session.scalars(select(Upload)).one()
    assert (kept.content, kept.file_name, case.due.status) == (content, "return.xlsx", "submitted")
    assert {one.cell for one in kept.observations} == {"F5", "G6", "H6"}


def test_an_uploader_keeps_it_and_a_manager_submits_it(case: Case, client_for: ClientFor) -> None:
    uploader = client_for(case.uploader)
    kept = uploader.send(
        f"{case.path}/uploads",
        checked(uploader, case, case.workbook()),
        of=f"{case.path}/upload",
        follow_redirects=True,
    )
    assert "Your manager can submit it now." in text_of(kept)
    assert "Submit this return" not in text_of(uploader.get(case.path))
    manager = client_for(case.manager)
    assert "Submit this return with upload 1" in text_of(manager.get(case.path))
    seen = {"upload": case.due.uploads[0].id, "version": case.due.version, "declared": "y"}

    done = manager.send(f"{case.path}/submit", seen, follow_redirects=True)

    assert "The return was submitted with upload 1." in text_of(done)
    assert case.due.submitted_by == case.manager


def test_a_double_click_is_one_upload(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)
    carried = checked(client, case, case.workbook())
    client.send(f"{case.path}/uploads", carried, of=case.path)
    after_first = rows()

    again = client.post(f"{case.path}/uploads", data=carried, follow_redirects=True)

    assert "The return was submitted with upload 1." in text_of(again)
    assert rows() == after_first


def test_choosing_a_received_file_again_says_so(case: Case, client_for: ClientFor) -> None:
    uploader = client_for(case.uploader)
    content = case.workbook()
    uploader.send(f"{case.path}/uploads", checked(uploader, case, content), of=case.path)

    page = uploader.send(f"{case.path}/upload", chosen(content))

    assert "This file was already received on Friday 1 September 2023" in text_of(page)
    assert "Keep this upload" not in text_of(page)


def test_a_file_that_was_sent_back_is_mended_before_it_is_sent_again(case: Case, client_for: ClientFor) -> None:
    content = case.workbook()
    make.submitted(case.due, {"HUB-01": 1}, received_by_id=case.manager.id, sha256=sha256(content).hexdigest())
    with unit_of_work():
        case.due.status = "sent-back"

    page = client_for(case.manager).send(f"{case.path}/upload", chosen(content))

    assert "Mend it and choose the mended file." in text_of(page)
    assert "Submit this return" not in text_of(page)


def test_a_large_workbook_travels_in_its_own_form(case: Case, client_for: ClientFor) -> None:
    large = {"content": "A" * (2 * MEGABYTE), "file_name": "a.xlsx", "seen": "else"}
    client = client_for(case.manager)

    page = client.post(f"{case.path}/uploads", data={**large, "csrf_token": client.token(f"{case.path}/upload")})

    assert page.status_code == 409
    assert "This changed since you looked" in text_of(page)


@pytest.mark.parametrize("carried", ["", "not base64!", "é"])
def test_a_spoilt_form_is_told_so(case: Case, client_for: ClientFor, carried: str) -> None:
    done = client_for(case.manager).send(
        f"{case.path}/uploads",
        {"content": carried, "file_name": "a.xlsx", "seen": ""},
        of=f"{case.path}/upload",
        follow_redirects=True,
    )

    assert "The workbook did not come back as it was sent, so nothing was kept." in text_of(done)


def test_what_was_not_shown_is_not_kept(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)
    shown = checked(client, case, case.workbook(2398))
    other = checked(client, case, case.workbook(9999))
    before = rows()

    page = client.send(f"{case.path}/uploads", {**shown, "content": other["content"]}, of=f"{case.path}/upload")

    assert page.status_code == 409
    assert "This changed since you looked" in text_of(page)
    assert "KPIs!F5 9999" in text_of(page)
    assert rows() == before


def test_a_check_that_is_out_of_date_is_shown_again(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)
    carried = checked(client, case, case.workbook())
    make.indicator("HUB-09")
    make.kpi(case.contract, "HUB-09")

    page = client.send(f"{case.path}/uploads", carried, of=f"{case.path}/upload")

    assert page.status_code == 409
    assert "HUB-09" in text_of(page)


def test_a_form_from_an_ended_session_is_refused(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)
    carried = checked(client, case, case.workbook())

    page = client.post(f"{case.path}/uploads", data={**carried, "csrf_token": "of another session"})

    assert page.status_code == 400
    assert "Your session on this page has ended" in text_of(page)


def test_nothing_is_uploaded_to_a_submitted_return(case: Case, client_for: ClientFor) -> None:
    make.submitted(case.due, {"HUB-01": 1}, received_by_id=case.manager.id)
    client = client_for(case.manager)

    page = client.get(f"{case.path}/upload", follow_redirects=True)

    assert "An upload can be added while the return is due, queried or sent back. It is submitted now." in text_of(page)


def test_a_return_submitted_while_somebody_checked_a_file_is_told(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)
    carried = checked(client, case, case.workbook())
    make.submitted(case.due, {"HUB-01": 1}, received_by_id=case.manager.id)

    done = client.send(f"{case.path}/uploads", carried, of=case.path, follow_redirects=True)

    assert "It is submitted now." in text_of(done)
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 1


def test_a_commissioner_loads_for_the_provider_and_it_is_marked_everywhere(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.commissioner)
    client.send(f"{case.path}/uploads", checked(client, case, case.workbook()), of=f"{case.path}/upload")
    kept = case.due.uploads[0]

    for page in (case.path, "/returns", f"/uploads/{kept.id}", f"{case.path}/review"):
        assert "Loaded on the provider’s behalf" in text_of(client.get(page))


def test_an_upload_comes_back_byte_for_byte(case: Case, client_for: ClientFor) -> None:
    content = bytes(range(256)) * 40
    kept = make.upload(case.due, {"HUB-01": 2398}, content=content, file_name="../Jan–Mär “Q1”.xlsx")

    answer = client_for(case.uploader).get(f"/uploads/{kept.id}/file")

    assert answer.data == content
    name = f"{case.contract.reference}-2022-Q1-upload-1.xlsx"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_kept_upload_shows_each_cell_under_its_own_address(case: Case, client_for: ClientFor) -> None:
    kept = make.upload(case.due, {"HUB-01": 2398, ("HUB-05", "percent"): None}, problems=[make.problem()])

    page = client_for(case.manager).get(f"/uploads/{kept.id}")

    assert 'id="KPIs!E5"' in page.get_data(as_text=True)
    text = text_of(page)
    assert kept.sha256 in text
    assert "2 figures, with no errors, 1 question and no warnings" in text
    assert "Missing" in text


@pytest.mark.parametrize("path", ["", "/upload", "/workbook", "/review"])
def test_another_providers_return_is_not_found(case: Case, client_for: ClientFor, path: str) -> None:
    stranger = make.user(Role.COMMISSIONER if path == "/review" else Role.PROVIDER_MANAGER)

    assert client_for(stranger).get(f"{case.path}{path}").status_code == 404


@pytest.mark.parametrize("path", ["uploads", "submit", "accept", "send-back", "reopen"])
def test_nothing_is_done_to_another_bodys_return(case: Case, client_for: ClientFor, path: str) -> None:
    stranger = client_for(make.user(Role.COMMISSIONER))

    assert stranger.send(f"{case.path}/{path}", {}, of="/returns/open").status_code == 404


def test_a_kept_upload_stands_beside_the_workbook_it_was_read_from(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)
    client.send(f"{case.path}/uploads", checked(client, case, case.workbook()), of=f"{case.path}/upload")
    kept = case.due.uploads[0]
    assert "See its figures beside the workbook" in text_of(client.get(f"/uploads/{kept.id}"))

    page = client_for(case.commissioner).get(f"/uploads/{kept.id}/beside")

    text = text_of(page)
    assert "3 figures as they stand, with no errors, no questions and no warnings." in text
    assert "2398 HUB-01" in text
    assert 'id="cell-KPIs!F5"' in page.get_data(as_text=True)


def test_a_kept_file_that_cannot_be_opened_any_more_is_told(case: Case, client_for: ClientFor) -> None:
    kept = make.upload(case.due, {"HUB-01": 1}, content=b"\x00\x01")

    page = client_for(case.manager).get(f"/uploads/{kept.id}/beside", follow_redirects=True)

    assert page.request.path == f"/uploads/{kept.id}"
    assert "Not done" in text_of(page)


@pytest.mark.parametrize("path", ["", "/file", "/beside"])
def test_another_providers_upload_is_not_found(case: Case, client_for: ClientFor, path: str) -> None:
    kept = make.upload(case.due, {"HUB-01": 1})

    stranger = client_for(make.user(Role.PROVIDER_MANAGER))

    assert stranger.get(f"/uploads/{kept.id}{path}").status_code == 404


def test_an_auditor_sees_that_it_came_but_no_figure(case: Case, client_for: ClientFor) -> None:
    kept = make.submitted(case.due, {"HUB-01": 2398})
    with unit_of_work():
        case.due.reason = "2,398 cannot be right."
    auditor = client_for(make.user(Role.AUDITOR))

    page = auditor.get(case.path)

    assert kept.sha256 in text_of(page)
    assert "2,398" not in text_of(page)
    for path in (f"/uploads/{kept.id}", f"/uploads/{kept.id}/file", f"{case.path}/workbook", f"{case.path}/upload"):
        assert auditor.get(path).status_code == 403


def test_a_sheet_with_one_row_a_figure_is_read_too(app: Flask, client_for: ClientFor) -> None:
    install_catalogue(by=CommandLine())
    contract = make.contract()
    for code in ("PRP-01", "PRP-02", "PRP-06"):
        make.kpi(contract, code)
    due = make.due_return(contract)
    client = client_for(make.user(Role.PROVIDER_MANAGER, contract.provider))
    content = (SHEETS / "foundation-2022-Q1-long.xlsx").read_bytes()
    path = f"/returns/{due.id}"

    asked = hidden(client.send(f"{path}/upload", chosen(content)).get_data(as_text=True))  # one row is not known
    form = hidden(client.send(f"{path}/upload/again", asked, of=f"{path}/upload").get_data(as_text=True))
    client.send(f"{path}/uploads", form, of=f"{path}/upload")

    kept = db.session.scalars(select(Upload)).one()
    assert (kept.layout, due.status) == ("long", "submitted")
    found = {(one.indicator_code, one.part, one.category): one.value for one in kept.observations}
    assert found["PRP-01", "value", None] == 52
    assert found["PRP-06", "numerator", None] == 9
