"""What is typed on the check page in place of figures: one small form for each cell, all within the page's own form.

They travel with the file, and nothing of them is stored before the file is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField

from dacommission.commissioning.forms import Chosen
from dacommission.returns.beside import spot_name
from dacommission.returns.forms import STATUS_CHOICES, FigureForm
from dacommission.returns.shown import STATUSES, FigureRow
from dacommission.web.words import plain_number
from imports import observing
from imports.corrections import Correction, absent_cell, is_absent
from imports.reading import Expected, Part, Reading, Status, Vocabulary
from imports.rules import borrowed
from imports.sheets import Spot

PREFIX = "correction-"
MOST = 200  # cells corrected in one page; where there are more, the file itself is mended sooner
OPEN, LEAVE = "correct", "leave"  # buttons: begin with a cell, and leave one as the file has it
ADD = "add"  # a button: begin with an indicator of which the file says nothing
_NAME = re.compile(rf"{PREFIX}([0-9]{{1,4}})-cell", re.ASCII)


class CellForm(FigureForm):
    """One cell. The token of the page's own form covers it."""

    sheet = HiddenField()
    cell = HiddenField()
    status = SelectField(
        "What there is",
        choices=STATUS_CHOICES,
        validators=[Chosen("Choose whether there is a figure.")],
        validate_choice=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, meta={"csrf": False}, **kwargs)

    @property
    def spot(self) -> Spot:
        """The cell that it is about."""
        return Spot(self.sheet.data or None, self.cell.data or "")

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed yet."""
        typed = (*(self.value.raw_data or ()), self.reason.data or "", *self.expected_on.typed)
        return self.status.data == str(Status.REPORTED) and not any(text.strip() for text in typed)

    @property
    def is_settled(self) -> bool:
        """Whether it was typed in full, and can be read as it is."""
        return not self.is_untouched and not self.errors

    @property
    def said(self) -> str:
        """What there is now, in words: "15", "Not applicable"."""
        status = Status(self.status.data)
        return plain_number(self.value.data) if status is Status.REPORTED else STATUSES[status]

    @property
    def correction(self) -> Correction:
        """What was typed, for a form that is settled."""
        status = Status(self.status.data)
        return Correction(
            *self.spot,
            status,
            self.value.data if status is Status.REPORTED else None,
            (self.reason.data or "").strip(),
            self.expected_on.data if status is Status.PENDING else None,
        )


@dataclass(frozen=True)
class Lacking:
    """An indicator that the return owes and of which the file says nothing."""

    code: str
    name: str
    cells: tuple[str, ...]  # what stands for the cells of its figures


def not_in_file(reading: Reading, expected: Expected, vocabulary: Vocabulary) -> list[Lacking]:
    """What may be given in the page because the file has it not; nothing where the file is the wrong one."""
    of_quarter = [one for one in reading.observations if one.period and expected.period.contains(one.period)]
    if not of_quarter:
        return []
    seen = {(one.indicator, one.part) for one in of_quarter if not is_absent(one.cell)}
    owed = {line.code for line in expected.lines}
    found = []
    for code in (line.code for line in expected.lines if line.code in vocabulary.terms):
        term = vocabulary.terms[code]
        parts = [part for part in observing.parts(term) if borrowed(term, part) not in owed]
        cells = tuple(absent_cell(code, part) for part in parts if (code, part) not in seen)
        if cells and (code, Part.PERCENT) not in seen:
            found.append(Lacking(code, term.name, cells))
    return found


@dataclass
class CellForms:
    """The forms of every cell that somebody corrects, in the order in which they were begun."""

    forms: list[CellForm]

    @classmethod
    def of(cls, sent: MultiDict[str, str]) -> CellForms:
        """What came with the page's form, with what its buttons ask for: one cell more, or one fewer."""
        numbers = sorted(int(found[1]) for name in sent if (found := _NAME.fullmatch(name)))
        left = sent.get(LEAVE, "")
        kept = [number for number in numbers[:MOST] if str(number) != left]
        made = cls([CellForm(_renumbered(sent, old, new), prefix=_prefix(new)) for new, old in enumerate(kept)])
        made.open(sent.get(OPEN, ""))
        return made

    def open(self, named: str) -> None:
        """Begins with a cell, named as `returns.beside.spot_name` does."""
        cell, _, sheet = named.partition("!")
        if cell and len(self.forms) < MOST and all(form.spot != (sheet or None, cell) for form in self.forms):
            begun = {"sheet": sheet, "cell": cell, "status": str(Status.REPORTED)}
            self.forms.append(CellForm(None, prefix=_prefix(len(self.forms)), data=begun))

    def add(self, code: str, found: Iterable[Lacking]) -> None:
        """Begins with the figures of an indicator of which the file says nothing."""
        for cell in (cell for one in found if one.code == code for cell in one.cells):
            self.open(spot_name(None, cell))

    def without_begun(self, found: Iterable[Lacking]) -> list[Lacking]:
        """The indicators of which the file says nothing and nobody has begun to."""
        begun = {form.spot[1] for form in self.forms}
        return [one for one in found if not begun.issuperset(one.cells)]

    def are_valid(self) -> bool:
        """Whether all that was typed is right; each form says what is not."""
        return all([form.validate() for form in self.touched])

    @property
    def touched(self) -> list[CellForm]:
        """Those in which something was typed."""
        return [form for form in self.forms if not form.is_untouched]

    @property
    def corrections(self) -> list[Correction]:
        """What is right as it was typed; whoever typed the rest is told."""
        return [form.correction for form in self.touched if form.validate()]

    def beside(self, figures: Iterable[FigureRow]) -> list[tuple[CellForm, FigureRow | None]]:
        """Each form with the figure of the file that it is about; None where the file has none."""
        rows = {figure.spot: figure for figure in figures if figure.spot and not is_absent(figure.place)}
        return [(form, rows.get(spot_name(*form.spot))) for form in self.forms]

    @property
    def errors(self) -> Iterator[tuple[str, str]]:
        """Each message with the place it is about, and the id of its field."""
        for form in self.forms:
            for name, messages in form.errors.items():
                yield from ((f"{form.cell.data}: {message}", form[name].id) for message in messages)


def _prefix(number: int) -> str:
    return f"{PREFIX}{number}-"


def _renumbered(sent: Mapping[str, str], old: int, new: int) -> MultiDict[str, str]:
    """One cell's fields under another number."""
    return MultiDict(
        (f"{_prefix(new)}{name.removeprefix(_prefix(old))}", value)
        for name, value in sent.items()
        if name.startswith(_prefix(old))
    )
