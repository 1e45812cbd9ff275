"""Each person's first page: what needs me now."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import func, select

from dacommission.accounts.audit_log import events_open_to, sentence
from dacommission.accounts.models import User
from dacommission.audit import AuditEvent, head
from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.monitoring.performance import Performance
from dacommission.returns.models import Return
from dacommission.roles import Permission, Role, Scope, scope
from dacommission.web.guard import open_to
from dacommission.web.tasks import URGENCY_NAMES, Task, Urgency, tasks_for
from dacommission.web.words import moment

monitoring = Blueprint("monitoring", __name__)
WATCHING = (Scope.ANY, Scope.SECURITY)  # who reads the audit log for everybody, not for a body or for oneself
NEWEST = 5


@monitoring.get("/")
@open_to(Permission.HOME)
def home() -> ResponseReturnValue:
    """What needs whoever is signed in, the most urgent first."""
    tasks = tasks_for(current_user)
    groups = [(name, [task for task in tasks if task.urgency == urgency]) for urgency, name in URGENCY_NAMES.items()]
    return render_template("monitoring/home.html", groups=[(name, found) for name, found in groups if found])


def missed_targets(user: User) -> Iterator[Task]:
    """The KPIs that miss their target in the latest accepted quarter of each contract."""
    for contract in db.session.scalars(Contract.visible_to(user, Permission.RETURNS_FIGURES)):
        latest = db.session.scalar(
            select(Return)
            .where(Return.contract_id == contract.id, Return.accepted_upload_id.is_not(None))
            .order_by(Return.financial_year.desc(), Return.quarter.desc())
            .limit(1)
        )
        missed = Performance(contract, latest.financial_year).not_met(latest.period) if latest else []
        if latest and missed:
            yield Task(
                f"{contract.reference}: {len(missed)} KPI{'s' if len(missed) > 1 else ''} not met "
                f"in {latest.period.label}",
                url_for("results.show_results", contract=contract.reference, year=latest.financial_year),
                "; ".join(f"{row.code} {row.name}" for row in missed),
                Urgency.LATER,
            )


def open_accounts(user: User) -> Iterator[Task]:
    """For whoever looks after accounts: invitations not taken up, and accounts that are disabled."""
    seen = User.visible_to(user).order_by(None)
    invited = seen.where(User.disabled_at.is_(None), User.password_hash.is_(None))
    disabled = seen.where(User.disabled_at.is_not(None))
    for query, state, one, many in (
        (invited, "invited", "person has not taken up an invitation", "people have not taken up their invitations"),
        (disabled, "disabled", "account is disabled", "accounts are disabled"),
    ):
        count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
        if count:
            urgency = Urgency.SOON if state == "invited" else Urgency.LATER
            yield Task(
                f"{count} {one if count == 1 else many}", url_for("users.list_users", state=state), urgency=urgency
            )


def chain_to_check(user: User) -> Iterator[Task]:
    """For whoever may check the audit log: how far it goes."""
    number, _ = head()
    yield Task(
        "Check the audit log’s chain",
        url_for("audit_log.show_chain"),
        f"The last event is number {number}.",
        Urgency.LATER,
    )


def latest_events(user: User) -> Iterator[Task]:
    """For those whose work is to watch the audit log: what was done last, the newest first."""
    if scope(Role(user.role), Permission.AUDIT_READ) not in WATCHING:
        return
    readable = events_open_to(user)
    total = db.session.scalar(select(func.count()).select_from(readable.subquery())) or 0
    newest = db.session.scalars(readable.order_by(AuditEvent.id.desc()).limit(NEWEST)).all()
    if newest:
        yield Task(
            f"The newest {len(newest)} of {total:,} events in the audit log",
            url_for("audit_log.list_events"),
            urgency=Urgency.LATER,
            details=tuple(f"{moment(event.at)}: {event.actor_name} {sentence(event)}." for event in newest),
        )
