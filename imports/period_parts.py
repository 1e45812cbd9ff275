"""What a text says of a period, also where it says only a part of it: "April" under "2022/23", "Q1" on a sheet.

A part is completed by what stands around it; nothing is guessed. How whole periods are written is decided in
`imports.period_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from imports import period_words
from imports.cells import tidy
from imports.period_part import CALENDAR, FINANCIAL, YEAR, PeriodPart
from imports.period_words import YEARS, Said
from imports.periods import Period

LONGEST = 120  # characters; a longer text says no period of a row or column

_MONTH = "|".join(sorted(period_words.MONTHS, key=len, reverse=True))
_YEAR = YEAR
_PAIR = rf"{_YEAR} ?(?:[-/]|to) ?(?:{_YEAR}|\d\d)(?!\d)"
_NUMBERED = rf"(?:{period_words.QUARTERS}|{period_words.HALVES})\b"
_MONTHS = rf"(?:{_MONTH})\b\.?(?: ?(?:-|to) ?(?:{_MONTH})\b\.?)?"
_LISTED = rf"(?! ?(?:,|and|&|/|-) ?(?:{_MONTH})\b)"  # no further month of a list follows
_SHORT_PAIR = r"\d\d[-/]\d\d(?![\d/-])"
# What is found in the midst of other words: a quarter or half, a financial year, months with their year.
_WITHIN = re.compile(
    rf"(?<![\w£])(?:{_PAIR}[ ,:(-]*)?(?:{_YEAR} )?{_NUMBERED}"
    rf"(?:[ ,:(-]*(?:of )?(?:{_PAIR}|{_SHORT_PAIR}|{_MONTHS} ?(?:{_PAIR}|{_YEAR})|{_YEAR}|{_MONTHS}{_LISTED}))?\)?"
    rf"|(?<![\w£]){_MONTHS}[ -]*(?:of )?(?:{_PAIR}|{_SHORT_PAIR}|{_YEAR}|'?\d\d)"
    rf"(?: ?(?:-|to) ?(?:{_MONTH})\b\.?[ -]*(?:{_YEAR}|'?\d\d))?(?!\d)"
    rf"|(?<![\w£])(?:fy ?)?(?:{_PAIR}|{_SHORT_PAIR})"
)
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? ?(?:of )?(?:{_MONTH})\b\.?,?(?: ?{_YEAR})?|\d{{1,2}}/\d{{1,2}}/{_YEAR})"
_DAYS = re.compile(rf"(?<![\w£/]){_DAY} ?(?:-|to) ?{_DAY}(?![\w/])")  # from one day to another
_RANGE = re.compile(rf"{_NUMBERED} ?(?:-|to) ?{_NUMBERED}")
_JOINING = frozenset({"and", "to", "&"})
_ALONE = re.compile(rf"(?<![\w£/-])(?<!to ){_YEAR}(?![\w/-]| to \d)|(?<![\w-]){_MONTHS}(?![\w-])")
_SINCE = re.compile(
    r"\b(?:since|from|as at|at|by|before|after|until|on|of the|at the end of|aged?|\d{1,2}(?:st|nd|rd|th)?)\s*$"
    rf"|\b(?:{_MONTH})\s*$"
)
_UP_TO = re.compile(
    r"^(?:(?P<count>\d{1,2}|three|six|nine|twelve) months?|(?P<kind>quarter|half[- ]year|year|y/?e))"
    r"(?: ?\(?(?:ending|ended|end|to|up to)\)?)? ?:? (?P<rest>.+)$"
)
_ROLLING = re.compile(
    r"^(?:the )?(?:latest|last|past|most recent|rolling) (?P<count>\d{1,2}|three|six|nine|twelve) months?$"
)
_COUNTS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_KINDS = {"quarter": 3, "half-year": 6, "half year": 6, "year": 12, "y/e": 12, "ye": 12}


@lru_cache(maxsize=4096)
def said(written: str) -> PeriodPart | None:
    """What a text says that is a period and nothing else; None for any other text."""
    text = _plain(written)
    if not text or len(text) > LONGEST:
        return None
    if rolling := _ROLLING.match(text):
        return PeriodPart(written, rolling=_COUNTS.get(rolling["count"]) or int(rolling["count"]))
    if (up_to := _UP_TO.match(text)) and (found := _up_to(written, up_to)):
        return found
    if re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", text) and (month := period_words.parse(text)):
        return PeriodPart(written, month)
    tokens = period_words.tokens_of(text.replace(" to date", "").replace(" to ", "-"))
    if not tokens or all(kind in ("dash", "two", "short") for kind, _ in tokens):
        return _of_short_year(written, text)
    try:
        gathered = period_words.gathered(tokens)
    except ValueError:
        return None
    return _part(written, gathered)


def _of_short_year(written: str, text: str) -> PeriodPart | None:
    """ "04/05" and "15/16" are financial years where nothing else is said."""
    match = re.fullmatch(r"(?:fy ?)?(\d\d)[-/](\d\d)", text)
    if match and (int(match[1]) + 1) % 100 == int(match[2]):
        year = int(match[1]) + (2000 if int(match[1]) < 80 else 1900)
        return PeriodPart(written, Period.financial_year(year), year=(FINANCIAL, year))
    return None


def _up_to(written: str, match: re.Match[str]) -> PeriodPart | None:
    """ "Year ending March 2023", "quarter to 30 June 2022", "12 months to June 2022"."""
    last = said(match["rest"])
    count = match["count"] or ""
    months = _KINDS.get(match["kind"] or "") or _COUNTS.get(count) or int(count)
    end = last.period if last and last.months else None
    if end is None or end.months > 1:
        return None
    return PeriodPart(written, Period.months_to(end.end, months))


def of_date(day: date) -> PeriodPart | None:
    """The month that a date in a heading stands for: its first or last day; None for any other day."""
    found = period_words.parse(day)
    return PeriodPart(day.isoformat(), found) if found else None


@lru_cache(maxsize=4096)
def within(written: str, *, alone: bool = False) -> tuple[PeriodPart | None, str]:
    """The period said in the midst of other words, and the words without it: "Q1 2022/23 actual" and "actual".

    A date that belongs to the words, such as "open at 31 March", is none. A year or a month with no other
    word of a period beside it counts only where `alone` says so: "Domestic Abuse Act 2021" is no year's figure.
    """
    if whole := said(written):
        return whole, ""
    text = _plain(written)
    if len(text) > LONGEST:
        return None, written
    found, rest = _cut(text, _DAYS)
    if not found:
        found, rest = _cut(text, _WITHIN)
    if alone:
        more, rest = _cut(rest, _ALONE)
        found += more
    part = _together(found) or _joined(found, is_range=_RANGE.search(text) is not None)
    rest = " ".join(rest.split()).strip(" -:,/|()")
    return (part, "" if rest in _JOINING else _closed(rest)) if part else (None, written)


def _closed(text: str) -> str:
    """A text with its last bracket closed, where the period stood behind it: "referrals (previous year)"."""
    return f"{text})" if text.count("(") > text.count(")") else text


def without(written: str) -> str:
    """A text without the period said in it: "Activity" of "Activity 21-22"."""
    return within(written, alone=True)[1]


def _cut(text: str, pattern: re.Pattern[str]) -> tuple[list[PeriodPart], str]:
    """The periods that a pattern finds in a text, and the text without them."""
    found, rest, done = [], [], 0
    for match in pattern.finditer(text):
        part = said(match[0].strip(" ,:(-)"))
        if part and (pattern is _DAYS or not _SINCE.search(text[: match.start()])):
            found.append(part)
            rest.append(text[done : match.start()])
            done = match.end()
    return found, " ".join([*rest, text[done:]])


def _together(found: list[PeriodPart]) -> PeriodPart | None:
    """The shortest of several, with the year of another; None where two of the same length are different."""
    if not found:
        return None
    year = year_of(found)
    shortest = min(found, key=lambda part: (part.size, part.period is None))
    rivals = {part.within(year) or part for part in found if part.size == shortest.size}
    if len(rivals) > 1:
        return _around_all(found, year)
    others = [part for part in found if part is not shortest]
    if shortest.period or shortest.year or not others:
        return shortest
    return replace(shortest, year=year, text=" ".join(part.text for part in found))


def _around_all(found: list[PeriodPart], year: tuple[str, int] | None) -> PeriodPart | None:
    """The shortest that holds all the others: "Quarter 2 2023-24 (July, August and September)"."""
    any_year = year or (FINANCIAL, YEARS.start)  # the same for all, so that they can be compared
    for part in sorted(found, key=lambda one: one.size):
        whole, inner = part.within(any_year), [other.within(any_year) for other in found]
        if whole and all(other and whole.contains(other) for other in inner):
            return part if part.period or part.year else replace(part, year=year)
    return None


def _joined(found: list[PeriodPart], *, is_range: bool) -> PeriodPart | None:
    """All of several quarters that follow one another in one year: "Q1 & Q2", "Q1 to Q3"; None for any others."""
    several = [part.numbered[1] for part in found if part.numbered and part.numbered[0] == "quarter"]
    if len(several) < 2 or len(several) != sum(not part.is_year for part in found):
        return None
    first, last = several[0], several[-1]
    whole = [first, last] if is_range and first < last else list(range(first, first + len(several)))
    if several != whole or sum(part.year is not None for part in found) > 1:
        return None
    months = (first * 3 % 12 + 1, last * 3 % 12 + 3)
    return PeriodPart(" ".join(part.text for part in found), months=months, year=year_of(found))


def year_of(parts: Iterable[PeriodPart]) -> tuple[str, int] | None:
    """The year that the first of these says which says one."""
    for part in parts:
        if part.year:
            return part.year
        if part.period:
            return FINANCIAL, part.period.year
    return None


def _plain(written: str) -> str:
    return tidy(written).casefold().strip(" *†‡^:;.-")


def _part(written: str, gathered: Said) -> PeriodPart | None:
    """None for months that make no period, such as a day in the midst of one."""
    year = _year(gathered)
    months = (gathered.ends[0].month, gathered.ends[-1].month) if gathered.ends else None
    if len(gathered.ends) > 2:
        return None
    if _is_calendar_quarter(gathered, months):
        gathered = replace(gathered, numbered=None)
    found = period_words.agreed(gathered)
    if found is None and (any(end.year for end in gathered.ends) or (gathered.ends and year and gathered.numbered)):
        return _spanning(written, gathered)
    if gathered.ends and any(end.day not in (None, 1) for end in gathered.ends) and found is None:
        return None
    return PeriodPart(written, found, months, gathered.numbered, year)


def _is_calendar_quarter(gathered: Said, months: tuple[int, int] | None) -> bool:
    """Whether a quarter is numbered in the calendar year and its months say so: "Q1 (Jan-Mar 2023)"."""
    name, number = gathered.numbered or ("", 0)
    return name == "quarter" and months == (3 * number - 2, 3 * number)


def _spanning(written: str, gathered: Said) -> PeriodPart | None:
    """Whole months from one named with its year to another, of whatever length: "May 2022 to July 2022"."""
    if gathered.numbered or len(gathered.ends) != 2:
        return None
    first, last = gathered.ends
    closing = last.year or (first.year or 0) + (last.month < first.month)
    opening = first.year or closing - (first.month > last.month)
    start, end = Period.month(opening, first.month), Period.month(closing, last.month)
    whole = first.day in (None, 1) and last.day in (None, end.end.day)
    if not whole or not start.start < end.end or opening not in YEARS:
        return None
    return PeriodPart(written, Period(start.start, end.end), (first.month, last.month))


def _year(gathered: Said) -> tuple[str, int] | None:
    if gathered.year is not None:
        return FINANCIAL, gathered.year
    return (CALENDAR, gathered.calendar) if gathered.calendar is not None else None
