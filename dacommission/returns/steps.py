"""Taking one step of a return's life: its new status and its audit event together, or neither.

Which step follows from where a return is stands in workflow.py. Called inside a unit of work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, current_app

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.db import Conflict, db
from dacommission.returns.models import Return, Upload
from dacommission.returns.workflow import ReturnStatus, Step, StepNotAllowed, after

Follow = Callable[[Return, User, datetime], None]  # what was moved, by whom and when

NOT_YOURS = "You do not have permission to do this to this return."


def known_by(upload: Upload) -> dict[str, object]:
    """What tells the audit log which file it was."""
    return {"upload": upload.number, "sha256": upload.sha256}


def move(
    due: Return, step: Step, *, by: User, at: datetime, changes: Mapping[str, object], details: Mapping[str, object]
) -> None:
    """Takes the step with all that changes by it, or raises StepNotAllowed; its audit event is written with it."""
    before = ReturnStatus(due.status)
    status, permission = after(before, step)
    if db.session.scalar(Return.visible_to(by, permission).where(Return.id == due.id)) is None:
        raise StepNotAllowed(NOT_YOURS)
    for name, value in {**changes, "status": status, "version": due.version + 1}.items():
        setattr(due, name, value)
    told: dict[str, Any] = {"before": before, "after": status, "when": at.isoformat(), **details}
    audit.record(f"return-{step}", subject=due, by=by, **told)
    for follow in current_app.extensions.get("steps", {}).get(step, ()):
        follow(due, by, at)


def after_step(app: Flask, step: Step, follow: Follow) -> None:
    """Calls `follow` whenever the step is taken, in the same unit of work: a noun above has records of its own."""
    app.extensions.setdefault("steps", {}).setdefault(step, []).append(follow)


def unchanged(due: Return, upload: Upload, version: int) -> None:
    """Raises Conflict unless the return stands as it was shown, with that upload as its latest."""
    if due.version != version or due.latest_upload is not upload:
        raise Conflict
