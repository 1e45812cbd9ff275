"""How a cell looked before it was marked, in words that a hidden column of our sheet keeps: its fill, and a light font.

"solid fgColor.rgb=FFD9E1F2 bgColor.indexed=64 font.theme=0"; "none" for no fill.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from imports.marked.markup import Attributes, Element

NO_FILL = "none"
COLOURS = ("fgColor", "bgColor")
FONT = "font"
TOLD = re.compile(
    r"([A-Za-z0-9]{1,20})((?: (?:fgColor|bgColor|font)\.(?:rgb|theme|indexed|tint|auto)=[0-9A-Za-z.+-]{1,25})*)"
)
WHITE_THEME, WHITE_INDEXED = ("0", "2"), ("1", "9")
DARKENED = -0.3  # a tint from which a light colour of the theme is light no more
LIGHT = 0.6  # of full brightness


def told(pattern: Element | None, font_colour: Element | None) -> str:
    """The words for a fill and a font; the font is told only where it could not be read on the highlight."""
    words = _fill_told(pattern)
    if font_colour is not None and is_light(font_colour.attributes):
        words += _told(FONT, font_colour.attributes)
    return words if TOLD.fullmatch(words) else NO_FILL


def _fill_told(pattern: Element | None) -> str:
    if pattern is None or pattern.attributes.get("patternType", NO_FILL) == NO_FILL:
        return NO_FILL
    colours = (_told(child.name, child.attributes) for child in pattern.children if child.name in COLOURS)
    return pattern.attributes["patternType"] + "".join(colours)


def _told(name: str, attributes: Attributes) -> str:
    return "".join(f" {name}.{key}={value}" for key, value in attributes.items())


def heard(words: str) -> tuple[str, Mapping[str, Attributes]]:
    """The kind of fill that words tell of, and each colour's attributes; no fill for other words."""
    found = TOLD.fullmatch(words)
    if found is None:
        return NO_FILL, {}
    colours: dict[str, Attributes] = {}
    for name, key, value in re.findall(r" (\w+)\.(\w+)=(\S+)", found[2]):
        colours.setdefault(name, {})[key] = value
    return found[1], colours


def colour(name: str, attributes: Attributes) -> str:
    """A colour as an element."""
    told_of_it = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{told_of_it}/>"


def is_light(attributes: Attributes) -> bool:
    """Whether words in a colour could not be read on the highlight."""
    written = attributes.get("rgb", "")[-6:]
    if re.fullmatch(r"[0-9A-Fa-f]{6}", written):
        red, green, blue = (int(written[place : place + 2], 16) / 255 for place in (0, 2, 4))
        return 0.3 * red + 0.6 * green + 0.1 * blue > LIGHT
    if attributes.get("theme") in WHITE_THEME:
        return _number(attributes.get("tint", "0")) > DARKENED
    return attributes.get("indexed") in WHITE_INDEXED


def _number(written: str) -> float:
    """A tint; as it is without one, where it is no number."""
    return float(written) if re.fullmatch(r"[+-]?[0-9]{0,2}(?:[.][0-9]{1,20})?(?:E-?[0-9]{1,2})?", written) else 0.0
