"""The provider's own workbook given back with its points marked: from the check page, and from a kept upload."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from dacommission.audit import AuditEvent
from dacommission.db import db, unit_of_work
from dacommission.returns.models import Upload
from dacommission.roles import Role
from imports import template_layout as layout
from imports.reading import Severity
from tests import make
from tests.due_returns.workbooks import Case, chosen
from tests.pages import PageClient, text_of
from tests.submission.checked import fields, look, typed

BUTTON = "Download your workbook with the points marked"


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def give_back(client: PageClient, case: Case, carried: dict[str, str], **more: str) -> Any:
    return client.send(f"{case.path}/upload/marked", {**carried, **more}, of=f"{case.path}/upload")


def sheets(answer: Any) -> Any:
    return load_workbook(BytesIO(answer.data))


def commented(answer: Any) -> set[str]:
    return {cell.coordinate for row in sheets(answer)[layout.KPIS].iter_rows() for cell in row if cell.comment}


def test_the_check_page_gives_the_workbook_back_with_its_points_marked(client: PageClient, case: Case) -> None:
    page = client.send(f"{case.path}/upload", chosen(case.workbook("1.5"), "Our Q1 “final”.xlsx"))

    answer = give_back(client, case, fields(page.get_data(as_text=True)))

    assert BUTTON in text_of(page)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "attachment; filename=Our-Q1-final-marked.xlsx"
    assert "F5" in commented(answer)
    assert sheets(answer).sheetnames[-1] == "Points to mend"
    assert db.session.query(Upload).count() == 0


def test_mended_and_uploaded_again_it_passes(client: PageClient, case: Case) -> None:
    book = sheets(give_back(client, case, look(client, case)))
    book[layout.KPIS]["F5"].value = 2398
    mended = BytesIO()
    book.save(mended)

    page = text_of(client.send(f"{case.path}/upload", chosen(mended.getvalue())))

    assert "3 figures read, with no errors" in page
    assert "Submit this return" in page


def test_what_was_corrected_in_the_page_is_marked_no_more(client: PageClient, case: Case) -> None:
    answer = give_back(client, case, look(client, case), **typed())

    assert "F5" not in commented(answer)


def test_there_is_no_button_where_there_is_nothing_to_mark(client: PageClient, case: Case) -> None:
    page = text_of(client.send(f"{case.path}/upload", chosen(b"%PDF-1.7")))

    assert "This is a PDF" in page
    assert BUTTON not in page


def test_what_could_not_be_opened_is_not_given_back(client: PageClient, case: Case) -> None:
    page = client.send(f"{case.path}/upload", chosen(b"%PDF-1.7"))

    answer = give_back(client, case, fields(page.get_data(as_text=True)))

    assert "The points could not be marked in this workbook" in text_of(answer)


def test_what_did_not_come_back_is_asked_for_again(client: PageClient, case: Case) -> None:
    answer = client.send(f"{case.path}/upload/marked", {"content": "é"}, of=f"{case.path}/upload")

    assert answer.headers["Location"] == f"{case.path}/upload"


def kept(case: Case, content: bytes | None = None) -> Upload:
    problem = make.problem(severity=str(Severity.QUESTION), sheet=layout.KPIS, cell="F5", message="Why so many?")
    return make.upload(case.due, {"HUB-01": 2398}, content=content or case.workbook(), problems=[problem])


def test_a_kept_upload_comes_back_with_what_still_stands_and_that_is_on_record(client: PageClient, case: Case) -> None:
    upload = kept(case)

    answer = client.get(f"/uploads/{upload.id}/marked")

    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename={case.contract.reference}-2022-Q1-upload-1-marked.xlsx"
    )
    assert commented(answer) == {"F5"}
    assert "Download it with the points marked" in text_of(client.get(f"/uploads/{upload.id}"))
    event = db.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    assert (event.action, event.subject_id) == ("upload-marked", str(upload.id))


def test_what_was_mended_since_is_marked_no_more(client: PageClient, case: Case) -> None:
    upload = kept(case)
    with unit_of_work():
        upload.problems[0].mended = True

    assert commented(client.get(f"/uploads/{upload.id}/marked")) == set()
    assert "with the points marked" not in text_of(client.get(f"/uploads/{upload.id}"))


def test_a_kept_file_that_is_no_workbook_is_not_given_back(client: PageClient, case: Case) -> None:
    upload = kept(case, b"%PDF-1.7")

    answer = client.get(f"/uploads/{upload.id}/marked", follow_redirects=True)

    assert "This is a PDF" in text_of(answer)


def test_after_disposal_there_is_nothing_to_give_back(client: PageClient, case: Case) -> None:
    upload = kept(case)
    with unit_of_work():
        upload.content, upload.disposed_at = None, make.LONG_AGO

    assert client.get(f"/uploads/{upload.id}/marked").status_code == 410


def test_another_providers_upload_is_not_given_back(case: Case, client_for: Any) -> None:
    stranger = client_for(make.user(Role.PROVIDER_MANAGER))

    assert stranger.get(f"/uploads/{kept(case).id}/marked").status_code == 404
    assert give_back(stranger, case, {}).status_code in (403, 404)
