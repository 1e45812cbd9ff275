"""What time it is for the business: the demo has a date of its own. Never for sessions, links or the audit log."""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
from flask import current_app

LONDON = ZoneInfo("Europe/London")
WEEKEND = 5  # Saturday, counted from Monday as 0


def now() -> datetime:
    """This moment in UTC; in the demo, the same time of day on the demo's date."""
    moment = datetime.now(UTC)
    demo_date = current_app.config.get("DEMO_DATE")
    if demo_date is None:
        return moment
    return datetime.combine(demo_date, moment.astimezone(LONDON).time(), LONDON).astimezone(UTC)


def today() -> date:
    """The day in London."""
    return london_day(now())


def london_day(moment: datetime) -> date:
    """The day it is in London at a moment: 23:30 in UTC on 31 March is already 1 April there."""
    return moment.astimezone(LONDON).date()


def end_of_day(day: date) -> datetime:
    """The last moment of a London day, in UTC: a return that comes then is in time."""
    return datetime.combine(day, time(23, 59, 59, 999999), LONDON).astimezone(UTC)


def working_days_after(day: date, count: int) -> date:
    """The day that is so many working days after another, leaving out weekends and England's bank holidays."""
    closed = _closed(day.year, day.year + 1)
    while count:
        day += timedelta(days=1)
        if day.weekday() < WEEKEND and day not in closed:
            count -= 1
    return day


def working_day_from(day: date) -> date:
    """The day itself where it is a working day, else the next one."""
    return working_days_after(day - timedelta(days=1), 1)


def working_days_between(day: date, later: date) -> int:
    """How many working days have passed from the end of one day to the end of a later one; never below nought."""
    closed = _closed(day.year, max(day.year, later.year))
    passed = (day + timedelta(days=count) for count in range(1, (later - day).days + 1))
    return sum(one.weekday() < WEEKEND and one not in closed for one in passed)


def _closed(first: int, last: int) -> Container[date]:
    return holidays.country_holidays("GB", subdiv="ENG", years=range(first, last + 1))
