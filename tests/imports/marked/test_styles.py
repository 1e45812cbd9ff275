"""The highlight of a cell as one style more, and the way back to how the cell looked."""

from __future__ import annotations

import pytest

from imports.marked.markup import Markup
from imports.marked.styles import HIGHLIGHT, PLAIN, Styles

START = PLAIN.format("m")
BLUE = (
    '<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.6"/><bgColor indexed="64"/></patternFill></fill>'
)
LOOKS = '<xf numFmtId="3" fontId="0" fillId="2" borderId="0" xfId="0"><alignment wrapText="1"/></xf>'
COLOURED = START.replace('<fills count="2">', '<fills count="3">').replace("</fills>", f"{BLUE}</fills>")
COLOURED = COLOURED.replace("</cellXfs>", f"{LOOKS}</cellXfs>")


def after(styles: Styles) -> Markup:
    return Markup(styles.changed())


def looks(styles: Styles, number: int) -> dict[str, str]:
    return after(styles).root.first("cellXfs").children[number].attributes


def fill(styles: Styles, number: int):
    place = int(looks(styles, number)["fillId"])
    return after(styles).root.first("fills").children[place].first("patternFill")


def test_a_highlighted_style_is_the_same_but_for_its_fill():
    styles = Styles(COLOURED.encode())

    number = styles.highlighted(1)

    assert looks(styles, number) == {
        "fillId": "3", "applyFill": "1", "numFmtId": "3", "fontId": "0", "borderId": "0", "xfId": "0",
    }  # fmt: skip
    assert fill(styles, number).first("fgColor").attributes == {"rgb": HIGHLIGHT}
    assert after(styles).root.first("fills").attributes == {"count": "4"}
    assert after(styles).root.first("cellXfs").children[number].first("alignment").attributes == {"wrapText": "1"}


def test_the_same_style_is_added_once_and_a_highlighted_one_is_not_highlighted_again():
    styles = Styles(COLOURED.encode())
    number = styles.highlighted(1)

    later = Styles(styles.changed())

    assert styles.highlighted(1) == number
    assert later.highlights == {number}
    assert later.highlighted(number) == number
    assert later.highlighted(1) == number
    assert later.changed() == styles.changed()


@pytest.mark.parametrize(
    ("style", "told"), [(0, "none"), (1, "solid fgColor.theme=4 fgColor.tint=0.6 bgColor.indexed=64")]
)
def test_what_was_told_of_a_fill_brings_it_back(style, told):
    styles = Styles(COLOURED.encode())
    highlighted = styles.highlighted(style)

    number = styles.restored(highlighted, told)

    assert styles.told(style) == told
    assert styles.told(99) == "none"
    assert styles.changed()
    assert Styles(styles.changed()).told(number) == told


@pytest.mark.parametrize(
    "told", ["", 'solid fgColor.rgb="/><x', "solid fgColor.rgb=1 other.rgb=2", "solid fgColor.evil=1"]
)
def test_a_fill_told_in_other_words_is_none(told):
    styles = Styles(COLOURED.encode())

    assert looks(styles, styles.restored(1, told))["fillId"] == "0"


def test_a_fill_that_has_no_words_of_its_own_is_told_as_none():
    gradient = COLOURED.replace(BLUE, "<fill><gradientFill/></fill>")
    odd = COLOURED.replace('theme="4"', 'rgb="a b"')

    assert [Styles(content.encode()).told(1) for content in (gradient, odd)] == ["none", "none"]


def test_styles_without_lists_get_them_in_order():
    styles = Styles(b'<styleSheet xmlns="m"><numFmts/><borders/><dxfs/></styleSheet>')

    number = styles.highlighted(5)

    assert [child.name for child in after(styles).root.children] == [
        "numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs",
    ]  # fmt: skip
    assert fill(styles, number).attributes == {"patternType": "solid"}


def test_styles_of_nothing_at_all_begin_with_the_lists():
    styles = Styles(b"<styleSheet/>")

    assert looks(styles, styles.highlighted(0))["fillId"] == "2"
