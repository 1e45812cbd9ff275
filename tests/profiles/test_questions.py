"""What is asked about a file's layout, and what is offered as an answer."""

from __future__ import annotations

from typing import Any

import pytest

from dacommission.profiles.asked import NOT_OURS, Question
from dacommission.profiles.choices import Choices, as_value
from dacommission.profiles.questions import Said, asked
from imports.drift import drift
from imports.reading import TableSeen
from imports.series import NOTHING_KNOWN, Known, Profile, Sense, Series, SeriesKey
from imports.sheets import Spot
from tests.due_returns.readings import observation, reading
from tests.imports.vocabulary import VOCABULARY
from tests.profiles.layouts import candidate, key, series

ALLOWED = Choices(VOCABULARY, frozenset({"HUB-01", "HUB-09"}))
NOTHING_SAID = Said(NOTHING_KNOWN, NOTHING_KNOWN)


def the_question(one: Series, said: Said = NOTHING_SAID) -> Question:
    found = asked(reading(series=(one,), layout="tables"), ALLOWED, said)
    assert len(found.questions) == 1
    return found.questions[0]


def unknown(*candidates: Any) -> Series:
    return series("new people", candidates=candidates)


def test_the_likeliest_kpis_of_the_contract_are_offered_and_no_others() -> None:
    found = the_question(unknown(candidate("HUB-09", "0.6"), candidate("PRP-01", "0.5"), candidate("HUB-01", "0.4")))

    assert [offer.words for offer in found.offers] == [
        "HUB-09 Helpline calls answered",
        "HUB-01 Referrals received",
    ]


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        ((), ""),
        ((candidate("HUB-09", "0.79"),), ""),
        ((candidate("HUB-09", "0.8"), candidate("HUB-01", "0.3")), as_value(Sense("HUB-09"))),
        ((candidate("HUB-09", "0.85"), candidate("HUB-01", "0.85")), ""),
        ((candidate("PRP-01", "0.85"),), ""),
    ],
)
def test_only_what_is_nearly_certain_is_chosen_already(candidates: tuple[Any, ...], chosen: str) -> None:
    assert the_question(unknown(*candidates)).chosen == chosen


def test_what_was_answered_is_offered_first_and_chosen() -> None:
    said = Said(Profile({key("new people"): Known(Sense("HUB-01"))}), NOTHING_KNOWN)

    found = the_question(unknown(candidate("HUB-09", "0.85")), said)

    assert (found.offers[0].words, found.offers[0].hint) == ("HUB-01 Referrals received", "This was answered.")
    assert found.chosen == found.offers[0].value
    not_ours = Said(Profile({key("new people"): Known(None)}), NOTHING_KNOWN)
    assert the_question(unknown(), not_ours).chosen == NOT_OURS


def test_what_stood_in_the_place_of_a_new_name_is_offered_and_not_chosen() -> None:
    stored = Profile({key("newcomers"): Known(Sense("HUB-01"), Spot("Quarter", "A5"), "Newcomers")})
    one = unknown()

    found = the_question(one, Said(NOTHING_KNOWN, stored, drift(stored.series, [one])))

    assert [(offer.words, offer.hint) for offer in found.offers] == [
        ("HUB-01 Referrals received", "It stands where “Newcomers” stood.")
    ]
    assert found.chosen == ""


def test_a_section_of_several_rows_can_be_answered_at_once() -> None:
    def row(section: str, name: str, at: str) -> Series:
        return series(name, at, key=SeriesKey("quarter", "", (section, name), ()), label=f"{section} / {name}")

    found = asked(
        reading(
            series=(row("staff", "paid", "A5"), row("staff", "unpaid", "A6"), row("hub", "calls", "A8")), layout="x"
        ),
        ALLOWED,
        NOTHING_SAID,
    )

    assert [(one.words, len(one.questions)) for one in found.blocks[0].wholes] == [
        ("Nothing in “Quarter” is for this return", 3),
        ("Nothing under “staff” is for this return", 2),
    ]


def test_questions_stand_with_the_table_that_they_are_about() -> None:
    first = TableSeen("Quarter", "Hub", "A4", "B6", (4,), ("A",), ())
    second = TableSeen("Quarter", "Staff", "A9", "B12", (9,), ("A",), ())
    rows = series("calls", "A5"), series("posts", "A10"), series("elsewhere", "A40")

    found = asked(reading(series=rows, layout="tables", tables=(first, second)), ALLOWED, NOTHING_SAID)

    assert [(block.title, len(block.questions)) for block in found.blocks] == [("Hub", 1), ("Staff", 1), ("Quarter", 1)]


def test_tables_of_one_title_are_told_apart_by_their_place() -> None:
    first = TableSeen("Quarter", "Hub", "A4", "B6", (4,), ("A",), ())
    second = TableSeen("Quarter", "Hub", "A9", "B12", (9,), ("A",), ())
    rows = series("calls", "A5"), series("posts", "A10")

    found = asked(reading(series=rows, layout="tables", tables=(first, second)), ALLOWED, NOTHING_SAID)

    assert [block.title for block in found.blocks] == ["Hub, A4 to B6", "Hub, A9 to B12"]


def test_a_row_whose_total_repeats_its_only_quarter_can_be_answered() -> None:
    row = series("calls", cells=(Spot("Quarter", "B5"), Spot("Quarter", "F5")))
    seen = tuple(observation(sheet="Quarter", cell=cell, indicator=None) for cell in ("B5", "F5"))

    (one,) = asked(reading(series=(row,), layout="tables", observations=seen), ALLOWED, NOTHING_SAID).questions

    assert not one.is_shared


def test_nothing_is_asked_about_what_is_known() -> None:
    known = series("calls", sense=Sense("HUB-09")), series("posts", "A6", not_ours=True)

    assert not asked(reading(series=known, layout="tables"), ALLOWED, NOTHING_SAID).is_anything
    assert len(asked(reading(series=known, layout="tables"), ALLOWED, NOTHING_SAID, every=True).questions) == 2


def test_a_category_is_told_and_allowed_by_its_breakdown_or_by_its_name_alone() -> None:
    high = Sense("HUB-01", category="High", breakdown="risk")

    assert ALLOWED.words(high) == "HUB-01 Referrals received; Risk: High"
    assert ALLOWED.allows(high)
    assert ALLOWED.allows(Sense("HUB-01", category="High"))
    assert not ALLOWED.allows(Sense("HUB-09", category="High", breakdown="risk"))
    assert ALLOWED.words(Sense("HUB-01", category="High")) == "HUB-01 Referrals received; High"
