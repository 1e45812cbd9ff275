"""The page that asks what rows and columns of a file are: what it shows, and how its form is read. Stores nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from dacommission.profiles.answers import YEARS
from dacommission.profiles.asked import LATER, NOT_OURS, OTHER, Asked, Block, Question
from dacommission.profiles.choices import Choices, from_value
from dacommission.profiles.models import QUARTERS
from dacommission.profiles.questions import NO_TITLE
from dacommission.returns.grid import Fate, GridSheet, part
from dacommission.web.words import financial_year
from imports.periods import Period
from imports.reading import Part, Sheet, Workbook
from imports.series import Known, Profile, Sense, SeriesKey
from imports.sheets import Spot
from imports.workbook.addresses import address

CHOOSE_KPI = "“{label}”: choose the KPI from the list, or choose one of the other answers."
TWO_ANSWERS = "“{label}” has two answers. Choose “another KPI” to use the list, or set both lists back."
NOT_OFFERED = "“{label}”: that cannot be chosen here. Choose again."
NO_CATEGORY = "“{label}”: {kpi} is not counted by that. Choose another category, or none."
SHOWN_AROUND = 1  # rows before and after a doubtful one
GAP = 5  # rows between two that are shown; no fewer are left out
YEARS_OFFERED = (-2, -1, 0, 1)  # from the return's own
ALL_YEARS = frozenset(map(str, YEARS))

Form = Mapping[str, str]


@dataclass(frozen=True)
class Answered:
    """What came back with the form."""

    answers: Profile
    asked: Asked  # as it was answered, with what is wrong

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong, each with the name of its question."""
        return [(question.error, question.name) for question in self.asked.questions if question.error]


def answered(form: Form, asked: Asked, before: Profile, allowed: Choices) -> Answered:
    """The answers of a form, put over those given before; questions that were not on the page stay as they were."""
    blocks = tuple(_filled(block, form, allowed) for block in asked.blocks)
    series: dict[SeriesKey, Known] = dict(before.series)
    for block in blocks:
        whole = frozenset().union(*(one.questions for one in block.wholes if one.ticked))
        for question in block.questions:
            if not question.is_shown and question.name not in whole:
                continue
            _say(series, question, Known(None) if question.name in whole else _known(question))
    given = Profile(series, *_general(form, asked, before))
    return Answered(given, replace(asked, blocks=blocks))


def _say(series: dict[SeriesKey, Known], question: Question, known: Known | None) -> None:
    """Puts an answer in the place of the last, for each part of its row that it is about."""
    for key, of_part in question.parts or ((question.key, None),):
        series.pop(key, None)
        if known is not None:
            series[key] = Known(known.sense and _part_of(known.sense, of_part))


def _part_of(sense: Sense, of_part: Part | None) -> Sense:
    return sense if of_part is None else replace(sense, part=of_part)


def _filled(block: Block, form: Form, allowed: Choices) -> Block:
    wholes = tuple(replace(one, ticked=one.name in form) for one in block.wholes)
    settled = frozenset().union(*(one.questions for one in wholes if one.ticked))
    questions = (
        _answer(one, form, allowed, is_settled=one.name in settled) if one.is_shown else one for one in block.questions
    )
    return replace(block, questions=tuple(questions), wholes=wholes)


def _answer(question: Question, form: Form, allowed: Choices, *, is_settled: bool) -> Question:
    """The question with what was chosen for it, and what is wrong with that."""
    chosen, other = form.get(question.name, ""), form.get(f"{question.name}-other", "")
    category = form.get(f"{question.name}-category", "")
    chosen = chosen or (OTHER if other or category else "")
    sent = replace(question, chosen=chosen, other=other, category=category)
    return sent if is_settled else replace(sent, error=_error(sent, allowed).format(label=question.label))


def _error(sent: Question, allowed: Choices) -> str:
    if sent.chosen != OTHER and (sent.other or sent.category):
        return TWO_ANSWERS
    if sent.chosen in ("", LATER, NOT_OURS):
        return ""
    if sent.is_shared:
        return NOT_OFFERED
    if sent.chosen == OTHER and not sent.other:
        return CHOOSE_KPI
    try:
        sense = from_value(*_values(sent))
    except ValueError:
        return NOT_OFFERED
    if all(allowed.allows(_part_of(sense, of_part)) for _, of_part in sent.parts or ((sent.key, None),)):
        return ""
    whole = replace(sense, category=None, breakdown=None)
    fault = NO_CATEGORY if sense.category and allowed.allows(whole) else NOT_OFFERED
    return fault.replace("{kpi}", sense.code)


def _values(sent: Question) -> tuple[str, str]:
    return (sent.other, sent.category) if sent.chosen == OTHER else (sent.chosen, "")


def _known(sent: Question) -> Known | None:
    """What was said of a row; None where nothing was, or nothing that can be taken."""
    if sent.error or sent.chosen in ("", LATER):
        return None
    return Known(None if sent.chosen == NOT_OURS else from_value(*_values(sent)))


def _general(form: Form, asked: Asked, before: Profile) -> tuple[str, int | None]:
    """Which year's quarters "Q1 2022" is one of, and which financial year periods without a year are of."""
    quarters = form.get("quarters", "") if asked.quarters else before.quarters
    year = form.get("year", "") if asked.year else str(before.year or "")
    return quarters if quarters in QUARTERS else "", int(year) if year in ALL_YEARS else None


def years(period: Period) -> list[tuple[str, str]]:
    """The financial years that can be chosen, around the return's own."""
    return [(str(period.year + step), financial_year(period.year + step)) for step in YEARS_OFFERED]


def tables(asked: Asked, workbook: Workbook | None) -> dict[str, GridSheet]:
    """For each block of questions the workbook's own rows around what is asked, each doubtful cell marked."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets} if workbook else {}
    return {block.anchor: _table(block, sheets[block.sheet]) for block in asked.blocks if block.sheet in sheets}


def _table(block: Block, sheet: Sheet) -> GridSheet:
    fates = dict(_fates(block))
    last = address(block.table.last)[1] if block.table else max(column for _, column in sheet.cells)
    cells = {place: cell for place, cell in sheet.cells.items() if place[1] <= last}
    made = part(replace(sheet, cells=cells), fates, _rows(block, {address(spot.cell)[0] for spot in fates}))
    name = f"{block.title}, as it stands in the file" if block.title != NO_TITLE else "As it stands in the file"
    return replace(made, anchor=f"{block.anchor}-cells", name=name)


def _fates(block: Block) -> Iterator[tuple[Spot, Fate]]:
    for question in block.questions:
        fate = Fate("asked", f"question {question.number}", f"#{question.name}" if question.is_shown else "")
        yield from ((spot, fate) for spot in (*question.places, *question.spots))


def _rows(block: Block, doubtful: set[int]) -> set[int]:
    """The rows of a sheet that say what is asked: the headings, the doubtful ones and those around them."""
    rows = {row + step for row in doubtful for step in range(-SHOWN_AROUND, SHOWN_AROUND + 1)}
    if block.table:
        rows |= set(block.table.headings)
    return rows | {
        row for before, after in pairwise(sorted({0, *rows})) if after - before <= GAP for row in range(before, after)
    }
