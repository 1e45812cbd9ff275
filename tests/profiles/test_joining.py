"""A row's numerator, denominator and percentage are asked about together."""

from __future__ import annotations

from dacommission.profiles.asked import NOT_OURS, Asked
from dacommission.profiles.asking import answered
from dacommission.profiles.choices import Choices, as_value
from dacommission.profiles.questions import Said, asked
from imports.reading import Part
from imports.series import NOTHING_KNOWN, Known, Profile, Sense, Series, SeriesKey
from tests.due_returns.readings import reading
from tests.imports.vocabulary import VOCABULARY
from tests.profiles.layouts import candidate, key, series

ALLOWED = Choices(VOCABULARY, frozenset({"HUB-01", "HUB-09", "HUB-10"}))
ANSWERED, OFFERED, SHARE = Part.NUMERATOR, Part.DENOMINATOR, Part.PERCENT
PARTS = {part: key("callers helped", column=(str(part),)) for part in (ANSWERED, OFFERED, SHARE)}


def of_part(part: Part, at: str) -> Series:
    likely = (candidate("HUB-09", "0.7"), candidate("HUB-10", "0.6", part=part))
    return series("callers helped", at, key=PARTS[part], candidates=likely)


def the_row(answers: Profile = NOTHING_KNOWN, *, every: bool = False) -> Asked:
    found = reading(series=tuple(of_part(part, "A5") for part in PARTS), layout="tables")
    return asked(found, ALLOWED, Said(answers, NOTHING_KNOWN), every=every)


def said_of(senses: dict[Part, Sense | None]) -> dict[SeriesKey, Known]:
    return {PARTS[part]: Known(sense) for part, sense in senses.items()}


def test_the_parts_of_one_row_are_one_question_about_the_kpis_that_have_them() -> None:
    (question,) = the_row().questions

    assert [offer.words for offer in question.offers] == ["HUB-10 Call answer rate"]
    assert [words for _, words in question.kpis] == ["HUB-10 Call answer rate"]
    assert "One answer is for its numerator, denominator and percentage." in question.why


def test_one_answer_is_for_each_part() -> None:
    found = the_row()
    (question,) = found.questions

    given = answered({question.name: question.offers[0].value}, found, NOTHING_KNOWN, ALLOWED)

    assert given.answers.series == said_of({part: Sense("HUB-10", part) for part in PARTS})


def test_a_row_that_is_not_for_this_return_is_so_in_every_part() -> None:
    found = the_row()

    given = answered({found.questions[0].name: NOT_OURS}, found, NOTHING_KNOWN, ALLOWED)

    assert given.answers.series == said_of(dict.fromkeys(PARTS))
    assert the_row(given.answers).questions[0].chosen == NOT_OURS


def test_a_kpi_without_these_parts_cannot_be_chosen() -> None:
    found = the_row()

    given = answered({found.questions[0].name: as_value(Sense("HUB-09"))}, found, NOTHING_KNOWN, ALLOWED)

    assert [message for message, _ in given.errors] == ["“Callers helped”: that cannot be chosen here. Choose again."]


def test_parts_that_were_answered_differently_are_asked_one_by_one() -> None:
    found = the_row(Profile(said_of({ANSWERED: Sense("HUB-09"), OFFERED: None})))

    assert [question.label for question in found.questions] == [
        "Callers helped, numerator",
        "Callers helped, denominator",
        "Callers helped, percentage",
    ]


def test_parts_are_asked_one_by_one_where_every_row_is() -> None:
    assert [len(question.parts) for question in the_row(every=True).questions] == [0, 0, 0]
