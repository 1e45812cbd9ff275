"""The formulas of the rules about figures of one return: there, possible, and in agreement with each other.

Each says in a spreadsheet what the rule of its key says on the page, word for word.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from imports import finance, observing
from imports.cells import plain
from imports.reading import Part
from imports.relations import RELATIONS
from imports.rules import borrowed, named
from imports.template_checks import (
    Asked,
    Check,
    Count,
    Figure,
    Formula,
    compiled,
    said,
    text,
    together,
)


@compiled("mandatory-missing")
def mandatory_missing(asked: Asked) -> Iterator[Check]:
    for line, term in asked.terms():
        wanted = [part for part in observing.parts(term) if borrowed(term, part) not in asked.context.lines]
        figures = [asked.figures[line.code, part] for part in wanted]
        if not line.mandatory or not figures:
            continue
        blank = [f'{figure.value}=""' for figure in figures]
        first, what = figures[0].where, f"{wanted[0]} is"
        lacking, short = Formula(text(what)), Formula(text(_enter(wanted)))
        if len(figures) > 1:
            both = Formula(text(" and the ".join(wanted) + " are"))
            one = f"IF({blank[0]},{text(what)},{text(f'{wanted[1]} is')})"
            lacking = Formula(f"IF(AND({','.join(blank)}),{both},{one})")
            first = Formula(f"IF({blank[0]},{figures[0].where},{figures[1].where})")
            each = f"IF({blank[0]},{text(_enter(wanted[:1]))},{text(_enter(wanted[1:]))})"
            short = Formula(f"IF(AND({','.join(blank)}),{text('Enter both counts or choose a status')},{each})")
        advice = " blank. Enter a figure, or choose a status such as “Not yet available”."
        yield Check(
            figures[0],
            f"OR({','.join(blank)})",
            said(f"{named(term)}: the ", lacking, advice),
            short,
            where=first,
        )


def _enter(parts: list[Part]) -> str:
    return "Enter a figure or choose a status" if parts[0] is Part.VALUE else f"Enter the {parts[0]}"


@compiled("numerator-within-denominator")
def numerator_within_denominator(asked: Asked) -> Iterator[Check]:
    for _, term, above, below in asked.rates():
        if term.part_of_whole and term.count_type == "R":
            yield Check(
                above,
                f"AND({together(above, below)},{above.value}>{below.value})",
                said(
                    *(f"{named(term)}: the numerator ", above.value, " is more than the denominator ", below.value),
                    ", which it is part of. Check both.",
                ),
                Formula(text("Numerator is more than denominator")),
                (below,),
                tuple(above.doubt_of_twin) if isinstance(above, Count) else (),
                code=term.code,
            )


@compiled("denominator-nought")
def denominator_nought(asked: Asked) -> Iterator[Check]:
    for _, term, above, below in asked.rates():
        nobody = f",{above.value}=0" if term.part_of_whole else ""
        yield Check(
            above,
            f"AND({together(above, below)},{below.value}=0{nobody})",
            said(
                f"{named(term)}: the denominator is 0, so there is no rate. "
                "Choose “Not applicable” if there was nobody to count."
            ),
            Formula(text("The denominator is 0")),
            (below,),
            code=term.code,
        )


@compiled("counts-agree-with-their-indicator")
def counts_agree_with_their_indicator(asked: Asked) -> Iterator[Check]:
    for _, term, *counts in asked.rates():
        for count in counts:
            if isinstance(count, Count):
                own, other = count.own, count.other
                address = f'MID({other.where},FIND("!",{other.where})+1,9)'
                yield Check(
                    own,
                    f"AND({together(own, other)},{own.value}<>{other.value})",
                    said(
                        *(f"{named(term)}: the {own.part} is ", own.value, f", but {other.term.code} is "),
                        *(other.value, " in ", Formula(address), ". Check which is right; left empty, it takes the "),
                        f"figure of {other.term.code}.",
                    ),
                    said("Not the ", other.value, f" of {other.term.code}"),
                    (other, *(asked.figures[term.code, part] for part in observing.parts(term))),
                )


@compiled("occupied-within-available")
def occupied_within_available(asked: Asked) -> Iterator[Check]:
    for capacity in RELATIONS.capacities:
        used, nights = asked.figure(capacity.used), asked.figure(capacity.available)
        units, days = asked.figure(capacity.units), asked.expected.period.days
        if used and nights:
            more = said(f"{named(used.term)} is ", used.value, ", more than the ", nights.value)
            yield Check(
                used,
                f"AND({together(used, nights)},{used.value}>{nights.value})",
                said(more, " nights available. Check both."),
                said("More than the ", nights.value, " available"),
                (nights,),
            )
        if nights and units:
            most = Formula(f"({units.value}*{days})")
            yield Check(
                nights,
                f"AND({together(nights, units)},{nights.value}>{most})",
                said(
                    *(f"{named(nights.term)} is ", nights.value, ", more than ", units.value),
                    *(f" units have in {days} days (", most, "). Check both."),
                ),
                said("More than the ", most, " that the units have"),
                (units,),
            )


@compiled("year-to-date-never-falls")
def year_to_date_never_falls(asked: Asked) -> Iterator[Check]:
    before, period = asked.expected.period.previous(), asked.expected.period
    for line, term in asked.terms():
        earlier = line.previous.get(Part.VALUE)
        if term.count_type == "Y" and earlier is not None and before.year == period.year:
            now = asked.figures[line.code, Part.VALUE]
            yield Check(
                now,
                f"AND({together(now)},{now.value}<{plain(earlier)})",
                said(
                    f"{named(term)} counts since 1 April, so it cannot fall: it was {plain(earlier)} at the end of "
                    f"{before} and is ",
                    *(now.value, " now. Correct it, or ask for last quarter's to be corrected."),
                ),
                Formula(text(f"Less than {plain(earlier)} a quarter ago: count since 1 April")),
            )


@compiled("caseload-carries-on")
def caseload_carries_on(asked: Asked) -> Iterator[Check]:
    lines = asked.context.lines
    for caseload in RELATIONS.caseloads:
        opened, closing = asked.figure(caseload.opening), lines.get(caseload.closing)
        before = lines[caseload.opening].brought_forward if opened else None
        if before is None and closing:
            before = closing.previous.get(Part.VALUE)
        if opened and before is not None:
            yield Check(
                opened,
                f"AND({together(opened)},{opened.value}<>{plain(before)})",
                said(
                    *(f"{named(opened.term)} is ", opened.value, f", but {asked.expected.period.previous()} closed "),
                    f"with {plain(before)}. Use that figure, or ask for last quarter's to be corrected.",
                ),
                Formula(text(f"Last quarter closed with {plain(before)}")),
            )


@compiled("caseload-adds-up")
def caseload_adds_up(asked: Asked) -> Iterator[Check]:
    for caseload in RELATIONS.caseloads:
        found = asked.all_of(caseload.opening, caseload.added, caseload.removed, caseload.closing)
        if found:
            start, added, removed, closed = (figure.value for figure in found)
            total = Formula(f"({start}+{added}-{removed})")
            yield Check(
                found[-1],
                f"AND({together(*found)},{total}<>{closed})",
                said(
                    *(f"{caseload.opening} + {caseload.added} − {caseload.removed} is ", start, " + ", added),
                    *(" − ", removed, " = ", total, f", but {caseload.closing} is ", closed),
                    ". Correct the one that is wrong.",
                ),
                said(start, " at the start, plus ", added, ", less ", removed, " is ", total, ", not ", closed),
                tuple(found),
            )


@compiled("spend-within-budget")
def spend_within_budget(asked: Asked) -> Iterator[Check]:
    for money in RELATIONS.money:
        if found := asked.all_of(money.spent, money.budget):
            spent, budget = found
            more = plain(1 + finance.OVERSPENT / finance.HUNDRED)
            yield Check(
                spent,
                f"AND({together(spent, budget)},ROUND({spent.value}-{budget.value}*{more},4)>0)",
                said(
                    *(f"{named(spent.term)} is ", _pounds(spent.value), ", more than 5% above the "),
                    *(_pounds(budget.value), f" of {named(budget.term)}. Check both, or say why in the comment."),
                ),
                Formula(text("More than 5% above the budget")),
                (budget,),
            )


@compiled("budget-is-what-funders-pay")
def budget_is_what_funders_pay(asked: Asked) -> Iterator[Check]:
    paid, year = asked.expected.contributions, asked.expected.period.year_label
    for money in RELATIONS.money if paid is not None else ():
        if budget := asked.figure(money.budget):
            yield from _budget_of_the_year(asked, budget, paid or Decimal(0))
        if forecast := asked.figure(money.forecast):
            most = plain((paid or 0) * (1 + finance.VARIANCE / finance.HUNDRED))
            yield Check(
                forecast,
                f"AND({together(forecast)},{forecast.value}>{most})",
                said(
                    *(f"{named(forecast.term)} is ", _pounds(forecast.value), ", more than the "),
                    f"{finance.pounds(paid or Decimal(0))} that the funding bodies pay in {year}. Check it, or say in "
                    "the comment who pays the rest.",
                ),
                Formula(text("More than the funding bodies pay")),
            )


def _budget_of_the_year(asked: Asked, budget: Figure, paid: Decimal) -> Iterator[Check]:
    period = asked.expected.period
    before = asked.context.lines[budget.term.code].so_far.get(Part.VALUE)
    if before is None and period.number > 1:
        return
    is_whole = period.end == period.whole_year.end
    profiled = Formula(f"({budget.value}+{plain(before or Decimal(0))})")
    margin = finance.VARIANCE / finance.HUNDRED
    less = f",{profiled}<{plain(paid * (1 - margin))}" if is_whole else ""
    yield Check(
        budget,
        f"AND({together(budget)},OR({profiled}>{plain(paid * (1 + margin))}{less}))",
        said(
            *(f"{named(budget.term)} comes to ", _pounds(profiled), f" in {period.year_label}"),
            f"{'' if is_whole else ' so far'}, but the funding bodies pay {finance.pounds(paid)}. Check the profile, "
            "or ask for the contributions to be corrected.",
        ),
        Formula(text("Not what the funding bodies pay")),
    )


def _pounds(amount: str) -> Formula:
    return Formula(f'"£"&IF({amount}=INT({amount}),TEXT({amount},"#,##0"),TEXT({amount},"#,##0.00"))')
