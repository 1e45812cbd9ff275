"""Correcting on the page that shows what was read, before the workbook is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from flask import Flask

from dacommission.audit import AuditEvent
from dacommission.db import db
from dacommission.returns.models import StoredObservation, Upload
from dacommission.roles import Role
from tests import make
from tests.due_returns.workbooks import Case, chosen
from tests.imports.workbooks import saved
from tests.pages import PageClient, text_of
from tests.submission.checked import WHY, again, fields, look, typed


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def test_a_button_beside_each_figure_opens_its_fields(client: PageClient, case: Case) -> None:
    page = again(client, case, look(client, case), correct="F5!KPIs")

    text = text_of(page)
    assert "KPIs!F5: HUB-01 Referrals received, value The file says 1.5 , for Quarter 1 2022/23." in text
    assert "Check again with this correction" in text
    assert fields(page.get_data(as_text=True))["correction-0-cell"] == "F5"


def test_a_corrected_error_no_longer_blocks_and_both_figures_are_shown(client: PageClient, case: Case) -> None:
    page = again(client, case, look(client, case), **typed())

    text = text_of(page)
    assert "3 figures read, with no errors" in text
    assert f"Typed in the page in place of “1.5” in the file, because “{WHY}”." in text
    assert "KPIs!F5 1.5 Referrals received HUB-01 Referrals received Value, all Quarter 1 2022/23" in text
    assert "1.5 HUB-01, corrected to 15" in text
    assert "Submit this return" in text
    assert db.session.query(Upload).count() == 0


def test_what_is_kept_is_the_file_and_the_correction_beside_it(client: PageClient, case: Case) -> None:
    checked = again(client, case, look(client, case), **typed()).get_data(as_text=True)

    client.send(f"{case.path}/uploads", {**fields(checked), **typed(), "declared": "y"}, of=f"{case.path}/upload")

    (kept,) = case.due.uploads
    was, now = [one for one in kept.observations if one.cell == "F5"]
    assert (was.value, was.status, was.shown, was.corrects_id) == (None, "error", "1.5", None)
    assert (now.value, now.status, now.shown, now.reason) == (Decimal(15), "reported", "15", WHY)
    assert (now.corrects_id, now.corrected_by_id, kept.revision) == (was.id, case.manager.id, 1)
    assert [one.value for one in kept.standing] == [15, 1903, 2398]
    told = f"because “{WHY}”, by {case.manager.name}"
    assert f"Corrected from “1.5” in the file, {told}" in text_of(client.get(f"/uploads/{kept.id}"))
    assert "“1.5” in the file ( KPIs!F5 )" in text_of(client.get(f"{case.path}/figures/HUB-01"))
    event = db.session.query(AuditEvent).filter_by(action="return-receive").one()
    assert "15" not in event.details.replace(kept.sha256, "").replace(event.details.split('"when"')[-1], "")


def test_a_correction_that_was_not_checked_is_shown_before_it_is_kept(client: PageClient, case: Case) -> None:
    carried = look(client, case, 2398)

    page = client.send(
        f"{case.path}/uploads", {**carried, **typed(value="2389"), "declared": "y"}, of=f"{case.path}/upload"
    )

    assert page.status_code == 409
    assert "something was corrected that was not checked yet" in text_of(page)
    assert db.session.query(StoredObservation).count() == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": ""}, "Say why the figure is corrected."),
        ({"value": ""}, "Enter the figure, or choose why there is none."),
        ({"value": "many"}, "Figure must be a number"),
        ({"status": "pending", "value": ""}, "Enter the day on which the figure will be available."),
        ({"status": "not_applicable"}, "Leave the figure empty, or choose that there is one."),
        ({"status": "error"}, "Choose whether there is a figure."),
        ({"reason": "Ask jo@example.org"}, "This seems to hold an e-mail address."),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(
    client: PageClient, case: Case, given: dict[str, str], said: str
) -> None:
    page = again(client, case, look(client, case), **typed(**given))

    assert f"F5: {said}" in text_of(page)
    assert "<title>Error: " in page.get_data(as_text=True)
    assert "with 1 error" in text_of(page)


def test_a_figure_can_be_promised_for_a_day(client: PageClient, case: Case) -> None:
    day = {"expected_on__day": "1", "expected_on__month": "12", "expected_on__year": "2023"}

    page = again(client, case, look(client, case), **typed(status="pending", value="", **day))

    assert "Not yet available, expected on 1 December 2023" in text_of(page)
    assert "with no errors" in text_of(page)


def test_several_cells_are_corrected_at_once_and_one_of_them_left_again(client: PageClient, case: Case) -> None:
    both = {**typed(), **typed("G6", "1904", 1)}

    corrected = again(client, case, look(client, case), **both)
    left = again(client, case, look(client, case), **both, leave="0")

    assert text_of(corrected).count("Typed in the page") == 2
    assert text_of(left).count("Typed in the page") == 1
    carried = fields(left.get_data(as_text=True))
    assert (carried["correction-0-cell"], carried["correction-0-value"]) == ("G6", "1904")
    assert "correction-1-cell" not in carried


def test_an_indicator_that_is_not_in_the_file_is_given_here(client: PageClient, case: Case) -> None:
    content = b"Measure,Period,Value\nHUB-01,2022/23 Q1,2398\n"
    first = client.send(f"{case.path}/upload", chosen(content, "a.csv"))
    carried = fields(first.get_data(as_text=True))

    opened = again(client, case, carried, add="HUB-05")
    begun = fields(opened.get_data(as_text=True))
    cells = [begun[f"correction-{number}-cell"] for number in (0, 1)]
    given = {**typed(cells[0], "1903", 0, sheet=""), **typed(cells[1], "2398", 1, sheet="")}
    checked = again(client, case, carried, **given)
    kept = {**fields(checked.get_data(as_text=True)), **given, "declared": "y"}
    client.send(f"{case.path}/uploads", kept, of=f"{case.path}/upload")

    assert "1 indicator of this return is not in the file" in text_of(first)
    assert "of this return is not in the file" not in text_of(opened)
    assert cells == ["HUB-05 numerator, not in the file", "HUB-05 denominator, not in the file"]
    assert "with no errors" in text_of(checked)
    (upload,) = case.due.uploads
    assert [one.value for one in upload.standing] == [2398, 1903, 2398]
    page = text_of(client.get(f"/uploads/{upload.id}/beside"))
    assert "HUB-05 numerator, not in the file" in page
    assert f"Corrected from Missing in the file, because “{WHY}”" in page
    assert "not in the file" in text_of(client.get(f"{case.path}/figures/HUB-05"))


def test_an_indicator_of_which_the_file_has_only_another_quarter_is_given_here(client: PageClient, case: Case) -> None:
    content = b"Measure,Period,Value\nHUB-01,2021/22 Q4,2398\nHUB-05,2022/23 Q1,77%\n"

    page = text_of(client.send(f"{case.path}/upload", chosen(content, "a.csv")))

    assert "HUB-01 Referrals received Give it here" in page


def test_hidden_rows_are_read_once_somebody_says_that_they_belong_to_the_return(client: PageClient, case: Case) -> None:
    book = openpyxl.Workbook()
    for row in (["Indicator", "Q1 2022/23"], ["HUB-01 Referrals received", 2398], ["HUB-05 Supported by the hub", 77]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    first = client.send(f"{case.path}/upload", chosen(saved(book)))

    page = again(client, case, fields(first.get_data(as_text=True)), with_hidden="y")

    assert "In hidden rows, columns or sheets 1" in text_of(first)
    assert "They belong to this return: read them as well" in text_of(first)
    assert "In hidden rows" not in text_of(page)
    assert "Sheet!B3 77" in text_of(page)
    assert 'name="with_hidden" type="checkbox" value="y" checked' in page.get_data(as_text=True)


def test_fields_that_were_left_empty_correct_nothing(client: PageClient, case: Case) -> None:
    carried = look(client, case, 2398)

    client.send(
        f"{case.path}/uploads", {**carried, **typed(value="", reason=""), "declared": "y"}, of=f"{case.path}/upload"
    )

    assert [upload.revision for upload in case.due.uploads] == [0]


def test_personal_data_is_not_repeated_and_not_corrected_away(client: PageClient, case: Case) -> None:
    carried = look(client, case, "07700 900123")

    page = again(client, case, carried, **typed())

    assert "07700" not in page.get_data(as_text=True).replace(carried["content"], "")
    assert "(not repeated here)" in text_of(page)
    assert "This cell seems to hold a telephone number." in text_of(page)


def test_a_file_that_did_not_come_back_is_chosen_again(client: PageClient, case: Case) -> None:
    page = client.send(f"{case.path}/upload/again", {}, of=f"{case.path}/upload", follow_redirects=True)

    assert "The workbook did not come back as it was sent" in text_of(page)


def test_another_providers_return_is_not_found(case: Case, client_for: Any) -> None:
    stranger = client_for(make.user(Role.PROVIDER_MANAGER))

    assert stranger.send(f"{case.path}/upload/again", {}, of="/returns").status_code in (404, 400)
