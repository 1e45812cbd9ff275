"""A correction made in the page that a new workbook undoes is told; a return submitted twice is submitted once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission.audit import AuditEvent
from dacommission.db import db
from dacommission.returns.actions import receive
from dacommission.returns.models import Upload
from dacommission.review import corrections, queries
from dacommission.review.corrections import NewFigure
from dacommission.review.models import Query
from dacommission.submission import actions
from imports.reading import Part, Status
from tests import make
from tests.due_returns.readings import observation, reading
from tests.due_returns.test_upload_pages import checked
from tests.due_returns.workbooks import Case, chosen
from tests.pages import text_of
from tests.review.reviewing import AT, LATER, ClientFor

UNDONE = "HUB-05 numerator was corrected to 1,900 in the page (upload 1, KPIs!E6); this file says 1,903."
SUBMITTED = "The return was submitted with upload 1."


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def corrected(case: Case) -> Query:
    """A query about HUB-05, answered by correcting its numerator of 1,903 to 1,900 in the page."""
    figures = {"HUB-01": 2398, ("HUB-05", "numerator"): 1903, ("HUB-05", "denominator"): 2398}
    upload = make.submitted(case.due, figures, received_by_id=case.manager.id)
    raised = make.query(case.due, upload, by=case.commissioner, indicator_code="HUB-05")
    new = NewFigure(Status.REPORTED, Decimal(1900), "Counted twice.")
    numerator = next(one for one in upload.standing if one.part == "numerator")
    words = {"upload": upload, "version": case.due.version, "by": case.manager, "at": AT}
    corrections.correct(case.due, numerator.id, new, **words, query=raised)
    return raised


def with_numerator(case: Case, value: int) -> dict[str, object]:
    """A later file with this numerator, as `receive` and `hand_in` take it."""
    content = f"numerator {value}".encode()
    seen = [
        observation(period=case.due.period),
        observation("HUB-05", value, part=Part.NUMERATOR, cell="G6", period=case.due.period),
        observation("HUB-05", 2398, part=Part.DENOMINATOR, cell="H6", period=case.due.period),
    ]
    return {"content": content, "filename": "return.xlsx", "reading": reading(content, *seen), "at": LATER}


def test_a_file_that_undoes_a_correction_says_so_before_it_is_kept(case: Case, client_for: ClientFor) -> None:
    corrected(case)

    page = client_for(case.uploader).send(f"{case.path}/upload", chosen(case.workbook()))

    assert f"{UNDONE} " in f"{text_of(page)} "
    assert text_of(page).count("was corrected to") == 1


def test_whoever_submits_reads_what_the_file_undoes(case: Case, client_for: ClientFor) -> None:
    corrected(case)
    receive(case.due, **with_numerator(case, 1903), by=case.uploader)

    assert UNDONE in text_of(client_for(case.manager).get(f"{case.path}/submit"))


def test_a_file_that_repeats_the_correction_says_nothing(case: Case, client_for: ClientFor) -> None:
    corrected(case)
    receive(case.due, **with_numerator(case, 1900), by=case.uploader)

    assert "was corrected to" not in text_of(client_for(case.manager).get(f"{case.path}/submit"))


def test_an_answered_query_is_told_of_the_new_version_and_its_figure(case: Case) -> None:
    raised = corrected(case)

    actions.hand_in(case.due, **with_numerator(case, 1903), by=case.manager)

    assert [one.kind for one in raised.messages] == ["question", "correction", "new-version"]
    assert raised.messages[-1].text == (
        "A new version of the return was submitted after the question: upload 2. "
        "HUB-05 numerator was 1,900 before and is now 1,903."
    )


def test_a_closed_query_is_told_nothing(case: Case) -> None:
    closed = corrected(case)
    make.query(case.due, case.due.uploads[0], by=case.commissioner, number=2)
    queries.close(closed, "Fine.", version=closed.version, by=case.commissioner, at=AT)

    actions.hand_in(case.due, **with_numerator(case, 1903), by=case.manager)

    assert "new-version" not in [one.kind for one in closed.messages]


def test_submitting_twice_tells_the_same_success_once_recorded(case: Case, client_for: ClientFor) -> None:
    upload: Upload = receive(case.due, **with_numerator(case, 1903), by=case.manager)
    client = client_for(case.manager)
    form = {"upload": str(upload.id), "version": case.due.version, "declared": "y"}
    first = client.send(f"{case.path}/submit", form, follow_redirects=True)
    recorded = db.session.scalar(select(func.count()).select_from(AuditEvent))

    again = client.send(f"{case.path}/submit", form, of=case.path, follow_redirects=True)

    assert SUBMITTED in text_of(first)
    assert SUBMITTED in text_of(again)
    assert "Not done" not in text_of(again)
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == recorded


def test_a_checked_workbook_submitted_twice_tells_the_same_success(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)
    carried = checked(client, case, case.workbook())

    for _ in range(2):
        page = client.send(f"{case.path}/uploads", carried, of=case.path, follow_redirects=True)
        assert SUBMITTED in text_of(page)
