"""Declaring and submitting a return, and taking an upload back. Each deed is one unit of work, or nothing at all."""

from __future__ import annotations

from datetime import datetime

from dacommission.accounts.models import User
from dacommission.db import Conflict, unit_of_work
from dacommission.profiles.knowing import learn
from dacommission.returns.actions import UNDECIDED, keep
from dacommission.returns.models import Return, Upload
from dacommission.returns.steps import known_by, move, unchanged
from dacommission.returns.workflow import ReturnStatus, Step, StepNotAllowed, after
from dacommission.submission import entitled
from dacommission.submission.explaining import must_be_explained
from dacommission.web.clock import london_day
from imports.reading import Reading

NOT_THE_LATEST = "Only the latest upload of a return can be withdrawn, and this one was followed by another."
ALREADY_WITHDRAWN = "This upload was withdrawn already."
NOT_THE_PROVIDERS = "The provider uploaded this workbook, so only the provider withdraws it."


def receive(
    due: Return, *, content: bytes, filename: str, reading: Reading, by: User, at: datetime, answers: str = ""
) -> Upload:
    """Keeps a workbook, and what was answered about its layout. Raises as `returns.actions.receive` does."""
    with unit_of_work():
        upload = keep(due, content=content, filename=filename, reading=reading, by=by, at=at)
        learn(upload, reading, answers, by=by, at=at)
        return upload


def hand_in(
    due: Return, *, content: bytes, filename: str, reading: Reading, by: User, at: datetime, answers: str = ""
) -> Upload:
    """The same, and submits the return with it, both or neither. Raises as `receive` and `submit` do."""
    with unit_of_work():
        upload = keep(due, content=content, filename=filename, reading=reading, by=by, at=at)
        learn(upload, reading, answers, by=by, at=at)
        if due.status == ReturnStatus.RECEIVED and upload is due.latest_upload:
            _submit(due, upload, by=by, at=at)
        return upload


def say_nil(
    due: Return, *, content: bytes, reading: Reading, version: int, declared: bool, by: User, at: datetime
) -> Upload:
    """Keeps a workbook that says of each figure that there is none, and submits the return where that is declared.

    Raises Conflict when the return changed since `version` was shown, and as `hand_in` does.
    """
    with unit_of_work():
        if due.version != version:
            raise Conflict
        upload = keep(due, content=content, filename=reading.file, reading=reading, by=by, at=at, kind="nil")
        if declared and upload is due.latest_upload:
            _submit(due, upload, by=by, at=at)
        return upload


def submit(due: Return, *, upload: Upload, version: int, by: User, at: datetime) -> None:
    """Submits the return with its latest upload, whose figures whoever asks for this has declared to be right.

    Raises Conflict when the return changed since `version` was shown, NotExplained, NotEntitled or
    StepNotAllowed.
    """
    with unit_of_work():
        unchanged(due, upload, version)
        _submit(due, upload, by=by, at=at)


def withdraw(due: Return, *, upload: Upload, version: int, reason: str, by: User, at: datetime) -> None:
    """Takes the latest upload back; it stays there, marked, and the one before it stands again.

    Until it is submitted whoever uploads may do so; afterwards only who may submit it. Raises Conflict, NotEntitled
    or StepNotAllowed.
    """
    with unit_of_work():
        unchanged(due, upload, version)
        step = must_be_withdrawable(due, upload, by=by, at=at)
        details = {**known_by(upload), "on_behalf": upload.on_behalf}
        undone = UNDECIDED if step is Step.FALL_BACK else (*UNDECIDED, "first_submitted_at")
        move(due, step, by=by, at=at, changes=dict.fromkeys(undone), details=details)
        upload.withdrawn_at, upload.withdrawn_by_id, upload.withdrawn_reason = at, by.id, reason


def must_be_withdrawable(due: Return, upload: Upload, *, by: User, at: datetime) -> Step:
    """The step by which somebody takes an upload back. Raises NotEntitled or StepNotAllowed where he may not."""
    if upload.withdrawn_at is not None:
        raise StepNotAllowed(ALREADY_WITHDRAWN)
    if due.latest_upload is not upload:
        raise StepNotAllowed(NOT_THE_LATEST)
    others = [one for one in due.uploads if one is not upload and one.withdrawn_at is None]
    step = Step.FALL_BACK if others else Step.WITHDRAW
    after(ReturnStatus(due.status), step)
    if by.organisation_id != due.contract.provider_id and not upload.on_behalf:
        raise entitled.NotEntitled(NOT_THE_PROVIDERS)
    if due.status != ReturnStatus.RECEIVED:
        entitled.declares_as(by, due, upload, london_day(at))
    return step


def _submit(due: Return, upload: Upload, *, by: User, at: datetime) -> None:
    step = Step.RESUBMIT if due.open_queries else Step.SUBMIT
    after(ReturnStatus(due.status), step)
    declared_as = entitled.declares_as(by, due, upload, london_day(at))
    must_be_explained(due, upload)
    details = {**known_by(upload), "on_behalf": upload.on_behalf, "declared_as": declared_as}
    submitted = {
        "first_submitted_at": due.first_submitted_at or at,
        "submitted_at": at,
        "submitted_by_id": by.id,
        "declared_as": declared_as,
    }
    move(due, step, by=by, at=at, changes=submitted, details=details)
