"""When the contract's rule accepts a return, and what is still missing, without an application."""

from __future__ import annotations

import pytest

from dacommission.review.rule import Position, verdict

COUNTY, CITY, POLICE = "County Council", "City Council", "Police Commissioner"
SILENT, AGREES, RESERVATIONS, OBJECTS = None, "agrees", "reservations", "objects"


def positions(county: str | None, city: str | None = SILENT, police: str | None = AGREES) -> list[Position]:
    """The county leads."""
    return [Position(COUNTY, True, county), Position(CITY, False, city), Position(POLICE, False, police)]


@pytest.mark.parametrize(
    ("rule", "county", "city", "police", "missing"),
    [
        ("any", SILENT, SILENT, SILENT, ["No funding body has agreed yet."]),
        ("any", OBJECTS, SILENT, OBJECTS, ["No funding body has agreed yet."]),
        ("any", SILENT, RESERVATIONS, SILENT, []),
        ("any", OBJECTS, AGREES, OBJECTS, []),
        ("lead", SILENT, AGREES, AGREES, ["County Council, which leads, has not given its view."]),
        ("lead", OBJECTS, AGREES, AGREES, ["County Council, which leads, does not agree."]),
        ("lead", RESERVATIONS, OBJECTS, SILENT, []),
        ("all", AGREES, RESERVATIONS, AGREES, []),
        (
            "all",
            SILENT,
            OBJECTS,
            AGREES,
            ["County Council, which leads, has not given its view.", "City Council does not agree."],
        ),
    ],
)
def test_the_rule_says_what_is_missing(
    rule: str, county: str | None, city: str | None, police: str | None, missing: list[str]
) -> None:
    found = verdict(rule, positions(county, city, police))

    assert list(found.missing) == missing
    assert found.met == (not missing)


def test_a_rule_that_does_not_exist_accepts_nothing() -> None:
    with pytest.raises(ValueError, match="most is no rule"):
        verdict("most", positions(AGREES))
