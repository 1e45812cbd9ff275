"""A newer return workbook never breaks an older one in use.

The files are real ones: made, and filled in, by the program as it was when their version was the newest.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from imports import template_layout as layout
from imports.read import read
from imports.reading import Part, Severity, Status
from imports.template import fill_template, make_template
from tests.imports.test_template import ENTRIES
from tests.imports.vocabulary import Q1, Q2, VOCABULARY, expected
from tests.imports.workbooks import changed

WORKBOOKS = Path(__file__).parent.parent / "workbooks"


def understood(content):
    return read(content, filename="return.xlsx", vocabulary=VOCABULARY, expected=expected())


def figures(reading):
    return {(seen.indicator, seen.part, seen.breakdown, seen.category): seen for seen in reading.observations}


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_workbook_of_an_earlier_version_is_read_and_accepted(version):
    reading = understood((WORKBOOKS / f"version-{version}-filled.xlsx").read_bytes())

    assert reading.cover.template_version == version
    assert not [problem for problem in reading.problems if problem.severity is not Severity.WARNING]
    assert figures(reading)["CON-02.a", Part.VALUE, None, None].status is Status.PENDING


@pytest.mark.parametrize("version", ["1", "2"])
def test_all_versions_filled_in_alike_say_the_same(version):
    old = figures(understood((WORKBOOKS / f"version-{version}-filled.xlsx").read_bytes()))
    new = figures(understood(fill_template(make_template(expected(), VOCABULARY), ENTRIES)))

    assert old.keys() == new.keys()
    for key, seen in old.items():
        other = new[key]
        assert (seen.value, seen.status, seen.shown) == (other.value, other.status, other.shown)
        assert (seen.period, seen.basis, seen.cell) == (other.period, other.basis, other.cell)


def test_the_earlier_figures_of_version_1_are_read_as_what_they_are():
    found = understood((WORKBOOKS / "version-1-blank.xlsx").read_bytes()).restated

    told = {(one.indicator, one.part, one.period): one.value for one in found}
    assert told["HUB-01", Part.VALUE, Q1] == Decimal(2398)
    assert told["HUB-01", Part.VALUE, Q2.year_earlier()] == Decimal(2222)
    assert told["HUB-10", Part.DENOMINATOR, Q2.year_earlier()] == Decimal(4400)


def test_a_version_1_status_that_nothing_is_offered_for_any_more_is_still_read():
    old = (WORKBOOKS / "version-1-blank.xlsx").read_bytes()

    def change(book):
        book[layout.KPIS]["I7"] = "Missing"

    seen = figures(understood(changed(old, change)))["HUB-09", Part.VALUE, None, None]
    assert (seen.status, seen.shown) == (Status.MISSING, "Missing")


@pytest.mark.parametrize("version", ["4", "10", "2.1"])
def test_a_version_that_nobody_knows_yet_is_told_in_a_sentence(version):
    def change(book):
        book[layout.COVER]["B4"] = version

    (problem,) = understood(changed(make_template(expected(), VOCABULARY), change)).problems

    assert (problem.severity, problem.cell) == (Severity.ERROR, "B4")
    assert problem.message == (
        f"This workbook is version {version} of the return workbook. "
        f"Download version {layout.VERSION} and copy your figures into it."
    )


def test_every_version_has_a_real_workbook_to_be_read():
    kept = {path.name.split("-")[1] for path in WORKBOOKS.glob("version-*.xlsx")}

    assert kept | {layout.VERSION} == set(layout.READABLE_VERSIONS)
