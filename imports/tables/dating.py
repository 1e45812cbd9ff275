"""Which period each figure of a table is about: by its column, its row, and what stands around the table.

The shortest period said is the figure's; the others give it the year, and must contain it. Where a year is
lacking, or two disagree, that is said; none is guessed in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from imports.period_part import CALENDAR, FINANCIAL, PeriodPart
from imports.period_parts import year_of
from imports.periods import Period
from imports.reading import Basis
from imports.tables.context import Around, Surroundings
from imports.tables.lines import Line
from imports.tables.stretches import (
    APRIL,
    YEAR,
    agrees,
    basis_of,
    begun_again,
    carried_on,
    differs,
    is_of_year,
    is_since_april,
    last_of,
)

JANUARY = 1


@dataclass(frozen=True, slots=True)
class Dated:
    """A figure's period and what stretch of it the words say; `unsure` names what has to be asked."""

    period: Period | None
    basis: Basis | None = None
    unsure: str = ""  # "year-missing", "which-quarters" or "periods-disagree"
    part: PeriodPart | None = None  # the words that said it; None where what stands around the table did


@dataclass
class Dating:
    """The periods of one table."""

    rows: Sequence[Line]
    columns: Sequence[Line]
    surroundings: Surroundings
    quarters: str = ""
    year: int | None = None  # what somebody answered where no year is said
    is_so_far: bool = False  # whether the words above the table say so of all its figures
    filled: dict[int, int] = field(default_factory=dict)  # column → how many of its cells hold figures
    _known: dict[tuple[int, int], Dated] = field(default_factory=dict)

    @cached_property
    def _carried(self) -> dict[int, tuple[str, int]]:
        """The year of columns that name none, carried on from a column before: "Apr 22", "May", "Jun"."""
        return carried_on([line.finest for line in self.columns])

    @cached_property
    def _carried_down(self) -> dict[int, tuple[str, int]]:
        return carried_on([line.finest for line in self.rows])

    @cached_property
    def around(self) -> tuple[Period, Around] | None:
        """The shortest period that is said around the table."""
        return self.surroundings.finest(self.quarters)

    @cached_property
    def _is_calendar(self) -> bool:
        """Whether its years are the calendar's."""
        years = [part.year for line in (*self.rows, *self.columns) for part in line.parts if part.year]
        return bool(years) and all(kind == CALENDAR for kind, _ in years)

    @cached_property
    def _alike(self) -> list[int]:
        """For each row, the first row whose words say the same of its period."""
        first: dict[tuple, int] = {}
        return [
            place
            if line.basis
            else first.setdefault((line.parts, line.is_last_day, self._carried_down.get(place)), place)
            for place, line in enumerate(self.rows)
        ]

    def of(self, row: int, column: int) -> Dated:
        """The period of the figure in a row and a column, both by their place in the table from 0."""
        key = self._alike[row], column
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._dated(*key)
        return known

    def said_in(self, row: int, column: int, dated: Dated) -> str:
        """The address of the heading or label that says a figure's period; "" where none does."""
        words = (*self.columns[column].path, *self.rows[row].path)
        return next((word.cell.address for word in words if dated.part and word.said.period is dated.part), "")

    def _dated(self, row: int, column: int) -> Dated:
        across, down = self.columns[column], self.rows[row]
        said = basis_of(across, down)
        found = None
        if across.basis is Basis.TOTAL or (across.adds_up and all(part.is_year for part in across.parts)):
            found = self._of_named_total(row, column) or self._of_columns(row, column, said)
        elif down.adds_up and not down.parts:
            found = self._of_several(self._above(row, column), said)
        found = found or self._single(row, column, None if said is Basis.TOTAL else said)
        if self.is_so_far and found.basis is None and found.period and found.period.months < YEAR:
            return replace(found, basis=Basis.YEAR_TO_DATE)
        return found

    def _single(self, row: int, column: int, basis: Basis | None) -> Dated:
        parts = [*self.rows[row].parts, *self.columns[column].parts]
        if not parts:
            return self._from_around(basis)
        finest = min(parts, key=lambda part: part.size)
        return self._rolling(finest, row, column) if finest.rolling else self._of_parts(parts, row, column, basis)

    def _of_parts(self, parts: Sequence[PeriodPart], row: int, column: int, basis: Basis | None) -> Dated:
        across, down = self.columns[column], self.rows[row]
        finest = min(parts, key=lambda part: part.size)
        others = [part for part in parts if part is not finest]
        year, unsure = self._year(finest, others, row, column)
        period = finest.within(year, self.quarters)
        if period and (down.is_last_day or across.is_last_day) and period.months == 1:
            period = self._ending(period)
        if period is None:
            return Dated(None, basis, "year-missing", finest)
        if finest.is_unsure(year) and not self.quarters:
            unsure = "which-quarters"
        if any(not agrees(part, period, year, self.quarters) for part in others if part.size > finest.size):
            unsure = "periods-disagree"
        if any(part.size == finest.size and differs(part, period, year, self.quarters) for part in others):
            return Dated(None, basis, "periods-disagree", finest)
        if row in self._backwards or column in self._backwards_across:
            unsure = "periods-disagree"
        if basis is not Basis.TOTAL and is_since_april(period, basis):
            return Dated(last_of(period.calendar_months, period.end), Basis.YEAR_TO_DATE, unsure, finest)
        return Dated(period, basis, unsure, finest)

    @cached_property
    def _backwards(self) -> frozenset[int]:
        """The rows whose months begin again under the same year, which may be the next one."""
        return begun_again(self.rows)

    @cached_property
    def _backwards_across(self) -> frozenset[int]:
        return begun_again(self.columns)

    def _year(
        self, finest: PeriodPart, others: Iterable[PeriodPart], row: int, column: int
    ) -> tuple[tuple[str, int] | None, str]:
        """The year of a period that names none, and what has to be asked about it."""
        if finest.period or finest.year:
            return finest.year, ""
        found = year_of(others) or self._carried.get(column) or self._carried_down.get(row)
        if not found and (found := self.surroundings.year):
            is_of_other_year = finest.numbered and self.surroundings.has_other_year and not self.quarters
            return self._of_sequence(found), "which-quarters" if is_of_other_year else ""
        if found:
            return found, ""
        if self.year is not None:
            return (FINANCIAL, self.year), ""
        due = self.surroundings.due
        return ((FINANCIAL, due.year), "year-missing") if due else (None, "year-missing")

    def _of_sequence(self, year: tuple[str, int]) -> tuple[str, int]:
        """A year such as 2022 over months from April to March is the year in which they begin."""
        kind, number = year
        lines = self.columns if any(line.parts for line in self.columns) else self.rows
        months = [line.finest.months[0] for line in lines if line.finest and line.finest.months]
        wraps = any(later < APRIL <= earlier for earlier, later in zip(months, months[1:], strict=False))
        return (FINANCIAL, number) if kind == CALENDAR and wraps else year

    def _from_around(self, basis: Basis | None) -> Dated:
        if self.around:
            period, around = self.around
            unsure = "periods-disagree" if self._is_disputed else ""
            if around.part.is_unsure(self.surroundings.year) and not self.quarters:
                unsure = "which-quarters"
            return Dated(period, basis, unsure, around.part)
        due = self.surroundings.due
        return Dated(due, basis, "year-missing" if due is None else "")

    @cached_property
    def _is_disputed(self) -> bool:
        """Whether what stands around the table names another period of the same length."""
        year = self.surroundings.year
        others = [one.part.within(year, self.quarters) for one in self.surroundings.found]
        return self.around is not None and any(
            other != self.around[0] for other in others if other and other.months == self.around[0].months
        )

    def against_around(self) -> tuple[PeriodPart, Period] | None:
        """The first period that the table says itself, where none agrees with the one said around it."""
        if self.around is None:
            return None
        outside, around = self.around
        own = [dated for dated in self.told(with_asides=False) if dated.part is not around.part]
        said = [(dated.part, dated.period) for dated in own if dated.part and dated.period]
        if not said or any(period.contains(outside) or outside.contains(period) for _, period in said):
            return None
        return said[0]

    def told(self, *, with_asides: bool) -> Iterator[Dated]:
        """What each column of figures says, with each row; once where several rows say the same."""
        places = [self._alike[place] for place, line in enumerate(self.rows) if with_asides or not line.is_aside]
        rows = dict.fromkeys(places)
        for column, line in enumerate(self.columns):
            if not line.is_aside:
                yield from (self.of(row, column) for row in rows)

    def _rolling(self, part: PeriodPart, row: int, column: int) -> Dated:
        """The months up to the last period that the other rows or columns say."""
        own = self._period(row, column)
        found = [own] if own else self._above(row, column) or self._beside(row, column)
        last = max((period.end for period in found), default=self.around[0].end if self.around else None)
        if last is None:
            return Dated(None, Basis.PERIOD, "year-missing", part)
        return Dated(Period.months_to(last, part.rolling), Basis.PERIOD, "", part)

    def _period(self, row: int, column: int) -> Period | None:
        """The period that a row and a column say, apart from words such as "rolling 6 months"."""
        parts = [part for part in (*self.rows[row].parts, *self.columns[column].parts) if not part.rolling]
        return self._of_parts(parts, row, column, None).period if parts else None

    def _ending(self, month: Period) -> Period:
        """The period that ends with a month: the one said above the table, or else the quarter."""
        if self.around and self.around[0].end == month.end:
            return self.around[0]
        quarter = Period.quarter_of(month.start)
        return quarter if quarter.end == month.end else month

    def _beside(self, row: int, column: int) -> list[Period]:
        """The periods of the columns that one stands for: those before it, back to the one like it."""
        line = self.columns[column]
        every = self._periods_across(row)
        # Neither a total nor what is so far reaches beyond the last column in which anything stands.
        every = [pair for pair in every if self.filled.get(self.columns[pair[0]].number, 1)] or every
        if line.basis is Basis.YEAR_TO_DATE:
            return [period for _, period in every] + self._of_totals(row)
        totals = [place for place in range(column) if self.columns[place].basis is Basis.TOTAL]
        since = [period for place, period in every if max(totals, default=-1) < place < column]
        return since if since and not is_of_year(line) else [period for _, period in every]

    def _of_columns(self, row: int, column: int, said: Basis | None) -> Dated | None:
        """What a column that stands for others is about: those of its own year, where it names one."""
        periods, parts = self._beside(row, column), self.columns[column].parts
        year = next((part for part in parts if part.is_year and part.year and part.year[0] == FINANCIAL), None)
        whole = year.within(None) if year else None
        own = [period for period in periods if whole is None or whole.contains(period)]
        if not own and periods and said is Basis.YEAR_TO_DATE:
            return Dated(None, said, "periods-disagree", year)
        return self._of_several(own or periods, said)

    def _of_totals(self, row: int) -> list[Period]:
        """The periods that columns of totals say of themselves: "Q2 total"."""
        places = [place for place, line in enumerate(self.columns) if line.basis is Basis.TOTAL and line.parts]
        found = [self._period(row, place) for place in places if self.filled.get(self.columns[place].number, 1)]
        return [period for period in found if period and period.months < YEAR]

    def _periods_across(self, row: int) -> list[tuple[int, Period]]:
        """Each column that says a period of its own, with that period."""
        places = [place for place, line in enumerate(self.columns) if line.has_own_period]
        return [(place, period) for place in places if (period := self._period(row, place))]

    def _above(self, row: int, column: int) -> list[Period]:
        """The periods of the rows above a row that stands for several."""
        places = [place for place, line in enumerate(self.rows[:row]) if line.has_own_period]
        return [period for place in places if (period := self._period(place, column))]

    def _of_named_total(self, row: int, column: int) -> Dated | None:
        """What a total that names its own period is about, though not every part of it has a column: "Q2 total"."""
        line, parts = self.columns[column], self._beside(row, column)
        own = self._period(row, column) if line.parts and not is_of_year(line) else None
        is_whole = own is not None and any(own != part for part in parts) and all(map(own.contains, parts))
        return Dated(own, Basis.PERIOD, "", line.finest) if is_whole else None

    def _of_several(self, periods: Sequence[Period], said: Basis | None) -> Dated | None:
        """What a total or a figure so far is about; None where no periods stand beside it."""
        around = self.around
        if not periods:
            return None
        start, end = min(one.start for one in periods), max(one.end for one in periods)
        if said is Basis.YEAR_TO_DATE and start.month == JANUARY and self._is_calendar:
            return Dated(Period(date(end.year, JANUARY, 1), end), Basis.PERIOD)
        if said is Basis.YEAR_TO_DATE:
            last = last_of(periods, end)
            is_within = around is not None and around[0].kind == "quarter" and around[0].contains(last)
            return Dated(around[0] if around and is_within else last, said)
        whole = Period(start, end)
        if whole.kind == "year":
            return Dated(whole, Basis.TOTAL)
        if whole.kind == "span" and start.month == APRIL:
            return Dated(last_of(periods, end), Basis.YEAR_TO_DATE)
        return Dated(whole, Basis.PERIOD if whole.kind != "span" else Basis.TOTAL)
