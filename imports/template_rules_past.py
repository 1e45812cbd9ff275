"""The formulas of the rules about figures beside those of other quarters, and about all figures together.

Each says in a spreadsheet what the rule of its key says on the page, word for word.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from imports import change, observing, rates, right_file
from imports.cells import plain
from imports.periods import Period
from imports.reading import Line, Part, Term
from imports.rules import named, part_named
from imports.template_checks import Asked, Check, Count, Figure, Formula, cell, compiled, said, span, text, together

_PERCENT = "%"


@compiled("repeated-last-quarter")
def repeated_last_quarter(asked: Asked) -> Iterator[Check]:
    pairs, same = (Formula(f"{how}({span('same', *asked.readings)})") for how in ("COUNT", "SUM"))
    first = f"MATCH(1,{span('same', *asked.readings)},0)"
    figures = list(asked.figures.values())
    if figures:
        yield Check(
            figures[0],
            f"AND({pairs}>={right_file.FEW},{same}*100>{right_file.SAME}*{pairs})",
            said(
                *(same, " of ", pairs, f" figures are the same as in {asked.expected.period.previous()}: "),
                "this looks like last quarter's file. Check them, or say why they did not change.",
            ),
            Formula(text("As last quarter, like almost all figures")),
            where=Formula(f"INDEX({span('where', *asked.readings)},{first})"),
            doubt=(f"IFERROR(INDEX({span('doubt', *asked.readings)},{first}),0)",),
            code="",
        )


@compiled("only-round-numbers")
def only_round_numbers(asked: Asked) -> Iterator[Check]:
    large, are_round = (f"{how}({span('round', *asked.readings)})" for how in ("COUNT", "SUM"))
    first = f"MATCH(1,{span('round', *asked.readings)},0)"
    doubted = f'SUMPRODUCT(({span("round", *asked.readings)}<>"")*({span("doubt", *asked.readings)}<>""))=0'
    figures = list(asked.figures.values())
    if figures:
        yield Check(
            figures[0],
            f"AND({large}>={rates.ENOUGH},{are_round}={large},{doubted})",
            said(
                *("All ", Formula(large), f" counts of {rates.LARGE} and more are multiples of {rates.ROUND}. "),
                "If they are estimates, say so in the comments; otherwise enter what was counted.",
            ),
            Formula(text("Round, like all large counts")),
            where=Formula(f"INDEX({span('where', *asked.readings)},{first})"),
            code="",
        )


@compiled("large-change")
def large_change(asked: Asked) -> Iterator[Check]:
    for line, term in asked.terms():
        if term.count_type in observing.RATES:
            yield from _rate_swings(asked, line, term)
        elif term.count_type in change.MONEY_AND_COUNTS:
            yield from _count_swings(asked, line, term)


def _count_swings(asked: Asked, line: Line, term: Term) -> Iterator[Check]:
    now, smallest = asked.figures[line.code, Part.VALUE], change.SMALLEST
    swings = []
    for figures, when in change.earlier_figures(term, line, asked.expected.period):
        before = figures.get(Part.VALUE)
        if before is not None and before >= smallest:
            swing = f"ABS(MAX({now.value},{smallest})-{plain(before)})*100>{change.SWING}*{plain(before)}"
            percent = Formula(f"ROUND(ABS({now.value}-{plain(before)})/{plain(before)}*100,0)")
            way = Formula(f'IF({now.value}>{plain(before)},"more","less")')
            swings.append((swing, said(percent, "% ", way, f" than the {plain(before)} in {when}")))
    swings_or_range = _either(swings, _outside(now, term, line))
    if swings_or_range:
        fails, told = swings_or_range
        yield _question(now, f"AND({together(now)},{fails})", said(f"{named(term)} is ", now.value, ": "), told)


def _outside(now: Figure, term: Term, line: Line) -> list[tuple[str, Formula]]:
    """How a count may leave the range of three years."""
    if len(line.history) < (change.YEARS if term.count_type == "Y" else change.QUARTERS):
        return []
    low, high, margin = min(line.history), max(line.history), change.BEYOND / change.HUNDRED
    within = f"than in any quarter of the last three years ({plain(low)} to {plain(high)})"
    found = []
    if high >= change.SMALLEST:
        found.append((f"{now.value}>{plain(high * (1 + margin))}", Formula(text(f"more {within}"))))
    if low >= change.SMALLEST:
        least = f"MAX({now.value},{change.SMALLEST})<{plain(low * (1 - margin))}"
        found.append((least, Formula(text(f"less {within}"))))
    return found


def _rate_swings(asked: Asked, line: Line, term: Term) -> Iterator[Check]:
    above, below = (asked.count(term, part) for part in observing.parts(term))
    is_share = term.unit == "percent"
    now, mark = f"{above.value}/{below.value}{'*100' if is_share else ''}", _PERCENT if is_share else ""
    swings = []
    for figures, when in change.earlier_counts(asked.context, term, line, asked.expected.period):
        few, many = figures.get(Part.NUMERATOR), figures.get(Part.DENOMINATOR)
        if few is not None and many is not None and many >= change.SMALLEST:
            before = change.rate(term, few, many)
            away = f"ABS({now}-{_exactly(before)})"
            points = f",ROUND({away},9)>={change.POINTS}" if is_share else ""
            swing = f"AND(ROUND({away}*100-{change.SWING}*{_exactly(before)},6)>0{points})"
            way = Formula(f'IF({now}>{_exactly(before)},"up","down")')
            swings.append((swing, said(way, f" from {change.shown(term, before)} in {when}")))
    if found := _either(swings, []):
        fails, told = found
        # Nothing is divided by nought: the denominator is 20 at least, or this is no fault.
        known = f"IF({together(above, below)},{below.value}>={change.SMALLEST},FALSE)"
        yield _question(
            above,
            f"IF({known},{fails},FALSE)",
            said(f"{named(term)} is ", Formula(f"ROUND({now},1)"), f"{mark}: "),
            told,
            below,
            code=term.code,
        )


def _exactly(value: Decimal) -> str:
    return plain(round(value, 12))


def _either(swings: list[tuple[str, Formula]], others: list[tuple[str, Formula]]) -> tuple[str, Formula] | None:
    """Whether one of these is so, and the words of those that are; of the others only where none of the first is."""
    if not swings and not others:
        return None
    fails = f"OR({','.join(condition for condition, _ in (*swings, *others))})"
    rest = '""'
    for condition, words in reversed(others):
        rest = f"IF({condition},{words},{rest})"
    for condition, words in swings[1:]:
        rest = f"IF({condition},{words},{rest})"
    if swings:
        condition, words = swings[0]
        and_ = "".join(f'&IF({other},", and "&{more},"")' for other, more in swings[1:])
        rest = f"IF({condition},{words}{and_},{rest})"
    return fails, Formula(rest)


def _question(
    at: Figure | Count, fails: str, lead: Formula, told: Formula, *rests_on: Figure | Count, code: str | None = None
) -> Check:
    advice = ". Check it, or say in the comment why it changed."
    return Check(at, fails, said(lead, told, advice), Formula(text("A large change: check it")), rests_on, code=code)


@compiled("same-as-last-quarter")
def same_as_last_quarter(asked: Asked) -> Iterator[Check]:
    period: Period = asked.expected.period
    for line, term in asked.terms():
        before = line.previous.get(Part.VALUE)
        people = term.count_type in change.PEOPLE_AND_EVENTS and before is not None and before > change.SMALLEST
        if people and before is not None and not change.is_a_new_year(asked.context, line, period):
            now = asked.figures[line.code, Part.VALUE]
            yield Check(
                now,
                f"AND({together(now)},{now.value}={plain(before)},NOT({asked.repeated}))",
                said(
                    *(f"{named(term)} is ", now.value, f", exactly as in {period.previous()}. Check that "),
                    "it is this quarter's figure.",
                ),
                Formula(text("Exactly as last quarter")),
            )


@compiled("accepted-figure-changed")
def accepted_figure_changed(asked: Asked) -> Iterator[Check]:
    for line, _ in asked.terms():
        for part, before in line.stated_before.items():
            if now := asked.figure(line.code, part):
                yield Check(
                    now,
                    f"AND({together(now)},{now.value}<>{plain(before)})",
                    said(
                        *(f"{part_named(asked.context, line.code, part)} is ", now.value),
                        f"; this return said {plain(before)} before. Say in the comment why it changed.",
                    ),
                    Formula(text(f"It was {plain(before)} before: say why")),
                )


def of_all_figures(figure: Figure, line: Line) -> tuple[str, str]:
    """For all figures together: whether this one is as last quarter, and whether it is round, where that is asked."""
    before, value = line.previous.get(figure.part), figure.value
    same = f'=IF(ISNUMBER({value}),IF({value}={plain(before)},1,0),"")' if before is not None else ""
    if not (figure.term.whole and figure.term.count_type in rates.COUNTS_EVENTS):
        return same, ""
    is_large = f"IF(ISNUMBER({value}),{value}>={rates.LARGE},FALSE)"
    return same, f'=IF({is_large},IF(MOD({value},{rates.ROUND})=0,1,0),"")'


def is_repeated(row: int) -> str:
    """The cell in which the rule about the whole return says whether it repeats last quarter's."""
    return cell("understood", row)
