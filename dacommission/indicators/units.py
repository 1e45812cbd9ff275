"""What figures are counted in, and how each is written.

Rounding happens here, when a figure is shown, and nowhere else; halves go up. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing to count in."""

    key: str
    name: str  # for many: "people"
    one: str  # for one: "person"
    sensitive: bool  # whether a small number of them could point to somebody
    decimals: int = 0
    whole: bool = True  # whether only whole numbers make sense
    before: str = ""
    after: str = ""
    scale: int = 1  # what a rate in this unit is multiplied by: 100 for a percentage

    def text(self, value: Decimal | int, decimals: int | None = None) -> str:
        """The figure as written: "9,739", "80%", "£21,832.75"."""
        number = rounded(Decimal(value), self.decimals if decimals is None else decimals)
        sign = "-" if number < 0 else ""
        return f"{sign}{self.before}{abs(number):,f}{self.after}"

    def phrase(self, value: Decimal | int, decimals: int | None = None) -> str:
        """The figure with its noun: "1 person", "9,739 referrals"; just the figure where a sign says it."""
        text = self.text(value, decimals)
        if self.before or self.after:
            return text
        return f"{text} {self.one if value == 1 else self.name}"


def _counted(key: str, one: str, *, sensitive: bool, name: str | None = None) -> Unit:
    return Unit(key, name or key, one, sensitive)


UNITS: MappingProxyType[str, Unit] = MappingProxyType(
    {
        unit.key: unit
        for unit in (
            _counted("people", "person", sensitive=True),
            _counted("households", "household", sensitive=True),
            _counted("families", "family", sensitive=True),
            _counted("referrals", "referral", sensitive=True),
            _counted("cases", "case", sensitive=True),
            _counted("calls", "call", sensitive=True),
            _counted("contacts", "contact", sensitive=True),
            _counted("plans", "plan", sensitive=True),
            _counted("crimes", "crime", sensitive=True),
            _counted("incidents", "incident", sensitive=True),
            _counted("complaints", "complaint", sensitive=True),
            _counted("units", "unit", sensitive=False),
            _counted("bedspaces", "bedspace", sensitive=False),
            _counted("nights", "night", sensitive=False),
            _counted("working-days", "working day", sensitive=False, name="working days"),
            _counted("sessions", "session", sensitive=False),
            _counted("attendances", "attendance", sensitive=False),
            _counted("items", "item", sensitive=False),
            _counted("actions", "action", sensitive=False),
            _counted("risks", "risk", sensitive=False),
            Unit("fte", "full-time equivalent", "full-time equivalent", False, decimals=2, whole=False),
            Unit(
                "days-per-fte",
                "days for each full-time equivalent",
                "day for each full-time equivalent",
                False,
                decimals=1,
                whole=False,
            ),
            Unit("percent", "percent", "percent", False, whole=False, after="%", scale=100),
            Unit("pounds", "pounds", "pound", False, decimals=2, whole=False, before="£"),
            Unit("ratio", "for each", "for each", False, decimals=1, whole=False),
            Unit("per-10000", "for every 10,000", "for every 10,000", False, whole=False, scale=10_000),
        )
    }
)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Rounded to so many decimals, halves away from nought; never minus nought."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + Decimal(0)


def text(value: Decimal | int | None, unit_key: str, decimals: int | None = None) -> str:
    """The figure as written in its unit; nothing for an unknown figure, which is not nought."""
    return "" if value is None else UNITS[unit_key].text(value, decimals)
