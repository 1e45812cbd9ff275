"""Tables of labels in other words of the field, each with what it means, and how well they are named.

A line is: section > label // outer heading > heading // hints and figures // truth. The truth is "CODE",
"CODE part", "CODE =category" ("=*" for any); "-" where no indicator is meant; "?" where nobody could be sure.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from imports.matching import Lexicon
from imports.naming import Naming, named
from imports.reading import Basis, Part
from imports.series import Named

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Told:
    """A series, and what it truly is."""

    workbook: str
    one: Named
    truth: str


def told(name):
    found, workbook, sheet, title = [], "", "", ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            workbook = line.strip("[]")
        elif line.startswith("@"):
            sheet, _, title = (part.strip() for part in line[1:].partition("|"))
        elif line.strip():
            row, column, hints, truth = (part.strip() for part in line.split("//"))
            found.append(Told(workbook, _series(row, column, hints.split(), sheet, title), truth))
    return found


def _series(row, column, hints, sheet, title):
    return Named(
        row=_levels(row),
        column=_levels(column),
        title=title,
        sheet=sheet,
        percent="%" in hints,
        basis=Basis.YEAR_TO_DATE if "ytd" in hints else None,
        values=tuple(value for hint in hints if (value := _number(hint)) is not None),
    )


def _levels(text):
    return tuple(level.strip() for level in text.split(">")) if text else ()


def _number(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def is_right(sense, truth):
    """Whether a sense is what a series truly is."""
    words = truth.split(" =")
    code, _, part = words[0].partition(" ")
    category = words[1] if len(words) > 1 else None
    right = sense is not None and sense.code == code and sense.part == Part(part or "value")
    return right and category in ("*", sense.category)


@dataclass(frozen=True)
class Score:
    accepted: int  # accepted, and right
    proposed: int  # not accepted; the first candidate is right
    known: int  # how many are some indicator's
    wrong: tuple[tuple[Told, Naming], ...]  # accepted, and wrong: the worst that can be
    missed: tuple[tuple[Told, Naming], ...]


def score(cases, vocabulary, expected=None):
    results = []
    for workbook in dict.fromkeys(case.workbook for case in cases):
        inside = [case for case in cases if case.workbook == workbook]
        results += zip(inside, named([case.one for case in inside], Lexicon(vocabulary), expected), strict=True)
    known = [(case, naming) for case, naming in results if case.truth not in "-?"]
    right = [(case, naming) for case, naming in known if is_right(naming.sense, case.truth)]
    likely = [
        (case, naming)
        for case, naming in known
        if naming.sense is None and naming.candidates and is_right(naming.candidates[0].sense, case.truth)
    ]
    wrong = [(case, naming) for case, naming in results if naming.sense and not is_right(naming.sense, case.truth)]
    missed = [(case, naming) for case, naming in known if (case, naming) not in right + likely]
    return Score(len(right), len(likely), len(known), tuple(wrong), tuple(missed))
