"""Reading a sheet with one row a figure: which measure, which category, which period, how many.

The columns are found by their headings. What a label means is decided by `imports.matching`; a label or a
period that nobody can be sure of is asked about, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from imports import cells, headings, long_table, observing, period_words
from imports.headings import Page, Table
from imports.long_table import Row
from imports.matching import WHOLE, Around, Lexicon, Matched, code_of, family
from imports.observing import Place
from imports.periods import Period
from imports.reading import (
    Basis,
    Cell,
    Expected,
    Match,
    Observation,
    Part,
    Problem,
    Reading,
    Severity,
    Sheet,
    Term,
)


def read_long(pages: Sequence[Page], lexicon: Lexicon, expected: Expected | None = None) -> Reading | None:
    """The figures of a workbook in the long form, without file name and digest. None for another layout."""
    found = long_table.tables(pages)
    if not found:
        return None
    reader = _Reader(lexicon, expected, [row for found_table in found for row in long_table.rows(*found_table)])
    for page, table in found:
        reader.say_twice(page.sheet, table)
    reader.read()
    return Reading("", "", "long", tuple(reader.observations), tuple(reader.problems))


@dataclass
class _Reader:
    lexicon: Lexicon
    expected: Expected | None
    rows: list[Row]
    observations: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _periods: dict[tuple[str, str], Period | None] = field(default_factory=dict)
    _matches: dict[tuple[str, str, str], Matched] = field(default_factory=dict)
    _categories: dict[tuple[str, str, str, str], tuple[str, str] | None] = field(default_factory=dict)

    def read(self) -> None:
        self._say_hidden()
        for row in (row for row in self.rows if not row.hidden):
            if not row.label:
                message = "This figure has no measure beside it, so it was not read. Name what it counts."
                self._say("unmatched-label", Severity.ERROR, message, row.place("value"))
            else:
                self._row(row)

    def say_twice(self, sheet: Sheet, table: Table) -> None:
        """Says when two columns may hold the figures: only the first is read."""
        for column in (column for column, key in table.twice.items() if key == "value"):
            message = f"Two columns may hold the figures. Only “{table.titles['value']}” was read, not this one."
            self._say("duplicate-heading", Severity.WARNING, message, Place(sheet.name, table.row, column))

    def _say_hidden(self) -> None:
        """One warning a sheet for its hidden rows."""
        first: dict[str | None, list[Row]] = {}
        for row in self.rows:
            if row.hidden:
                first.setdefault(row.sheet.name, []).append(row)
        for rows in first.values():
            count = "1 hidden row was" if len(rows) == 1 else f"{len(rows)} hidden rows were"
            message = f"{count} not read. Unhide what belongs to the return and upload the file again."
            self._say("hidden", Severity.WARNING, message, rows[0].place("value"))

    @cached_property
    def families(self) -> Mapping[str, frozenset[str]]:
        """Per service named in the file, and "" for all of it: the families of what is named beyond doubt."""
        found: dict[str, set[str]] = {"": set()}
        for service, label in {(row.text("service"), row.text("code") or row.label) for row in self.rows}:
            _, senses = self.lexicon.senses(label)
            if code := code_of(senses):
                found[""].add(family(code))
                found.setdefault(service, set()).add(family(code))
        return {service: frozenset(families) for service, families in found.items()}

    @cached_property
    def owed(self) -> frozenset[str]:
        return frozenset(line.code for line in self.expected.lines) if self.expected else frozenset()

    @cached_property
    def _beside(self) -> Mapping[str, frozenset[str]]:
        """Per label, the categories that its rows are split into."""
        found: dict[str, set[str]] = {}
        for label, category in {(row.label, row.category) for row in self.rows}:
            split = found.setdefault(label, set())
            if self.lexicon.folded(category) not in WHOLE:
                split.add(category)
        return {label: frozenset(split) for label, split in found.items()}

    def _row(self, row: Row) -> None:
        matched = self._matched(row)
        sense = matched.sense
        term = self.lexicon.vocabulary.terms[sense.code] if sense else None
        part = self._part(row, term, sense.part if sense else Part.VALUE)
        period = self._period(row)
        breakdown, category = self._category(row, term, sense.category if sense else None)
        cell, place = row.cells.get("value"), row.place("value")
        meaning = observing.meaning(cell, term, part)
        if meaning.fault:
            self._say("V03", Severity.ERROR, f"{row.label}: {meaning.fault}", place)
        stated = observing.basis(term, period)
        self.observations.append(
            Observation(
                sheet=row.sheet.name,
                cell=place.address,
                label=row.label,
                heading=(row.table.titles["value"],),
                indicator=sense.code if sense else None,
                part=part,
                category=category,
                period=period,
                basis=sense.basis if sense and sense.basis and stated is not Basis.TOTAL else stated,
                value=meaning.value,
                status=meaning.status,
                shown=cell.shown if cell else "",
                match=matched.match,
                confidence=matched.confidence,
                breakdown=breakdown,
                comment=row.text("comment"),
            )
        )

    def _matched(self, row: Row) -> Matched:
        label = row.text("code") or row.label
        key = (row.text("service"), label, row.category)
        if key not in self._matches:
            families = self.families.get(key[0]) or self.families[""]
            self._matches[key] = self.lexicon.match(label, Around(self.owed, families, row.category))
            self._ask(row, self._matches[key])
        return self._matches[key]

    def _ask(self, row: Row, matched: Matched) -> None:
        if matched.match is not Match.NONE:
            return
        place = row.place("measure" if "measure" in row.cells else "code")
        if matched.possible:
            terms = self.lexicon.vocabulary.terms
            names = " or ".join(dict.fromkeys(f"{s.code} {terms[s.code].name}" for s in matched.possible))
            message = f"“{row.label}” could be {names}. Put the code in front of the name."
            self._say("ambiguous-label", Severity.QUESTION, message, place)
            return
        like = self.lexicon.suggestion(row.label)
        advice = f"Did you mean {like}?" if like else "If it belongs to the contract, put its code in front."
        message = f"“{row.label}” is not the name of an indicator, so its figures count towards nothing. {advice}"
        self._say("unmatched-label", Severity.WARNING, message, place)

    def _part(self, row: Row, term: Term | None, part: Part) -> Part:
        """A figure with a % sign is the percentage of its rate, whatever its label may be short for."""
        cell = row.cells.get("value")
        if term is None or term.count_type not in observing.RATES or part is Part.DENOMINATOR:
            return part
        marked = cells.is_percent_format(cell.number_format) or "%" in cell.shown if cell else False
        if marked:
            return Part.PERCENT
        unsure = part is Part.PERCENT and "%" not in row.label
        if cell and unsure and observing.meaning(cell, term, part).value is not None:
            message = f"{row.label}: {cell.shown} may be a percentage or a count of people. Type it with a % sign."
            self._say("V03", Severity.QUESTION, message, row.place("value"))
        return part

    def _period(self, row: Row) -> Period | None:
        column = "period" if "period" in row.cells else "year"
        year, written = row.text("year"), row.text("period")
        cell = row.cells.get(column)
        key = (year, str(cell.value) if cell else "")
        if key not in self._periods:
            self._periods[key] = self._parsed(cell, year if written else "")
            if self._periods[key] is None:
                place = row.place(column if column in row.table.columns else "period")
                self._say("period", Severity.ERROR, self._unsure(" ".join((written, year)).strip()), place)
        return self._periods[key]

    def _parsed(self, cell: Cell | None, year: str) -> Period | None:
        if cell is None:
            return None
        around = period_words.parse(year) if year else self.expected.period if self.expected else None
        written = cell.value if isinstance(cell.value, date) else headings.text(cell)
        return period_words.parse(written, year=around.year if around else None)

    def _unsure(self, written: str) -> str:
        if not written:
            return "This row does not say which period it is about. Write it as, for example, Q1 2022/23."
        return period_words.why_unsure(written)

    def _category(self, row: Row, term: Term | None, by_name: str | None) -> tuple[str | None, str | None]:
        """The breakdown's key and the category, as the catalogue names it where it can be told."""
        written = by_name or row.category
        if self.lexicon.folded(written) in WHOLE:
            return None, None
        if term is None:
            return None, written
        if found := self._known_category(row, term, written):
            return found
        message = f"“{written}” is not one category of {term.code}. Use a category of the return workbook."
        column = "category" if "category" in row.cells else "breakdown"
        self._say("unknown-category", Severity.QUESTION, message, row.place(column if row.category else "value"))
        return None, written

    def _known_category(self, row: Row, term: Term, written: str) -> tuple[str, str] | None:
        key = (term.code, written, row.dimension, row.label)
        if key not in self._categories:
            beside = self._beside[row.label]
            self._categories[key] = self.lexicon.category(term, written, breakdown=row.dimension, beside=beside)
        return self._categories[key]

    def _say(self, rule: str, severity: Severity, message: str, place: Place) -> None:
        self.problems.append(Problem(rule, severity, message, place.sheet, place.address))
