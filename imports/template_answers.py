"""Reading the return workbook back: rows by their code, columns by their headings, never by position.

The past figures shown beside the answers are not answers and are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from imports import headings, observing, template_cover
from imports import template_layout as layout
from imports.cells import BLANK, Meaning
from imports.headings import Heading, Page, Table, folded
from imports.matching import CERTAIN, Lexicon
from imports.observing import Place
from imports.periods import Period
from imports.reading import (
    Cell,
    Cover,
    Match,
    Observation,
    Part,
    Problem,
    Reading,
    Severity,
    Sheet,
    Status,
    Term,
)

_FIGURES = tuple(part.value for part in (Part.VALUE, Part.NUMERATOR, Part.DENOMINATOR))


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet of the template, known by its headings, and its rows."""

    page: Page
    table: Table

    @property
    def sheet(self) -> Sheet:
        return self.page.sheet

    def entries(self) -> Iterator[Entry]:
        for number, found in self.page.rows.items():
            if number > self.table.row:
                cells = {key: found[c] for key, c in self.table.columns.items() if c in found}
                if cells:
                    yield Entry(self, number, cells)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table, by the keys of its columns."""

    found: Found
    number: int
    cells: Mapping[str, Cell]

    def text(self, key: str) -> str:
        return headings.text(self.cells.get(key))

    def place(self, key: str) -> Place:
        return Place(self.found.sheet.name, self.number, self.found.table.columns[key])

    @property
    def hidden(self) -> bool:
        """Whether the whole row is hidden; a column may be, to make room."""
        return self.found.sheet.hidden or all(cell.hidden for cell in self.cells.values())


def read_template(pages: Sequence[Page], lexicon: Lexicon) -> Reading | None:
    """The figures and the cover of a return workbook, without file name and digest. None for another layout."""
    reader = _Reader(lexicon)
    cover = reader.cover(pages)
    kpis = _find(pages, layout.KPI_HEADINGS, layout.KPI_NEEDED)
    if kpis is None and cover == Cover():
        return None
    if kpis is None:
        reader.no_figures()
    else:
        reader.named(kpis, layout.KPIS)
        for entry in kpis.entries():
            reader.kpi(entry, cover.period)
    if breakdowns := _find(pages, layout.BREAKDOWN_HEADINGS, layout.BREAKDOWN_NEEDED):
        reader.named(breakdowns, layout.BREAKDOWNS)
        reader.breakdowns(breakdowns, cover.period)
    return Reading("", "", "template", tuple(reader.observations), tuple(reader.problems), cover)


def _find(pages: Sequence[Page], wanted: tuple[Heading, ...], needed: frozenset[str]) -> Found | None:
    for page in pages:
        table = headings.find(page, wanted, needed=needed, within=layout.HEADER_WITHIN)
        if table:
            return Found(page, table)
    return None


@dataclass
class _Reader:
    lexicon: Lexicon
    observations: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def cover(self, pages: Sequence[Page]) -> Cover:
        """What the cover says; an empty one when there is none."""
        sheet, cover = template_cover.find(pages) or (None, Cover())
        if sheet and folded(sheet.name or "") != folded(layout.COVER):
            self._renamed(sheet, layout.COVER, None)
        return cover

    def no_figures(self) -> None:
        """Says that a return workbook has a cover and no figures."""
        message = (
            f"The sheet {layout.KPIS} is not in this workbook, or its headings were changed. "
            "Download the return workbook again and copy your figures into it."
        )
        self.problems.append(Problem("missing-sheet", Severity.ERROR, message))

    def named(self, found: Found, name: str) -> None:
        """Says when a sheet has another name, or the same heading twice."""
        if folded(found.sheet.name or "") != folded(name):
            self._renamed(found.sheet, name, f"A{found.table.row}")
        for column in found.table.twice:
            place = Place(found.sheet.name, found.table.row, column)
            message = "This heading stands twice on the sheet. Only the first of the two columns was read."
            self._say("duplicate-heading", Severity.ERROR, message, place)

    def kpi(self, entry: Entry, period: Period | None) -> None:
        """The figures of one indicator's row, blank ones included."""
        term = self._term(entry, _FIGURES)
        if term is None:
            return
        status = self._status(entry)
        if entry.hidden:
            message = f"The row of {term.code} is hidden. Its figures were read: unhide it to check them."
            self._say("hidden", Severity.WARNING, message, entry.place("code"))
        for key in _FIGURES:
            part = _part(term, key, entry.cells.get(key))
            if part is not None:
                self._figure(entry, key, term, part, period, status)
            elif key in entry.cells and not _is_worked_out(entry.cells[key]):
                asked = " and ".join(f"{p.value}" for p in observing.parts(term))
                message = f"{term.code} asks for its {asked}. This cell was not read."
                self._say("not-asked", Severity.WARNING, message, entry.place(key))

    def breakdowns(self, found: Found, period: Period | None) -> None:
        """The categories of every breakdown in which something was typed; the empty ones among them are missing."""
        groups: dict[tuple[str, str], list[Entry]] = {}
        for entry in found.entries():
            groups.setdefault((entry.text("code"), entry.text("breakdown")), []).append(entry)
        for (_, breakdown), entries in groups.items():
            if not any("value" in entry.cells for entry in entries):
                continue
            for entry in entries:
                term = self._term(entry, ("value",))
                if term is not None:
                    self._category(entry, term, breakdown, period)

    def _category(self, entry: Entry, term: Term, breakdown: str, period: Period | None) -> None:
        written = entry.text("category")
        known = self.lexicon.category(term, written, breakdown=breakdown)
        if known is None:
            message = f"“{breakdown}: {written}” is not a category of {term.code}. Use one that the workbook lists."
            self._say("unknown-category", Severity.ERROR, message, entry.place("category"))
        key, category = known or (None, written)
        self._figure(entry, "value", term, Part.VALUE, period, None, breakdown=key, category=category)

    def _term(self, entry: Entry, figures: tuple[str, ...]) -> Term | None:
        """The row's indicator. A row with a figure but no known code is a problem."""
        written = entry.text("code")
        how, senses = self.lexicon.senses(written)
        if how is Match.CODE:
            return self.lexicon.vocabulary.terms[senses[0].code]
        typed = [key for key in figures if key in entry.cells and not _is_worked_out(entry.cells[key])]
        if written:
            message = f"“{written[:40]}” is not the code of an indicator. Put back the code that the workbook had."
            self._say("unknown-code", Severity.ERROR, message, entry.place("code"))
        elif typed:
            message = "This row has a figure but no code, so it was not read. Put back the code or clear the row."
            self._say("unknown-code", Severity.ERROR, message, entry.place(typed[0]))
        return None

    def _status(self, entry: Entry) -> Status | None:
        written = entry.text("status")
        if not written or folded(written) == "reported":
            return None
        for word, status in layout.STATUS_WORDS.items():
            if folded(written) == folded(word):
                return status
        message = f"“{written[:40]}” is not a status. Choose one from the list, or leave the cell empty."
        self._say("V03", Severity.ERROR, message, entry.place("status"))
        return None

    def _figure(
        self,
        entry: Entry,
        key: str,
        term: Term,
        part: Part,
        period: Period | None,
        status: Status | None,
        *,
        breakdown: str | None = None,
        category: str | None = None,
    ) -> None:
        cell, place = entry.cells.get(key), entry.place(key)
        meaning, shown = self._meaning(entry, cell, term, part, status, place)
        self.observations.append(
            Observation(
                sheet=place.sheet,
                cell=place.address,
                label=entry.text("indicator"),
                heading=(entry.found.table.titles[key],),
                indicator=term.code,
                part=part,
                category=category,
                period=period,
                basis=observing.basis(term, period),
                value=meaning.value,
                status=meaning.status,
                shown=shown,
                match=Match.CODE,
                confidence=CERTAIN,
                breakdown=breakdown,
                comment=entry.text("comment"),
            )
        )

    def _meaning(
        self, entry: Entry, cell: Cell | None, term: Term, part: Part, status: Status | None, place: Place
    ) -> tuple[Meaning, str]:
        """What the cell says, or the row's status where the cell says nothing; and as it was typed."""
        meaning = observing.meaning(cell, term, part)
        if meaning.fault:
            self._say("V03", Severity.ERROR, f"{term.code} {term.name}: {meaning.fault}", place)
        if status is None:
            return meaning, cell.shown if cell else ""
        if meaning == BLANK:
            return Meaning(None, status), entry.text("status")
        if meaning.value is not None:
            message = f"{term.code} has a figure and the status “{entry.text('status')}”. Clear one of the two."
            self._say("status-and-figure", Severity.QUESTION, message, place)
        return meaning, cell.shown if cell else ""

    def _renamed(self, sheet: Sheet, name: str, address: str | None) -> None:
        message = f"The sheet “{sheet.name}” was read as the sheet {name}, which its headings are those of."
        self.problems.append(Problem("renamed-sheet", Severity.WARNING, message, sheet.name, address))

    def _say(self, rule: str, severity: Severity, message: str, place: Place) -> None:
        self.problems.append(Problem(rule, severity, message, place.sheet, place.address))


def _part(term: Term, key: str, cell: Cell | None) -> Part | None:
    """Which part a column holds for an indicator; None for a column that is not its own."""
    part = Part(key)
    if part in observing.parts(term):
        return part
    typed = part is Part.VALUE and cell is not None and not _is_worked_out(cell)
    return Part.PERCENT if typed and term.unit == "percent" else None


def _is_worked_out(cell: Cell) -> bool:
    return cell.formula is not None
