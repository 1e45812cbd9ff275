"""Invented figures that agree with each other: months make quarters, quarters make years, parts stay below wholes."""

from __future__ import annotations

from datetime import date
from zlib import crc32

from imports.periods import Period
from tests.trials.truth import Fact

# About how much of it there is in a month; 20 for all others.
SIZES = {
    "HUB-01": 310, "HUB-09": 540, "HUB-10": 600, "CBS-06": 220, "SA-05": 760,
    "SA-06": 640, "SA-07": 640, "XS-01": 130, "CON-02.a": 41000, "CON-02.b": 42000, "CTX-01": 470, "TRN-01.b": 60,
}  # fmt: skip
FIRST_MONTH, OPEN_AT_FIRST = Period.month(2020, 4), 180
STOCKS = frozenset(("HUB-13.a", "HUB-13.b", "CBS-06", "SA-04.a", "SA-16", "SA-13.b", "WF-01.a", "WF-01.b"))


def amount(code: str, key: str, part: str = "value", *, so_far: bool = False) -> float:
    """The figure of an indicator (or of any other word) in a period; `so_far`: since 1 April."""
    period = Period.from_key(key)
    if code in ("CBS-02", "CBS-05"):
        return _open_before(period.start if code == "CBS-02" else period.next().start)
    if part == "percent":
        return round(100 * amount(code, key, "numerator") / amount(code, key, "denominator"), 1)
    months = (period.whole_year if so_far else period).calendar_months
    months = tuple(month for month in months if month.end <= period.end)
    if code in STOCKS:
        return _of_month(code, months[-1].key, part)
    return sum(_of_month(code, month.key, part) for month in months)


def _open_before(day: date) -> int:
    """Cases open on a day: those open on the first, and what was opened and not closed since."""
    month, cases = FIRST_MONTH, OPEN_AT_FIRST
    while month.start < day:
        cases += _of_month("CBS-03", month.key, "value") - _of_month("CBS-04", month.key, "value")
        month = month.next()
    return cases


def _of_month(code: str, key: str, part: str) -> int:
    size = SIZES.get(code, 20)
    share = crc32(f"{code} {key}".encode()) % 1000 / 1000
    whole = round(size * (0.8 + 0.4 * share))
    return round(whole * (0.6 + 0.3 * share)) if part == "numerator" else whole


def fact(code: str | None, key: str, part: str = "value", basis: str = "period", *, like: str = "", **more) -> Fact:
    """What a cell says of an indicator in a period; `like` gives the size of what is no indicator."""
    category = more.pop("category", None)
    value = amount(f"{like or code}{f' {category}' if category else ''}", key, part, so_far=basis == "ytd")
    return Fact(code, key, value, part, category, basis, **more)
