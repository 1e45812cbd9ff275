"""Taking an upload back, and the receipt that is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from dacommission.db import unit_of_work
from dacommission.returns.deadlines import is_late, lateness
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Role
from dacommission.submission import actions
from tests import make
from tests.due_returns.test_upload_pages import checked
from tests.due_returns.workbooks import Case
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
AT = datetime(2022, 7, 12, 9, 30, tzinfo=UTC)


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def withdrawal(case: Case) -> dict[str, Any]:
    upload = case.due.latest_upload
    assert upload is not None
    return {"reason": "The wrong file.", "upload": str(upload.id), "version": case.due.version}


def test_a_withdrawn_upload_is_kept_and_marked_and_its_file_may_come_again(case: Case, client_for: ClientFor) -> None:
    uploader = client_for(case.uploader)
    content = case.workbook()
    uploader.send(f"{case.path}/uploads", checked(uploader, case, content), of=case.path + "/upload")
    kept = case.due.uploads[0]
    assert "Withdraw this upload" in text_of(uploader.get(f"/uploads/{kept.id}"))

    done = uploader.send(f"/uploads/{kept.id}/withdraw", withdrawal(case), follow_redirects=True)

    assert "Upload 1 was withdrawn. It is kept, and counts for nothing." in text_of(done)
    assert "Upload 1 was withdrawn." in text_of(done)
    assert "Withdrawn" in text_of(done)
    assert "Reason: The wrong file." in text_of(uploader.get(f"/uploads/{kept.id}"))
    assert (case.due.status, kept.withdrawn_by, kept.content) == ("due", case.uploader, content)
    uploader.send(f"{case.path}/uploads", checked(uploader, case, content), of=case.path + "/upload")
    assert [one.number for one in case.due.uploads] == [1, 2]
    assert case.due.status == "received"


def test_the_one_before_stands_again_and_is_not_submitted(case: Case, client_for: ClientFor) -> None:
    make.upload(case.due, {"HUB-01": 1})
    make.submitted(case.due, {"HUB-01": 2}, received_by_id=case.manager.id)
    latest = case.due.uploads[-1]

    done = client_for(case.manager).send(f"/uploads/{latest.id}/withdraw", withdrawal(case), follow_redirects=True)

    assert "Upload 1 stands again, and is not submitted." in text_of(done)
    assert (case.due.status, case.due.submitted_at, case.due.declared_as) == ("received", None, None)


def test_a_submitted_upload_is_withdrawn_only_by_who_may_submit_it(case: Case, client_for: ClientFor) -> None:
    kept = make.submitted(case.due, {"HUB-01": 2}, received_by_id=case.uploader.id)

    done = client_for(case.uploader).get(f"/uploads/{kept.id}/withdraw", follow_redirects=True)

    assert "A manager of your organisation, or a deputy" in text_of(done)
    assert "Withdraw this upload" not in text_of(client_for(case.uploader).get(f"/uploads/{kept.id}"))
    assert "Withdraw this upload" in text_of(client_for(case.manager).get(f"/uploads/{kept.id}"))


def test_withdrawing_needs_a_reason(case: Case, client_for: ClientFor) -> None:
    kept = make.submitted(case.due, {"HUB-01": 2})

    page = client_for(case.manager).send(f"/uploads/{kept.id}/withdraw", {**withdrawal(case), "reason": " "})

    assert "Say why the upload is withdrawn." in text_of(page)
    assert kept.withdrawn_at is None


def test_an_accepted_an_earlier_and_a_withdrawn_upload_stay(case: Case) -> None:
    first = make.upload(case.due, {"HUB-01": 1})
    latest = make.accepted(case.due, {"HUB-01": 2})
    other = make.due_return(case.contract, quarter=2)
    gone = make.upload(other, {"HUB-01": 2}, withdrawn_at=AT, withdrawn_by_id=case.manager.id)

    for due, upload, said in (
        (case.due, first, "followed by another"),
        (case.due, latest, "until its return is accepted"),
        (other, gone, "withdrawn already"),
    ):
        with pytest.raises(StepNotAllowed, match=said):
            actions.must_be_withdrawable(due, upload, by=case.manager, at=AT)


def test_a_commissioner_withdraws_only_what_was_loaded_for_the_provider(case: Case) -> None:
    kept = make.submitted(case.due, {"HUB-01": 2})

    with pytest.raises(StepNotAllowed, match="only the provider withdraws it"):
        actions.must_be_withdrawable(case.due, kept, by=case.commissioner, at=AT)
    with unit_of_work():
        kept.on_behalf = True
    assert actions.must_be_withdrawable(case.due, kept, by=case.commissioner, at=AT) == "withdraw"


def test_a_form_made_before_something_changed_withdraws_nothing(case: Case, client_for: ClientFor) -> None:
    kept = make.submitted(case.due, {"HUB-01": 2})
    form = {**withdrawal(case), "version": "99"}

    page = client_for(case.manager).send(f"/uploads/{kept.id}/withdraw", form)

    assert page.status_code == 409
    assert "The wrong file." in text_of(page)


def read(answer: Any) -> str:
    """The words of a PDF, without the spaces that only lines make."""
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    return " ".join(words.replace("\u200b", "").split())


def test_a_receipt_tells_what_came_when_and_what_was_declared(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)
    content = case.workbook()
    client.send(f"{case.path}/uploads", checked(client, case, content), of=f"{case.path}/upload")
    kept = case.due.uploads[0]
    assert f'href="/uploads/{kept.id}/receipt"' in client.get(case.path).get_data(as_text=True)

    answer = client.get(f"/uploads/{kept.id}/receipt")

    assert answer.mimetype == "application/pdf"
    name = f"{case.contract.reference}-2022-Q1-upload-1-receipt.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    words = read(answer)
    assert kept.sha256 in words  # in one piece, so that it can be copied and searched for
    for said in (
        "Receipt for upload 1",
        case.contract.reference,
        "Quarter 1 2022/23",
        "return.xlsx",
        f"{len(content):,} bytes",
        "Friday 1 September 2023",
        "London time",
        f"Declared by {case.manager.name}",
        "the provider's manager",
        "Figures 3 Reported 3",
        "no errors, no questions and no warnings",
        "Figures explained 0",
    ):
        assert said in words
    assert "2398" not in words.replace(kept.sha256, "")


def test_a_receipt_before_submission_says_so(case: Case, client_for: ClientFor) -> None:
    kept = make.upload(case.due, {"HUB-01": None}, withdrawn_at=AT, withdrawn_by_id=case.manager.id)

    words = read(client_for(case.uploader).get(f"/uploads/{kept.id}/receipt"))

    assert "Not with this upload" in words
    assert "Missing 1" in words
    assert "This upload was withdrawn." in words


@pytest.mark.parametrize("what", ["receipt", "withdraw"])
def test_another_providers_upload_has_no_receipt_and_is_not_withdrawn(
    case: Case, client_for: ClientFor, what: str
) -> None:
    kept = make.upload(case.due, {"HUB-01": 1})

    assert client_for(make.user(Role.PROVIDER_MANAGER)).get(f"/uploads/{kept.id}/{what}").status_code == 404


def test_a_context_series_upload_has_no_receipt(case: Case, client_for: ClientFor) -> None:
    kept = make.upload(make.context_series("HUB-01"), {}, period=case.due.period)

    assert client_for(case.commissioner).get(f"/uploads/{kept.id}/receipt").status_code == 404
    assert "Download the receipt" not in text_of(client_for(case.commissioner).get(f"/uploads/{kept.id}"))


def test_a_return_that_came_in_time_is_not_late_because_another_version_comes(
    case: Case, client_for: ClientFor
) -> None:
    make.submitted(case.due, {"HUB-01": 2}, received_by_id=case.uploader.id)
    with unit_of_work():
        case.due.status = "sent-back"
    uploader = client_for(case.uploader)

    uploader.send(f"{case.path}/uploads", checked(uploader, case, case.workbook()), of=case.path + "/upload")

    assert (case.due.status, case.due.submitted_at) == ("received", None)
    assert not is_late(case.due, date(2030, 1, 1))
    assert lateness(case.due, date(2030, 1, 1)) == "submitted in time"
