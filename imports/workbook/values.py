"""One stored value → its kind, its value and what a person sees. Decides nothing about meaning.

Numbers are taken from the digits in the file, never by way of a float.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import lru_cache

from imports.kinds import Kind
from imports.workbook import limits
from imports.workbook.refusal import too_much_text
from imports.workbook.styles import Style

Value = Decimal | str | bool | date | None
Read = tuple[Kind, Value, str]

FIFTEEN_DIGITS = Context(prec=15)  # what a spreadsheet program keeps of a number, and shows
LARGEST_EXPONENT = 308
PLAIN_EXPONENT = 20  # larger and smaller numbers are shown as 1E+21
NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?\s*", re.ASCII)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LAST_DAY = 2_958_465  # 31 December 9999
DAYS_1904 = 1_462  # between the two ways of counting days
BEFORE_FALSE_LEAP_DAY = 60  # Excel has a 29 February 1900, day 60
SECONDS_A_DAY = 86_400
DAMAGED = "(damaged)"  # shown for a text that the file does not hold


@lru_cache(maxsize=8192)
def number(written: str) -> Decimal | None:
    """The number a file's digits stand for, to 15 digits; None when they stand for none.

    Programs write 0.8 as 0.80000000000000004: the excess is noise of their arithmetic.
    """
    if not NUMBER.fullmatch(written):
        return None
    value = FIFTEEN_DIGITS.create_decimal(written.strip())
    if not value:
        return Decimal(0)
    if abs(value.adjusted()) > LARGEST_EXPONENT:
        return None
    value = value.normalize(FIFTEEN_DIGITS)
    small_enough = value.as_tuple().exponent > 0 and value.adjusted() <= PLAIN_EXPONENT  # type: ignore[operator]
    return value.quantize(Decimal(1), context=Context(prec=PLAIN_EXPONENT + 1)) if small_enough else value


@lru_cache(maxsize=8192)
def general(written: str) -> Read:
    """A number without a date or time in its format."""
    value = number(written)
    return (Kind.ERROR, None, written[:80]) if value is None else (Kind.NUMBER, value, plain(value))


def plain(value: Decimal) -> str:
    """A number in plain digits: "9739", "0.8"."""
    return f"{value:f}" if abs(value.adjusted()) <= PLAIN_EXPONENT else str(value)


def unescape(text: str) -> str:
    """Text with the characters XML cannot hold: "_x000D_" is a carriage return."""
    return ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


class Values:
    """Reads stored values, knowing a workbook's shared strings and how it counts days."""

    def __init__(self, strings: Sequence[str], *, since_1904: bool) -> None:
        self._strings = strings
        self._since_1904 = since_1904
        self._shared_seen: dict[str, Read] = {}
        self._by_type: dict[str | None, Callable[[str], Read]] = {
            "str": _text,
            "inlineStr": _text,
            "b": boolean,
            "e": _error,
            "d": iso_date,
        }

    def read(self, written: str, stored_as: str | None, style: Style) -> Read:
        """A cell's kind, value and what is seen of it, by how the file says it is stored."""
        if stored_as == "s":
            found = self._shared_seen.get(written)
            if found is None:
                found = self._shared_seen[written] = self._shared(written)
            return found
        if stored_as in self._by_type:
            return self._by_type[stored_as](written)
        value = number(written) if style.dated or style.timed else None
        if value is None:
            return general(written)
        return self._date(value) if style.dated else (Kind.NUMBER, value, clock(value))

    def _shared(self, written: str) -> Read:
        if written.isascii() and written.isdigit() and len(written) < 10 and int(written) < len(self._strings):
            return Kind.TEXT, self._strings[int(written)], self._strings[int(written)]
        return Kind.ERROR, None, DAMAGED

    def _date(self, value: Decimal) -> Read:
        days = value + DAYS_1904 if self._since_1904 else value
        whole = int(days)
        if not 0 <= days < LAST_DAY + 1:
            return Kind.ERROR, None, "########"
        start = date(1899, 12, 31) if whole < BEFORE_FALSE_LEAP_DAY else date(1899, 12, 30)
        day = start + timedelta(days=whole)
        time = f" {clock(days - whole)}" if days != whole else ""
        return Kind.DATE, day, f"{day.isoformat()}{time}"


def clock(days: Decimal) -> str:
    """Part of a day, or a length of time, in hours and minutes: "07:30"."""
    seconds = int((abs(days) * SECONDS_A_DAY).quantize(Decimal(1), context=Context(prec=400)))
    minutes, rest = divmod(seconds, 60)
    sign = "-" if days < 0 else ""
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}" + (f":{rest:02d}" if rest else "")


def _text(written: str) -> Read:
    text = unescape(written)
    if len(text) > limits.TEXT:
        raise too_much_text()
    return Kind.TEXT, text, text


def boolean(written: str) -> Read:
    """TRUE or FALSE, by any of the ways in which files write them; an error for anything else."""
    if written.strip() in ("1", "true"):
        return Kind.BOOLEAN, True, "TRUE"
    if written.strip() in ("0", "false"):
        return Kind.BOOLEAN, False, "FALSE"
    return Kind.ERROR, None, written[:80]


def _error(written: str) -> Read:
    return Kind.ERROR, None, written[:80]


def iso_date(written: str) -> Read:
    """A day written as 2023-01-31; an error for anything else."""
    try:
        return Kind.DATE, date.fromisoformat(written[:10]), written[:80]
    except ValueError:
        return Kind.ERROR, None, written[:80]
