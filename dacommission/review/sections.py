"""What a return's page shows of its review: the queries, and the ways to its figures and versions."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from dacommission.accounts.models import User
from dacommission.db import db
from dacommission.returns.models import Return
from dacommission.review import corrections
from dacommission.review.models import Query
from dacommission.review.query_views import is_overdue
from dacommission.roles import Permission
from dacommission.web.clock import today
from dacommission.web.guard import may


def of_return(due: Return, user: User) -> str:
    """The queries with their state; "" for whoever sees no figures, and before there is anything."""
    if not may(Permission.RETURNS_FIGURES) or not due.uploads:
        return ""
    found = (
        select(Query)
        .where(Query.return_id == due.id)
        .options(selectinload(Query.messages), joinedload(Query.indicator))
        .order_by(Query.number)
    )
    asked = db.session.scalars(found).all()
    overdue = {query.id for query in asked if is_overdue(query)}
    upload = due.latest_upload
    correctable = upload is not None and corrections.may_correct(due, upload, user, today())
    return render_template(
        "review/of_return.html",
        due=due,
        asked=asked,
        overdue=overdue,
        has_figures=upload is not None,
        correctable=correctable and may(Permission.RETURNS_SUBMIT),
    )
