"""A sheet's comments and the boxes in which they are shown: ours come and go, the others stay."""

from __future__ import annotations

import pytest

from imports.marked import notes
from imports.marked.comments import EMPTY, with_ours, without_ours
from imports.marked.ours import AUTHOR, SAID

WORDS = f"{SAID}Error: not a “number”.\nQuestion: why?"
WRITTEN = f"{SAID}Error: not a &#8220;number&#8221;.&#10;Question: why?"
NONE = EMPTY.format("m").encode()
OTHER = '<comment ref="B2" authorId="0"><text>{}</text></comment>'
THREAD = '<comment ref="C3" authorId="1" shapeId="0" uid="{1}"><text><t>[Threaded comment] x</t></text></comment>'


def comments(*listed: str, authors: str = "<author>Somebody</author><author>tc={1}</author>") -> bytes:
    lists = f"<authors>{authors}</authors><commentList>{''.join(listed)}</commentList>"
    return f'<comments xmlns="m">{lists}</comments>'.encode()


def ours(address: str, author: int = 2) -> str:
    text = f'<text><t xml:space="preserve">{WRITTEN}</t></text>'
    return f'<comment ref="{address}" authorId="{author}" shapeId="0">{text}</comment>'


AUTHORS = f"<author>Somebody</author><author>tc={{1}}</author><author>{AUTHOR}</author>"


def test_the_first_comment_of_a_sheet_names_its_author():
    found, alone = with_ours(NONE, {"B2": WORDS})

    assert found.decode().endswith(
        f"<authors><author>{AUTHOR}</author></authors><commentList>{ours('B2', 0)}</commentList></comments>"
    )
    assert alone == ["B2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<t>By hand</t>", f"<t>By hand&#10;&#10;{WRITTEN}</t>"),
        ("<t/><rPh><t>x</t></rPh>", f"<t>&#10;&#10;{WRITTEN}</t><rPh><t>x</t></rPh>"),
        ("<r><rPr/><t>By </t></r><r><t>hand</t></r>", f"<r><rPr/><t>By </t></r><r><t>hand&#10;&#10;{WRITTEN}</t></r>"),
        ("", f'<t xml:space="preserve">{WRITTEN}</t>'),
    ],
)
def test_ours_follows_the_words_of_a_comment_that_is_there(text, expected):
    found, alone = with_ours(comments(OTHER.format(text)), {"B2": WORDS})

    assert found == comments(OTHER.format(expected), authors=AUTHORS)
    assert alone == []


def test_a_comment_without_any_text_element_stays_as_it_is():
    there = comments('<comment ref="B2" authorId="0"/>', authors=AUTHORS)

    assert with_ours(there, {"B2": WORDS}) == (there, [])


def test_what_we_said_before_is_taken_out_and_a_conversation_stays():
    mixed = OTHER.format(f"<t>By hand&#10;&#10;{WRITTEN}</t>")
    there = comments(mixed, THREAD, ours("D4"), authors=AUTHORS)

    found, bare = without_ours(there)

    assert found == comments(OTHER.format("<t>By hand</t>"), THREAD, authors=AUTHORS)
    assert bare == {"D4"}


def test_our_words_spread_over_several_runs_are_taken_out_too():
    runs = f"<r><t>By hand</t></r><r><t>&#10;{SAID}Error: x</t></r><r><t>, y</t></r>"

    found, _ = without_ours(comments(OTHER.format(runs)))

    assert found == comments(OTHER.format("<r><t>By hand</t></r><r><t></t></r><r><t></t></r>"))


def test_comments_without_lists_of_their_own_get_them():
    found, _ = with_ours(b'<x:comments xmlns:x="m"/>', {"B2": "Words"})

    assert b"<x:authors><x:author>" in found
    assert b"</x:comment></x:commentList></x:comments>" in found
    assert without_ours(b"<comments/>") == (b"<comments/>", set())


def test_each_box_lies_beside_its_cell_and_has_a_number_of_its_own():
    drawing = notes.with_boxes(notes.empty(3), [((1, 1), "x"), ((9, 4), "x")])

    assert drawing.count(b"<v:shapetype") == 1
    assert b'id="_x0000_s3073"' in drawing
    assert b'id="_x0000_s3074"' in drawing
    assert b"<x:Row>8</x:Row><x:Column>3</x:Column>" in drawing
    assert b"<x:Anchor>1, 15, 0, 2, 5, 15, 4, 4</x:Anchor>" in drawing
    assert drawing.endswith(b"</xml>")


def test_a_box_at_the_edge_of_a_sheet_stays_on_it():
    drawing = notes.with_boxes(notes.empty(1), [((1_048_576, 16_384), "x" * 100)])

    assert b"<x:Anchor>16379, 15, 1048569, 2, 16383, 15, 1048575, 4</x:Anchor>" in drawing


def test_a_drawing_of_another_make_gets_the_words_it_lacks():
    drawing = notes.with_boxes(b'<xml><v:shape id="_x0000_s7"/><br></xml>', [((1, 1), "x")])

    assert drawing.startswith(b'<xml><v:shape id="_x0000_s7"/><br><v:shapetype xmlns:v=')
    assert b'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"' in drawing
    assert b'id="_x0000_s8"' in drawing


def test_only_boxes_of_comments_at_the_cells_are_taken_out():
    button = b'<v:shape id="b"><x:ClientData ObjectType="Button"/></v:shape></xml>'
    placeless = b'<v:shape id="c"><x:ClientData ObjectType="Note"/></v:shape></xml>'
    there = notes.empty(1).replace(b"</xml>", button).replace(b"</xml>", placeless)
    drawing = notes.with_boxes(there, [((2, 2), "x"), ((3, 3), "x")])

    found = notes.without(drawing, {(2, 2)})

    assert found == notes.with_boxes(there, [((3, 3), "x")]).replace(b"_x0000_s1025", b"_x0000_s1026")
