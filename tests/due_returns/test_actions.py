"""What can be done to a return, by whom, and what is kept of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission.accounts.models import User
from dacommission.audit import AuditEvent, verify
from dacommission.db import db
from dacommission.returns import actions
from dacommission.returns.models import Return, Upload
from dacommission.returns.storing import HasErrors, too_large
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Role
from dacommission.submission import actions as submission
from imports.reading import Severity
from tests import make
from tests.due_returns.readings import observation, problem, reading

NOW = datetime(2022, 7, 12, 9, 30, tzinfo=UTC)
LATER = datetime(2022, 7, 13, 9, 30, tzinfo=UTC)


class Case:
    """A return of 2022/23 quarter 1, and everybody who has to do with it."""

    def __init__(self) -> None:
        make.indicator("HUB-01")
        self.contract = make.contract()
        self.due = make.due_return(self.contract)
        self.manager = make.user(Role.PROVIDER_MANAGER, self.contract.provider)
        self.uploader = make.user(Role.PROVIDER_UPLOADER, self.contract.provider)
        self.commissioner = make.user(Role.COMMISSIONER, self.contract.lead_commissioner)
        self.colleague = make.user(Role.COMMISSIONER, self.contract.lead_commissioner)

    def receive(self, content: bytes = b"a workbook", *, by: User | None = None, **given: Any) -> Upload:
        words: dict[str, Any] = {"filename": "return.xlsx", "reading": reading(content), "at": NOW}
        return actions.receive(self.due, content=content, by=by or self.uploader, **{**words, **given})

    def hand_in(self, content: bytes = b"a workbook", *, by: User | None = None, **given: Any) -> Upload:
        words: dict[str, Any] = {"filename": "return.xlsx", "reading": reading(content), "at": NOW}
        return submission.hand_in(self.due, content=content, by=by or self.manager, **{**words, **given})

    @property
    def seen(self) -> dict[str, Any]:
        """What somebody saw who looks now."""
        return {"upload": self.due.latest_upload, "version": self.due.version, "at": LATER}

    def events(self) -> list[str]:
        found = select(AuditEvent.action).where(AuditEvent.subject_id == str(self.due.id)).order_by(AuditEvent.id)
        return list(db.session.scalars(found))


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def test_an_upload_is_kept_whole_with_its_figures_and_problems(case: Case) -> None:
    content = b"\x00the bytes\xff"
    seen = reading(content, observation(), observation(None, "0.1234567", cell="F6"), problems=(problem(),))

    kept = case.receive(content, reading=seen)

    assert kept.content == content
    assert (kept.number, kept.size, kept.file_name) == (1, len(content), "return.xlsx")
    assert kept.sha256 == seen.sha256
    assert [(one.cell, one.value) for one in kept.observations] == [
        ("F5", Decimal(2398)),
        ("F6", Decimal("0.123457")),
    ]
    assert [one.message for one in kept.problems] == ["Is this right?"]
    assert (case.due.status, kept.on_behalf) == ("received", False)
    assert case.events() == ["return-receive"]
    assert list(verify()) == []


def test_text_that_no_database_keeps_is_left_out(case: Case) -> None:
    kept = case.receive(reading=reading(b"a workbook", observation(label="Refer\x00rals \ud800")))

    assert kept.observations[0].label == "Referrals ?"


def test_the_same_file_twice_is_one_upload_and_one_event(case: Case) -> None:
    first = case.receive()
    again = case.receive(at=LATER)

    assert again is first
    assert again.was_there(LATER)
    assert not again.was_there(NOW)
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 1
    assert case.events() == ["return-receive"]


def test_a_workbook_with_errors_is_not_kept(case: Case) -> None:
    with pytest.raises(HasErrors, match="Mend them"):
        case.receive(reading=reading(problems=(problem(Severity.ERROR),)))

    assert db.session.scalar(select(func.count()).select_from(Upload)) == 0
    assert (case.due.status, case.events()) == ("due", [])


def test_a_figure_too_large_to_keep_is_an_error_at_its_cell() -> None:
    found = list(too_large(reading(b"", observation(value="1000000000"), observation(value="999999999.5"))))

    assert [(one.severity, one.cell) for one in found] == [("error", "F5")]


def test_a_commissioner_loads_on_the_providers_behalf_and_it_is_marked(case: Case) -> None:
    kept = case.hand_in(by=case.commissioner)

    assert kept.on_behalf
    assert case.due.status == "submitted"
    assert case.events() == ["return-receive", "return-submit"]


def test_handing_in_a_file_that_was_kept_before_submits_it(case: Case) -> None:
    kept = case.receive()
    again = case.hand_in(at=LATER)

    assert again is kept
    assert (case.due.status, case.due.submitted_by) == ("submitted", case.manager)


def test_handing_in_twice_changes_nothing_the_second_time(case: Case) -> None:
    case.hand_in()
    case.hand_in(at=LATER)

    assert case.events() == ["return-receive", "return-submit"]


def test_handing_in_an_older_file_does_not_submit_the_newer_one(case: Case) -> None:
    case.receive(b"the first")
    case.receive(b"the second")

    case.hand_in(b"the first", at=LATER)

    assert case.due.status == "received"


def test_a_commissioner_does_not_submit_what_the_provider_uploaded(case: Case) -> None:
    case.receive()

    with pytest.raises(StepNotAllowed, match="the provider's manager submits it"):
        submission.submit(case.due, by=case.commissioner, **case.seen)


def test_an_uploader_does_not_submit(case: Case) -> None:
    case.receive()

    with pytest.raises(StepNotAllowed, match="A manager of your organisation, or a deputy whom the manager names"):
        submission.submit(case.due, by=case.uploader, **case.seen)


def test_another_providers_manager_does_nothing_to_a_return(case: Case) -> None:
    with pytest.raises(StepNotAllowed, match="You do not have permission"):
        case.receive(by=make.user(Role.PROVIDER_MANAGER))


def test_a_refused_workbook_leaves_only_the_names_of_rules(case: Case) -> None:
    found = reading(problems=(problem(Severity.ERROR, rule="V03"), problem(Severity.ERROR, rule="V03"), problem()))

    actions.refuse(case.due, found, by=case.uploader, at=NOW)

    event = db.session.scalars(select(AuditEvent)).one()
    assert event.action == "upload-refused"
    assert json.loads(event.details) == {"rules": {"V03": 2}, "when": NOW.isoformat()}
    assert db.session.scalar(select(func.count()).select_from(Return)) == 1


def test_a_workbook_for_a_quarter_that_still_runs_is_refused(app: Flask):
    due = make.due_return(make.contract(), 2023, 2)
    manager = make.user("provider-manager", due.contract.provider)
    last_hour = datetime(2023, 9, 30, 22, tzinfo=UTC)

    with pytest.raises(StepNotAllowed, match="Quarter 2 2023/24 ends on 30 September 2023"):
        actions.receive(due, content=b"x", filename="x.xlsx", reading=reading(b"x"), by=manager, at=last_hour)

    assert due.uploads == []
