"""The boxes in which a sheet's comments are shown, in the older drawing language that spreadsheets keep for them.

Changed as text: programs write this part in ways that are no sound XML. Other shapes in it stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from imports.workbook.limits import COLUMNS, ROWS

NAMESPACES = (
    b' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
TYPE = (
    b'<v:shapetype%b id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE = (
    '<v:shape{spaces} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
END = b"</xml>"
A_SHAPE = re.compile(rb"<(\w+):shape[\s>].*?</\1:shape>", re.DOTALL)
PLACE = re.compile(rb"<(\w+):(Row|Column)>\s*(\d{1,9})\s*</\1:\2>")
NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")
BLOCK = 1024  # numbers of shapes that belong together
WIDE, HIGH, LETTERS_A_LINE = 4, 3, 45

Place = tuple[int, int]  # row and column, both from 1


def empty(sheet: int) -> bytes:
    """A drawing without a box. `sheet` tells the numbers of its boxes from those of other sheets, from 1."""
    kept = b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>' % sheet
    return b"<xml%b>%b%b%b" % (NAMESPACES, kept, TYPE % b"", END)


def takes_boxes(content: bytes) -> bool:
    """Whether a drawing ends in a way that boxes can be added to."""
    return END in content


def without(content: bytes, places: Collection[Place]) -> bytes:
    """A drawing without the boxes of comments at these cells."""
    return A_SHAPE.sub(lambda shape: b"" if _place(shape[0]) in places else shape[0], content)


def with_boxes(content: bytes, places: Sequence[tuple[Place, str]]) -> bytes:
    """A drawing with a box for the comment of each cell, as high as its words need."""
    end = content.rfind(END)
    spaces = b"" if all(space in content for space in NAMESPACES.split()) else NAMESPACES
    added = [] if b"_x0000_t202" in content[:end] else [TYPE % spaces]
    first = max((int(number) for number in NUMBER.findall(content)), default=_block(content) * BLOCK) + 1
    for number, (place, words) in enumerate(places, start=first):
        added.append(_shape(number, place, words, spaces.decode("ascii")))
    return content[:end] + b"".join(added) + content[end:]


def _block(content: bytes) -> int:
    found = re.search(rb'idmap[^>]*data="(\d{1,6})', content)
    return int(found[1]) if found else 1


def _place(shape: bytes) -> Place | None:
    """The cell of a comment's box; None for any other shape."""
    if b'ObjectType="Note"' not in shape:
        return None
    told = {name: int(number) for _, name, number in PLACE.findall(shape)}
    return (told[b"Row"] + 1, told[b"Column"] + 1) if len(told) == 2 else None


def _shape(number: int, place: Place, words: str, spaces: str) -> bytes:
    row, column = place
    height = HIGH + sum(1 + len(line) // LETTERS_A_LINE for line in words.splitlines())
    left, top = min(column, COLUMNS - WIDE - 1), min(max(row - 2, 0), ROWS - height - 1)
    told = SHAPE.format(
        spaces=spaces, number=number, left=left, top=top, right=left + WIDE, bottom=top + height,
        row=row - 1, column=column - 1,
    )  # fmt: skip
    return told.encode("ascii")
