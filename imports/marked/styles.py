"""The highlight of a questioned cell: the cell's own style with another fill, and dark words, and back again.

Adds to a workbook's styles and changes none that is there. What was added once is found again.
"""

from __future__ import annotations

from imports.marked import looks
from imports.marked.markup import Attributes, Element, Markup, number_of, tag_end, with_attributes

HIGHLIGHT = "FFFFE07A"
FILL = f'<{{0}}patternFill patternType="solid"><{{0}}fgColor rgb="{HIGHLIGHT}"/><{{0}}bgColor indexed="64"/>'
BLACK = {"rgb": "FF000000"}
PLAIN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
# What must be there before anything else of a list, because programs take the first of it for granted.
FIRST = {
    "fonts": ('<{0}font><{0}sz val="11"/><{0}name val="Calibri"/></{0}font>',),
    "fills": tuple(
        f'<{{0}}fill><{{0}}patternFill patternType="{kind}"/></{{0}}fill>' for kind in (looks.NO_FILL, "gray125")
    ),
    "cellXfs": ('<{0}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}
ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
XF = '<{0}xf numFmtId="0" fontId="{1}" fillId="0" borderId="0" xfId="0"{2}>{3}</{0}xf>'


class Collection:
    """One of the lists of a workbook's styles: what is in it, and what is added."""

    def __init__(self, part: Markup, name: str) -> None:
        self._part, self._name = part, name
        self._list = part.root.first(name)
        self.elements = list(self._list.children) if self._list else []
        self._written = [part.content[one.start : one.end] for one in self.elements]
        self._had = len(self._written)
        self._written += [one.format(part.prefix).encode("ascii") for one in FIRST[name][self._had :]]
        self._places = {written: place for place, written in reversed(list(enumerate(self._written)))}

    def __len__(self) -> int:
        return len(self._written)

    def written(self, number: int) -> bytes:
        """An element of the list, as bytes."""
        return self._written[number]

    def number(self, written: bytes) -> int:
        """The place of an element in the list, at whose end it is put where it is not in it."""
        if written not in self._places:
            self._places[written] = len(self._written)
            self._written.append(written)
        return self._places[written]

    def finish(self) -> None:
        """Write what was added into the part, once."""
        added, self._had = b"".join(self._written[self._had :]), len(self)
        if added and self._list is not None:
            self._part.tell(self._list.start, count=str(len(self)))
            self._part.put_in(self._list, added)
        elif added:
            self._begin(added)

    def _begin(self, added: bytes) -> None:
        """Write the whole list where there is none: in its place among the others."""
        name, root = f"{self._part.prefix}{self._name}".encode("ascii"), self._part.root
        whole = b'<%b count="%d">%b</%b>' % (name, len(self), added, name)
        if not root.children:
            self._part.put_in(root, whole)
            return
        before = [child for child in root.children if child.name in ORDER[: ORDER.index(self._name)]]
        self._part.insert(before[-1].end if before else root.inner, whole)


class Styles:
    """A workbook's styles, with what is added to them."""

    def __init__(self, content: bytes) -> None:
        self._part = Markup(content)
        self._fonts, self._fills, self._cells = (Collection(self._part, name) for name in ("fonts", "fills", "cellXfs"))
        fills = self._fills.elements
        self._ours = {place for place, fill in enumerate(fills) if _is_highlight(fill)}
        self.highlights = frozenset(
            place
            for place, cell in enumerate(self._cells.elements)
            if number_of(cell.attributes, "fillId") in self._ours
        )

    def highlighted(self, style: int) -> int:
        """The style that is this one with the highlight."""
        if style in self.highlights:
            return style
        own = self._part.prefix
        fill = f"<{own}fill>{FILL.format(own)}</{own}patternFill></{own}fill>"
        colour = self._font_colour(style)
        return self._with(style, fill, BLACK if colour and looks.is_light(colour.attributes) else None)

    def restored(self, style: int, words: str) -> int:
        """The style that is this one looking as told in words instead."""
        kind, colours = looks.heard(words)
        own, inside = self._part.prefix, ""
        if kind != looks.NO_FILL:
            told = "".join(looks.colour(own + name, colours[name]) for name in looks.COLOURS if name in colours)
            inside = f'<{own}fill><{own}patternFill patternType="{kind}">{told}</{own}patternFill></{own}fill>'
        return self._with(style, inside, colours.get(looks.FONT))

    def told(self, style: int) -> str:
        """How a style looks, in words by which it can be restored: "none"."""
        if style >= len(self._cells.elements):
            return looks.NO_FILL
        number, fills = number_of(self._cells.elements[style].attributes, "fillId"), self._fills.elements
        pattern = fills[number].first("patternFill") if number < len(fills) else None
        return looks.told(pattern, self._font_colour(style))

    def text(self, font: str = "", *, alignment: str = "", formulas: bool = True) -> int:
        """A style of our own sheet. `font` and `alignment` are what its elements hold; never shown as a formula."""
        own = self._part.prefix
        kind = f"<{own}font>{font.format(own)}</{own}font>"
        number = self._fonts.number(kind.encode("ascii")) if font else 0
        tail = f"<{own}alignment {alignment}/>" if alignment else ""
        marks = (' applyFont="1"' if font else "") + (' applyAlignment="1"' if alignment else "")
        marks += "" if formulas else ' quotePrefix="1"'
        return self._cells.number(XF.format(own, number, marks, tail).encode("ascii"))

    def changed(self) -> bytes:
        """The part with everything that was added."""
        for one in (self._fonts, self._fills, self._cells):
            one.finish()
        return self._part.changed()

    def _with(self, style: int, fill: str, font_colour: Attributes | None) -> int:
        """A style with another fill, and words in another colour where one is given."""
        written = self._cells.written(style if style < len(self._cells) else 0)
        wanted = {"fillId": str(self._fills.number(fill.encode("ascii")) if fill else 0), "applyFill": "1"}
        font = self._coloured(style, font_colour) if font_colour else None
        if font is not None:
            wanted |= {"fontId": str(font), "applyFont": "1"}
        end = tag_end(written, 0)
        return self._cells.number(with_attributes(written[:end], wanted) + written[end:])

    def _font(self, style: int) -> Element | None:
        cells, fonts = self._cells.elements, self._fonts.elements
        number = number_of(cells[style].attributes, "fontId") if style < len(cells) else len(fonts)
        return fonts[number] if number < len(fonts) else None

    def _font_colour(self, style: int) -> Element | None:
        """The colour of a style's words; None where it has none of its own."""
        font = self._font(style)
        return font.first("color") if font else None

    def _coloured(self, style: int, colour: Attributes) -> int | None:
        """The font of a style in another colour; None where it has no colour of its own."""
        font, old = self._font(style), self._font_colour(style)
        if font is None or old is None:
            return None
        content, new = self._part.content, looks.colour(f"{self._part.prefix}color", colour).encode("ascii")
        return self._fonts.number(content[font.start : old.start] + new + content[old.end : font.end])


def _is_highlight(fill: Element) -> bool:
    pattern = fill.first("patternFill")
    colour = pattern.first("fgColor") if pattern else None
    return colour is not None and colour.attributes.get("rgb", "").upper() == HIGHLIGHT
