"""What is learned from a kept upload about the layout of a contract's own workbooks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission.audit import AuditEvent
from dacommission.db import db
from dacommission.profiles.answers import carried, parsed
from dacommission.profiles.knowing import changes, known, known_with, profile_of
from dacommission.profiles.models import KnownSeries, LayoutChange
from dacommission.returns.checking import NotAsSent
from dacommission.returns.expected import expected
from dacommission.returns.models import Upload
from dacommission.submission import actions
from imports.reading import Match, Part
from imports.series import NOTHING_KNOWN, Known, Profile, Sense, Series
from imports.sheets import Spot
from tests.due_returns.readings import reading
from tests.due_returns.workbooks import Case
from tests.profiles.layouts import REFERRALS, key, series

NOW = datetime(2022, 7, 10, 9, tzinfo=UTC)


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def answers(**said: Sense | None) -> str:
    """What was said of some rows, as it travels."""
    return carried(Profile({key(row.replace("_", " ")): Known(sense) for row, sense in said.items()}))


def kept(case: Case, *found: Series, content: bytes = b"first", **given: Any) -> Upload:
    words = {"content": content, "filename": "return.xlsx", "by": case.uploader, "at": NOW}
    said = parsed(given.get("answers", "")).series
    read = reading(content, layout="tables", series=tuple(_as_answered(one, said.get(one.key)) for one in found))
    return actions.receive(case.due, reading=read, **{**words, **given})


def _as_answered(one: Series, answer: Known | None) -> Series:
    """A row as it is read once somebody has said what it is."""
    if answer is None:
        return one
    return replace(one, sense=answer.sense, not_ours=answer.sense is None, match=Match.PROFILE, confidence=Decimal(1))


def test_what_was_answered_is_known_from_then_on(case: Case) -> None:
    rows = series("new people"), series("budget", "A6"), series("calls", "A7")

    kept(case, *rows, answers=answers(new_people=REFERRALS, budget=None))

    found = known(case.contract)
    assert found.series == {
        key("new people"): Known(REFERRALS, Spot("Quarter", "A5"), "New people"),
        key("budget"): Known(None, Spot("Quarter", "A6"), "Budget"),
    }
    row = db.session.scalars(select(KnownSeries).where(KnownSeries.label == "New people")).one()
    assert (row.meaning, row.confirmed_at, row.confirmed_by) == ("figure", NOW, case.uploader)


def test_every_part_of_what_was_said_is_kept(case: Case) -> None:
    sense = Sense("HUB-05", Part.NUMERATOR, "High", None, "risk")

    kept(case, series("new people"), answers=answers(new_people=sense))

    assert known(case.contract).series[key("new people")].sense == sense


def test_what_was_recognised_by_itself_is_remembered_with_its_place_and_not_known(case: Case) -> None:
    kept(case, series("referrals", sense=REFERRALS), series("calls", "A7"))

    assert known(case.contract) == Profile({}, "")
    row = db.session.scalars(select(KnownSeries).order_by(KnownSeries.position)).first()
    assert row is not None
    assert (row.code, row.cell, row.confirmed_at) == ("HUB-01", "A5", None)


def test_nothing_is_known_of_a_contract_without_uploads_of_its_own_layout(case: Case) -> None:
    kept(case)

    assert known(case.contract) is NOTHING_KNOWN
    assert profile_of(case.contract) is None
    assert changes(case.contract, [series()]) == ()


def test_what_changed_since_the_last_workbook_is_kept_with_the_upload(case: Case) -> None:
    kept(case, series("new people"), series("plans", "A6"), answers=answers(new_people=REFERRALS))
    now = series("new people", "A8", sense=REFERRALS), series("outreach", "A9")

    assert len(changes(case.contract, now)) == 3
    second = kept(case, *now, content=b"second")

    said = db.session.scalars(
        select(LayoutChange.sentence).where(LayoutChange.upload_id == second.id).order_by(LayoutChange.id)
    )
    assert list(said) == [
        "Row 5 of “Quarter” is now row 8: “New people”.",
        "Row 9 of “Quarter” is new: “Outreach”.",
        "“Plans” is missing: it stood at Quarter!A6.",
    ]
    assert known(case.contract).series[key("new people")].place == Spot("Quarter", "A8")
    assert changes(case.contract, now) == ()


def test_what_was_said_stays_when_the_row_is_not_there_for_a_quarter(case: Case) -> None:
    kept(case, series("new people"), series("calls", "A6"), answers=answers(new_people=REFERRALS))
    kept(case, series("calls", "A6"), content=b"second")

    assert key("new people") in known(case.contract).series
    assert changes(case.contract, [series("calls", "A6")]) == ()


def test_a_later_answer_stands_and_one_about_no_row_of_the_file_is_not_kept(case: Case) -> None:
    kept(case, series("new people"), answers=answers(new_people=REFERRALS, calls=REFERRALS))
    kept(case, series("new people"), content=b"second", answers=answers(new_people=None))

    assert known(case.contract).series == {key("new people"): Known(None, Spot("Quarter", "A5"), "New people")}


def test_an_answer_that_was_not_applied_is_not_learned(case: Case) -> None:
    said, row = answers(new_people=REFERRALS), series("new people")

    upload = actions.receive(
        case.due,
        content=b"first",
        filename="return.xlsx",
        reading=reading(b"first", layout="tables", series=(row,)),
        by=case.uploader,
        at=NOW,
        answers=said,
    )

    assert upload.number == 1
    assert known(case.contract).series == {}


def test_the_same_file_again_teaches_nothing(case: Case) -> None:
    kept(case, series("new people"))
    events = db.session.scalar(select(func.count()).select_from(AuditEvent))

    kept(case, series("new people"), answers=answers(new_people=REFERRALS), at=NOW.replace(hour=10))

    assert known(case.contract).series == {}
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == events


def test_learning_is_on_record_without_a_word_of_the_file(case: Case) -> None:
    kept(case, series("new people"), answers=answers(new_people=REFERRALS))

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "profile-learned")).one()
    assert json.loads(event.details)["answered"] == 1
    assert event.contract_id == case.contract.id
    assert "people" not in event.details


def test_answers_are_put_over_what_is_known(case: Case) -> None:
    kept(case, series("new people"), series("calls", "A6"), answers=answers(new_people=REFERRALS, calls=None))
    said = carried(Profile({key("calls"): Known(REFERRALS)}, "calendar", 2022, True))

    found = known_with(case.contract, said, expected(case.due))

    assert {one.label: one.sense for one in found.series.values()} == {"New people": REFERRALS, "Calls": REFERRALS}
    assert (found.quarters, found.year, found.with_hidden) == ("calendar", 2022, True)


@pytest.mark.parametrize(
    "said",
    [
        "no JSON",
        "[]",
        '{"series": [], "quarters": "lunar", "year": null, "with_hidden": false}',
        '{"series": [], "quarters": "", "year": 3, "with_hidden": false}',
        '{"series": [], "quarters": "", "year": null, "with_hidden": 1}',
        '{"series": [[["a"], null]], "quarters": "", "year": null, "with_hidden": false}',
        '{"series": [[["a", "b", [], []], ["HUB-01"]]], "quarters": "", "year": null, "with_hidden": false}',
        answers(calls=Sense("PRP-01")),
        answers(calls=Sense("HUB-01", Part.NUMERATOR)),
        answers(calls=Sense("HUB-01", category="York", breakdown="area")),
        answers(calls=Sense("HUB-01", breakdown="area")),
    ],
)
def test_answers_that_nobody_can_have_given_are_refused(case: Case, said: str) -> None:
    make_other_contracts_kpi()

    with pytest.raises(NotAsSent):
        known_with(case.contract, said, expected(case.due))


def make_other_contracts_kpi() -> None:
    from tests import make

    make.indicator("PRP-01")
    make.kpi(make.contract(), "PRP-01")
