"""Marked workbooks opened and saved by LibreOffice: every mark is there, and mended in it they pass."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from imports.marked.ours import MARK, SAID
from imports.read import read
from tests.imports.marked.makers import book, comments_in, highlighted_in, mark, rich
from tests.imports.marked.test_giving import MENDED, SEEDED, given, typed
from tests.imports.vocabulary import VOCABULARY, expected
from tests.imports.workbooks import good_return
from tests.office import XLSX, converted

# LibreOffice keeps one profile, and starts once for all files.
pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("libreoffice")]

CSV = b"Service,Measure,Breakdown,Period,Value,Comment\nHub,HUB-01,All,Q2 2022-23,twelve,=1+1\n"
WORDS = {"Data": {"E2": "Not a number.", "E3": "Less than before.", "G9": "Something is missing."}}


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    back = given(typed(good_return(), SEEDED), expected())
    return {
        "return": back,
        "mended": typed(back, MENDED),
        "own": mark(rich(), WORDS),
        "copy": given(CSV, filename="ours.csv"),
    }


@pytest.fixture(scope="module")
def saved(files: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Each file as LibreOffice saves it."""
    made = converted(
        {f"{name}.xlsx": content for name, content in files.items()}, XLSX, tmp_path_factory.mktemp("libreoffice")
    )
    return {name: (made / f"{name}.xlsx").read_bytes() for name in files}


@pytest.mark.parametrize("name", ["return", "own", "copy"])
def test_every_comment_and_highlight_is_there(files, saved, name):
    assert comments_in(saved[name]) == comments_in(files[name])
    assert highlighted_in(saved[name]) == highlighted_in(files[name])


def test_the_list_of_points_and_its_links_are_there(files, saved):
    before, after = (book(content[name]).worksheets[-1] for content in (files, saved) for name in ("return",))

    assert after["A1"].value == MARK
    assert [[cell.value for cell in row] for row in after.iter_rows(max_col=5)] == [
        [cell.value for cell in row] for row in before.iter_rows(max_col=5)
    ]
    assert after["C5"].hyperlink.location == before["C5"].hyperlink.location


def test_mended_and_saved_by_libreoffice_it_passes(saved):
    reading = read(saved["mended"], filename="return.xlsx", vocabulary=VOCABULARY, expected=expected())

    good = read(good_return(), filename="return.xlsx", vocabulary=VOCABULARY, expected=expected())
    assert reading.problems == good.problems
    assert not reading.blocked
    assert reading.observations == good.observations


def test_saved_by_libreoffice_and_given_back_again_nothing_doubles(saved):
    twice = given(saved["return"], expected())

    assert all(text.count(SAID) == 1 for text in comments_in(twice).values())
    assert comments_in(twice) == comments_in(saved["return"])
    assert highlighted_in(twice) == highlighted_in(saved["return"])
    assert book(twice).sheetnames == book(saved["return"]).sheetnames
