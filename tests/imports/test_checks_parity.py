"""The workbook's own verdicts are the server's: calculated by LibreOffice, on returns filled in wrongly.

Severity, place and sentence must be the same, point for point; of categories and stories, severity and place.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from imports import template_checklist
from imports import template_layout as layout
from imports.checks import RULES
from imports.read import read
from imports.reading import Expected, Problem
from imports.template_checklist import COMPILED
from imports.template_checks import NOT_COMPILED
from imports.template_splits import splits
from tests.imports.mutated_returns import Mutated, due, mutated
from tests.imports.vocabulary import VOCABULARY
from tests.office import converted

Point = tuple[str, str, str]  # verdict, place, sentence
Sheets = Mapping[str, list[list[str]]]
# Comma, double quote, UTF-8, from the first row, as shown, every sheet.
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_every_rule_is_compiled_or_it_is_said_why_not() -> None:
    assert COMPILED.keys() | NOT_COMPILED.keys() == RULES.keys()
    assert COMPILED.keys().isdisjoint(NOT_COMPILED)


def test_a_budget_is_not_compared_while_an_earlier_quarter_of_the_year_is_unknown() -> None:
    owed = due()
    unknown = replace(owed, lines=tuple(replace(line, so_far={}) for line in owed.lines))

    def asked(expected: Expected) -> int:
        rows = template_checklist.checklist(expected, VOCABULARY, [])
        return sum(row.key == "budget-is-what-funders-pay" for row in rows)

    assert (asked(owed), asked(unknown)) == (2, 1)  # what is forecast is compared all the same


@pytest.fixture(scope="module")
def files() -> Mapping[str, Mutated]:
    return mutated()


@pytest.fixture(scope="module")
def calculated(files: Mapping[str, Mutated], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sheets]:
    """Each file's sheets of checks and of breakdowns, as LibreOffice calculates them, by the names of both."""
    contents = {f"{name}.xlsx": file.content for name, file in files.items()}
    made = converted(contents, EVERY_SHEET, tmp_path_factory.mktemp("parity"))
    return {name: _sheets(made, name) for name in files}


def _sheets(place: Path, name: str) -> Sheets:
    """What a file's sheets say, by their names, row by row."""
    wanted = (layout.CHECKS, layout.BREAKDOWNS, layout.ALL_CHECKS)
    texts = {sheet: (place / f"{name}-{sheet}.csv").read_text(encoding="utf-8") for sheet in wanted}
    return {sheet: list(csv.reader(io.StringIO(text)))[layout.HEADER_ROW :] for sheet, text in texts.items()}


def by_the_server(file: Mutated) -> Counter[Point]:
    """What the server says, but for what the workbook cannot ask; of one fault in many cells, the first."""
    reading = read(file.content, filename="return.xlsx", vocabulary=VOCABULARY, expected=file.expected)
    told: Counter[Point] = Counter()
    faults = set()
    for problem in reading.problems:
        repeated = (problem.message, problem.fault) if problem.fault == problem.message else None
        if repeated is None or repeated not in faults:
            one = point(problem)
            told[one] = 1 if one[1].startswith("row") else told[one] + 1  # beside a category stands one word
        faults.add(repeated)
    return told


def point(problem: Problem) -> Point:
    if problem.sheet == layout.BREAKDOWNS and problem.rule != "V04":
        return problem.severity.capitalize(), f"row {str(problem.cell).lstrip(LETTERS)}", ""
    said = "" if problem.sheet == layout.CASE_STUDIES else problem.message
    return problem.severity.capitalize(), f"{problem.sheet}!{problem.cell}", said


def by_the_workbook(sheets: Sheets) -> Counter[Point]:
    """What the sheet of checks lists, and what stands beside the categories."""
    listed: Counter[Point] = Counter()
    for _, verdict, where, message, _ in sheets[layout.CHECKS]:
        if verdict and (not where.startswith(layout.BREAKDOWNS) or "add up to" in message):
            listed[verdict, where, "" if where.startswith(layout.CASE_STUDIES) else message] += 1
    for number, row in enumerate(sheets[layout.BREAKDOWNS], start=layout.HEADER_ROW + 1):
        verdict, colon, _ = row[6].partition(":")
        if colon:
            listed[verdict, f"row {number}", ""] += 1
    return listed


@pytest.mark.libreoffice
@pytest.mark.xdist_group("libreoffice")
def test_the_workbook_says_what_the_server_says(files: Mapping[str, Mutated], calculated: Mapping[str, Sheets]) -> None:
    differ = {}
    for name, sheets in calculated.items():
        ours, theirs = by_the_workbook(sheets), by_the_server(files[name])
        if ours != theirs:
            differ[name] = {"only the server": theirs - ours, "only the workbook": ours - theirs}

    assert not differ
    assert len(calculated) == len(files)


@pytest.mark.libreoffice
@pytest.mark.xdist_group("libreoffice")
def test_every_compiled_rule_was_seen_to_fail(files: Mapping[str, Mutated], calculated: Mapping[str, Sheets]) -> None:
    seen = set()
    for name, sheets in calculated.items():
        expected = files[name].expected
        rows = template_checklist.checklist(expected, VOCABULARY, list(splits(expected.lines, VOCABULARY)))
        seen |= {row.key for row, said in zip(rows, sheets[layout.ALL_CHECKS], strict=True) if said[7]}

    assert COMPILED.keys() <= seen
