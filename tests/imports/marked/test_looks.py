"""How a cell looked, in words; and words that can be read on the highlight."""

from __future__ import annotations

import pytest

from imports.marked.looks import heard, is_light
from imports.marked.markup import Markup
from imports.marked.styles import PLAIN, Styles

DARK_FILL = '<fill><patternFill patternType="solid"><fgColor rgb="FF1D3557"/></patternFill></fill>'
LIGHT_FONT = '<font><b/><sz val="11"/><color theme="0" tint="-0.05"/><name val="Arial"/></font>'
HEADING = '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0"/>'
PLAIN_LIGHT = '<xf numFmtId="0" fontId="9" fillId="9" borderId="0" xfId="0"/>'
BOOK = (
    PLAIN.format("m")
    .replace("</fonts>", f"{LIGHT_FONT}</fonts>")
    .replace("</fills>", f"{DARK_FILL}</fills>")
    .replace("</cellXfs>", f"{HEADING}{PLAIN_LIGHT}</cellXfs>")
)
WORDS = "solid fgColor.rgb=FF1D3557 font.theme=0 font.tint=-0.05"


def font_of(styles: Styles, number: int) -> bytes:
    part = Markup(styles.changed())
    place = int(part.root.first("cellXfs").children[number].attributes["fontId"])
    font = part.root.first("fonts").children[place]
    return part.content[font.start : font.end]


def test_light_words_are_dark_on_the_highlight_and_light_again_afterwards():
    styles = Styles(BOOK.encode())

    marked = styles.highlighted(1)

    assert styles.told(1) == WORDS
    assert font_of(styles, marked) == LIGHT_FONT.replace('theme="0" tint="-0.05"', 'rgb="FF000000"').encode()
    later = Styles(styles.changed())
    restored = later.restored(marked, WORDS)
    assert font_of(later, restored) == LIGHT_FONT.encode()
    assert Styles(later.changed()).told(restored) == WORDS


def test_a_style_that_names_fonts_and_fills_that_are_not_there_is_marked_all_the_same():
    styles = Styles(BOOK.encode())

    assert styles.told(2) == "none"
    assert styles.highlighted(2) == 3
    assert styles.restored(2, "none font.rgb=FFFFFFFF") == 4


@pytest.mark.parametrize(
    ("attributes", "light"),
    [
        ({"rgb": "FFFFFFFF"}, True),
        ({"rgb": "FFFFFF00"}, True),
        ({"rgb": "FF000000"}, False),
        ({"rgb": "FF1D70B8"}, False),
        ({"rgb": "white"}, False),
        ({"theme": "0"}, True),
        ({"theme": "2", "tint": "0.4"}, True),
        ({"theme": "0", "tint": "-0.499984740745262"}, False),
        ({"theme": "0", "tint": "-4.9989318521683403E-2"}, True),
        ({"theme": "0", "tint": "dark"}, True),
        ({"theme": "1"}, False),
        ({"indexed": "9"}, True),
        ({"indexed": "8"}, False),
        ({"auto": "1"}, False),
    ],
)
def test_a_colour_is_light_where_it_could_not_be_read(attributes, light):
    assert is_light(attributes) is light


def test_a_colour_told_twice_is_told_once():
    assert heard("solid fgColor.rgb=FF000001 fgColor.rgb=FF000002") == ("solid", {"fgColor": {"rgb": "FF000002"}})
