"""Which events of the audit log a person may read, and how an event reads in words.

Each noun gives the words of its own events through `web.sentences`. Which contracts are a person's is known
further left: commissioning says so through `tell_contracts`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select, false, or_, select

from dacommission.accounts.models import User
from dacommission.audit import AuditEvent
from dacommission.roles import ROLE_NAMES, Permission, Role, Scope, scope
from dacommission.web.sentences import all_sentences

ContractsOf = Callable[[User], Select[Any]]

REASONS = {
    "unknown": "there is no such account",
    "no-password": "no password has been chosen yet",
    "wrong-password": "wrong password",
    "disabled": "the account is disabled",
}
OTHER_ACTORS = {"command-line": "on the server", "none": ""}


def tell_contracts(app: Flask, contracts_of: ContractsOf) -> None:
    """Says which contracts are a user's, as a query for their ids. Called once, by commissioning."""
    app.extensions["contracts_of"] = contracts_of


def events_open_to(user: User) -> Select[AuditEvent]:
    """The events a user may read, in the order of the matrix's row 22."""
    found = select(AuditEvent)
    of_own_people = AuditEvent.actor_organisation_id == user.organisation_id
    match scope(Role(user.role), Permission.AUDIT_READ):
        case Scope.ANY:
            return found
        case Scope.SECURITY:
            return found.where(AuditEvent.security)
        case Scope.FUND | Scope.OWN:
            of_own_contracts = AuditEvent.contract_id.in_(_contracts_of(user))
            return found.where(or_(of_own_people, of_own_contracts))
        case Scope.SELF:
            return found.where(AuditEvent.actor_id == user.id)
    return found.where(false())


def _contracts_of(user: User) -> Select[Any]:
    contracts_of: ContractsOf | None = current_app.extensions.get("contracts_of")
    return contracts_of(user) if contracts_of else select(AuditEvent.contract_id).where(false())


def action_in_words(action: str) -> str:
    """ "contract-edited" → "Contract edited": for the list of actions to filter by."""
    return action.replace("-", " ").capitalize()


def sentence(event: AuditEvent) -> str:
    """What was done, as a sentence without its actor: "invited A. Person (IDAS)", "edited the contract DA-001"."""
    known = all_sentences().get(event.action)
    if known is None:  # of a version of this product that did something which this one does not
        return f"{action_in_words(event.action)}: {event.subject_name}"
    return known.format(subject=event.subject_name)


def actor_in_words(event: AuditEvent) -> str:
    """The role in which it was done; "" for somebody who was not signed in."""
    role = event.actor_role
    return OTHER_ACTORS[role] if role in OTHER_ACTORS else ROLE_NAMES[Role(role)]


def details_in_words(event: AuditEvent) -> str:
    """The rest that was recorded: "role: Commissioner", or "" when there is none."""
    details: dict[str, Any] = json.loads(event.details)
    return "; ".join(f"{key.replace('_', ' ')}: {_worded(value)}" for key, value in details.items())


def _worded(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_worded(item) for item in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} × {count}" for key, count in value.items()) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if text in set(Role):
        return ROLE_NAMES[Role(text)]
    return REASONS.get(text, text)
