"""Every check of one return in the order in which it is asked, a row each: first what is typed, then the rules.

Gives back rows of formulas for the sheet of all checks; `imports.template_checks_sheets` writes them.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from imports import observing, template_rules, template_rules_past, template_rules_people, template_typed
from imports import template_layout as layout
from imports.checks import excuse
from imports.reading import Expected, Severity, Vocabulary
from imports.rules import Rule, in_order, waiver
from imports.template_checks import COMPILED, Asked, Check, Figure, cell, doubts, said
from imports.template_formulas import VERDICTS
from imports.template_splits import Split
from imports.template_typed import Row

__all__ = ["COMPILED", "KINDS", "checklist"]

FIRST = layout.HEADER_ROW + 1
KINDS = (template_rules, template_rules_people, template_rules_past)
WHOLE = "The return"  # what a check of all figures together is about


def checklist(expected: Expected, vocabulary: Vocabulary, splits: Sequence[Split]) -> list[Row]:
    """The rows, from the first below the headings."""
    listed = _Listed(Asked(expected, vocabulary, splits))
    listed.typed()
    listed.rules()
    return listed.with_doubts()


@dataclass
class _Listed:
    asked: Asked

    def __post_init__(self) -> None:
        self.rows: list[Row] = []

    @property
    def next(self) -> int:
        return FIRST + len(self.rows)

    def typed(self) -> None:
        """What is typed in each cell, and whether it can be understood."""
        asked, codes = self.asked, [line.code for line in self.asked.expected.lines]
        for line, term in asked.terms():
            status, kpis = self.next, template_typed.Kpi(line, term, codes)
            self.rows.append(template_typed.status(kpis, status))
            for part in observing.parts(term):
                figure = Figure(term, part, self.next)
                asked.figures[line.code, part] = figure
                self.rows.append(template_typed.figure(kpis, figure, status))
                self.rows.append(template_typed.beside_a_status(kpis, figure, status))
                figure.blame += [cell("verdict", figure.row), cell("verdict", figure.row + 1)]
            figures = [asked.figures[line.code, part] for part in observing.parts(term)]
            self.rows.append(template_typed.day(kpis, figures, self.next, asked.expected.period.end))
            self.rows.append(template_typed.reason(kpis, figures))
        asked.readings = (FIRST, max(FIRST, self.next - 1))
        for split in asked.splits:
            asked.split_rows[split.term.code, split.name] = self.next
            self.rows.append(template_typed.categories(split, asked.splits[-1].last, self.next))
        for number in range(layout.CASE_STUDY_ROWS):
            self.rows.append(template_typed.story(FIRST + number))

    def rules(self) -> None:
        """Every rule that a spreadsheet can ask. What errors were seen by, later rules leave alone."""
        for rule in in_order():
            if rule.severity is not Severity.ERROR:
                self._settle()
            blamed = [self._add(rule, check) for check in COMPILED.get(rule.key, _nothing)(self.asked)]
            for check, verdict in blamed:
                if verdict:
                    check.at.blamed(verdict)

    def _settle(self) -> None:
        for figure in self.asked.figures.values():
            figure.settled = True

    def _add(self, rule: Rule, check: Check) -> tuple[Check, str]:
        """A row for a check; the check, and where its verdict stands if nothing else is said of what it blames."""
        code = check.code if check.code is not None else _code(check)
        allowed = waiver(rule, code or None, self.asked.expected.waived)
        verdict = VERDICTS[Severity.WARNING if allowed else rule.severity]
        doubt, holds = doubts(check), f'IF(IFERROR({check.fails},FALSE),"{verdict}","")'
        row = Row(
            code or WHOLE,
            checked=inspect.cleandoc(rule.find.__doc__ or "").partition("\n")[0],
            rule=rule.code,
            where=check.where or check.at.where,
            verdict=f'IF({doubt}<>"","",{holds})' if doubt else holds,
            short=check.short,
            message=said(check.message, excuse(allowed)) if allowed else check.message,
            key=rule.key,
        )
        if rule.key == "repeated-last-quarter":
            row = replace(row, understood=check.fails)
            self.asked.repeated = template_rules_past.is_repeated(self.next)
        self.rows.append(row)
        blames = verdict == VERDICTS[Severity.ERROR] and check.where is None
        return check, cell("verdict", self.next - 1) if blames else ""

    def with_doubts(self) -> list[Row]:
        """The rows, each figure's with what was said against it and what is asked of all figures together."""
        lines = {line.code: line for line in self.asked.expected.lines}
        for (code, _), figure in self.asked.figures.items():
            same, is_round = template_rules_past.of_all_figures(figure, lines[code])
            place = figure.row - FIRST
            self.rows[place] = replace(self.rows[place], doubt="&".join(figure.blame), same=same, round=is_round)
        return self.rows


def _nothing(asked: Asked) -> Iterator[Check]:
    yield from ()


def _code(check: Check) -> str:
    """The indicator at whose figure a check stands."""
    return check.at.term.code if isinstance(check.at, Figure) else ""
