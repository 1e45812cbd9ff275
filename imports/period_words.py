"""The many ways in which people write periods, and a sentence for those that nobody can be sure of.

A text is cut into tokens; every token must be understood, and every way in which the text says its
period must agree. Otherwise there is no period: none is ever guessed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from imports.periods import MONTHS_IN, Period

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
YEARS = range(1900, 2100)  # a date beyond them is a slip, or not a date
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_QUARTER = r"(?:quarter|quater|qtr)"  # as it is written, also in a hurry
# A quarter or half by its number: "Q1", "Qtr. 2", "3rd quarter", "first half".
QUARTERS = rf"(?:(?:q|{_QUARTER})[ .]{{0,2}}[1-4]|(?:{'|'.join(_ORDINALS)}) {_QUARTER})"
HALVES = r"(?:(?:h|half)[ .]?[12]|(?:first|second|1st|2nd) half)"
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d)(?:[t ]00:00(?::00)?)?(?!\d)"
    r"|(?P<british>\d{1,2}/\d{1,2}/\d{4})"
    r"|(?P<numeric>(?:0?[1-9]|1[0-2])[/.](?:19|20)\d\d)(?!\d)"
    rf"|(?P<long>(?:19|20)\d\d ?[-/] ?(?:(?:19|20)\d\d|\d\d))(?!\d)"
    rf"(?!(?:st|nd|rd|th)? ?(?:of )?(?:{_NAMES})\b)"
    r"|(?P<short>\d\d ?[-/] ?\d\d)(?!\d)"
    rf"|(?P<quarter>{QUARTERS})\b|(?P<half>{HALVES})\b"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?= ?(?:of )?(?:{_NAMES})\b)"
    rf"|(?P<month>{_NAMES})\b\.?"
    r"|(?P<calendar>(?:19|20)\d\d)\b|(?P<two>'?\d\d)\b"
    r"|(?P<word>(?:full|financial|whole) year|fy|year|months?|of|in|the|for|to date|ytd)(?=\b|\d)"
    r"|(?P<dash>-)|(?P<space>[\s:,()*†^]+)"
)
_DAY = re.compile(
    r"(?<!\d)(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<british>\d{1,2}/\d{1,2}/\d{4})"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)? ?(?:of )?(?P<month>{_NAMES})\b\.?,? ?(?P<year>(?:19|20)\d\d))(?!\d)"
)
_DASHED = re.compile(r"[‐‑‒–—−]|\b(?:to|until)\b(?! date)")


@dataclass(frozen=True, slots=True)
class NamedMonth:
    """One end of a span of months; the calendar year may be unsaid."""

    month: int
    year: int | None = None
    day: int | None = None


def parse(written: str | date, *, year: int | None = None) -> Period | None:
    """The period that somebody wrote: "Q1 2022-23", "Apr-Jun 22", "2022/23", a date. None when unsure.

    `year` is the financial year, by its starting calendar year, for a text that names none ("Quarter 1").
    "Q4 2023" is None: it may be a quarter of 2023/24 or of the calendar year. `why_unsure` says so.
    """
    found = _of_date(written) if isinstance(written, date) else _of_text(written, year)
    return found if found and found.year in YEARS else None


def _of_text(written: str, year: int | None) -> Period | None:
    text = " ".join(written.split()).casefold()
    if re.fullmatch(r"\d{4}-(?:[qh]\d|0[1-9]|1[0-2])", text):
        return None if _is_year_pair(text) else _of_key(text.upper())
    tokens = tokens_of(_DASHED.sub("-", text)) or []
    return _agreed(tokens, year) if any(kind != "dash" for kind, _ in tokens) else None


def day(written: str) -> date | None:
    """The one day that a text names: "31/01/2023", "by 31 January 2023". None when it names none, or two."""
    text = _DASHED.sub("-", " ".join(written.split()).casefold())
    try:
        found = {_day_of(match) for match in _DAY.finditer(text)}
    except ValueError:
        return None
    return found.pop() if len(found) == 1 else None


def _day_of(match: re.Match[str]) -> date:
    """Raises ValueError for a day that is in no calendar."""
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    if match["british"]:
        day, month, year = (int(part) for part in match["british"].split("/"))
        return date(year, month, day)
    return date(int(match["year"]), MONTHS[match["month"]], int(match["day"]))


def why_unsure(written: str) -> str:
    """A sentence for a text that is no certain period: what was found, and how to write it."""
    tokens = tokens_of(_DASHED.sub("-", " ".join(written.split()).casefold())) or []
    kinds = {kind for kind, _ in tokens}
    if kinds == {"quarter", "calendar"}:
        (number,) = (_number(value) for kind, value in tokens if kind == "quarter")
        (start,) = (int(value) for kind, value in tokens if kind == "calendar")
        label = Period.financial_year(start).label
        return (
            f"“{written}” could be a quarter of {label} or of the calendar year {start}. "
            f"Write it as Q{number} {label}, or with its months."
        )
    if kinds and kinds <= {"quarter", "half", "month", "dash"}:
        return f"“{written}” does not say which year. Write it as, for example, Q1 2022/23."
    return f"“{written[:40]}” is not a period we can read. Write it as, for example, Q1 2022/23."


def _of_date(day: date) -> Period | None:
    """The month of its first or last day, as spreadsheets write months; None for any other day."""
    day = date(day.year, day.month, day.day)
    if day.year not in YEARS:
        return None
    month = Period.month(day.year, day.month)
    return month if day in (month.start, month.end) else None


def _of_key(key: str) -> Period | None:
    try:
        return Period.from_key(key)
    except ValueError:
        return None


def _is_year_pair(text: str) -> bool:
    """ "2003-04" may be the year 2003/04 as well as April 2003."""
    return re.fullmatch(r"\d{4}-\d\d", text) is not None and (int(text[:4]) + 1) % 100 == int(text[5:])


def tokens_of(text: str) -> list[tuple[str, str]] | None:
    """The text cut up, without spaces and words that say nothing; None when something is unknown."""
    tokens, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match or not match.end() > position:
            return None
        if match.lastgroup not in ("space", "word"):
            tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
        position = match.end()
    return tokens


@dataclass(slots=True)
class Said:
    """The parts of a text that may each say which period is meant."""

    ends: list[NamedMonth]
    numbered: tuple[str, int] | None = None  # ("quarter", 1)
    year: int | None = None  # a financial year
    calendar: int | None = None  # a year that belongs to no month

    def years(self) -> bool:
        """Whether any part names a year."""
        return self.year is not None or self.calendar is not None or any(end.year for end in self.ends)


def _agreed(tokens: list[tuple[str, str]], year: int | None) -> Period | None:
    try:
        said = gathered(tokens)
    except ValueError:
        return None
    if not said.years():
        said.year = year
    return agreed(said)


def agreed(said: Said) -> Period | None:
    """The period that every part of a text says; None where they differ, or nothing says which year."""
    try:
        found = set(readings(said))
    except ValueError:
        return None
    return found.pop() if len(found) == 1 else None


def gathered(tokens: list[tuple[str, str]]) -> Said:
    """Raises ValueError for tokens that make no period together."""
    said, day, before = Said([]), None, ""
    for kind, value in tokens:
        if kind == "month":
            said.ends.append(NamedMonth(MONTHS[value], None, day))
            day = None
        elif kind == "day":
            day = int(value)
        elif kind in ("calendar", "two") and before == "month":
            calendar_year = int(value) if kind == "calendar" else int(value.strip("'")) + 2000
            said.ends[-1] = NamedMonth(said.ends[-1].month, calendar_year, said.ends[-1].day)
        else:
            _note(said, kind, value)
        before = before if kind == "dash" else kind
    return said


def _note(said: Said, kind: str, value: str) -> None:
    match kind:
        case "iso" | "british":
            parts = [int(part) for part in re.split("[-/]", value)]
            when = date(*parts) if kind == "iso" else date(*reversed(parts))
            said.ends.append(NamedMonth(when.month, when.year, when.day))
        case "numeric":
            month, year = (int(part) for part in re.split("[/.]", value))
            said.ends.append(NamedMonth(month, year))
        case "long" | "short" if said.year is None:
            said.year = _financial_year(value)
        case "quarter" | "half" if said.numbered is None:
            said.numbered = kind, _number(value)
        case "calendar" if said.calendar is None:
            said.calendar = int(value)
        case "dash":
            pass
        case _:
            raise ValueError(value)


def _number(text: str) -> int:
    """1 for "Q1", "Quarter 1" and "first quarter"."""
    return _ORDINALS.get(text.split()[0]) or int(text[-1])


def _financial_year(text: str) -> int:
    """2022 for "2022/23", "2022-2023" and "22/23". Raises ValueError unless the years follow each other."""
    first, second = (int(part) for part in re.split("[-/]", text))
    if first < 100:
        if second <= 12:
            raise ValueError(f"{text} may be a day and a month")
        first += 2000
    if (first + 1) % 100 != second % 100 or (second > 100 and second != first + 1):
        raise ValueError(f"{text} is no financial year")
    return first


def readings(said: Said) -> Iterator[Period | None]:
    """What each part of the text says by itself; all must be the same."""
    span = _span(said) if said.ends else None
    if said.ends:
        yield span
    if said.numbered:
        yield _numbered(said, span)
    if said.year is not None and not (said.ends or said.numbered or said.calendar):
        yield Period.financial_year(said.year)
    if said.year is not None and span is not None and span.year != said.year:
        yield None


def _numbered(said: Said, span: Period | None) -> Period | None:
    """None for a number without a year, or with one that may be a calendar year."""
    kind, number = said.numbered or ("", 0)
    start = said.year if said.year is not None else said.calendar if said.ends else None
    if start is not None:
        return Period.quarter(start, number) if kind == "quarter" else Period.half(start, number)
    return span if span is not None and (span.kind, span.number) == (kind, number) else None


def _span(said: Said) -> Period | None:
    """The period from the first month said to the last; None unless it is one of the financial year's."""
    if len(said.ends) > 2:
        return None
    first, last = said.ends[0], said.ends[-1]
    opening, closing = _calendar_years(said, first, last)
    if opening is None or closing is None:
        return None
    end = Period.month(closing, last.month).end
    if last.day not in ((1, end.day, None) if first is last else (end.day, None)):
        return None
    if first is not last and first.day not in (1, None):
        return None
    start = date(opening, first.month, 1)
    for kind, length in MONTHS_IN.items():
        period = Period.starting(start, kind)
        if period.end == end and (start.month - 4) % length == 0:
            return period
    return None


def _calendar_years(said: Said, first: NamedMonth, last: NamedMonth) -> tuple[int | None, int | None]:
    """The calendar years of the two ends, the unsaid worked out from the said."""
    if first.year is None and last.year is None:
        if said.year is not None:
            return said.year + (first.month < 4), said.year + (last.month < 4)
        return (None, None) if said.calendar is None else (said.calendar, said.calendar)
    if first.year is None and last.year is not None:
        return last.year - (first.month > last.month), last.year
    if last.year is None and first.year is not None:
        return first.year, first.year + (last.month < first.month)
    return first.year, last.year
