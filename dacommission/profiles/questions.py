"""What has to be asked about a file's layout: one question for each row or column that nobody recognised for certain.

Pure. What may be answered is in choices.py; how the page sends it back in asking.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dacommission.profiles.asked import NOT_OURS, Asked, Block, Offer, Question, Whole
from dacommission.profiles.choices import Choices, as_value
from dacommission.profiles.joining import joined, told_apart
from dacommission.profiles.keys import digest
from imports.drift import Change, ChangeKind
from imports.reading import Reading, TableSeen
from imports.series import Candidate, Known, Profile, Sense, Series, SeriesKey
from imports.sheets import Spot
from imports.workbook.addresses import address, lies_within

# From here on the likeliest candidate is chosen already when the page opens. A proposal below is only offered: whoever
# presses the button without looking must confirm nothing that is doubtful.
CHOSEN_ALREADY = Decimal("0.8")
MOST_OFFERED = 4
MOST_AT_ONCE = 100  # questions on a page; a table of more can still be answered as a whole
SHARED = (
    "Several rows or columns have this name and speak of the same time, so nobody can tell which of them an answer is "
    "for. Give each a name of its own in the workbook, or say that none of them is for this return."
)
NO_TITLE = "The file"  # of the table of a file without sheets
YEAR_RULE, QUARTERS_RULE = "year-missing", "which-quarters"


@dataclass(frozen=True)
class Said:
    """What is known besides the file: what was answered so far, what was known before and what changed since."""

    answers: Profile
    stored: Profile
    changes: Sequence[Change] = ()


def asked(reading: Reading, allowed: Choices, said: Said, *, every: bool = False) -> Asked:
    """What to ask about a file. `every`: also about rows that were recognised."""
    rules = {problem.rule for problem in reading.problems}
    by_key: dict[SeriesKey, list[Series]] = {}
    for one in reading.series:
        if every or one.is_asked or one.key in said.answers.series:
            by_key.setdefault(one.key, []).append(one)
    renamed = {change.key: change for change in said.changes if change.kind is ChangeKind.RENAMED}
    times = {seen.spot: (seen.period, seen.basis) for seen in reading.observations}
    single = []
    for alike in by_key.values():
        question = _question(alike, allowed, said, renamed.get(alike[0].key))
        single.append(_not_told_apart(question) if _is_shared(alike, times) else question)
    made = told_apart(single) if every else joined(single, allowed, said.answers)
    questions = [replace(one, number=at, is_shown=at <= MOST_AT_ONCE) for at, one in enumerate(made, start=1)]
    return Asked(
        blocks=tuple(_blocks(questions, reading.tables)),
        year=YEAR_RULE in rules or said.answers.year is not None,
        quarters=QUARTERS_RULE in rules or said.answers.quarters != "",
        left=max(len(questions) - MOST_AT_ONCE, 0),
    )


def _question(alike: Sequence[Series], allowed: Choices, said: Said, renamed: Change | None) -> Question:
    first = alike[0]
    was = said.stored.series.get(renamed.was) if renamed and renamed.was else None
    answer = said.answers.series.get(first.key)
    offers = _offers(first, (answer, was), allowed, renamed.was_label if renamed else "")
    return Question(
        name=f"row-{digest(first.key)[:20]}",
        number=0,  # told once all of them are known
        key=first.key,
        label=first.label,
        spots=tuple(spot for one in alike for spot in one.cells),
        places=tuple(one.place for one in alike),
        why=first.why,
        offers=offers,
        chosen=_chosen(first, answer, {offer.value for offer in offers}),
    )


def _is_shared(alike: Sequence[Series], times: Mapping[Spot, object]) -> bool:
    """Whether two rows of one name speak of the same time. A row's own total may: it repeats the row's figures."""
    told: list[object] = []
    for one in alike:
        told += {times[spot] for spot in one.cells if spot in times and _is_in_line(one, spot)}
        told += [times[spot] for spot in one.cells if spot in times and not _is_in_line(one, spot)]
    return len(set(told)) < len(told)


def _is_in_line(one: Series, spot: Spot) -> bool:
    """Whether a figure stands in the row, or in the column, that begins with the name of its series."""
    if one.place in one.cells:
        return False
    return any(name == figure for name, figure in zip(address(one.place.cell), address(spot.cell), strict=True))


def _not_told_apart(question: Question) -> Question:
    chosen = question.chosen if question.chosen == NOT_OURS else ""
    return replace(question, offers=(), chosen=chosen, why=SHARED, is_shared=True)


def _offers(
    series: Series, said: tuple[Known | None, Known | None], allowed: Choices, was_label: str
) -> tuple[Offer, ...]:
    """What was answered, what stood there before, what was recognised and what is likely: of this contract alone."""
    (answer, was), found = said, dict[str, Offer]()
    if answer is not None and answer.sense is not None:
        _add(found, answer.sense, allowed, "This was answered.")
    if was is not None and was.sense is not None:
        _add(found, was.sense, allowed, f"It stands where “{was_label}” stood.")
    if series.sense is not None:
        _add(found, series.sense, allowed, "It was read as this.")
    for candidate in series.candidates:
        _add(found, candidate.sense, allowed, "")
    return tuple(found.values())[:MOST_OFFERED]


def _add(found: dict[str, Offer], sense: Sense, allowed: Choices, hint: str) -> None:
    if allowed.allows(sense):
        found.setdefault(as_value(sense), Offer(as_value(sense), allowed.words(sense), hint))


def _chosen(series: Series, answer: Known | None, offered: Collection[str]) -> str:
    """What is chosen when the page opens: what was answered, what was read, or what is nearly certain."""
    if series.not_ours or (answer is not None and answer.sense is None):
        return NOT_OURS
    likeliest = series.candidates[:1]
    sense = answer.sense if answer is not None else series.sense
    if sense is None and likeliest and likeliest[0].confidence >= CHOSEN_ALREADY and not _is_tied(series.candidates):
        sense = likeliest[0].sense
    value = as_value(sense) if sense else ""
    return value if value in offered else ""


def _is_tied(candidates: Sequence[Candidate]) -> bool:
    return len(candidates) > 1 and candidates[0].confidence == candidates[1].confidence


def _blocks(questions: Iterable[Question], tables: Sequence[TableSeen]) -> Iterable[Block]:
    grouped: dict[tuple[TableSeen | None, str | None], list[Question]] = {}
    for question in questions:
        grouped.setdefault((_table_of(question, tables), question.places[0].sheet), []).append(question)
    often = Counter(_title(table, sheet) for table, sheet in grouped)
    for number, ((table, sheet), group) in enumerate(grouped.items(), start=1):
        title = _title(table, sheet)
        if table and often[title] > 1:
            title += f", {table.first} to {table.last}"
        yield Block(f"table-{number}", title, sheet, table, tuple(group), tuple(_wholes(group, title)))


def _title(table: TableSeen | None, sheet: str | None) -> str:
    return (table.title if table else "") or sheet or NO_TITLE


def _table_of(question: Question, tables: Sequence[TableSeen]) -> TableSeen | None:
    """The table in which a row's first figure, or its name, stands."""
    spots = (*question.spots[:1], question.places[0])
    return next((table for spot in spots for table in tables if _holds(table, spot)), None)


def _holds(table: TableSeen, spot: Spot) -> bool:
    return table.sheet == spot.sheet and lies_within(spot.cell, table.first, table.last)


def _wholes(questions: Sequence[Question], title: str) -> Iterable[Whole]:
    """The table as a whole, and each of its sections of several rows."""
    if len(questions) < 2:
        return
    names = frozenset(question.name for question in questions)
    yield Whole(f"whole-{_name_of(names)}", f"Nothing in “{title}” is for this return", names)
    sections: dict[tuple[str, ...], list[Question]] = {}
    for question in questions:
        sections.setdefault(question.key.row[:-1], []).append(question)
    for section, group in sections.items():
        if section and 1 < len(group) < len(questions):
            inside = frozenset(question.name for question in group)
            said = group[0].label.rpartition(" / ")[0] or " / ".join(section)
            yield Whole(f"whole-{_name_of(inside)}", f"Nothing under “{said}” is for this return", inside)


def _name_of(names: Iterable[str]) -> str:
    return digest(SeriesKey("", "", tuple(sorted(names)), ()))[:20]
