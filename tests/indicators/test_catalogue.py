"""The catalogue shipped with the product is whole, and agrees with itself."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from dacommission.indicators.catalogue import load, vocabulary
from dacommission.indicators.count_types import COUNT_TYPES
from dacommission.indicators.units import UNITS
from imports.reading import Basis, Part

RETURNS = Path(__file__).parent.parent / "returns"
FAMILIES = {
    "HUB": 13,
    "CBS": 15,
    "SA": 17,
    "WFA": 6,
    "RES": 7,
    "PRP": 12,
    "XS": 11,
    "WF": 5,
    "TRN": 2,
    "CON": 5,
    "MRC": 6,
    "CTX": 1,
}
CATALOGUE = load()
ENTRIES = {entry.code: entry for entry in CATALOGUE.indicators}
BREAKDOWNS = {breakdown.key: breakdown for breakdown in CATALOGUE.breakdowns}


def test_there_are_a_hundred_rows_in_their_families():
    bases = {(entry.family, entry.base) for entry in CATALOGUE.indicators}

    assert Counter(family for family, _ in bases) == FAMILIES
    assert len(bases) == 100


def test_codes_are_given_once():
    assert len(ENTRIES) == len(CATALOGUE.indicators)


def test_forty_nine_rows_are_the_suggested_set_for_a_return():
    assert len({entry.base for entry in CATALOGUE.indicators if entry.core}) == 49


def test_rows_with_several_measures_have_one_unit_and_one_count_type_each():
    waiting, longest = ENTRIES["HUB-13.a"].measure, ENTRIES["HUB-13.b"].measure

    assert (waiting.count_type, waiting.unit) == ("S", "people")
    assert (longest.count_type, longest.unit) == ("Q", "working-days")
    for base in {entry.base for entry in CATALOGUE.indicators if "." in entry.code}:
        assert base not in ENTRIES


@pytest.mark.parametrize("code", ENTRIES)
def test_every_indicator_agrees_with_itself(code):
    entry = ENTRIES[code]
    measure = entry.measure

    assert entry.name
    assert entry.definition.endswith(".")
    assert not set(entry.definition + entry.name) & set("[]→↔↑↓◇★≥≤Σ")
    assert measure.unit in UNITS
    assert measure.count_type in COUNT_TYPES
    assert measure.direction in {"higher", "lower", "range", "volume"}
    assert measure.year_value in {"first", "last"}
    assert set(entry.breakdowns) <= set(BREAKDOWNS)
    assert (entry.lower is None) == (entry.upper is None)
    assert entry.target is None or entry.lower is None
    assert (entry.lower is not None) <= (measure.direction == "range")
    assert measure.direction != "volume" or entry.target is None


@pytest.mark.parametrize("code", ENTRIES)
def test_rates_and_averages_alone_have_two_counts(code):
    measure = ENTRIES[code].measure

    both = bool(measure.numerator_label), bool(measure.denominator_label)

    assert both == ((True, True) if measure.count_type in "RM" else (False, False))


@pytest.mark.parametrize("code", ENTRIES)
def test_an_indicator_made_of_others_names_ones_that_exist(code):
    measure = ENTRIES[code].measure

    for other in (
        measure.numerator_indicator,
        measure.denominator_indicator,
        measure.opening_indicator,
        measure.opened_indicator,
    ):
        assert other == "" or other in ENTRIES
    if measure.numerator_category:
        names = {category.name for category in BREAKDOWNS[measure.numerator_breakdown].categories}
        assert measure.numerator_category in names


def test_measures_that_may_be_added_count_the_same_unit():
    groups: dict[str, set[str]] = {}
    for entry in CATALOGUE.indicators:
        if entry.measure.adds_with:
            groups.setdefault(entry.measure.adds_with, set()).add(entry.measure.unit)

    assert all(len(units) == 1 for units in groups.values())


def test_typical_targets_say_that_each_contract_sets_its_own():
    for entry in CATALOGUE.indicators:
        if entry.target is not None or entry.lower is not None:
            assert "to be set" in entry.target_note


def test_a_typical_target_is_told_in_words():
    note = "A typical value, to be set for each contract and year."

    assert ENTRIES["HUB-05"].typical_target == f"At least 80%. {note}"
    assert ENTRIES["SA-07"].typical_target == f"85.0% to 95.0%. {note}"
    assert ENTRIES["SA-16"].typical_target == f"At most 3. {note}"
    assert ENTRIES["WF-01.a"].typical_target == "The number that the contract funds."
    assert ENTRIES["SA-05"].typical_target == ""


def test_categories_are_given_once_in_each_breakdown():
    for breakdown in CATALOGUE.breakdowns:
        names = [category.name for category in breakdown.categories]

        assert names
        assert len(set(names)) == len(names)


def test_areas_roll_up_to_the_two_councils():
    groups = Counter(category.group for category in BREAKDOWNS["area"].categories)

    assert groups == {"North Yorkshire": 7, "City of York": 1, "Out of area": 2, "Unknown": 2}


def test_ethnicity_has_nineteen_groups_in_five():
    groups = Counter(category.group for category in BREAKDOWNS["ethnicity"].categories)

    assert sorted(groups[name] for name in groups if name) == [2, 3, 4, 5, 5]


def test_specialist_characteristics_may_overlap():
    assert BREAKDOWNS["specialist-characteristic"].multi_response
    assert not BREAKDOWNS["area"].multi_response


def test_aliases_name_categories_that_exist():
    for entry in CATALOGUE.indicators:
        for alias in entry.aliases:
            assert (alias.breakdown is None) == (alias.category is None)
            if alias.breakdown:
                assert alias.breakdown in entry.breakdowns
                assert alias.category in {one.name for one in BREAKDOWNS[alias.breakdown].categories}


def test_only_rates_and_averages_have_aliases_for_their_parts():
    for entry in CATALOGUE.indicators:
        parts = {alias.part for alias in entry.aliases}

        assert entry.measure.count_type in "RM" or parts <= {Part.VALUE}


def test_the_words_a_year_to_date_is_written_in_are_known():
    aliases = {alias.text: alias for alias in ENTRIES["PRP-01"].aliases}

    assert aliases["Service users supported (YTD)"].basis is Basis.YEAR_TO_DATE


def test_an_unknown_code_is_not_found():
    assert CATALOGUE.find("HUB-99") is None


def test_the_vocabulary_holds_every_indicator_and_every_breakdown():
    words = vocabulary()

    assert set(words.terms) == set(ENTRIES)
    assert words.breakdowns["self-or-agency"][:2] == ("Self", "Agency")
    assert words.breakdown_names["area"] == "Area of residence"
    assert words.terms["PRP-06"].numerator == "Exits with evidenced reduced risk"
    assert words.terms["SA-01"].whole
    assert not words.terms["WF-01.a"].whole


def labels_in_long_returns() -> list[tuple[str, str, str, str | None]]:
    """The labels in the long form, each with its indicator, part and category."""
    found = set()
    for path in sorted(RETURNS.glob("foundation-*-long*.truth.json")):
        for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]:
            if fact["code"]:
                found.add((fact["label"], fact["code"], fact["part"], fact["category"]))
    return sorted(found, key=str)


@pytest.mark.parametrize(("label", "code", "part", "category"), labels_in_long_returns())
def test_every_label_of_a_long_return_is_an_alias(label, code, part, category):
    known = {(alias.text, alias.part, alias.category) for alias in ENTRIES[code].aliases}

    assert (label, Part(part), category) in known


def test_a_label_nobody_defined_has_no_alias():
    texts = {alias.text for entry in CATALOGUE.indicators for alias in entry.aliases}

    assert "Average weeks waiting for assessment" not in texts


def test_every_provider_label_of_the_other_layouts_is_known():
    known = {
        (text.casefold(), entry.code)
        for entry in CATALOGUE.indicators
        for text in (
            entry.name,
            entry.measure.numerator_label,
            entry.measure.denominator_label,
            *(alias.text for alias in entry.aliases),
        )
    }
    for path in sorted(RETURNS.glob("idas-2022-*.truth.json")):
        for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]:
            if fact["code"]:
                assert (fact["label"].rstrip("*").casefold(), fact["code"]) in known


def test_the_files_have_no_empty_or_doubled_aliases():
    folder = Path(__file__).parents[2] / "dacommission" / "indicators" / "catalogue"
    with (folder / "aliases.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]

    assert len(rows) == len(set(rows))
    assert all(row[0] in ENTRIES and row[1].strip() == row[1] != "" for row in rows)
