"""Disposing of original files: proposed by one person, carried out with the approval of one of another body.

Only the files go. What was read from them stays: figures, problems, words, digests and the audit log. Each deed is
one unit of work with its audit event.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Select, func, select, update

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.commissioning.actions import Refused
from dacommission.commissioning.models import Contract
from dacommission.commissioning.return_rules import kept_until
from dacommission.db import check_version, db, unit_of_work
from dacommission.retention.kept import is_past
from dacommission.retention.models import Disposal
from dacommission.returns.models import Return, Upload
from dacommission.returns.steps import NOT_YOURS
from dacommission.returns.workflow import ReturnStatus
from dacommission.roles import Permission
from dacommission.web.clock import london_day
from dacommission.web.words import day, financial_year

FOR_GOOD = "The original files of {contract} are kept for good. Say first for how many years: see how its returns work."
NOT_PAST = "The original files of {contract} are kept until {until}."
UNSETTLED = (
    "{count} of these files belong{s} to returns that are not accepted. Settle those returns first, or choose an "
    "earlier year."
)
NOTHING = "There is no original file of {contract} up to {year}."
PROPOSED = "A disposal for this contract waits for an answer already."
ALONE = (
    "Only your body has to do with this contract, so nobody of another body can approve. Another funding body has to "
    "lead or pay for it."
)
SAME_BODY = "Somebody of another funding body approves or declines what your body proposed."
DECIDED = "This disposal was decided already."


def visible_to(user: User, permission: Permission = Permission.RETENTION_DISPOSE) -> Select[Disposal]:
    """The disposals of the contracts for which a user may decide on them."""
    contracts = Contract.visible_to(user, permission).with_only_columns(Contract.id).order_by(None)
    return select(Disposal).where(Disposal.contract_id.in_(contracts)).order_by(Disposal.proposed_at, Disposal.id)


def to_decide(user: User) -> Select[Disposal]:
    """The proposals of other bodies that wait for this user's."""
    waiting = visible_to(user).where(Disposal.status == "proposed")
    return waiting.where(Disposal.proposing_body_id != user.organisation_id, Disposal.proposed_by_id != user.id)


def propose(contract: Contract, *, through_year: int, reason: str, by: User, at: datetime) -> Disposal:
    """A proposal to dispose of the original files up to a financial year. Raises Refused."""
    with unit_of_work():
        _mine(contract, by)
        _can_be_disposed_of(contract, through_year, at)
        waiting = select(Disposal.id).where(Disposal.contract_id == contract.id, Disposal.status == "proposed")
        if db.session.scalar(waiting) is not None:
            raise Refused("", PROPOSED)
        if not _other_bodies(contract, by):
            raise Refused("", ALONE)
        proposed = Disposal(
            contract=contract,
            through_year=through_year,
            reason=reason,
            proposed_at=at,
            proposed_by_id=by.id,
            proposing_body_id=by.organisation_id,
        )
        db.session.add(proposed)
        db.session.flush()
        audit.record("disposal-proposed", subject=proposed, by=by, through=financial_year(through_year))
    return proposed


def approve(disposal: Disposal, *, version: int, by: User, at: datetime) -> int:
    """Carries it out; gives how many files were disposed of.

    Raises Conflict when somebody decided meanwhile, and Refused when it may not be done, by this person or yet.
    """
    with unit_of_work():
        _decide(disposal, "done", version=version, by=by, at=at)
        _can_be_disposed_of(disposal.contract, disposal.through_year, at)
        disposal.files = _dispose_of(disposal.contract, disposal.through_year, at)
        db.session.flush()
        through = financial_year(disposal.through_year)
        audit.record("disposal-done", subject=disposal, by=by, through=through, files=disposal.files)
    db.session.expire_all()
    return disposal.files or 0


def decline(disposal: Disposal, *, answer: str, version: int, by: User, at: datetime) -> None:
    """Raises Conflict when somebody decided meanwhile, and Refused where this person may not."""
    with unit_of_work():
        _decide(disposal, "declined", version=version, by=by, at=at)
        disposal.answer = answer
        db.session.flush()
        audit.record("disposal-declined", subject=disposal, by=by, through=financial_year(disposal.through_year))


def _dispose_of(contract: Contract, through_year: int, at: datetime) -> int:
    """Empties the files; gives how many they were."""
    ids = db.session.scalars(_originals(contract, through_year).with_only_columns(Upload.id)).all()
    gone = update(Upload).where(Upload.id.in_(ids)).values(content=None, disposed_at=at)
    db.session.execute(gone.execution_options(synchronize_session=False))
    return len(ids)


def _decide(disposal: Disposal, status: str, *, version: int, by: User, at: datetime) -> None:
    check_version(disposal, version)
    if disposal.status != "proposed":
        raise Refused("", DECIDED)
    _mine(disposal.contract, by)
    if by.id == disposal.proposed_by_id or by.organisation_id == disposal.proposing_body_id:
        raise Refused("", SAME_BODY)
    disposal.status, disposal.decided_at = status, at
    disposal.decided_by_id, disposal.deciding_body_id = by.id, by.organisation_id


def _mine(contract: Contract, by: User) -> None:
    seen = Contract.visible_to(by, Permission.RETENTION_DISPOSE).where(Contract.id == contract.id)
    if db.session.scalar(seen) is None:
        raise Refused("", NOT_YOURS)


def _can_be_disposed_of(contract: Contract, through_year: int, at: datetime) -> None:
    """Raises Refused while the files have to be kept, or a return of theirs is not settled."""
    until = kept_until(contract)
    if until is None:
        raise Refused("", FOR_GOOD.format(contract=contract.reference))
    if not is_past(contract, london_day(at)):
        raise Refused("", NOT_PAST.format(contract=contract.reference, until=day(until)))
    originals = _originals(contract, through_year)
    if not _count(originals):
        year = financial_year(through_year)
        raise Refused("through_year", NOTHING.format(contract=contract.reference, year=year))
    unsettled = _count(originals.where(Return.status != ReturnStatus.ACCEPTED))
    if unsettled:
        raise Refused("through_year", UNSETTLED.format(count=unsettled, s="s" if unsettled == 1 else ""))


def _originals(contract: Contract, through_year: int) -> Select[Upload]:
    """The files that are kept of a contract's returns up to a financial year."""
    of_returns = select(Upload).join(Return, Upload.return_id == Return.id)
    return of_returns.where(
        Return.contract_id == contract.id, Return.financial_year <= through_year, Upload.disposed_at.is_(None)
    )


def _count(originals: Select[Upload]) -> int:
    return db.session.scalar(originals.with_only_columns(func.count(Upload.id))) or 0


def _other_bodies(contract: Contract, by: User) -> set[uuid.UUID]:
    """The funding bodies of the contract besides this person's."""
    return {contract.lead_commissioner_id, *(paid.body_id for paid in contract.contributions)} - {by.organisation_id}
