"""One OpenDocument cell's attributes and words → its kind, its value and what a person sees of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from imports.kinds import Kind
from imports.workbook import limits
from imports.workbook.ods_formulas import plain
from imports.workbook.ods_names import CALC, OFFICE, TABLE
from imports.workbook.refusal import too_large, too_much_text
from imports.workbook.values import FIFTEEN_DIGITS, SECONDS_A_DAY, Read, boolean, clock, general, iso_date
from imports.workbook.xml import Attributes

BLANK: Read = (Kind.BLANK, None, "")
ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|Err:\d+")
LENGTH = re.compile(r"(-?)P(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,12})?)S)?)?", re.ASCII)
TYPE, VALUE, FORMULA = f"{OFFICE}value-type", f"{OFFICE}value", f"{TABLE}formula"
TIME = re.compile(r"T(\d{2}:\d{2})(?::00|(:\d{2}))?(?:[.,]\d*)?Z?", re.ASCII)
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


class Stored(NamedTuple):
    """What a cell holds, whether or not it stands in one place alone."""

    read: Read
    number_format: str
    formula: str | None


def stored(attributes: Attributes, words: str | None, number_format: str) -> Stored:
    """What one cell holds, by the kind that the file says its value is."""
    formula = _formula(attributes.get(FORMULA))
    kind = attributes.get(TYPE)
    if attributes.get(f"{CALC}value-type") == "error" or (formula is not None and words and ERROR.fullmatch(words)):
        return Stored((Kind.ERROR, None, words or "#VALUE!"), number_format, formula)
    if formula is not None and kind is None and not words:
        return Stored((Kind.UNCALCULATED, None, f"={formula}"), number_format, formula)
    if formula in ("TRUE()", "FALSE()"):
        return Stored(boolean(formula[:-2].lower()), number_format, formula)
    return Stored(READERS.get(kind or "", _text)(attributes, words), _format(kind, number_format, attributes), formula)


def _formula(written: str | None) -> str | None:
    if written is None:
        return None
    if len(written) > limits.TEXT:
        raise too_large(f"one of its formulas is longer than {limits.TEXT:,} characters")
    return plain(written)


def _format(kind: str | None, number_format: str, attributes: Attributes) -> str:
    """The cell's format; where that does not say what the value's kind says, the plainest one that does."""
    if kind == "percentage" and "%" not in number_format:
        return "0.00%"
    if kind == "currency" and number_format == "General":
        code = attributes.get(f"{OFFICE}currency", "")[:8]
        return f'"{SIGNS.get(code, code)}"#,##0.00'
    return number_format


def _number(attributes: Attributes, _: str | None) -> Read:
    return general(attributes.get(VALUE, ""))


def _date(attributes: Attributes, _: str | None) -> Read:
    written = attributes.get(f"{OFFICE}date-value", "").strip()
    kind, value, shown = iso_date(written.partition("T")[0])
    time = TIME.fullmatch(written[10:])
    if kind is Kind.DATE and time and (time[1], time[2]) != ("00:00", None):
        shown = f"{shown} {time[1]}{time[2] or ''}"
    return kind, value, shown


def _length(attributes: Attributes, _: str | None) -> Read:
    """A time of day or a length of time, as the part of a day that it is."""
    written = attributes.get(f"{OFFICE}time-value", "").strip()
    match = LENGTH.fullmatch(written)
    if not match:
        return Kind.ERROR, None, written[:80]
    days, hours, minutes, seconds = (Decimal(match[part] or 0) for part in range(2, 6))
    length = days + (hours * 3600 + minutes * 60 + seconds) / SECONDS_A_DAY
    value = FIFTEEN_DIGITS.plus(-length if match[1] else length)
    return Kind.NUMBER, value, clock(value)


def _boolean(attributes: Attributes, _: str | None) -> Read:
    return boolean(attributes.get(f"{OFFICE}boolean-value", ""))


def _text(attributes: Attributes, words: str | None) -> Read:
    text = attributes.get(f"{OFFICE}string-value", "") if words is None else words
    if len(text) > limits.TEXT:
        raise too_much_text()
    return (Kind.TEXT, text, text) if text else BLANK


READERS: dict[str, Callable[[Attributes, str | None], Read]] = {
    "float": _number,
    "percentage": _number,
    "currency": _number,
    "date": _date,
    "time": _length,
    "boolean": _boolean,
}
