"""Pages of the audit log: what was done, by whom and when; whether it is whole; and its head to keep elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, func, or_, select

from dacommission import audit
from dacommission.accounts.audit_log import (
    action_in_words,
    actor_in_words,
    details_in_words,
    events_open_to,
    sentence,
)
from dacommission.accounts.forms import AuditFilter
from dacommission.audit import AuditEvent
from dacommission.db import db
from dacommission.roles import Permission
from dacommission.web.clock import LONDON
from dacommission.web.guard import open_to
from dacommission.web.listing import PAGE_LENGTH, ListPage

audit_log = Blueprint("audit_log", __name__)
WORDS = {"sentence": sentence, "actor_in_words": actor_in_words, "details_in_words": details_in_words}


@audit_log.get("/audit")
@open_to(Permission.AUDIT_READ)
def list_events() -> ResponseReturnValue:
    readable = events_open_to(current_user)
    form = AuditFilter(request.args)
    form.action.choices = {"": "Anything"} | {key: action_in_words(key) for key in _actions(readable)}
    page = _newest_first(_chosen(readable, form) if form.validate() else readable)
    return render_template("audit/list.html", page=page, form=form, **WORDS)


def _actions(readable: Select[AuditEvent]) -> list[str]:
    query = readable.with_only_columns(AuditEvent.action).distinct().order_by(AuditEvent.action)
    return list(db.session.scalars(query))


def _chosen(query: Select[AuditEvent], form: AuditFilter) -> Select[AuditEvent]:
    """The events that fit the filter; days are London's."""
    if form.person.data:
        columns = (AuditEvent.actor_name, AuditEvent.subject_name)
        query = query.where(or_(*(name.icontains(form.person.data.strip(), autoescape=True) for name in columns)))
    if form.action.data:
        query = query.where(AuditEvent.action == form.action.data)
    if form.start.data:
        query = query.where(AuditEvent.at >= datetime.combine(form.start.data, time.min, LONDON))
    if form.end.data:
        after = form.end.data + timedelta(days=1)
        query = query.where(AuditEvent.at < datetime.combine(after, time.min, LONDON))
    return query


def _newest_first(query: Select[AuditEvent]) -> ListPage:
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE_LENGTH))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    ordered = query.order_by(AuditEvent.id.desc())
    rows = db.session.scalars(ordered.limit(PAGE_LENGTH).offset((number - 1) * PAGE_LENGTH)).all()
    return ListPage(rows, total, number, pages, sort="", descending=True, search="")


@audit_log.get("/audit/chain")
@open_to(Permission.AUDIT_VERIFY)
def show_chain() -> ResponseReturnValue:
    """Checks every event against the one before it."""
    faults = list(audit.verify())  # to the end: a cursor left half read would stay open
    number, digest = audit.head()
    return render_template("audit/chain.html", fault=faults[0] if faults else None, number=number, digest=digest)


@audit_log.get("/audit/head.txt")
@open_to(Permission.AUDIT_VERIFY)
def download_head() -> ResponseReturnValue:
    """The last event's number and digest, to be kept where nobody who can change the database can reach it."""
    number, digest = audit.head()
    taken = datetime.now(UTC).isoformat(timespec="seconds")
    text = f"Audit log of Domestic Abuse Commissioning\nTaken at {taken}\nEvent {number}\nDigest {digest}\n"
    return Response(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="audit-head-{number}.txt"'},
    )
