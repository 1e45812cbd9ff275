"""Writes `docs/rules.md` from the rules and the examples that their tests are made of.

Run as `python -m tests.imports.rules_page` after a rule or an example has changed.
"""

import inspect
from collections.abc import Iterator
from pathlib import Path

from imports.cells import plain
from imports.checks import RULES
from imports.reading import Basis, Expected, Line, Observation, Part, Reading, Status
from imports.rules import Context, Rule
from imports.template_checklist import COMPILED
from imports.template_checks import NOT_COMPILED
from tests.imports.rule_examples import EXAMPLES
from tests.imports.vocabulary import Q2, VOCABULARY

Example = tuple[Reading, Expected | None, bool]

PAGE = Path(__file__).parent.parent.parent / "docs" / "rules.md"
INTRODUCTION = """\
# The rules that every return is held against

This page is made from the rules in `imports/checks.py` and from the examples of their tests, by
`python -m tests.imports.rules_page`; a test fails when it is out of date.

An **error** stands in the way of submitting. A **question** asks for an explanation. A **warning** is shown to
both sides. All findings are given at once. What follows from a fault that was found already is not said again: a
figure that cannot be read is not also missing from its breakdown. A rule marked “can be waived” can be waived
for a contract by a commissioner, for a time and for a reason; it then warns, and says so.

Before any rule is asked, the file itself is read, and what cannot be read is an error under V03 with its cell: text
where a number belongs, half a person, fewer than none, pounds with three decimals, a date, a formula that was never
calculated or lost what it pointed at. So is a figure that is withheld without a reason and, in the return workbook,
a code or category that nobody knows. Of any other layout the reader asks what is not certain: which indicator a row
or column is, which year or quarter a period is of. Until that is said, its figures count towards nothing.

The return workbook asks by itself what a spreadsheet can ask: its sheet *Checks* lists, while it is filled in, what
the page would say of it, with the same words, and links to the cells; *All checks* has every check with its verdict.
A test holds both against each other on returns that are filled in wrongly. The workbook does not see all: of the
categories it understands numbers and single words such as “n/a”, not numbers typed as text; a date or a percentage
in a figure's cell; marks behind a number such as “[p]”. There it is stricter than the page, or silent, and the page
decides. What was waived or accepted after the workbook was downloaded is known to the page alone.

The numbers are those of the partnership's list of rules. The examples are of Quarter 2 2022/23 unless they say
otherwise.
"""
BASES = {Basis.PERIOD: "", Basis.YEAR_TO_DATE: ", since 1 April", Basis.TOTAL: ", total"}
PAST = {
    "previous": "last quarter",
    "year_ago": "the same quarter last year",
    "so_far": "earlier quarters of the year together",
    "stated_before": "said before",
}


def page() -> str:
    """The whole page, as Markdown."""
    codes = sorted({rule.code for rule in RULES.values()})
    sections = (
        f"## {code}\n\n{chr(10).join(_rule(key) for key in RULES if RULES[key].code == code)}" for code in codes
    )
    return "\n".join((INTRODUCTION, *sections)).rstrip() + "\n"


def _rule(key: str) -> str:
    rule = RULES[key]
    waivable = "can be waived" if rule.waivable else "cannot be waived"
    fails = next(example for example in EXAMPLES[key] if not example[2])
    passes = _alike(fails, [example for example in EXAMPLES[key] if example[2]])
    why = inspect.cleandoc(rule.find.__doc__ or "")
    said = rule.problems(Context(fails[0], VOCABULARY, fails[1]))[0].message
    return (
        f"### {key}\n\n*{rule.severity.capitalize()}; {waivable}.* {why}\n\n"
        f"- Fails: {_told(rule, *fails[:2])}.\n  “{said}”\n"
        f"- Passes: {_told(rule, *passes[:2])}.\n"
        f"- In the return workbook: {_by_itself(key)}\n"
    )


def _by_itself(key: str) -> str:
    """Whether the workbook asks the rule before it is uploaded, and why where it does not."""
    return "asked by the workbook itself, in the same words." if key in COMPILED else f"not asked. {NOT_COMPILED[key]}"


def _alike(fails: Example, passing: list[Example]) -> Example:
    """The first passing example of which as much is known as of the failing one."""
    known = (one for one in passing if (one[1] is None) == (fails[1] is None))
    return next(known, passing[0])


def _told(rule: Rule, reading: Reading, due: Expected | None) -> str:
    facts = [*_cover(rule, reading, due), *map(_figure, reading.observations), *_words(reading)]
    if due and not rule.first:
        facts += _due(
            due, {seen.indicator for seen in reading.observations} | {one.indicator for one in reading.restated}
        )
    return "; ".join(facts) or "a return without figures"


def _cover(rule: Rule, reading: Reading, due: Expected | None) -> Iterator[str]:
    """What the cover says, for the rules about it."""
    cover = reading.cover
    if rule.first and reading.layout == "template":
        yield f"a workbook of version {cover.template_version or '(none)'}, for {cover.contract} of {cover.provider}"
        yield f"about {cover.period or 'no one quarter'}"
        if due:
            yield f"for the return of {due.contract} of {due.provider}, {due.period}"


def _figure(seen: Observation) -> str:
    name = seen.indicator or f"“{seen.label}”"
    part = "" if seen.part is Part.VALUE else f", {seen.part}"
    category = f", {seen.category}" if seen.category else ""
    period = f", {seen.period}" if seen.period and seen.period != Q2 else ""
    what = {Status.MISSING: "blank"}.get(seen.status, seen.status.replace("_", " "))
    value = what if seen.value is None else plain(seen.value)
    percent = "%" if seen.part is Part.PERCENT and seen.value is not None else ""
    comment = f" (comment: “{seen.comment}”)" if seen.comment else ""
    return f"{name}{part}{category}{period}{BASES[seen.basis]}: {value}{percent}{comment}"


def _words(reading: Reading) -> Iterator[str]:
    for passage in reading.passages:
        yield f"the narrative “{passage.text}”"
    for one in reading.restated:
        yield f"{one.indicator} repeated for {one.period}: {plain(one.value)}"


def _due(due: Expected, codes: set[str | None]) -> Iterator[str]:
    """What is known of the indicators in question."""
    lines = [line for line in due.lines if line.code in codes] or list(due.lines[:1])
    for line in lines:
        yield from _line(line)
    if due.contributions is not None:
        yield f"the funding bodies pay {plain(due.contributions)} in the year"
    if all(not [*_line(line)] for line in lines):
        yield f"the return asks for {', '.join(line.code for line in lines)}"


def _line(line: Line) -> Iterator[str]:
    for key, words in PAST.items():
        for part, value in getattr(line, key).items():
            yield f"{line.code}{'' if part is Part.VALUE else f', {part}'}, {words}: {plain(value)}"
    if line.brought_forward is not None:
        yield f"{line.code}, brought forward: {plain(line.brought_forward)}"
    if line.history:
        yield f"{line.code}, earlier quarters: {', '.join(map(plain, line.history))}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
