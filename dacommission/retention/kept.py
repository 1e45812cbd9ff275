"""Which original files are kept, until when, and which are past their time. Reads only."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, selectinload

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.commissioning.return_rules import kept_until
from dacommission.db import db
from dacommission.retention.models import Disposal
from dacommission.returns.models import Return, Upload
from dacommission.returns.workflow import ReturnStatus
from dacommission.roles import Permission


@dataclass(frozen=True)
class Year:
    """The original files of one financial year of a contract."""

    year: int
    files: int
    unsettled: int  # of returns that are not accepted


@dataclass(frozen=True)
class Kept:
    """What is kept of a contract, and what was disposed of."""

    contract: Contract
    until: date | None  # None: for good
    is_past: bool
    years: Sequence[Year]  # those with original files, first to last
    disposals: Sequence[Disposal]  # latest first

    @property
    def files(self) -> int:
        return sum(one.files for one in self.years)

    @property
    def is_proposed(self) -> bool:
        return any(one.status == "proposed" for one in self.disposals)


def kept(user: User, today: date) -> list[Kept]:
    """Each contract with original files or disposals that a user may know of, those past their time first.

    As many queries for one as for all.
    """
    contracts = db.session.scalars(
        Contract.visible_to(user, Permission.RETENTION_READ).options(selectinload(Contract.extension_options))
    ).all()
    ids = [contract.id for contract in contracts]
    years, disposals = years_of(ids), _disposals(ids)
    found = [
        _kept(contract, years.get(contract.id, []), disposals.get(contract.id, []), today) for contract in contracts
    ]
    return sorted((one for one in found if one.years or one.disposals), key=lambda one: not one.is_past)


def is_past(contract: Contract, today: date) -> bool:
    """Whether the time for which the contract's original files are kept is over."""
    until = kept_until(contract)
    return until is not None and until < today


def years_of(contracts: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, list[Year]]:
    """By contract: the financial years with original files, first to last."""
    unsettled = func.sum(case((Return.status != ReturnStatus.ACCEPTED, 1), else_=0))
    found = (
        select(Return.contract_id, Return.financial_year, func.count(Upload.id), unsettled)
        .join(Upload, Upload.return_id == Return.id)
        .where(Return.contract_id.in_(contracts), Upload.disposed_at.is_(None))
        .group_by(Return.contract_id, Return.financial_year)
        .order_by(Return.contract_id, Return.financial_year)
    )
    years: dict[uuid.UUID, list[Year]] = {}
    for contract_id, year, files, open_ones in db.session.execute(found):
        years.setdefault(contract_id, []).append(Year(year, files, int(open_ones)))
    return years


def _kept(contract: Contract, years: list[Year], disposals: list[Disposal], today: date) -> Kept:
    return Kept(contract, kept_until(contract), is_past(contract, today), years, disposals)


def _disposals(contracts: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Disposal]]:
    found = (
        select(Disposal)
        .where(Disposal.contract_id.in_(contracts))
        .options(joinedload(Disposal.proposed_by), joinedload(Disposal.decided_by))
        .order_by(Disposal.proposed_at.desc(), Disposal.id)
    )
    sorted_out: dict[uuid.UUID, list[Disposal]] = {}
    for one in db.session.scalars(found):
        sorted_out.setdefault(one.contract_id, []).append(one)
    return sorted_out
