"""The parts of an OpenDocument number format → the pattern Excel writes for them: "0.0%", "dd/mm/yyyy"."""

from __future__ import annotations

import re

from imports.workbook.ods_names import NUMBER
from imports.workbook.xml import Attributes

MOST_DIGITS = 30
PLAIN = re.compile(r"[-+ /:.,()]*")
CONDITION = re.compile(r"value\(\)(<=|>=|!=|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)")
# Part → as written short, and long.
TIMES = {
    "day": ("d", "dd"),
    "day-of-week": ("ddd", "dddd"),
    "month": ("m", "mm"),
    "year": ("yy", "yyyy"),
    "hours": ("h", "hh"),
    "minutes": ("m", "mm"),
    "seconds": ("s", "ss"),
    "am-pm": ("AM/PM", "AM/PM"),
}
PARTS = ("number", "scientific-number", "fraction", "text-content", *TIMES)


def part(name: str, attributes: Attributes) -> str:
    """The pattern of one part of a format; "" for a number of no particular form."""
    if name == "text-content":
        return "@"
    if name == "fraction":
        return "# ?/?"
    if name in TIMES:
        return _time(name, attributes)
    digits = _digits(attributes)
    return f"{digits or '0'}E+00" if name == "scientific-number" else digits


def literal(text: str) -> str:
    """Words that a format shows as they stand."""
    return text if PLAIN.fullmatch(text) else '"{}"'.format(text.replace('"', ""))


def condition(written: str) -> str | None:
    """When another format is shown instead: "[<5]". None for a condition that Excel does not have."""
    match = CONDITION.fullmatch(written.replace(" ", ""))
    return f"[{match[1].replace('!=', '<>')}{match[2]}]" if match else None


def _time(name: str, attributes: Attributes) -> str:
    if name == "month" and attributes.get(f"{NUMBER}textual") == "true":
        return "mmmm" if attributes.get(f"{NUMBER}style") == "long" else "mmm"
    return TIMES[name][attributes.get(f"{NUMBER}style") == "long"]


def _digits(attributes: Attributes) -> str:
    decimals = attributes.get(f"{NUMBER}decimal-places")
    grouped = attributes.get(f"{NUMBER}grouping") == "true"
    if decimals is None and not grouped:
        return ""
    whole = "#,##0" if grouped else "0" * max(1, _count(attributes.get(f"{NUMBER}min-integer-digits")))
    return f"{whole}.{'0' * _count(decimals)}" if _count(decimals) else whole


def _count(written: str | None) -> int:
    plain = written is not None and written.isascii() and written.isdigit() and len(written) < 9
    return min(int(written or 0), MOST_DIGITS) if plain else 0
