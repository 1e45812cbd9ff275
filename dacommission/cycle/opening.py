"""Opening returns: by themselves when a quarter has closed, or a year at once by a commissioner.

The day on which a return is due is stored when it is opened and not worked out again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.audit import Actor, CommandLine
from dacommission.commissioning.models import Contract
from dacommission.db import db, unit_of_work
from dacommission.returns.deadlines import due_day_of
from dacommission.returns.models import Return
from dacommission.returns.steps import NOT_YOURS
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Permission
from dacommission.web.clock import end_of_day
from dacommission.web.words import due_day
from imports.periods import Period

NO_QUARTER = "{contract} has no quarter in {year}. Choose a year in which it runs."


def tick(today: date) -> list[Return]:
    """Opens the return of every contract and closed quarter that has none yet; gives those that it opened.

    Safe at any time, as often as one likes, and twice at once. `today` is the day in London.
    """
    opened: list[Return] = []
    with unit_of_work():
        held = select(Return.contract_id, Return.financial_year, Return.quarter)
        there = {tuple(row) for row in db.session.execute(held)}
        for contract in _contracts_begun(today):
            missing = [quarter for quarter in owed(contract, today) if key(contract, quarter) not in there]
            opened += _open(contract, missing, by=CommandLine())
    return opened


def told(opened: Sequence[Return]) -> Iterator[str]:
    """What was opened, a sentence each."""
    if not opened:
        yield "No return was to be opened."
    for due in opened:
        yield f"Opened {due}, due {due_day(due.due_at)}."


def as_json(opened: Iterable[Return]) -> list[dict[str, str]]:
    """What was opened, for programs."""
    return [
        {
            "id": str(due.id),
            "contract": due.contract.reference,
            "period": due.period.key,
            "due_at": due.due_at.isoformat(),
        }
        for due in opened
    ]


def owed(contract: Contract, today: date) -> list[Period]:
    """The quarters that have closed and whose returns are awaited, first to last."""
    quarter, found = Period.quarter_of(today).previous(), []
    while quarter.end >= max(contract.starts_on, contract.returns_from):
        if contract.runs_in(quarter):
            found.append(quarter)
        quarter = quarter.previous()
    return found[::-1]


def is_backfill(contract: Contract, quarter: Period) -> bool:
    """Whether nobody waits for a quarter's return: it ended before the contract's returns were awaited."""
    return quarter.end < contract.returns_from


def key(contract: Contract, quarter: Period) -> tuple[uuid.UUID, int, int]:
    """What no two returns share."""
    return contract.id, quarter.year, quarter.number


def open_returns(contract: Contract, year: int, *, by: User) -> list[Return]:
    """The contract's returns for a financial year (2022 for 2022/23), opened where they were not yet.

    Those of quarters before the contract's returns were awaited are backfilled: kept, and never late. Raises
    StepNotAllowed when the contract has no quarter in that year.
    """
    with unit_of_work():
        seen = Contract.visible_to(by, Permission.RETURNS_REVIEW).where(Contract.id == contract.id)
        if db.session.scalar(seen) is None:
            raise StepNotAllowed(NOT_YOURS)
        quarters = _quarters_in_term(contract, year)
        there = {due.quarter for due in _returns_of(contract, year)}
        _open(contract, [quarter for quarter in quarters if quarter.number not in there], by=by)
    return _returns_of(contract, year)


def _open(contract: Contract, quarters: Sequence[Period], *, by: Actor) -> list[Return]:
    """Returns of these quarters, with one event in the audit log."""
    opened = [_opened(contract, quarter) for quarter in quarters]
    db.session.add_all(opened)
    db.session.flush()
    if opened:
        backfilled = [due.period.key for due in opened if due.backfilled]
        awaited = [due.period.key for due in opened if not due.backfilled]
        audit.record("returns-opened", subject=contract, by=by, quarters=awaited, backfilled=backfilled)
    return opened


def _opened(contract: Contract, quarter: Period) -> Return:
    return Return(
        contract=contract,
        financial_year=quarter.year,
        quarter=quarter.number,
        due_at=end_of_day(due_day_of(contract, quarter)),
        backfilled=is_backfill(contract, quarter),
    )


def _contracts_begun(today: date) -> Sequence[Contract]:
    begun = select(Contract).where(Contract.starts_on <= today, Contract.returns_from <= today)
    loaded = begun.options(selectinload(Contract.extension_options))
    return db.session.scalars(loaded.order_by(Contract.reference, Contract.id)).all()


def _returns_of(contract: Contract, year: int) -> list[Return]:
    found = select(Return).where(Return.contract_id == contract.id, Return.financial_year == year)
    return list(db.session.scalars(found.options(joinedload(Return.contract)).order_by(Return.quarter)))


def _quarters_in_term(contract: Contract, year: int) -> list[Period]:
    """The quarters of the year in which the contract runs, extensions that were taken up included."""
    whole = Period.financial_year(year)
    found = [quarter for quarter in whole.quarters if contract.runs_in(quarter)]
    if not found:
        raise StepNotAllowed(NO_QUARTER.format(contract=contract.reference, year=whole.label))
    return found
