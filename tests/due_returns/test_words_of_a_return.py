"""The narrative, the case studies and the statuses of a return: shown before they are kept, and afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.db import db
from dacommission.indicators.store import vocabulary
from dacommission.returns.expected import expected
from dacommission.returns.models import Upload
from imports.reading import Part, Passage, Status
from imports.template import Entry, fill_template, make_template
from imports.template_layout import ANSWER, NARRATIVE_QUESTIONS, STORY
from tests.due_returns.test_upload_pages import hidden
from tests.due_returns.workbooks import Case, chosen
from tests.pages import PageClient, text_of

ClientFor = Callable[[User], PageClient]


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def workbook(case: Case, *, consent: bool | None = True) -> bytes:
    blank = make_template(expected(case.due), vocabulary())
    entries = (
        Entry("HUB-01", status=Status.PENDING, expected_on=date(2022, 9, 30)),
        Entry("HUB-05", Part.NUMERATOR, 10),
        Entry("HUB-05", Part.DENOMINATOR, 12),
    )
    words = (
        Passage(ANSWER, None, "", NARRATIVE_QUESTIONS[0], "=1+1 <b>more</b> calls\nand more answers"),
        Passage(STORY, None, "", "A new start", "She moved on.", consent),
    )
    return fill_template(blank, entries, words)


def test_words_are_shown_before_they_are_kept_and_afterwards(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)

    page = client.send(f"{case.path}/upload", chosen(workbook(case)))
    client.send(f"{case.path}/uploads", hidden(page.get_data(as_text=True)), of=f"{case.path}/upload")

    kept = db.session.scalars(select(Upload)).one()
    for text in (text_of(page), text_of(client.get(f"/uploads/{kept.id}"))):
        assert "Narrative and case studies" in text
        assert "Narrative, Narrative!B5" in text
        assert NARRATIVE_QUESTIONS[0] in text
        assert "=1+1 <b>more</b> calls" in text
        assert "A new start" in text
        assert "The person has agreed." in text
        assert "Not yet available, expected on 30 September 2022" in text
    assert [(words.kind, words.consent) for words in kept.passages] == [(ANSWER, None), (STORY, True)]
    assert kept.passages[0].text == "=1+1 <b>more</b> calls\nand more answers"


def test_a_story_without_consent_is_not_kept(case: Case, client_for: ClientFor) -> None:
    page = client_for(case.manager).send(f"{case.path}/upload", chosen(workbook(case, consent=None)))

    assert "Choose Yes in C5 once the person has, or take the case study out." in text_of(page)
    assert "Nothing says whether the person has agreed." in text_of(page)
    assert not db.session.scalars(select(Upload)).all()


def test_a_return_without_words_has_no_heading_for_them(case: Case, client_for: ClientFor) -> None:
    page = client_for(case.manager).send(f"{case.path}/upload", chosen(case.workbook()))

    assert "Narrative and case studies" not in text_of(page)
