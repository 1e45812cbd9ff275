"""Series that run on where one contract carries on another, with the same provider or the next.

For the quarters before it began, a contract's series are those of the contract before it. Another provider's exact
figures are not for the one that came after: whoever may not see a contract's figures is told that there are some.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.returns.models import Return
from dacommission.roles import Permission
from dacommission.web.words import day
from imports.periods import Period


@dataclass(frozen=True)
class Predecessor:
    """A contract that another carries on."""

    contract: Contract
    until: Period  # the last quarter whose figures are taken from it
    is_open: bool  # whether its figures are for this person

    @property
    def words(self) -> str:
        """Until when, by whom and under which contract; without names for whoever may not see it."""
        until = f"Until {day(self.until.end)}"
        if self.is_open:
            return f"{until} provided by {self.contract.provider.short_name} under contract {self.contract.reference}."
        return f"{until} provided under an earlier contract, whose figures are not yours to see, so they are left out."

    @property
    def name(self) -> str:
        """Its provider and reference, for the head of a column; only for whoever may see it."""
        return f"{self.contract.provider.short_name}, {self.contract.reference}"

    def covers(self, period: Period) -> bool:
        """Whether a period's figures are taken from it or from one before it."""
        return period.end <= self.until.end


def predecessors(contract: Contract, user: User) -> list[Predecessor]:
    """The contracts that this one carries on, the latest first."""
    return list(_before(contract, user))


def opened(found: Iterable[Predecessor]) -> list[Predecessor]:
    """Those whose figures may be shown."""
    return [one for one in found if one.is_open]


def held_by(period: Period, found: Iterable[Predecessor]) -> Predecessor | None:
    """The contract from which a quarter's figures are taken; None where that is the latest contract itself."""
    return next((one for one in reversed(list(found)) if one.covers(period)), None)


def of_series(contract: Contract, earlier: Iterable[Predecessor]) -> ColumnElement[bool]:
    """Which returns make up a contract's series: its own, and those of the contracts before it until it began."""
    ordered = Return.financial_year * 4 + Return.quarter
    parts = [Return.contract_id == contract.id]
    for one in earlier:
        last = one.until.year * 4 + one.until.number
        parts.append(and_(Return.contract_id == one.contract.id, ordered <= last))
    return or_(*parts)


def _before(contract: Contract, user: User) -> Iterator[Predecessor]:
    """Stops where somebody made a circle of contracts by changing their dates."""
    seen = {contract.id}
    later = contract
    while later.follows is not None and later.follows.id not in seen:
        before = later.follows
        seen.add(before.id)
        figures = Contract.visible_to(user, Permission.RETURNS_FIGURES).where(Contract.id == before.id)
        until = Period.quarter_of(later.starts_on).previous()
        yield Predecessor(before, until, db.session.scalar(figures) is not None)
        later = before
