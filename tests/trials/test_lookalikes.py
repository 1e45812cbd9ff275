"""Labels that are nearly an indicator's own words but mean something else: never accepted, at most proposed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from imports.read import to_json
from tests.trials.asking import asked, catalogue
from tests.trials.sheets import Grid, Trial
from tests.trials.truth import ACCEPTED

# Each makes of an indicator something that the catalogue does not have.
TWISTS = (
    "{} for another commissioner",
    "{} (volunteers only)",
    "{} not recorded on the system",
    "{} per member of staff",
    "{} cancelled",
    "{} in the Leeds office",
    "{} excluding repeats",
    "{} outside this contract",
    "{} rejected as errors",
    "Cost of {}",
    "Staff time spent on {}",
    "Other than {}",
    "{} awaiting entry",
    "Sample of {} audited",
    "{} by phone",
)
# Without a word of which service they are of, these are of several indicators or of none.
ALONE = (
    "Adults supported",
    "Children supported",
    "Families supported",
    "People supported",
    "Referrals",
    "New referrals",
    "Completed",
    "Started",
    "Accepted",
    "Closed",
    "Adults",
    "Children",
    "Men",
    "Total",
    "Number",
    "Other",
    "Waiting",
    "Planned",
    "Attended",
    "Improved",
    "Assessed",
    "Staff",
    "Households admitted",
)


def accepted(labels: Sequence[str], figure: float = 37) -> list[tuple[str, str, str, str | None]]:
    """Those of a plain list of labels that are accepted as an indicator, with what they are taken for."""
    grid = Grid("Data")
    grid.line(1, "Measure", "Q1 2023/24")
    for row, label in enumerate(labels, 2):
        grid.line(row, label, figure + row)
    told = to_json(asked(Trial("list", "list.xlsx", [grid])))["observations"]
    assert {one["cell"] for one in told} <= {f"B{row}" for row in range(2, len(labels) + 2)}
    return [
        (one["label"], one["indicator"], one["part"], one["category"])
        for one in told
        if one["indicator"] and one["confidence"] >= ACCEPTED
    ]


def twisted(labels: Sequence[str], turn: int) -> list[str]:
    """Each label with another twist; the next turn gives each the twist after."""
    texts = (TWISTS[(index + turn) % len(TWISTS)].format(label) for index, label in enumerate(labels))
    return [text[0].upper() + text[1:] for text in texts]


@pytest.mark.parametrize("turn", range(2))
def test_a_twisted_name_is_not_accepted(turn):
    names = [term.name[0].lower() + term.name[1:] for term in catalogue().terms.values()]

    assert accepted(twisted(names, turn)) == []


@pytest.mark.parametrize("turn", range(2))
def test_a_twisted_alias_is_not_accepted(turn):
    aliases = sorted({alias.text for term in catalogue().terms.values() for alias in term.aliases})

    assert accepted(twisted(aliases, turn)) == []


def test_a_word_that_needs_its_service_is_not_accepted_alone():
    assert accepted(ALONE) == []


def test_an_indicators_own_names_are_never_taken_for_anothers():
    """Its name, numerator and denominator, each where it stands for exactly that."""
    meanings: dict[str, set[tuple[str, str, None]]] = {}
    for term in catalogue().terms.values():
        for part, text in (("value", term.name), ("numerator", term.numerator), ("denominator", term.denominator)):
            meanings.setdefault(text, set()).add((term.code, part, None))
            if part == "value":
                meanings[text].add((term.code, "percent", None))
            for alias in term.aliases:
                if alias.text == text:
                    meanings[text].add((term.code, alias.part.value, alias.category))

    wrong = [one for one in accepted([text for text in meanings if text]) if one[1:] not in meanings[one[0]]]

    assert wrong == []
