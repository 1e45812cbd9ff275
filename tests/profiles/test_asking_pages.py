"""What nobody recognised is asked, shown as it was answered, kept, and known in the next quarter."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from dacommission.db import db, unit_of_work
from dacommission.indicators.store import kpis_of
from dacommission.profiles.knowing import known
from dacommission.profiles.models import ImportProfile, KnownSeries, LayoutChange
from dacommission.returns.models import Return, StoredObservation, Upload
from tests import make
from tests.due_returns.workbooks import Case, chosen
from tests.pages import PageClient, text_of
from tests.profiles.own import (
    ASKED,
    BUDGET,
    HELPED,
    NEWCOMERS,
    answered,
    answers,
    fields,
    own_workbook,
    question,
    uploaded,
)

ClientFor = Callable[[Any], PageClient]
MEANT = {
    NEWCOMERS: "HUB-01 Referrals received",
    HELPED: "HUB-05 Supported by the hub, numerator",
    ASKED: "HUB-05 Supported by the hub, denominator",
    BUDGET: "not-ours",
}


@pytest.fixture
def case(app: Flask) -> Case:
    """A return that may leave KPIs out."""
    made = Case()
    with unit_of_work():
        for kpi in kpis_of(made.contract.id, 2022):
            kpi.mandatory = False
    return made


def stored() -> tuple[int, ...]:
    tables = (Upload, StoredObservation, ImportProfile, KnownSeries)
    return tuple(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def kept(client: PageClient, case: Case, page: str, due: Return | None = None) -> Any:
    path = f"/returns/{(due or case.due).id}"
    return client.send(f"{path}/uploads", fields(page) | {"declared": "y"}, of=f"{path}/upload")


def read_as(upload: Upload) -> set[tuple[str, str | None, str, int]]:
    return {(one.cell, one.indicator_code, one.part, int(one.value or 0)) for one in upload.standing}


def test_unknown_rows_are_asked_in_the_workbooks_own_table(case: Case, client_for: ClientFor) -> None:
    before = stored()

    page = client_for(case.uploader).send(f"{case.path}/upload", chosen(own_workbook(above=2), "own.xlsx"))

    text, html = text_of(page), page.get_data(as_text=True)
    assert "Say what these rows are" in text
    assert "4 are not known for certain." in text
    assert "1 Words of the provider, line a" in text
    assert f"3 What we did Q1 2022/23 4 {NEWCOMERS} question 1 2398 question 1" in text
    assert f"1. {NEWCOMERS}" in text
    assert "This is not for this return" in text
    assert " checked" not in html
    assert stored() == before


def test_what_was_answered_is_read_shown_and_kept_and_the_next_workbook_reads_by_itself(
    case: Case, client_for: ClientFor
) -> None:
    client, before = client_for(case.uploader), stored()
    page = answered(client, case, uploaded(client, case, own_workbook(above=2)), MEANT)
    assert "Check what was read" in page
    assert "not known" not in page
    assert stored() == before
    kept(client, case, page)
    first = case.due.uploads[0]
    assert read_as(first) == {
        ("B4", "HUB-01", "value", 2398),
        ("B5", "HUB-05", "numerator", 1903),
        ("B6", "HUB-05", "denominator", 2398),
    }
    due = make.due_return(case.contract, quarter=2)
    rows = [(ASKED, 2500), ("Visits at night", 12), (NEWCOMERS, 2500), (BUDGET, 60)]
    content = own_workbook(rows, heading="Q2 2022/23", above=4)

    asked = client.send(f"/returns/{due.id}/upload", chosen(content, "own.xlsx"))

    assert f"1. {'Visits at night'}" in text_of(asked)
    assert "2. " not in text_of(asked)
    sent = answers(asked.get_data(as_text=True), {"Visits at night": "not-ours"})
    shown = client.send(f"/returns/{due.id}/upload/answers", sent, of=f"/returns/{due.id}/upload")
    text = text_of(shown)
    assert f"Row 6 of “Numbers” is now row 6: “{ASKED}”." not in text
    assert f"“{HELPED}” is missing: it stood at Numbers!A5." in text
    assert f"Row 4 of “Numbers” is now row 8: “{NEWCOMERS}”." in text
    kept(client, case, shown.get_data(as_text=True), due)
    assert read_as(due.uploads[0]) == {("B6", "HUB-05", "denominator", 2500), ("B8", "HUB-01", "value", 2500)}
    assert {one.match for one in due.uploads[0].standing} == {"profile"}
    said = db.session.scalars(select(LayoutChange.sentence).where(LayoutChange.upload_id == due.uploads[0].id))
    assert "Row 7 of “Numbers” is new: “Visits at night”." in [*said]


def test_a_workbook_of_which_all_is_known_is_not_asked_about(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)
    kept(client, case, answered(client, case, uploaded(client, case, own_workbook()), MEANT))

    page = uploaded(client, case, own_workbook([(NEWCOMERS, 2400), (BUDGET, 56)]))

    assert "Check what was read" in page
    assert "Say what these rows are" not in page


def test_what_is_left_open_stays_unread_and_the_page_says_so(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)

    page = answered(
        client, case, uploaded(client, case, own_workbook()), {NEWCOMERS: MEANT[NEWCOMERS], BUDGET: "later"}
    )

    assert "3 rows or columns of figures are not known and are left out" in page
    assert "Say what they are" in page
    kept(client, case, page)
    assert {one.indicator_code for one in case.due.uploads[0].standing} == {"HUB-01", None}
    assert len(known(case.contract).series) == 1


def test_going_back_from_what_was_read_the_answers_are_still_there(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)
    shown = answered(client, case, uploaded(client, case, own_workbook()), MEANT)

    again = client.send(f"{case.path}/upload/ask", fields(shown), of=f"{case.path}/upload")

    html = again.get_data(as_text=True)
    assert html.count(" checked") == 4
    assert "This was answered." in html
    changed = answered(client, case, html, {BUDGET: "later"})
    assert "1 row or column of figures is not known and is left out" in changed


def test_what_was_recognised_can_be_said_to_be_something_else(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)
    shown = uploaded(client, case, own_workbook([("Referrals received", 2398)]))
    assert "Check what was read" in shown

    page = client.send(f"{case.path}/upload/ask", fields(shown) | {"every": "y"}, of=f"{case.path}/upload")

    html = page.get_data(as_text=True)
    assert "It was read as this." in html
    changed = answered(client, case, html, {"Referrals received": "not-ours"})
    kept(client, case, changed)
    assert [one.sense for one in known(case.contract).series.values()] == [None]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"": "other"}, "choose the KPI from the list, or choose one of the other answers"),
        ({"": "not-ours", "-other": '["HUB-01", "value", null, null, null]'}, "has two answers"),
        ({"": '["PRP-01", "value", null, null, null]'}, "that cannot be chosen here"),
        ({"": '["HUB-01", "denominator", null, null, null]'}, "that cannot be chosen here"),
        ({"": "nonsense"}, "that cannot be chosen here"),
        ({"": "[1]"}, "that cannot be chosen here"),
        (
            {"-other": '["HUB-01", "value", null, null, null]', "-category": '["area", "York"]'},
            "is not counted by that",
        ),
        ({"-other": '["HUB-01", "value", null, null, null]', "-category": "[]"}, "that cannot be chosen here"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_told_beside_its_row(
    case: Case, client_for: ClientFor, sent: dict[str, str], said: str
) -> None:
    make.indicator("PRP-01")
    make.kpi(make.contract(), "PRP-01")
    client, before = client_for(case.uploader), stored()
    page = uploaded(client, case, own_workbook([(NEWCOMERS, 2398)]))
    name = next(name for name in fields(page) if name.endswith("-other")).removesuffix("-other")

    form = fields(page) | {f"{name}{suffix}": value for suffix, value in sent.items()}
    answer = client.send(f"{case.path}/upload/answers", form, of=f"{case.path}/upload")

    assert "There is a problem" in text_of(answer)
    assert said in text_of(answer)
    assert "<title>Error: " in answer.get_data(as_text=True)
    assert stored() == before


def test_a_whole_table_is_not_for_the_return_with_one_tick(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)
    page = uploaded(client, case, own_workbook())
    whole = page[page.index('name="whole-') :]
    name = whole[len('name="') : whole.index('"', len('name="'))]

    shown = client.send(f"{case.path}/upload/answers", fields(page) | {name: "y"}, of=f"{case.path}/upload")

    kept(client, case, shown.get_data(as_text=True))
    assert {one.sense for one in known(case.contract).series.values()} == {None}
    assert len(known(case.contract).series) == 4


@pytest.mark.parametrize(
    ("field", "value"),
    [("answers", '{"series": [[["x", "", ["y"], []], ["PRP-01", "value", null, null, null]]]}'), ("content", "")],
)
def test_a_form_that_did_not_come_back_as_it_was_sent_changes_nothing(
    case: Case, client_for: ClientFor, field: str, value: str
) -> None:
    client, before = client_for(case.uploader), stored()
    shown = answered(client, case, uploaded(client, case, own_workbook()), MEANT)

    for step in ("upload/ask", "upload/answers", "uploads"):
        back = client.send(f"{case.path}/{step}", fields(shown) | {field: value}, of=f"{case.path}/upload")

        assert back.status_code == 302
        assert back.location.endswith("/upload")
    assert stored() == before


def test_answers_that_were_changed_on_the_way_are_shown_before_they_are_kept(case: Case, client_for: ClientFor) -> None:
    client, before = client_for(case.uploader), stored()
    shown = answered(client, case, uploaded(client, case, own_workbook()), MEANT)
    form = fields(shown) | {"declared": "y"}
    form["answers"] = form["answers"].replace('["HUB-01", "value", null, null, null]', "null")

    page = client.send(f"{case.path}/uploads", form, of=f"{case.path}/upload")

    assert page.status_code == 409
    assert "This changed since you looked" in text_of(page)
    assert stored() == before


def test_the_button_pressed_twice_keeps_and_learns_once(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)
    shown = answered(client, case, uploaded(client, case, own_workbook()), MEANT)

    kept(client, case, shown)
    once = stored()
    kept(client, case, shown)

    assert stored() == once


def test_a_year_that_no_period_names_is_asked(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)
    page = uploaded(client, case, own_workbook(heading="Q1"))
    assert "Which financial year are they of?" in page

    shown = answered(client, case, page, MEANT)

    assert "HUB-01" in shown


def test_a_calendar_quarter_is_asked_and_remembered(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)
    page = uploaded(client, case, own_workbook(heading="Q1 2022"))
    assert "Which months is the first quarter?" in page
    form = answers(page, MEANT) | {"quarters": "financial"}

    shown = client.send(f"{case.path}/upload/answers", form, of=f"{case.path}/upload").get_data(as_text=True)
    kept(client, case, shown)

    assert known(case.contract).quarters == "financial"


def test_rows_of_one_name_cannot_be_told_apart_and_the_page_says_so(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.uploader)
    page = uploaded(client, case, own_workbook([(NEWCOMERS, 2398), (BUDGET, 5), (BUDGET, 7)]))
    assert "Several rows or columns have this name and speak of the same time" in page
    name = question(page, BUDGET)
    assert f'name="{name}-other"' not in page

    form = fields(page) | {name: '["HUB-01", "value", null, null, null]'}
    answer = client.send(f"{case.path}/upload/answers", form, of=f"{case.path}/upload")

    assert "that cannot be chosen here" in text_of(answer)


def test_of_many_files_one_in_a_known_layout_is_matched_with_its_contract_and_read_by_itself(
    case: Case, client_for: ClientFor
) -> None:
    client = client_for(case.uploader)
    other = make.contract(case.contract.provider, lead=case.contract.lead_commissioner)
    make.kpi(other, "HUB-01")
    make.due_return(other)
    kept(client, case, answered(client, case, uploaded(client, case, own_workbook()), MEANT))
    due = make.due_return(case.contract, quarter=2)
    content = own_workbook([(NEWCOMERS, 2400), (HELPED, 2000), ("Visits", 3)], heading="Q2 2022/23")
    files = {"files": [(BytesIO(content), "own.xlsx")]}

    page = client.send("/returns/upload-many", files)

    text = text_of(page)
    assert f"{due} 3 figures" in text
    assert "1 row or column of figures is not known and left out. Upload this file by itself" in text
    ticked = re.findall(r'name="keep" type="checkbox" value="([^"]*)" checked', page.get_data(as_text=True))
    form = {"keep": ticked, "file_name": "own.xlsx", "content": fields(page.get_data(as_text=True))["content"]}
    client.send("/returns/upload-many/keep", form, of="/returns/upload-many")
    assert {one.indicator_code for one in due.uploads[0].standing} == {"HUB-01", "HUB-05", None}


def test_a_file_that_was_received_with_open_questions_says_how_to_answer_them(
    case: Case, client_for: ClientFor
) -> None:
    client = client_for(case.uploader)
    content, said = own_workbook(), {NEWCOMERS: MEANT[NEWCOMERS]}
    kept(client, case, answered(client, case, uploaded(client, case, content), said))

    page = uploaded(client, case, content)

    assert "This file was already received" in page
    assert "withdraw that upload first and choose the file again" in page


def test_of_very_many_rows_the_first_are_asked_and_a_table_is_answered_as_a_whole(
    case: Case, client_for: ClientFor
) -> None:
    client = client_for(case.uploader)
    words = [f"Thing {first}{second}" for first in "abcdefghij" for second in "klmnopqrstu"]
    page = uploaded(client, case, own_workbook([(word, 3) for word in words]))
    assert "Of the last 10 only whole tables and sections can be answered now" in page
    assert len(set(re.findall(r'name="(row-[0-9a-f]+)-other"', page))) == 100

    shown = client.send(f"{case.path}/upload/answers", fields(page), of=f"{case.path}/upload").get_data(as_text=True)
    assert "110 rows or columns of figures are not known" in shown
    form = fields(page) | {re.findall(r'name="(whole-[0-9a-f]+)"', page)[0]: "y"}
    shown = client.send(f"{case.path}/upload/answers", form, of=f"{case.path}/upload").get_data(as_text=True)
    assert "are not known" not in shown


def with_hidden_row(referrals: int) -> bytes:
    """A workbook whose last row nobody sees."""
    book = load_workbook(BytesIO(own_workbook([("HUB-01", referrals), ("HUB-05 numerator", 7)])))
    book.active.row_dimensions[3].hidden = True
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_that_hidden_rows_belong_to_the_return_is_known_of_the_next_workbook_until_somebody_says_otherwise(
    case: Case, client_for: ClientFor
) -> None:
    client, again = client_for(case.uploader), f"{case.path}/upload/again"
    first = fields(uploaded(client, case, with_hidden_row(2398)))
    ticked = client.send(again, {**first, "with_hidden": "y"}, of=f"{case.path}/upload").get_data(as_text=True)
    kept(client, case, ticked)

    second = fields(uploaded(client, case, with_hidden_row(2399)))
    told = text_of(client.get(f"/contracts/{case.contract.id}/layout"))
    unticked = {name: value for name, value in second.items() if name != "with_hidden"}
    left_out = client.send(again, unticked, of=f"{case.path}/upload").get_data(as_text=True)
    kept(client, case, left_out)

    assert ("with_hidden" in first, second["with_hidden"]) == (False, "y")
    assert "Hidden rows, columns and sheets Read as well" in told
    assert "In hidden rows, columns or sheets" in left_out
    assert not known(case.contract).with_hidden
