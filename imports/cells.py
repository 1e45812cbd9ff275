"""What one cell says: a figure, or in which way there is none.

A cell is refused rather than repaired: nothing but nought is ever read as 0. This module knows no
indicator, sheet or period; `imports.observing` says which kind of figure a cell should hold.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from imports.reading import Cell, Kind, Status

PERCENT = "percent"  # the flag of a figure written as a percentage
MONEY = "money"  # the flag of a figure written with a pound sign
FLAG_MARKS = {"u": "low reliability", "p": "provisional", "r": "revised", "e": "estimated", "b": "break"}
LONGEST_FIGURE = 40  # characters; a longer text is no figure
LARGEST_SUPPRESSED = 10  # "<5" hides a small number; "<1500" is a band, not a hidden number
# A spreadsheet works to 15 digits: what is beyond them was never typed.
FIFTEEN_DIGITS = Context(prec=15)

PHRASES = {
    Status.SUPPRESSED: ("*", "**", "***", "[c]", "c", "suppressed"),
    Status.MISSING: (
        *("-", "--", "---", "..", "...", ":", "[x]", "x", "[u]", "u", "missing", "not available", "no data"),
        *("not recorded", "not known", "unknown", "< select >", "please select"),
    ),
    Status.NOT_COLLECTED: ("not collected", "nc", "n/c", "n.c.", "not collected yet", "not counted", "not monitored"),
    Status.NOT_APPLICABLE: ("n/a", "na", "n.a.", "n.a", "n\\a", "[z]", "z", "not applicable"),
    Status.PENDING: (
        *("tbc", "tbd", "t.b.c.", "[tbc]", "pending", "to be confirmed", "to follow", "to be provided"),
        *("not yet available", "not available yet", "not yet known", "not yet due"),
    ),
}
_STATUS = {phrase: status for status, phrases in PHRASES.items() for phrase in phrases}
_SMALL = re.compile(r"(?:<|<=|≤|less than|fewer than|under) ?([0-9]{1,4})|([0-9]{1,4}) or fewer")
_AWAITED = re.compile(r"await(?:ing|ed)\b.*|to be confirmed\b.*|tb[cd]\b.*|not yet available\b.*|to follow\b.*")
_WITHHELD = re.compile(r"with-?held\b.*")
_DIGITS = r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+"
_IN_WORDS = r"est(?:\.|imated?)?|prov(?:\.|isional)?|rev(?:\.|ised)?"
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-+])?(?P<money>£|gbp)? ?(?P<after>-)?"
    rf"(?P<digits>{_DIGITS}) ?(?P<percent>%)?(?P<close>\))?"
    rf"(?P<flags>(?: ?\[[upreb]\]| ?\((?:[upre]|{_IN_WORDS})\))*)(?P<note>[*†‡^]*)"
)
# In the order in which a spreadsheet program numbers them.
ERROR_WORDS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_PLAIN = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_OUT_OF = rf"{_PLAIN} ?(?:/|of|out of) ?{_PLAIN}"
# Two figures in one cell: "34 (71%)", "75% (n=44)", "75% (33/44)", "34 out of 48", "34 / 48 (71%)".
_TWO_FIGURES = re.compile(
    rf"{_PLAIN} ?\({_PLAIN} ?%\)|{_PLAIN} ?% ?\((?:n ?= ?)?(?:{_PLAIN}|{_OUT_OF})\)"
    rf"|{_PLAIN} (?:/|of|out of) {_PLAIN}|{_OUT_OF} ?[(=] ?{_PLAIN} ?%\)?"
)
_ERROR = re.compile(r"#(?:div/0!|n/a|name\?|null!|num!|ref!|value!|spill!|calc!)")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_SUPERSCRIPTS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_UNRELIABLE = re.compile(r"\[(.*[0-9].*)\]")
_CONDITION = re.compile(r'\[<(=?)([0-9]+)\]"([^"]*)"')
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class Unreadable(Exception):
    """A cell holds something that is no figure; its text is a sentence for whoever typed it."""


class Meaning(NamedTuple):
    """What a cell says. `value` is None unless the status is "reported"; percentages are in percent."""

    value: Decimal | None
    status: Status
    flags: frozenset[str] = frozenset()
    fault: str = ""  # what to put right, where the spreadsheet itself could give no figure


BLANK = Meaning(None, Status.MISSING)


def number(cell: Cell | None) -> Meaning:
    """Any figure, of whatever unit. Raises Unreadable where there is one neither typed nor accounted for."""
    if cell is None or cell.under_merge:
        return BLANK
    return _READERS[cell.kind](cell)


def count(cell: Cell | None) -> Meaning:
    """People, referrals, nights: whole and nought or more. Raises Unreadable otherwise."""
    meaning = amount(cell)
    if MONEY in meaning.flags:
        raise Unreadable("Enter a count, not an amount of money.")
    if meaning.value is not None and meaning.value != meaning.value.to_integral_value():
        raise Unreadable(f"Enter a whole number, not {plain(meaning.value)}.")
    return meaning


def amount(cell: Cell | None, *, places: int | None = None, signed: bool = False) -> Meaning:
    """Days, full-time equivalents, pounds; at most `places` decimals. Raises Unreadable otherwise."""
    meaning = number(cell)
    if meaning.value is None:
        return meaning
    if PERCENT in meaning.flags:
        raise Unreadable(f"Enter the figure itself, not a percentage ({plain(meaning.value)}%).")
    if meaning.value < 0 and not signed:
        raise Unreadable(f"Enter nought or more, not {plain(meaning.value)}.")
    if places is not None and -int(meaning.value.normalize().as_tuple().exponent) > places:
        raise Unreadable(f"Enter at most {places} decimal places, not {plain(meaning.value)}.")
    return meaning


def percentage(cell: Cell | None) -> Meaning:
    """A rate as written, in percent: 80 for "80%", for 80 and for 0.8 shown as 80%.

    Raises Unreadable for a fraction without a % sign, which could be either.
    """
    meaning = number(cell)
    if meaning.value is None:
        return meaning
    if MONEY in meaning.flags:
        raise Unreadable("Enter a percentage, not an amount of money.")
    if PERCENT not in meaning.flags and 0 < meaning.value < 1:
        raise Unreadable(f"{plain(meaning.value)} could be a share or a percentage. Type it with a % sign.")
    if meaning.value < 0:
        raise Unreadable(f"Enter nought or more, not {plain(meaning.value)}%.")
    return meaning


_IS_NUMBER, _IS_TEXT = Kind.NUMBER, Kind.TEXT  # looked up once: every cell of a workbook is asked


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, be it typed as text. Dates and words for "none" are no figures."""
    kind = cell.kind
    if kind is _IS_NUMBER:
        return True
    if kind is not _IS_TEXT or len(cell.shown) > LONGEST_FIGURE:
        return False
    return _NUMBER.fullmatch(tidy(str(cell.value)).casefold()) is not None


def has_two_figures(text: str) -> bool:
    """Whether a text holds two figures where one should stand: "34 (71%)"."""
    return _TWO_FIGURES.fullmatch(tidy(text).casefold()) is not None


def plain(value: Decimal) -> str:
    """A number in digits, without an exponent or idle noughts: "1.5", "1784"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=2048)
def tidy(text: str) -> str:
    """Text as people mean it: one kind of space and dash, none at the ends; raised digits become "†"."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _SUPERSCRIPTS.sub("†", text)).translate(_DASHES)
    elif "  " not in text and text.isprintable():
        return text.strip()  # as almost all are, and some are long
    return " ".join(text.split())


@lru_cache(maxsize=1024)
def is_percent_format(number_format: str) -> bool:
    """Whether a number format shows its numbers as percentages."""
    return "%" in number_format and "%" in _NOT_SHOWN.sub("", number_format)


@lru_cache(maxsize=1024)
def _shown_instead(number_format: str) -> tuple[Decimal, bool, str] | None:
    """For a format such as [<5]"<5": below which number, whether it is included, and what is shown."""
    match = _CONDITION.match(number_format)
    return (Decimal(match[2]), bool(match[1]), match[3]) if match else None


def _of_number(cell: Cell) -> Meaning:
    value = cell.value
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Unreadable("This is not a number. Type the figure again.")
    return _of_value(value, cell.number_format)


@lru_cache(maxsize=4096)
def _of_value(value: Decimal, number_format: str) -> Meaning:
    """What a number says in its format. Kept, because returns are full of small numbers that are read often."""
    if number_format == "General":
        return Meaning(_exact(value), Status.REPORTED)
    hidden = _shown_instead(number_format)
    if hidden and (value < hidden[0] or (hidden[1] and value == hidden[0])):
        return of_words(hidden[2])
    if is_percent_format(number_format):
        return Meaning(_exact(value * 100), Status.REPORTED, frozenset({PERCENT}))
    return Meaning(_exact(value), Status.REPORTED)


def _exact(value: Decimal) -> Decimal:
    if value.adjusted() >= FIFTEEN_DIGITS.prec:
        raise Unreadable("This number is too large to be a figure of a return. Type the figure again.")
    return FIFTEEN_DIGITS.plus(value)  # which also makes -0 plain


def _of_text(cell: Cell) -> Meaning:
    return of_words(str(cell.value))


def status(text: str) -> Status | None:
    """Why there is no figure, where words say nothing else: "NC", "withheld – small numbers". None for others."""
    folded = tidy(text).casefold()
    return _STATUS.get(folded) or _with_more_words(folded)


def _with_more_words(folded: str) -> Status | None:
    """The status of words that also say when, or why."""
    if _WITHHELD.fullmatch(folded):
        return Status.WITHHELD
    return Status.PENDING if _AWAITED.fullmatch(folded) else None


def of_words(text: str) -> Meaning:
    """What a text says as a figure, or in its place. Raises Unreadable for other words."""
    text = tidy(text)
    folded = text.casefold()
    if not folded:
        return BLANK
    if folded in _STATUS:
        return Meaning(None, _STATUS[folded])
    if _ERROR.fullmatch(folded):
        return _error(text)
    if (small := _SMALL.fullmatch(folded)) and int(small[1] or small[2]) <= LARGEST_SUPPRESSED:
        return Meaning(None, Status.SUPPRESSED)
    if told := _with_more_words(folded):
        return Meaning(None, told)
    if bracketed := _UNRELIABLE.fullmatch(folded):
        inner = _of_digits(bracketed[1], text)
        return Meaning(inner.value, inner.status, inner.flags | {FLAG_MARKS["u"]})
    return _of_digits(folded, text)


def _of_digits(folded: str, text: str) -> Meaning:
    match = _NUMBER.fullmatch(folded)
    if not match or bool(match["open"]) != bool(match["close"]):
        raise Unreadable(f"“{text[:40]}” is not a number. {_advice(folded)}")
    value = _exact(Decimal(match["digits"].replace(",", "").replace(" ", "")))
    if match["open"] or "-" in (match["sign"], match["after"]):
        value = -value
    flags = {FLAG_MARKS[mark] for mark in re.findall(r"[(\[]([upreb])", match["flags"])}
    flags |= {PERCENT} if match["percent"] else set()
    flags |= {MONEY} if match["money"] else set()
    flags |= {"note"} if match["note"] else set()
    return Meaning(value + 0, Status.REPORTED, frozenset(flags))


def _advice(folded: str) -> str:
    if folded in {"nil", "none", "zero", "nought", "no"}:
        return "Type 0 if there were none."
    if _TWO_FIGURES.fullmatch(folded):
        return "It holds two figures: give each of them a cell of its own."
    return "Type the figure alone, or say in words that it is not applicable or not yet available."


def _of_blank(cell: Cell) -> Meaning:
    return BLANK


def _of_date(cell: Cell) -> Meaning:
    when = f"{cell.value:%d %B %Y}" if isinstance(cell.value, date) else cell.shown
    raise Unreadable(f"This cell holds a date ({when}), not a figure. Type the number again, as a number.")


def _of_boolean(cell: Cell) -> Meaning:
    raise Unreadable(f"{str(cell.value).upper()} is not a number. Type the figure itself.")


def _of_error(cell: Cell) -> Meaning:
    return _error(cell.shown or str(cell.value))


def _error(word: str) -> Meaning:
    return Meaning(None, Status.ERROR, fault=f"This cell shows {word}. Correct its formula or type the figure.")


def _of_uncalculated(cell: Cell) -> Meaning:
    return Meaning(
        None,
        Status.ERROR,
        fault="The formula in this cell was never calculated, so it has no figure. "
        "Open the file in your spreadsheet program, save it and upload it again.",
    )


_READERS = {
    Kind.BLANK: _of_blank,
    Kind.NUMBER: _of_number,
    Kind.TEXT: _of_text,
    Kind.DATE: _of_date,
    Kind.BOOLEAN: _of_boolean,
    Kind.ERROR: _of_error,
    Kind.UNCALCULATED: _of_uncalculated,
}
