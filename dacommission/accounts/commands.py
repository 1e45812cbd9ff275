"""What the command line does to accounts: the first administrator, who gets a link and never a known password."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import or_, select

from dacommission.accounts import actions
from dacommission.audit import CommandLine
from dacommission.db import db
from dacommission.organisations.actions import add_organisation
from dacommission.organisations.models import Organisation, OrganisationKind
from dacommission.roles import ROLE_ORGANISATIONS, Role


class AccountProblem(Exception):
    """The account was not made; the message says why and what to do."""


def add_user(*, email: str, name: str, role: str, organisation: str, address: str) -> str:
    """Makes an account and gives the one-time link with which its person chooses a password.

    An organisation that is not there yet is made, as a funding body. Raises AccountProblem.
    """
    if not actions.is_email(email):
        raise AccountProblem(f"{email} is not an e-mail address. Write it like name@example.org.")
    if role not in set(Role):
        raise AccountProblem(f"There is no role {role}. Choose one of {', '.join(sorted(Role))}.")
    if not name.strip():
        raise AccountProblem("The name is empty. Give the person's name.")
    try:
        found = _organisation(organisation.strip(), Role(role))
        _, _, token = actions.invite(
            email=email,
            name=name,
            role=Role(role),
            organisation=found,
            by=CommandLine(),
            at=datetime.now(UTC),
        )
    except actions.NotPossible as problem:
        raise AccountProblem(str(problem)) from None
    return f"{address.rstrip('/')}/one-time/{token}"


def _organisation(name: str, role: Role) -> Organisation:
    found = db.session.scalar(
        select(Organisation)
        .where(or_(Organisation.name == name, Organisation.short_name == name))
        .order_by(Organisation.name, Organisation.id)
        .limit(1)
    )
    if found:
        return found
    if not name:
        raise AccountProblem("The organisation is empty. Give the name of the person's organisation.")
    if OrganisationKind.FUNDING_BODY not in ROLE_ORGANISATIONS[role]:
        raise AccountProblem(
            f"There is no organisation named {name}. Sign in as an administrator, add it as a provider, and "
            "invite the person from there."
        )
    return add_organisation(name=name, short_name=name, kind=OrganisationKind.FUNDING_BODY, note="", by=CommandLine())
