"""Reading a sheet with one row a figure: which measure, which category, which period, how many.

The columns are found by their headings. What a label means is decided by `imports.matching`; a label or a
period that nobody can be sure of is asked about, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from imports import cells, long_periods, long_series, long_table, observing, statuses
from imports.cells import BLANK, Meaning
from imports.headings import Page, Table
from imports.long_series import Label, LongSeries, Recognised, label_of
from imports.long_table import COUNTS, FIGURES, VALUE_ALONE, Row
from imports.matching import WHOLE, Around, Lexicon, code_of, family, normalised
from imports.periods import Period
from imports.reading import (
    Basis,
    Expected,
    Observation,
    Part,
    Problem,
    Reading,
    Severity,
    Status,
    Term,
)
from imports.series import NOTHING_KNOWN, Aside, Profile, Sense
from imports.sheets import Spot
from imports.workbook.addresses import DIGITS


def read_long(
    pages: Sequence[Page], lexicon: Lexicon, expected: Expected | None = None, profile: Profile = NOTHING_KNOWN
) -> Reading | None:
    """The figures of a workbook in the long form, without file name and digest. None for another layout."""
    found = long_table.tables(pages)
    if not found:
        return None
    rows = [row for found_table in found for row in long_table.rows(*found_table)]
    reader = _Reader(lexicon, expected, rows, LongSeries.of(rows, lexicon, expected, profile))
    for page, table in found:
        reader.say_unread(page, table)
    reader.read()
    return Reading(
        "",
        "",
        "long",
        tuple(reader.observations),
        tuple(reader.problems),
        series=tuple(reader.series.series(reader.known, reader.observations)),
        asides=tuple(reader.asides),
    )


@dataclass
class _Reader:
    lexicon: Lexicon
    expected: Expected | None
    rows: list[Row]
    series: LongSeries
    known: dict[Label, Recognised] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _periods: dict[tuple[str, ...], Period | None] = field(default_factory=dict)
    _categories: dict[tuple[str, str, str, str], tuple[str, str] | None] = field(default_factory=dict)

    def read(self) -> None:
        self._say_hidden()
        for row in (row for row in self.rows if not row.hidden):
            if not row.label:
                message = "This figure has no measure beside it, so it was not read. Name what it counts."
                self._say("unmatched-label", Severity.ERROR, message, row.figure_place)
            else:
                self._row(row)

    def say_unread(self, page: Page, table: Table) -> None:
        """Says which columns hold figures that are not read."""
        for column, key in table.twice.items():
            if key in FIGURES:
                message = f"Two columns may hold the figures. Only “{table.titles[key]}” was read, not this one."
                self._say("duplicate-heading", Severity.WARNING, message, Spot.at(page.sheet.name, table.row, column))
        for place, title in long_table.unread(page, table):
            named = f"The column “{title}”" if title else f"Column {place.cell.rstrip(DIGITS)}"
            read = " or ".join(f"“{table.titles[key]}”" for key in FIGURES if key in table.columns)
            message = f"{named} holds numbers that were not read. Figures of the return stand under {read}."
            self._say("unread-column", Severity.WARNING, message, place)

    def _say_hidden(self) -> None:
        """One warning a sheet for its hidden rows."""
        first: dict[str | None, list[Row]] = {}
        for row in self.rows:
            if row.hidden:
                first.setdefault(row.sheet.name, []).append(row)
        for rows in first.values():
            count = "1 hidden row was" if len(rows) == 1 else f"{len(rows)} hidden rows were"
            message = f"{count} not read. Unhide what belongs to the return and upload the file again."
            self._say("hidden", Severity.WARNING, message, rows[0].figure_place)

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
            if normalised(category) not in WHOLE:
                split.add(category)
        return {label: frozenset(split) for label, split in found.items()}

    def _row(self, row: Row) -> None:
        known = self._known(row)
        if known.not_ours:
            self.asides += long_series.not_ours(row)
            return
        sense = known.matched.sense
        term = self.lexicon.vocabulary.terms[sense.code] if sense else None
        period = self._period(row)
        place = self._category(row, term, sense or known.likely)
        status = self._status(row)
        seen = [self._figure(row, column, known, period, place, status) for column in self._columns(row, term)]
        beside = statuses.Beside(
            row.label,
            period,
            status=row.text("status"),
            day=row.cells.get("available"),
            day_place=row.place_if("available"),
            reason_place=row.place_if("comment"),
        )
        explained = statuses.explained(seen, beside)
        self.observations += explained
        self.problems += statuses.faults(explained, beside)

    def _status(self, row: Row) -> Status | None:
        """Why the row has no figure, where a column for it says so."""
        try:
            return statuses.stated(row.text("status"))
        except ValueError as refusal:
            if not row.figures:
                message = f"“{str(refusal)[:40]}” is not a status. Write a figure, or for example “not applicable”."
                self._say("V03", Severity.QUESTION, message, row.place("status"))
            return None

    def _columns(self, row: Row, term: Term | None) -> Sequence[str]:
        """The columns in which the row has figures, or should have: a rate has both its counts, or neither."""
        if row.figures == VALUE_ALONE:
            return row.figures
        counts = [key for key in COUNTS if key in row.table.columns]
        if counts and term is not None and term.count_type in observing.RATES:
            return [*(key for key in row.figures if key not in COUNTS), *counts]
        return row.figures or (VALUE_ALONE if "value" in row.table.columns else counts)

    def _figure(
        self,
        row: Row,
        column: str,
        known: Recognised,
        period: Period | None,
        place: tuple[str | None, str | None],
        status: Status | None,
    ) -> Observation:
        matched, cell, at = known.matched, row.cells.get(column), row.place(column)
        sense, meant = matched.sense, matched.sense or known.likely
        term = self.lexicon.vocabulary.terms[sense.code] if sense else None
        own = meant.part if meant else Part.VALUE
        part = self._part(row, term, own) if column == "value" else Part(column)
        meaning = observing.meaning(cell, term, part)
        if column != "value" and term and part not in _columns_of(term) and meaning.value is not None:
            what = "percentage" if part is Part.PERCENT else part
            message = f"{row.label} is no rate, so it has no {what}, and this figure counts towards nothing."
            self._say("V03", Severity.QUESTION, f"{message} Move it to a column for values.", at)
        if meaning.fault:
            self._say("V03", Severity.ERROR, f"{row.label}: {meaning.fault}", at, meaning.fault)
        shown = cell.shown if cell else ""
        if status is not None and meaning == BLANK:
            meaning, shown = Meaning(None, status), row.cells["status"].shown
        elif status is not None and meaning.value is not None:
            message = f"{row.label} has a figure and the status “{row.text('status')}”. Clear one of the two."
            self._say("status-and-figure", Severity.QUESTION, message, at, statuses.CONTRADICTED)
        stated = observing.basis(self.lexicon.vocabulary.terms[meant.code] if meant else None, period)
        return Observation(
            sheet=row.sheet.name,
            cell=at.cell,
            label=row.label,
            heading=(row.table.titles[column],),
            indicator=sense.code if sense else None,
            part=part,
            category=place[1],
            period=period,
            basis=meant.basis if meant and meant.basis and stated is not Basis.TOTAL else stated,
            value=meaning.value,
            status=meaning.status,
            shown=shown,
            match=matched.match,
            confidence=matched.confidence if sense else known.confidence,
            breakdown=place[0],
            comment=row.text("comment"),
            comment_cell=row.cells["comment"].address if row.text("comment") else "",
            proposed=known.likely,
        )

    def _known(self, row: Row) -> Recognised:
        key = label_of(row)
        if key not in self.known:
            families = self.families.get(key.service) or self.families[""]
            matched = self.lexicon.match(key.label, Around(self.owed, families, row.category))
            self.known[key] = self.series.known(row, matched)
            self.problems += long_series.asked(row, self.known[key], self.lexicon)
        return self.known[key]

    def _part(self, row: Row, term: Term | None, part: Part) -> Part:
        """A figure with a % sign is the percentage of its rate, whatever its label may be short for."""
        cell = row.cells.get("value")
        if term is None or term.count_type not in observing.RATES or part is Part.DENOMINATOR:
            return part
        marked = cells.is_percent_format(cell.number_format) or "%" in cell.shown if cell else False
        if marked:
            return Part.PERCENT
        unsure = part is Part.PERCENT and "%" not in row.label and row.figures == VALUE_ALONE
        if cell and unsure and observing.meaning(cell, term, part).value is not None:
            message = f"{row.label}: {cell.shown} may be a percentage or a count of people. Type it with a % sign."
            self._say("V03", Severity.QUESTION, message, row.place("value"))
        return part

    def _period(self, row: Row) -> Period | None:
        key = long_periods.key(row)
        if key not in self._periods:
            self._periods[key] = long_periods.said(row, self.expected.period if self.expected else None)
            if self._periods[key] is None:
                self._say("period", Severity.ERROR, long_periods.why_unsure(row), long_periods.place(row))
        return self._periods[key]

    def _category(self, row: Row, term: Term | None, sense: Sense | None) -> tuple[str | None, str | None]:
        """The breakdown's key and the category, as the catalogue names it where it can be told."""
        if sense and sense.category and sense.breakdown:
            return sense.breakdown, sense.category
        written = (sense.category if sense else None) or row.category
        if normalised(written) in WHOLE:
            return None, None
        if term is None:
            return None, written
        if found := self._known_category(row, term, written):
            return found
        message = f"“{written}” is not one category of {term.code}. Use a category of the return workbook."
        column = "category" if "category" in row.cells else "breakdown"
        place = row.place(column) if row.category else row.figure_place
        shared = f"“{written}” is not a category. Use one of the return workbook."
        self._say("unknown-category", Severity.QUESTION, message, place, shared)
        return None, written

    def _known_category(self, row: Row, term: Term, written: str) -> tuple[str, str] | None:
        key = (term.code, written, row.dimension, row.label)
        if key not in self._categories:
            beside = self._beside[row.label]
            self._categories[key] = self.lexicon.category(term, written, breakdown=row.dimension, beside=beside)
        return self._categories[key]

    def _say(self, rule: str, severity: Severity, message: str, place: Spot, shared: str = "") -> None:
        """`shared` is what is said once for all cells of the same fault."""
        self.problems.append(Problem(rule, severity, message, *place, shared))


def _columns_of(term: Term) -> tuple[Part, ...]:
    """The columns in which an indicator may have figures, beside the one for values."""
    percent = (Part.PERCENT,) if term.unit == "percent" else ()
    return (*observing.parts(term), *percent)
