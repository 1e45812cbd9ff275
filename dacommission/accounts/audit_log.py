"""Which events of the audit log a person may read, and how an event reads in words.

Which contracts are a person's is known further left: commissioning says so through `tell_contracts`.
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

ContractsOf = Callable[[User], Select[Any]]

# action → what the actor did; {subject} is what it was done to
SENTENCES: dict[str, str] = {
    "signed-in": "signed in",
    "signed-out": "signed out",
    "sign-in-failed": "tried to sign in to {subject} and was refused",
    "session-ended": "ended another session of their own",
    "password-chosen": "chose a password by a one-time link",
    "password-changed": "changed their password",
    "password-change-refused": "tried to change their password with a wrong current one",
    "user-invited": "invited {subject}",
    "user-link-issued": "issued a one-time link for {subject}",
    "user-edited": "edited the account of {subject}",
    "user-disabled": "disabled the account of {subject}",
    "user-enabled": "enabled the account of {subject}",
    "user-sessions-ended": "signed out {subject} everywhere",
    "return-receive": "uploaded a workbook for the return {subject}",
    "return-submit": "submitted the return {subject}",
    "return-accept": "accepted the return {subject}",
    "return-send-back": "sent back the return {subject}",
    "return-reopen": "reopened the return {subject}",
    "context-receive": "uploaded a workbook for {subject}",
}
WRITTEN = {"kpi": "KPI", "kpis": "KPIs"}
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
    known = SENTENCES.get(event.action)
    if known:
        return known.format(subject=event.subject_name)
    *kind, done = event.action.split("-")
    return f"{done} the {' '.join(WRITTEN.get(word, word) for word in kind)} {event.subject_name}"


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
    text = str(value)
    if text in set(Role):
        return ROLE_NAMES[Role(text)]
    return REASONS.get(text, text)
