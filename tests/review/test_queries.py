"""Queries about a return: asking, answering in words, by a correction or by a new version, asking again, closing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission.db import Conflict, db, unit_of_work
from dacommission.returns.workflow import StepNotAllowed
from dacommission.review import acceptance, queries
from dacommission.review.models import Query
from dacommission.roles import Role
from dacommission.submission import actions as submission
from tests import make
from tests.due_returns.readings import observation, reading
from tests.pages import PageClient, text_of
from tests.review.reviewing import AT, LATER, Case, ClientFor, counted_queries

DAY = {"due_on-day": "8", "due_on-month": "9", "due_on-year": "2023"}


@pytest.fixture
def case(app: Flask) -> Case:
    return Case()


def question(case: Case, **given: Any) -> dict[str, Any]:
    return {**case.seen, "text": "Is 2,521 right?", "owner": "", **DAY, **given}


def ask(client: PageClient, case: Case, form: dict[str, Any], about: str = "figures/HUB-01/") -> Any:
    return client.send(f"{case.path}/{about}ask", form, of=case.review, follow_redirects=True)


def number_of_queries() -> int:
    return db.session.scalar(select(func.count()).select_from(Query)) or 0


def test_a_query_on_a_figure_makes_the_return_queried(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.commissioner)
    assert "Ask" in text_of(client.get(case.review))

    page = ask(client, case, question(case, owner=str(case.uploader.id)))

    assert "Query 1 was raised. The provider sees it on its first page." in text_of(page)
    assert (case.due.status, case.due.open_queries) == ("queried", 1)
    raised = db.session.scalars(select(Query)).one()
    assert (raised.indicator_code, raised.owner, raised.due_on) == ("HUB-01", case.uploader, date(2023, 9, 8))
    assert raised.observation is not None
    assert raised.observation.value == 2521


def test_five_working_days_are_usual(case: Case, client_for: ClientFor) -> None:
    page = client_for(case.commissioner).get(f"{case.path}/ask").text

    assert 'name="due_on-day" type="text" value="8"' in page


def test_a_query_on_the_whole_return_stands_at_the_head_of_the_review(case: Case, client_for: ClientFor) -> None:
    client = client_for(case.commissioner)

    ask(client, case, question(case), about="")

    assert "About the whole return: Query 1: waits for the provider, due 8 September 2023." in text_of(
        client.get(case.review)
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"text": " "}, "Enter your question."),
        ({"due_on-day": ""}, "Answer by must have a day, a month and a year"),
        ({"due_on-day": "31", "due_on-month": "8"}, "Enter today or a day to come."),
    ],
)
def test_a_question_needs_words_and_a_day_to_come(case: Case, client_for: ClientFor, given, message) -> None:
    page = ask(client_for(case.commissioner), case, question(case, **given))

    assert message in text_of(page)
    assert number_of_queries() == 0


def test_a_button_pressed_twice_asks_once(case: Case, client_for: ClientFor) -> None:
    client, form = client_for(case.commissioner), question(case)

    ask(client, case, form)
    again = ask(client, case, form)

    assert "Query 1 was raised" in text_of(again)
    assert (number_of_queries(), case.due.open_queries) == (1, 1)


def test_a_question_written_while_the_return_changed_is_kept_in_the_form(case: Case, client_for: ClientFor) -> None:
    client, form = client_for(case.commissioner), question(case)
    make.submitted(case.due, {"HUB-01": 2512}, received_by_id=case.manager.id)

    page = ask(client, case, form)

    assert page.status_code == 409
    assert "Is 2,521 right?" in page.text
    assert "The return changed while you were writing, so nothing was sent." in text_of(page)
    assert "You ask about upload 2" in text_of(page)
    assert number_of_queries() == 0
    assert "Query 1 was raised" in text_of(ask(client, case, question(case)))


def test_a_question_written_while_the_provider_withdrew_says_so(case: Case, client_for: ClientFor) -> None:
    form = question(case)
    with unit_of_work():
        case.due.status = "received"
    form["version"] = case.due.version

    page = ask(client_for(case.commissioner), case, form)

    assert page.status_code == 409
    assert "Questions are asked about a submitted return. It is uploaded, not submitted now." in text_of(page)
    assert "Is 2,521 right?" in page.text


def test_a_query_is_answered_and_closed_and_the_return_is_submitted_again(case: Case, client_for: ClientFor) -> None:
    raised = case.asked()
    provider, commissioner = client_for(case.uploader), client_for(case.commissioner)
    thread = f"/queries/{raised.id}"
    assert "Close or ask again" not in text_of(provider.get(thread))

    provider.send(f"{thread}/answer", {"text": "Yes, it is.", "version": raised.version}, of=thread)
    assert (raised.status, case.due.status) == ("answered", "queried")
    form = {"deed": "close", "word": "Thank you.", "version": raised.version, **DAY}
    page = commissioner.send(f"{thread}/follow-up", form, of=thread, follow_redirects=True)

    assert "The query is closed." in text_of(page)
    assert (raised.status, case.due.status, case.due.open_queries) == ("closed", "submitted", 0)
    said = f"Answer , {case.uploader.name}"
    assert text_of(page).index(said) < text_of(page).index("Closed , ")
    assert "Query 1 was closed, the last one open" in text_of(commissioner.get(case.path))


def test_a_return_stays_queried_until_the_last_query_is_closed(case: Case) -> None:
    first, second = case.asked(), case.asked("And why?", indicator_code=None)

    queries.close(first, "Fine.", version=1, by=case.commissioner, at=LATER)
    assert (case.due.status, case.due.open_queries) == ("queried", 1)
    queries.close(second, "Fine.", version=1, by=case.commissioner, at=LATER)

    assert (case.due.status, case.due.open_queries) == ("submitted", 0)


def test_asking_again_waits_for_the_provider_again(case: Case, client_for: ClientFor) -> None:
    raised = case.asked()
    queries.answer(raised, "Yes.", version=1, by=case.manager, at=LATER)
    thread = f"/queries/{raised.id}"

    form = {"deed": "again", "word": "Which service?", "version": raised.version, **DAY, "due_on-day": "15"}
    page = client_for(case.commissioner).send(f"{thread}/follow-up", form, of=thread, follow_redirects=True)

    assert "You asked again." in text_of(page)
    assert (raised.status, raised.due_on) == ("open", date(2023, 9, 15))


def test_asking_again_needs_a_day(case: Case, client_for: ClientFor) -> None:
    raised = case.asked()
    thread = f"/queries/{raised.id}"
    blank = dict.fromkeys(DAY, "")

    form = {"deed": "again", "word": "Which service?", "version": raised.version, **blank}
    page = client_for(case.commissioner).send(f"{thread}/follow-up", form, of=thread)

    assert "Enter the day by which it should be answered." in text_of(page)


def test_words_written_while_the_thread_went_on_are_kept(case: Case, client_for: ClientFor) -> None:
    raised = case.asked()
    thread = f"/queries/{raised.id}"
    queries.answer(raised, "Yes.", version=1, by=case.manager, at=LATER)

    page = client_for(case.uploader).send(f"{thread}/answer", {"text": "No, it is not.", "version": 1}, of=thread)

    assert page.status_code == 409
    assert "Something was said in this thread while you were writing" in text_of(page)
    assert "No, it is not." in page.text
    assert len(raised.messages) == 2


def test_an_answer_sent_twice_is_one(case: Case) -> None:
    raised = case.asked()

    for _ in range(2):
        queries.answer(raised, "Yes.", version=1, by=case.manager, at=LATER)

    assert [one.kind for one in raised.messages] == ["question", "answer"]


def test_nothing_is_said_in_a_closed_thread(case: Case) -> None:
    raised = case.asked()
    queries.close(raised, "Fine.", version=1, by=case.commissioner, at=LATER)

    with pytest.raises(StepNotAllowed, match="This query is closed"):
        queries.answer(raised, "Yes.", version=2, by=case.manager, at=LATER)


def test_a_commissioner_does_not_answer_for_the_provider(case: Case) -> None:
    raised = case.asked()

    with pytest.raises(StepNotAllowed, match="The provider answers this query"):
        queries.answer(raised, "Yes.", version=1, by=case.commissioner, at=LATER)


def test_another_of_the_provider_takes_a_query_over(case: Case, client_for: ClientFor) -> None:
    raised = case.asked(owner=case.manager)
    thread = f"/queries/{raised.id}"

    page = client_for(case.uploader).send(
        f"{thread}/take-over", {"version": raised.version}, of=thread, follow_redirects=True
    )

    assert "You answer this query from now on." in text_of(page)
    assert raised.owner == case.uploader


def test_a_new_version_answers_what_was_asked_of_the_one_before(case: Case, client_for: ClientFor) -> None:
    raised = case.asked()

    content = b"another workbook"
    words = {"content": content, "filename": "return.xlsx", "reading": reading(content, observation(value=2512))}
    submission.hand_in(case.due, **words, by=case.manager, at=LATER)

    assert (raised.status, case.due.status, case.due.open_queries) == ("answered", "queried", 1)
    page = client_for(case.commissioner).get(f"/queries/{raised.id}")
    assert "A new version of the return was submitted after the question: upload 2." in text_of(page)
    assert "What changed from upload 1 to upload 2" in text_of(page)


def test_a_query_closed_while_the_return_is_sent_back_leaves_it_there(case: Case) -> None:
    raised = case.asked()
    seen = acceptance.as_it_stands(case.due, case.commissioner)
    acceptance.send_back(case.due, seen=seen, reason="Mend it.", by=case.commissioner, at=LATER)

    queries.close(raised, "No longer needed.", version=1, by=case.commissioner, at=LATER)

    assert (case.due.status, case.due.open_queries) == ("sent-back", 0)


def test_a_queried_return_cannot_be_accepted(case: Case) -> None:
    case.asked()
    colleague = make.user(Role.COMMISSIONER, case.contract.lead_commissioner)
    seen = acceptance.as_it_stands(case.due, colleague)

    with pytest.raises(StepNotAllowed, match="without open queries"):
        acceptance.accept(case.due, seen=seen, by=colleague, at=LATER)


def test_the_review_says_which_queries_stand_in_the_way_of_accepting(case: Case, client_for: ClientFor) -> None:
    first, second = case.asked(), case.asked("And York?", indicator_code=None)
    client = client_for(case.commissioner)

    page = client.get(case.review)

    assert "Close query 1 and query 2 before you accept." in text_of(page)
    assert page.text.count(f'href="/queries/{second.id}">query 2</a>') == 1
    queries.close(first, "Thank you.", version=first.version, by=case.commissioner, at=LATER)
    assert "Close query 2 before you accept." in text_of(client.get(case.review))


def test_queries_are_tasks_for_whoever_has_to_do_something(case: Case, client_for: ClientFor) -> None:
    late = case.asked(due_on=date(2023, 8, 29))
    case.asked("And York?", owner=case.manager)
    provider, commissioner = client_for(case.uploader), client_for(case.commissioner)

    theirs, ours = text_of(provider.get("/")), text_of(commissioner.get("/"))

    assert f"Answer query 1 about {case.due}" in theirs
    assert "HUB-01 Referrals received. Overdue by 3 working days." in theirs
    assert f"{case.manager} answers query 2 about {case.due}" in theirs
    assert f"Query 1 about {case.due} is not answered" in ours
    queries.answer(late, "Yes.", version=1, by=case.uploader, at=LATER)
    assert f"Close query 1 about {case.due}, or ask again" in text_of(commissioner.get("/"))


def test_the_list_tells_the_queries_of_ones_own_returns(case: Case, client_for: ClientFor) -> None:
    case.asked(due_on=date(2023, 8, 29))
    case.asked("And York?")
    provider, stranger = client_for(case.uploader), client_for(make.user(Role.PROVIDER_MANAGER))

    assert "Overdue since 29 August 2023" in text_of(provider.get("/queries"))
    assert "2 found" in text_of(provider.get("/queries?status=open"))
    assert "1 found" in text_of(provider.get("/queries?status=overdue"))
    assert "There are no queries here." in text_of(provider.get("/queries?status=closed"))
    assert "0 found" in text_of(stranger.get("/queries"))


def test_the_list_asks_the_database_no_more_for_many_queries_than_for_two(case: Case, client_for: ClientFor) -> None:
    provider, numbers = client_for(case.uploader), []
    for more in (2, 5):
        for number in range(more):
            case.asked(f"Question {number} of {more}", indicator_code=("HUB-01", "HUB-05")[number % 2])
        with counted_queries() as sent:
            assert provider.get("/queries").status_code == 200
        numbers.append(len(sent))

    assert numbers[0] == numbers[1]


def test_a_return_leads_to_its_queries(case: Case, client_for: ClientFor) -> None:
    case.asked()

    assert "HUB-01 Referrals received: Is this right?" in text_of(client_for(case.manager).get(case.path))
    assert "Is this right?" not in text_of(client_for(make.user(Role.AUDITOR)).get(case.path))


def test_what_is_said_stays_out_of_the_audit_log(case: Case) -> None:
    from dacommission.audit import AuditEvent

    raised = case.asked("Why 2,521 in York?")
    queries.answer(raised, "Because of the campaign.", version=1, by=case.manager, at=LATER)

    details = " ".join(db.session.scalars(select(AuditEvent.details)))
    assert "York" not in details
    assert "campaign" not in details


def test_a_question_about_what_was_not_shown_is_a_conflict(case: Case) -> None:
    words = queries.Question("Why?", date(2023, 9, 8))

    with pytest.raises(Conflict):
        queries.ask(case.due, words, upload=case.upload, version=0, by=case.commissioner, at=AT)
