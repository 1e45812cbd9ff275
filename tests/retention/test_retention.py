"""Original files past their time are disposed of by two people of two bodies; what was read from them stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from dacommission.accounts.models import User
from dacommission.audit import AuditEvent, verify
from dacommission.commissioning.actions import Refused
from dacommission.db import Conflict, db, unit_of_work
from dacommission.retention import actions
from dacommission.retention.kept import kept
from dacommission.retention.models import Disposal
from dacommission.returns.models import StoredObservation, Upload
from dacommission.roles import Role
from tests import make
from tests.faults.test_at_once import at_once
from tests.pages import PageClient, text_of
from tests.review.reviewing import counted_queries

ClientFor = Callable[[Any], PageClient]
NOW = datetime(2023, 9, 1, 9, 30, tzinfo=UTC)
TODAY = date(2023, 9, 1)
REASON = "The schedule of the arrangement says three years."


class Case:
    """A contract that ended on 31 March 2019 and keeps its files for three years, and its two bodies."""

    def __init__(self, **given: Any) -> None:
        make.indicator("HUB-01")
        self.lead, self.payer = (make.organisation("funding-body") for _ in range(2))
        words = {"starts_on": date(2016, 4, 1), "ends_on": date(2019, 3, 31), "retention_years": 3}
        self.contract = make.contract(lead=self.lead, paid_by=(self.payer,), **{**words, **given})
        self.proposer = make.user(Role.COMMISSIONER, self.lead)
        self.colleague = make.user(Role.COMMISSIONER, self.lead)
        self.other = make.user(Role.COMMISSIONER, self.payer)
        self.first = make.accepted(make.due_return(self.contract, 2017, 4), {"HUB-01": 7})
        self.last = make.accepted(make.due_return(self.contract, 2018, 4), {"HUB-01": 9})

    def propose(self, through_year: int = 2018, **given: Any) -> Disposal:
        words = {"reason": REASON, "by": self.proposer, "at": NOW}
        return actions.propose(self.contract, through_year=through_year, **{**words, **given})

    def approve(self, disposal: Disposal, **given: Any) -> int:
        return actions.approve(disposal, **{"version": disposal.version, "by": self.other, "at": NOW, **given})


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def files_kept() -> int:
    return db.session.scalar(select(func.count()).where(Upload.content.is_not(None))) or 0


def test_approved_files_go_and_what_was_read_from_them_stays(case: Case) -> None:
    before = (case.last.sha256, case.last.size, case.last.file_name)

    gone = case.approve(case.propose())

    assert (gone, files_kept()) == (2, 0)
    assert (case.last.content, case.last.disposed_at) == (None, NOW)
    assert (case.last.sha256, case.last.size, case.last.file_name) == before
    assert db.session.scalar(select(func.count()).select_from(StoredObservation)) == 2
    assert list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id))) == [
        "disposal-proposed", "disposal-done",
    ]  # fmt: skip
    assert list(verify()) == []


def test_only_the_years_that_were_proposed_go(case: Case) -> None:
    assert case.approve(case.propose(2017)) == 1
    assert (case.first.content, case.last.content is None) == (None, False)


def test_what_is_declined_is_kept(case: Case) -> None:
    disposal = case.propose()

    actions.decline(disposal, answer="An inquiry asks for them.", version=1, by=case.other, at=NOW)

    assert (disposal.status, disposal.answer, files_kept()) == ("declined", "An inquiry asks for them.", 2)
    assert case.propose().status == "proposed"  # and may be proposed again


def test_nobody_of_the_body_that_proposed_approves_or_declines(case: Case) -> None:
    disposal = case.propose()

    for by in (case.proposer, case.colleague):
        with pytest.raises(Refused, match="another funding body"):
            case.approve(disposal, by=by)
        db.session.rollback()
    with pytest.raises(Refused, match="You do not have permission"):
        case.approve(disposal, by=make.user(Role.COMMISSIONER))
    db.session.rollback()
    assert files_kept() == 2


def test_who_proposed_cannot_approve_from_another_body_later(case: Case) -> None:
    disposal = case.propose()
    with unit_of_work():
        case.proposer.organisation_id = case.payer.id

    with pytest.raises(Refused, match="another funding body"):
        case.approve(disposal, by=case.proposer)


@pytest.mark.parametrize("name", ["decided_by_id", "deciding_body_id"])
def test_the_database_refuses_one_person_and_one_body(case: Case, name: str) -> None:
    disposal = case.propose()
    decided = {"decided_by_id": case.other.id, "deciding_body_id": case.payer.id}
    decided[name] = case.proposer.id if name == "decided_by_id" else case.lead.id

    disposal.status, disposal.decided_at = "done", NOW
    for one, value in decided.items():
        setattr(disposal, one, value)
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"retention_years": None}, "are kept for good"),
        ({"retention_years": 5}, "are kept until 31 March 2024"),
    ],
)
def test_files_are_kept_for_their_time(app: Flask, given: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        Case(**given).propose()


@pytest.mark.parametrize("status", ["received", "sent-back"])
def test_files_of_a_return_that_is_not_settled_are_kept(case: Case, status: str) -> None:
    make.upload(make.due_return(case.contract, 2018, 3, status=status), {"HUB-01": 1})

    with pytest.raises(Refused, match=r"1 of these files belongs to returns that are not accepted"):
        case.propose()
    db.session.rollback()
    assert case.propose(2017).status == "proposed"


def test_a_return_that_was_reopened_meanwhile_stops_the_approval(case: Case) -> None:
    disposal = case.propose()
    with unit_of_work():
        case.last.due.status, case.last.due.accepted_upload_id = "sent-back", None

    with pytest.raises(Refused, match="not accepted"):
        case.approve(disposal)
    db.session.rollback()
    assert (disposal.status, files_kept()) == ("proposed", 2)


def test_there_must_be_files_another_body_and_no_other_proposal(case: Case) -> None:
    with pytest.raises(Refused, match="no original file"):
        case.propose(2016)
    db.session.rollback()
    case.propose()
    with pytest.raises(Refused, match="waits for an answer already"):
        case.propose()
    db.session.rollback()
    with unit_of_work():
        case.contract.contributions = []
        db.session.delete(db.session.scalars(select(Disposal)).one())
    with pytest.raises(Refused, match="Only your body"):
        case.propose()


def test_of_two_who_approve_at_once_the_second_is_told(app: Flask, case: Case) -> None:
    disposal_id, by_id = case.propose().id, case.other.id

    def approving() -> int:
        by = db.session.get_one(User, by_id)
        return actions.approve(db.session.get_one(Disposal, disposal_id), version=1, by=by, at=NOW)

    answers = at_once(app, approving, approving)

    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
    assert 2 in answers


def test_the_whole_way_through_the_pages(case: Case, client_for: ClientFor) -> None:
    client, other = client_for(case.proposer), client_for(case.other)
    assert "Past its time Until 31 March 2022 2" in text_of(client.get("/original-files"))
    form = {"through_year": "2018", "reason": REASON, "version": str(case.contract.version)}
    done = text_of(client.send(f"/original-files/{case.contract.id}/propose", form, follow_redirects=True))
    assert "The disposal is proposed." in done
    assert "Approve or decline" not in done
    address = f"/disposals/{db.session.scalars(select(Disposal.id)).one()}"
    assert "Decide on the disposal" not in text_of(client.get("/"))
    assert "Somebody of another funding body" in text_of(client.get(address, follow_redirects=True))

    assert f"Decide on the disposal of original files of {case.contract.reference}" in text_of(other.get("/"))
    assert "proposes to dispose of 2 original files" in text_of(other.get(address))
    done = text_of(other.send(address, {"decision": "approve", "version": "1"}, follow_redirects=True))

    assert "Done, up to 2018/19: 2 files disposed of." in done
    assert "was decided already" in text_of(other.get(address, follow_redirects=True))
    gone = other.get(f"/uploads/{case.last.id}/file")
    assert gone.status_code == 410
    assert "It was disposed of on Friday 1 September 2023" in text_of(gone)
    assert "The file itself was disposed of on Friday 1 September 2023" in text_of(
        other.get(f"/uploads/{case.last.id}")
    )
    assert "(disposed of on Friday 1 September 2023" in text_of(other.get(f"/returns/{case.last.return_id}"))


def test_declining_needs_a_reason(case: Case, client_for: ClientFor) -> None:
    address = f"/disposals/{case.propose().id}"

    page = client_for(case.other).send(address, {"decision": "decline", "answer": "", "version": "1"})

    assert "Say why the files are to be kept." in text_of(page)


def test_files_that_must_be_kept_are_not_offered(app: Flask, client_for: ClientFor) -> None:
    case = Case(retention_years=5)
    client = client_for(case.proposer)

    page = client.get("/original-files")

    assert "Until 31 March 2024" in text_of(page)
    assert b"Propose a disposal" not in page.data
    refused = client.get(f"/original-files/{case.contract.id}/propose", follow_redirects=True)
    assert "are not past their time" in text_of(refused)


def test_the_auditor_reads_and_others_do_not(case: Case, client_for: ClientFor) -> None:
    page = client_for(make.user(Role.AUDITOR)).get("/original-files")

    assert case.contract.reference in text_of(page)
    assert b"Propose a disposal" not in page.data
    for role in (Role.ADMINISTRATOR, Role.BOARD_MEMBER):
        assert client_for(make.user(role)).get("/original-files").status_code == 403
    assert "No original file is kept yet." in text_of(client_for(make.user(Role.COMMISSIONER)).get("/original-files"))


def test_the_list_asks_as_much_for_one_contract_as_for_many(case: Case) -> None:
    def asked() -> int:
        user = make.user(Role.AUDITOR)
        db.session.expire_all()
        with counted_queries() as sent:
            kept(user, TODAY)
        return len(sent)

    first = asked()
    for _ in range(3):
        other = make.contract(ends_on=date(2020, 3, 31), starts_on=date(2019, 4, 1), retention_years=1)
        make.accepted(make.due_return(other, 2019, 4), {"HUB-01": 1})
        make.disposal(other)

    assert asked() <= first + 3  # whoever proposed, once, and nothing for each contract
