"""Correcting a figure in the page: with a reason, checked again by the rules, visibly different from the file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from dacommission.db import Conflict, db, unit_of_work
from dacommission.indicators.results import Measure, result
from dacommission.returns import accepted
from dacommission.returns.workflow import StepNotAllowed
from dacommission.review import acceptance, corrections, queries
from dacommission.review.corrections import NewFigure, Refused
from dacommission.roles import Role
from imports.reading import Part, Status
from tests import make
from tests.pages import text_of
from tests.review.reviewing import AT, LATER, Case, ClientFor

SLIP = "Two digits were swapped."


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def figure(value: int | None = 2512, **given: Any) -> NewFigure:
    words = {"status": Status.REPORTED, "value": None if value is None else Decimal(value), "reason": SLIP}
    return NewFigure(**{**words, **given})


def correct(case: Case, new: NewFigure | None = None, *, place: int = 0, **given: Any) -> None:
    """Corrects one of the upload's figures as they stand."""
    words = {"upload": case.upload, "version": case.due.version, "by": case.manager, "at": AT}
    corrections.correct(case.due, case.upload.standing[place].id, new or figure(), **{**words, **given})


def test_a_corrected_figure_stands_in_the_first_ones_place(case: Case) -> None:
    version = case.due.version

    correct(case)

    standing = case.upload.standing
    assert [one.value for one in standing] == [2512, 1000, 2521]
    assert (standing[0].corrects.value, standing[0].cell, standing[0].reason) == (2521, "E5", SLIP)
    assert (case.upload.revision, case.due.version, case.due.status) == (1, version + 1, "submitted")


def test_a_figure_corrected_twice_stands_as_corrected_last(case: Case) -> None:
    correct(case)
    correct(case, figure(2511, reason="Once more."))

    assert case.upload.standing[0].value == 2511
    assert (case.upload.revision, len(case.upload.observations)) == (2, 5)


def test_a_button_pressed_twice_corrects_once(case: Case) -> None:
    seen = {"version": case.due.version}
    first = case.upload.standing[0].id

    for _ in range(2):
        corrections.correct(case.due, first, figure(), upload=case.upload, by=case.manager, at=AT, **seen)

    assert case.upload.revision == 1


def test_a_figure_that_somebody_else_corrected_meanwhile_is_a_conflict(case: Case) -> None:
    version, first = case.due.version, case.upload.standing[0].id
    correct(case)

    with pytest.raises(Conflict):
        corrections.correct(
            case.due, first, figure(2000), upload=case.upload, version=version, by=case.manager, at=LATER
        )


def test_a_new_error_refuses_the_correction_with_its_sentence(case: Case) -> None:
    with pytest.raises(Refused, match="is more than the denominator"):
        correct(case, figure(2600), place=1)

    assert (case.upload.revision, len(case.upload.observations)) == (0, 3)


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (figure(2521), "This is what the figure says already."),
        (NewFigure(Status.REPORTED, Decimal("2.5"), SLIP), "Enter a whole number, not 2.5."),
        (NewFigure(Status.REPORTED, Decimal(-1), SLIP), "Enter nought or more, not -1."),
    ],
)
def test_a_figure_that_is_none_is_refused(case: Case, new: NewFigure, message: str) -> None:
    with pytest.raises(Refused, match=message):
        correct(case, new)


def test_a_figure_can_be_withheld_afterwards(case: Case) -> None:
    correct(case, figure(None, status=Status.NOT_APPLICABLE))

    assert (case.upload.standing[0].value, case.upload.standing[0].status) == (None, "not_applicable")


def test_problems_that_no_longer_hold_are_mended_and_new_ones_added(case: Case, client_for: ClientFor) -> None:
    make.accepted(make.due_return(case.contract, quarter=1), {"HUB-01": 1000})
    correct(case, figure(2000))  # 100% more than last quarter: a question
    assert [(one.rule, one.mended) for one in case.upload.problems if one.severity == "question"] == [("V10", False)]

    correct(case, figure(1001))

    assert [(one.rule, one.mended) for one in case.upload.problems if one.severity == "question"] == [("V10", True)]
    assert "no questions" in text_of(client_for(case.manager).get(f"/uploads/{case.upload.id}"))


def test_a_problem_that_was_kept_in_other_words_is_mended_too(case: Case) -> None:
    make.accepted(make.due_return(case.contract, quarter=1), {"HUB-01": 1000})
    with unit_of_work():
        case.upload.problems.append(make.problem("HUB-01 is 2,521: 180% more than the 900 of before."))

    correct(case, figure(2600))
    said = [(one.message[-10:], one.mended) for one in case.upload.problems]
    correct(case, figure(1001))

    assert said[0] == ("of before.", True)  # what is said now stands in its place
    assert [one.mended for one in case.upload.problems] == [True, True]


def test_a_problem_seen_by_a_quarter_that_was_reopened_is_mended_and_what_cannot_be_asked_again_stays(
    case: Case,
) -> None:
    with unit_of_work():
        case.upload.problems.append(make.problem("HUB-01 is 2,521: 152% more than the 1000 before."))
        case.upload.problems.append(make.problem("Move the figure to a column for values.", rule="V03"))

    correct(case)

    assert [(one.rule, one.mended) for one in case.upload.problems[:2]] == [("V10", True), ("V03", False)]


def test_a_problem_that_is_waived_since_and_found_as_before_stays(case: Case) -> None:
    make.accepted(make.due_return(case.contract, quarter=1), {"HUB-01": 1000})
    with unit_of_work():
        case.upload.problems.append(make.problem("HUB-01 is 2,521: 152% more, in other words."))

    correct(case, figure(999), place=1)

    assert [one.mended for one in case.upload.problems if "other words" in one.message] == [False]


def test_a_correction_answers_a_query(case: Case, client_for: ClientFor) -> None:
    raised = case.asked()

    correct(case, query=raised)

    assert (raised.status, case.due.status) == ("answered", "queried")
    text = text_of(client_for(case.commissioner).get(f"/queries/{raised.id}"))
    assert "Corrected figure" in text
    assert "KPIs!E5 says 2,512 now." in text
    queries.close(raised, "Good.", version=raised.version, by=case.commissioner, at=LATER)
    assert case.due.status == "submitted"


def test_only_the_provider_corrects_what_it_sent(case: Case) -> None:
    with pytest.raises(StepNotAllowed, match="A commissioner submits only what"):
        correct(case, by=case.commissioner)
    with unit_of_work():
        case.upload.on_behalf = True
    correct(case, by=case.commissioner)

    assert case.upload.revision == 1


def test_whoever_corrected_a_figure_does_not_accept_the_return(case: Case) -> None:
    with unit_of_work():
        case.upload.on_behalf = True
    correct(case, by=case.commissioner)
    colleague = make.user(Role.COMMISSIONER, case.contract.lead_commissioner)
    seen = acceptance.as_it_stands(case.due, colleague)

    with pytest.raises(StepNotAllowed, match="You uploaded, corrected or submitted"):
        acceptance.accept(case.due, seen=seen, by=case.commissioner, at=LATER)
    acceptance.accept(case.due, seen=seen, by=colleague, at=LATER)

    assert case.due.status == "accepted"


def test_an_uploader_or_a_stranger_does_not_correct(case: Case, client_for: ClientFor) -> None:
    page = f"{case.path}/figures/HUB-01/correct"
    form = {**case.seen, "observation": case.upload.standing[0].id, "status": "reported", "value": "1", "reason": SLIP}

    stranger = client_for(make.user(Role.PROVIDER_MANAGER))
    assert stranger.send(page, form, of="/account").status_code == 404
    with pytest.raises(StepNotAllowed, match="A manager of your organisation, or a deputy"):
        correct(case, by=case.uploader)


def test_an_accepted_return_is_not_corrected(case: Case) -> None:
    seen = acceptance.as_it_stands(case.due, case.commissioner)
    acceptance.accept(case.due, seen=seen, by=case.commissioner, at=LATER)

    with pytest.raises(StepNotAllowed, match="Figures are corrected from the upload until the return is accepted"):
        correct(case)


def test_an_upload_that_is_not_submitted_yet_is_corrected_by_its_providers_people(
    case: Case, client_for: ClientFor
) -> None:
    with unit_of_work():
        case.due.status, case.due.submitted_at = "received", None
        case.due.submitted_by_id = case.due.declared_as = None
    page = f"{case.path}/figures/HUB-01"
    assert "Correct KPIs!E5" in text_of(client_for(case.uploader).get(page))
    assert "Correct KPIs!E5" not in text_of(client_for(case.commissioner).get(page))

    with pytest.raises(StepNotAllowed, match="only the provider corrects it"):
        correct(case, by=case.commissioner)
    correct(case, by=case.uploader)

    assert (case.upload.standing[0].value, case.due.status, case.upload.revision) == (2512, "received", 1)


def form_of(case: Case, **given: Any) -> dict[str, Any]:
    words = {**case.seen, "observation": case.upload.standing[0].id, "status": "reported", "value": "2,512"}
    return {**words, "reason": SLIP, "query": "", **given}


def test_the_page_tells_the_correction_beside_the_figure(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.manager)
    page = f"{case.path}/figures/HUB-01/correct?observation={case.upload.standing[0].id}"
    assert "it says 2,521 now, as typed in upload 1" in text_of(client.get(page))

    done = client.send(page, form_of(case), follow_redirects=True)

    assert "The figure is corrected. The file stays as it was sent." in text_of(done)
    told = f"2,512 , corrected from 2,521 in the file ( KPIs!E5 ), because “{SLIP}”, by {case.manager.name}, on "
    assert told in text_of(done)
    assert told in text_of(client_for(case.commissioner).get(case.review))
    assert told in text_of(client.get(f"{case.path}/figures"))
    upload = text_of(client.get(f"/uploads/{case.upload.id}"))
    assert f"Corrected from 2,521 in the file, because “{SLIP}”" in upload


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"reason": " "}, "Say why the figure is corrected."),
        ({"value": ""}, "Enter the figure, or choose why there is none."),
        ({"status": "withheld"}, "Leave the figure empty, or choose that there is one."),
        ({"status": "pending", "value": ""}, "Enter the day on which the figure will be available."),
        ({"value": "2.5"}, "Enter a whole number, not 2.5."),
    ],
)
def test_a_correction_is_refused_with_what_to_do(case: Case, client_for: ClientFor, given, message) -> None:
    page = f"{case.path}/figures/HUB-01/correct?observation={case.upload.standing[0].id}"

    refused = client_for(case.manager).send(page, form_of(case, **given))

    assert message in text_of(refused)
    assert case.upload.revision == 0


def test_what_was_typed_while_the_return_changed_is_kept(case: Case, client_for: ClientFor) -> None:
    page = f"{case.path}/figures/HUB-01/correct?observation={case.upload.standing[0].id}"
    form = form_of(case)
    case.asked()

    kept = client_for(case.manager).send(page, form)

    assert kept.status_code == 409
    assert "The return changed while you were writing, so nothing was corrected." in text_of(kept)
    assert SLIP in kept.text
    assert case.upload.revision == 0


def test_results_and_where_they_come_from_use_the_corrected_figure(case: Case, client_for: ClientFor) -> None:
    correct(case)
    seen = acceptance.as_it_stands(case.due, case.commissioner)
    acceptance.accept(case.due, seen=seen, by=case.commissioner, at=LATER)

    counts = accepted.counts(case.contract, [2022])
    assert result(Measure("HUB-01", "Referrals", "referrals", "F"), counts, case.due.period).value == 2512
    assert accepted.quarters_of(case.contract, [2022])[case.due.period]["HUB-01"] == {Part.VALUE: Decimal(2512)}
    text = text_of(client_for(case.commissioner).get(f"/results/{case.contract.id}/HUB-01/2022-Q2"))
    assert f"2521 2,512 Corrected from 2,521 in the file, because “{SLIP}”, by {case.manager.name}" in text
    db.session.rollback()


def test_a_total_is_corrected_together_with_a_category(case: Case, client_for: ClientFor) -> None:
    make.indicator("SA-01", name="Adults", breakdowns=["area"])
    figures = {"SA-01": 21, ("SA-01", "area", "York"): 9, ("SA-01", "area", "Selby"): 12}
    upload = make.submitted(case.due, figures, received_by_id=case.manager.id)
    whole, york, selby = upload.standing
    page = f"{case.path}/figures/SA-01/correct?observation={whole.id}"
    client = client_for(case.manager)
    form = {**form_of(case), "observation": whole.id, "value": "12"}

    refused = client.send(page, form)
    assert "SA-01 is 12" in text_of(refused)
    assert "York (KPIs!E6), 9 now" in text_of(refused)
    assert upload.revision == 0
    unreadable = client.send(page, {**form, f"also-{york.id}": "nought"})
    assert "must be a number" in text_of(unreadable)
    client.send(page, {**form, f"also-{york.id}": "0"})

    assert [one.value for one in upload.standing] == [12, 0, 12]
    assert (upload.revision, upload.standing[1].reason) == (2, SLIP)
    assert upload.standing[2] is selby


def test_the_figures_of_one_caseload_change_together() -> None:
    assert {"CBS-02", "CBS-03", "CBS-04", "CBS-05"} <= corrections.changing_with("CBS-03")
    assert corrections.changing_with("XX-01") == {"XX-01"}
