"""What can be done to a return. Each deed is one unit of work with its audit event, or nothing at all.

Which step follows from where a return is stands in workflow.py. Figures and reasons never go into the audit log.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import select

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.db import db, unit_of_work
from dacommission.returns.deadlines import must_be_open_for_uploads
from dacommission.returns.models import Return, StoredObservation, Upload
from dacommission.returns.steps import known_by, move, unchanged
from dacommission.returns.storing import digest, upload_of
from dacommission.returns.workflow import ReturnStatus, Step, StepNotAllowed, after
from dacommission.web.clock import london_day
from imports.reading import Reading

OWN_WORK = (
    "You uploaded, corrected or submitted this return yourself, so you cannot accept it. Ask another commissioner to "
    "review it."
)
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


def accept(due: Return, *, upload: Upload, version: int, by: User, at: datetime) -> None:
    """Accepts the return with exactly the upload that was reviewed.

    Nobody accepts what they uploaded, corrected or submitted. Raises StepNotAllowed, and Conflict when something
    changed since the reviewer looked.
    """
    with unit_of_work():
        unchanged(due, upload, version)
        after(ReturnStatus(due.status), Step.ACCEPT)
        if is_own_work(due, by):
            raise StepNotAllowed(OWN_WORK)
        decided = {"accepted_upload_id": upload.id, "decided_at": at, "decided_by_id": by.id}
        move(due, Step.ACCEPT, by=by, at=at, changes=decided, details=known_by(upload))


def send_back(due: Return, *, upload: Upload, version: int, reason: str, by: User, at: datetime) -> None:
    """Sends a submitted return back to the provider with a reason. Raises Conflict or StepNotAllowed."""
    with unit_of_work():
        unchanged(due, upload, version)
        _decide_against(due, Step.SEND_BACK, upload=upload, reason=reason, by=by, at=at)


def reopen(due: Return, *, upload: Upload, version: int, reason: str, by: User, at: datetime) -> None:
    """Takes back an acceptance, with a reason, so that the provider can correct the return."""
    with unit_of_work():
        unchanged(due, upload, version)
        _decide_against(due, Step.REOPEN, upload=upload, reason=reason, by=by, at=at)


def is_own_work(due: Return, user: User) -> bool:
    """Whether somebody uploaded, corrected or submitted this return, and so may not accept it."""
    sent = user.id == due.submitted_by_id or any(user.id == kept.received_by_id for kept in due.uploads)
    return sent or _has_corrected(due, user)


def _has_corrected(due: Return, user: User) -> bool:
    corrected = [kept.id for kept in due.uploads if kept.revision]
    if not corrected:
        return False
    own = select(StoredObservation.id).where(
        StoredObservation.upload_id.in_(corrected), StoredObservation.corrected_by_id == user.id
    )
    return db.session.scalar(own.limit(1)) is not None


def refuse(subject: object, reading: Reading, *, by: User, at: datetime) -> None:
    """Notes that a workbook was refused: which rules, how often, and nothing of what it held."""
    rules = Counter(problem.rule for problem in reading.problems if problem.severity == "error")
    with unit_of_work():
        audit.record("upload-refused", subject=subject, by=by, rules=dict(sorted(rules.items())), when=at.isoformat())


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


def _decide_against(due: Return, step: Step, *, upload: Upload, reason: str, by: User, at: datetime) -> None:
    decided = {"accepted_upload_id": None, "reason": reason, "decided_at": at, "decided_by_id": by.id}
    move(due, step, by=by, at=at, changes=decided, details=known_by(upload))
