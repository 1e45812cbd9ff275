"""What asks for an explanation, and how a return is explained, declared and submitted through its page."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.audit import AuditEvent
from dacommission.db import Conflict, db, unit_of_work
from dacommission.indicators.store import vocabulary
from dacommission.returns.checking import check
from dacommission.returns.expected import expected
from dacommission.review import acceptance
from dacommission.roles import Role
from dacommission.submission import actions
from dacommission.submission.asked import asked_of
from dacommission.submission.explaining import explanations_of
from dacommission.submission.models import Explanation
from dacommission.web.clock import now
from imports.reading import Part, Status
from imports.template import Entry, fill_template, make_template, nil_workbook
from tests import make
from tests.due_returns.test_upload_pages import hidden
from tests.due_returns.workbooks import Case, chosen
from tests.pages import PageClient, text_of

ClientFor = Callable[[Any], PageClient]
ACTION = {"HUB-05-action": "A second worker", "HUB-05-by_when-day": "30", "HUB-05-by_when-month": "9"}
WORDS = {"HUB-05-what": "Fewer said yes.", "HUB-05-why": "Staff left.", **ACTION, "HUB-05-by_when-year": "2023"}


class Missed(Case):
    """A return whose rate misses its target of 80% and whose referrals swung, with a workbook to send."""

    def __init__(self) -> None:
        super().__init__()
        make.accepted(make.due_return(self.contract, 2021, 4), {"HUB-01": 1000})

    def low(self) -> bytes:
        blank = make_template(expected(self.due), vocabulary())
        return fill_template(
            blank,
            (
                Entry("HUB-01", value=2398, comment="A busy quarter."),
                Entry("HUB-05", Part.NUMERATOR, 900),
                Entry("HUB-05", Part.DENOMINATOR, 2398),
            ),
        )

    def send(self, client: PageClient, **more: str) -> Any:
        form = hidden(client.send(f"{self.path}/upload", chosen(self.low())).get_data(as_text=True))
        return client.send(f"{self.path}/uploads", form | more, of=f"{self.path}/upload", follow_redirects=True)

    @property
    def seen(self) -> dict[str, str]:
        return {"upload": str(self.due.uploads[-1].id), "version": str(self.due.version), "declared": "y"}


@pytest.fixture
def missed(app: Flask) -> Missed:
    return Missed()


def test_swings_and_missed_targets_ask_and_nothing_else_does(missed: Missed) -> None:
    rates = {("HUB-05", "numerator"): 900, ("HUB-05", "denominator"): 2398}
    swing = make.problem("HUB-01 is 2,398: 140% more.", cell="E5")
    waived = make.problem("Waived until 31 March 2024: agreed.", severity="warning", cell="E6")
    mended = make.problem("Mended since.", cell="E6", mended=True)
    upload = make.upload(missed.due, {"HUB-01": 2398, **rates}, problems=[swing, waived, mended])

    asked = asked_of(missed.due, upload)

    assert [(one.code, one.questions, one.needs_action) for one in asked] == [
        ("HUB-01", ("HUB-01 is 2,398: 140% more.",), False),
        ("HUB-05", (), True),
    ]
    assert asked[1].figure == "38%, 900 of 2,398"


def test_nothing_is_asked_of_a_past_quarter_filled_in_later_nor_of_what_is_not_applicable(missed: Missed) -> None:
    none = {"HUB-01": Status.NOT_APPLICABLE, ("HUB-05", "numerator"): Status.NOT_APPLICABLE}
    assert asked_of(missed.due, make.upload(missed.due, none)) == []
    low = {("HUB-05", "numerator"): 900, ("HUB-05", "denominator"): 2398}
    past = make.due_return(missed.contract, 2021, 1, backfilled=True)
    make.kpi(missed.contract, "HUB-05", 2021, target=Decimal(80))

    assert asked_of(past, make.upload(past, low)) == []


def test_a_return_is_explained_declared_and_submitted(missed: Missed, client_for: ClientFor) -> None:
    client = client_for(missed.manager)

    page = missed.send(client)

    text = text_of(page)
    assert "Explain what is asked below, and submit the return." in text
    assert "The target is missed: 38% is below the target of at least 80%" in text
    assert "140% more than the 1000" in text
    assert "A busy quarter." in page.get_data(as_text=True)  # the workbook's comment, as a start
    done = client.send(
        f"{missed.path}/submit",
        {**missed.seen, **WORDS, "HUB-01-what": "A campaign.", "HUB-01-why": "The police referred more."},
        follow_redirects=True,
    )
    assert "The return was submitted with upload 1." in text_of(done)
    assert "Staff left." in text_of(done)
    assert "By 30 September 2023." in text_of(done)
    assert [one.indicator_code for one in explanations_of(missed.due)] == ["HUB-01", "HUB-05"]
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "return-explained")).all()
    assert json.loads(events[0].details)["indicators"] == ["HUB-01", "HUB-05"]
    assert not any("campaign" in event.details for event in events)


def test_what_is_missing_is_named_and_what_was_written_is_kept(missed: Missed, client_for: ClientFor) -> None:
    client = client_for(missed.manager)
    missed.send(client)

    page = client.send(f"{missed.path}/submit", {**missed.seen, "HUB-05-what": "Fewer said yes.", "HUB-05-why": ""})

    text = text_of(page)
    assert "There is a problem" in text
    for message in (
        "Say why it happened with HUB-05.",
        "Say what is done about HUB-05.",
        "Say why it happened with HUB-01.",
    ):
        assert message in text
    assert 'href="#HUB-05-why"' in page.get_data(as_text=True)
    assert missed.due.status == "received"
    assert [(one.indicator_code, one.what) for one in explanations_of(missed.due)] == [("HUB-05", "Fewer said yes.")]
    assert "Fewer said yes." in client.get(f"{missed.path}/submit").get_data(as_text=True)


def test_a_day_that_is_none_is_named_with_its_figure(missed: Missed, client_for: ClientFor) -> None:
    client = client_for(missed.manager)
    missed.send(client)
    day = {"HUB-05-by_when-day": "31", "HUB-05-by_when-month": "2", "HUB-05-by_when-year": "2024"}

    page = client.send(f"{missed.path}/submit", {**missed.seen, "HUB-05-what": "Fewer said yes.", **day})

    assert "HUB-05: By when must be a real date." in text_of(page)


def test_without_the_declaration_nothing_is_submitted_and_what_was_written_is_kept(
    missed: Missed, client_for: ClientFor
) -> None:
    client = client_for(missed.manager)
    missed.send(client)

    page = client.send(f"{missed.path}/submit", {**missed.seen, **WORDS, "declared": ""})

    assert "Tick the box to declare this before you submit the return." in text_of(page)
    assert missed.due.status == "received"
    assert explanations_of(missed.due)[0].why == "Staff left."


def test_a_draft_is_saved_to_go_on_later(missed: Missed, client_for: ClientFor) -> None:
    client = client_for(missed.manager)
    missed.send(client)

    client.send(f"{missed.path}/submit", {**missed.seen, "HUB-01-what": "Half a sentence", "save": "save"})

    assert missed.due.status == "received"
    assert "1 figure asks" not in text_of(client.get(missed.path))
    assert "2 figures ask for an explanation that is not there, or not whole: HUB-01, HUB-05." in text_of(
        client.get(missed.path)
    )


def test_an_uploader_explains_and_a_manager_submits(missed: Missed, client_for: ClientFor) -> None:
    uploader = client_for(missed.uploader)
    assert "Your manager can submit it now." in text_of(missed.send(uploader))
    uploader.send(f"{missed.path}/explanations", {**WORDS, "HUB-01-what": "A", "HUB-01-why": "B"})

    done = client_for(missed.manager).send(f"{missed.path}/submit", missed.seen, follow_redirects=True)

    assert "The return was submitted with upload 1." in text_of(done)


def test_two_people_who_explain_one_figure_lose_nothing(missed: Missed, client_for: ClientFor) -> None:
    uploader, manager = client_for(missed.uploader), client_for(missed.manager)
    missed.send(uploader)
    uploader.send(f"{missed.path}/explanations", {"HUB-01-what": "The uploader's words", "HUB-01-why": "B"})

    page = manager.send(f"{missed.path}/explanations", {"HUB-01-what": "The manager's words", "HUB-01-seen": "0"})

    assert page.status_code == 409
    assert "HUB-01: What happened The uploader's words The manager's words" in text_of(page)
    assert 'name="HUB-01-seen" type="hidden" value="1"' in page.get_data(as_text=True)


def test_who_looked_before_a_figure_was_explained_anew_looks_again(missed: Missed, client_for: ClientFor) -> None:
    client, path = client_for(missed.manager), f"{missed.path}/explanations"
    missed.send(client)
    client.send(f"{missed.path}/submit", {**missed.seen, **WORDS, "HUB-01-what": "A", "HUB-01-why": "B"})
    seen = acceptance.as_it_stands(missed.due, missed.commissioner)

    for version, words in enumerate(("C", "D"), start=1):
        done = client.send(path, {"HUB-01-what": words, "HUB-01-why": "B", "HUB-01-seen": version})
        assert done.status_code == 302

    assert (missed.due.status, explanations_of(missed.due)[0].what) == ("submitted", "D")
    with pytest.raises(Conflict):
        acceptance.accept(missed.due, seen=seen, by=missed.commissioner, at=now())
    version = missed.due.version
    client.send(path, {"HUB-01-what": "D", "HUB-01-why": "B", "HUB-01-seen": 3})
    assert missed.due.version == version


def test_an_accepted_returns_explanations_stay(missed: Missed, client_for: ClientFor) -> None:
    make.accepted(missed.due, {"HUB-01": 1})

    page = client_for(missed.manager).get(f"{missed.path}/explanations", follow_redirects=True)

    assert "its explanations stay as they are" in text_of(page)


def test_what_was_written_while_the_return_was_accepted_is_shown_to_be_copied(
    missed: Missed, client_for: ClientFor
) -> None:
    client = client_for(missed.manager)
    missed.send(client)
    make.accepted(missed.due, {"HUB-01": 1})

    for path in ("explanations", "submit"):
        page = client.send(f"{missed.path}/{path}", {**missed.seen, **WORDS}, of=missed.path)
        assert page.status_code == 409
        assert "Staff left." in text_of(page)


def test_a_commissioner_does_not_write_the_providers_explanations(missed: Missed, client_for: ClientFor) -> None:
    make.submitted(missed.due, {"HUB-01": 1})

    page = client_for(missed.commissioner).get(f"{missed.path}/explanations", follow_redirects=True)

    assert "The provider explains its own figures." in text_of(page)


def test_an_auditor_sees_no_explanation(missed: Missed, client_for: ClientFor) -> None:
    make.submitted(missed.due, {"HUB-01": 2398})
    words = {"return_id": missed.due.id, "indicator_code": "HUB-01", "what": "2,398 came", "why": "A campaign"}
    with unit_of_work():
        db.session.add(Explanation(**words, written_at=make.LONG_AGO, written_by_id=missed.manager.id))

    assert "2,398" not in text_of(client_for(make.user(Role.AUDITOR)).get(missed.path))
    assert "2,398 came" in text_of(client_for(missed.commissioner).get(missed.path))


def test_nothing_asked_and_declared_is_submitted_in_one_go_and_undeclared_is_asked_again(
    missed: Missed, client_for: ClientFor
) -> None:
    client = client_for(missed.manager)
    with unit_of_work():
        missed.due.backfilled = True
    form = hidden(client.send(f"{missed.path}/upload", chosen(missed.low())).get_data(as_text=True))

    page = client.send(f"{missed.path}/uploads", {**form, "declared": ""}, of=f"{missed.path}/upload")

    assert "Tick the box to declare this before you submit the return." in text_of(page)
    assert missed.due.status == "due"
    done = client.send(f"{missed.path}/uploads", hidden(page.get_data(as_text=True)), of=missed.path)
    assert (done.status_code, missed.due.status) == (302, "submitted")


def test_a_form_about_another_upload_submits_nothing_and_keeps_what_was_written(
    missed: Missed, client_for: ClientFor
) -> None:
    client = client_for(missed.manager)
    missed.send(client)

    page = client.send(f"{missed.path}/submit", {**missed.seen, **WORDS, "version": "99"})

    assert page.status_code == 409
    assert (missed.due.status, explanations_of(missed.due)[0].why) == ("received", "Staff left.")


def test_a_nil_return_is_a_workbook_that_is_declared_and_submitted(missed: Missed, client_for: ClientFor) -> None:
    client = client_for(missed.manager)
    assert "There is nothing to report" in text_of(client.get(missed.path))
    form = {"reason": "The service was closed.", "version": str(missed.due.version)}

    undeclared = client.send(f"{missed.path}/nil", form)
    done = client.send(f"{missed.path}/nil", {**form, "declared": "y"}, follow_redirects=True)

    assert "Tick the box to declare this" in text_of(undeclared)
    assert "The return was submitted with upload 1." in text_of(done)
    assert "Nil return" in text_of(done)
    assert [one.kind for one in missed.due.uploads] == ["nil"]
    assert {one.status for one in missed.due.uploads[0].standing} == {"not_applicable"}
    again = client.send(f"{missed.path}/nil", {**form, "declared": "y"}, of=missed.path, follow_redirects=True)
    assert "It is submitted now." in text_of(again)


def test_an_uploader_keeps_a_nil_return_for_the_manager(missed: Missed, client_for: ClientFor) -> None:
    form = {"reason": "The service was closed.", "version": str(missed.due.version)}

    done = client_for(missed.uploader).send(f"{missed.path}/nil", form, follow_redirects=True)

    assert "Upload 1 is kept. Your manager can submit it now." in text_of(done)
    assert missed.due.status == "received"


def test_a_nil_return_that_a_workbook_followed_is_not_submitted_in_its_place(
    missed: Missed, client_for: ClientFor
) -> None:
    content = nil_workbook(expected(missed.due), vocabulary(), reason="The service was closed.")
    reading = check(content, "nil.xlsx", expected=expected(missed.due)).reading
    nil: dict[str, Any] = {"content": content, "reading": reading, "by": missed.manager, "at": now()}
    actions.say_nil(missed.due, **nil, version=missed.due.version, declared=False)
    missed.send(client_for(missed.manager))

    upload = actions.say_nil(missed.due, **nil, version=missed.due.version, declared=True)

    assert (upload.number, missed.due.status, missed.due.submitted_at) == (1, "received", None)


def test_a_nil_return_that_is_refused_shows_the_reason_that_was_typed(missed: Missed, client_for: ClientFor) -> None:
    client = client_for(missed.manager)
    form = {"reason": "The service was closed.", "version": str(missed.due.version), "declared": "y"}
    make.submitted(missed.due, {"HUB-01": 1})

    page = client.send(f"{missed.path}/nil", form, of=missed.path)

    assert page.status_code == 409
    assert "It is submitted now." in text_of(page)
    assert "The service was closed." in text_of(page)


def test_a_nil_return_needs_a_reason(missed: Missed, client_for: ClientFor) -> None:
    page = client_for(missed.manager).send(f"{missed.path}/nil", {"declared": "y", "version": "1"})

    assert "Say why there is nothing to report." in text_of(page)
