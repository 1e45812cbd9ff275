"""The rules about money: what was spent, what was meant to be, and what the funding bodies pay."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from imports.periods import Period
from imports.reading import Observation, Part, Severity
from imports.relations import Money
from imports.rules import Context, Fault, at, named, rule

OVERSPENT = Decimal(5)  # percent above the profile that is within a contract's ordinary tolerance
VARIANCE = Decimal(1)  # percent by which a year's budget may differ from what the funding bodies pay
HUNDRED = Decimal(100)


@rule("V16", Severity.WARNING)
def spend_within_budget(context: Context) -> Iterator[Fault]:
    """Spending more than 5% above what was meant to be spent by now is for the funding bodies to know early."""
    for money in context.relations.money:
        for period in context.periods:
            spent, budget = context.reported(money.spent, period), context.reported(money.budget, period)
            if spent and budget and spent[0] > _above(budget[0], OVERSPENT):
                yield at(
                    spent[1],
                    f"{named(context.term(money.spent))} is {pounds(spent[0])}, more than 5% above the "
                    f"{pounds(budget[0])} of {named(context.term(money.budget))}. Check both, or say why in the "
                    "comment.",
                    budget[1],
                )


@rule("V16", Severity.WARNING)
def budget_is_what_funders_pay(context: Context) -> Iterator[Fault]:
    """What a contract means to spend in a year is what its funding bodies pay for it, give or take 1%.

    The budget profiled so far in the year cannot exceed their contributions, and in the last quarter comes to them;
    nor can the year be forecast to cost more. Nothing is compared while a contribution is not known.
    """
    if context.expected is None or context.expected.contributions is None:
        return
    paid, period = context.expected.contributions, context.expected.period
    for money in context.relations.money:
        yield from _budget_of_the_year(context, money, period, paid)
        forecast = context.reported(money.forecast, period)
        if forecast and forecast[0] > _above(paid, VARIANCE):
            yield at(
                forecast[1],
                f"{named(context.term(money.forecast))} is {pounds(forecast[0])}, more than the {pounds(paid)} that "
                f"the funding bodies pay in {period.year_label}. Check it, or say in the comment who pays the rest.",
            )


def _budget_of_the_year(context: Context, money: Money, period: Period, paid: Decimal) -> Iterator[Fault]:
    found = _profiled(context, money.budget, period)
    if found is None:
        return
    profiled, seen = found
    is_whole = period.end == period.whole_year.end
    if profiled > _above(paid, VARIANCE) or (is_whole and profiled < _above(paid, -VARIANCE)):
        yield at(
            seen,
            f"{named(context.term(money.budget))} comes to {pounds(profiled)} in {period.year_label}"
            f"{'' if is_whole else ' so far'}, but the funding bodies pay {pounds(paid)}. Check the profile, or ask "
            "for the contributions to be corrected.",
        )


def _profiled(context: Context, code: str, period: Period) -> tuple[Decimal, Observation] | None:
    """The budget of the year's quarters up to this one, and where this one stands; None while one is not known."""
    now = context.reported(code, period)
    before = context.lines[code].so_far.get(Part.VALUE) if code in context.lines else None
    if now is None or (before is None and period.number > 1):
        return None
    return now[0] + (before or 0), now[1]


def _above(amount: Decimal, percent: Decimal) -> Decimal:
    return amount * (HUNDRED + percent) / HUNDRED


def pounds(amount: Decimal) -> str:
    """An amount in words: "£1,250.50"."""
    return f"£{amount:,.2f}".removesuffix(".00")
