"""An OpenDocument formula as Excel would write it: "of:=SUM([.B2:.B5])" → "SUM(B2:B5)". Calculates nothing."""

from __future__ import annotations

import re

PREFIX = re.compile(r"[a-z]*:?=", re.IGNORECASE)
# Texts are stepped over; references stand in brackets; arguments are parted by semicolons.
PART = re.compile(r"(?P<quoted>\"[^\"]*\")|\[(?P<reference>[^\[\]]*)\]|(?P<separator>;)")
SHEET = re.compile(r"(?P<sheet>'[^']*'|[^'.:!]*)\.")


def plain(formula: str) -> str:
    """The formula without the marks of its dialect."""
    return PART.sub(_part, PREFIX.sub("", formula, count=1))


def _part(match: re.Match[str]) -> str:
    if match["quoted"]:
        return match[0]
    if match["separator"]:
        return ","
    return SHEET.sub(_sheet, match["reference"])


def _sheet(match: re.Match[str]) -> str:
    name = match["sheet"].removeprefix("$")
    return f"{name}!" if name else ""
