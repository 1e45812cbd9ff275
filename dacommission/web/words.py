"""Dates, times and numbers as the pages write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from dacommission.web.clock import LONDON


def day(value: date | None) -> str:
    """ "5 April 2023"; "" when there is none."""
    return f"{value.day} {value:%B %Y}" if value else ""


def moment(value: datetime | None) -> str:
    """ "Friday 21 July 2023, 23:59", as a clock in London shows it."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}"


def due_day(value: datetime | None) -> str:
    """ "Friday 21 July 2023": a deadline's day in London, with its weekday."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y}"


def pounds(value: Decimal | None) -> str:
    """ "£21,832.75"; "Not known" when there is no amount."""
    return "Not known" if value is None else f"£{value:,.2f}"


def financial_year(value: int) -> str:
    """2022 → "2022/23"."""
    return f"{value}/{(value + 1) % 100:02d}"


def plain_number(value: Decimal | int | None) -> str:
    """ "9,739", "79.98", "80.5" also where 80.500 was worked out; "" when there is none."""
    words = "" if value is None else f"{Decimal(value):,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


FILTERS: dict[str, Callable[..., str]] = {
    "day": day,
    "moment": moment,
    "due_day": due_day,
    "pounds": pounds,
    "financial_year": financial_year,
    "plain_number": plain_number,
}
