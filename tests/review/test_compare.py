"""Two versions of a return side by side, and what a change would touch."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask

from dacommission.db import unit_of_work
from dacommission.review import corrections, queries
from dacommission.review.compare import compared, rows_of, states
from dacommission.review.touched import rerated
from imports.reading import Status
from tests import make
from tests.pages import text_of
from tests.review.reviewing import AT, LATER, Case, ClientFor


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def second_version(case: Case) -> None:
    figures = {("HUB-05", "numerator"): 2100, ("HUB-05", "denominator"): 2521, "HUB-01": 2512}
    make.submitted(case.due, {**figures, ("HUB-01", "area", "York"): 9}, received_by_id=case.manager.id)


def test_figures_are_matched_by_what_they_are_and_not_by_where_they_stand(case: Case) -> None:
    second_version(case)

    found = compared(case.due, *states(case.due))

    told = [(one.kind, one.code, one.what, one.difference) for one in found.changes]
    assert told == [
        ("Changed", "HUB-01", "", "−9"),
        ("Added", "HUB-01", "area: York", ""),
        ("Changed", "HUB-05", "numerator", "+1,100"),
    ]
    assert found.unchanged == 1
    first = found.changes[0]
    assert first.old is not None
    assert first.new is not None
    assert (first.old.words, first.old.place, first.new.words, first.new.place) == (
        *("2,521", "KPIs!E5"),
        *("2,512", "KPIs!E7"),
    )


def test_what_is_gone_is_removed_and_a_status_is_a_change(case: Case) -> None:
    figures = {"HUB-01": Status.WITHHELD, ("HUB-05", "numerator"): 1000}
    make.submitted(case.due, figures, received_by_id=case.manager.id)

    found = compared(case.due, *states(case.due))

    told = [(one.kind, one.new.words if one.new else "") for one in found.changes]
    assert told == [("Changed", "Withheld by the provider"), ("Removed", "")]


def test_the_ratings_that_would_differ_are_told_for_the_quarter_and_the_year(case: Case) -> None:
    second_version(case)
    old, new = states(case.due)

    found = rerated(case.due, {"HUB-05"}, rows_of(old), rows_of(new))

    assert [(one.period, one.old.word, one.new.word) for one in found] == [("Quarter 2 2022/23", "Not met", "Met")]
    assert rerated(case.due, {"HUB-01"}, rows_of(old), rows_of(new)) == []


def test_an_upload_is_compared_with_itself_as_corrected(case: Case, client_for: ClientFor) -> None:
    raised = case.asked()
    new = corrections.NewFigure(Status.REPORTED, Decimal(2512), "Two digits were swapped.")
    first = case.upload.standing[0].id
    seen = {"upload": case.upload, "version": case.due.version}
    corrections.correct(case.due, first, new, **seen, by=case.manager, at=AT, query=raised)
    queries.close(raised, "Agreed.", version=raised.version, by=case.commissioner, at=LATER)

    text = text_of(client_for(case.manager).get(f"{case.path}/changes"))

    assert "from upload 1 to upload 1 as corrected" in text
    assert f"−9 Corrected by {case.manager.name}: Two digits were swapped. Query 1: Agreed." in text
    assert "2,512 corrected in the page from KPIs!E5" in text
    assert "summary" not in text


def test_two_versions_are_chosen_in_the_address(case: Case, client_for: ClientFor) -> None:
    second_version(case)
    client = client_for(case.commissioner)

    assert "from upload 2 to upload 1" in text_of(client.get(f"{case.path}/changes?from=2&to=1"))
    assert "from upload 1 to upload 2" in text_of(client.get(f"{case.path}/changes?from=9&to=x"))
    assert "0 figures differ; 4 are the same." in text_of(client.get(f"{case.path}/changes?from=2&to=2"))


def test_a_withdrawn_version_is_still_there_to_compare_with(case: Case, client_for: ClientFor) -> None:
    second_version(case)
    with unit_of_work():
        withdrawn = case.due.uploads[1]
        withdrawn.withdrawn_at, withdrawn.withdrawn_by_id = LATER, case.manager.id

    client = client_for(case.commissioner)

    assert "There is one version only" not in text_of(client.get(f"{case.path}/changes"))
    assert "from upload 1 to upload 2 (withdrawn)" in text_of(client.get(f"{case.path}/changes?from=1&to=2"))


def test_before_a_workbook_came_there_is_nothing_to_compare(case: Case, client_for: ClientFor) -> None:
    due = make.due_return(case.contract, quarter=3)

    page = client_for(case.commissioner).get(f"/returns/{due.id}/changes", follow_redirects=True)

    assert "there are no versions to compare" in text_of(page)
