"""What parts of a package are tied to: found by kind or by name, and added to."""

from __future__ import annotations

import pytest

from imports.marked.archive import Archive
from imports.marked.markup import Markup
from imports.marked.relations import Relations
from imports.workbook.refusal import Refused
from tests.imports import workbooks_hostile as raw

LINKED = (
    f'<Relationships xmlns="{raw.PACKAGE_RELATIONSHIPS}">'
    '<Relationship Id="rId1" Type="f/hyperlink" Target="https://example.org" TargetMode="External"/>'
    '<Relationship Id="points1" Type="f/comments" Target="../comments1.xml"/></Relationships>'
)


@pytest.fixture
def archive() -> Archive:
    made = raw.parts(raw.worksheet()) | {"xl/worksheets/_rels/sheet1.xml.rels": LINKED, "xl/comments1.xml": "<c/>"}
    return Archive(raw.zipped(made))


def test_a_part_is_found_by_its_kind_and_by_its_tie(archive):
    ties = Relations(archive, raw.FIRST_SHEET)

    assert ties.first("comments") == ties.target("points1") == "xl/comments1.xml"
    assert ties.family("comments") == "f"
    assert ties.kind("points1") == "comments"


def test_what_lies_outside_or_is_not_there_is_none(archive):
    ties = Relations(archive, raw.FIRST_SHEET)

    assert ties.target("rId1") is ties.target("rId9") is ties.first("vmlDrawing") is None


def test_a_new_tie_has_a_name_of_its_own(archive):
    identity = Relations(archive, raw.FIRST_SHEET).add("f", "vmlDrawing", "xl/comments1.xml")

    assert identity == "points2"
    assert Relations(archive, raw.FIRST_SHEET).target("points2") == "xl/comments1.xml"


def test_ties_can_be_undone(archive):
    Relations(archive, raw.FIRST_SHEET).drop()
    Relations(archive, "xl/comments1.xml").drop()

    assert Relations(archive, raw.FIRST_SHEET).first("comments") is None
    assert "xl/_rels/comments1.xml.rels" not in archive


def test_elements_too_deep_in_one_another_are_refused():
    with pytest.raises(Refused, match="deep"):
        Markup(b"<a>" * 100 + b"</a>" * 100)
