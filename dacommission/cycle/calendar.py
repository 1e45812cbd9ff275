"""The calendar: contracts × quarters of a financial year, each in words, with what is complete.

Reads only, with as many queries for one contract as for a hundred.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.cycle.completeness import Completeness, Figures, Latest, latest_uploads, total
from dacommission.cycle.opening import is_backfill
from dacommission.db import db
from dacommission.returns.deadlines import WAITED_FOR, due_words, is_late
from dacommission.returns.models import Return
from dacommission.returns.workflow import STATUS_NAMES, ReturnStatus
from dacommission.roles import Permission
from dacommission.web.words import day
from imports.periods import Period

COLOURS = {
    ReturnStatus.DUE: "grey",
    ReturnStatus.RECEIVED: "blue",
    ReturnStatus.SUBMITTED: "yellow",
    ReturnStatus.QUERIED: "orange",
    ReturnStatus.SENT_BACK: "orange",
    ReturnStatus.ACCEPTED: "green",
}


@dataclass(frozen=True)
class Cell:
    """A contract's quarter, in words."""

    period: Period
    words: str
    colour: str = ""  # of its tag; "" for plain words
    detail: str = ""
    return_id: uuid.UUID | None = None
    count: Completeness = Completeness()


@dataclass(frozen=True)
class Row:
    contract: Contract
    cells: tuple[Cell, ...]

    @property
    def count(self) -> Completeness:
        return total(cell.count for cell in self.cells)


@dataclass(frozen=True)
class Calendar:
    year: Period
    rows: Sequence[Row]

    @property
    def counts(self) -> list[Completeness]:
        """Of each quarter, all contracts together."""
        return [total(row.cells[place].count for row in self.rows) for place in range(len(self.year.quarters))]

    @property
    def count(self) -> Completeness:
        return total(row.count for row in self.rows)


def contracts_of(user: User) -> list[Contract]:
    """The contracts whose returns a user may see, with all that the calendar asks of them."""
    seen = Contract.visible_to(user, Permission.RETURNS_READ)
    loaded = seen.options(joinedload(Contract.provider), selectinload(Contract.extension_options))
    return list(db.session.scalars(loaded))


def calendar_of(contracts: Sequence[Contract], year: Period, today: date) -> Calendar:
    """The contracts that run in the year, by reference."""
    running = [contract for contract in contracts if contract.runs_in(year)]
    returns = _returns_of(running, year.year)
    latest = latest_uploads(returns)
    drawn = _Drawn({(due.contract_id, due.quarter): due for due in returns}, latest, today)
    figures = Figures(returns, latest, year.year)
    return Calendar(
        year,
        [
            Row(contract, tuple(drawn.cell(contract, quarter, figures) for quarter in year.quarters))
            for contract in running
        ],
    )


def _returns_of(contracts: Sequence[Contract], year: int) -> list[Return]:
    own = Return.contract_id.in_([contract.id for contract in contracts])
    found = select(Return).where(own, Return.financial_year == year)
    return list(db.session.scalars(found.order_by(Return.contract_id, Return.quarter)))


@dataclass(frozen=True)
class _Drawn:
    """What is needed to put a quarter into words."""

    returns: Mapping[tuple[uuid.UUID, int], Return]
    latest: Mapping[uuid.UUID, Latest]
    today: date

    def cell(self, contract: Contract, quarter: Period, figures: Figures) -> Cell:
        due = self.returns.get((contract.id, quarter.number))
        if due is None:
            return self._without_return(contract, quarter)
        count = self._count(due, figures) if quarter.end < self.today and not due.backfilled else Completeness()
        return self._of_return(due, count)

    def _without_return(self, contract: Contract, quarter: Period) -> Cell:
        if not contract.runs_in(quarter):
            return Cell(quarter, "Outside the term")
        if is_backfill(contract, quarter):
            return Cell(quarter, "Not awaited", detail=f"Returns are awaited from {day(contract.returns_from)}")
        if quarter.end < self.today:
            return Cell(quarter, "Not open yet", detail="The quarter has closed", count=Completeness(owed=1))
        return Cell(quarter, "Not open yet", detail=f"Opens on {day(quarter.end + timedelta(days=1))}")

    def _of_return(self, due: Return, count: Completeness) -> Cell:
        status = ReturnStatus(due.status)
        words, colour, detail = STATUS_NAMES[status], COLOURS[status], ""
        if status in WAITED_FOR and not due.backfilled:
            told = due_words(due, self.today)
            told = told[:1].upper() + told[1:]
            late = is_late(due, self.today)
            words, detail = (told, "") if status is ReturnStatus.DUE else (words, told)
            colour = "red" if late else colour
        if status is ReturnStatus.QUERIED:
            words = f"Queried ({due.open_queries} open)"
        if due.backfilled:
            words = "Backfilled" if status is ReturnStatus.DUE else f"Backfilled, {words.lower()}"
        return Cell(due.period, f"Nil, {words.lower()}" if self._is_nil(due) else words, colour, detail, due.id, count)

    def _is_nil(self, due: Return) -> bool:
        return due.id in self.latest and self.latest[due.id].kind == "nil"

    def _count(self, due: Return, figures: Figures) -> Completeness:
        accepted = due.status == ReturnStatus.ACCEPTED
        nil = accepted and self._is_nil(due)
        return Completeness(1, accepted, nil, is_late(due, self.today)) + figures.of(due)
