"""The demo, loaded as `make run` loads it: what it states, and what it marks as invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.audit import CommandLine, verify
from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.demo import DemoProblem, is_loaded, load_demo, sign_ins
from dacommission.demo.figures import split, split_quarters
from dacommission.demo.own_layout import ROWS
from dacommission.demo.registry import PERPETRATORS
from dacommission.indicators.installing import install_catalogue
from dacommission.profiles.knowing import known
from dacommission.returns.models import Return, Upload
from dacommission.summaries.models import Release
from dacommission.summaries.printing import summary_json
from imports.periods import Period
from tests.conftest import make_app, migrate_up

YEAR = Period.financial_year(2022)
# Paragraphs 3.8 and 3.9 of the report of September 2023, typed from the paper.
PUBLISHED = {
    ("HUB-01", "value"): "9,739",
    ("HUB-09", "value"): "17,012",
    ("HUB-09", "per-month"): "1,418",
    ("HUB-05", "value"): "80%",
    ("CBS-01", "value"): "1,784",
    ("SA-01", "value"): "164",
    ("SA-02", "value"): "97",
    ("XS-01", "value"): "8,389",
    ("WFA-01", "value"): "210",
    ("WFA-02", "value"): "132",
    ("RES-01", "value"): "264",
    ("RES-02", "value"): "76",
    ("PRP-01", "value"): "122",
    ("PRP-06", "value"): "75%",
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo on each database; read by these tests, changed by none."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('demo')}/demo.db"
    else:
        server = request.getfixturevalue("server")
        request.getfixturevalue("databases").exec_driver_sql("CREATE DATABASE demo")
        url = server % "demo"
    app = make_app(url)
    migrate_up(app)
    with app.app_context():
        install_catalogue(by=CommandLine())
        load_demo(say=lambda _: None)
        yield app
        db.session.remove()


def test_the_summary_states_what_was_published(loaded: Flask):
    found = summary_json(YEAR)
    shown = {
        (figure["indicator"], figure["part"]): figure["text"]
        for figure in found["figures"]
        if figure["period"] == "2022" and figure["category"] is None
    }

    assert {key: shown.get(key) for key in PUBLISHED} == PUBLISHED
    text = " ".join(found["paragraphs"])
    assert [figure for figure in PUBLISHED.values() if figure not in text] == []


def test_every_stated_figure_leads_to_a_cell_of_a_workbook(loaded: Flask):
    for figure in summary_json(YEAR)["figures"]:
        assert figure["sources"], figure
        assert all(len(source["sha256"]) == 64 and source["cell"] for source in figure["sources"])


def test_the_slip_in_the_crime_table_is_found(loaded: Flask):
    assert [
        (found["period"], found["stated"], found["computed"], found["difference"])
        for found in summary_json(YEAR)["discrepancies"]
    ] == [("2022", 6387, 6287, 100)]


def test_the_board_reads_a_stored_copy_without_small_numbers(loaded: Flask):
    found = summary_json(YEAR, reader="board")
    people = {"people", "households", "families", "referrals", "cases"}

    assert all(
        figure["value"] is None or not 1 <= figure["value"] <= 4
        for figure in found["figures"]
        if figure["unit"] in people
    )
    assert any(figure["text"] == "[c]" for figure in found["figures"])
    assert "[c]" in json.dumps(json.loads(db.session.scalars(select(Release.content)).one()))


def test_some_invented_breakdowns_are_small_enough_to_need_protection(loaded: Flask):
    assert any(
        figure["category"] and figure["value"] is not None and 1 <= figure["value"] <= 4
        for figure in summary_json(YEAR)["figures"]
    )


def test_two_years_are_accepted_and_the_first_quarter_after_is_due_and_late(loaded: Flask):
    statuses = {(due.contract.reference, due.period.key): due.status for due in db.session.scalars(select(Return))}

    assert sum(status == "accepted" for status in statuses.values()) == 16
    assert statuses["DEMO-2019-VICTIMS", "2023-Q1"] == statuses["DEMO-2019-CHOICES", "2023-Q1"] == "due"


def test_nobody_accepted_what_they_sent(loaded: Flask):
    for due in db.session.scalars(select(Return).where(Return.status == "accepted")):
        assert due.submitted_by_id != due.decided_by_id


def test_everything_the_demo_did_is_in_a_whole_audit_log(loaded: Flask):
    assert list(verify()) == []
    assert is_loaded()


def test_each_sign_in_printed_is_somebody(loaded: Flask):
    emails = set(db.session.scalars(select(User.email)))

    assert {email for email, _, _ in sign_ins()} == emails


def test_the_demo_is_not_loaded_twice(loaded: Flask):
    with pytest.raises(DemoProblem, match="already"):
        load_demo(say=lambda _: None)


def test_a_split_always_sums_to_its_total():
    weights = {"a": 500, "b": 333, "c": 167}

    assert [sum(split(total, weights).values()) for total in (0, 1, 2, 97, 9739)] == [0, 1, 2, 97, 9739]


def test_a_split_of_a_cumulative_figure_never_falls():
    weights = {"a": 500, "b": 333, "c": 167}

    quarters = split_quarters("SA-01", (61, 98, 131, 164), weights)

    assert [sum(quarter.values()) for quarter in quarters] == [61, 98, 131, 164]
    for before, now in zip(quarters, quarters[1:], strict=False):
        assert all(now[name] >= before[name] for name in weights)


def test_no_password_of_the_demo_stands_in_the_source_of_anything_else():
    root = Path(__file__).parent.parent.parent / "dacommission"
    others = "".join(path.read_text() for path in root.rglob("*.py") if path.name != "people.py")

    assert [password for _, password, _ in sign_ins() if password in others] == []


def test_the_rows_of_one_providers_own_workbook_are_known(loaded: Flask):
    contract = db.session.scalars(select(Contract).where(Contract.reference == PERPETRATORS)).one()

    found = known(contract).series.values()

    assert {one.label: one.sense and one.sense.code for one in found} == {
        label: sense and sense.code for label, sense in ROWS.items()
    }
    kept = db.session.scalars(select(Upload).where(Upload.layout == "tables")).one()
    assert [one.message for one in kept.problems] == []
