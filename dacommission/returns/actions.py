"""What can be done to a return. Each deed is one unit of work with its audit event, or nothing at all.

Which step follows from where a return is stands in workflow.py. Figures and reasons never go into the audit log.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.db import db, unit_of_work
from dacommission.returns.deadlines import must_be_open_for_uploads
from dacommission.returns.models import Return, Upload
from dacommission.returns.steps import known_by, move
from dacommission.returns.storing import digest, upload_of
from dacommission.returns.workflow import Step
from dacommission.web.clock import london_day
from imports.reading import Reading

UNDECIDED = ("submitted_at", "submitted_by_id", "declared_as", "decided_at", "decided_by_id")


def receive(
    due: Return, *, content: bytes, filename: str, reading: Reading, by: User, at: datetime, kind: str = "workbook"
) -> Upload:
    """Keeps a workbook whole, with all that was read from it, as the return's next upload.

    The same file again gives the upload that is there already, and changes nothing; see `Upload.was_there`.
    Raises HasErrors, and StepNotAllowed when the return does not wait for a workbook.
    """
    with unit_of_work():
        return keep(due, content=content, filename=filename, reading=reading, by=by, at=at, kind=kind)


def refuse(subject: object, reading: Reading, *, by: User, at: datetime) -> None:
    """Notes that a workbook was refused: which rules, how often, and nothing of what it held."""
    rules = Counter(problem.rule for problem in reading.problems if problem.severity == "error")
    with unit_of_work():
        audit.record("upload-refused", subject=subject, by=by, rules=dict(sorted(rules.items())), when=at.isoformat())


def log_marked(kept: Upload, *, by: User) -> None:
    """Tells the audit log that somebody took an upload away with its points marked."""
    with unit_of_work():
        audit.record("upload-marked", subject=kept, by=by, sha256=kept.sha256)


def keep(
    due: Return, *, content: bytes, filename: str, reading: Reading, by: User, at: datetime, kind: str = "workbook"
) -> Upload:
    """As `receive`, inside the caller's unit of work. `kind` is a key of UPLOAD_KINDS."""
    same = next((kept for kept in due.uploads if kept.sha256 == digest(content) and not kept.withdrawn_at), None)
    if same is not None:
        return same
    on_behalf = by.organisation_id != due.contract.provider_id
    must_be_open_for_uploads(due, london_day(at), on_behalf=on_behalf)
    number = len(due.uploads) + 1
    upload = upload_of(reading, content=content, number=number, by=by, at=at, on_behalf=on_behalf)
    upload.file_name, upload.kind = filename, kind
    details = {**known_by(upload), "size": upload.size, "on_behalf": on_behalf}
    move(due, Step.RECEIVE, by=by, at=at, changes=dict.fromkeys(UNDECIDED), details=details)
    due.uploads.append(upload)
    db.session.flush()  # its figures have their numbers from here on
    return upload
