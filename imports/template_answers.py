"""Reading the return workbook back: rows by their code, columns by their headings, never by position.

Every version of the workbook is read alike: what an earlier one had no column for is simply not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from imports import (
    long_table,
    observing,
    statuses,
    template_asides,
    template_cover,
    template_passages,
    template_past,
    template_rows,
)
from imports import template_layout as layout
from imports.cells import BLANK, Meaning
from imports.headings import Page, folded
from imports.matching import CERTAIN, Lexicon
from imports.periods import Period
from imports.reading import (
    Cell,
    Cover,
    Match,
    Observation,
    Part,
    Passage,
    Problem,
    Reading,
    Restated,
    Severity,
    Sheet,
    Status,
    Term,
)
from imports.sheets import Spot
from imports.template_rows import Found, Row

_FIGURES = tuple(part.value for part in (Part.VALUE, Part.NUMERATOR, Part.DENOMINATOR))
_HIDDEN = "These rows are hidden. Their figures were read: unhide them to check them."
_SAID = ("value", "status")  # the columns by which a category is given


def read_template(pages: Sequence[Page], lexicon: Lexicon) -> Reading | None:
    """The figures, words and cover of a return workbook, without file name and digest. None for another layout."""
    reader = _Reader(lexicon)
    cover = reader.cover(pages)
    kpis = template_rows.find(pages, layout.KPI_HEADINGS, layout.KPI_NEEDED)
    if cover == Cover() and (kpis is None or long_table.tables(pages)):
        return None  # with a column of periods it is a long sheet, whatever its other headings
    if kpis is None:
        reader.no_figures()
    else:
        reader.named(kpis, layout.KPIS)
        for row in kpis.rows():
            reader.kpi(row, cover.period)
    if breakdowns := template_rows.find(pages, layout.BREAKDOWN_HEADINGS, layout.BREAKDOWN_NEEDED):
        reader.named(breakdowns, layout.BREAKDOWNS)
        reader.breakdowns(breakdowns, cover.period)
    reader.words(pages)
    return reader.reading(pages, cover)


@dataclass
class _Reader:
    lexicon: Lexicon
    observations: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    restated: list[Restated] = field(default_factory=list)

    def reading(self, pages: Sequence[Page], cover: Cover) -> Reading:
        """Everything that was found, and the numbers that are no figures."""
        told = {seen.spot for seen in self.observations}
        told |= {passage.spot for passage in self.passages}
        return Reading(
            "",
            "",
            "template",
            tuple(self.observations),
            tuple(self.problems),
            cover,
            tuple(self.passages),
            tuple(self.restated),
            asides=tuple(template_asides.asides(pages, told)),
        )

    def cover(self, pages: Sequence[Page]) -> Cover:
        """What the cover says; an empty one when there is none."""
        sheet, cover = template_cover.find(pages) or (None, Cover())
        if sheet and folded(sheet.name or "") != folded(layout.COVER):
            self._renamed(sheet, layout.COVER, None)
        return cover

    def words(self, pages: Sequence[Page]) -> None:
        """The narrative and the case studies."""
        for found in template_passages.passages(pages):
            self._take(found)

    def no_figures(self) -> None:
        """Says that a return workbook has a cover and no figures."""
        message = (
            f"The sheet {layout.KPIS} is not in this workbook, or its headings were changed. "
            "Download the return workbook again and copy your figures into it."
        )
        self.problems.append(Problem("missing-sheet", Severity.ERROR, message))

    def named(self, found: Found, name: str) -> None:
        """Says when a sheet has another name, the same heading twice, or figures under no known heading."""
        if folded(found.sheet.name or "") != folded(name):
            self._renamed(found.sheet, name, f"A{found.table.row}")
        for column in found.table.twice:
            place = Spot.at(found.sheet.name, found.table.row, column)
            message = "This heading stands twice on the sheet. Only the first of the two columns was read."
            self._say("duplicate-heading", Severity.ERROR, message, place)
        for place, _ in long_table.unread(found.page, found.table):
            message = "This column is not one of the workbook’s, so its numbers were not read. Move what belongs here."
            self._say("unread-column", Severity.WARNING, message, place)

    def kpi(self, row: Row, period: Period | None) -> None:
        """The figures of one indicator's row, blank ones included."""
        term = self._term(row, _FIGURES)
        if term is None:
            return
        self._moved(row, term)
        if row.hidden:
            message = f"The row of {term.code} is hidden. Its figures were read: unhide it to check them."
            self._say("hidden", Severity.WARNING, message, row.place("code"), _HIDDEN)
        status, seen = self._status(row), []
        for key in _FIGURES:
            part = row.part(term, key)
            if part is not None:
                seen.append(self._figure(row, key, term, part, period, status))
            elif row.typed(key):
                asked = " and ".join(f"{p.value}" for p in observing.parts(term))
                message = f"{term.code} asks for its {asked}. This cell was not read."
                self._say("not-asked", Severity.WARNING, message, row.place(key))
        self._keep(row, term, seen, period)
        for found in template_past.restated(row, term, period) if period else ():
            self._take(found)

    def _take(self, found: Passage | Restated | Problem) -> None:
        """Keeps what was found among others of its kind."""
        if isinstance(found, Problem):
            self.problems.append(found)
        elif isinstance(found, Passage):
            self.passages.append(found)
        else:
            self.restated.append(found)

    def _keep(self, row: Row, term: Term, seen: Sequence[Observation], period: Period | None) -> None:
        """Keeps a row's figures, with what stands beside them of those that are not given."""
        beside = statuses.Beside(
            f"{term.code} {term.name}",
            period,
            status=row.text("status"),
            day=row.cells.get("available"),
            day_place=row.place_if("available"),
            reason_place=row.place_if("comment"),
        )
        explained = statuses.explained(seen, beside)
        self.observations += explained
        self.problems += statuses.faults(explained, beside)

    def _moved(self, row: Row, term: Term) -> None:
        """Says when a row has the code of one indicator and the name of another."""
        codes = self._codes_by_name.get(folded(row.text("indicator")), set())
        if codes and term.code not in codes:
            message = (
                f"This row has the code {term.code} and the name of {' or '.join(sorted(codes))}, so nobody can say "
                "whose figures it holds. Put back the code that belongs to the name."
            )
            self._say("moved-row", Severity.ERROR, message, row.place("code"))

    @cached_property
    def _codes_by_name(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for term in self.lexicon.vocabulary.terms.values():
            found.setdefault(folded(term.name), set()).add(term.code)
        return found

    def breakdowns(self, found: Found, period: Period | None) -> None:
        """The categories of every breakdown in which something was typed; the empty ones among them are missing.

        The rows may stand in any order; one left empty gives way to another that says the same category.
        """
        rows = list(found.rows())
        begun = {row.group for row in rows if row.has(*_SAID)}
        known = [(row, term, place) for row in rows if row.group in begun for term, place in self._category(row)]
        given = {(term.code, *place) for row, term, place in known if row.has(*_SAID)}
        for row, term, place in known:
            if row.has(*_SAID) or (term.code, *place) not in given:
                given.add((term.code, *place))
                self._split(row, term, place, period)

    def _split(self, row: Row, term: Term, place: tuple[str | None, str], period: Period | None) -> None:
        """The figure of one category."""
        status, (key, category) = self._status(row), place
        figure = self._figure(row, "value", term, Part.VALUE, period, status, breakdown=key, category=category)
        self._keep(row, term, [figure], period)

    def _category(self, row: Row) -> Iterator[tuple[Term, tuple[str | None, str]]]:
        """The row's indicator, and its breakdown's key and category as the catalogue names them; or nothing."""
        term, written, breakdown = self._term(row, ("value",)), row.text("category"), row.text("breakdown")
        if term is None:
            return
        known = self.lexicon.category(term, written, breakdown=breakdown)
        if known is None:
            message = f"“{breakdown}: {written}” is not a category of {term.code}. Use one that the workbook lists."
            shared = f"“{breakdown}: {written}” is not a category. Use one that the workbook lists."
            self._say("unknown-category", Severity.ERROR, message, row.place("category"), shared)
        yield term, known or (None, written)

    def _term(self, row: Row, figures: tuple[str, ...]) -> Term | None:
        """The row's indicator. A row with a figure but no known code is a problem; one without is a note."""
        written = row.text("code")
        how, senses = self.lexicon.senses(written)
        if how is Match.CODE:
            return self.lexicon.vocabulary.terms[senses[0].code]
        typed = [key for key in (*figures, "status") if row.typed(key)]
        if written and typed:
            message = f"“{written[:40]}” is not the code of an indicator. Put back the code that the workbook had."
            self._say("unknown-code", Severity.ERROR, message, row.place("code"))
        elif typed:
            message = "This row has a figure but no code, so it was not read. Put back the code or clear the row."
            self._say("unknown-code", Severity.ERROR, message, row.place(typed[0]))
        return None

    def _status(self, row: Row) -> Status | None:
        try:
            return statuses.stated(row.text("status"))
        except ValueError as refusal:
            message = f"“{str(refusal)[:40]}” is not a status. Choose one from the list, or leave the cell empty."
            self._say("V03", Severity.ERROR, message, row.place("status"))
            return None

    def _figure(
        self,
        row: Row,
        key: str,
        term: Term,
        part: Part,
        period: Period | None,
        status: Status | None,
        *,
        breakdown: str | None = None,
        category: str | None = None,
    ) -> Observation:
        cell, place = row.cells.get(key), row.place(key)
        meaning, shown = self._meaning(row, cell, term, part, status, place)
        return Observation(
            sheet=place.sheet,
            cell=place.cell,
            label=row.text("indicator"),
            heading=(row.found.table.titles[key],),
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
            comment=row.text("comment"),
            comment_cell=row.cells["comment"].address if row.text("comment") else "",
        )

    def _meaning(
        self, row: Row, cell: Cell | None, term: Term, part: Part, status: Status | None, place: Spot
    ) -> tuple[Meaning, str]:
        """What the cell says, or the row's status where the cell says nothing; and as it was typed."""
        meaning = observing.meaning(cell, term, part)
        if meaning.fault:
            self._say("V03", Severity.ERROR, f"{term.code} {term.name}: {meaning.fault}", place, meaning.fault)
        if status is None:
            return meaning, cell.shown if cell else ""
        if meaning == BLANK:
            return Meaning(None, status), row.cells["status"].shown
        if meaning.value is not None:
            message = f"{term.code} has a figure and the status “{row.text('status')}”. Clear one of the two."
            self._say("status-and-figure", Severity.QUESTION, message, place, statuses.CONTRADICTED)
        return meaning, cell.shown if cell else ""

    def _renamed(self, sheet: Sheet, name: str, address: str | None) -> None:
        message = f"The sheet “{sheet.name}” was read as the sheet {name}, which its headings are those of."
        self.problems.append(Problem("renamed-sheet", Severity.WARNING, message, sheet.name, address))

    def _say(self, rule: str, severity: Severity, message: str, place: Spot, shared: str = "") -> None:
        """`shared` is what is said once for all cells of the same fault."""
        self.problems.append(Problem(rule, severity, message, *place, shared))
