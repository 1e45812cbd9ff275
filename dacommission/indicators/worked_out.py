"""How a figure was worked out, in words, by its count type and period. Pure."""

from __future__ import annotations

_ADDED = "The figures of the quarters were added up. Where one is missing, the total is incomplete."
_STATED = "The figure reported for the period itself. Figures of shorter periods cannot be added up."
# count type → how a month or a quarter, and how a half or a year, is worked out
_RULES = {
    "F": ("The figure reported for the quarter, or the sum of its three months.", _ADDED),
    "S": (
        "The number on a day, as reported for the quarter.",
        "The number on a day: the last quarter speaks for the year, or the first where it counts the start.",
    ),
    "P": ("The people reported for the quarter, each counted once.", _STATED),
    "Y": (
        "The people counted once each since 1 April, up to the end of the quarter.",
        "The people counted once each since 1 April, up to the end of the last quarter. Quarters are not added.",
    ),
    "R": (
        "One count divided by the other, and rounded last.",
        "Both counts of the quarters were added up, then one was divided by the other. Percentages are not averaged.",
    ),
    "M": (
        "The sum divided by the number it is an average of.",
        "The sums and the numbers of the quarters were added up, then divided. Averages are not averaged.",
    ),
    "Q": ("The figure reported for the quarter.", _STATED),
    "C": ("The units for each night, as reported for the quarter.", _ADDED),
    "L": ("The pounds reported for the quarter.", _ADDED),
}


def worked_out(count_type: str, kind: str) -> str:
    """ "The figures of the quarters were added up. …" for a year; `kind` is that of the period."""
    short, long = _RULES[count_type]
    return short if kind in ("month", "quarter") else long
