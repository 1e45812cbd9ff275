"""How long a contract runs, with its options to extend. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month stays the last day of a month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    length = calendar.monthrange(year, month)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month, length if is_last else min(day.day, length))


def ends_with(ends_on: date, options: Iterable[int]) -> list[date]:
    """The day on which the contract ends after each option in turn, given the months of each."""
    ends = []
    for months in options:
        ends_on = months_later(ends_on, months)
        ends.append(ends_on)
    return ends


def decide_by(ends_on: date, notice_months: int) -> date:
    """The last day to decide on extending a contract that ends on a day and needs so much notice."""
    return months_later(ends_on, -notice_months)
