"""The command line prints what the page shows, and for the Board only what was released."""

from datetime import UTC, datetime

import pytest
from arrangements import accept_year

from dacommission.db import db, unit_of_work
from dacommission.summaries import actions
from dacommission.summaries.document import to_json
from dacommission.summaries.printing import NoSummary, summary_json
from imports.periods import Period
from tests import make

YEAR = Period.financial_year(2022)
AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
FIELDS = {
    "indicator",
    "part",
    "breakdown",
    "category",
    "period",
    "value",
    "text",
    "unit",
    "status",
    "complete",
    "sources",
}


def one(found, indicator, part="value", period="2022", category=None):
    return next(
        figure
        for figure in found["figures"]
        if (figure["indicator"], figure["part"], figure["period"], figure["category"])
        == (indicator, part, period, category)
    )


def release(joint):
    shown = actions.protected(joint.summary, today=AT.date())
    digest = actions.content_digest(to_json(shown.document))
    return actions.release(joint.summary, seen=digest, by=joint.commissioner, at=AT, today=AT.date())


def test_every_figure_is_printed_with_its_cells(joint):
    found = summary_json(YEAR)

    referrals = one(found, "HUB-01")
    assert (referrals["value"], referrals["text"], referrals["status"], referrals["complete"]) == (
        *(9739, "9,739", "reported", True),
    )
    assert [(source["cell"], source["value"]) for source in referrals["sources"]] == [
        *(("E5", 2398), ("E5", 2512), ("E5", 2371), ("E5", 2458)),
    ]
    assert all(len(source["sha256"]) == 64 and source["sheet"] == "KPIs" for source in referrals["sources"])
    assert all(figure.keys() == FIELDS for figure in found["figures"])


def test_rates_are_in_percent_with_their_counts(joint):
    found = summary_json(YEAR)

    assert one(found, "HUB-05")["text"] == "80%"
    assert round(one(found, "HUB-05")["value"], 3) == 79.998
    assert one(found, "HUB-05", "numerator")["value"] == 7791
    assert one(found, "HUB-09", "per-month")["text"] == "1,418"


def test_the_paragraphs_and_the_discrepancy_are_printed(joint):
    found = summary_json(YEAR)

    assert len(found["paragraphs"]) == 3
    assert found["discrepancies"] == [
        {
            "series": "Domestic abuse related crimes",
            "period": "2022",
            "stated": 6387,
            "computed": 6287,
            "difference": 100,
        }
    ]


def test_the_board_gets_what_was_released_and_no_cells_content(joint):
    release(joint)
    with unit_of_work():
        joint.idas_returns[0].uploads[0].observations[0].value = 1

    found = summary_json(YEAR, reader="board")

    assert one(found, "HUB-01")["value"] == 9739
    assert {source["value"] for figure in found["figures"] for source in figure["sources"]} == {None}
    withheld = one(found, "PRP-06", period="2022-Q1")
    assert (withheld["value"], withheld["text"], withheld["status"]) == (None, "[c]", "suppressed")
    assert found["discrepancies"][0]["difference"] == 100
    assert {figure["part"] for figure in found["figures"]} <= {"value", "per-month", "stated", "difference"}


def test_the_board_gets_nothing_before_a_release_or_after_it_was_withdrawn(joint):
    with pytest.raises(NoSummary, match="No summary of 2022/23 has been released to the Board."):
        summary_json(YEAR, reader="board")

    actions.withdraw(release(joint), "Wrong.", by=joint.commissioner, at=AT)

    with pytest.raises(NoSummary):
        summary_json(YEAR, reader="board")


def test_a_year_without_a_summary_of_its_own_is_drafted(joint):
    accept_year(2021)

    found = summary_json(Period.financial_year(2021))

    assert found["paragraphs"][0].startswith("In 2021/22 IDAS received 9,739 referrals")
    assert not db.session.new
    assert summary_json(Period.quarter(2022, 1))["paragraphs"][0].startswith("In April to June 2022")


def test_a_year_in_which_nothing_runs_has_no_summary(joint):
    make.arrangement()

    with pytest.raises(NoSummary, match="No joint arrangement with a contract runs through 2009/10."):
        summary_json(Period.financial_year(2009))
