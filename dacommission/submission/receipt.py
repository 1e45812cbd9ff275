"""A receipt for an upload, to be kept: what came, when, from whom, its SHA-256, and what was declared of it.

It tells how many figures there are and never what they are, so that it can be filed anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from dacommission.accounts.models import User
from dacommission.returns import shown
from dacommission.returns.models import DECLARED_AS, UPLOAD_KINDS, Return, Upload
from dacommission.returns.shown import STATUSES
from dacommission.returns.workflow import STATUS_NAMES, ReturnStatus
from dacommission.submission.explaining import explanations_of
from dacommission.web import printing
from dacommission.web.words import due_day, moment, plain_number
from imports.reading import Status

TEMPLATE = Path(__file__).with_name("receipt.typ")
WITHDRAWN = "This upload was withdrawn. It is kept, and counts for nothing."

Row = tuple[str, str]


def receipt(due: Return, upload: Upload, *, user: User, at: datetime) -> bytes:
    """The receipt as a PDF, made for somebody at a moment."""
    parts = (
        ("The return", list(_of_return(due))),
        ("What was received", list(_of_upload(upload))),
        ("What was submitted", list(_of_submission(due, upload))),
        ("What it holds", list(_of_figures(due, upload))),
    )
    content = {
        "title": f"Receipt for upload {upload.number}",
        "subtitle": str(due),
        "date": [at.year, at.month, at.day],
        "imprint": f"Made for {user.name}, {user.organisation.short_name}, {moment(at)}.",
        "parts": [{"title": title, "rows": rows} for title, rows in parts],
    }
    return printing.to_pdf(TEMPLATE, content, at)


def _of_return(due: Return) -> Iterator[Row]:
    yield "Contract", str(due.contract)
    yield "Provider", due.contract.provider.name_on(due.period.end)
    yield "Quarter", f"{due.period.label}, {due.period.span}"
    yield "Due", due_day(due.due_at)
    yield "State", STATUS_NAMES[ReturnStatus(due.status)]


def _of_upload(upload: Upload) -> Iterator[Row]:
    yield "Kind", UPLOAD_KINDS[upload.kind]
    yield "File", upload.file_name
    yield "Size", f"{plain_number(upload.size)} bytes"
    yield "SHA-256", upload.sha256
    yield "Received", f"{moment(upload.received_at)}, London time"
    yield "From", upload.received_by.name + (", on the provider’s behalf" if upload.on_behalf else "")
    if upload.withdrawn_at is not None:
        yield "Withdrawn", f"{moment(upload.withdrawn_at)}, London time. {WITHDRAWN}"


def _of_submission(due: Return, upload: Upload) -> Iterator[Row]:
    if due.submitted_at is None or due.latest_upload is not upload or due.submitted_by is None:
        yield "Submitted", "Not with this upload"
        return
    yield "Submitted", f"{moment(due.submitted_at)}, London time"
    yield "Declared by", due.submitted_by.name
    yield "Declared as", DECLARED_AS[due.declared_as or "manager"]


def _of_figures(due: Return, upload: Upload) -> Iterator[Row]:
    standing = upload.standing
    counted = Counter(one.status for one in standing)
    yield "Figures", plain_number(len(standing))
    yield from ((STATUSES[status], plain_number(counted[status])) for status in Status if counted[status])
    yield "Problems that stand", shown.counted(shown.problems(upload.outstanding))
    yield "Figures explained", plain_number(len(explanations_of(due)))
