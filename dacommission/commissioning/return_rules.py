"""How a contract's returns work: from when, due when, who submits and accepts, how long the files are kept."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.audit import AuditEvent, record
from dacommission.commissioning.actions import Refused
from dacommission.commissioning.models import ACCEPTANCE_RULES, SUBMISSION_RULES, Contract
from dacommission.commissioning.terms import months_later
from dacommission.db import check_version, db, unit_of_work
from dacommission.roles import Permission
from dacommission.web.words import day

CHANGED = "contract-returns-changed"
LABELS = {
    "returns_from": "Returns are awaited from",
    "return_working_days": "Working days after the quarter",
    "return_day": "Fixed day of the month",
    "submission_rule": "Who submits",
    "acceptance_rule": "Who accepts",
    "retention_years": "Years that original files are kept",
    "follows_id": "The contract that it carries on",
}
FOR_GOOD = "for good"
NOT_EARLIER = "A contract carries on one that began before it. Choose another, or none."


@dataclass(frozen=True)
class ReturnRules:
    returns_from: date
    return_working_days: int
    return_day: int | None  # of the month after the quarter, instead of working days
    submission_rule: str  # of models.SUBMISSION_RULES
    acceptance_rule: str  # of models.ACCEPTANCE_RULES
    retention_years: int | None  # None: for good
    follows_id: uuid.UUID | None


@dataclass(frozen=True)
class Change:
    """One time that somebody changed the rules, in words."""

    who: str
    at: datetime
    what: tuple[str, ...]


def change_rules(contract: Contract, given: ReturnRules, *, version: int, by: User) -> None:
    """Raises Conflict when somebody else changed the contract since, Refused when it cannot be saved as typed.

    Returns that are open keep the day on which they are due.
    """
    with unit_of_work():
        check_version(contract, version)
        _can_follow(contract, given.follows_id, by=by)
        changed = []
        for name, value in asdict(given).items():
            before = getattr(contract, name)
            if before != value:
                setattr(contract, name, value)
                changed.append(_change_words(name, before, value))
        record("contract-returns-changed", subject=contract, by=by, changed=changed)


def earlier_contracts(contract: Contract, user: User) -> list[Contract]:
    """The contracts that this one could carry on: those its editor may see that began before it, latest first."""
    seen = Contract.visible_to(user).where(Contract.id != contract.id, Contract.starts_on < contract.starts_on)
    return list(db.session.scalars(seen.order_by(None).order_by(Contract.starts_on.desc(), Contract.reference)))


def changes(contract: Contract) -> list[Change]:
    """How the rules were changed, latest first."""
    found = select(AuditEvent).where(AuditEvent.subject_id == str(contract.id), AuditEvent.action == CHANGED)
    return [
        Change(event.actor_name, event.at, tuple(json.loads(event.details)["changed"]))
        for event in db.session.scalars(found.order_by(AuditEvent.id.desc()))
    ]


def due_words(contract: Contract) -> str:
    """ "15 working days after the end of the quarter", or "on day 20 of the month after the quarter …"."""
    if contract.return_day is None:
        return f"{contract.return_working_days} working days after the end of the quarter"
    return f"On day {contract.return_day} of the month after the quarter, or the next working day"


def kept_until(contract: Contract) -> date | None:
    """The last day on which the original files are kept; None where they are kept for good."""
    if contract.retention_years is None:
        return None
    return months_later(contract.last_day, contract.retention_years * 12)


def kept_words(contract: Contract) -> str:
    """ "For 6 years after the contract ends: until 31 March 2030", or "For good"."""
    years, last = contract.retention_years, kept_until(contract)
    if last is None:
        return FOR_GOOD.capitalize()
    return f"For {years} year{'' if years == 1 else 's'} after the contract ends: until {day(last)}"


def _can_follow(contract: Contract, follows_id: uuid.UUID | None, *, by: User) -> None:
    """A contract that another body chose, and that this person may not see, can stay."""
    if follows_id is None or follows_id == contract.follows_id:
        return
    followed = db.session.scalar(
        Contract.visible_to(by, Permission.CONTRACTS_READ).where(
            Contract.id == follows_id, Contract.id != contract.id, Contract.starts_on < contract.starts_on
        )
    )
    if followed is None:
        raise Refused("follows", NOT_EARLIER)


def _change_words(name: str, before: Any, value: Any) -> str:
    """Never which contract is followed: not everybody who may read this may know of it."""
    if name == "follows_id":
        return LABELS[name]
    return f"{LABELS[name]}: {_worded(name, before)} → {_worded(name, value)}"


def _worded(name: str, value: Any) -> str:
    if value is None:
        return FOR_GOOD if name == "retention_years" else "none"
    if isinstance(value, date):
        return day(value)
    return {**SUBMISSION_RULES, **ACCEPTANCE_RULES}.get(value, str(value))
